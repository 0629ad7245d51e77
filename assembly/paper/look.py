"""Look: what a page paints → what there is to see: words by their marks with their places, and texts over each other.

This is all that later checks ask of a page, and so small that it is kept from one build to the next.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import inf
from typing import NamedTuple

from assembly.paper.content import Content, Shown
from assembly.paper.shapes import Edges, Shape
from assembly.paper.sight import Unseen, unseen

COVERED = 1.5  # points by which two texts cover each other in both directions before that is seen
AWAY = 0.2  # of the size: texts that are nearer belong to one word
LONGEST = 40  # signs of them that are told
PARTING = "\0"  # between the words of spots
UNMARKED = -1


class Box(NamedTuple):
    """A rectangle in points from the lower left corner of the page."""

    left: float
    bottom: float
    right: float
    top: float


class Spot(NamedTuple):
    """The words under one mark of the tree (None: under none), and their place.

    Texts that are painted one by one are parted by blanks where they stand apart.
    """

    mcid: int | None
    text: str
    box: Box


class Look(NamedTuple):
    """What there is to see on a page, in columns: there are three hundred spots to a page, and thousands of pages.

    `mcids` are the marks of the spots (`UNMARKED`: none), `words` theirs, each behind its `PARTING`; `edges` the four
    of each box; `holes` how many glyphs of a spot are missing, where any are; `covering` the words of texts that cover
    each other; `unseen` those of texts that are not to be seen. `drawn` are the four edges of what is drawn beyond the
    words of the tree, what is equally broad at the same place as one. `areas` are those that stand under a mark of the
    tree, in order: the mark, breadth and height of each.
    """

    mcids: array[int]
    words: str
    edges: array[float]
    holes: list[tuple[int, int]]
    covering: list[tuple[str, str]]
    unseen: list[Unseen]
    drawn: array[float]
    areas: array[float]

    @property
    def texts(self) -> list[str]:
        """The words of all spots."""
        return self.words.split(PARTING)[1:]

    def some(self, indices: Sequence[int]) -> Iterator[Spot]:
        """Yield some spots, by their places in the columns."""
        texts = self.texts if indices else []
        for index in indices:
            mcid = self.mcids[index]
            yield Spot(None if mcid == UNMARKED else mcid, texts[index], self.box(index))

    def box(self, index: int) -> Box:
        """Return the place of a spot."""
        return Box(*self.edges[4 * index : 4 * index + 4])


def look(content: Content) -> Look:
    """Return what there is to see of what a page paints."""
    marked: dict[int, list[Shown]] = {}
    spots: list[tuple[int, list[Shown]]] = []
    for run in content.runs:
        if run.mcid is not None:
            marked.setdefault(run.mcid, []).extend(run.shown)
        elif run.shown:
            spots.append((UNMARKED, run.shown))
    loose = len(spots)
    spots += [(mcid, shown) for mcid, shown in marked.items() if shown]
    holes = [sum(one.holes for one in shown) for _, shown in spots]
    edges = array("d", [edge for _, shown in spots for edge in _edges(shown)])
    return Look(
        array("q", [mcid for mcid, _ in spots]),
        "".join(PARTING + _text(shown).replace(PARTING, "") for _, shown in spots),
        edges,
        [(index, missing) for index, missing in enumerate(holes) if missing],
        list(_covering([one for one in content.texts if one.text.strip()])),
        list(unseen(content.texts, content.shapes)),
        array("d", _beyond([shape[:4] for shape in content.shapes] + content.rules, edges[4 * loose :])),
        array("d", [number for shape in content.shapes if shape.mcid is not None for number in _area(shape)]),
    )


def _area(shape: Shape) -> tuple[float, ...]:
    """Return mark, breadth and height of a shape that is an area of its own; nothing for another."""
    if not shape.whole or shape.mcid is None:
        return ()
    return shape.mcid, round(shape.right - shape.left, 2), round(shape.top - shape.bottom, 2)


def _beyond(drawn: Iterable[Edges], edges: array[float]) -> list[float]:
    """Return the edges of what is drawn that reaches beyond words, whose own edges are given."""
    left, bottom = min(edges[0::4], default=inf), min(edges[1::4], default=inf)
    right, top = max(edges[2::4], default=-inf), max(edges[3::4], default=-inf)
    found: dict[tuple[float, float], tuple[float, float]] = {}
    for one, down, other, up in drawn:
        if one < left or down < bottom or other > right or up > top:
            place = round(one, 1), round(other, 1)
            low, high = found.get(place, (inf, -inf))
            found[place] = min(low, round(down, 1)), max(high, round(up, 1))
    return [edge for (one, other), (low, high) in found.items() for edge in (one, low, other, high)]


def _edges(shown: list[Shown]) -> tuple[float, float, float, float]:
    if len(shown) == 1:  # as nearly always
        _, _, _, _, left, bottom, right, top, *_ = shown[0]
    else:
        inked = [one for one in shown if one.text.strip()] or shown  # blanks may hang over the edge
        left, bottom = min(one.left for one in inked), min(one.bottom for one in inked)
        right, top = max(one.right for one in inked), max(one.top for one in inked)
    return round(left, 2), round(bottom, 2), round(right, 2), round(top, 2)


def _text(shown: list[Shown]) -> str:
    words = shown[0].text
    for before, one in pairwise(shown):
        words += one.text if _goes_on(before, one) else f" {one.text}"
    return words


def _goes_on(before: Shown, one: Shown) -> bool:
    """Tell whether a text stands right beside another or, turned, above or below: drawings are set by the letter."""
    room = AWAY * one.size
    across = max(one.left - before.right, before.left - one.right)
    along = max(one.bottom - before.top, before.bottom - one.top)
    return (abs(across) < room and along < 0) or (abs(along) < room and across < 0)


def _covering(texts: list[Shown]) -> Iterator[tuple[str, str]]:
    """Yield the pairs of texts that cover each other; from below upwards, so that each meets only its neighbours."""
    near: list[Shown] = []
    for text in sorted(texts, key=lambda shown: shown.bottom):
        left, bottom, right, top = text[4:8]
        near = [other for other in near if other.top > bottom + COVERED]
        for other in near:
            if other.left < right - COVERED and left < other.right - COVERED and min(other.top, top) - bottom > COVERED:
                yield other.text.strip()[:LONGEST], text.text.strip()[:LONGEST]
        near.append(text)
