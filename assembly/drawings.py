"""Drawings: what a figure shows, as data. `derive` makes them, `assembly.draw` turns them into SVG or PNG.

Amounts are cents, times are years as decimals (2027.25 is the end of March 2027), colours are #rrggbb. Words are
German as they print; how long they may be is the drawing's concern, not theirs.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

OPEN = "offen"  # the money that nobody has promised: the last layer, always an outline


@dataclass(frozen=True, slots=True)
class Group:
    """An action field: measures of the same group stand together, `colour` marks them beside their id."""

    key: str
    title: str
    colour: str


# --- time -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a timeline; `after` are the ids it waits for, `wrong` those of them that end too late."""

    id: str
    title: str
    group: str
    begin: float
    end: float
    milestones: tuple[tuple[float, str], ...]
    after: tuple[str, ...]
    strong: bool
    wrong: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Timeline:
    """Bars by group, from the first to the last year (both included)."""

    first_year: int
    last_year: int
    bars: tuple[Bar, ...]
    groups: tuple[Group, ...]


# --- amounts --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class StackedBars:
    """Amounts in cents by column (year) and layer (tier), the open gap last."""

    columns: tuple[str, ...]
    layers: tuple[tuple[str, tuple[int, ...]], ...]


def axis(highest: int, unit: int) -> tuple[int, int]:
    """Return the step between two lines and the end of an axis, in cents: four to six lines with round numbers."""
    rough = max(highest, unit) / 4
    power = 10 ** math.floor(math.log10(rough))
    step = next(int(factor * power) for factor in (1, 2, 2.5, 5, 10) if factor * power >= rough * 0.8)
    return step, -(-max(highest, 1) // step) * step


class Scale(StrEnum):
    """What the layers of stacked rows are, and so how they look: tiers of money, how sure it is, or stages."""

    TIERS = "tiers"
    CERTAINTY = "certainty"
    STAGES = "stages"


@dataclass(frozen=True, slots=True)
class Head:
    """What a row is called: an id (may be empty) and words; `group` as a key, empty for a sum."""

    id: str
    title: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class StackedRows:
    """A bar a row, divided into layers: cents, or counts where the scale is stages. Layers hold a value a row.

    `whole` makes every bar as long as the others, so that shares can be compared; the last row may be the sum of all.
    `longest` is the sum that the full width stands for (0: the largest here), for parts of one figure to be alike.
    """

    heads: tuple[Head, ...]
    layers: tuple[tuple[str, tuple[int, ...]], ...]
    scale: Scale
    groups: tuple[Group, ...]
    whole: bool = False
    longest: int = 0


# --- relations ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Node:
    """A box with words: its id where it is `named`, a title, and in smaller type a note.

    A `broken` one misses what should follow it.
    """

    id: str
    title: str
    note: str = ""
    group: str = ""
    broken: bool = False
    named: bool = True


@dataclass(frozen=True, slots=True)
class HeatColumn:
    """A measure and what it gives to each row of a heat table: 0 for nothing, 1 to 3.

    Its title stands over it where a table has so few columns that there is room.
    """

    id: str
    group: str
    grades: tuple[int, ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class HeatTable:
    """Rows (vision statements) against columns (measures).

    `words` say what the grades mean, from 1 on. `longest` is how many columns the full width stands for (0: the most of
    a band), for parts to be alike.
    """

    rows: tuple[Node, ...]
    columns: tuple[HeatColumn, ...]
    groups: tuple[Group, ...]
    words: tuple[str, ...]
    longest: int = 0


@dataclass(frozen=True, slots=True)
class Link:
    """A line from one node to another; `weight` is how much it carries, at least 1. A `mutual` one has no direction.

    `wrong` marks what contradicts itself: an arrow between dates that do not fit.
    """

    source: str
    target: str
    weight: int = 1
    mutual: bool = False
    wrong: bool = False


@dataclass(frozen=True, slots=True)
class Flow:
    """Columns of nodes, each with a heading, and links from one column to a later one."""

    columns: tuple[tuple[str, tuple[Node, ...]], ...]
    links: tuple[Link, ...]
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Network:
    """Nodes and what links them; they are drawn in layers, so that every link leads to the right."""

    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    groups: tuple[Group, ...]


# --- places ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Tile:
    """A district: where it lies (column and row, halves allowed), and how many measures it has, in all and by group."""

    name: str
    place: tuple[float, float]
    count: int
    alone: int
    by_group: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class TileMap:
    """Districts as tiles: where they lie to each other, not how large they are."""

    tiles: tuple[Tile, ...]
    groups: tuple[Group, ...]


MANY_ROWS, MANY_YEARS, MANY_COLUMNS, MANY_BOXES = 8, 12, 3, 9  # what an upright page shows in readable type


def wants_breadth(drawing: Drawing) -> bool:
    """Tell whether a drawing gains by a landscape page: many rows over many years, or many columns of many boxes.

    Of little, such a page would stay nearly empty.
    """
    match drawing:
        case Timeline():
            return len(drawing.bars) > MANY_ROWS and drawing.last_year - drawing.first_year >= MANY_YEARS
        case Flow():
            return len(drawing.columns) > MANY_COLUMNS and any(len(nodes) > MANY_BOXES for _, nodes in drawing.columns)
        case _:
            return True


Drawing = Timeline | StackedBars | StackedRows | HeatTable | Flow | Network | TileMap
