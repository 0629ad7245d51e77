"""Data: what travels inside the PDF is what the edition may print, and its schema says what it is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from assembly.derive.data import LISTS, SCHEMA_NAME
from assembly.document import DATA_NAME, Document
from assembly.editions import EDITIONS
from schema.kinds import KINDS
from tests.plans import ROOT, SPECIMEN, copy_with, document_of, specimen_text

pytestmark = pytest.mark.usefixtures("remembered")

# A word in every place that some edition must not show, and the editions that may.
SECRETS: dict[str, set[str]] = {
    "Notizgeheim": {"intern"},
    "Ideengeheim": {"intern"},
    "Stellungsgeheim": {"intern", "ressort", "kabinett"},
    "Beitragsgeheim": {"intern", "ressort"},
    "Programmgeheim": {"intern", "ressort", "kabinett", "oeffentlich"},
    "Haushaltsgeheim": set(),
    "Hinweisgeheim": {"intern", "ressort", "kabinett", "oeffentlich"},
    "Namensgeheim": set(),
    "Aktengeheim": set(),
}
CALL = "::: {#tbl-abwaegung .tabelle sicht=abwaegung}\nBeiträge und Abwägung\n:::\n"
HIDDEN = '# Hinten {#kap-hinten .anlage ausgabe="intern ressort"}\n'
EVENTS = "::: {#tbl-beteiligung .tabelle sicht=beteiligung}\nVeranstaltungen\n:::\n"


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Document]:
    """Return every edition of the specimen with the secrets in it."""
    sources = "framework/funding_sources.yaml"
    event = "participation/2026-01-werkstatt-chemnitz.yaml"
    measure = "measures/WIR/WIR-001.yaml"
    annex = "chapters/03-anlagen.md"
    notes = "id: EFRE\n  programm: Programmgeheim\n  titel: Haushaltsgeheim\n  hinweis: Hinweisgeheim\n"
    root = copy_with(
        tmp_path_factory.mktemp("data"),
        {
            measure: specimen_text(
                measure,
                ("  - quelle: EFRE\n", "  - quelle: EFRE\n    aktenzeichen: Aktengeheim\n"),
                ("  notiz: ", "  notiz: Notizgeheim "),
            ),
            "measures/WIR/WIR-002.yaml": (
                "id: WIR-002\ntitel: Ideengeheim\nhandlungsfeld: WIR\nstatus: idee\nbeispiel: true\n"
                "kurzbeschreibung: Eine Idee.\n"
            ),
            "statements/SMWA-0.1.0.yaml": specimen_text("statements/SMWA-0.1.0.yaml", ("Die Lage", "Stellungsgeheim")),
            event: specimen_text(event, ("Eine Haltestelle", "Beitragsgeheim")),
            sources: specimen_text(sources, ("id: EFRE\n", notes)),
            "framework/plan.yaml": specimen_text("framework/plan.yaml", ("[Probeplan]", "[Namensgeheim]")),
            annex: specimen_text(annex, (CALL, ""), (EVENTS, "")),
            "chapters/04-beteiligung.md": f"{HIDDEN}\n{EVENTS}\n{CALL}",
        },
    )
    return {name: document_of(root, name) for name in EDITIONS}


def attached(book: Document) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the data and their schema."""
    files = {file.name: json.loads(file.content) for file in book.attachments}
    assert list(files) == [DATA_NAME, SCHEMA_NAME]
    return files[DATA_NAME], files[SCHEMA_NAME]


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("secret", SECRETS)
def test_no_edition_carries_what_it_must_not_print(secret: str, edition: str, books: dict[str, Document]) -> None:
    content = books[edition].attachments[0].content.decode()
    assert (secret in content) == (edition in SECRETS[secret])


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("root", [SPECIMEN, ROOT], ids=["specimen", "plan"])
def test_the_data_satisfy_their_schema(root: Path, edition: str) -> None:
    content, schema = attached(document_of(root, edition))
    validator = jsonschema.Draft202012Validator
    validator.check_schema(schema)
    validator(schema).validate(content)
    assert content["fassung"] == {"version": content["plan"]["version"], "ausgabe": edition, "stand": "2026-01-15"}


def test_the_schema_refuses_what_is_wrong(document: Document) -> None:
    content, schema = attached(document)
    validator = jsonschema.Draft202012Validator(schema)
    measure = content["massnahmen"][0]
    for key, wrong in (("titel", 7), ("status", "fertig"), ("beginn", "März 2027"), ("leuchtturm", "ja"), ("x", 1)):
        broken = {**content, "massnahmen": [{**measure, key: wrong}]}
        assert not validator.is_valid(broken), key


def test_values_have_their_types(document: Document) -> None:
    content, _ = attached(document)
    measure = next(item for item in content["massnahmen"] if item["id"] == "WIR-001")
    assert measure["kosten"] == {
        "investiv": {"2027": 900000, "2028": 2800000.5},
        "laufend": {"2027": 300000, "2028": 500000, "2029": 250000},
    }
    assert (measure["beginn"], measure["ende"]) == ("2027-03", "2029-12")
    assert measure["beschlussbedarf"][1] == {
        "gremium": "lk-zwickau", "inhalt": "Gesellschaftsvertrag", "frist": "2027-01-31",
    }  # fmt: skip
    assert measure["indikatoren"][1]["ziel"] == {"jahr": 2030, "wert": 12.5}
    assert measure["leuchtturm"] is True
    assert measure["vision"] == {"V-1": 3, "V-2": 1}
    assert {fact["id"]: fact["stichtag"] for fact in content["kennzahlen"]} == {
        "arbeitsplaetze": "2025-09-29", "einwohner-14511": "2019-12", "einwohner-14524": "2019",
    }  # fmt: skip


def test_measures_are_those_with_a_sheet(books: dict[str, Document]) -> None:
    ids = {name: [item["id"] for item in attached(book)[0]["massnahmen"]] for name, book in books.items()}
    assert ids == {
        "intern": ["WIR-001", "WIR-002", "WIS-001"],
        "ressort": ["WIR-001", "WIS-001"],
        "kabinett": ["WIR-001"],
        "oeffentlich": ["WIR-001"],
    }
    contributions = [c for event in attached(books["ressort"])[0]["veranstaltungen"] for c in event["beitraege"]]
    assert {"WIR-001"} == {measure for item in contributions for measure in item["massnahmen"]} - {"WIS-001"}


def properties(schema: Any) -> Iterator[tuple[str, set[str]]]:
    for name, definition in schema["$defs"].items():
        yield name, set(definition["properties"])


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_data_have_the_keys_that_the_edition_lists(books: dict[str, Document], edition: str) -> None:
    shown = dict(properties(attached(books[edition])[1]))
    listed = EDITIONS[edition].keys.listed
    assert {kind: shown[kind] for kind in LISTS if kind in listed} == {k: listed[k] for k in LISTS if k in listed}
    assert "finding" in listed
    assert shown["measure.finanzierung"] == {"quelle", "sicherheit", "betraege"}
    assert set(LISTS) == set(KINDS) - {"plan", "theme"}, "how the book looks is none of its data"


def test_only_editions_with_internal_notes_have_their_key(books: dict[str, Document]) -> None:
    with_notes = {name for name, book in books.items() if "intern" in dict(properties(attached(book)[1]))["measure"]}
    assert with_notes == {"intern"}


def test_the_bytes_are_always_the_same(document: Document) -> None:
    assert document_of(SPECIMEN).attachments == document.attachments
