"""Drawings: a Timeline or StackedBars becomes an SVG (for PDF and web) or a PNG (for Word), by matplotlib.

All coordinates are millimetres, origin at the upper left, so what stands here can be checked with a ruler. In the SVG
the words stay text and are set in the book's font. The same drawing gives the same bytes: no date, a fixed salt for
ids. Colours never carry meaning alone: a lighthouse is full and the others are outlined, layers are labelled.
"""

from __future__ import annotations

import functools
import io
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import matplotlib as mpl
from markupsafe import escape
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure as Canvas
from matplotlib.font_manager import FontProperties, fontManager
from matplotlib.ft2font import LoadFlags
from matplotlib.patches import FancyBboxPatch, PathPatch, Rectangle
from matplotlib.path import Path as Outline

from assembly import german
from assembly.document import Bar, Drawing, StackedBars, Timeline

INK, SOFT, RULE, HAIR, WARNING, WHITE = "#1b2430", "#55606e", "#c9d0d8", "#e6e9ed", "#a61e4d", "#ffffff"
FAMILY = "Source Sans 3"
GAP = "offen"  # the layer of money that nobody has promised: an outline, never a tint
FONTS = Path(__file__).resolve().parent.parent / "templates" / "fonts"
MM = 72 / 25.4  # points a millimetre

_FACES = {400: "SourceSans3-Regular.ttf", 600: "SourceSans3-Semibold.ttf"}


def draw_svg(drawing: Drawing, width_mm: float, alternative: str) -> str:
    """Return `drawing` as an SVG element `width_mm` wide, to stand inline in HTML; `alternative` is its title."""
    output = io.StringIO()
    with mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": "masterplan"}):
        canvas, height = _canvas(drawing, width_mm)
        FigureCanvasSVG(canvas).print_svg(output, metadata={"Date": None, "Creator": None})
    svg = output.getvalue()
    svg = svg[svg.index("<svg") :]  # without XML declaration and doctype, which have no place inside HTML
    svg = re.sub(r"<metadata>.*?</metadata>\s*", "", svg, flags=re.DOTALL)
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" version="1.1" role="img"'
        f' width="{width_mm:g}mm" height="{height:g}mm" viewBox="0 0 {width_mm * MM:.4f} {height * MM:.4f}">'
    )
    return re.sub(r"^<svg[^>]*>", lambda _: f"{opening}<title>{escape(alternative)}</title>", svg, count=1).strip()


def draw_png(drawing: Drawing, width_mm: float, dpi: int = 300) -> bytes:
    """Return `drawing` as a PNG `width_mm` wide at `dpi` dots an inch."""
    output = io.BytesIO()
    canvas, _ = _canvas(drawing, width_mm)
    canvas.set_dpi(dpi)
    FigureCanvasAgg(canvas).print_png(output, metadata={"Software": None})
    return output.getvalue()


def tints(brand: str, count: int) -> tuple[str, ...]:
    """Return `count` tints of the brand colour, from the full colour to a light one."""
    lightest = 0.83
    return tuple(mix(brand, lightest * i / max(count - 1, 1)) for i in range(count))


def mix(colour: str, white: float) -> str:
    """Return `colour` (#rrggbb) with a share of white from 0 to 1."""
    parts = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return "#" + "".join(f"{round(part + (255 - part) * white):02x}" for part in parts)


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG 2.1 defines it, from 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


# --- the sheet of paper ---------------------------------------------------------------------------------------------


@functools.cache
def _font(weight: int) -> FontProperties:
    path = FONTS / _FACES[weight]
    fontManager.addfont(path)
    return FontProperties(family=FAMILY, weight=weight)


@functools.cache
def _width(text: str, size: float, weight: int) -> float:
    """Return how wide `text` is in millimetres, without hinting, so that it holds for print."""
    face = mpl.font_manager.get_font(FONTS / _FACES[weight])
    face.set_size(size, 72)
    face.set_text(text, 0.0, flags=LoadFlags.NO_HINTING)
    return float(face.get_width_height()[0]) / 64 / MM


@dataclass
class _Paper:
    """A sheet that is drawn on in millimetres; what comes later lies on top."""

    width: float
    height: float
    canvas: Canvas = field(init=False)
    order: int = 0

    def __post_init__(self) -> None:
        self.canvas = Canvas(figsize=(self.width / 25.4, self.height / 25.4))
        self.axes = self.canvas.add_axes((0, 0, 1, 1))
        self.axes.set_xlim(0, self.width)
        self.axes.set_ylim(self.height, 0)
        self.axes.set_axis_off()
        self.canvas.patch.set_alpha(0)

    def _next(self) -> int:
        self.order += 1
        return self.order

    def line(self, x1: float, y1: float, x2: float, y2: float, colour: str = RULE, width: float = 0.5) -> None:
        self.path([(x1, y1), (x2, y2)], colour, width)

    def path(self, points: list[tuple[float, float]], colour: str, width: float, fill: str = "none") -> None:
        outline = Outline(points, closed=fill != "none")
        style = {"joinstyle": "miter", "capstyle": "butt"}
        self.axes.add_patch(PathPatch(outline, fc=fill, ec=colour, lw=width, zorder=self._next(), **style))

    def box(self, x: float, y: float, width: float, height: float, fill: str, edge: str, dash: bool = False) -> None:
        style = (0, (2.2, 1.6)) if dash else "-"
        at = Rectangle((x, y), width, height, fc=fill, ec=edge, lw=0.6, ls=style, zorder=self._next())
        self.axes.add_patch(at)

    def bar(self, x: float, y: float, width: float, height: float, fill: str, edge: str) -> None:
        round_ = f"round,pad=0,rounding_size={min(0.6, width / 2)}"
        at = FancyBboxPatch((x, y), width, height, round_, fc=fill, ec=edge, lw=0.7, zorder=self._next())
        self.axes.add_patch(at)

    def text(  # one call a word: its place and its look
        self, x: float, y: float, text: str, size: float, colour: str = INK, weight: int = 400, align: str = "left"
    ) -> None:
        """Write `text` with its base line at `y`."""
        self.axes.text(
            x,
            y,
            text,
            size=size,
            color=colour,
            ha=align,
            va="baseline",
            fontproperties=_font(weight).copy(),
            fontsize=size,
            parse_math=False,  # titles come from records: „$“ is a word there
            zorder=self._next(),
        )


def _canvas(drawing: Drawing, width: float) -> tuple[Canvas, float]:
    paper = _timeline(drawing, width) if isinstance(drawing, Timeline) else _stacked(drawing, width)
    return paper.canvas, paper.height


# --- timeline -------------------------------------------------------------------------------------------------------

_ROW, _LEADING, _HEAD, _GROUP, _FOOT = 7.5, 3.6, 7.0, 9.0, 1.0
_BAR = 3.6
_SIZE = 8.6


@dataclass(frozen=True)
class _Line:
    """One row of a timeline: where it begins and how high it is; a group's heading has no bar."""

    y: float
    height: float
    bar: Bar | None
    words: tuple[str, ...]
    colour: str


def _timeline(drawing: Timeline, width: float) -> _Paper:
    label, gutter = min(0.36 * width, 84.0), 3.0
    identifier = max((_width(bar.id, _SIZE, 600) for bar in drawing.bars), default=0) + 3.0
    lines = tuple(_lines(drawing, label - identifier - gutter))
    bottom = lines[-1].y + lines[-1].height if lines else _HEAD
    paper = _Paper(width, bottom + _FOOT)
    years = drawing.last_year - drawing.first_year + 1
    scale = (width - label - 0.4) / years

    def across(time: float) -> float:
        return label + (min(max(time, drawing.first_year), drawing.last_year + 1) - drawing.first_year) * scale

    _timeline_ground(paper, drawing, lines, across, scale)
    places = {line.bar.id: line for line in lines if line.bar}
    for line in lines:
        if line.bar:
            _timeline_bar(paper, line, line.bar, identifier, across)
    for line in places.values():
        for before in line.bar.after if line.bar else ():
            if before in places:
                _arrow(paper, places[before], line, across)
    for line in places.values():
        for time, _ in line.bar.milestones if line.bar else ():
            _diamond(paper, across(time), _middle(line))
    return paper


def _lines(drawing: Timeline, room: float) -> Iterator[_Line]:
    colours = dict(drawing.colours)
    y = _HEAD
    groups = [(key, name) for key, name in drawing.groups if any(bar.group == key for bar in drawing.bars)]
    for key, name in groups:
        colour = colours.get(key, INK)
        if len(groups) > 1:
            yield _Line(y, _GROUP, None, (name,), colour)
            y += _GROUP
        for bar in drawing.bars:
            if bar.group == key:
                words = _wrapped(bar.title, room)
                height = _ROW if len(words) == 1 else _ROW + 0.6 + _LEADING * (len(words) - 2) + 1.4
                yield _Line(y, height, bar, words, colour)
                y += height


def _wrapped(title: str, room: float) -> tuple[str, ...]:
    """Break `title` into at most two lines of `room` millimetres; what is longer ends in an ellipsis."""
    lines = [""]
    for word in title.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and _width(longer, _SIZE, 400) > room:
            lines.append(word)
        else:
            lines[-1] = longer
    if len(lines) > 2:
        lines = [lines[0], " ".join(lines[1:])]
    return tuple(_shortened(line, room) for line in lines)


def _shortened(text: str, room: float) -> str:
    if _width(text, _SIZE, 400) <= room:
        return text
    while text and _width(text + "…", _SIZE, 400) > room:
        text = text[:-1].rstrip(" -–,")
    return text + "…"
