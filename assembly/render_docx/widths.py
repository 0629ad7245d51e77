"""Widths: how a table's line is shared among its columns, by what they want and what their longest words need.

A number must never break and a heading should not; text may be hyphenated, so its words count only up to a limit.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PIL import ImageFont

from assembly.render_docx.wordml import FONTS

TYPE_SIZE = 9.0
SCALE = 20
PADDING = 2.6
LONGEST_WORD = 26.0
WIDEST_NAME = 66.0
SLACK = 2.0


@dataclass(frozen=True, slots=True)
class Want:
    """What a column wants: a width in millimetres (0: a share), at least `need`; `figures` tells words from numbers."""

    width: float
    need: float
    figures: bool = False


def word_width(text: str, *, bold: bool = False) -> float:
    """Return the width in millimetres of the longest word of `text` in a table."""
    words = re.split(r"[ \n]|(?<=[-–/])(?=\w)", text)
    font = _font("SourceSans3-Bold.ttf" if bold else "SourceSans3-Regular.ttf")
    return max((font.getlength(word) for word in words), default=0.0) / SCALE * 25.4 / 72


def needed(head: str, cells: Iterable[str], *, figures: bool, upright: bool) -> float:
    """Return the least width in millimetres of a column with this heading and these cells."""
    heading = 0.0 if upright else word_width(head, bold=True)
    longest = max((word_width(cell, bold=figures) for cell in cells), default=0.0)
    return PADDING + (max(heading, longest) if figures else max(min(heading, LONGEST_WORD), min(longest, LONGEST_WORD)))


def share_out(wants: Sequence[Want], line: float) -> tuple[float, ...]:
    """Return the widths in millimetres; together they fill the line."""
    needs = [want.need for want in wants]
    if sum(needs) >= line:
        return tuple(need * line / sum(needs) for need in needs)
    widths = [max(want.width, want.need) for want in wants]
    spare = line - sum(widths)
    if spare < 0:  # wishes are granted in part
        return tuple(_toward(needs, widths, line))
    names = [index for index, want in enumerate(wants) if not want.width and not want.figures]
    figures = [index for index, want in enumerate(wants) if not want.width and want.figures]
    if figures:
        widest = max(needs[index] for index in figures)
        wish = list(widths)
        for index in figures:
            wish[index] = widest + SLACK
        for index in names:
            wish[index] = max(needs[index], WIDEST_NAME if len(names) == 1 else 0)
        widths = _toward(widths, wish, line) if sum(wish) > line else wish
    takers = figures or names or list(range(len(wants)))
    if names and not figures:
        return tuple(_levelled(widths, names, line))
    spare = line - sum(widths)
    return tuple(width + (spare / len(takers) if index in takers else 0) for index, width in enumerate(widths))


def _toward(least: Sequence[float], wish: Sequence[float], line: float) -> list[float]:
    """Return widths between `least` and `wish`, all granted the same part of what they wish, that fill the line."""
    part = (line - sum(least)) / (sum(wish) - sum(least))
    return [low + (high - low) * part for low, high in zip(least, wish, strict=True)]


def _levelled(widths: Sequence[float], takers: Sequence[int], line: float) -> list[float]:
    """Return the widths, the line's rest shared so that the takers become equal, none narrower than it was."""
    done = list(widths)
    room = line - sum(width for index, width in enumerate(widths) if index not in takers)
    open_takers = sorted(takers, key=lambda index: -widths[index])
    while open_takers and widths[open_takers[0]] > room / len(open_takers):
        room -= widths[open_takers.pop(0)]
    for index in open_takers:
        done[index] = room / len(open_takers)
    return done


@functools.cache
def _font(file: str) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / file, TYPE_SIZE * SCALE)
