"""Tables: how wide the columns stand. Columns of figures take what their figures need, columns of words the rest.

A column that names its width keeps that share of the line. Widths are estimated from the lengths of the texts, so the
layout needs no second pass (`table-layout: fixed` is three times as fast as measuring).
"""

from __future__ import annotations

from dataclasses import dataclass

from assembly import german
from assembly.document import (
    Align,
    Cell,
    Column,
    Field,
    Money,
    Quantity,
    Ref,
    RowKind,
    Several,
    Table,
    Term,
    Text,
    When,
)

LINE, WIDE_LINE = 166.0, 253.0  # millimetres between the margins, upright and landscape
GUTTER = 3.0  # room between two columns
SIZES = ((9.1, ""), (8.3, "dense"), (7.5, "denser"))  # point sizes of a table, and the name of each in the style sheet
LEAST_WORDS = 34.0  # a column of words is never squeezed below this while smaller type would help

_MM = 25.4 / 72
_NARROW = frozenset(".,:; -–\u00a0\u202f|()ilj")


@dataclass(frozen=True, slots=True)
class Measures:
    """Widths of the columns in percent of the line, and the name of the type size (empty: the usual one)."""

    widths: tuple[float, ...]
    size: str


def measure(table: Table, *, wide: bool) -> Measures:
    """Return the widths of the table's columns on an upright or a landscape page."""
    line = WIDE_LINE if wide else LINE
    for size, name in SIZES:
        widths = _widths(table, line, size)
        words = [w for w, column in zip(widths, table.columns, strict=True) if _is_words(column)]
        if sum(widths) <= line + 0.1 and (not words or min(words) >= LEAST_WORDS):
            break
    whole = sum(widths) or 1.0
    return Measures(tuple(round(100 * width / whole, 3) for width in widths), name)


def _is_words(column: Column) -> bool:
    return not column.width and column.align is Align.LEFT


def _widths(table: Table, line: float, size: float) -> list[float]:
    fixed = [column.width * line / LINE for column in table.columns]
    for index, column in enumerate(table.columns):
        if not column.width and not _is_words(column):
            fixed[index] = _needed(table, index, column, size)
    free = [index for index, column in enumerate(table.columns) if _is_words(column)]
    rest = line - sum(fixed)
    if free:
        for index in free:
            fixed[index] = max(rest / len(free), 1.0)
    else:  # nothing but figures: the room between them grows evenly
        growing = [index for index, column in enumerate(table.columns) if not column.width] or range(len(fixed))
        for index in growing:
            fixed[index] += rest / len(growing)
    return fixed


def _needed(table: Table, index: int, column: Column, size: float) -> float:
    texts = [_text(row.cells[index]) for row in table.rows if row.kind is not RowKind.GROUP]
    heading = [] if column.upright else _unbreakable(column.title)
    return max((_length(text, size) for text in (*texts, *heading)), default=0.0) + GUTTER


def _unbreakable(title: str) -> list[str]:
    return title.split()


def _length(text: str, size: float) -> float:
    """Return about how long `text` is in millimetres: semibold words are wider than figures."""
    wide = 0.5 if any(sign.isdigit() for sign in text) else 0.56
    return sum(0.26 if sign in _NARROW else wide for sign in text) * size * _MM


def _text(cell: Cell) -> str:
    match cell:
        case Money(amount=amount, unit=unit):
            return german.euros(amount.cents, unit=unit)
        case Quantity(value=value, unit=unit):
            return german.quantity(value, unit)
        case When(value=value):
            return german.moment(value)
        case Ref(text=text) | Text(text=text) | Term(text=text):
            return max(text.split(" "), key=len, default="")
        case Field(ref=ref):
            return f"● {ref.text}"
        case Several(items=items):
            return max((_text(item) for item in items), key=len, default="")
        case _:
            return "fehlt"
