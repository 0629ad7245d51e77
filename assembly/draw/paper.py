"""A sheet of paper to draw on: all coordinates are millimetres, the origin is the upper left corner.

What is drawn can so be checked with a ruler; font sizes and line widths are points. What comes later lies on top.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from matplotlib.figure import Figure as Canvas
from matplotlib.font_manager import FontProperties, get_font
from matplotlib.ft2font import LoadFlags
from matplotlib.patches import FancyBboxPatch, Patch, PathPatch, Rectangle
from matplotlib.path import Path as Outline

from assembly.draw.style import theme
from assembly.theme import PAPER

MM = 72 / 25.4  # points a millimetre
_BEFORE = {"left": 0.0, "center": 0.5, "right": 1.0}  # the share of a text that stands before its place

Point = tuple[float, float]


def width(text: str, size: float, weight: int = 400) -> float:
    """Return how wide `text` is in millimetres; unhinted, as it will be in print."""
    return _width(theme().sans.file(weight), text, size)


@functools.lru_cache(maxsize=4096)
def _width(face: Path, text: str, size: float) -> float:
    font = get_font(face)
    font.set_size(size, 72)
    font.set_text(text, 0.0, flags=LoadFlags.NO_HINTING)
    return float(font.get_width_height()[0]) / 64 / MM


class Paper:
    """A sheet `width` by `height` millimetres."""

    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = width, height
        self.canvas = Canvas(figsize=(width / 25.4, height / 25.4))
        self.canvas.patch.set_alpha(0)
        self._axes = self.canvas.add_axes((0, 0, 1, 1))
        self._axes.set_xlim(0, width)
        self._axes.set_ylim(height, 0)
        self._axes.set_axis_off()
        self._order = 1

    def _next(self) -> int:
        self._order += 1
        return self._order

    def _add(self, patch: Patch) -> None:
        patch.set_zorder(self._next())
        patch.set_clip_on(False)  # nothing is cut, and no id of a clip path is needed
        self._axes.add_artist(patch)

    def line(self, start: Point, end: Point, colour: str = "", width: float = 0.5) -> None:
        """Draw a straight line."""
        self.path((start, end), colour or theme().line, width)

    def path(self, points: Sequence[Point], colour: str, width: float, fill: str = "none") -> None:
        """Draw a line through `points`; with `fill` the shape that they enclose."""
        outline = Outline([*points, points[0]], closed=True) if fill != "none" else Outline(list(points))
        self._add(PathPatch(outline, fc=fill, ec=colour, lw=width, joinstyle="miter", capstyle="butt"))

    def box(
        self, corner: Point, size: Point, fill: str, edge: str, *, width: float = 0.6, dashed: bool = False
    ) -> None:
        """Draw a rectangle of `size` (width, height) from its upper left `corner`."""
        dashes = (0, (2.4, 1.6)) if dashed else "-"
        self._add(Rectangle(corner, *size, fc=fill, ec=edge, lw=width, ls=dashes, joinstyle="miter"))

    def bar(self, corner: Point, size: Point, fill: str, edge: str) -> None:
        """Draw a rectangle with slightly rounded corners."""
        style = f"round,pad=0,rounding_size={min(0.6, size[0] / 2)}"
        self._add(FancyBboxPatch(corner, *size, boxstyle=style, fc=fill, ec=edge, lw=0.7))

    def ribbon(self, start: Point, end: Point, breadth: float, fill: str) -> None:
        """Draw a band from `start` to `end`, level at both ends, `breadth` millimetres high.

        White edges keep broad bands apart where they cross; of a narrow one they would leave nothing.
        """
        (x, y), (far, down), half = start, end, breadth / 2
        middle = (x + far) / 2
        upper = [(x, y - half), (middle, y - half), (middle, down - half), (far, down - half)]
        lower = [(far, down + half), (middle, down + half), (middle, y + half), (x, y + half)]
        codes = [Outline.MOVETO, *[Outline.CURVE4] * 3, Outline.LINETO, *[Outline.CURVE4] * 3, Outline.CLOSEPOLY]
        outline = Outline([*upper, *lower, upper[0]], codes)
        self._add(PathPatch(outline, fc=fill, ec=PAPER if breadth >= 1.2 else fill, lw=0.25, joinstyle="miter"))

    def curve(self, points: Sequence[Point], colour: str, width: float, *, dashed: bool = False) -> None:
        """Draw a smooth line through `points` from left to right, level at each of them."""
        vertices, codes = [points[0]], [Outline.MOVETO]
        for (x, y), (far, down) in pairwise(points):
            vertices += [((x + far) / 2, y), ((x + far) / 2, down), (far, down)]
            codes += [Outline.CURVE4] * 3
        dashes = (0, (2.6, 1.8)) if dashed else "-"
        self._add(PathPatch(Outline(vertices, codes), fc="none", ec=colour, lw=width, ls=dashes, capstyle="butt"))

    def text(
        self,
        at: Point,
        text: str,
        size: float,
        colour: str = "",
        weight: int = 400,
        align: str = "left",
        *,
        upright: bool = False,
    ) -> None:
        """Write `text` with its base line at `at`, `upright` from there upwards.

        Where it begins is told here: what is aligned by SVG, WeasyPrint paints as a picture of its own, which nobody
        can search or check. Never read as mathematics, for „$“ is a word in a title.
        """
        sans = theme().sans
        font = FontProperties(family=[sans.family], weight=weight, size=size, fname=str(sans.file(weight)))
        before = _BEFORE[align] * width(text, size, weight)
        self._axes.text(
            *((at[0], at[1] + before) if upright else (at[0] - before, at[1])),
            text,
            color=colour or theme().text,
            ha="left",
            va="baseline",
            rotation=90 if upright else 0,
            rotation_mode="anchor",
            fontproperties=font,
            parse_math=False,
            zorder=self._next(),
        )
