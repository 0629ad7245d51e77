"""Extract: what a chunk holds, taken out of the PDF that WeasyPrint has made of it. Only what is reachable is taken."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pydyf

from assembly.render_pdf.chunk import LEVEL, Inside, Number, Objects, Segment
from assembly.render_pdf.marks import ANNOTATION, PAGE, REFERENCE, Mark, Writer, mark
from assembly.render_pdf.structure import Annotated, Content, Element

# The first places are objects that all chunks share: the merger makes them.
SHARED = ("pages", "document", "fonts")
PAGES, DOCUMENT, FONTS = range(3)

_NONE: Mapping[int, tuple[Segment, ...]] = {}


class Open(pydyf.Object):  # type: ignore[misc]  # pydyf ships no types
    """Stands in the stream of a page where a number is open."""

    def __init__(self, number: Number) -> None:
        super().__init__()
        self.number = number


class Extractor(Writer):
    """Takes objects out of one PDF.

    `shared` are the numbers there of the shared objects, as far as it has them; `contents` says of the numbers of
    contents what pages show.
    """

    def __init__(self, pdf: Any, shared: dict[int, int], contents: Mapping[int, tuple[Segment, ...]] = _NONE) -> None:
        self._pdf = pdf
        self._contents = contents
        self.places = dict(shared)
        self._next = len(SHARED)
        self._waiting: list[int] = []
        self.open: list[str] = []

    def objects(self, more: Sequence[tuple[int, bytes]] = ()) -> Objects:
        """Return all objects that were taken, and what they refer to, and `more` whose places were claimed."""
        plain = list(more)
        streams: list[tuple[int, bytes, bytes]] = []
        contents: list[tuple[int, tuple[Segment, ...]]] = []
        done = 0
        while done < len(self._waiting):
            number = self._waiting[done]
            done += 1
            place, item = self.places[number], self._pdf.objects[number]
            if number in self._contents:
                contents.append((place, self._contents[number]))
            elif isinstance(item, pydyf.Stream):
                streams.append((place, *self._stream(item)))
            else:
                plain.append((place, self.write(item)))
        return Objects(self._next, tuple(plain), tuple(streams), tuple(contents))

    def claim(self) -> int:
        """Return the place of an object that is written elsewhere."""
        self._next += 1
        return self._next - 1

    def place(self, number: int) -> int:
        """Return the place of an object, which is thereby taken."""
        if number not in self.places:
            self.places[number] = self.claim()
            self._waiting.append(number)
        return self.places[number]

    def printed(self, target: str) -> int:
        """Return the place of a target among those that are left open."""
        if target not in self.open:
            self.open.append(target)
        return self.open.index(target)

    def _stream(self, item: Any) -> tuple[bytes, bytes]:
        content = b"\n".join(map(_written, item.stream))
        extra = dict(item.extra)
        if item.compress:
            content = zlib.compress(content, LEVEL)
            extra["Filter"] = "/FlateDecode"
        extra["Length"] = len(content)
        return self.write(extra), content


def segments(stream: Sequence[Any]) -> tuple[Segment, ...]:
    """Return what a page shows, parted where numbers are open."""
    found: list[Segment] = []
    lines: list[bytes] = []
    for part in stream:
        if isinstance(part, Open):
            found += [b"\n".join(lines), part.number]
            lines = []
        else:
            lines.append(_written(part))
    return (*found, b"\n".join(lines))


def _written(part: Any) -> bytes:
    if isinstance(part, str):
        return part.encode("ascii")
    return part if isinstance(part, bytes) else part.data


def extract(
    pdf: Any,
    contents: Mapping[int, tuple[Segment, ...]],
    fonts: int,
    tree: tuple[Sequence[Element], Mapping[Content, str]],
    name: str,
) -> Inside:
    """Return what the PDF of a chunk holds.

    `contents`: what pages show, by the number of the object; `fonts`: the number of the dictionary of fonts; `tree`:
    the elements of the structure tree, and what is none of its content but an artifact of which kind. `name` makes the
    ids of headers and notes unique among all chunks.
    """
    elements, artifacts = tree
    pages = pdf.pages["Kids"][::3]
    for index, number in enumerate(pages):
        pdf.objects[number]["StructParents"] = Mark(PAGE, index)
    shown = {
        number: tuple(_marked(page, part, artifacts) for part in parts)
        for page, (number, parts) in enumerate(contents.items())
    }
    extractor = Extractor(pdf, {pdf.pages.number: PAGES, fonts: FONTS}, shown)
    structure = _Structure(extractor, tuple(map(extractor.place, pages)), name)
    written = structure.written(elements, artifacts)
    objects = extractor.objects(written)
    return Inside(
        objects,
        structure.pages,
        tuple(map(structure.places.__getitem__, elements)),
        tuple(map(tuple, structure.marked)),
        tuple(structure.annotated),
        structure.ids,
        tuple(extractor.open),
    )


_CONTENT = re.compile(rb"/\w+\n<</MCID (\d+)>>(?=\nBDC)")  # where a marked content begins


def _marked(page: int, part: Segment, artifacts: Mapping[Content, str]) -> Segment:
    """Return what a page shows, the marked contents that are none as artifacts of the page."""
    if isinstance(part, Number):
        return part

    def marked(found: re.Match[bytes]) -> bytes:
        kind = artifacts.get(Content(page, int(found[1])))
        return b"/Artifact\n<</Type /%s>>" % kind.encode() if kind else found[0]

    return _CONTENT.sub(marked, part)


class _Structure:
    """Writes the elements of the structure tree.

    `places` of elements and `pages`, `ids` of those that have one; `marked`: page → the element of each marked content;
    `annotated`: the element of each annotation.
    """

    def __init__(self, extractor: Extractor, pages: tuple[int, ...], name: str) -> None:
        self.pages = pages
        self.places: dict[Element, int] = {}
        self.ids: dict[str, int] = {}
        self.marked: list[list[int | None]] = [[] for _ in pages]
        self.annotated: list[int] = []
        self._extractor = extractor
        self._name = name
        self._names: dict[Element, str] = {}

    def written(self, elements: Sequence[Element], artifacts: Iterable[Content]) -> list[tuple[int, bytes]]:
        """Return all elements as objects with their places."""
        for content in artifacts:
            self._note(content, None)
        parents = dict.fromkeys(elements, DOCUMENT)
        for top in elements:
            for element in top.walk():
                place = self.places[element] = self._extractor.claim()
                parents.update(dict.fromkeys(element.elements(), place))
                if element.named:
                    name = self._names[element] = f"{self._name}-{len(self._names)}"
                    self.ids[name] = place
        return [(place, self._element(element, place, parents[element])) for element, place in self.places.items()]

    def _note(self, content: Content, place: int | None) -> None:
        marked = self.marked[content.page]
        marked += [None] * (content.mcid + 1 - len(marked))
        marked[content.mcid] = place

    def _element(self, element: Element, place: int, parent: int) -> bytes:
        kids = b" ".join([self._kid(kid, element, place) for kid in element.kids])
        page, around = mark(REFERENCE, self.pages[element.page]), mark(REFERENCE, parent)
        entries = dict(element.entries)
        if element.named:
            entries["ID"] = pydyf.String(self._names[element])
        if element.attributes:
            headers = pydyf.Array(pydyf.String(self._names[header]) for header in element.headers)
            entries["A"] = {**element.attributes, **({"Headers": headers} if headers else {})}
        more = self._extractor.write(entries)[2:] if entries else b">>"
        role = element.role.encode()
        return b"<</Type /StructElem/S /%s/K [%s]/Pg %s/P %s%s" % (role, kids, page, around, more)

    def _kid(self, kid: Element | Content | Annotated, element: Element, place: int) -> bytes:
        if isinstance(kid, Element):
            return mark(REFERENCE, self.places[kid])
        page = mark(REFERENCE, self.pages[kid.page])
        if isinstance(kid, Content):
            self._note(kid, place)
            if kid.page == element.page:
                return b"%d" % kid.mcid
            return b"<</Type /MCR/Pg %s/MCID %d>>" % (page, kid.mcid)
        kid.annotation["StructParent"] = Mark(ANNOTATION, len(self.annotated))
        self.annotated.append(place)
        return b"<</Type /OBJR/Pg %s/Obj %s>>" % (page, mark(REFERENCE, self._extractor.place(kid.annotation.number)))
