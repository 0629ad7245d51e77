"""Look: what a page paints → what there is to see: words by their marks with their places, and texts over each other.

This is all that later checks ask of a page, and so small that it is kept from one build to the next.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from assembly.paper.content import Run, Shown

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
    each other.
    """

    mcids: array[int]
    words: str
    edges: array[float]
    holes: list[tuple[int, int]]
    covering: list[tuple[str, str]]

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

    def find(self, mcid: int) -> int:
        """Return which spot stands under a mark; -1 for none."""
        try:
            return self.mcids.index(mcid)
        except ValueError:
            return -1


def look(runs: Sequence[Run]) -> Look:
    """Return what there is to see of what a page paints."""
    marked: dict[int, list[Shown]] = {}
    spots: list[tuple[int, list[Shown]]] = []
    for run in runs:
        if run.mcid is not None:
            marked.setdefault(run.mcid, []).extend(run.shown)
        elif run.shown:
            spots.append((UNMARKED, run.shown))
    spots += [(mcid, shown) for mcid, shown in marked.items() if shown]
    holes = [sum(one.holes for one in shown) for _, shown in spots]
    return Look(
        array("q", [mcid for mcid, _ in spots]),
        "".join(PARTING + _text(shown).replace(PARTING, "") for _, shown in spots),
        array("d", [edge for _, shown in spots for edge in _edges(shown)]),
        [(index, missing) for index, missing in enumerate(holes) if missing],
        list(_covering([one for run in runs for one in run.shown if one.text.strip()])),
    )


def _edges(shown: list[Shown]) -> tuple[float, float, float, float]:
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
        left, bottom, right, top = text[4:]
        near = [other for other in near if other.top > bottom + COVERED]
        for other in near:
            if other.left < right - COVERED and left < other.right - COVERED and min(other.top, top) - bottom > COVERED:
                yield other.text.strip()[:LONGEST], text.text.strip()[:LONGEST]
        near.append(text)
