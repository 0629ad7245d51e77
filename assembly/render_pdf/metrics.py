"""Metrics: how wide a text stands in the tables' typeface, read from the font itself."""

from __future__ import annotations

import functools
from pathlib import Path

from fontTools.ttLib import TTFont

FONTS = Path(__file__).resolve().parent.parent.parent / "templates" / "fonts"
MM = 25.4 / 72  # millimetres a point

_FACES = {400: "SourceSans3-Regular.ttf", 600: "SourceSans3-Semibold.ttf"}
_FIGURE = 0.497  # tabular figures all have this width, whatever the font says of its default ones


@functools.cache
def _advances(weight: int) -> dict[str, float]:
    with TTFont(FONTS / _FACES[weight], lazy=True) as font:
        unit, widths = font["head"].unitsPerEm, font["hmtx"].metrics
        return {chr(code): widths[name][0] / unit for code, name in font.getBestCmap().items()}


def width(text: str, size: float, weight: int = 400) -> float:
    """Return how wide `text` is in millimetres at `size` points."""
    advances = _advances(weight)
    ems = sum(_FIGURE if sign in "0123456789" else advances.get(sign, 0.6) for sign in text)
    return ems * size * MM


def clipped(text: str, room: float, size: float, weight: int = 400) -> str:
    """Return `text` as far as it fits into `room` millimetres, with an ellipsis where something is left out."""
    if width(text, size, weight) <= room:
        return text
    kept = text
    while kept and width(f"{kept}…", size, weight) > room:
        kept = kept[:-1]
    return f"{kept.rstrip(' ,;:.–-')}…"


def lines(text: str, room: float, size: float, weight: int = 400) -> int:
    """Return on about how many lines of `room` millimetres `text` stands; a word that is too long is hyphenated."""
    count, used = 1, 0.0
    space = width(" ", size, weight)
    for word in text.split(" "):
        length = width(word, size, weight)
        if used and used + space + length > room:
            count, used = count + 1, 0.0
        used += length + (space if used else 0.0)
        count += int(used // room)
        used %= room
    return count
