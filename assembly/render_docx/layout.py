"""Layout: which parts of the document lie wide, so that no page stands nearly empty between two wide ones.

Word changes between upright and wide only from one page to the next. A heading goes with what it heads, and a few
lines that would have a page to themselves go with the wide page beside them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from assembly.prose import Nodes

FEW = 1200
LINES = 400
"""Characters of text that may stand above a wide table on its page; `FEW` may stand between wide ones or after one."""
MUCH = 10 * FEW


@dataclass(frozen=True, slots=True)
class Piece:
    """A part that lies on one kind of page: `make` gives its blocks when told whether it lies wide.

    `close` tells that it is part of a sheet, whose pages hold more; `weight` is how many characters of text it has
    (`MUCH` for what is no short text); `opens` that it begins a page.
    """

    make: Callable[[bool], Nodes]
    wide: bool = False
    close: bool = False
    opens: bool = False
    heading: bool = False
    cover: bool = False
    weight: int = 0


def settled(pieces: Iterable[Piece]) -> list[Piece]:
    """Return the pieces, those turned wide that would stand alone on an upright page beside a wide one."""
    runs: list[list[Piece]] = []
    for piece in pieces:
        together = runs and not piece.opens and runs[-1][-1].wide == piece.wide and not runs[-1][-1].cover
        if together:
            runs[-1].append(piece)
        else:
            runs.append([piece])
    done: list[Piece] = []
    for index, run in enumerate(runs):
        following = runs[index + 1] if index + 1 < len(runs) else None
        done += run if run[0].wide or run[0].cover else _turned(run, done, following)
    return done


def _turned(run: list[Piece], before: list[Piece], following: list[Piece] | None) -> list[Piece]:
    """Return an upright run, all of it wide where it is short and alone, its last headings where they head a table."""
    after_wide = bool(before) and before[-1].wide and not run[0].opens
    leads_on = following is not None and following[0].wide and not following[0].opens
    ends_page = following is None or following[0].opens
    room = FEW if after_wide and (leads_on or ends_page) else LINES if leads_on and run[0].opens else -1
    if sum(piece.weight for piece in run) <= room:
        return [replace(piece, wide=True) for piece in run]
    if not leads_on:
        return run
    kept = len(run)
    while kept and run[kept - 1].heading:
        kept -= 1
    return run[:kept] + [replace(piece, wide=True) for piece in run[kept:]]
