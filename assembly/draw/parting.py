"""Panels: a figure that is higher than a page is drawn as several, parted by action field and then by number."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import chain, groupby
from typing import TypeVar

from assembly import german
from assembly.draw import heat, network, rows, timeline
from assembly.draw.layers import layouts
from assembly.drawings import Drawing, HeatTable, Network, StackedRows, Timeline

Item = TypeVar("Item")
Part = TypeVar("Part", bound=Drawing)


@dataclass(frozen=True, slots=True)
class Panel:
    """One part of a figure; `title` says which („Blatt 2 von 5: WIR-001 bis WIR-016“), empty where it is the whole."""

    drawing: Drawing
    title: str = ""


def panels(drawing: Drawing, width_mm: float, height_mm: float) -> tuple[Panel, ...]:
    """Return `drawing` in parts no higher than `height_mm`, in order; what cannot be parted stays whole."""
    parts = _parts(drawing, width_mm, height_mm)
    if len(parts) == 1:
        return (Panel(drawing),)
    return tuple(
        Panel(part, f"Blatt {number} von {len(parts)}: {_content(part)}") for number, part in enumerate(parts, start=1)
    )


def _parts(drawing: Drawing, width: float, most: float) -> Sequence[Drawing]:
    match drawing:
        case Timeline():
            return _parted(
                [[*bars] for _, bars in groupby(drawing.bars, key=lambda bar: bar.group)],
                lambda bars: replace(drawing, bars=tuple(bars)),
                lambda part: timeline.height(part, width) <= most,
            )
        case StackedRows():
            longest = max(sum(amounts[i] for _, amounts in drawing.layers) for i in range(len(drawing.heads)))
            return _parted(
                [[index] for index in range(len(drawing.heads))],
                lambda chosen: _some_rows(drawing, chosen, longest),
                lambda part: rows.height(part, width) <= most,
            )
        case HeatTable():
            tables = _parted(
                [[*columns] for _, columns in groupby(drawing.columns, key=lambda column: column.group)],
                lambda columns: replace(drawing, columns=tuple(columns)),
                lambda part: heat.height(part, width) <= most,
            )
            return [replace(part, longest=max(heat.longest(one, width) for one in tables)) for part in tables]
        case Network():
            found = layouts(tuple(node.id for node in drawing.nodes), drawing.links)
            return _parted(
                [[frozenset(chain.from_iterable(layout.layers))] for layout in found],
                lambda chosen: _some_nodes(drawing, frozenset().union(*chosen)),
                lambda part: network.height(part, width) <= most,
            )
        case _:
            return (drawing,)


def _parted(
    blocks: Sequence[list[Item]], make: Callable[[list[Item]], Part], fits: Callable[[Part], bool]
) -> list[Part]:
    """Put as many blocks into a part as fit; one that is too long for a part is divided, its rest shares the next."""
    whole = [item for block in blocks for item in block]
    if fits(make(whole)):
        return [make(whole)]
    parts: list[list[Item]] = []
    for block in blocks:
        if parts and fits(make(parts[-1] + block)):
            parts[-1] = parts[-1] + block
        else:
            parts += _divided(block, lambda piece: fits(make(piece)))
    return [make(part) for part in parts]


def _divided(block: list[Item], fits: Callable[[list[Item]], bool]) -> list[list[Item]]:
    """Return the block in pieces, each as long as fits: the last one leaves room for what follows."""
    pieces: list[list[Item]] = [[]]
    for item in block:
        if pieces[-1] and not fits([*pieces[-1], item]):
            pieces.append([])
        pieces[-1].append(item)
    return pieces


def _some_rows(drawing: StackedRows, chosen: Sequence[int], longest: int) -> StackedRows:
    heads = tuple(drawing.heads[i] for i in chosen)
    layers = tuple((name, tuple(amounts[i] for i in chosen)) for name, amounts in drawing.layers)
    return replace(drawing, heads=heads, layers=layers, longest=longest)


def _some_nodes(drawing: Network, chosen: frozenset[str]) -> Network:
    nodes = tuple(node for node in drawing.nodes if node.id in chosen)
    return replace(drawing, nodes=nodes, links=tuple(link for link in drawing.links if link.source in chosen))


def _content(part: Drawing) -> str:
    """Say what a part shows: its fields, or from which measure to which where a field goes on over several parts."""
    match part:
        case Timeline():
            found = [(bar.group, bar.id) for bar in part.bars]
        case HeatTable():
            found = [(column.group, column.id) for column in part.columns]
        case StackedRows():
            found = [(head.group, head.id or head.title) for head in part.heads if head.group]
        case _:
            assert isinstance(part, Network)
            found = [(node.group, node.id) for node in part.nodes]
    titles = {group.key: group.title for group in part.groups}
    keys = [*dict.fromkeys(key for key, _ in found)]
    if isinstance(part, Network) or not found:
        return german.counted(len(found), "Maßnahme", "Maßnahmen")
    if len(keys) > 1:
        return german.listing([titles[key] for key in keys])
    return (
        f"{titles[keys[0]]}, {found[0][1]} bis {found[-1][1]}"
        if len(found) > 1
        else f"{titles[keys[0]]}, {found[0][1]}"
    )
