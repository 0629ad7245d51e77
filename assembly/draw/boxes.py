"""Boxes with an id and words: the nodes of flows and networks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assembly.draw.paper import Paper, width
from assembly.draw.style import SIZE, SMALL, theme
from assembly.draw.words import shortened, wrapped
from assembly.drawings import Group, Node
from assembly.theme import PAPER

LEADING = 3.2
STRIPE = 1.1  # the mark in the field's colour at the left edge
INNER = STRIPE + 1.3  # from the left edge to the words


@dataclass(frozen=True, slots=True)
class Placed:
    """A node and where its box lies: its upper left corner and its size in millimetres."""

    node: Node
    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        """The height at which a single line meets the box."""
        return self.y + self.height / 2


def lines_of(node: Node, across: float, most: int) -> list[tuple[str, bool]]:
    """Return the lines of words in a box, each with whether it is soft; the first stands beside the id."""
    room = across - INNER - 1.2
    after = _indent(node)
    if most == 1:
        return [(shortened(_single(node), room - after, SIZE), False)]
    if not node.note and width(node.title, SIZE) <= room - after:
        return [(node.title, False)]
    beside = node.named and width(node.note, SMALL) <= room - after
    below = bool(node.note) and not beside
    lines = [(line, False) for line in wrapped(node.title, room, SIZE, max(most - node.named - below, 1))]
    if below:
        left = 2 if most > 3 else max(most - node.named - len(lines), 1)  # the note has the lines of a missing title
        lines += [(line, True) for line in wrapped(node.note, room, SMALL, left)]
    return [(node.note if beside else "", True), *lines] if node.named else lines


def line_width(node: Node) -> float:
    """Return how broad a box must be to hold all its words in a single line."""
    return INNER + _indent(node) + width(_single(node), SIZE) + 1.3


def _single(node: Node) -> str:
    return " · ".join(filter(None, (node.title, node.note)))


def _indent(node: Node) -> float:
    """Return how far from the id's left edge the words after it begin."""
    return width(node.id, SIZE, 600) + 1.4 if node.named else 0.0


def box_height(node: Node, across: float, most: int) -> float:
    """Return how high a box of this width must be."""
    return box_room(len(lines_of(node, across, most)), single=most == 1)


def box_room(lines: int, *, single: bool = False) -> float:
    """Return how high a box of so many lines is; `single` where no box of its column may have more than one."""
    return LEADING * lines + (1.0 if single else 1.6)


def draw_box(paper: Paper, placed: Placed, groups: Mapping[str, Group], plain: str, most: int) -> None:
    """Draw the box: an outline, a stripe in the field's colour or the `plain` one, the id in bold, the words."""
    node, x, y = placed.node, placed.x, placed.y
    edge = theme().warning if node.broken else theme().line
    paper.box((x, y), (placed.width, placed.height), PAPER, edge, width=0.8 if node.broken else 0.6, dashed=node.broken)
    colour = groups[node.group].colour if node.group in groups else plain
    paper.box((x, y), (STRIPE, placed.height), colour, colour, width=0.0)
    lines = lines_of(node, placed.width, most)
    base = placed.middle + 1.0 - (len(lines) - 1) * LEADING / 2
    if node.named:
        paper.text((x + INNER, base), shortened(node.id, placed.width - INNER - 1, SIZE, 600), SIZE, theme().text, 600)
    after = _indent(node)
    for i, (words, soft) in enumerate(lines):
        if words:
            left = x + INNER + (after if i == 0 else 0.0)
            size, ink = (SMALL, theme().soft) if soft else (SIZE, theme().text)
            paper.text((left, base + i * LEADING), words, size, ink)
