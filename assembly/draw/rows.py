"""Stacked rows: a bar a field or measure, divided into layers; the sum at its end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assembly import german
from assembly.draw.legend import legend, legend_height, looks, segment
from assembly.draw.paper import Paper, width
from assembly.draw.style import SIZE, theme
from assembly.draw.words import wrapped
from assembly.drawings import Head, Scale, StackedRows
from assembly.german import Unit, unit_for

HEAD, ROW, LEADING = 5.6, 7.8, 3.5  # the unit above, a row of one line, every further line of its name
BAR = 5.0
DOT = 2.2  # breadth of the mark in the field's colour
END = 2.6  # between a bar and its sum


@dataclass(frozen=True, slots=True)
class _Row:
    y: float
    height: float
    head: Head
    words: tuple[str, ...]
    place: int

    @property
    def middle(self) -> float:
        return self.y + self.height / 2


def height(drawing: StackedRows, width_mm: float) -> float:
    """Return how high the drawing is, in millimetres."""
    rows = [*_rows(drawing, width_mm)]
    return rows[-1].y + rows[-1].height + 1.5 + legend_height([name for name, _ in drawing.layers], width_mm)


def stacked_rows(drawing: StackedRows, width_mm: float) -> Paper:
    """Draw `drawing`; bars begin where the longest name ends."""
    paper = Paper(width_mm, height(drawing, width_mm))
    styles = looks(drawing.scale, [name for name, _ in drawing.layers])
    colours = {group.key: group.colour for group in drawing.groups}
    sums = [sum(amounts[i] for _, amounts in drawing.layers) for i in range(len(drawing.heads))]
    unit = unit_for(drawing.longest or max(sums))
    ends = [_end(drawing, value, unit) for value in sums]
    left = _label(drawing, width_mm)
    room = width_mm - left - END - max(width(end, SIZE, 600) for end in ends)
    rows = [*_rows(drawing, width_mm)]
    what = "Anzahl" if drawing.scale is Scale.STAGES else "Anteil an den Kosten" if drawing.whole else unit.name
    paper.text((left, 3), what, SIZE, theme().soft)
    if drawing.whole:
        paper.text((width_mm, 3), "Kosten", SIZE, theme().soft, align="right")
    for row in rows:
        head = row.head
        summed = not head.group and len(rows) > 1
        paper.line((0, row.y), (width_mm, row.y), theme().soft if summed else theme().line, 0.6 if summed else 0.5)
        if head.group in colours:
            paper.box((0, row.middle - DOT / 2), (DOT, DOT), colours[head.group], colours[head.group], width=0.0)
        _name(paper, row, _ids(drawing), weight=600 if summed else 400)
        x = left
        for name, amounts in drawing.layers:
            value = amounts[row.place]
            breadth = room * value / max(sums[row.place] if drawing.whole else drawing.longest or max(sums), 1)
            if value > 0:
                label = german.percent(value, sums[row.place]) if drawing.whole else _amount(drawing, value, unit)
                inset = 0.25 if styles[name].dashed else 0.0
                size = (max(breadth - inset, 0.2), BAR)
                segment(paper, (x + inset, row.middle - BAR / 2), size, styles[name], f"{name} {label}", label)
                x += breadth
        end = width_mm if drawing.whole else x + 1.4 + width(ends[row.place], SIZE, 600)
        paper.text((end, row.middle + 1), ends[row.place], SIZE, theme().text, 600, "right")
    bottom = rows[-1].y + rows[-1].height
    paper.line((0, bottom), (width_mm, bottom), theme().line, 0.5)
    legend(paper, (0, bottom + 1.5), width_mm, styles)
    return paper


def _rows(drawing: StackedRows, width_mm: float) -> Iterator[_Row]:
    room = _label(drawing, width_mm) - _ids(drawing) - DOT - 6
    y = HEAD
    for place, head in enumerate(drawing.heads):
        words = wrapped(head.title, room, SIZE)
        tall = ROW if len(words) == 1 else ROW + LEADING - 1.0
        yield _Row(y, tall, head, words, place)
        y += tall


def _ids(drawing: StackedRows) -> float:
    """Return the breadth of the column of ids, with its gap."""
    widest = max((width(head.id, SIZE, 600) for head in drawing.heads), default=0.0)
    return widest + 2 if widest else 0.0


def _label(drawing: StackedRows, width_mm: float) -> float:
    """Return where the bars begin: after the names, which take two fifths at most."""
    titles = max((width(head.title, SIZE, 600) for head in drawing.heads), default=0.0)
    return min(titles + _ids(drawing) + DOT + 6.5, 0.4 * width_mm)


def _name(paper: Paper, row: _Row, ids: float, weight: int) -> None:
    base = row.middle + 1.05 - (len(row.words) - 1) * LEADING / 2
    x = DOT + 1.8
    if row.head.id:
        paper.text((x, base), row.head.id, SIZE, theme().text, 600)
    for i, words in enumerate(row.words):
        paper.text((x + ids, base + i * LEADING), words, SIZE, theme().text, weight)


def _amount(drawing: StackedRows, value: int, unit: Unit) -> str:
    return german.integer(value) if drawing.scale is Scale.STAGES else unit.amount(value)


def _end(drawing: StackedRows, value: int, unit: Unit) -> str:
    words = _amount(drawing, value, unit)
    return f"{words}{german.NBSP}{unit.name}" if drawing.whole else words
