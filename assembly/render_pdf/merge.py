"""Merge: chunks → one PDF. Here everything gets its number: objects, pages, annotations, and the pages in the texts.

Works on bytes and pydyf alone: a book whose chunks are all known is put together without WeasyPrint.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import pydyf

from assembly.render_pdf.chunk import Bookmark, Inside, Number, Objects, Outside, Segment, read_inside
from assembly.render_pdf.extract import SHARED
from assembly.render_pdf.marks import (
    ANNOTATION,
    PAGE,
    PRINTED,
    REFERENCE,
    fill,
    fill_references,
    number,
    printed,
    string,
)
from assembly.render_pdf.pdf_file import PdfFile
from assembly.render_pdf.targets import DanglingReferencesError

Finish = Callable[[Any], None]  # gives a pydyf.PDF what concerns the book as a whole: metadata, colours, attachments


def pages_of(chunks: Sequence[Outside]) -> dict[str, int]:
    """Return the page of every anchor, counted from 1; the first place counts."""
    pages: dict[str, int] = {}
    start = 1
    for chunk in chunks:
        for name, (page, _, _) in chunk.anchors.items():
            pages.setdefault(name, start + page)
        start += chunk.pages
    return pages


def check_links(chunks: Sequence[Outside]) -> None:
    """Raise DanglingReferencesError where a link leads to an anchor that no chunk has."""
    known = pages_of(chunks)
    dangling = dict.fromkeys(target for chunk in chunks for target in chunk.targets if target not in known)
    if dangling:
        raise DanglingReferencesError(list(dangling), [])


def merge(outsides: Sequence[Outside], packed: Sequence[bytes], fonts: Objects, language: str, finish: Finish) -> bytes:
    """Return the PDF. Raises DanglingReferencesError where a link leads nowhere."""
    check_links(outsides)
    merger = _Merger(outsides)
    merger.add_fonts(fonts)
    for outside, content in zip(outsides, packed, strict=True):
        merger.add_chunk(outside, read_inside(content))
    return merger.finished(language, finish)


class _Merger:
    """One PDF while it grows. Objects of the book as a whole are pydyf's; those of chunks are written at once."""

    def __init__(self, outsides: Sequence[Outside]) -> None:
        self._outsides = outsides
        self._numbers = pages_of(outsides)
        self._file = PdfFile()
        self._pdf = pydyf.PDF()
        self._document = pydyf.Dictionary({"Type": "/StructElem", "S": "/Document", "K": pydyf.Array()})
        self._pdf.add_object(self._document)
        self._shared: list[bytes] = [self._pdf.pages.reference, self._document.reference, b"null"]
        self._pages: list[int] = []  # the number of each page's object
        self._parents = pydyf.Array()
        self._links: list[bytes] = []  # the structure element of each annotation
        self._ids: dict[str, bytes] = {}
        assert len(self._shared) == len(SHARED)

    def add_fonts(self, fonts: Objects) -> None:
        """Add the fonts of the book: once, before the chunks."""
        references = self._references(fonts)
        self._shared[-1] = references[len(SHARED)]
        numbers = _numbers(references)
        self._file.add_plain((numbers[place], fill_references(content, references)) for place, content in fonts.plain)
        for place, head, content in fonts.streams:
            self._file.add_stream(numbers[place], fill_references(head, references), content)

    def add_chunk(self, outside: Outside, inside: Inside) -> None:
        """Add the pages of a chunk."""
        references = self._references(inside.objects)
        numbers = _numbers(references)
        first, links = len(self._pages), self._count_of_pages() + len(self._links)
        texts = [printed(self._numbers[target]) for target in inside.open]
        open_numbers: Mapping[int, Callable[[int], bytes]] = {
            REFERENCE: references.__getitem__,
            PAGE: lambda index: b"%d" % (first + index),
            ANNOTATION: lambda index: b"%d" % (links + index),
            PRINTED: texts.__getitem__,
        }
        objects = inside.objects
        filled = fill([content for _, content in objects.plain], open_numbers)
        self._file.add_plain(zip((numbers[place] for place, _ in objects.plain), filled, strict=True))
        for place, head, content in objects.streams:
            self._file.add_stream(numbers[place], fill_references(head, references), content)
        for index, (place, segments) in enumerate(objects.contents):
            self._file.compress_stream(numbers[place], self._shown(segments, first + index + 1))
        for index, (place, marked) in enumerate(zip(inside.pages, inside.marked, strict=True)):
            entries = [b"null" if element is None else references[element] for element in marked]
            self._parents += [first + index, pydyf.Array(entries)]
            self._pages.append(numbers[place])
        self._document["K"] += [references[place] for place in inside.elements]
        self._links += [references[place] for place in inside.annotations]
        self._ids.update({name: references[place] for name, place in inside.ids.items()})
        assert outside.pages == len(inside.pages)

    def finished(self, language: str, finish: Finish) -> bytes:
        """Return the bytes of the whole file."""
        pdf = self._pdf
        pdf.pages["Kids"] = pydyf.Array(b"%d 0 R" % page for page in self._pages)
        pdf.pages["Count"] = len(self._pages)
        pdf.catalog["Lang"] = pydyf.String(language)
        pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})
        pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})
        self._add_tree()
        self._add_destinations()
        self._add_outline()
        finish(pdf)
        pdf.add_object(pdf.info)
        own = [item for item in pdf.objects[1:] if item is not None]
        self._file.add_plain((item.number, item.data) for item in own if not isinstance(item, pydyf.Stream))
        for item in own:
            if isinstance(item, pydyf.Stream):
                self._file.add_object(item.number, item.data)
        return self._file.finished(len(pdf.objects), pdf.catalog.reference, pdf.info.reference)

    def _references(self, objects: Objects) -> list[bytes]:
        """Return the reference of each place; its number is taken in the PDF, where nothing else will stand."""
        start = len(self._pdf.objects) - len(SHARED)
        self._pdf.objects += [None] * (objects.count - len(SHARED))
        return [*self._shared, *(b"%d 0 R" % (start + place) for place in range(len(SHARED), objects.count))]

    def _count_of_pages(self) -> int:
        return sum(outside.pages for outside in self._outsides)

    def _shown(self, segments: Sequence[Segment], page: int) -> bytes:
        return b"\n".join(
            segment if isinstance(segment, bytes) else _set(segment, self._numbers.get(segment.target, page))
            for segment in segments
        )

    def _add_tree(self) -> None:
        start = len(self._pages)
        for index, element in enumerate(self._links):
            self._parents += [start + index, element]
        parents = pydyf.Dictionary({"Nums": self._parents})
        names = sorted((string(name), element) for name, element in self._ids.items())
        ids = pydyf.Dictionary({"Names": pydyf.Array(part for pair in names for part in pair)})
        for item in (parents, ids):
            self._pdf.add_object(item)
        root = pydyf.Dictionary(
            {
                "Type": "/StructTreeRoot",
                "K": pydyf.Array([self._document.reference]),
                "ParentTree": parents.reference,
                "ParentTreeNextKey": start + len(self._links),
                "IDTree": ids.reference,
            }
        )
        self._pdf.add_object(root)
        self._document["P"] = root.reference
        self._pdf.catalog["StructTreeRoot"] = root.reference

    def _add_destinations(self) -> None:
        places: dict[str, pydyf.Array] = {}
        start = 0
        for outside in self._outsides:
            for name, (page, x, y) in outside.anchors.items():
                places.setdefault(name, self._position(start + page, x, y))
            start += outside.pages
        names = sorted((string(name), place.data) for name, place in places.items())
        tree = pydyf.Dictionary({"Names": pydyf.Array(part for pair in names for part in pair)})
        self._pdf.catalog["Names"] = pydyf.Dictionary({"Dests": tree})

    def _position(self, page: int, x: float, y: float) -> Any:
        return pydyf.Array([b"%d 0 R" % self._pages[page], "/XYZ", x, y, 0])

    def _add_outline(self) -> None:
        root = pydyf.Dictionary({"Type": "/Outlines", "Count": 0})
        self._pdf.add_object(root)
        above: list[tuple[int, Any]] = [(0, root)]
        for page, mark in self._bookmarks():
            while above[-1][0] >= mark.level:
                above.pop()
            parent = above[-1][1]
            entry = pydyf.Dictionary({"Title": pydyf.String(mark.label), "Dest": self._position(page, mark.x, mark.y)})
            self._pdf.add_object(entry)
            entry["Parent"] = parent.reference
            if "Last" in parent:
                last = self._pdf.objects[int(parent["Last"].split()[0])]
                last["Next"], entry["Prev"] = entry.reference, last.reference
            parent.setdefault("First", entry.reference)
            parent["Last"] = entry.reference
            for _, item in above:
                item["Count"] = item.get("Count", 0) + 1
            above.append((mark.level, entry))
        if "First" in root:
            self._pdf.catalog["Outlines"] = root.reference

    def _bookmarks(self) -> Iterator[tuple[int, Bookmark]]:
        start = 0
        for outside in self._outsides:
            for mark in outside.bookmarks:
                yield start + mark.page, mark
            start += outside.pages


def _numbers(references: Sequence[bytes]) -> list[int]:
    return [int(reference.split()[0]) if reference != b"null" else 0 for reference in references]


def _set(open_number: Number, page: int) -> bytes:
    """Return the operators that show a number; it keeps to its right edge where it has one."""
    digits = str(page)
    shown = open_number.before + "".join(open_number.digits[int(digit)] for digit in digits) + open_number.after
    if not open_number.matrix:
        return shown.encode("ascii")
    a, b, c, d, x, y = open_number.matrix
    x += (open_number.room - len(digits)) * open_number.unit
    return b" ".join((*map(number, (a, b, c, d, x, y)), b"Tm\n" + shown.encode("ascii")))
