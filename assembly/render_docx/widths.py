"""Widths: how a table's line is shared among its columns, by what they want and what their longest words need.

A number must never break and a heading should not; text may be hyphenated, so its words count only up to a limit.
"""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path

from PIL import ImageFont

from assembly import german
from assembly.theme import Typeface

TYPE_SIZE = 9.0
SCALE = 20
PADDING = 3.4
LONGEST_WORD = 30.0
"""Words are hyphenated where a column cannot hold them; this much of them must fit, `WHOLE_WORD` is wished for."""
WHOLE_WORD = 44.0
WIDEST_NAME = 66.0
SLACK = 2.0
COMFORT = 38.0
"""Where one column of words stands beside many of figures, its texts get this much of the line, if they need it."""
LINE_HEIGHT, ROW_GAP = 4.06, 1.3
UPRIGHT_LINE = 5.6
"""The width in millimetres that a line of a turned heading takes with the air around it."""
TALL = 60.0
"""A row that is higher, in millimetres, may break over two pages."""
STEP, SAMPLE = 2.0, 100
"""Millimetres in which a line is shared out, and about how many rows of a table are looked at for it."""


class Size(Enum):
    """A size of type in tables: in points, and how the names of its styles end."""

    USUAL = (TYPE_SIZE, "")
    SMALL = (8.0, " klein")
    LEAST = (7.0, " sehr klein")

    @property
    def scale(self) -> float:
        """How large it is, the usual size being 1."""
        return self.value[0] / TYPE_SIZE

    @property
    def suffix(self) -> str:
        """What the names of its styles end with."""
        return self.value[1]


@dataclass(frozen=True, slots=True)
class Want:
    """What a column wants: a width in millimetres (0: a share), at least `need`; `figures` tells words from numbers.

    `most`: up to this width it takes what would only be air between the others. `whole`: with this width no word
    breaks that need not.
    """

    width: float
    need: float
    figures: bool = False
    most: float = 0.0
    whole: float = 0.0

    def scaled(self, size: Size) -> Want:
        """Return what the column wants in type of this size."""
        return replace(self, need=self.need * size.scale, whole=self.whole * size.scale)

    def parted(self, distance: float) -> Want:
        """Return what the column wants when it keeps so many millimetres from the one before it."""
        return replace(self, need=self.need + distance, whole=self.whole + distance)


def want(
    width: float, head: str, cells: Sequence[str], sans: Typeface, *, figures: bool, upright: bool = False
) -> Want:
    """Return what a column of this width, heading and cells wants."""
    heading = 0.0 if upright else _longest_word(head, sans)
    longest = max((_longest_word(cell, sans) for cell in cells), default=0.0)
    need = max(min(heading, LONGEST_WORD), longest if figures else min(longest, LONGEST_WORD))
    need = max(need, UPRIGHT_LINE - PADDING) if upright else need
    whole = PADDING + max(need, min(max(heading, longest), WHOLE_WORD))
    return Want(max(width, whole) if width else 0, PADDING + need, figures, whole=whole)


def comfortable(wants: Sequence[Want], names: Sequence[str], sans: Typeface) -> list[Want]:
    """Return the wants of a table of figures whose one column of words wishes room for `names`, its texts."""
    longest = PADDING + max((width_of(name, sans, bold=False) for name in names), default=0.0)
    least, most = min(COMFORT, longest), min(WIDEST_NAME, longest)
    return [each if each.figures else replace(each, width=max(each.width, least), most=most) for each in wants]


def fits(wants: Sequence[Want], line: float, *, wishes: bool = False) -> bool:
    """Tell whether all columns get what they need; with `wishes`, whether words beside figures get what they wish."""
    return sum(max(each.need, each.width if wishes and not each.figures else 0) for each in wants) <= line


def _longest_word(text: str, sans: Typeface) -> float:
    """Return the width of the longest word in bold type, in mm; a line may break at spaces and after hyphens."""
    return max(
        (width_of(word, sans, bold=True) for word in re.split(r"[ \n]|(?<=[-–/])(?=[a-zäöü])", text)), default=0.0
    )


def width_of(text: str, sans: Typeface, *, bold: bool) -> float:
    """Return the width of a text in a table, in millimetres."""
    return _width(text, sans.file(700 if bold else 400))


def clipped(text: str, sans: Typeface, room: float) -> str:
    """Return `text` as far as it fits into `room` millimetres, with an ellipsis where something is left out."""
    return german.cut(text, lambda words: width_of(words, sans, bold=False) <= room)


@functools.lru_cache(maxsize=1 << 16)
def _width(text: str, face: Path) -> float:
    return float(_font(face).getlength(text)) / SCALE * 25.4 / 72


def share_out(wants: Sequence[Want], line: float) -> tuple[float, ...]:
    """Return the widths in millimetres; together they fill the line."""
    needs = [each.need for each in wants]
    if sum(needs) >= line:
        return tuple(_scaled_down(wants, line))
    widths = [max(each.width, each.need) for each in wants]
    spare = line - sum(widths)
    if spare < 0:  # wishes are granted in part
        return tuple(_toward(needs, widths, line))
    names = [index for index, each in enumerate(wants) if not each.width and not each.figures]
    figures = [index for index, each in enumerate(wants) if not each.width and each.figures]
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
    for index, each in enumerate(wants):
        widths[index] += max(min(each.most - widths[index], line - sum(widths)), 0)
    spare = line - sum(widths)
    return tuple(width + (spare / len(takers) if index in takers else 0) for index, width in enumerate(widths))


def lowest(wants: Sequence[Want], rows: Sequence[Sequence[float]], line: float) -> tuple[float, ...]:
    """Return the widths of the columns; those of long texts get more of the line where that saves room.

    Words beside a row that is tall anyway may break for it.
    `rows` is how long each cell is on one line; a row with one cell for all columns has no say.
    """
    widths = share_out(wants, line)
    full = [row for row in rows if len(row) == len(wants)]
    if not full or sum(each.need for each in wants) > line:
        return widths
    tries = [widths, relieved(wants, full, line)]
    if all(any(is_tall(row, tried) for row in full) for tried in tries):  # better that words break than that pages do
        tries.append(relieved([replace(each, whole=each.need) for each in wants], full, line))
    return min(tries, key=lambda tried: sum(row_height(row, tried) for row in full))


def row_height(lengths: Sequence[float], widths: Sequence[float]) -> float:
    """Return about how tall a row is, in millimetres; the one cell of a group reaches over all columns."""
    pairs = zip(lengths, widths, strict=True) if len(lengths) == len(widths) else ((lengths[0], sum(widths)),)
    return ROW_GAP + LINE_HEIGHT * max(line_count(length, width) for length, width in pairs)


def is_tall(lengths: Sequence[float], widths: Sequence[float]) -> bool:
    """Tell whether a row is so tall that it may break over two pages."""
    return row_height(lengths, widths) > TALL


def line_count(length: float, width: float) -> int:
    """Return on about how many lines a cell of this width stands."""
    return int(length / (width - PADDING)) + 1


def relieved(wants: Sequence[Want], rows: Sequence[Sequence[float]], line: float) -> tuple[float, ...]:
    """Return the widths that make the rows low: each step of the line goes to the text that makes them lower by most.

    `rows` is how long each cell is on one line; of many rows some tell how the others are.
    """
    widths = [max(each.need, each.whole) for each in wants]
    if sum(widths) > line:
        widths = [each.need for each in wants]
    columns = [list(column) for column in zip(*rows[:: len(rows) // SAMPLE + 1], strict=True)]
    lines = [_lines(column, width) for column, width in zip(columns, widths, strict=True)]
    whole = [sum(row) for row in zip(*lines, strict=True)]
    takers = [index for index, each in enumerate(wants) if not each.figures]
    while takers and sum(widths) + STEP <= line:
        tried = {index: _lines(columns[index], widths[index] + STEP) for index in takers}
        changed = {
            index: [row - old + new for row, old, new in zip(whole, lines[index], tried[index], strict=True)]
            for index in takers
        }
        best = min(takers, key=lambda index: _height(changed[index]))
        if _height(changed[best]) >= _height(whole) - 1e-6:
            break
        widths[best] += STEP
        lines[best], whole = tried[best], changed[best]
    return tuple(width * line / sum(widths) for width in widths)


def _lines(lengths: Sequence[float], width: float) -> list[float]:
    """Return on how many lines texts stand, to the fourth power: what is added up so is about the highest of all."""
    room = width - PADDING
    return [max(length / room, 1.0) ** 4 for length in lengths]


def _height(rows: Sequence[float]) -> float:
    return sum(math.sqrt(math.sqrt(row)) for row in rows)


def _scaled_down(wants: Sequence[Want], line: float) -> list[float]:
    """Return less than the columns need: words, which can be hyphenated, give way first, to half of what they need."""
    words = sum(each.need for each in wants if not each.figures)
    figures = sum(each.need for each in wants if each.figures)
    if words and line - figures >= words / 2:
        return [each.need if each.figures else each.need * (line - figures) / words for each in wants]
    return [each.need * line / (words + figures) for each in wants]


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
def _font(face: Path) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(face, TYPE_SIZE * SCALE)
