"""status: the overview counts what the book counts, fits a terminal, and its JSON keeps its keys."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assembly import pipeline
from assembly.derive.ledger import ledger
from assembly.pipeline import Checked
from assembly.plan import Plan
from assembly.refusal import Refusal
from assembly.status import Overview, as_json, as_text, overview
from schema.measure import Status
from tests.plans import IDEA, copy_with, specimen_text

EVENT = "participation/2026-01-werkstatt-chemnitz.yaml"


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Overview:
    """The specimen with an idea, a broken measure, one of an unknown field, and an open contribution."""
    changes = {
        "measures/WIR/WIR-002.yaml": IDEA.replace("Weitere Idee", "Eine Idee mit einem sehr langen Titel " * 3),
        "measures/WIR/WIR-003.yaml": IDEA.replace("WIR-002", "WIR-003").replace("status: idee", "status: ideee"),
        "measures/XYZ/XYZ-001.yaml": IDEA.replace("WIR", "XYZ").replace("XYZ-002", "XYZ-001"),
        EVENT: specimen_text(EVENT, ("    ergebnis: nicht_beruecksichtigt\n", "")),
    }
    plan = pipeline.check(copy_with(tmp_path_factory.mktemp("status"), changes)).plan
    assert plan is not None
    return overview(plan)


def test_sums_are_those_of_the_ledger(real: Checked) -> None:
    assert real.plan is not None
    found = overview(real.plan)
    book = ledger(real.plan, real.plan.measures.values())
    assert found.money.costs == book.costs().cents == sum(field.money.costs for field in found.fields)
    assert found.money.costs == sum(lead.money.costs for lead in found.leads)
    assert found.money.gap == found.money.costs - found.money.planned
    assert len(found.lines) == len(real.plan.measures) == sum(len(lead.lines) for lead in found.leads)


def test_what_a_measure_lacks_for_its_next_status(busy: Overview) -> None:
    lines = {line.measure.id: line for line in busy.lines}
    assert lines["WIR-001"].next is None
    assert lines["WIR-002"].next is Status.DRAFT
    assert lines["WIR-002"].lacking == ()
    assert lines["WIR-002"].lacking_next[0] == "ausgangslage"
    assert "für „Entwurf“ fehlt ausgangslage, ziel, umsetzung" in as_text(busy)


def test_what_is_left_out_is_named(busy: Overview) -> None:
    assert dict(busy.broken) == {"WIR-003": "measures/WIR/WIR-003.yaml", "XYZ-001": "measures/XYZ/XYZ-001.yaml"}
    assert [contribution.id for _, contribution in busy.open] == ["B-02"]
    text = as_text(busy)
    assert "1 noch ohne Antwort\n  B-02 (2026-01-werkstatt-chemnitz): Eine Haltestelle fehlt." in text
    assert "WIR-003 in measures/WIR/WIR-003.yaml" in text


def test_it_fits_100_columns_without_colour(busy: Overview, real: Checked) -> None:
    assert real.plan is not None
    for found in (busy, overview(real.plan)):
        text = as_text(found)
        assert max(map(len, text.splitlines())) <= 100
        assert "\x1b" not in text


def test_one_field_alone(plan: Plan) -> None:
    found = overview(plan, "WIS")
    assert [field.id for field in found.fields] == ["WIS"]
    assert {line.measure.field for line in found.lines} == {"WIS"}
    with pytest.raises(Refusal, match="„WSI“ gibt es nicht") as refused:
        overview(plan, "WSI")
    assert "Meinten Sie „WIS“?" in refused.value.hint


def test_an_empty_plan_says_so(tmp_path: Path) -> None:
    root = copy_with(tmp_path, {"measures/WIR/WIR-001.yaml": None, "measures/WIS/WIS-001.yaml": None})
    plan = pipeline.check(root).plan
    assert plan is not None
    assert "noch keine Maßnahme" in as_text(overview(plan))


def test_the_keys_of_the_json_stay(busy: Overview) -> None:
    data = json.loads(as_json(busy))
    assert list(data) == [
        "titel", "version", "summe", "handlungsfelder", "federfuehrung", "kreise", "beitraege", "fehlerhaft",
    ]  # fmt: skip
    counted = ["massnahmen", "status", "kosten_cent", "geplant_cent", "offen_cent"]
    assert list(data["summe"]) == counted
    assert list(data["kreise"][0]) == ["id", "titel", *counted]
    assert list(data["handlungsfelder"][0]) == ["id", "titel", *counted, "massnahmen_liste"]
    assert list(data["handlungsfelder"][0]["massnahmen_liste"][0]) == [
        "id", "titel", "status", "fehlt", "naechster_status", "fehlt_fuer_naechsten", "federfuehrung", "kreise",
        "kosten_cent", "geplant_cent", "offen_cent",
    ]  # fmt: skip
    assert list(data["beitraege"]) == ["anzahl", "offen"]
