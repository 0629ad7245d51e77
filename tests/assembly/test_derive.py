"""derive: every view of the vocabulary exists, fits its columns, and says so where there is nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assembly import derive
from assembly.derive.numbers import number
from assembly.document import (
    Column,
    Ref,
    RowKind,
    Several,
    Term,
    Text,
)
from assembly.drawings import StackedBars, Timeline
from assembly.editions import Selection
from schema.vocabulary import FIGURES, NUMBERS, NUMBERS_BY_FIELD, TABLES


@pytest.fixture(scope="module")
def empty(selection: Selection) -> Selection:
    """Return a selection of a plan in which nothing stands but its framework's head."""
    plan = replace(
        selection.plan,
        action_fields={}, vision={}, findings={}, organisations={}, funding_sources={}, districts={}, glossary={},
        facts={}, sources={}, decisions={}, measures={}, events={}, contributions={}, statements={}, chapters=(),
        head=selection.plan.head.model_copy(update={"history": ()}),
    )  # fmt: skip
    return replace(selection, plan=plan, measures=(), ideas=())


def test_the_vocabulary_is_implemented_and_nothing_else() -> None:
    assert set(TABLES) == set(derive.TABLES)
    assert set(FIGURES) == set(derive.FIGURES)


@pytest.mark.parametrize("name", TABLES)
def test_every_row_has_a_cell_a_column(selection: Selection, name: str) -> None:
    view = derive.table(selection, name)
    assert view.rows
    assert all(isinstance(column, Column) for column in view.columns)
    for row in view.rows:
        assert len(row.cells) == (1 if row.kind is RowKind.GROUP else len(view.columns))
    assert sum(column.width for column in view.columns) <= 260


@pytest.mark.parametrize("name", TABLES)
def test_a_table_without_data_says_so(empty: Selection, name: str) -> None:
    view = derive.table(empty, name)
    assert [row for row in view.rows if row.kind is RowKind.BODY] == []
    assert view.empty.endswith(".")


@pytest.mark.parametrize("name", FIGURES)
def test_figures_speak_and_say_when_there_is_nothing(selection: Selection, empty: Selection, name: str) -> None:
    view = derive.figure(selection, name)
    assert view.drawing is not None
    assert view.alternative.endswith(".")
    assert any(sign.isdigit() for sign in view.alternative)
    nothing = derive.figure(empty, name)
    assert nothing.drawing is None
    assert nothing.empty.endswith(".")


def test_the_timeline(selection: Selection) -> None:
    drawing = derive.figure(selection, "zeitplan").drawing
    assert isinstance(drawing, Timeline)
    first, second = drawing.bars
    assert (first.id, first.begin, first.end, first.after, first.strong) == (
        "WIR-001", 2027 + 2 / 12, 2030.0, ("WIS-001",), True,
    )  # fmt: skip
    assert [round(moment, 3) for moment, _ in first.milestones] == [2028.5, 2027.5]
    assert (second.begin, round(second.end, 3)) == (2027.0, 2027.167)
    assert (drawing.first_year, drawing.last_year) == (2027, 2029)
    only = derive.figure(selection, "zeitplan", "WIS").drawing
    assert isinstance(only, Timeline)
    assert [bar.id for bar in only.bars] == ["WIS-001"]
    money = derive.figure(selection, "mittel-jahr").drawing
    assert isinstance(money, StackedBars)
    assert [label for label, _ in money.layers] == ["EU", "Land", "offen"]


def test_tables_in_order(selection: Selection) -> None:
    needs = derive.table(selection, "beschlussbedarf").rows
    assert [row.cells[2] for row in needs] == [Text("Gesellschaftsvertrag"), Text("Aufnahme als Leuchtturm")]
    risks = [row for row in derive.table(selection, "risiken").rows if row.kind is RowKind.BODY]
    assert risks[0].cells[0] == Text("Ein Brand.")
    glossary = derive.table(selection, "glossar").rows
    assert [row.cells[0] for row in glossary] == [
        Text("Änderung", strong=True),
        Several((Text("Europäischer Fonds", strong=True), Text("(EFRE)", strong=True)), "\n"),
    ]


def test_the_way_back_from_measure_to_contribution_is_derived(selection: Selection) -> None:
    assert selection.plan.contributions_to("WIR-001") == ["B-01"]
    assert selection.plan.contributions_to("WIS-001") == []
    row = derive.table(selection, "abwaegung").rows[1]
    assert row.anchor == "B-01"
    assert row.cells[2] == Term("berücksichtigt", "beruecksichtigt")
    assert isinstance(derive.table(selection, "uebersicht").rows[1].cells[0], Ref)


@pytest.mark.parametrize("name", [*NUMBERS, *NUMBERS_BY_FIELD])
def test_every_number_of_the_vocabulary_prints(selection: Selection, empty: Selection, name: str) -> None:
    assert any(sign.isdigit() for sign in number(selection, name))
    if name not in ("beginn", "ende"):
        assert number(empty, name) in ("0", "0\u00a0€")
