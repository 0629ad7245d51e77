"""Chunks: what the engine has made of one, to be put into any book at any place. Holds no numbers of pages or objects.

A chunk is kept in files that anybody may have touched, so it is written as JSON and bytes: reading it runs nothing.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

LEVEL = 6  # of compression: higher ones take longer than they save
QUICK = 1  # of what only the cache keeps


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a page that stands open in what a page shows.

    `target` is whose page it is (empty: the page's own), `room` how many digits the layout has kept for it. The
    number's glyphs go between `before` and `after`. Where it keeps to the right edge, `matrix` is the position of the
    text and `unit` the width of a digit there, in CSS pixels; else `matrix` is empty.
    """

    target: str
    room: int
    before: str
    digits: tuple[str, ...]
    after: str
    unit: float
    matrix: tuple[float, ...]


Segment = bytes | Number


@dataclass(frozen=True, slots=True)
class Objects:
    """Objects of a PDF that name each other by their place here; `marks` says how references are written.

    `count` places are taken: `plain` holds dictionaries and arrays, `streams` those with a stream of bytes, and
    `contents` what pages show; each entry names its place.
    """

    count: int
    plain: tuple[tuple[int, bytes], ...]
    streams: tuple[tuple[int, bytes, bytes], ...]
    contents: tuple[tuple[int, tuple[Segment, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A bookmark: level, words, page (from 0) and position in points."""

    level: int
    label: str
    page: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Font:
    """The glyphs of one font that a chunk uses: glyph → its width, glyph → its text."""

    family: str
    weight: int
    style: int
    widths: Mapping[int, int]
    texts: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Outside:
    """What a chunk shows to the rest of the book: known without its objects.

    `anchors`: name → page (from 0) and position in points; `targets`: what its links lead to.
    """

    pages: int
    anchors: Mapping[str, tuple[int, float, float]]
    targets: tuple[str, ...]
    bookmarks: tuple[Bookmark, ...]
    fonts: Mapping[str, Font]


@dataclass(frozen=True, slots=True)
class Inside:
    """What a chunk holds. `pages`, `elements` (the structure tree's top) and the rest are places among the objects.

    `marked`: page → the element of each marked content, None where it is none; `annotations`: the element of each;
    `ids`: name of a header or note → its element; `open`: targets of the numbers that stand open in texts.
    """

    objects: Objects
    pages: tuple[int, ...]
    elements: tuple[int, ...]
    marked: tuple[tuple[int | None, ...], ...]
    annotations: tuple[int, ...]
    ids: Mapping[str, int]
    open: tuple[str, ...]


def pack(outside: Outside, inside: Inside) -> bytes:
    """Return the chunk as bytes."""
    front = json.dumps(_outside(outside), ensure_ascii=False, separators=(",", ":")).encode()
    return len(front).to_bytes(4, "big") + front + _pack(lambda blobs: _inside(inside, blobs))


def read_outside(packed: bytes) -> Outside:
    """Return what the chunk shows; ValueError, KeyError or TypeError where these are not the bytes of a chunk."""
    values = json.loads(packed[4 : 4 + int.from_bytes(packed[:4], "big")])
    return Outside(
        values["pages"],
        {name: (page, x, y) for name, (page, x, y) in values["anchors"].items()},
        tuple(values["targets"]),
        tuple(Bookmark(*bookmark) for bookmark in values["bookmarks"]),
        {name: _font(*font) for name, font in values["fonts"].items()},
    )


def read_inside(packed: bytes) -> Inside:
    """Return what the chunk holds; errors as `read_outside`, and zlib.error."""
    values, blobs = _unpack(packed[4 + int.from_bytes(packed[:4], "big") :])
    return Inside(
        _read_objects(values["objects"], blobs),
        tuple(values["pages"]),
        tuple(values["elements"]),
        tuple(map(tuple, values["marked"])),
        tuple(values["annotations"]),
        values["ids"],
        tuple(values["open"]),
    )


def pack_objects(objects: Objects) -> bytes:
    """Return objects that are no chunk as bytes."""
    return _pack(lambda blobs: _objects(objects, blobs))


def read_objects(packed: bytes) -> Objects:
    """Return what `pack_objects` has packed; errors as `read_inside`."""
    return _read_objects(*_unpack(packed))


def _pack(values: Callable[[list[bytes]], Any]) -> bytes:
    blobs: list[bytes] = []
    head = json.dumps(values(blobs), ensure_ascii=False, separators=(",", ":")).encode()
    return zlib.compress(len(head).to_bytes(4, "big") + head + b"".join(blobs), QUICK)


def _unpack(packed: bytes) -> tuple[Any, _Blobs]:
    body = zlib.decompress(packed)
    size = int.from_bytes(body[:4], "big")
    return json.loads(body[4 : 4 + size]), _Blobs(body, 4 + size)


class _Blobs:
    """Pieces of bytes, one after the other."""

    def __init__(self, content: bytes, start: int) -> None:
        self._content = content
        self._at = start

    def take(self, length: int) -> bytes:
        self._at += length
        return self._content[self._at - length : self._at]


def _outside(outside: Outside) -> dict[str, Any]:
    return {
        "pages": outside.pages,
        "anchors": outside.anchors,
        "targets": outside.targets,
        "bookmarks": [(mark.level, mark.label, mark.page, mark.x, mark.y) for mark in outside.bookmarks],
        "fonts": {
            name: (font.family, font.weight, font.style, list(font.widths.items()), list(font.texts.items()))
            for name, font in outside.fonts.items()
        },
    }


def _font(family: str, weight: int, style: int, widths: list[tuple[int, int]], texts: list[tuple[int, str]]) -> Font:
    return Font(family, weight, style, dict(widths), dict(texts))


def _inside(inside: Inside, blobs: list[bytes]) -> dict[str, Any]:
    return {
        "objects": _objects(inside.objects, blobs),
        "pages": inside.pages,
        "elements": inside.elements,
        "marked": inside.marked,
        "annotations": inside.annotations,
        "ids": inside.ids,
        "open": inside.open,
    }


def _objects(objects: Objects, blobs: list[bytes]) -> list[Any]:
    def put(content: bytes) -> int:
        blobs.append(content)
        return len(content)

    plain = [(place, put(content)) for place, content in objects.plain]
    streams = [(place, put(head), put(content)) for place, head, content in objects.streams]
    contents = [
        (place, [put(part) if isinstance(part, bytes) else _number(part) for part in segments])
        for place, segments in objects.contents
    ]
    return [objects.count, plain, streams, contents]


def _read_objects(values: Any, blobs: _Blobs) -> Objects:
    count, plain, streams, contents = values
    return Objects(
        count,
        tuple((place, blobs.take(length)) for place, length in plain),
        tuple((place, blobs.take(one), blobs.take(other)) for place, one, other in streams),
        tuple((place, tuple(_segment(segment, blobs) for segment in segments)) for place, segments in contents),
    )


def _number(number: Number) -> list[Any]:
    return [number.target, number.room, number.before, number.digits, number.after, number.unit, number.matrix]


def _segment(segment: int | list[Any], blobs: _Blobs) -> Segment:
    if isinstance(segment, int):
        return blobs.take(segment)
    target, room, before, digits, after, unit, matrix = segment
    return Number(target, room, before, tuple(digits), after, unit, tuple(matrix))
