"""compose: what must hold for any book, shown on the specimen and on the plan of this repository."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assembly.compose.chapters import _holding
from assembly.document import (
    Directory,
    Document,
    Fact,
    Facts,
    Figure,
    Missing,
    Prose,
    Randnummer,
    Ref,
    Rich,
    Section,
    SectionKind,
    Table,
)
from assembly.drawings import Flow, StackedBars
from assembly.prose import attributes, nodes, plain
from assembly.render_pdf.tables import cell_text
from schema.vocabulary import SHEET_LABELS
from tests.plans import SPECIMEN, copy_with, document_of, specimen_text

pytestmark = pytest.mark.usefixtures("remembered")


@pytest.fixture(scope="module", params=["specimen", "repository"])
def book(request: pytest.FixtureRequest) -> Document:
    name = {"specimen": "document", "repository": "real_document"}[request.param]
    document: Document = request.getfixturevalue(name)
    return document


def values(value: object) -> Iterator[object]:
    """Yield every value of the document, those inside of texts included."""
    yield value
    if isinstance(value, dict):
        yield from values(value.get("c"))
    elif isinstance(value, list | tuple):
        for item in value:
            yield from values(item)
    elif is_dataclass(value) and not isinstance(value, type):
        for attribute in fields(value):
            yield from values(getattr(value, attribute.name))


def ids(document: Document) -> list[str]:
    """Return every id and anchor that the document defines, in reading order."""
    found = [section.id for section in document.sections]
    for block in document.blocks():
        if isinstance(block, Table | Figure):
            found.append(block.id)
        if isinstance(block, Table):
            found += [row.anchor for row in block.rows if row.anchor]
    return found + [number.anchor for number in values(document) if isinstance(number, Randnummer)]


def test_every_id_stands_once(book: Document) -> None:
    found = ids(book)
    assert len(found) > 60
    assert sorted(found) == sorted(set(found))


def test_every_reference_leads_to_an_anchor(book: Document) -> None:
    refs = [value for value in values(book) if isinstance(value, Ref)]
    assert len(refs) > 60
    assert {ref.target for ref in refs} - {None} <= set(ids(book))
    assert [ref for ref in refs if ref.target is None] == [], "in the internal edition every record is part"
    assert all(ref.text for ref in refs)


def test_randnummern_are_unique(book: Document) -> None:
    numbers = [value.text for value in values(book) if isinstance(value, Randnummer)]
    assert len(numbers) == len(set(numbers)) > 40


def test_every_paragraph_and_table_of_a_chapter_bears_a_randnummer(book: Document) -> None:
    checked = 0
    for section in book.sections:
        if section.kind in (SectionKind.CHAPTER, SectionKind.SECTION, SectionKind.ANNEX):
            for block in section.blocks:
                number = block.number if isinstance(block, Prose) else getattr(block, "randnummer", None)
                assert number, block
                checked += 1
    assert checked > 15


@pytest.mark.parametrize("kind", [Table, Figure])
def test_tables_and_figures_count_on_in_reading_order(book: Document, kind: type[Table | Figure]) -> None:
    numbers = [block.number for block in book.blocks() if isinstance(block, kind) and block.number]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) >= 2


def test_chapters_and_sections_count_on_in_reading_order(book: Document) -> None:
    chapters = [section.number for section in book.sections if section.kind is SectionKind.CHAPTER]
    assert chapters == [str(number) for number in range(1, len(chapters) + 1)]
    annexes = [section.number for section in book.sections if section.kind is SectionKind.ANNEX]
    assert annexes == list("ABCDEFGHIJ"[: len(annexes)])
    current, expected = "", 0
    for section in book.sections:
        if section.level == 1:
            current, expected = section.number, 0
        elif section.kind is SectionKind.SECTION and section.level == 2 and "." in section.number:
            expected += 1
            assert section.number == f"{current}.{expected}"


def test_paragraphs_count_on_in_each_chapter(book: Document) -> None:
    by_sign: dict[str, list[int]] = {}
    for section in book.sections:
        if section.kind is not SectionKind.SHEET:
            for number in (value for value in values(section) if isinstance(value, Randnummer)):
                sign, _, count = number.text.partition("/")
                by_sign.setdefault(sign, []).append(int(count))
    assert len(by_sign) > 4
    for sign, counts in by_sign.items():
        assert counts == list(range(1, len(counts) + 1)), sign


def test_no_mention_is_left_in_a_text(book: Document) -> None:
    known = ("@WI", "@V-", "@B", "@org", "@kap", "@tbl", "@fig", "@quelle", "@fakt", "@zahl", "@{")
    words = [section.title for section in book.sections]
    for value in values(book):
        if isinstance(value, dict) and value.get("t") == "Str":
            words.append(value["c"])
        elif isinstance(value, Ref):
            words.append(value.text)
    assert len(words) > 300
    assert [text for text in words if any(sign in text for sign in known)] == []


def test_references_say_the_number_of_their_target(book: Document) -> None:
    tables = {block.id: f"Tabelle\u00a0{block.number}" for block in book.blocks() if isinstance(block, Table)}
    figures = {block.id: f"Abbildung\u00a0{block.number}" for block in book.blocks() if isinstance(block, Figure)}
    wanted = tables | figures
    listed = {entry.ref for block in book.blocks() if isinstance(block, Directory) for entry in block.entries}
    cited = [ref for ref in values(book) if isinstance(ref, Ref) and ref.target in wanted and ref not in listed]
    assert cited
    assert [ref for ref in cited if ref.text != wanted[ref.target or ""]] == []


def test_directories_list_all_tables_figures_and_chapters(book: Document) -> None:
    entries = {block.kind: block.entries for block in book.blocks() if isinstance(block, Directory)}
    numbered = [block for block in book.blocks() if isinstance(block, Table) and block.number]
    assert [entry.ref.target for entry in entries["tables"]] == [table.id for table in numbered]
    assert [entry.ref.text for entry in entries["tables"]] == [plain(table.caption) for table in numbered]
    chapters = [s.id for s in book.sections if s.kind in (SectionKind.CHAPTER, SectionKind.ANNEX)]
    listed = [entry.ref.target for entry in entries["contents"] if entry.level == 1]
    assert listed[-len(chapters) :] == chapters
    sheets = [(before, entry) for before, entry in pairwise(entries["contents"]) if entry.level == 3]
    assert [entry.number for _, entry in sheets] == [s.id for s in book.sections if s.kind is SectionKind.SHEET]
    for before, entry in sheets:
        same = before.level == 3 and before.number[:3] == entry.number[:3]
        assert same or (before.number, before.ref.target) == ("", entry.ref.target), "a field stands above its sheets"


def _notes(section: Section) -> list[str]:
    trees = [tree for tree in values(section) if isinstance(tree, list)]
    notes = {id(node): plain(node["c"]) for tree in trees for node in nodes(tree) if node["t"] == "Note"}
    return list(notes.values())


def test_a_fact_is_footnoted_at_its_first_use_in_each_chapter(document: Document) -> None:
    footnotes: dict[str, int] = {}
    current = ""
    for section in document.sections:
        opens = section.level == 1 or section.kind is SectionKind.SHEET
        current = section.id if opens else current
        footnotes[current] = footnotes.get(current, 0) + len(_notes(section))
    assert {key: count for key, count in footnotes.items() if count} == {
        "kap-kurzfassung": 1,
        "kap-auftrag": 1,
        "WIR-001": 1,
    }


def test_the_randnummer_of_a_label_is_fixed_by_its_key(document: Document, real_document: Document) -> None:
    assert len(set(SHEET_LABELS.values())) == len(SHEET_LABELS)
    first_ever = ("kurzbeschreibung", "federfuehrung", "ausgangslage", "ziel", "umsetzung", "beteiligte", "raum")
    assert [SHEET_LABELS[key] for key in first_ever] == [1, 2, 3, 4, 5, 6, 7]
    assert (SHEET_LABELS["kosten"], SHEET_LABELS["meilensteine"], SHEET_LABELS["intern"]) == (12, 14, 27)
    by_label: dict[str, set[str]] = {}
    for book in (document, real_document):
        for section in (section for section in book.sections if section.kind is SectionKind.SHEET):
            for fact in (value for value in values(section) if isinstance(value, Fact)):
                assert fact.number is not None
                sign, _, count = fact.number.text.partition("/")
                assert sign == section.id
                by_label.setdefault(fact.label, set()).add(count)
    assert len(by_label) > 10
    assert {label: counts for label, counts in by_label.items() if len(counts) > 1} == {}


@given(st.randoms(use_true_random=False))
@settings(max_examples=8, deadline=None)
def test_the_order_of_files_in_a_folder_does_not_matter(chance: random.Random) -> None:
    expected = document_of(SPECIMEN)
    glob, rglob = Path.glob, Path.rglob

    def shuffled(found: Iterator[Path]) -> list[Path]:
        paths = list(found)
        chance.shuffle(paths)
        return paths

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "glob", lambda self, pattern: iter(shuffled(glob(self, pattern))))
        patch.setattr(Path, "rglob", lambda self, pattern: iter(shuffled(rglob(self, pattern))))
        assert document_of(SPECIMEN) == expected


def test_a_long_name_of_a_field_leaves_the_line_above_a_title_to_the_tags(tmp_path: Path) -> None:
    name = "Öffentliche Daseinsvorsorge und Entwicklung der Gewerbeflächen"
    changed = specimen_text("framework/action_fields.yaml", ("titel: Wirtschaft", f"titel: {name}"))
    book = document_of(copy_with(tmp_path, {"framework/action_fields.yaml": changed}), tolerant=True)
    kickers = {section.id: section.kicker for section in book.sections if section.kind is SectionKind.SHEET}
    assert kickers["WIR-001"] == "WIR-001 · Handlungsfeld Öffentliche Daseinsvorsorge und\u00a0…"
    assert kickers["WIS-001"] == "WIS-001 · Handlungsfeld Wissenschaft und Innovation"


def test_sheets_that_say_next_to_nothing_share_pages(tmp_path: Path) -> None:
    idea = "id: {key}\ntitel: Idee {key}\nhandlungsfeld: {field}\nstatus: idee\nbeispiel: true\n"
    ids = ("WIR-002", "WIR-003", "WIS-002", "WIS-003")
    files = {f"measures/{key[:3]}/{key}.yaml": idea.format(key=key, field=key[:3]) for key in ids}
    book = document_of(copy_with(tmp_path, dict(files)))
    sheets = {section.id: section for section in book.sections if section.kind is SectionKind.SHEET}
    assert [key for key, section in sheets.items() if not section.opens_page] == [*ids], "below one that says more, too"
    chapter = "2 Maßnahmen und\u00a0…"
    assert sheets["WIR-001"].running == f"{chapter} · WIR-001 {sheets['WIR-001'].title}"
    assert [sheets[key].running for key in ids[:2]] == [f"{chapter} · WIR-002", f"{chapter} · WIR-003"]


def test_what_a_sheet_lacks_is_told_in_one_line(tmp_path: Path) -> None:
    draft = "id: WIR-002\ntitel: Idee\nhandlungsfeld: WIR\nstatus: entwurf\nbeispiel: true\nziel: Mehr.\n"
    book = document_of(copy_with(tmp_path, {"measures/WIR/WIR-002.yaml": draft}))
    sheet = next(section for section in book.sections if section.id == "WIR-002")
    facts = [fact for block in sheet.blocks if isinstance(block, Facts) for fact in block.items]
    told = {fact.label: fact.value for fact in facts}
    assert told["Federführung"] == Missing(), "at a glance each has its place"
    assert isinstance(told["Fehlende Angaben"], Rich)
    named = plain(told["Fehlende Angaben"].blocks)
    assert named == "Ausgangslage\u00a0/3, Umsetzung\u00a0/5, Herkunft\u00a0/23"
    spans = [attributes(node) for node in nodes(told["Fehlende Angaben"].blocks, "Span")]
    assert [anchor for anchor, kinds, _ in spans if kinds == ["randnummer"]] == [
        "rn-WIR-002-3",
        "rn-WIR-002-5",
        "rn-WIR-002-23",
    ]
    assert [block.label for block in sheet.blocks if isinstance(block, Prose)] == ["", "Ziel"]
    book = document_of(copy_with(tmp_path / "stub", {"measures/WIR/WIR-002.yaml": draft.replace("ziel: Mehr.\n", "")}))
    stub = next(section for section in book.sections if section.id == "WIR-002")
    facts = [fact for block in stub.blocks if isinstance(block, Facts) for fact in block.items]
    assert [fact.label for fact in facts] == ["Priorität, Status", "Fehlende Angaben"], (
        "one with gaps alone names all here"
    )


def test_an_annex_that_lists_nothing_stands_below_the_one_before_it(tmp_path: Path) -> None:
    annex = "# {key} {{#kap-{key} .anlage}}\n\n::: {{#tbl-{key} .tabelle sicht=leuchttuerme{field}}}\nTitel\n:::\n"
    calls = {"w": " feld=WIS", "x": " feld=WIS", "y": "", "z": " feld=WIS"}
    names = {key: f"chapters/{'00' if key == 'w' else '9'}{key}.md" for key in calls}
    book = document_of(copy_with(tmp_path, {names[key]: annex.format(key=key, field=calls[key]) for key in calls}))
    tables = {
        section.id: section.blocks[0] for section in book.sections if section.id in {f"kap-{key}" for key in calls}
    }
    assert [isinstance(block, Table) and bool(block.rows) for block in tables.values()] == [False, False, True, False]
    annexes = {section.id: section.opens_page for section in book.sections if section.kind is SectionKind.ANNEX}
    assert [key for key, opens in annexes.items() if not opens] == ["kap-x", "kap-z"], "the first one opens a page"


def test_a_flow_between_landscape_tables_lies_as_they_do() -> None:
    lying, upright = (Table(str(wide), [], (), (), [], wide=wide) for wide in (True, False))
    flow = Figure("fig", 1, [], "Bild", Flow((), (), ()), [], "")

    def lies(*blocks: Table | Figure) -> bool:
        section = Section("kap", SectionKind.SECTION, 2, "1.1", "Titel", ())
        return next(block.wide for block in _holding(section, blocks).blocks if isinstance(block, Figure))

    assert lies(lying, flow, lying)
    assert not lies(lying, flow)
    assert not lies(lying, flow, upright)
    assert not lies(lying, replace(flow, drawing=StackedBars((), ())), lying), "others would be too high for the page"


def test_the_same_plan_gives_an_equal_book_wherever_it_lies(tmp_path: Path, document: Document) -> None:
    assert document_of(copy_with(tmp_path, {})) == document


def test_headings_in_a_row_and_a_rule_between_paragraphs(tmp_path: Path) -> None:
    text = "# X {#kap-x}\n\n## A\n### B\n### C\n\nText.\n\n---\n\nText.\n\n## A\n"
    book = document_of(copy_with(tmp_path, {"chapters/09-x.md": text}))
    found = [section for section in book.sections if section.id.startswith("kap-x")]
    assert [section.title for section in found] == ["X", "A", "B", "C", "A"]
    assert len({section.id for section in found}) == 5
    assert [section.number for section in found] == ["3", "3.1", "", "", "3.2"]


def test_the_file_name_is_a_name_and_never_a_path(tmp_path: Path) -> None:
    head = specimen_text("framework/plan.yaml", ("dokument: Umsetzungskonzept", "dokument: ../../Konzept A"))
    book = document_of(copy_with(tmp_path, {"framework/plan.yaml": head}))
    assert "/" not in book.file_stem
    assert book.file_stem.endswith("Konzept-A-0.2.0-intern-Entwurf-2026-01-15")


def test_only_illustrative_plans_say_so(document: Document, tmp_path: Path) -> None:
    assert document.illustrative
    changes: dict[str, Any] = {
        file: specimen_text(file, ("beispiel: true\n", ""))
        for file in ("framework/plan.yaml", "measures/WIR/WIR-001.yaml", "measures/WIS/WIS-001.yaml")
    }
    book = document_of(copy_with(tmp_path, changes))
    assert not book.illustrative
    assert "Beispieldaten" not in book.footer


def test_each_kind_of_dependency_is_named_once(tmp_path: Path) -> None:
    links = "".join(
        f"  - id: {key}\n    art: {kind}\n"
        for key, kind in (("WIR-001", "parallel"), ("WIR-003", "nach"), ("WIS-001", "parallel"))
    )
    idea = "id: {key}\ntitel: Idee\nhandlungsfeld: WIR\nstatus: idee\nbeispiel: true\n"
    files = {
        "measures/WIR/WIR-002.yaml": idea.format(key="WIR-002") + f"abhaengig_von:\n{links}",
        "measures/WIR/WIR-003.yaml": idea.format(key="WIR-003"),
    }
    book = document_of(copy_with(tmp_path, files), tolerant=True)
    sheet = next(section for section in book.sections if section.id == "WIR-002")
    facts = [fact for block in sheet.blocks if isinstance(block, Facts) for fact in block.items]
    (told,) = (fact.value for fact in facts if fact.label == "Abhängig von")
    assert cell_text(told) == "beginnt nach WIR-003; läuft parallel zu WIR-001, WIS-001"
