"""Views that count and join: each against the same thing worked out from the plan's plain files."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assembly import german, pipeline
from assembly.derive import table
from assembly.derive.cells import TableView
from assembly.derive.numbers import number
from assembly.derive.registers import subject_cell
from assembly.document import Cell, Figure, Grade, Notice, Ref, Rich, Row, RowKind, Several, Table, Text
from assembly.editions import EDITIONS, Selection, select
from assembly.prose import text_inlines
from tests import raw
from tests.cases import Selected, Tree
from tests.dump import cell
from tests.plans import ROOT, SPECIMEN, codes, copy_with, document_of, specimen_text


class Case(Selected):
    """A plan in one edition, with its tables."""

    def view(self, name: str, field: str = "") -> TableView:
        return table(self.selection, name, field)


@pytest.fixture(scope="module", params=[(SPECIMEN, "intern"), (SPECIMEN, "kabinett"), (ROOT, "intern")], ids=str)
def case(request: pytest.FixtureRequest) -> Case:
    root, edition = request.param
    return Case(root, edition)


def body(view: TableView) -> list[Row]:
    """Return the rows before the first sum."""
    rows = list(view.rows)
    ends = [index for index, row in enumerate(rows) if row.kind in (RowKind.SUBTOTAL, RowKind.TOTAL)]
    return [row for row in rows[: ends[0] if ends else None] if row.kind is RowKind.BODY]


def labelled(view: TableView, label: str) -> list[str]:
    """Return the words of the row that this label heads, without the label."""
    row = next(row for row in view.rows if cell(row.cells[0]) == label)
    return [cell(item) for item in row.cells[1:]]


def counted(counts: list[int]) -> list[str]:
    return [str(count) if count else "–" for count in counts]


def targets(value: Cell) -> list[str]:
    """Return what the references in a cell lead to."""
    if isinstance(value, Several):
        return [target for item in value.items for target in targets(item)]
    return [value.target] if isinstance(value, Ref) and value.target else []


def by_measure(view: TableView) -> dict[str, Row]:
    return {targets(row.cells[0])[0]: row for row in body(view)}


def test_districts(case: Case) -> None:
    view = case.view("raum")
    keys = [*case.selection.plan.districts]
    named = {measure["id"]: set(measure.get("raum", [])) for measure in case.measures if measure.get("raum")}
    assert named
    rows = by_measure(view)
    assert set(rows) == set(named)
    for measure_id, places in named.items():
        words = [cell(item).strip("*") for item in rows[measure_id].cells[1:]]
        prefixes = {place[:5] for place in places}
        assert words == [("ganz" if key in places else "teils") if key in prefixes else "–" for key in keys]
    prefixes_of = [{place[:5] for place in places} for places in named.values()]
    assert labelled(view, "Maßnahmen im Kreis") == counted([sum(key in p for p in prefixes_of) for key in keys])
    assert labelled(view, "davon nur hier") == counted([prefixes_of.count({key}) for key in keys])
    assert number(case.selection, "kreisuebergreifend") == str(sum(len(prefixes) > 1 for prefixes in prefixes_of))


def test_districts_by_field(case: Case) -> None:
    view = case.view("raum-felder")
    places = [(m["handlungsfeld"], {place[:5] for place in m["raum"]}) for m in case.measures if m.get("raum")]
    for field, row in zip(case.selection.plan.action_fields, body(view), strict=True):
        counts = [sum(key == field and ags in here for key, here in places) for ags in case.selection.plan.districts]
        assert [cell(item) for item in row.cells[1:]] == counted(counts)
    for label in ("Maßnahmen im Kreis", "davon nur hier"):
        assert labelled(view, label) == labelled(case.view("raum"), label)


def test_the_index_of_organisations_names_who_decides_and_who_answers_for_milestones(case: Case) -> None:
    rows = {row.anchor: cell(row.cells[1]).split(" / ") for row in case.view("organisationen").rows}
    found = 0
    for key in case.selection.plan.organisations:
        parts = dict(line.split(": ", 1) for line in rows[f"org-{key}"] if ": " in line)
        bound = {m["id"] for m in case.measures for n in m.get("beschlussbedarf", []) if n["gremium"].lower() == key}
        due = {m["id"] for m in case.measures for n in m.get("meilensteine", []) if n["verantwortlich"].lower() == key}
        due -= {m["id"] for m in case.measures if key in (m.get("federfuehrung"), *m.get("beteiligte", []))}
        for part, expected in (("entscheidet", bound), ("Meilensteine", due)):
            assert set(re.findall("→([A-Z]{3}-[0-9]{3})", parts.get(part, ""))) == expected
            found += len(expected)
        decided = {k for k, decision in case.selection.plan.decisions.items() if decision.body == key}
        assert set(re.findall("→(BS-[0-9-]+)", parts.get("Beschlüsse", ""))) == decided
        answered = sum(statement.department == key for statement in case.selection.plan.statements.values())
        assert parts.get("Stellungnahme", "").count("→stellungnahme-") == answered
    assert found


def test_maturity(case: Case) -> None:
    view = case.view("reife")
    labels = {"Idee": "idee", "Konzept": "konzept", "Machbarkeit geprüft": "machbarkeit_geprueft"}
    labels |= {"antragsreif": "antragsreif", "bewilligt": "bewilligt", "in Umsetzung": "in_umsetzung"}
    stages = [labels.get(column.title, "") for column in view.columns[1:-1]]
    for key, row in zip(case.selection.plan.action_fields, body(view), strict=True):
        found = Counter(measure.get("reife", "") for measure in case.measures if measure["handlungsfeld"] == key)
        assert [cell(item) for item in row.cells[1:]] == counted([*(found[s] for s in stages), found.total()])
    everything = Counter(measure.get("reife", "") for measure in case.measures)
    assert labelled(view, "Summe") == counted([*(everything[stage] for stage in stages), len(case.measures)])
    far = everything["antragsreif"] + everything["bewilligt"] + everything["in_umsetzung"]
    assert number(case.selection, "antragsreif") == str(far)


def test_responsibilities(case: Case) -> None:
    view = case.view("zustaendigkeit")
    rows = by_measure(view)
    leads: Counter[str] = Counter()
    partners: Counter[str] = Counter()
    for measure in case.measures:
        if "federfuehrung" in measure:
            marks = [cell(item).strip("*") for item in rows[measure["id"]].cells[1:]]
            assert (marks.count("F"), marks.count("B")) == (1, len(measure.get("beteiligte", [])))
            leads[measure["federfuehrung"]] += 1
            partners.update(measure.get("beteiligte", []))
    used = [key for key in case.selection.plan.organisations if key in leads | partners]
    assert labelled(view, "Federführungen") == counted([leads[key] for key in used])
    assert labelled(view, "Beteiligungen") == counted([partners[key] for key in used])


def _contributions(value: Cell, grade: int = 0) -> list[tuple[str, int]]:
    """Return the measures in a cell, each with the grade before it."""
    if isinstance(value, Grade):
        return [("", value.value)]
    if isinstance(value, Several):
        found: list[tuple[str, int]] = []
        for item in value.items:
            inner = _contributions(item, grade)
            grade = inner[0][1] if inner and inner[0][0] == "" else grade
            found += [pair for pair in inner if pair[0]]
        return found
    return [(value.target, grade)] if isinstance(value, Ref) and value.target else []


def _claimed(case: Case) -> set[tuple[str, str, int]]:
    return {(m["id"], key, int(grade)) for m in case.measures for key, grade in m.get("vision", {}).items()}


def test_the_chain_of_effects_holds_every_contribution_once(case: Case) -> None:
    found = []
    for row in body(case.view("wirkungslogik")):
        vision = targets(row.cells[1])[0]
        found += [(key, vision, grade) for item in row.cells[2:] for key, grade in _contributions(item)]
        answered = [key for key, finding in case.selection.plan.findings.items() if vision in finding.vision]
        assert targets(row.cells[0]) == answered
    assert len(found) == len(set(found)) > 0
    assert set(found) == _claimed(case)


def test_the_chain_of_one_field_has_a_row_a_measure(case: Case) -> None:
    found = []
    for field in case.selection.plan.action_fields:
        vision = ""
        for row in case.view("wirkungslogik", field).rows:
            if row.kind is RowKind.GROUP:
                vision, *answered = targets(row.cells[0])
                assert answered == [key for key, f in case.selection.plan.findings.items() if vision in f.vision]
            elif isinstance(row.cells[1], Grade):
                found.append((targets(row.cells[0])[0], vision, row.cells[1].value))
    assert len(found) == len(set(found)) > 0
    assert set(found) == _claimed(case)


def test_a_broken_chain_is_visible(selection: Selection) -> None:
    rows = {targets(row.cells[1])[0]: row for row in body(table(selection, "wirkungslogik"))}
    assert [cell(item) for item in rows["V-1"].cells[3:]] == ["noch keine"]  # V-1 counts on WIS, which gives nothing
    assert cell(rows["V-2"].cells[2]).startswith("●○○")
    narrowed = table(selection, "wirkungslogik", "WIS").rows
    assert next(cell(row.cells[0]) for row in narrowed if row.kind is RowKind.BODY) == "noch keine"


def _fits(measure: Tree, other: Tree, kind: str) -> str:
    needed = [(measure, "beginn"), (other, "ende")]
    needed += [(measure, "ende"), (other, "beginn")] if kind == "parallel" else []
    if any(key not in tree for tree, key in needed):
        return "offen"
    if kind == "nach":
        return "passt" if raw.month(measure["beginn"]) > raw.month(other["ende"]) else "passt nicht"
    first, second = (range(raw.month(tree["beginn"]), raw.month(tree["ende"]) + 1) for tree in (measure, other))
    return "passt" if set(first) & set(second) else "passt nicht"


def test_dependencies(case: Case) -> None:
    by_id = {measure["id"]: measure for measure in case.measures}
    expected = [
        (measure["id"], item["id"], _fits(measure, by_id[item["id"]], item["art"]))
        for measure in case.measures
        for item in measure.get("abhaengig_von", [])
        if item["id"] in by_id
    ]
    found, head = [], ""
    for row in case.view("abhaengigkeiten").rows:  # a measure heads what it depends on, once
        if row.kind is RowKind.GROUP:
            head = targets(row.cells[0])[0]
        else:
            found.append((head, targets(row.cells[1])[0], cell(row.cells[-1]).split(":")[0]))
    assert sorted(found) == sorted(expected)
    heads = [targets(row.cells[0])[0] for row in case.view("abhaengigkeiten").rows if row.kind is RowKind.GROUP]
    assert len(heads) == len(set(heads))
    assert number(case.selection, "abhaengigkeiten") == str(len(expected))
    assert number(case.selection, "terminkonflikte") == str(sum(verdict == "passt nicht" for *_, verdict in expected))


@pytest.mark.parametrize(
    ("begin", "kind", "earliest", "verdict"),
    [
        ("2027-03", "nach", "03/2027", "passt: unmittelbar danach"),
        ("2027-04", "nach", "03/2027", "passt: 1~Monat Abstand"),
        ("2027-02", "nach", "03/2027", "passt nicht: 1~Monat zu früh"),
        ("2026-12", "nach", "03/2027", "passt nicht: 3~Monate zu früh"),
        ("2027-02", "parallel", "", "passt: 1~Monat gemeinsam"),
        ("2027-03", "parallel", "", "passt nicht: nie gleichzeitig"),
    ],
)
def test_the_verdict_on_the_dates(tmp_path: Path, begin: str, kind: str, earliest: str, verdict: str) -> None:
    file = "measures/WIR/WIR-001.yaml"
    text = specimen_text(file, ("beginn: 2027-03", f"beginn: {begin}"), ("art: nach", f"art: {kind}"))
    plan = pipeline.check(copy_with(tmp_path, {file: text})).plan
    assert plan is not None
    view = table(select(plan, EDITIONS["intern"]), "abhaengigkeiten")
    words = [cell(item).replace("\u00a0", "~") for item in view.rows[1].cells]
    assert words[2:] == [word for word in (earliest, verdict) if word]  # no column where nothing waits
    assert ("kein Termin widerspricht" in view.note) == verdict.startswith("passt:")


def test_a_dependency_waits_for_missing_dates(tmp_path: Path) -> None:
    file = "measures/WIS/WIS-001.yaml"
    text = specimen_text(file, ("beginn: 2027-01\nende: 2027-02\n", ""))
    plan = pipeline.check(copy_with(tmp_path, {file: text})).plan
    assert plan is not None
    view = table(select(plan, EDITIONS["intern"]), "abhaengigkeiten")
    assert view.rows[1].cells[-1] == Text("offen: eine Laufzeit fehlt")
    assert "Bei 1 fehlt eine Laufzeit." in view.note


def test_a_dependency_on_what_the_edition_hides_is_not_told(plan: Any) -> None:
    hidden = table(select(plan, EDITIONS["kabinett"]), "abhaengigkeiten")
    assert hidden.rows == ()
    assert hidden.empty.endswith(".")


def test_the_schedule(case: Case) -> None:
    view = case.view("zeitplan")
    rows = by_measure(view)
    timed = {measure["id"]: measure for measure in case.measures if "beginn" in measure and "ende" in measure}
    assert set(rows) == set(timed)
    for measure_id, measure in timed.items():
        marks = sorted((raw.month(mark["datum"]), mark["titel"]) for mark in measure.get("meilensteine", []))
        assert cell(rows[measure_id].cells[3]) == (str(len(marks)) if marks else "–")
        dates = ", ".join(f"{due % 12 + 1:02d}/{due // 12}" for due, _ in marks)
        assert cell(rows[measure_id].cells[4]) == (dates or "–")
    assert cell(view.rows[-1].cells[3]) == str(sum(len(m.get("meilensteine", [])) for m in timed.values()))
    without = case.ids - set(timed)
    assert all(measure_id in view.note for measure_id in without)


def test_participation_by_district(case: Case) -> None:
    view = case.view("beteiligung-kreise")

    def counts(events: list[Tree]) -> list[str]:
        given = [contribution for event in events for contribution in event.get("beitraege", [])]
        adopted = [c for c in given if c.get("ergebnis") in ("beruecksichtigt", "teilweise_beruecksichtigt")]
        touched = {key for contribution in given for key in contribution.get("massnahmen", [])} & case.ids
        people = sum(int(event["teilnehmende"]) for event in events)
        return counted([len(events), people, len(given), len(adopted), len(touched)])

    assert case.events
    for ags, row in zip(case.selection.plan.districts, body(view), strict=True):
        here = [event for event in case.events if event["kreis"][:5] == ags]
        assert [cell(item) for item in row.cells[1:]] == counts(here)
    assert labelled(view, "Summe") == counts(case.events)
    assert number(case.selection, "massnahmen-beteiligung") == counts(case.events)[-1].replace("–", "0")


def day(typed: str) -> date:
    """Read a day as editors may type it: 2027-03-31 or 31.03.2027."""
    return date(*reversed([int(part) for part in typed.split(".")])) if "." in typed else date.fromisoformat(typed)


def test_deciding_bodies(case: Case) -> None:
    view = case.view("beschlussbedarf-gremien")
    needs = [(need, measure["id"]) for measure in case.measures for need in measure.get("beschlussbedarf", [])]
    by_body: dict[str, list[tuple[date, str]]] = {}
    for need, measure_id in needs:
        by_body.setdefault(need["gremium"].lower(), []).append((day(need["frist"]), measure_id))
    rows = body(view)
    assert by_body
    assert len(rows) == len(by_body)
    firsts = sorted(min(found)[0] for found in by_body.values())
    assert [cell(row.cells[2]) for row in rows] == [german.day(first) for first in firsts]
    for key, found in by_body.items():
        (row,) = [row for row in rows if getattr(row.cells[0], "target", "") == f"org-{key}"]
        assert [cell(item) for item in row.cells[1:4]] == [
            str(len(found)), german.day(min(found)[0]), german.day(max(found)[0]),
        ]  # fmt: skip
        others = len({measure_id for _, measure_id in found}) - 1
        assert targets(row.cells[4]) == [min(found)[1]]
        assert case.selection.plan.measures[min(found)[1]].title in cell(row.cells[4])
        assert cell(row.cells[4]).endswith(f"und\u00a0{others}\u00a0weitere") == bool(others)
    assert labelled(view, "Summe")[0] == str(len(needs))


def test_a_subject_prints_as_a_reference_and_a_label(case: Case) -> None:
    plan = case.selection.plan
    known = next(iter(plan.measures))
    words = [{"t": "Str", "c": f"@{{{known}}}"}, *text_inlines(", Folgekosten")]
    assert subject_cell(plan, f"{known} folgekosten") == Rich([{"t": "Plain", "c": words}])
    both = Several((subject_cell(plan, f"{known} folgekosten"), Text(f"{known}/3", strong=True)), "\n")
    assert subject_cell(plan, f"{known} folgekosten, {known}/3") == both
    assert subject_cell(plan, f"{known}/3") == Text(f"{known}/3", strong=True)


def test_weighing_by_field(case: Case) -> None:
    for field in case.selection.plan.action_fields:
        wanted = {measure["id"] for measure in case.measures if measure["handlungsfeld"] == field}
        expected = [
            contribution["id"]
            for event in case.events
            for contribution in event.get("beitraege", [])
            if wanted & set(contribution.get("massnahmen", []))
        ]
        rows = [row for row in case.view("abwaegung", field).rows if row.kind is RowKind.BODY]
        assert sorted(row.anchor for row in rows) == sorted(expected)


def test_abbreviations_are_those_of_the_glossary(case: Case) -> None:
    expected = {term.short: term.term for term in case.selection.plan.glossary.values() if term.short}
    rows = case.view("abkuerzungen").rows
    assert {cell(row.cells[0]).strip("*"): cell(row.cells[1]) for row in rows} == expected
    assert expected


def test_the_index_of_organisations_gives_the_pages_of_what_each_leads(case: Case) -> None:
    rows = {row.anchor: row for row in case.view("organisationen").rows}
    led = Counter(measure["federfuehrung"] for measure in case.measures if "federfuehrung" in measure)
    assert led
    for key, count in led.items():
        words = cell(rows[f"org-{key}"].cells[1])
        first, *_ = words.split(" / ")
        assert first.startswith("Federführung: ")
        assert first.count("→") == count
        assert "°" not in words  # a reference without its page


def test_a_table_too_broad_for_an_upright_page_lies_landscape_by_itself(tmp_path: Path) -> None:
    file = "measures/WIR/WIR-001.yaml"
    frame = "framework/plan.yaml"
    changes = {
        file: specimen_text(
            file, ("ende: 12/2029", "ende: 2035-12"), ("laufend: {2027: ", "laufend: {2035: 1, 2027: ")
        ),
        frame: specimen_text(frame, ("ende: 2032-12", "ende: 2036-12")),
    }
    books = (document_of(SPECIMEN), document_of(copy_with(tmp_path, changes)))
    upright, landscape = ({block.id: block for block in book.blocks() if isinstance(block, Table)} for book in books)
    for identifier in ("tbl-kosten", "tbl-quellen-jahr"):
        assert not upright[identifier].wide
        assert landscape[identifier].wide
    assert [key for key in landscape if key.startswith("WIR-001-kosten")] == ["WIR-001-kosten", "WIR-001-kosten-2031"]
    first, second = landscape["WIR-001-kosten"], landscape["WIR-001-kosten-2031"]
    assert [column.title for column in first.columns[1:]] == ["2027", "2028", "2029", "2030"]
    assert [column.title for column in second.columns[1:]] == ["2031", "2032", "2033", "2034", "2035", "Summe"]
    assert second.randnummer is None  # the key's Randnummer stands once, at the first


def test_a_figure_or_table_of_little_lies_upright_whatever_the_chapter_wishes(tmp_path: Path) -> None:
    chapter = specimen_text(
        "chapters/02-massnahmen.md", (".tabelle sicht=kosten-jahr", ".tabelle .quer sicht=zeitplan")
    )
    book = document_of(copy_with(tmp_path, {"chapters/02-massnahmen.md": chapter}))
    shown = {block.id: block for block in book.blocks() if isinstance(block, Table | Figure)}
    assert not shown["fig-zeitplan"].wide
    assert not shown["tbl-kosten"].wide


def test_sums_of_billions_by_maturity_are_in_millions(tmp_path: Path) -> None:
    file, chapter = "measures/WIR/WIR-001.yaml", "chapters/02-massnahmen.md"
    changes = {
        file: specimen_text(file, ("laufend: {2027: 300000,", "laufend: {2027: 3000000000,")),
        chapter: specimen_text(chapter, (".tabelle sicht=kosten-jahr", ".tabelle sicht=reife")),
    }
    book = document_of(copy_with(tmp_path, changes), tolerant=True)
    found = next(block for block in book.blocks() if isinstance(block, Table) and block.id == "tbl-kosten")
    assert not found.wide
    label, *amounts = map(cell, found.rows[-1].cells)
    assert label == "Kosten in Mio.\u00a0€"
    assert all(re.fullmatch(r"–|[0-9.]+,[0-9]", words) for words in amounts)
    assert len(amounts[-1]) <= len("3.000,0")


def test_long_sums_by_field_stand_upright_in_millions(tmp_path: Path) -> None:
    file, sources = "measures/WIR/WIR-001.yaml", "framework/funding_sources.yaml"
    tiers = [*enumerate(("EU", "Bund", "Land", "Kommune", "Privat"))]
    more = (f"\n- {{id: M{key}, name: Muster, kurz: Muster {tier}, ebene: {tier}}}\n" for key, tier in tiers)
    lines = (f"\n  - {{quelle: M{key}, sicherheit: geplant, betraege: {{2027: 40000000000}}}}" for key, _ in tiers)
    changes = {
        sources: specimen_text(sources) + "".join(more),
        file: specimen_text(
            file,
            ("laufend: {2027: 300000,", "laufend: {2027: 300000000000,"),
            ("\nfinanzierung:", f"\nfinanzierung:{''.join(lines)}"),
        ),
    }
    book = document_of(copy_with(tmp_path, changes), tolerant=True)
    found = next(block for block in book.blocks() if isinstance(block, Table) and block.id == "tbl-felder-ebenen")
    assert not found.wide
    assert found.columns[0].title == "Handlungsfeld (in Mio.\u00a0€)"
    label, *amounts = map(cell, found.rows[-1].cells)
    assert (label, amounts[-1]) == ("Summe", "300.004,6")
    assert all(re.fullmatch("[0-9.]+,[0-9]", words) for words in amounts)


def test_a_call_in_the_wrong_form_is_named_and_a_draft_builds_without_it(tmp_path: Path) -> None:
    chapter = specimen_text("chapters/02-massnahmen.md", (".abbildung sicht=mittel-jahr", ".tabelle sicht=mittel-jahr"))
    root = copy_with(tmp_path, {"chapters/02-massnahmen.md": chapter})
    assert "KAP-003" in codes(pipeline.check(root))
    notices = [block for block in document_of(root, tolerant=True).blocks() if isinstance(block, Notice)]
    assert "Dieses Kapitel ist fehlerhaft" in [notice.title for notice in notices]
