"""Marks: objects of a PDF as bytes in which the numbers are still open, and how they are filled in.

A reference to another object, the number of a page or of an annotation, and the printed page inside a text are not
known while a chunk stands alone. Each is written as a place between two control characters, which occur nowhere else:
texts are written without them, and streams of bytes are kept apart.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from codecs import BOM_UTF16_BE
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pydyf

REFERENCE, PAGE, ANNOTATION, PRINTED = 1, 2, 3, 4  # what is open: each its own opening character
_END = 5
_PARTED = b"\x06"  # between contents that are filled together
_MARK = re.compile(rb"([\x01-\x04])(\d+)\x05")
_REFERENCE = re.compile(rb"(\d+) 0 R")


class OpenString(pydyf.String):  # type: ignore[misc]  # pydyf ships no types
    """A text in which pages stand open: words, and targets of pages in one-element tuples."""

    def __init__(self, parts: Sequence[str | tuple[str]]) -> None:
        super().__init__()
        self.parts = tuple(parts)


class Mark:
    """A number that is open: kind and place."""

    def __init__(self, kind: int, place: int) -> None:
        self.written = mark(kind, place)


def mark(kind: int, place: int) -> bytes:
    """Return the bytes of an open number."""
    return b"%c%d%c" % (kind, place, _END)


def fill(contents: Sequence[bytes], numbers: Mapping[int, Callable[[int], bytes]]) -> list[bytes]:
    """Return all contents filled with what `numbers` says of each kind and place: in one go, for there are many."""
    functions = {bytes((kind,)): function for kind, function in numbers.items()}
    pieces = _MARK.split(_PARTED.join(contents))
    filled = [functions[kind](int(place)) for kind, place in zip(pieces[1::3], pieces[2::3], strict=True)]
    whole = [b""] * (2 * len(filled) + 1)
    whole[::2], whole[1::2] = pieces[::3], filled
    return b"".join(whole).split(_PARTED) if contents else []


def fill_references(content: bytes, references: Sequence[bytes]) -> bytes:
    """Return the bytes where nothing but references is open, with those."""
    return _MARK.sub(lambda found: references[int(found[2])], content)


class Writer(ABC):
    """Writes objects."""

    @abstractmethod
    def place(self, number: int) -> int:
        """Return the place of an object that is referred to."""

    @abstractmethod
    def printed(self, target: str) -> int:
        """Return the place of a target whose page is printed."""

    def write(self, value: Any) -> bytes:
        """Return a value as it stands in a PDF."""
        if isinstance(value, str):
            return value.encode("ascii")
        if isinstance(value, bytes):
            found = _REFERENCE.fullmatch(value)
            return mark(REFERENCE, self.place(int(found[1]))) if found else value
        if isinstance(value, dict):
            return (
                b"<<" + b"".join([b"/%s %s" % (key.encode(), self.write(item)) for key, item in value.items()]) + b">>"
            )
        if isinstance(value, list | tuple):
            return b"[" + b" ".join([self.write(item) for item in value]) + b"]"
        if isinstance(value, OpenString):
            return self._open(value)
        if isinstance(value, pydyf.String):
            return string(value.string)
        if isinstance(value, Mark):
            return value.written
        return number(value) if isinstance(value, float) else str(value).encode("ascii")

    def _open(self, value: OpenString) -> bytes:
        parts = (
            mark(PRINTED, self.printed(part[0])) if isinstance(part, tuple) else _hex(part) for part in value.parts
        )
        return b"<" + BOM_UTF16_BE.hex().encode() + b"".join(parts) + b">"


def number(value: float) -> bytes:
    """Return a number as it stands in a PDF."""
    text = f"{value:f}".rstrip("0").rstrip(".")
    return b"0" if text == "-0" else text.encode("ascii")


def string(text: str) -> bytes:
    """Return a text as it stands in a PDF: control characters, which are ours, are never written as they are."""
    if text.isascii() and text.isprintable():
        return b"(" + re.sub(rb"([\\()])", rb"\\\1", text.encode("ascii")) + b")"
    return b"<" + BOM_UTF16_BE.hex().encode() + _hex(text) + b">"


def printed(page: int) -> bytes:
    """Return the number of a page for the inside of an open text."""
    return _hex(str(page))


def _hex(text: str) -> bytes:
    return text.encode("utf-16-be").hex().encode()


def glyphs(shown: bytes) -> list[tuple[str, str]]:
    """Return the glyphs of an operator that shows text, each with the gap behind it: empty, or closed and opened."""
    found = re.findall(r"([0-9a-f]{4})|>(-?[0-9.]+)(?=[<\]])", shown.decode("ascii"))
    shown_glyphs: list[tuple[str, str]] = []
    for glyph, gap in found:
        if glyph:
            shown_glyphs.append((glyph, ""))
        elif float(gap):
            shown_glyphs[-1] = (shown_glyphs[-1][0], f">{gap}<")
    return shown_glyphs
