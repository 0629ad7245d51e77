"""The heat table: vision statements in rows, measures in columns, in as many bands as the width asks for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from assembly.colours import mix
from assembly.draw.paper import Paper, width
from assembly.draw.style import SIZE, SMALL, theme
from assembly.draw.words import shortened, wrapped
from assembly.drawings import HeatColumn, HeatTable
from assembly.theme import PAPER

NARROWEST, WIDEST, TITLED = 4.4, 56.0, 20.0  # a column, and one with room for words
ROW, GAP = 8.0, 5.0  # a row, and the space between two bands
FIELD = 4.6  # the line with the names of the fields
NAMED = 40.0  # of so broad a field the name may be cut; where a narrower one has no room for it, keys stand
LEADING = 3.1
TINTS = {3: 0.0, 2: 0.45, 1: 0.8}  # share of white by grade; the grade stands in the cell as a figure too


def height(drawing: HeatTable, width_mm: float) -> float:
    """Return how high the drawing is, in millimetres."""
    bands = _bands(drawing, width_mm)
    down = _head(drawing, _cell(drawing, width_mm))
    return len(bands) * (down + ROW * len(drawing.rows) + GAP) - GAP + 0.6


def heat_table(drawing: HeatTable, width_mm: float) -> Paper:
    """Draw `drawing`: band below band, each with the names of the rows."""
    paper = Paper(width_mm, height(drawing, width_mm))
    y = 0.0
    for band in _bands(drawing, width_mm):
        _band(paper, drawing, band, y)
        y += _head(drawing, _cell(drawing, width_mm)) + ROW * len(drawing.rows) + GAP
    return paper


def longest(drawing: HeatTable, width_mm: float) -> int:
    """Return how many columns the longest band has."""
    return max(map(len, _bands(drawing, width_mm)))


def _label(width_mm: float) -> float:
    return min(0.32 * width_mm, 60)


def _cell(drawing: HeatTable, width_mm: float) -> float:
    """Return how broad a column is."""
    return min((width_mm - _label(width_mm)) / (drawing.longest or longest(drawing, width_mm)), WIDEST)


def _head(drawing: HeatTable, cell: float) -> float:
    """Return how high the head of a band is: the fields, and the ids of the measures, upright in narrow columns."""
    if not _is_level(drawing, cell):
        return FIELD + _widest(drawing) + 2.4
    titles = max((len(_title(column, cell)) for column in drawing.columns), default=0)
    return FIELD + 4.6 + LEADING * titles


def _is_level(drawing: HeatTable, cell: float) -> bool:
    return _widest(drawing) <= cell - 1


def _widest(drawing: HeatTable) -> float:
    return max((width(column.id, SMALL) for column in drawing.columns), default=0.0)


def _title(column: HeatColumn, cell: float) -> tuple[str, ...]:
    """Return the lines of a measure's title over its column; none where that is narrow."""
    return wrapped(column.title, cell - 1.5, SMALL, 3) if column.title and cell >= TITLED else ()


def _bands(drawing: HeatTable, width_mm: float) -> list[tuple[HeatColumn, ...]]:
    """Return the columns in bands of nearly the same length."""
    fit = int((width_mm - _label(width_mm)) / NARROWEST)
    count = -(-len(drawing.columns) // fit)
    size = -(-len(drawing.columns) // count)
    return [drawing.columns[i : i + size] for i in range(0, len(drawing.columns), size)]


def _band(paper: Paper, drawing: HeatTable, band: Sequence[HeatColumn], top: float) -> None:
    left = _label(paper.width)
    cell = _cell(drawing, paper.width)
    first = top + _head(drawing, cell)
    bottom = first + ROW * len(drawing.rows)
    end = left + cell * len(band)
    for i, row in enumerate(drawing.rows):
        y = first + ROW * i
        paper.line((0, y), (end, y), theme().line if i == 0 else theme().hair, 0.5)
        ids = width(row.id, SIZE, 600) + 1.6
        paper.text((0, y + 3.5), row.id, SIZE, theme().text, 600)
        paper.text((ids, y + 3.5), wrapped(row.title, left - ids - 3, SIZE, 1)[0], SIZE)
        paper.text((ids, y + 6.7), row.note, SMALL, theme().soft)
    paper.line((0, bottom), (end, bottom), theme().line, 0.5)
    for place, column in enumerate(band):
        x = left + cell * place
        _name(paper, drawing, column, (x, top + FIELD, first), cell)
        for i, grade in enumerate(column.grades):
            if grade:
                fill = mix(theme().accent, TINTS[grade])
                corner = (x + 0.25, first + ROW * i + 0.5)
                paper.box(corner, (cell - 0.5, ROW - 1), fill, fill, width=0.0)
                middle = (x + cell / 2, first + ROW * (i + 0.5) + 1)
                words = f"{grade} {drawing.words[grade - 1]}" if cell >= TITLED else str(grade)
                paper.text(middle, words, SIZE, theme().ink_on(fill), 600, "center")
    _fields(paper, drawing, band, (left, cell), (top, bottom))


def _name(paper: Paper, drawing: HeatTable, column: HeatColumn, place: tuple[float, float, float], cell: float) -> None:
    """Write the id of a measure over its column, upright where that is narrow, and its title where that is broad."""
    x, top, bottom = place
    if not _is_level(drawing, cell):
        paper.text((x + cell / 2 + 0.95, bottom - 1.2), column.id, SMALL, theme().text, upright=True)
    elif title := _title(column, cell):
        paper.text((x + 0.25, top + 3.2), column.id, SMALL, theme().text, 600)
        for i, line in enumerate(title, start=1):
            paper.text((x + 0.25, top + 3.2 + LEADING * i), line, SMALL)
    else:
        paper.text((x + cell / 2, bottom - 1.4), column.id, SMALL, theme().text, align="center")


def _fields(
    paper: Paper,
    drawing: HeatTable,
    band: Sequence[HeatColumn],
    across: tuple[float, float],
    down: tuple[float, float],
) -> None:
    """Draw a bracket in its colour over the measures of each field, with its name; where one has no room, keys."""
    groups = {group.key: group for group in drawing.groups}
    (left, cell), (top, bottom), place = across, down, 0
    counts = (Counter(column.group for column in one) for one in _bands(drawing, paper.width))
    named = all(
        min(width(groups[key].title, SMALL, 600), NAMED) <= cell * count - 0.8
        for found in counts
        for key, count in found.items()
    )
    for key, columns in groupby(band, key=lambda column: column.group):
        count = len([*columns])
        x, room = left + cell * place, cell * count
        group = groups[key]
        name = shortened(group.title if named else group.key, room, SMALL, 600)
        paper.box((x + 0.25, top + FIELD - 0.9), (room - 0.5, 0.9), group.colour, group.colour, width=0.0)
        paper.text((x + 0.25, top + 2.7), name, SMALL, group.colour, 600)
        if place:
            paper.line((x, top + FIELD), (x, bottom), PAPER, 1.2)
            paper.line((x, top + FIELD), (x, bottom), theme().line, 0.5)
        place += count
