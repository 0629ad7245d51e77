"""Layers of a network: who stands in which column, in which order, so that few lines cross (Sugiyama's method).

Every link leads to the right. One that spans several layers passes the layers between through places kept free for
it, so no line runs behind a box.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, pairwise

from assembly.drawings import Link

SWEEPS = 12  # passes over the layers; more change nothing in plans of the usual size


@dataclass(frozen=True, slots=True)
class Layout:
    """What hangs together, as layers of ids; `ways` gives for each link the ids and free places it runs through."""

    layers: tuple[tuple[str, ...], ...]
    ways: tuple[tuple[Link, tuple[str, ...]], ...]


@lru_cache(maxsize=8)  # the height is asked for before the drawing
def layouts(ids: tuple[str, ...], links: tuple[Link, ...]) -> tuple[Layout, ...]:
    """Return a layout for each set of ids that hang together, the largest first."""
    found = []
    for component in _components(ids, links):
        inside = [link for link in links if link.source in component]
        found.append(_layout([key for key in ids if key in component], inside))
    return tuple(sorted(found, key=lambda layout: -len(layout.ways)))


def crossings(layout: Layout) -> int:
    """Return how many pairs of lines cross between two layers."""
    place = {key: (x, y) for x, layer in enumerate(layout.layers) for y, key in enumerate(layer)}
    steps = sorted((place[a], place[b]) for _, way in layout.ways for a, b in pairwise(way))
    count = 0
    for _, between in groupby(steps, key=lambda step: step[0][0]):
        before: list[int] = []  # right ends of the lines that begin above: each that ends below is crossed
        for _, same in groupby(between, key=lambda step: step[0][1]):
            ends = [end for _, (_, end) in same]
            count += sum(len(before) - bisect_right(before, end) for end in ends)
            for end in ends:
                insort(before, end)
    return count


def _components(ids: Sequence[str], links: Sequence[Link]) -> list[set[str]]:
    neighbours = _neighbours(ids, ((link.source, link.target) for link in links))
    found: list[set[str]] = []
    seen: set[str] = set()
    for key in ids:
        if key not in seen:
            component, fresh = {key}, [key]
            while fresh:
                fresh = [*{other for one in fresh for other in neighbours[one]} - component]
                component.update(fresh)
            seen |= component
            found.append(component)
    return found


def _neighbours(ids: Iterable[str], pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    neighbours: dict[str, list[str]] = {key: [] for key in ids}
    for one, other in pairs:
        neighbours[one].append(other)
        neighbours[other].append(one)
    return neighbours


def _layout(ids: Sequence[str], links: Sequence[Link]) -> Layout:
    arcs = _arcs(links)
    depth = _depths(ids, [arc for _, arc in arcs])
    layers: list[list[str]] = [[] for _ in range(max(depth.values()) + 1)]
    for key in ids:
        layers[depth[key]].append(key)
    ways = []
    for number, (link, (source, target)) in enumerate(arcs):
        between = [f"{number}/{layer}" for layer in range(depth[source] + 1, depth[target])]
        for layer, key in enumerate(between, start=depth[source] + 1):
            layers[layer].append(key)
        ways.append((link, (source, *between, target)))
    return _untangled(layers, ways)


def _arcs(links: Sequence[Link]) -> list[tuple[Link, tuple[str, str]]]:
    """Return every link with the direction it is drawn in: a mutual one may be turned, so that no circle closes.

    What would close a circle in spite of that (only faulty records do) is left out.
    """
    after: dict[str, set[str]] = {}

    def leads(source: str, target: str) -> bool:
        reached, fresh = {source}, [source]
        while fresh:
            fresh = [*{key for one in fresh for key in after.get(one, ())} - reached]
            reached.update(fresh)
        return target in reached

    arcs = []
    for link in sorted(links, key=lambda link: link.mutual):
        source, target = link.source, link.target
        if leads(target, source):
            if not link.mutual:
                continue
            source, target = target, source
        after.setdefault(source, set()).add(target)
        arcs.append((link, (source, target)))
    return arcs


def _depths(ids: Sequence[str], arcs: Sequence[tuple[str, str]]) -> dict[str, int]:
    """Return the layer of each id: after all that lead to it, and close to what it leads to."""
    before: dict[str, list[str]] = {key: [] for key in ids}
    behind: dict[str, list[str]] = {key: [] for key in ids}
    for source, target in arcs:
        before[target].append(source)
        behind[source].append(target)
    depth: dict[str, int] = {}
    waiting = [*ids]
    while waiting:
        ready = [key for key in waiting if all(source in depth for source in before[key])]
        for key in ready:
            depth[key] = 1 + max((depth[source] for source in before[key]), default=-1)
        waiting = [key for key in waiting if key not in depth]
    for key in sorted(ids, key=lambda key: -depth[key]):
        if behind[key] and not before[key]:
            depth[key] = min(depth[target] for target in behind[key]) - 1
    return depth


def _untangled(layers: list[list[str]], ways: Sequence[tuple[Link, tuple[str, ...]]]) -> Layout:
    """Return the layers, each in the order of the mean place of its neighbours, the best of several passes."""
    steps = [(a, b) for _, way in ways for a, b in pairwise(way)]
    neighbours = _neighbours((key for layer in layers for key in layer), steps)
    level = {key: index for index, layer in enumerate(layers) for key in layer}
    best = Layout(tuple(map(tuple, layers)), tuple(ways))
    fewest = crossings(best)
    for sweep in range(SWEEPS):
        if not fewest:
            break
        forward = sweep % 2 == 0
        for layer in layers if forward else reversed(layers):
            place = {key: index / max(len(one) - 1, 1) for one in layers for index, key in enumerate(one)}
            side = -1 if forward else 1
            layer.sort(key=lambda key, p=place, s=side: _mean(neighbours[key], p, level, level[key] + s, p[key]))  # type: ignore[misc]
        tried = Layout(tuple(map(tuple, layers)), tuple(ways))
        if (count := crossings(tried)) < fewest:
            best, fewest = tried, count
    return best


def _mean(keys: Sequence[str], place: Mapping[str, float], level: Mapping[str, int], wanted: int, own: float) -> float:
    found = [place[key] for key in keys if level[key] == wanted]
    return sum(found) / len(found) if found else own
