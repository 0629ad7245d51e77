"""Below: a text that would be higher than most of a page stands below its row, over the width of the other columns.

Beside what the row says else it would run for pages in one narrow column. On paper the row is two, of as many cells:
the text hangs out of its own over those beside it, which are empty there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assembly.document import Cell, Row, Table, Text
from assembly.render_pdf.rows import may_part
from assembly.render_pdf.tables import EDGE, LINE, WIDE_LINE, Measures, cell_text, heights_of, measure, points
from assembly.theme import Typeface

HIGHEST = 150.0  # millimetres of a row that is as high as its text makes it
OTHERS = 80.0  # what else it says may be so high
GAIN = 0.2  # so much of its width a text gains at least

LONG = 400  # letters of a text in a row that goes over pages

EMPTY = Text("")


@dataclass(frozen=True, slots=True)
class Hanging:
    """The cell of a text that stands below its row: its column, and how far it hangs out of it to both sides, in mm."""

    column: int
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Laid:
    """A table with the rows that it has on paper, how they stand, and those that are texts below the row before."""

    table: Table
    measures: Measures
    hanging: Mapping[int, Hanging]


def laid(table: Table, sans: Typeface, *, wide: bool, close: bool) -> Laid:
    """Return how a table stands on an upright or a landscape page; `close` as in a sheet."""
    measures = measure(table, sans, wide=wide, close=close)
    high = [index for index, height in enumerate(measures.heights) if height > HIGHEST]
    texts = dict(_texts(table, measures, high, sans, wide, close)) if high else {}
    if not texts:
        return Laid(table, measures, {})
    emptied = (_only(row, index, texts, others=True) for index, row in enumerate(table.rows))
    opened = replace(table, rows=tuple(emptied))
    measures = measure(opened, sans, wide=wide, close=close)
    widths = _millimetres(measures, wide)
    rows: list[Row] = []
    heights: list[float] = []
    hanging: dict[int, Hanging] = {}
    for index, (row, height) in enumerate(zip(opened.rows, measures.heights, strict=True)):
        rows.append(row)
        heights.append(height)
        if index in texts:
            column = texts[index]
            below = _only(table.rows[index], index, texts, others=False)
            place = hanging[len(rows)] = _place(widths, column)
            broad = [*widths[:column], widths[column] + place.left + place.right, *widths[column + 1 :]]
            rows.append(below)
            heights += heights_of(replace(table, rows=(below,)), broad, points(measures.size, close=close), sans)
    return Laid(replace(table, rows=tuple(rows)), replace(measures, heights=tuple(heights)), hanging)


def high_cells(laid: Laid) -> dict[int, int]:
    """Return the columns of the highest cells of the rows which may go over pages, by the places of these."""
    places = may_part(laid.measures.heights)
    return {index: _highest(laid.table.rows[index], laid.measures) for index in places}


def names(laid: Laid, high: Mapping[int, int]) -> dict[int, Cell]:
    """Return the cells that name rows of such `high_cells`, by their places."""
    rows = laid.table.rows
    return {
        index: rows[index - (index in laid.hanging)].cells[0]
        for index, column in high.items()
        if len(cell_text(rows[index].cells[column])) > LONG
    }


def _highest(row: Row, measures: Measures) -> int:
    """Return the column of the highest cell of a row, by the letters of its text and the breadth that they have."""
    breadths = measures.widths
    return max(range(len(row.cells)), key=lambda column: len(cell_text(row.cells[column])) / breadths[column])


def _texts(
    table: Table, measures: Measures, high: Sequence[int], sans: Typeface, wide: bool, close: bool
) -> Iterator[tuple[int, int]]:
    """Yield place and column of the texts of high rows that are better set below them."""
    widths, size = _millimetres(measures, wide), points(measures.size, close=close)
    for index in high:
        column = _highest(table.rows[index], measures)
        others = _only(table.rows[index], index, {index: column}, others=True)
        place = _place(widths, column)
        low = heights_of(replace(table, rows=(others,)), widths, size, sans)[0] <= OTHERS
        if low and place.left + place.right > GAIN * widths[column]:
            yield index, column


def _only(row: Row, index: int, texts: Mapping[int, int], *, others: bool) -> Row:
    """Return a row that has a text below it with all its other cells alone, or the row of that text alone."""
    if index not in texts:
        return row
    cells = (cell if (column != texts[index]) is others else EMPTY for column, cell in enumerate(row.cells))
    return Row(tuple(cells), row.kind, row.anchor if others else "")


def _millimetres(measures: Measures, wide: bool) -> list[float]:
    return [share * (WIDE_LINE if wide else LINE) / 100 for share in measures.widths]


def _place(widths: Sequence[float], column: int) -> Hanging:
    """Return how a cell hangs out of its column: over all others but the first, which names the row."""
    last = column == len(widths) - 1
    return Hanging(column, sum(widths[1:column]), 0.0 if last else sum(widths[column + 1 :]) + EDGE)
