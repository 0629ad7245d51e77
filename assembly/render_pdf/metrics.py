"""Metrics: how wide a text stands in a typeface, read from the font itself."""

from __future__ import annotations

import functools
from pathlib import Path

from fontTools.ttLib import TTFont

from assembly import german
from assembly.theme import Typeface

MM = 25.4 / 72  # millimetres a point

_FIGURES = "0123456789"


@functools.cache
def _advances(font: Path) -> dict[str, float]:
    """Return the width of each sign in ems; figures are set as tabular ones, about as wide as the widest of them."""
    with TTFont(font, lazy=True) as opened:
        unit, widths = opened["head"].unitsPerEm, opened["hmtx"].metrics
        advances = {chr(code): widths[name][0] / unit for code, name in opened.getBestCmap().items()}
    return advances | dict.fromkeys(_FIGURES, max(advances[figure] for figure in _FIGURES))


def width(typeface: Typeface, text: str, size: float, weight: int = 400) -> float:
    """Return how wide `text` is in millimetres at `size` points."""
    advances = _advances(typeface.file(weight))
    return sum(advances.get(sign, 0.6) for sign in text) * size * MM


def clipped(typeface: Typeface, text: str, room: float, size: float, weight: int = 400) -> str:
    """Return `text` as far as it fits into `room` millimetres, with an ellipsis where something is left out."""
    return german.cut(text, lambda words: width(typeface, words, size, weight) <= room)


def lines(typeface: Typeface, text: str, room: float, size: float, weight: int = 400) -> int:
    """Return on about how many lines of `room` millimetres `text` stands; a word that is too long is hyphenated."""
    count, used = 1, 0.0
    space = width(typeface, " ", size, weight)
    for word in text.split(" "):
        length = width(typeface, word, size, weight)
        if used and used + space + length > room:
            count, used = count + 1, 0.0
        used += length + (space if used else 0.0)
        count += int(used // room)
        used %= room
    return count
