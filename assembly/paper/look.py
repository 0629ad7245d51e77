"""Look: what a page paints → what there is to see: words by their marks with their places, and texts over each other.

This is all that later checks ask of a page, and so small that it is kept from one build to the next.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from assembly.paper.content import Run, Shown

COVERED = 1.5  # points by which two texts cover each other in both directions before that is seen
AWAY = 0.2  # of the size: texts that are nearer belong to one word
LONGEST = 40  # signs of them that are told


class Box(NamedTuple):
    """A rectangle in points from the lower left corner of the page."""

    left: float
    bottom: float
    right: float
    top: float


class Spot(NamedTuple):
    """The words under one mark of the tree (None: under none), how many of their glyphs are missing, their place.

    Texts that are painted one by one are parted by blanks where they stand apart.
    """

    mcid: int | None
    text: str
    holes: int
    box: Box


class Look(NamedTuple):
    """What there is to see on a page; `covering` are the words of texts that cover each other."""

    spots: list[Spot]
    covering: list[tuple[str, str]]


def look(runs: Sequence[Run]) -> Look:
    """Return what there is to see of what a page paints."""
    marked: dict[int, list[Shown]] = {}
    spots: list[Spot] = []
    for run in runs:
        if run.mcid is not None:
            marked.setdefault(run.mcid, []).extend(run.shown)
        elif run.shown:
            spots.append(_spot(None, run.shown))
    spots += [_spot(mcid, shown) for mcid, shown in marked.items() if shown]
    return Look(spots, list(_covering([one for run in runs for one in run.shown if one.text.strip()])))


def _spot(mcid: int | None, shown: list[Shown]) -> Spot:
    inked = [one for one in shown if one.text.strip()] or shown  # blanks may hang over the edge
    left, bottom = min(one.left for one in inked), min(one.bottom for one in inked)
    right, top = max(one.right for one in inked), max(one.top for one in inked)
    box = Box(round(left, 2), round(bottom, 2), round(right, 2), round(top, 2))
    words = shown[0].text
    for before, one in pairwise(shown):
        words += one.text if _goes_on(before, one) else f" {one.text}"
    return Spot(mcid, words, sum(one.holes for one in shown), box)


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
