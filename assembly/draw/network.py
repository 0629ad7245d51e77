"""The network: boxes in layers, arrows to what comes after, dashed lines between what runs side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from assembly.draw.boxes import Placed, draw_box
from assembly.draw.layers import Layout, layouts
from assembly.draw.paper import Paper, Point
from assembly.draw.style import SIZE, theme
from assembly.drawings import Link, Network, Node
from assembly.theme import PAPER

BROAD, BROADEST = 33.0, 52.0  # a box that has room for the term too, and the broadest
GAP = 9.0  # between two layers, for the lines
TALL, FREE = 11.4, 2.6  # height of a box, and of a free place
BETWEEN, APART = 2.2, 6.0  # between two places of a layer, and between two networks that do not touch


def height(drawing: Network, width_mm: float) -> float:
    """Return how high the drawing is, in millimetres."""
    found = layouts(tuple(node.id for node in drawing.nodes), drawing.links)
    box = _box(found, width_mm)
    return sum(_height(layout, box) for layout in found) + APART * (len(found) - 1) + 0.8


def network(drawing: Network, width_mm: float) -> Paper:
    """Draw `drawing`, one below the other what does not touch."""
    found = layouts(tuple(node.id for node in drawing.nodes), drawing.links)
    box = _box(found, width_mm)
    paper = Paper(width_mm, height(drawing, width_mm))
    nodes = {node.id: node if box[0] >= BROAD else replace(node, note="") for node in drawing.nodes}
    groups = {group.key: group for group in drawing.groups}
    y = 0.4
    for layout in found:
        placed, free = _places(layout, nodes, box, y)
        for link, way in layout.ways:
            _line(paper, link, way, placed, free)
        for one in placed.values():
            draw_box(paper, one, groups, theme().soft, 3)
        y += _height(layout, box) + APART
    return paper


Box = tuple[float, float, float]  # width and height of a box, and from one layer to the next


def _box(found: Sequence[Layout], width_mm: float) -> Box:
    deepest = max(len(layout.layers) for layout in found)
    room = width_mm - 0.6  # the outlines of the outer boxes lie within
    across = min((room - GAP * (deepest - 1)) / deepest, BROADEST)
    gap = min((room - across * deepest) / max(deepest - 1, 1), 22.0)
    return across, TALL, across + gap


def _tall(layer: Sequence[str], down: float) -> float:
    return sum(FREE if "/" in key else down for key in layer) + BETWEEN * (len(layer) - 1)


def _height(layout: Layout, box: Box) -> float:
    return max(_tall(layer, box[1]) for layer in layout.layers)


def _places(
    layout: Layout, nodes: dict[str, Node], box: Box, top: float
) -> tuple[dict[str, Placed], dict[str, tuple[float, float, float]]]:
    """Return where each box lies, and for every free place its two ends and height."""
    across, down, pitch = box
    tall = _height(layout, box)
    placed: dict[str, Placed] = {}
    free: dict[str, tuple[float, float, float]] = {}
    for column, layer in enumerate(layout.layers):
        y = top + (tall - _tall(layer, down)) / 2
        for key in layer:
            x = 0.3 + column * pitch
            if "/" in key:
                free[key] = (x, x + across, y + FREE / 2)
                y += FREE + BETWEEN
            else:
                placed[key] = Placed(nodes[key], x, y, across, down)
                y += down + BETWEEN
    return placed, free


def _line(
    paper: Paper,
    link: Link,
    way: Sequence[str],
    placed: dict[str, Placed],
    free: dict[str, tuple[float, float, float]],
) -> None:
    """Draw one link; where its dates do not fit it is red and bears an exclamation mark."""
    colour, breadth = (theme().warning, 1.3) if link.wrong else (theme().text, 1.0)
    first, last = placed[way[0]], placed[way[-1]]
    points: list[Point] = [(first.x + first.width, first.middle)]
    for key in way[1:-1]:
        x, far, y = free[key]
        points += [(x, y), (far, y)]
    points.append((last.x - (0.0 if link.mutual else 1.6), last.middle))
    paper.curve(points, colour, breadth, dashed=link.mutual)
    if not link.mutual:
        tip = (last.x - 0.2, last.middle)
        paper.path((tip, (tip[0] - 2.0, tip[1] - 1.0), (tip[0] - 2.0, tip[1] + 1.0)), colour, 0.3, colour)
    if link.wrong:
        (x, y), (far, down) = next(iter(pairwise(points)))
        middle = ((x + far) / 2, (y + down) / 2)
        paper.box((middle[0] - 1.3, middle[1] - 1.8), (2.6, 3.6), PAPER, theme().warning, width=0.6)
        paper.text((middle[0], middle[1] + 1.0), "!", SIZE, theme().warning, 600, "center")
