"""Marks: milestones on a bar, those that lie so close that they would cover each other as one with their number."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

AIR = 0.7  # millimetres between a number and its frame


@dataclass(frozen=True, slots=True)
class Mark:
    """One milestone or several, and the edges of what is drawn for them."""

    left: float
    right: float
    count: int

    @property
    def middle(self) -> float:
        """Where the mark stands."""
        return (self.left + self.right) / 2


def marks(
    places: Iterable[float], half: float, breadth: Callable[[int], float], edges: tuple[float, float]
) -> list[Mark]:
    """Return the marks from left to right, in millimetres; none touches another, and numbers keep between the edges.

    `half` is half the breadth of a single one, `breadth` tells how broad a number stands.
    """
    runs: list[tuple[float, float, int]] = []  # the first and the last place, and how many

    def drawn(begin: float, end: float, count: int) -> Mark:
        middle, reach = (begin + end) / 2, (end - begin) / 2 + half
        if count > 1:
            reach = max(reach, breadth(count) / 2 + AIR)
            middle = max(min(middle, edges[1] - reach), edges[0] + reach)
        return Mark(middle - reach, middle + reach, count)

    for place in sorted(places):
        run = (place, place, 1)
        while runs and drawn(*runs[-1]).right > drawn(*run).left:
            begin, _, count = runs.pop()
            run = (begin, run[1], count + run[2])
        runs.append(run)
    return [drawn(*run) for run in runs]
