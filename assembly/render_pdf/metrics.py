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
