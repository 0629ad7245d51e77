"""Cycles: who waits for whom in a circle. Ids and the ids each of them waits for → circles."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

Successors = Mapping[str, Collection[str]]


def find_cycles(graph: Successors) -> Iterator[tuple[str, ...]]:
    """Yield circles, each once and opened at its smallest id; every circle there is shares an id with one of them.

    Ids that `graph` does not hold as keys, and an id that names itself, are left aside. Linear in ids and edges for
    each circle found; the result does not depend on any order.
    """
    left = {node: sorted(set(graph[node]) & graph.keys() - {node}) for node in sorted(graph)}
    while True:
        left = _waiting(left)
        if not left:
            return
        cycle = _follow(left)
        yield cycle
        left = {node: after for node, after in left.items() if node not in cycle}


def _waiting(graph: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Return the part of the graph in which everyone waits for somebody who is in it, too."""
    count = {node: sum(after in graph for after in graph[node]) for node in graph}
    waited_for_by: dict[str, list[str]] = {node: [] for node in graph}
    for node, successors in graph.items():
        for after in successors:
            if after in graph:
                waited_for_by[after].append(node)
    free = [node for node, waits in count.items() if not waits]
    gone = set(free)
    while free:
        for before in waited_for_by[free.pop()]:
            count[before] -= 1
            if not count[before]:
                gone.add(before)
                free.append(before)
    return {
        node: [after for after in successors if after in graph and after not in gone]
        for node, successors in graph.items()
        if node not in gone
    }


def _follow(graph: Mapping[str, list[str]]) -> tuple[str, ...]:
    """Return the circle that is met when everyone is followed to the smallest id that they wait for."""
    way: dict[str, int] = {}
    node = min(graph)
    while node not in way:
        way[node] = len(way)
        node = graph[node][0]
    circle = list(way)[way[node] :]
    first = circle.index(min(circle))
    return (*circle[first:], *circle[:first])
