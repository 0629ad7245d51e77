"""Stacked bars: amounts by year and tier, the open gap as an outline on top, and all of them as rows below.

The rows are the legend too. Of so many years that an amount is broader than its column the bars bear what fits.
"""

from __future__ import annotations

from assembly.draw.legend import NAME, Look, legend, legend_height, looks, segment, swatch
from assembly.draw.paper import Paper, width
from assembly.draw.style import SIZE, SMALL, theme
from assembly.drawings import Scale, StackedBars, axis
from assembly.german import unit_for
from assembly.theme import PAPER

TOP, AXIS = 9.0, 6.0  # millimetres from above: unit and totals, then the bars, names, and rows or legend
PLOT, LOW = 60.0, 40.0  # height of the bars; where the amounts stand below, they need none for words
ROW, BASE = 4.4, 3.2  # height of a row, and where its words stand


def stacked_bars(drawing: StackedBars, width_mm: float) -> Paper:
    """Draw `drawing`; the legend takes as many lines as it needs."""
    names = [name for name, _ in drawing.layers]
    styles = looks(Scale.TIERS, names)
    totals = [sum(amounts[i] for _, amounts in drawing.layers) for i in range(len(drawing.columns))]
    unit = unit_for(max(totals, default=0))
    step, top = axis(max(totals, default=0), unit.cents)
    marks = {value: unit.mark(value, step) for value in range(0, top + 1, step)}
    words = [[unit.amount(amount) if amount else "–" for amount in amounts] for _, amounts in drawing.layers]
    left = max(width(mark, SIZE) for mark in marks.values()) + 3
    named = max(left, NAME + max(width(name, SMALL) for name in names) + 2)
    broadest = max((width(word, SMALL) for row in words for word in row), default=0.0)
    tabled = broadest + 1 <= (width_mm - named) / max(len(drawing.columns), 1)
    left, plot = (named, LOW) if tabled else (left, PLOT)
    scale = plot / top
    below = ROW * len(names) if tabled else legend_height(names, width_mm - left)
    paper = Paper(width_mm, TOP + plot + AXIS + below + 0.4)

    for value, mark in marks.items():
        y = TOP + plot - value * scale
        paper.line((left, y), (width_mm, y), theme().soft if value == 0 else theme().line, 0.6 if value == 0 else 0.5)
        paper.text((left - 2, y + 1), mark, SIZE, theme().soft, align="right")
    paper.text((0, 3), unit.name, SIZE, theme().soft)

    pitch = (width_mm - left) / max(len(drawing.columns), 1)
    breadth = min(0.6 * pitch, 19)
    for i, column in enumerate(drawing.columns):
        middle = left + (i + 0.5) * pitch
        y = TOP + plot
        for name, amounts in drawing.layers:
            height = amounts[i] * scale
            if height:
                y -= height
                inset = 0.25 if styles[name].dashed else 0.0  # the dashes must not hide the edge of what lies below
                size = (breadth, max(height - inset, 0.2))
                label = "" if tabled else unit.amount(amounts[i])
                segment(paper, (middle - breadth / 2, y), size, styles[name], label)
        begin, end = middle - breadth / 2 - 0.2, middle + breadth / 2 + 0.2
        paper.line((begin, TOP + plot), (end, TOP + plot), theme().soft, 0.6)  # the edge of the bar covers it
        total = unit.amount(totals[i])
        room = width(total, SIZE, 600) + 0.8
        paper.box(
            (middle - room / 2, y - 3.8), (room, 2.9), PAPER, PAPER, width=0.0
        )  # no line of the axis runs behind it
        paper.text((middle, y - 1.4), total, SIZE, theme().text, 600, "center")
        year = column if width(column, SIZE) < pitch else f"’{column[-2:]}"
        paper.text((middle, TOP + plot + 4.4), year, SIZE, theme().soft, align="center")
        for row, (name, said) in enumerate(zip(names, words, strict=True)):
            if tabled:
                base = TOP + plot + AXIS + ROW * row + BASE
                paper.text((middle, base), said[i], SMALL, _ink(styles[name]), align="center")
    if tabled:
        _rows(paper, TOP + plot + AXIS, styles)
    else:
        legend(paper, (left, TOP + plot + AXIS), width_mm - left, styles)
    return paper


def _rows(paper: Paper, top: float, styles: dict[str, Look]) -> None:
    """Draw the lines and names of the rows."""
    for row, (name, look) in enumerate(styles.items()):
        y = top + ROW * row
        paper.line((0, y), (paper.width, y), theme().hair if row else theme().line, 0.5)
        swatch(paper, (0, y + 1), look)
        paper.text((NAME, y + BASE), name, SMALL, _ink(look))
    paper.line((0, top + ROW * len(styles)), (paper.width, top + ROW * len(styles)), theme().line, 0.5)


def _ink(look: Look) -> str:
    return theme().warning if look.dashed else theme().text
