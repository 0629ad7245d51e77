"""Drawings: the data of a figure becomes an SVG (for PDF and web) or a PNG (for Word), by matplotlib.

In the SVG the words stay text and are set in the book's font. The same drawing gives the same bytes: no date, a fixed
salt for ids. Colours never carry meaning alone: an id, a word, a number or a pattern says the same.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

from markupsafe import escape

from assembly.draw.style import drawn_with
from assembly.drawings import Drawing, Flow, HeatTable, Network, StackedBars, StackedRows, TileMap, Timeline
from assembly.theme import NEUTRAL, Theme

if TYPE_CHECKING:
    from assembly.draw.paper import Paper
    from assembly.draw.parting import Panel

SALT = "masterplan"  # matplotlib derives the ids of clips and hatches from it; without one they are random


# What matplotlib writes besides the drawing: ids would occur once a figure in one HTML page, styles would reach out
# of the figure, and turns by zero degrees only cost time.
_SUPERFLUOUS = (
    re.compile(r"\s*<(metadata|defs)>.*?</\1>", re.DOTALL),
    re.compile(r' id="[a-z]+_\d+"'),
    re.compile(r' transform="rotate\(-?0 [-\d. ]+\)"'),
)

_STYLE = re.compile(r' style="([^"]*)"')


def _as_attributes(style: re.Match[str]) -> str:
    """Return a style as attributes: WeasyPrint reads style attributes as CSS of HTML too, and warns of each."""
    pairs = (declaration.split(":", 1) for declaration in style[1].split(";") if ":" in declaration)
    return "".join(f' {name.strip()}="{value.strip()}"' for name, value in pairs)


def panels(drawing: Drawing, width_mm: float, height_mm: float, theme: Theme = NEUTRAL) -> tuple[Panel, ...]:
    """Return the parts that `drawing` needs on pages with so much room, each with its title; mostly one."""
    from assembly.draw.parting import panels as parted

    with drawn_with(theme):
        return parted(drawing, width_mm, height_mm)


def draw_svg(drawing: Drawing, width_mm: float, alternative: str, theme: Theme = NEUTRAL) -> str:
    """Return `drawing` as an SVG element `width_mm` wide, to stand inline in HTML; `alternative` is its title."""
    import matplotlib as mpl
    from matplotlib.backends.backend_svg import FigureCanvasSVG

    from assembly.draw.paper import MM

    output = io.StringIO()
    with drawn_with(theme), mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": SALT}):
        paper = draw(drawing, width_mm)
        FigureCanvasSVG(paper.canvas).print_svg(output, metadata={"Date": None, "Creator": None})  # type: ignore[no-untyped-call]
    svg = output.getvalue()
    svg = svg[svg.index("<svg") :]  # without XML declaration and doctype, which have no place inside HTML
    for superfluous in _SUPERFLUOUS:
        svg = superfluous.sub("", svg)
    svg = _STYLE.sub(_as_attributes, svg)
    opening = (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" version="1.1" role="img"'
        f' width="{width_mm:g}mm" height="{paper.height:g}mm"'
        f' viewBox="0 0 {width_mm * MM:.4f} {paper.height * MM:.4f}"><title>{escape(alternative)}</title>'
    )
    return re.sub(r"^<svg[^>]*>", lambda _: opening, svg, count=1).strip()


def draw_png(drawing: Drawing, width_mm: float, dpi: int = 300, theme: Theme = NEUTRAL) -> bytes:
    """Return `drawing` as a PNG `width_mm` wide at `dpi` dots an inch, on white."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    output = io.BytesIO()
    with drawn_with(theme):
        paper = draw(drawing, width_mm)
    paper.canvas.set_dpi(dpi)
    paper.canvas.patch.set_alpha(1)
    FigureCanvasAgg(paper.canvas).print_png(output, metadata={"Software": None})  # type: ignore[no-untyped-call]
    return output.getvalue()


def draw(drawing: Drawing, width: float) -> Paper:
    """Return the sheet with everything that is drawn on it, `width` millimetres wide, in the theme of `style`."""
    # Here and not at the top: matplotlib takes longer to import than a document without new figures takes to make.
    from assembly.draw import bars, flow, heat, network, rows, tiles, timeline

    match drawing:
        case Timeline():
            return timeline.timeline(drawing, width)
        case StackedBars():
            return bars.stacked_bars(drawing, width)
        case StackedRows():
            return rows.stacked_rows(drawing, width)
        case HeatTable():
            return heat.heat_table(drawing, width)
        case Flow():
            return flow.flow(drawing, width)
        case Network():
            return network.network(drawing, width)
        case TileMap():
            return tiles.tile_map(drawing, width)
