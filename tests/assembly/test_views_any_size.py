"""Views of made-up plans of any size: what holds for every plan, and that 500 measures stay readable."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assembly import derive
from assembly.derive.cells import TableView
from assembly.derive.finance import folded, measure_money
from assembly.derive.matrices import MOST_ORGANISATIONS
from assembly.derive.measures import field_measures
from assembly.document import Align, Column, Money, Nothing, Ref, Row, RowKind, Table
from assembly.editions import EDITIONS, Selection, select
from assembly.render_pdf.metrics import width as text_width
from assembly.render_pdf.tables import LINE, WIDE_LINE, measure
from assembly.theme import NEUTRAL
from schema.measure import Maturity, Measure, Status
from schema.organisation import Organisation
from schema.vocabulary import TABLES
from tests.dump import cell

OF_MEASURES = [
    *(name for name, view in TABLES.items() if view.by_field and name != "abwaegung"),
    *("felder", "finanzierung-feld-quelle"),
]
MONEY_VIEWS = ("uebersicht", "felder", "kosten-jahr", "finanzierung-quelle-jahr", "finanzierung-feld-quelle")


CHANCES = st.builds(random.Random, st.integers(0, 10**6))


def made_up(selection: Selection, count: int, chance: random.Random) -> list[Measure]:
    """Return measures of every status and shape in the selection's framework, in order of field and number."""
    plan = selection.plan
    fields, organisations = list(plan.action_fields), list(plan.organisations)
    ids = sorted(f"{chance.choice(fields)}-{number:03d}" for number in range(1, count + 1))
    ids.sort(key=lambda key: fields.index(key[:3]))
    return [_measure(selection, key, ids, organisations, chance) for key in ids]


def _measure(selection: Selection, key: str, ids: list[str], offices: list[str], chance: random.Random) -> Measure:
    plan = selection.plan
    tree: dict[str, object] = {"id": key, "titel": f"Vorhaben {key}", "handlungsfeld": key[:3], "beispiel": "true"}
    tree["status"] = chance.choice([status.value for status in Status])
    tree["vision"] = {name: str(chance.randint(1, 3)) for name in plan.vision if chance.random() < 0.5}
    tree["raum"] = [f"{ags}{chance.choice(('', '010'))}" for ags in plan.districts if chance.random() < 0.5]
    lead, *partners = chance.sample(offices, min(len(offices), chance.randint(1, 8)))
    if chance.random() < 0.9:
        tree |= {
            "federfuehrung": lead,
            "beteiligte": partners,
            "reife": chance.choice([word.value for word in Maturity]),
        }
    if chance.random() < 0.8:
        begin, years = chance.randint(2027, 2032), chance.randint(0, 5)
        tree |= {
            "beginn": f"{begin}-{chance.randint(1, 6):02d}",
            "ende": f"{begin + years}-{chance.randint(6, 12):02d}",
        }
        tree["meilensteine"] = [{"titel": "Erreicht", "datum": f"{begin}-06", "verantwortlich": lead}]
        span = [str(year) for year in range(begin, begin + years + 1)]
        tree["kosten"] = {"investiv": {year: str(chance.randint(0, 9_000_000)) for year in span}}
        tree["finanzierung"] = [
            {
                "quelle": source,
                "sicherheit": chance.choice(("geplant", "beantragt", "bewilligt")),
                "betraege": {year: "5000"},
            }
            for source in plan.funding_sources
            for year in span
            if chance.random() < 0.3
        ]
    others = [other for other in chance.sample(ids, min(len(ids), 2)) if other != key]
    if chance.random() < 0.5:
        risk = {"text": "Es dauert länger.", "eintritt": "2", "wirkung": "3", "gegenmassnahme": "Früh beginnen."}
        reading = {"jahr": "2031", "wert": "25"}
        indicator = {"name": "Betriebe", "einheit": "Anzahl", "art": "output", "basis": reading, "ziel": reading}
        tree |= {"risiken": [risk], "indikatoren": [{**indicator, "quelle": "Bericht"}], "leuchtturm": "true"}
        tree["ueberregionale_wirkung"] = "Das Verfahren dient auch anderen Regionen."
        tree["beschlussbedarf"] = [{"gremium": lead, "inhalt": "Gründung", "frist": "2027-01-31"}]
    tree["abhaengig_von"] = [{"id": other, "art": chance.choice(("nach", "parallel"))} for other in others]
    return Measure.model_validate(tree)


def with_measures(selection: Selection, measures: list[Measure], edition: str = "intern") -> Selection:
    return select(replace(selection.plan, measures={m.id: m for m in measures}), EDITIONS[edition])


def printed(view: TableView) -> Counter[str]:
    """Return the rows as words, each with how often it stands."""
    return Counter(f"{row.kind} {' | '.join(map(cell, row.cells))}" for row in view.rows)


def linked(view: TableView) -> Counter[str]:
    """Return the rows of dependencies, each cell with its head: a column that would be empty does not stand."""
    heads, empty = [column.title for column in view.columns], cell(Nothing())
    rows = (zip(heads, map(cell, row.cells), strict=False) for row in view.rows)
    return Counter(" | ".join(f"{head}: {words}" for head, words in row if words != empty) for row in rows)


def cents(row: Row) -> list[int]:
    return [item.amount.cents for item in row.cells if isinstance(item, Money)]


def total(view: TableView) -> list[int]:
    return next((cents(row) for row in reversed(view.rows) if row.kind is RowKind.TOTAL), [0])


@given(CHANCES, st.integers(0, 12), st.sampled_from(list(EDITIONS)))
@settings(max_examples=40, deadline=None)
def test_every_money_view_has_the_same_total(
    selection: Selection, chance: random.Random, count: int, edition: str
) -> None:
    made = with_measures(selection, made_up(selection, count, chance), edition)
    totals = {name: total(derive.table(made, name)) for name in MONEY_VIEWS}
    costs = {name: amounts[-2] if name == "felder" else amounts[-1] for name, amounts in totals.items()}
    sure = derive.table(made, "finanzierungssicherheit")
    costs["finanzierungssicherheit"] = total(sure)[-1]
    stages = derive.table(made, "reife").rows[-1:]
    costs["reife"] = sum(cents(stages[0])[:-1]) if stages else 0
    assert set(costs.values()) == {sum(sum(m.costs.capital.values()) for m in made.measures if m.costs)}
    for row in sure.rows[:-1]:
        assert sum(cents(row)[:-1]) == cents(row)[-1]
    gaps = {totals["felder"][-1], total(sure)[-2] if len(total(sure)) > 1 else 0}
    assert len(gaps) == 1


@given(CHANCES, st.integers(1, 12))
@settings(max_examples=25, deadline=None)
def test_fields_together_are_the_whole(selection: Selection, chance: random.Random, count: int) -> None:
    made = with_measures(selection, made_up(selection, count, chance))
    fields = [*made.plan.action_fields]
    for name in ("finanzierungssicherheit", "kosten-jahr", "uebersicht"):
        assert (
            sum(total(derive.table(made, name, field))[-1] for field in fields) == total(derive.table(made, name))[-1]
        )
    for name in ("raum", "zeitplan", "zielbeitrag", "indikatoren", "leuchttuerme"):
        whole = [row for row in derive.table(made, name).rows if row.kind is RowKind.BODY]
        parts = [row for field in fields for row in derive.table(made, name, field).rows if row.kind is RowKind.BODY]
        measured = [row for row in whole if "→" in cell(row.cells[0])]
        assert [row for row in parts if "→" in cell(row.cells[0])] == measured
    links = linked(derive.table(made, "abhaengigkeiten"))
    assert set(links) == set().union(*(linked(derive.table(made, "abhaengigkeiten", field)) for field in fields))


@given(CHANCES, st.integers(1, 12))
@settings(max_examples=25, deadline=None)
def test_the_order_of_the_other_records_changes_no_cell(
    selection: Selection, chance: random.Random, count: int
) -> None:
    """The plan puts measures in order; what else is read may come in any order and only moves rows and columns."""
    measures = made_up(selection, count, chance)
    made = with_measures(selection, measures)
    shuffled = {
        kind: dict(chance.sample(list(records.items()), len(records)))
        for kind in ("events", "contributions", "findings", "glossary", "facts", "statements", "decisions")
        if (records := getattr(made.plan, kind))
    }
    other = replace(made, plan=replace(made.plan, **shuffled))  # type: ignore[arg-type]
    for name in TABLES:
        if name not in ("wirkungslogik", "abwaegung", "befunde"):
            assert printed(derive.table(made, name)) == printed(derive.table(other, name)), name


@pytest.fixture(scope="module", params=[1, 25, 500])
def sized(request: pytest.FixtureRequest, selection: Selection) -> Selection:
    """Return a plan with so many measures and 40 organisations."""
    kinds = {"art": "kommune", "aufgabe": "Wirkt im Beispiel mit."}
    offices = {
        f"stelle-{number}": Organisation.model_validate(
            {
                "id": f"stelle-{number}",
                "name": f"Musterstelle Nummer {number}",
                "kurz": f"Musterstelle {number}",
                **kinds,
            }
        )
        for number in range(40)
    }
    framed = replace(selection, plan=replace(selection.plan, organisations=offices))
    return with_measures(framed, made_up(framed, request.param, random.Random(request.param)))


@pytest.mark.parametrize("name", OF_MEASURES)
def test_a_table_of_any_size_is_readable(sized: Selection, name: str) -> None:
    """On the page that it asks for no figure or mark breaks, and words have room for more than one of them."""
    for field in ("", *(sized.plan.action_fields if TABLES[name].by_field else ())):
        view = derive.table(sized, name, field)
        assert all(len(row.cells) == (1 if row.kind is RowKind.GROUP else len(view.columns)) for row in view.rows)
        assert view.rows or view.empty.endswith(".")
        for column, width, longest in _columns(view) if view.rows else ():
            assert width >= (min(longest, 20.0) if column.align is Align.LEFT else longest), (
                f"{name} {field}: {column.title}"
            )


def _columns(view: TableView) -> Iterator[tuple[Column, float, float]]:
    """Yield each column with its width in the PDF and the width of its longest cell in small type, in millimetres."""
    line = WIDE_LINE if view.wide else LINE
    widths = measure(Table("tbl-x", [], view.columns, view.rows, []), NEUTRAL.sans, wide=view.wide).widths
    rows = [row for row in view.rows if row.kind is not RowKind.GROUP]
    for index, (column, width) in enumerate(zip(view.columns, widths, strict=True)):
        words = (cell(row.cells[index]).removesuffix("\u00a0€") for row in rows)
        yield column, width * line / 100, max((text_width(NEUTRAL.sans, text, 7.5) for text in words), default=0.0)


@pytest.mark.parametrize("years", [1, 7, 8, 10, 15])
def test_the_money_of_a_sheet_is_folded_to_the_page(selection: Selection, years: int) -> None:
    span = {str(year): "9000000" for year in range(2027, 2027 + years)}
    tree = {"id": "WIR-001", "titel": "Langes Vorhaben", "handlungsfeld": "WIR", "status": "entwurf"}
    money = {
        "kosten": {"investiv": span},
        "finanzierung": [{"quelle": "LAND", "sicherheit": "geplant", "betraege": span}],
    }
    whole = measure_money(with_measures(selection, [Measure.model_validate({**tree, **money})]), "WIR-001")
    parts = folded(whole)
    assert [column for part in parts for column in part.columns[1:]] == list(whole.columns[1:])
    for index, row in enumerate(whole.rows):
        assert [item for part in parts for item in part.rows[index].cells[1:]] == list(row.cells[1:])
    assert [bool(part.note) for part in parts] == [False] * (len(parts) - 1) + [True]
    for part in parts:
        assert all(width >= longest for column, width, longest in _columns(part) if column.align is Align.RIGHT)
        assert next(_columns(part))[1] >= 20.0


def test_a_sheet_without_money_has_nothing_to_fold(selection: Selection) -> None:
    assert folded(TableView((), ())) == [TableView((), ())]
    assert len(folded(measure_money(selection, "WIS-001"))) == 1


def test_with_many_organisations_a_list_takes_the_place_of_the_matrix(sized: Selection) -> None:
    view = derive.table(sized, "zustaendigkeit")
    used = {office for m in sized.measures for office in (m.lead, *m.partners) if office}
    assert (len(view.columns) == 3) == (len(used) > MOST_ORGANISATIONS)
    rows = [row for row in view.rows if row.kind is RowKind.BODY]
    assert len(rows) == sum(bool(measure.lead) for measure in sized.measures)
    if len(view.columns) == 3:
        printed_offices = sum(cell(item).count("→org-") for row in rows for item in row.cells[1:])
        assert printed_offices == sum(1 + len(m.partners) for m in sized.measures if m.lead)


def test_a_portrait_lists_what_has_room_and_counts_the_rest(sized: Selection) -> None:
    for field in sized.plan.action_fields:
        measures, whole, part = sized.in_field(field), *(field_measures(sized, field, lines) for lines in (9999, 10))
        assert len(whole.rows) == len(measures) + bool(measures)
        assert part.rows[-1:] == whole.rows[-1:]
        assert len(part.rows) <= 11
        if len(measures) > 10:
            named = {words for row in part.rows[:-2] for words in re.findall("→([A-Z]{3}-[0-9]+)", cell(row.cells[0]))}
            beacons = {measure.id for measure in measures if measure.lighthouse}
            assert named <= beacons or beacons <= named
            assert cell(part.rows[-2].cells[1]) == f"{len(measures) - len(named)}\u00a0weitere Maßnahmen"
            costs = [row.cells[3].amount.cents for row in part.rows if isinstance(row.cells[3], Money)]
            assert sum(costs[:-1]) == costs[-1]


def test_lighthouses_in_short_are_the_most_costly_and_the_rest_is_counted(sized: Selection) -> None:
    beacons = [measure for measure in sized.measures if measure.lighthouse]
    view = derive.table(sized, "leuchttuerme-kurz")
    assert len(view.rows) == min(len(beacons), 8) + bool(beacons)
    costs = [sum(cents(row)) for row in view.rows] or [0]
    assert sum(costs[:-1]) == costs[-1] == sum(sum(m.costs.capital.values()) for m in beacons if m.costs)
    named = costs[: 7 if len(beacons) > 8 else -1]
    assert named == sorted(named, reverse=True)
    if len(beacons) > 8:
        assert cell(view.rows[-2].cells[0]) == f"{len(beacons) - 7}\u00a0weitere Leuchttürme"


def test_the_other_measures_are_named_or_counted(sized: Selection) -> None:
    rows = derive.table(sized, "massnahmen-kurz").rows
    others = [measure for measure in sized.measures if not measure.lighthouse]
    named = [key for row in rows for key in re.findall("→([A-Z]{3}-[0-9]+)", cell(row.cells[1]))]
    assert set(named) <= {measure.id for measure in others}
    more = sum(int(count) for row in rows for count in re.findall("([0-9]+)\u00a0weitere$", cell(row.cells[1])))
    assert len(named) + more == len(others)
    assert all(cell(row.cells[1]).count("→") <= 6 for row in rows)


def test_a_body_with_very_many_decisions_sees_the_most_urgent(sized: Selection) -> None:
    rows = [row for row in derive.table(sized, "beschlussbedarf-gremien").rows if row.kind is RowKind.BODY]
    named: dict[str, set[str]] = {}
    for each in sized.measures:
        for need in each.decision_needs:
            named.setdefault(f"org-{need.body}", set()).add(each.id)
    for row in rows:
        assert isinstance(row.cells[0], Ref)
        words = cell(row.cells[4])
        more = int((re.findall(r"und\s(\d+)\sweitere$", words) or ["0"])[0])
        assert words.count("→") == 1
        assert 1 + more == len(named[row.cells[0].target or ""])
    assert len(rows) == len(named)


def test_no_cell_is_higher_than_a_page(sized: Selection) -> None:
    """What names measures without end would: the chain counts them, the index of organisations goes on in a new row."""
    chain = derive.table(sized, "wirkungslogik")
    names = counts = 0
    for row in (row for row in chain.rows if row.kind is RowKind.BODY):
        for words in map(cell, row.cells[2:]):
            names += words.count("→")
            counts += sum(int(count) for count in re.findall(r"(\d+)\u00a0Maßnahmen?", words))
            assert all(line.count("→") <= 12 for line in words.split(" / "))
    assert names + counts == sum(len(measure.vision) for measure in sized.measures)
    assert not (names and counts)  # one way a table
    assert ("nur gezählt" in chain.note) == (counts > 0)
    index = derive.table(sized, "organisationen")
    assert [row.anchor for row in index.rows if row.anchor] == [f"org-{key}" for key in sized.plan.organisations]
    assert all(cell(row.cells[1]).count("→") <= 60 for row in index.rows)
    parts = [line for row in index.rows for line in cell(row.cells[1]).split(" / ")]
    led = [key for line in parts if line.startswith("Fed") for key in re.findall("→([A-Z]{3}-[0-9]+)", line)]
    assert sorted(led) == sorted(measure.id for measure in sized.measures if measure.lead)
    shared = sum(line.count("→") for line in parts if line.startswith("beteiligt: "))
    assert shared == sum(len(measure.partners) for measure in sized.measures)
