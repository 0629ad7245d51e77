"""Stacked bars: amounts by year and tier, the open gap as an outline on top."""

from __future__ import annotations

import math

from assembly.draw.legend import SIZE, legend, legend_height, looks, segment
from assembly.draw.paper import Paper, width
from assembly.draw.style import theme
from assembly.drawings import Scale, StackedBars
from assembly.german import unit_for
from assembly.theme import PAPER

TOP, PLOT, AXIS = 9.0, 60.0, 6.5  # millimetres from above: unit and totals, bars, names; then the legend


def stacked_bars(drawing: StackedBars, width_mm: float) -> Paper:
    """Draw `drawing`; the legend takes as many lines as it needs."""
    names = [name for name, _ in drawing.layers]
    styles = looks(Scale.TIERS, names)
    totals = [sum(amounts[i] for _, amounts in drawing.layers) for i in range(len(drawing.columns))]
    unit = unit_for(max(totals, default=0))
    step, top = _axis(max(totals, default=0), unit.cents)
    scale = PLOT / top
    marks = {value: unit.mark(value, step) for value in range(0, top + 1, step)}
    left = max(width(mark, SIZE) for mark in marks.values()) + 3
    paper = Paper(width_mm, TOP + PLOT + AXIS + legend_height(names, width_mm - left))

    for value, mark in marks.items():
        y = TOP + PLOT - value * scale
        paper.line((left, y), (width_mm, y), theme().soft if value == 0 else theme().line, 0.6 if value == 0 else 0.5)
        paper.text((left - 2, y + 1), mark, SIZE, theme().soft, align="right")
    paper.text((0, 3), unit.name, SIZE, theme().soft)

    pitch = (width_mm - left) / max(len(drawing.columns), 1)
    breadth = min(0.6 * pitch, 19)
    for i, column in enumerate(drawing.columns):
        middle = left + (i + 0.5) * pitch
        y = TOP + PLOT
        for name, amounts in drawing.layers:
            height = amounts[i] * scale
            if height:
                y -= height
                inset = 0.25 if styles[name].dashed else 0.0  # the dashes must not hide the edge of what lies below
                size = (breadth, max(height - inset, 0.2))
                segment(paper, (middle - breadth / 2, y), size, styles[name], unit.amount(amounts[i]))
        total = unit.amount(totals[i])
        room = width(total, SIZE, 600) + 0.8
        paper.box(
            (middle - room / 2, y - 3.8), (room, 2.9), PAPER, PAPER, width=0.0
        )  # no line of the axis runs behind it
        paper.text((middle, y - 1.4), total, SIZE, theme().text, 600, "center")
        paper.text((middle, TOP + PLOT + 4.4), column, SIZE, theme().soft, align="center")
    legend(paper, (left, TOP + PLOT + AXIS), width_mm - left, styles)
    return paper


def _axis(highest: int, unit: int) -> tuple[int, int]:
    """Return the step between two lines and the end of the axis, in cents: four to six lines with round numbers."""
    rough = max(highest, unit) / 4
    power = 10 ** math.floor(math.log10(rough))
    step = next(int(factor * power) for factor in (1, 2, 2.5, 5, 10) if factor * power >= rough * 0.8)
    return step, -(-max(highest, 1) // step) * step
