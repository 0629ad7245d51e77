"""Sight: texts that are painted and still not to be seen: without colour, in that of their ground, or below an area."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache

from assembly.paper.content import Shown
from assembly.paper.shapes import HIDDEN, UNKNOWN, Shape

READABLE = 1.8  # contrast of a text to its ground; the book's have four and more
PAPER = b"1 1 1"
HIDES = 0.5  # share of a text that an area covers, where it can no longer be read
SMALLEST = 2.0  # points that an area is high and wide
LONGEST = 40  # signs of a text that are told

Unseen = tuple[str, str]  # the words, and what becomes of them: one of those below
GONE, CUT, PALE, COVERED = "gone", "cut", "pale", "covered"


def unseen(texts: Sequence[Shown], shapes: Sequence[Shape]) -> Iterator[Unseen]:
    """Yield the texts that nobody sees. Both are in order of painting."""
    areas = [
        shape
        for shape in shapes
        if shape.colour and shape.right - shape.left > SMALLEST and shape.top - shape.bottom > SMALLEST
    ]
    for text in texts:
        if (text.colour == HIDDEN or text.cut) and text.text.strip():
            yield _told(text), GONE if text.colour == HIDDEN else CUT
    yield from ((_told(text), PALE) for text in _pale(texts, areas))
    yield from ((_told(text), COVERED) for text in _covered(texts, areas))


def _told(text: Shown) -> str:
    return text.text.strip()[:LONGEST]


def _pale(texts: Sequence[Shown], areas: Sequence[Shape]) -> Iterator[Shown]:
    """Yield the texts that are nearly of the colour of their ground; only those that may lie on such a ground."""
    for colour in {text.colour for text in texts} - {HIDDEN, UNKNOWN}:
        alike = [area for area in areas if _are_alike(colour, area.colour)]
        on_paper = _are_alike(colour, PAPER)
        if not alike and not on_paper:
            continue
        for index, text in enumerate(texts):
            if text.colour == colour and (on_paper or any(_is_on(text, area) for area in alike)) and text.text.strip():
                grounds = _grounds(index, text, areas)
                if all(_are_alike(colour, ground) for ground in grounds):
                    yield text


def _grounds(index: int, text: Shown, areas: Sequence[Shape]) -> Iterator[bytes]:
    """Yield the colours that a text may lie on: from above, down to the first area that is surely below it."""
    for area in reversed(areas):
        if area.before <= index and _is_on(text, area):
            yield area.colour
            if area.whole:
                return
    yield PAPER


def _is_on(text: Shown, area: Shape) -> bool:
    """Tell whether the middle of a text lies on an area."""
    return (
        area.left * 2 <= text.left + text.right <= area.right * 2
        and area.bottom * 2 <= text.bottom + text.top <= area.top * 2
    )


def _covered(texts: Sequence[Shown], areas: Sequence[Shape]) -> Iterator[Shown]:
    """Yield the texts that are painted over."""
    later = [area for area in areas if area.before and area.whole]
    if not later:
        return
    order = sorted(range(len(texts)), key=lambda index: texts[index].bottom)
    bottoms = [texts[index].bottom for index in order]
    highest = max(text.top - text.bottom for text in texts)
    found: set[int] = set()
    for left, bottom, right, top, before, *_ in later:
        for index in order[bisect_left(bottoms, bottom - highest) : bisect_right(bottoms, top)]:
            text = texts[index]
            if index < before and text.left < right and left < text.right:
                wide = min(right, text.right) - max(left, text.left)
                high = min(top, text.top) - max(bottom, text.bottom)
                whole = (text.right - text.left) * (text.top - text.bottom)
                if high > 0 and wide * high > HIDES * whole and text.text.strip():
                    found.add(index)
    yield from (texts[index] for index in sorted(found))


@lru_cache(maxsize=4096)
def _are_alike(one: bytes, other: bytes) -> bool:
    """Tell whether two colours can hardly be told apart."""
    if UNKNOWN in (one, other):
        return False
    low, high = sorted((_brightness(one), _brightness(other)))
    return (high + 0.05) / (low + 0.05) < READABLE


def _brightness(colour: bytes) -> float:
    """Return the relative luminance of a colour of three parts (WCAG 2.2)."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in map(float, colour.split())
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
