"""Extract: what a chunk holds, taken out of the PDF that WeasyPrint has made of it. Only what is reachable is taken."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from typing import Any

import pydyf

from assembly.render_pdf.chunk import LEVEL, Inside, Number, Objects, Segment
from assembly.render_pdf.marks import ANNOTATION, PAGE, Mark, Writer

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

    def element(self, reference: bytes) -> int | None:
        """Return the place of a structure element that was taken, None for what is no content; KeyError for others."""
        return None if reference == b"null" else self.places[_number(reference)]

    def objects(self) -> Objects:
        """Return all objects that were taken, and what they refer to."""
        plain: list[tuple[int, bytes]] = []
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

    def place(self, number: int) -> int:
        """Return the place of an object, which is thereby taken."""
        if number not in self.places:
            self.places[number] = self._next
            self._next += 1
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


def extract(pdf: Any, contents: Mapping[int, tuple[Segment, ...]], fonts: int, name: str) -> Inside:
    """Return what the PDF of a chunk holds. `fonts` is the number of its dictionary of fonts, `contents` as above.

    `name` makes the ids of headers and notes unique among all chunks.
    """
    root = _object(pdf, pdf.catalog["StructTreeRoot"])
    document = _object(pdf, root["K"][0])
    numbers = _object(pdf, root["ParentTree"])["Nums"]
    pages = pdf.pages["Kids"][::3]
    parents = dict(zip(numbers[::2], numbers[1::2], strict=True))
    _leave_open(pdf, pages, name)
    extractor = Extractor(pdf, {pdf.pages.number: PAGES, document.number: DOCUMENT, fonts: FONTS}, contents)
    page_places = tuple(map(extractor.place, pages))
    elements = tuple(extractor.place(_number(kid)) for kid in document["K"])
    objects = extractor.objects()
    return Inside(
        objects,
        page_places,
        elements,
        tuple(tuple(map(extractor.element, parents[page])) for page in range(len(pages))),
        tuple(extractor.places[_number(parents[index])] for index in range(len(pages), len(parents))),
        {
            item["ID"].string: extractor.places[item.number]
            for item in filter(_is_dictionary, pdf.objects)
            if "ID" in item and item.number in extractor.places
        },
        tuple(extractor.open),
    )


def _leave_open(pdf: Any, pages: Sequence[int], name: str) -> None:
    """Take out what is true of this PDF alone: the places of pages and annotations, and names that count from 1."""
    for item in filter(_is_dictionary, pdf.objects):
        if "StructParent" in item:
            item["StructParent"] = Mark(ANNOTATION, item["StructParent"] - len(pages))
        if "ID" in item:
            item["ID"] = pydyf.String(f"{name}-{item['ID'].string}")
        cell = item.get("A", {})
        if item.get("S") == "/TD" and "Headers" in cell:
            headers = [pydyf.String(f"{name}-{header.string}") for header in cell.pop("Headers")]
            if headers:
                cell["Headers"] = pydyf.Array(headers)
    for index, number in enumerate(pages):
        pdf.objects[number]["StructParents"] = Mark(PAGE, index)


def _is_dictionary(item: Any) -> bool:
    return isinstance(item, dict)


def _object(pdf: Any, reference: bytes) -> Any:
    return pdf.objects[_number(reference)]


def _number(reference: bytes) -> int:
    return int(reference.split()[0])
