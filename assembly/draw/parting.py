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

FEW = 4  # so many items of a group do not begin at the foot of a part unless they are all of it
MANY = 7  # bars of a timeline that would leave a good part of a page empty


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
        Panel(part, f"Blatt {number} von {len(parts)}: {_content(part, drawing)}")
        for number, part in enumerate(parts, start=1)
    )


def _parts(drawing: Drawing, width: float, most: float) -> Sequence[Drawing]:
    match drawing:
        case Timeline():
            return _parted(
                [[*bars] for _, bars in groupby(drawing.bars, key=lambda bar: bar.group)],
                lambda bars: replace(drawing, bars=tuple(bars)),
                lambda part: timeline.height(part, width) <= most,
                MANY,
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
    blocks: Sequence[list[Item]], make: Callable[[list[Item]], Part], fits: Callable[[Part], bool], many: int = 0
) -> list[Part]:
    """Put as many blocks into a part as fit; one that is too long for a part is divided over what room there is.

    So is one that would leave room for `many` of its items (0: for however many), where that saves a part.
    """
    whole = [item for block in blocks for item in block]
    if fits(make(whole)):
        return [make(whole)]
    ways = [_filled(blocks, lambda piece: fits(make(piece)), room) for room in dict.fromkeys((0, many))]
    return [make(part) for part in min(ways, key=len)]


def _filled(blocks: Sequence[list[Item]], fits: Callable[[list[Item]], bool], many: int) -> list[list[Item]]:
    parts: list[list[Item]] = []
    for block in blocks:
        if parts and fits(parts[-1] + block):
            parts[-1] = parts[-1] + block
        elif fits(block) and not (many and parts and fits(parts[-1] + block[:many])):
            parts.append(block)
        else:
            begun = parts.pop() if parts else []
            parts += _divided(begun, block, fits)
    return parts


def _divided(begun: list[Item], block: list[Item], fits: Callable[[list[Item]], bool]) -> list[list[Item]]:
    """Return what is begun, and after it the block in pieces, each as long as fits; no few items begin at its foot."""
    pieces = [[*begun]] if not begun or fits(begun + block[:FEW]) else [begun, []]
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


def _content(part: Drawing, whole: Drawing) -> str:
    """Say what a part shows: its fields, and from which measure or to which where a field goes on over several."""
    found, rows = _members(part), _members(whole)
    if isinstance(part, Network) or not found:
        return german.counted(sum(map(len, found.values())), "Maßnahme", "Maßnahmen")
    assert isinstance(part, Timeline | HeatTable | StackedRows)
    titles = {group.key: group.title for group in part.groups}
    if len(found) > 1:
        return "; ".join(titles[key] + _extent(ids, rows[key]) for key, ids in found.items())
    ((key, ids),) = found.items()
    return f"{titles[key]}, {ids[0]} bis {ids[-1]}" if len(ids) > 1 else f"{titles[key]}, {ids[0]}"


def _members(drawing: Drawing) -> dict[str, list[str]]:
    """Return the ids of what a drawing shows, by their groups."""
    match drawing:
        case Timeline(bars=bars):
            pairs = [(bar.group, bar.id) for bar in bars]
        case HeatTable(columns=columns):
            pairs = [(column.group, column.id) for column in columns]
        case StackedRows(heads=heads):
            pairs = [(head.group, head.id or head.title) for head in heads if head.group]
        case _:
            assert isinstance(drawing, Network)
            pairs = [(node.group, node.id) for node in drawing.nodes]
    members: dict[str, list[str]] = {}
    for key, name in pairs:
        members.setdefault(key, []).append(name)
    return members


def _extent(ids: Sequence[str], whole: Sequence[str]) -> str:
    """Return where a group begins or ends that goes on in another part; nothing for one that is whole."""
    if ids[0] != whole[0]:
        return f" ab {ids[0]}"
    return f" bis {ids[-1]}" if ids[-1] != whole[-1] else ""
