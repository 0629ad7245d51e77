"""Stacked bars: amounts by year and tier in million euros, the open gap as an outline on top."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Decimal

from assembly import german
from assembly.document import StackedBars
from assembly.draw.colours import GAP, INK, RULE, SOFT, WARNING, WHITE, contrast, ink_on, mix, tier_colours, tints
from assembly.draw.paper import Paper, width

TOP, PLOT, AXIS, LEGEND = 9.0, 60.0, 6.5, 6.5  # millimetres from above: unit and totals, bars, names, legend
LEFT, SIZE = 11.0, 8.2
MILLION = 100_000_000  # in cents

Style = tuple[str, str, bool]  # fill, edge, dashed


def stacked_bars(drawing: StackedBars, width_mm: float) -> Paper:
    """Draw `drawing`; the legend takes as many lines as it needs."""
    legend = _legend_lines([name for name, _ in drawing.layers], width_mm - LEFT)
    paper = Paper(width_mm, TOP + PLOT + AXIS + LEGEND * len(legend))
    styles = _styles(drawing)
    totals = [sum(amounts[i] for _, amounts in drawing.layers) for i in range(len(drawing.columns))]
    step, top = _axis(max(totals, default=0))
    scale = PLOT / top

    for value in range(0, top + 1, step):
        y = TOP + PLOT - value * scale
        paper.line((LEFT, y), (width_mm, y), SOFT if value == 0 else RULE, 0.6 if value == 0 else 0.5)
        paper.text((LEFT - 2, y + 1), _millions(value, step), SIZE, SOFT, align="right")
    paper.text((0, 3), "Mio. €", SIZE, SOFT)

    pitch = (width_mm - LEFT) / max(len(drawing.columns), 1)
    breadth = min(0.6 * pitch, 19)
    for i, column in enumerate(drawing.columns):
        middle = LEFT + (i + 0.5) * pitch
        y = TOP + PLOT
        for (_, amounts), style in zip(drawing.layers, styles, strict=True):
            height = amounts[i] * scale
            if height:
                y -= height
                _segment(paper, (middle - breadth / 2, y), (breadth, height), style, amounts[i])
        paper.text((middle, y - 1.4), _amount(totals[i]), SIZE + 0.2, INK, 600, "center")
        paper.text((middle, TOP + PLOT + 4.4), column, SIZE, SOFT, align="center")

    look = dict(zip([name for name, _ in drawing.layers], styles, strict=True))
    for i, line in enumerate(legend):
        base = TOP + PLOT + AXIS + LEGEND * i + 4.6
        for x, name in line:
            fill, edge, dashed = look[name]
            paper.box((LEFT + x, base - 2.4), (2.8, 2.6), fill, edge, width=0.6, dashed=dashed)
            paper.text((LEFT + x + 4.2, base), name, SIZE, WARNING if dashed else INK)
    return paper


def _styles(drawing: StackedBars) -> list[Style]:
    names = [name for name, _ in drawing.layers]
    layers = [name for name in names if name != GAP]
    tiers = tier_colours(drawing.brand)
    fills = {name: tiers.get(name, tint) for name, tint in zip(layers, tints(drawing.brand, len(layers)), strict=True)}
    faint = mix(drawing.brand, 0.35)  # light tints need an edge to stand out from the paper
    styles: list[Style] = []
    for name in names:
        if name == GAP:
            styles.append((WHITE, WARNING, True))
        else:
            fill = fills[name]
            styles.append((fill, WHITE if contrast(fill, WHITE) >= 3 else faint, False))
    return styles


def _segment(paper: Paper, corner: tuple[float, float], size: tuple[float, float], style: Style, cents: int) -> None:
    fill, edge, dashed = style
    inset = 0.25 if dashed else 0.0  # the dashes of the gap must not hide the edge of what lies below
    paper.box((corner[0], corner[1]), (size[0], max(size[1] - inset, 0.2)), fill, edge, width=0.6, dashed=dashed)
    label = _amount(cents)
    if size[1] >= 3.6 and width(label, SIZE) < size[0] - 1:
        colour = WARNING if dashed else ink_on(fill)
        paper.text((corner[0] + size[0] / 2, corner[1] + size[1] / 2 + 1), label, SIZE, colour, align="center")


def _axis(highest: int) -> tuple[int, int]:
    """Return the step between two lines and the end of the axis, in cents: four to six lines with round numbers."""
    rough = max(highest, MILLION) / 4
    power = 10 ** math.floor(math.log10(rough))
    step = next(int(factor * power) for factor in (1, 2, 2.5, 5, 10) if factor * power >= rough * 0.8)
    return step, -(-max(highest, 1) // step) * step


def _millions(cents: int, step: int) -> str:
    return german.number((Decimal(cents) / MILLION).quantize(Decimal(1) if step % MILLION == 0 else Decimal("0.01")))


def _amount(cents: int) -> str:
    """Write an amount in million euros with one decimal, half up."""
    value = (Decimal(cents) / MILLION).quantize(Decimal("0.1"), ROUND_HALF_UP)
    whole, _, tenth = f"{value:f}".partition(".")
    return f"{german.integer(int(whole))},{tenth}"


def _legend_lines(names: list[str], room: float) -> list[list[tuple[float, str]]]:
    """Place the names of the legend side by side; return lines of (x, name)."""
    lines: list[list[tuple[float, str]]] = [[]]
    x = 0.0
    for name in names:
        length = 4.2 + width(name, SIZE) + 6
        if lines[-1] and x + length - 6 > room:
            lines.append([])
            x = 0.0
        lines[-1].append((x, name))
        x += length
    return lines
