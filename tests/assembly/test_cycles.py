"""find_cycles: every circle is met, named once and really one, whatever the order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly.resolve.cycles import find_cycles

NODES = "ABCDEFG"
GRAPHS = st.dictionaries(st.sampled_from(NODES), st.lists(st.sampled_from(NODES), max_size=4), max_size=7)


def is_free_of_circles(graph: dict[str, list[str]]) -> bool:
    """Tell, in the plainest way, whether everyone can begin in turn; an id that names itself is no circle here."""
    left = set(graph)
    while free := {node for node in left if not (set(graph[node]) & left - {node})}:
        left -= free
    return not left


@given(GRAPHS)
def test_each_is_a_circle_and_without_them_there_is_none(graph: dict[str, list[str]]) -> None:
    cycles = list(find_cycles(graph))
    for cycle in cycles:
        assert len(cycle) == len(set(cycle)) > 1
        assert cycle[0] == min(cycle)
        for before, after in zip(cycle, (*cycle[1:], cycle[0]), strict=True):
            assert after in graph[before]
    named = [node for cycle in cycles for node in cycle]
    assert len(named) == len(set(named)), "once"
    assert bool(cycles) != is_free_of_circles(graph)
    assert is_free_of_circles({node: after for node, after in graph.items() if node not in named})


@given(GRAPHS, st.randoms(use_true_random=False))
def test_the_order_does_not_matter(graph: dict[str, list[str]], chance: object) -> None:
    items = list(graph.items())
    chance.shuffle(items)  # type: ignore[attr-defined]
    assert list(find_cycles({node: after[::-1] for node, after in items})) == list(find_cycles(graph))


def test_two_circles_are_two_findings() -> None:
    graph = {"A": ["B"], "B": ["A", "C"], "C": ["D"], "D": ["C", "X"], "E": ["A"]}
    assert list(find_cycles(graph)) == [("A", "B"), ("C", "D")]


@pytest.mark.slow
def test_a_chain_of_thousands_ends() -> None:
    chain = {f"{number:05}": [f"{number + 1:05}"] for number in range(5000)}
    assert list(find_cycles(chain)) == []
    assert [len(cycle) for cycle in find_cycles({**chain, "05000": ["00000"]})] == [5001]
