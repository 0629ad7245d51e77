"""amounts: a sum knows its addends."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from assembly.amounts import Amount, difference, line, total

LINES = st.builds(line, st.integers(0, 10**12), st.text("abc/", min_size=1, max_size=5))
SUMS = st.recursive(LINES, lambda inner: st.lists(inner, max_size=4).map(total), max_leaves=12)


@given(st.lists(SUMS, max_size=5))
@settings(max_examples=50, deadline=None)
def test_a_total_is_the_sum_of_its_leaves(amounts: list[Amount]) -> None:
    whole = total(amounts)
    assert whole.cents == sum(leaf.cents for leaf in whole.leaves())
    assert whole.cents == sum(amount.cents for amount in amounts)
    assert all(leaf.origin for leaf in whole.leaves())


@given(SUMS, SUMS)
@settings(max_examples=50, deadline=None)
def test_a_difference_keeps_both_sides_as_leaves(whole: Amount, part: Amount) -> None:
    rest = difference(whole, part)
    assert rest.cents == whole.cents - part.cents == sum(leaf.cents for leaf in rest.leaves())


def test_a_line_is_its_own_leaf_and_zero_adds_nothing() -> None:
    cost = line(500, "WIR-001/kosten/investiv/2027")
    assert list(cost.leaves()) == [cost]
    assert total([cost, line(0, "x")]).addends == (cost,)
    assert total([]) == Amount(0)
