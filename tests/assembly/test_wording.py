"""wording: what counts as an abbreviation, a placeholder, a person and an address, and what does not."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly import pipeline, report
from assembly.resolve.passages import words
from assembly.resolve.wording import abbreviations, addresses, check_wording, persons, placeholders
from tests.plans import IDEA, copy_with, specimen_text

pytestmark = pytest.mark.usefixtures("remembered")

FILE = "measures/WIR/WIR-002.yaml"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Der ÖPNV und das InvKG, die GmbH, der ESF+.", ["ÖPNV", "InvKG", "GmbH", "ESF+"]),
        ("KMUs, LKWs und des ÖPNVs", ["KMU", "LKW", "ÖPNV"]),
        ("EU-Mittel, KI-gestützt, Ladenetz-LKW", ["EU", "KI", "LKW"]),
        ("CO₂ und CO2", ["CO₂", "CO2"]),
        ("XIV, II, XXXIX", []),
        ("CD, MD", ["CD", "MD"]),
        ("5 MW, 20\u00a0GWh, 100 Mbit/s und 3 kV", []),
        ("Leistung in MW", ["MW"]),
        ("Bürgerinnen, BürgerInnen, OpenStreetMap, V-förmig, Kapitel A", []),
        ("WIR-004, BS-2026-05-Beschluss, WIR-Feld", []),
        ("https://www.EU-ABC.de/DEF und A.BC@DE.de", []),
    ],
)
def test_abbreviations(text: str, found: list[str]) -> None:
    assert list(abbreviations(text, {"WIR", "WIR-004", "BS-2026-05"})) == found


@given(st.text())
def test_no_text_breaks_the_readers(text: str) -> None:
    for read in (abbreviations, placeholders, persons, addresses):
        assert all(word.strip() for word in read(text))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Frau Muster und Herr von der Heide", ["Frau Muster", "Herr von der Heide"]),
        ("Prof. Dr.-Ing. habil. Muster", ["Prof. Dr.-Ing. habil. Muster"]),
        ("mit Herrn Dr. rer. nat. A. Muster", ["Herrn Dr. rer. nat. A. Muster"]),
        ("Dr.\u00a0Muster", ["Dr.\u00a0Muster"]),
        ("der Frau Dr. Muster", []),  # the price of the next line
        ("Jede Frau Zugang zu geben, ist der Frau Sache.", []),
        ("Frau und Mann, Frauen Arbeit, Herren Länder", []),
        ("Dr.-Külz-Ring, Prof.-Dr.-Helmert-Straße", []),
        ("Ein Prof. lehrt, ein Dr. forscht.", []),
    ],
)
def test_persons(text: str, found: list[str]) -> None:
    assert list(persons(text)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("an erika.muster@landkreis.de, oder", ["erika.muster@landkreis.de"]),
        ("info@example.org, a@b.example, x@localhost", []),
        ("@WIR-004, ein@ohne", []),
    ],
)
def test_addresses(text: str, found: list[str]) -> None:
    assert list(addresses(text)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "TODO: schreiben, Todo, tbd., xxx und Lorem  ipsum ???",
            ["TODO", "Todo", "tbd", "xxx", "Lorem  ipsum", "???"],
        ),
        ("…", ["…"]),
        (" [...] ", ["[...]"]),
        ("Erstens … und zweitens? XXL, todoliste, Todo-Liste", []),
        ("", []),
    ],
)
def test_placeholders(text: str, found: list[str]) -> None:
    assert list(placeholders(text)) == found


def test_passages_are_paragraphs_without_code_and_references() -> None:
    tree = [
        {"t": "Para", "c": [{"t": "Str", "c": "A"}, {"t": "Space"}, {"t": "Code", "c": [["", [], []], "TODO"]}]},
        {"t": "BulletList", "c": [[{"t": "Plain", "c": [{"t": "Strong", "c": [{"t": "Str", "c": "@WIR-004!"}]}]}]]},
        {
            "t": "Para",
            "c": [{"t": "Str", "c": "B"}, {"t": "Note", "c": [{"t": "Para", "c": [{"t": "Str", "c": "C"}]}]}],
        },
    ]
    assert list(words(tree)) == ["A \ufffc", "\ufffc!", "B", "C"]


def _found(root: Path) -> list[tuple[str, int, int, str]]:
    checked = pipeline.check(root)
    return [
        (found.code, location.line, location.column, found.place.text)
        for found, location in report.sort(checked.sources, checked.diagnostics)
        if found.place.file == FILE
    ]


def test_the_place_is_the_word_itself_and_not_a_part_of_another(tmp_path: Path) -> None:
    text = IDEA + "ziel: |\n  Das QMS und `QM` im Code.\n  QM und Frau\n  Muster, noch einmal QM.\n"
    assert _found(copy_with(tmp_path, {FILE: text})) == [
        ("TXT-007", 8, 7, "QMS"),
        ("TXT-007", 9, 3, "QM"),
        ("TXT-010", 9, 10, "Frau Muster"),
    ]


def test_an_unreadable_glossary_makes_no_abbreviation_unknown(tmp_path: Path) -> None:
    root = copy_with(tmp_path, {"framework/glossary.yaml": "- {", FILE: IDEA + "ziel: EFRE und QMS.\n"})
    assert _found(root) == []


def test_internal_notes_may_say_more_but_not_the_wrong_name(tmp_path: Path) -> None:
    note = 'intern: {notiz: "TODO mit Frau Muster, a@b.de, QMS, Probeplan"}\n'
    assert [item[0] for item in _found(copy_with(tmp_path, {FILE: IDEA + note}))] == ["TXT-009"]


def test_the_title_itself_is_no_wrong_name(tmp_path: Path) -> None:
    plan = specimen_text("framework/plan.yaml", ("vermeiden: [Probeplan]", "vermeiden: [Musterplan]"))
    text = IDEA + "ziel: Der Musterplan Specimen und ein Musterplan.\n"
    found = _found(copy_with(tmp_path, {"framework/plan.yaml": plan, FILE: text}))
    assert [(item[0], item[3]) for item in found] == [("TXT-009", "Musterplan")]


def test_sources_keep_the_titles_they_were_published_with(tmp_path: Path) -> None:
    sources = specimen_text("framework/sources.yaml", ("titel: Beispieldaten", "titel: Probeplan von Prof. Muster"))
    checked = pipeline.check(copy_with(tmp_path, {"framework/sources.yaml": sources}))
    assert checked.plan is not None
    assert list(check_wording(checked.plan)) == []
