"""Bars: what is drawn is as long as the amounts and counts that it stands for, measured against each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assembly.document import Block, Figure, Schedule, Shares
from assembly.drawings import StackedBars, StackedRows, TileMap
from assembly.paper.finding import Finding, Findings
from assembly.proofread.sides import Sides

NEAR = 2.0  # points that a bar may differ: parts keep clear of each other, and broken lines are drawn inside of them
SHARE = 0.01  # and of its length
LEAST = 0.6  # points: what is not nothing


def bars(sides: Sides) -> Findings:
    """DRU-008: the bars of a figure are as long as what they stand for."""
    for pair in sides.pairs:
        wanted = [found for block in pair.expected.section.blocks if (found := _lengths(block))]
        if not wanted:
            continue
        marks = [mark for stretch in pair.printed.pictures for mark in sides.printed.runs.inside(*stretch)]
        areas = list(sides.book.areas(marks))
        for name, along, lengths in wanted:
            if not _are_drawn([value for value in lengths if value > 0], [area[along] for area in areas]):
                pages = tuple(sorted({mark.page for mark in marks}))
                yield Finding("DRU-008", f"{name}: Die Längen entsprechen nicht den Werten.", pages)


def _lengths(block: Block) -> tuple[str, int, list[float]] | None:
    """Return what a block is called, whether its bars lie (0) or stand (1), and what they stand for, as drawn."""
    match block:
        case Shares(whole=whole, parts=parts) if whole.cents > 0:
            return "Balken der Mittel", 0, [part.amount.cents for part in parts]
        case Schedule(first_year=first, last_year=last, begin=begin, end=end):
            return "Zeitbalken", 0, [last + 1 - first, min(end, last + 1) - max(begin, first)]
        case Figure(number=number, drawing=drawing):
            found = list(_of(drawing)) if isinstance(drawing, StackedBars | StackedRows | TileMap) else []
            return (f"Abbildung {number}", int(not isinstance(drawing, StackedRows)), found) if found else None
    return None


def _of(drawing: StackedBars | StackedRows | TileMap) -> Iterator[float]:
    if isinstance(drawing, TileMap):
        if len(drawing.groups) > 1:
            yield from (tile.by_group.get(group.key, 0) for tile in drawing.tiles for group in drawing.groups)
        return
    for amounts in zip(*(amounts for _, amounts in drawing.layers), strict=True):
        whole = sum(amounts) if isinstance(drawing, StackedRows) and drawing.whole else 1
        yield from (amount / whole for amount in amounts if whole)


def _are_drawn(wanted: Sequence[float], drawn: Sequence[float]) -> bool:
    """Tell whether lengths are drawn one after the other, others between them, to some scale."""
    most = max(wanted, default=0)
    return not wanted or any(_follow(wanted, drawn, length / most) for length in sorted(set(drawn), reverse=True))


def _follow(wanted: Sequence[float], drawn: Sequence[float], scale: float) -> bool:
    rest = iter(drawn)
    return all(
        any(abs(length - max(value * scale, LEAST)) <= NEAR + SHARE * value * scale for length in rest)
        for value in wanted
    )
