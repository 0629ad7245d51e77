"""Editions: what prints and counts in which, as an allow-list."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import Field

from assembly import pipeline
from assembly.derive import table
from assembly.document import Document, SectionKind, Table
from assembly.editions import CONTENTS, EDITIONS, Part, Selection, select
from assembly.excerpt import Keys
from assembly.plan import Plan
from schema.base import Record
from schema.kinds import KINDS
from schema.measure import Measure
from schema.scalars import Line
from schema.shape import below, keys_of, record_in
from schema.status import REQUIRED
from schema.vocabulary import EDITION_NAMES, FIGURES, LISTINGS, TABLES
from tests.dump import dump
from tests.plans import IDEA, copy_with, document_of, specimen_text

pytestmark = pytest.mark.usefixtures("remembered")

AGREED = specimen_text(
    "measures/WIR/WIR-001.yaml",
    ("WIR-001", "WIR-003"),
    ("beschlussreif", "abgestimmt"),
    ("Batteriezentrum", "Abgestimmtes Vorhaben"),
    ("leuchtturm: true\n", ""),
)
DEFERRED = IDEA.replace("WIR-002", "WIR-004").replace("idee", "zurueckgestellt").replace("Weitere Idee", "Ruhendes")
OPEN_STATEMENT = """\
ressort: smwa
version: 0.0.1
frist: 2026-01-31
stand: offen
beispiel: true
punkte:
  - {bezug: WIR-001, text: Die Frage bleibt., vorschlag: Bitte bald antworten., bewertung: forderung}
"""
SHEETS = {
    "intern": ["WIR-001", "WIR-002", "WIR-003", "WIR-004", "WIS-001"],
    "ressort": ["WIR-001", "WIR-003", "WIS-001"],
    "kabinett": ["WIR-001", "WIR-003"],
    "oeffentlich": ["WIR-001", "WIR-003"],
}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a plan with a measure of every status, and chapters for some editions."""
    target = tmp_path_factory.mktemp("editions")
    return copy_with(
        target,
        {
            "measures/WIR/WIR-002.yaml": IDEA,
            "measures/WIR/WIR-003.yaml": AGREED,
            "measures/WIR/WIR-004.yaml": DEFERRED,
            "chapters/08-intern.md": '# Nur hier {#kap-hier ausgabe="intern ressort"}\n\nVertrauliches zu @WIR-004.\n',
            "chapters/07-stand.md": "# Stand {#kap-stand}\n\n::: {.offene-punkte}\n:::\n\n::: {.maengelliste}\n:::\n",
            "statements/SMWA-0.0.1.yaml": OPEN_STATEMENT,
            "chapters/09-offen.md": "# Für alle {#kap-alle}\n\nSiehe @kap-hier und @WIR-002.\n",
        },
    )


@pytest.fixture(scope="module")
def books(root: Path) -> dict[str, Document]:
    return {name: document_of(root, name) for name in EDITIONS}


@pytest.fixture(scope="module")
def selections(root: Path) -> dict[str, Selection]:
    plan = pipeline.check(root).plan
    assert plan is not None
    return {name: select(plan, edition) for name, edition in EDITIONS.items()}


def sheets(book: Document) -> Iterator[str]:
    return (section.id for section in book.sections if section.kind is SectionKind.SHEET)


def test_the_editions_are_those_that_chapters_may_name() -> None:
    assert tuple(EDITIONS) == EDITION_NAMES
    assert set(SHEETS) == set(EDITIONS)


@pytest.mark.parametrize("name", EDITIONS)
def test_sheets(name: str, books: dict[str, Document]) -> None:
    assert list(sheets(books[name])) == SHEETS[name]


@pytest.mark.parametrize("name", EDITIONS)
def test_totals_count_the_measures_with_a_sheet(name: str, selections: dict[str, Selection]) -> None:
    rows = table(selections[name], "uebersicht").rows
    text = dump_row(rows[-1].cells[1])
    assert text.startswith(str(len(SHEETS[name])))


def dump_row(cell: object) -> str:
    return str(getattr(cell, "text", ""))


def test_deferred_measures_print_in_the_internal_edition_only(books: dict[str, Document]) -> None:
    assert "Ruhendes" in dump(books["intern"])
    for name in ("ressort", "kabinett", "oeffentlich"):
        assert "Ruhendes" not in repr(books[name])


def test_ideas_are_listed_for_the_ministries_and_nowhere_else_without_a_sheet(books: dict[str, Document]) -> None:
    assert "Als Idee liegen außerdem vor: WIR-002 Weitere Idee" in dump(books["ressort"])
    for name in ("kabinett", "oeffentlich"):
        assert "Weitere Idee" not in repr(books[name])


@pytest.mark.parametrize(
    ("words", "editions"),
    [
        ("Geheime Notiz", {"intern"}),
        ("Vertrauliches", {"intern", "ressort"}),
        ("Die Lage ist knapp beschrieben", {"intern", "ressort", "kabinett"}),
        ("Befunde der Prüfung", {"intern", "ressort"}),
        ("Offene Punkte", {"intern", "ressort"}),
        ("Bitte bald antworten", {"intern", "ressort", "kabinett"}),
        ("Mängelliste", {"intern"}),
        ("davon abgestimmt", {"intern"}),
        ("davon beschlussreif", {"intern", "ressort", "kabinett", "oeffentlich"}),
        ("Reallabor", {"intern", "ressort"}),
        ("Batteriezentrum", {"intern", "ressort", "kabinett", "oeffentlich"}),
    ],
)
def test_what_is_not_on_the_list_is_in_no_byte(words: str, editions: set[str], books: dict[str, Document]) -> None:
    assert {name for name, book in books.items() if words in dump(book) or words in repr(book)} == editions


@pytest.mark.parametrize("name", EDITIONS)
def test_a_reference_to_what_does_not_print_is_plain_words(name: str, books: dict[str, Document]) -> None:
    text = dump(books[name])
    idea = "[WIR-002→WIR-002]" if "WIR-002" in SHEETS[name] else "[WIR-002 (nicht in dieser Ausgabe)→nichts°]"
    assert idea in text
    assert ("→kap-hier]" in text) == (name in ("intern", "ressort"))


def test_every_edition_says_what_it_is(books: dict[str, Document]) -> None:
    assert len({book.edition for book in books.values()}) == len(books)
    for name, book in books.items():
        assert f"-{name}-" in book.file_stem
        assert book.edition in book.footer
        assert book.marking == "Entwurf – nicht zur Veröffentlichung"


FAULTY_IDEA = IDEA.replace("Weitere Idee", "Geheimer Titel") + "prioritaet: geheimewort\n"


@pytest.mark.parametrize("edition", ["ressort", "kabinett", "oeffentlich"])
def test_a_draft_shows_no_faulty_measure_that_the_edition_would_not_print(edition: str, tmp_path: Path) -> None:
    folder = copy_with(tmp_path, {"measures/WIR/WIR-002.yaml": FAULTY_IDEA})
    text = dump(document_of(folder, edition, tolerant=True))
    assert "Geheimer Titel" not in text
    assert "geheimewort" not in text
    assert "1~Maßnahme, in keiner Summe enthalten" in text
    assert "Geheimer Titel" in dump(document_of(folder, "intern", tolerant=True))


def test_a_finding_on_an_internal_note_stays_in_the_internal_edition(tmp_path: Path) -> None:
    note = (
        specimen_text("measures/WIR/WIR-001.yaml").split("intern:")[0] + "intern: {notiz: Das <geheimewort> bleibt.}\n"
    )
    folder = copy_with(tmp_path, {"measures/WIR/WIR-001.yaml": note})
    assert "geheimewort" in dump(document_of(folder, "intern", tolerant=True))
    assert "geheimewort" not in dump(document_of(folder, "kabinett", tolerant=True))


# --- the allow-list itself ------------------------------------------------------------------------------------------


class Extended(Measure):
    """A measure with keys that nobody has listed."""

    secret: Line | None = Field(None, alias="neu", title="Neu", description="Ein neuer Schlüssel.")
    needed: Line = Field(alias="pflicht", title="Pflicht", description="Ein neuer Schlüssel, der nötig ist.")


@pytest.mark.parametrize("name", EDITIONS)
def test_a_new_key_is_invisible_until_it_is_listed(name: str, plan: Plan) -> None:
    measure = Extended.model_construct(
        **{**plan.measures["WIR-001"].__dict__, "secret": "Verborgenes", "needed": "Verborgenes"}
    )
    printed = EDITIONS[name].keys.of(measure, "measure")
    assert (printed.title, printed.secret, printed.needed) == (measure.title, None, "")
    assert "Verborgenes" not in repr(printed)
    assert "Verborgenes" in repr(Keys({"measure": frozenset({"titel", "neu"})}).of(measure, "measure"))


def test_a_new_view_is_invisible_until_it_is_listed(selections: dict[str, Selection]) -> None:
    assert not any(selection.may_print("neue-sicht") for selection in selections.values())
    assert not any(selection.edition.keys.allow("neue-art", ("titel",)) for selection in selections.values())


def test_every_view_and_listing_belongs_to_one_part() -> None:
    called = [name for contents in CONTENTS.values() for name in contents.calls.split()]
    assert sorted(called) == sorted({*TABLES, *FIGURES, *LISTINGS}), "list new ones in assembly/editions.py"
    assert set(CONTENTS) == set(Part)


def test_every_listed_key_is_there() -> None:
    for contents in CONTENTS.values():
        for place, names in contents.keys.items():
            assert set(names.split()) <= set(keys_of(model_at(place))), place


def model_at(place: str) -> type[Record]:
    kind, *steps = place.split(".")
    model: type[Record] | None = KINDS["measure" if kind == "idea" else kind].model
    for step in steps:
        inner = below(model, step)
        model = record_in(inner) or record_in(below(inner, 0))
        assert model is not None, place
    assert model is not None
    return model


@pytest.mark.parametrize("name", EDITIONS)
def test_what_a_status_asks_for_can_be_printed(name: str) -> None:
    asked = {key for keys in REQUIRED.values() for key in keys}
    assert asked <= EDITIONS[name].keys.listed["measure"]


def test_the_selection_holds_nothing_that_is_not_printed(root: Path) -> None:
    checked = pipeline.check(root)
    assert checked.plan is not None
    public = repr(select(checked.plan, EDITIONS["oeffentlich"]))
    for words in ("Geheime Notiz", "Vertrauliches", "Die Lage ist knapp", "Weitere Idee", "Ruhendes", "Reallabor"):
        assert words in repr(checked.plan)
        assert words not in public


def rows_of(book: Document, table_id: str) -> list[str]:
    """Return the rows of the one table of this id, as values."""
    (found,) = (block for block in book.blocks() if isinstance(block, Table) and block.id == table_id)
    return [repr(row) for row in found.rows]


def test_open_points_are_what_waits_for_an_answer(books: dict[str, Document]) -> None:
    reply, point = rows_of(books["ressort"], "offene-punkte")
    assert "Die abschließende Stellungnahme steht aus; Frist ist der 31.01.2026." in reply
    assert "Die Frage bleibt. Vorschlag: Bitte bald antworten." in point
    assert len(rows_of(books["intern"], "offene-punkte")) == 2


def test_the_list_of_defects_says_what_each_measure_lacks(books: dict[str, Document]) -> None:
    rows = {row.split("text='")[1].split("'")[0]: row for row in rows_of(books["intern"], "maengelliste")}
    assert "WIR-001" not in rows
    assert "Ausgangslage" in rows["WIR-002"]
    assert "Risiken" not in rows["WIR-002"], "an idea asks for what a draft needs"
