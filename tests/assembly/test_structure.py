"""structure and support: what the cases of tests/broken do not show, above all when a rule must keep silent."""

from __future__ import annotations

from pathlib import Path

import pytest

from assembly import pipeline
from tests.plans import IDEA, SPECIMEN, codes, copy_with, specimen_text

pytestmark = pytest.mark.usefixtures("remembered")

WIR, WIS, NEW = "measures/WIR/WIR-001.yaml", "measures/WIS/WIS-001.yaml", "measures/WIR/WIR-002.yaml"
EVENTS = [path.relative_to(SPECIMEN).as_posix() for path in (SPECIMEN / "participation").glob("*.yaml")]


def _codes(tmp_path: Path, changes: dict[str, str | bytes | None]) -> set[str]:
    checked = pipeline.check(copy_with(tmp_path, changes))
    return {found.code for found in checked.diagnostics if found.code.startswith("STR")}


def test_a_plan_without_measures_is_not_asked_for_support(tmp_path: Path) -> None:
    plan = copy_with(tmp_path, {WIR: None, WIS: None})
    assert "STR-001" not in codes(pipeline.check(plan))


def test_measures_set_aside_support_nothing(tmp_path: Path) -> None:
    deferred = specimen_text(WIS, ("status: entwurf", "status: zurueckgestellt"))
    assert _codes(tmp_path, {WIS: deferred}) == {"STR-002"}


def test_a_broken_measure_may_be_the_one_that_supports(tmp_path: Path) -> None:
    assert _codes(tmp_path, {WIS: specimen_text(WIS, ("status: entwurf", "status: entworfen"))}) == set()


def test_a_draft_is_built_although_a_field_is_still_empty(tmp_path: Path) -> None:
    deferred = specimen_text(WIS, ("status: entwurf", "status: zurueckgestellt"))
    checked = pipeline.check(copy_with(tmp_path, {WIS: deferred}), tolerant=True)
    assert codes(checked) == ["STR-002"]
    assert not pipeline.can_build(checked, draft=False)
    assert pipeline.can_build(checked, draft=True)


def test_a_broken_event_may_be_the_one_that_is_missing(tmp_path: Path) -> None:
    assert _codes(tmp_path, {EVENTS[0]: "titel: X\n"}) == set()


def test_every_district_is_asked_for(tmp_path: Path) -> None:
    checked = pipeline.check(copy_with(tmp_path, dict.fromkeys(EVENTS)))
    assert codes(checked, "Warnung").count("STR-011") == 2


def test_an_event_in_a_municipality_counts_for_its_district(tmp_path: Path) -> None:
    file = "participation/2026-01-werkstatt-zwickau.yaml"
    assert _codes(tmp_path, {file: specimen_text(file, ("kreis: 14524", "kreis: 14524330"))}) == set()


def test_a_measure_may_follow_another_from_the_month_after_its_end(tmp_path: Path) -> None:
    # WIS-001 ends 2027-02
    text = IDEA + "ende: 2030-12\nabhaengig_von: [{id: WIS-001, art: nach}]\n"
    assert _codes(tmp_path / "a", {NEW: text + "beginn: 2027-03\n"}) == set()
    assert _codes(tmp_path / "b", {NEW: text + "beginn: 2027-02\n"}) == {"STR-007"}
    assert _codes(tmp_path / "c", {NEW: text.replace("nach}", "parallel}") + "beginn: 2027-01\n"}) == set()


def test_rules_hold_for_what_can_be_read_of_a_broken_record(tmp_path: Path) -> None:
    text = IDEA + "folgekosten: viel\nfederfuehrung: chemnitz\nbeteiligte: [chemnitz]\n"
    assert codes(pipeline.check(copy_with(tmp_path, {NEW: text}))) == ["SCH-008", "STR-003"]


def test_a_former_id_of_a_broken_measure_is_taken(tmp_path: Path) -> None:
    changes: dict[str, str | bytes | None] = {
        NEW: IDEA + "frueher: [WIR-003]\n",
        "measures/WIR/WIR-003.yaml": "id: WIR-003\n",
    }
    assert _codes(tmp_path, changes) == {"STR-008"}


@pytest.mark.parametrize(
    ("area", "places", "faulty"),
    [
        ("[14524330]", "[14524330]", False),
        ("[14524330]", "[14524]", True),
        ("[14524]", "[14524330]", False),
        ("[14511]", "[14511, 14524]", True),
        ("[14625]", "[]", True),  # as InvKG: nowhere in this region, wherever the measure lies
        ("[]", "[14524]", False),
    ],
)
def test_the_area_of_a_source_holds(tmp_path: Path, area: str, places: str, *, faulty: bool) -> None:
    sources = specimen_text("framework/funding_sources.yaml")
    sources += f"\n- {{id: NEU, name: Neu, kurz: Neu, ebene: Bund, raum: {area}}}\n"
    money = "kosten: {laufend: {2027: 9}}\nfinanzierung: [{quelle: NEU, sicherheit: geplant, betraege: {2027: 9}}]\n"
    plan = copy_with(tmp_path, {"framework/funding_sources.yaml": sources, NEW: IDEA + f"raum: {places}\n" + money})
    assert codes(pipeline.check(plan)) == (["FIN-005"] if faulty else [])


def test_measures_in_a_circle_are_not_also_out_of_order(tmp_path: Path) -> None:
    def waiting(measure: str, other: str) -> str:
        dates = f"beginn: 2027-01\nende: 2027-12\nabhaengig_von: [{{id: {other}, art: nach}}]\n"
        return IDEA.replace("WIR-002", measure) + dates

    changes: dict[str, str | bytes | None] = {
        NEW: waiting("WIR-002", "WIR-003"),
        "measures/WIR/WIR-003.yaml": waiting("WIR-003", "WIR-002"),
    }
    assert _codes(tmp_path, changes) == {"STR-006"}
