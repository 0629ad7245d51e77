"""Money in the book: every sum against another way of computing it, straight from the YAML files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assembly import pipeline
from assembly.amounts import Amount
from assembly.derive import TABLES, figure, table
from assembly.derive.cells import TableView
from assembly.derive.finance import measure_money
from assembly.derive.ledger import ledger
from assembly.derive.numbers import MONEY, number
from assembly.document import (
    Money,
    RowKind,
    Several,
    Text,
)
from assembly.drawings import StackedBars
from assembly.editions import EDITIONS, Selection, select
from schema.measure import Maturity
from tests import raw
from tests.dump import cell as words_of
from tests.plans import ROOT, SPECIMEN


def _costs(measure: dict[str, Any]) -> Iterator[tuple[int, int]]:
    for part in measure.get("kosten", {}).values():
        yield from ((int(year), raw.cents(typed)) for year, typed in part.items())


def _financing(measure: dict[str, Any]) -> Iterator[tuple[str, int, int]]:
    for item in measure.get("finanzierung", []):
        yield from ((item["quelle"], int(year), raw.cents(typed)) for year, typed in item["betraege"].items())


class Case:
    """One plan in one edition: what the code selects, and the same measures as raw YAML."""

    def __init__(self, root: Path, edition: str) -> None:
        plan = pipeline.check(root).plan
        assert plan is not None
        self.selection = select(plan, EDITIONS[edition])
        self.raw = raw.measures(root, frozenset(status.value for status in EDITIONS[edition].sheets))
        self.costs: Counter[int] = Counter()
        self.financing: Counter[int] = Counter()
        for measure in self.raw:
            for year, cents in _costs(measure):
                self.costs[year] += cents
            for _, year, cents in _financing(measure):
                self.financing[year] += cents


@pytest.fixture(scope="module", params=[(SPECIMEN, "intern"), (SPECIMEN, "kabinett"), (ROOT, "intern")], ids=str)
def case(request: pytest.FixtureRequest) -> Case:
    root, edition = request.param
    return Case(root, edition)


def _amounts(value: object) -> Iterator[Amount]:
    if isinstance(value, Money):
        yield value.amount
    elif isinstance(value, Several):
        for item in value.items:
            yield from _amounts(item)


def _last(view: TableView, kind: RowKind = RowKind.TOTAL) -> list[int]:
    row = next(row for row in reversed(view.rows) if row.kind is kind)
    return [amount.cents for cell in row.cells for amount in _amounts(cell)]


def _labelled(view: TableView, label: str) -> list[int]:
    row = next(row for row in view.rows if row.cells[0] == Text(label))
    return [amount.cents for cell in row.cells for amount in _amounts(cell)]


def test_the_sums_are_not_empty(case: Case) -> None:
    assert len(case.raw) == len(case.selection.measures) > 0
    assert sum(case.costs.values()) > sum(case.financing.values()) // 2 > 0


def test_costs_by_year(case: Case) -> None:
    view = table(case.selection, "kosten-jahr")
    years = [int(column.title) for column in view.columns[1:-1]]
    assert years == list(range(min(case.costs), max(case.costs) + 1))
    assert _last(view) == [*(case.costs[year] for year in years), sum(case.costs.values())]


def test_financing_and_gap_are_the_costs_of_every_year(case: Case) -> None:
    view = table(case.selection, "finanzierung-quelle-jahr")
    years = [int(column.title) for column in view.columns[1:-1]]
    given, gap = _labelled(view, "Geplante Mittel"), _labelled(view, "offen")
    assert given[:-1] == [case.financing[year] for year in years]
    assert _last(view)[:-1] == [case.costs[year] for year in years]
    assert [a + b for a, b in zip(given, gap, strict=True)] == _last(view)


def test_every_source_has_the_sum_of_its_lines(case: Case) -> None:
    expected: Counter[str] = Counter()
    for measure in case.raw:
        for source, _, cents in _financing(measure):
            expected[case.selection.plan.funding_sources[source].short] += cents
    view = table(case.selection, "finanzierung-quelle-jahr")
    assert expected
    assert {label: _labelled(view, label)[-1] for label in expected} == expected


def test_every_table_agrees_on_the_whole(case: Case) -> None:
    costs, given = sum(case.costs.values()), sum(case.financing.values())
    assert _last(table(case.selection, "uebersicht"))[-1] == costs
    assert _last(table(case.selection, "felder"))[-2:] == [costs, costs - given]
    by_tier = _last(table(case.selection, "finanzierung-feld-quelle"))
    assert by_tier[-2:] == [costs - given, costs]
    assert sum(by_tier[:-2]) == given
    by_certainty = _last(table(case.selection, "finanzierungssicherheit"))
    assert by_certainty[-2:] == [costs - given, costs]
    assert sum(by_certainty[:-2]) == given
    book = ledger(case.selection.plan, case.selection.measures)
    assert MONEY["kosten"](book) == costs
    assert MONEY["investiv"](book) + MONEY["laufend"](book) == costs
    assert sum(MONEY[tier](book) for tier in ("eu", "bund", "land", "kommunen", "privat")) == given
    assert MONEY["offen"](book) == costs - given


def test_how_sure_the_money_is(case: Case) -> None:
    expected: Counter[str] = Counter()
    for measure in case.raw:
        for item in measure.get("finanzierung", []):
            expected[item["sicherheit"]] += sum(map(raw.cents, item["betraege"].values()))
    view = table(case.selection, "finanzierungssicherheit")
    titles = [column.title for column in view.columns[1:]]
    assert titles == ["geplant", "beantragt", "bewilligt", "offen", "Kosten"]
    assert _last(view)[:3] == [expected[word] for word in titles[:3]]
    for row in view.rows[:-1]:
        *parts, whole = (amount.cents for cell in row.cells for amount in _amounts(cell))
        assert sum(parts) == whole
    book = ledger(case.selection.plan, case.selection.measures)
    assert {word: MONEY[word](book) for word in titles[:3]} == {word: expected[word] for word in titles[:3]}
    shares = [int(str(cell.text).split()[0]) for cell in view.rows[-1].cells[1:] if isinstance(cell, Text)]
    assert shares[-1] == 100
    assert abs(sum(shares[:-1]) - 100) <= 2  # each is rounded by itself


def test_costs_by_maturity_are_the_costs(case: Case) -> None:
    expected: Counter[str] = Counter()
    for measure in case.raw:
        expected[measure.get("reife", "")] += sum(cents for _, cents in _costs(measure))
    row = next(row for row in table(case.selection, "reife").rows if row.cells[0] == Text("Kosten in Euro"))
    *stages, whole = (amount.cents for cell in row.cells for amount in _amounts(cell))
    assert sum(stages) == whole == sum(case.costs.values())
    typed = [*(word.value for word in Maturity), ""]
    assert [cents for cents in stages if cents] == [expected[word] for word in typed if expected[word]]


def test_fields_add_up_to_the_whole(case: Case) -> None:
    for view in ("uebersicht", "kosten-jahr", "finanzierungssicherheit"):
        parts = [table(case.selection, view, field) for field in case.selection.plan.action_fields]
        assert sum(_last(part)[-1] for part in parts if part.rows) == sum(case.costs.values())


def test_the_figure_shows_the_same_money(case: Case) -> None:
    drawing = figure(case.selection, "mittel-jahr").drawing
    assert isinstance(drawing, StackedBars)
    stacked = [sum(cents) for cents in zip(*(layer for _, layer in drawing.layers), strict=True)]
    assert stacked == [case.costs[int(year)] for year in drawing.columns]


def test_the_figure_by_source_shows_the_money_of_each(case: Case) -> None:
    drawing = figure(case.selection, "mittel-quelle").drawing
    assert isinstance(drawing, StackedBars)
    *sources, (name, _) = drawing.layers
    assert name == "offen"
    assert [sum(cents) for cents in zip(*(layer for _, layer in drawing.layers), strict=True)] == [
        case.costs[int(year)] for year in drawing.columns
    ]
    expected: Counter[str] = Counter()
    for measure in case.raw:
        for source, _, cents in _financing(measure):
            expected[case.selection.plan.funding_sources[source].short] += cents
    assert {name: sum(cents) for name, cents in sources} == expected


def test_of_very_many_sources_the_smallest_share_a_layer(case: Case) -> None:
    plan = case.selection.plan
    model = next(iter(plan.funding_sources.values()))
    sources = {f"Q-{n}": model.model_copy(update={"id": f"Q-{n}", "short": f"Quelle {n}"}) for n in range(1, 16)}
    measure = next(measure for measure in case.selection.measures if measure.financing)
    money = tuple(
        measure.financing[0].model_copy(update={"source": key, "amounts": {2028: number * 1000}})
        for number, key in enumerate(sources, start=1)
    )
    many = replace(
        case.selection,
        plan=replace(plan, funding_sources=sources),
        measures=(measure.model_copy(update={"financing": money}),),
    )
    drawing = figure(many, "mittel-quelle").drawing
    assert isinstance(drawing, StackedBars)
    *named, (rest, amounts), _ = drawing.layers
    assert [name for name, _ in named] == [f"Quelle {n}" for n in range(8, 16)]
    assert (rest, sum(amounts)) == ("7 weitere", sum(range(1, 8)) * 1000)


def test_each_measure_closes_for_itself(case: Case) -> None:
    for measure in case.raw:
        view = measure_money(case.selection, measure["id"])
        if not view.rows:
            assert "kosten" not in measure
            continue
        costs = sum(cents for _, cents in _costs(measure))
        assert _labelled(view, "Kosten gesamt") == _last(view)
        assert _last(view)[-1] == costs
        assert _labelled(view, "offen")[-1] == costs - sum(cents for _, _, cents in _financing(measure))


def _tables(selection: Selection) -> Iterator[TableView]:
    views: list[Callable[[], TableView]] = [
        *(lambda name=name: table(selection, name) for name in TABLES),
        *(lambda key=measure.id: measure_money(selection, key) for measure in selection.measures),
    ]
    yield from (view() for view in views)


def test_every_amount_is_the_sum_of_lines_that_stand_in_the_records(case: Case) -> None:
    lines: dict[str, int] = {}
    for measure in case.raw:
        for key, part in measure.get("kosten", {}).items():
            lines |= {f"{measure['id']}/kosten/{key}/{year}": raw.cents(typed) for year, typed in part.items()}
        for index, item in enumerate(measure.get("finanzierung", [])):
            prefix = f"{measure['id']}/finanzierung/{index}/betraege"
            lines |= {f"{prefix}/{year}": raw.cents(typed) for year, typed in item["betraege"].items()}
    seen = 0
    for view in _tables(case.selection):
        for amount in (amount for row in view.rows for cell in row.cells for amount in _amounts(cell)):
            seen += 1
            leaves = list(amount.leaves())
            assert amount.cents == sum(leaf.cents for leaf in leaves)
            for leaf in leaves:
                assert abs(leaf.cents) == lines[leaf.origin]
    assert seen > 50


def test_numbers_print_as_the_tables_say(selection: Selection) -> None:
    assert number(selection, "kosten") == "4,9\u00a0Mio.\u00a0€"
    assert number(selection, "kosten", "WIS") == "0,1\u00a0Mio.\u00a0€"
    assert number(selection, "offen") == "40.000\u00a0€"
    assert number(selection, "folgekosten") == "48.000\u00a0€"
    assert number(selection, "beginn") == "2027"
    assert number(selection, "teilnehmende") == "59"
    assert number(selection, "massnahmen", "WIR") == "1"


def test_the_register_of_sources_says_what_each_is_and_how_much_is_planned(case: Case) -> None:
    view = table(case.selection, "finanzierungsquellen")
    expected: Counter[str] = Counter()
    for measure in case.raw:
        for source, _, cents in _financing(measure):
            expected[source] += cents
    registered = case.selection.plan.funding_sources
    for (key, record), row in zip(registered.items(), view.rows[:-1], strict=True):
        words = " ".join(map(words_of, row.cells))
        assert all(part in words for part in (record.name, record.short, record.note or ""))
        assert record.term is None or str(record.term.end.year) in words
        assert [amount.cents for item in row.cells for amount in _amounts(item)] == [expected[key]]
    assert _last(view) == [expected.total()]


def test_what_several_tiers_pay_is_said_wherever_tiers_are_counted(case: Case) -> None:
    notes = [table(case.selection, name).note for name in ("finanzierung-quelle-jahr", "finanzierung-feld-quelle")]
    notes += [figure(case.selection, name).note for name in ("mittel-jahr", "mittel-feld")]
    used = {source for measure in case.raw for source, _, _ in _financing(measure)}
    shared = [
        record for key, record in case.selection.plan.funding_sources.items() if key in used and record.shared_with
    ]
    assert all(f"{record.short} (" in note for record in shared for note in notes)
    assert all(("gemeinsam" in note) == bool(shared) for note in notes)
