"""Status: what each asks for, and what a measure lacks."""

from __future__ import annotations

from itertools import pairwise

import pytest

from assembly.plan import Plan
from schema.measure import Measure, Status
from schema.status import LADDER, REQUIRED, missing_keys, required_keys


def test_the_table_names_keys_that_exist_each_once() -> None:
    aliases = {field.alias for field in Measure.model_fields.values()}
    keys = [key for step in REQUIRED.values() for key in step]
    assert len(keys) > 20
    assert set(keys) <= aliases
    assert len(keys) == len(set(keys))
    assert set(REQUIRED) == set(Status)


def test_each_step_asks_for_all_of_the_step_below() -> None:
    for lower, higher in pairwise(LADDER):
        assert set(required_keys(lower)) < set(required_keys(higher))
    assert required_keys(Status.DEFERRED) == ()


@pytest.mark.parametrize(
    ("status", "first", "count"),
    [("idee", None, 0), ("entwurf", "ausgangslage", 9), ("beschlussreif", "ausgangslage", 22)],
)
def test_an_idea_lacks_what_a_higher_status_asks_for(status: str, first: str | None, count: int) -> None:
    tree = {"id": "WIR-002", "titel": "x", "handlungsfeld": "WIR", "status": status, "kurzbeschreibung": "x"}
    missing = missing_keys(Measure.model_validate(tree))
    assert len(missing) == count
    assert (missing[0] if missing else None) == first


def test_zero_follow_up_costs_are_said(plan: Plan) -> None:
    ready = plan.measures["WIR-001"]
    assert missing_keys(ready) == ()
    assert missing_keys(ready.model_copy(update={"follow_up_costs": 0})) == ()
    assert missing_keys(ready.model_copy(update={"follow_up_costs": None, "risks": ()})) == ("folgekosten", "risiken")
