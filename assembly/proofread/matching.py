"""Matching: passages that have to stand in a text → where each stands, which are missing, and what is left over.

Where all stand one after the other, as nearly always, that is one comparison. Else passages are looked for one by one,
so that one which differs hides no other, and so that it does not matter in which order a page sets them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assembly.proofread.expected import Passage

SURE = 8  # signs by which a passage is known again behind others that are not found
AHEAD = 2000  # signs that may lie between (notes), beyond those of the passage that is not found


@dataclass(frozen=True, slots=True)
class Gap:
    """A passage that is not found, with what stands in its place; or (`passage` None) words that nobody expects."""

    passage: Passage | None
    start: int
    end: int


@dataclass(slots=True)
class Match:
    """Where the passages stand: the position of each (-1: nowhere), and the gaps."""

    places: list[int]
    gaps: list[Gap]


def match(passages: Sequence[Passage], text: str) -> Match:
    """Return where the passages stand in a text."""
    places: list[int] = []
    position = 0
    for passage in passages:
        if not text.startswith(passage.words, position):
            break
        places.append(position)
        position += len(passage.words)
    if len(places) == len(passages) and position == len(text):
        return Match(places, [])
    return _search(passages, text, places, position)


def _search(passages: Sequence[Passage], text: str, places: list[int], position: int) -> Match:
    """Go on from where the order is lost."""
    free: list[tuple[int, int]] = []
    skipped = 0
    for passage in passages[len(places) :]:
        found = position if text.startswith(passage.words, position) else -1
        if found < 0 and len(passage.words) >= SURE:
            found = text.find(passage.words, position, position + skipped + len(passage.words) + AHEAD)
        places.append(found)
        if found < 0:
            skipped += len(passage.words)
            continue
        if found > position:
            free.append((position, found))
        position, skipped = found + len(passage.words), 0
    if position < len(text):
        free.append((position, len(text)))
    for index in sorted((i for i, place in enumerate(places) if place < 0), key=lambda i: -len(passages[i].words)):
        places[index] = _take(free, passages[index].words, text)
    return Match(places, list(_gaps(passages, places, free)))


def _take(free: list[tuple[int, int]], words: str, text: str) -> int:
    """Return where words stand in what is free, and take it; -1 where they do not."""
    for index, (start, end) in enumerate(free):
        found = text.find(words, start, end)
        if found >= 0:
            rest = [(start, found), (found + len(words), end)]
            free[index : index + 1] = [part for part in rest if part[0] < part[1]]
            return found
    return -1


def _gaps(passages: Sequence[Passage], places: Sequence[int], free: list[tuple[int, int]]) -> list[Gap]:
    """Pair each missing passage with what is free where it ought to stand; what then is free is nobody's."""
    gaps: list[Gap] = []
    open_ones = list(free)
    after = 0
    for passage, place in zip(passages, places, strict=True):
        if place >= 0:
            after = place + len(passage.words)
            continue
        near = next((part for part in open_ones if part[0] >= after), None)
        if near is not None and near[0] == after:
            open_ones.remove(near)
            gaps.append(Gap(passage, *near))
        else:
            gaps.append(Gap(passage, after, after))
    return gaps + [Gap(None, *part) for part in open_ones]
