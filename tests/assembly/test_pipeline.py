"""pipeline: what faults do to check, build and draft; and files are written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assembly import pipeline
from assembly.diagnostics import Severity
from assembly.document import SectionKind
from assembly.pipeline import can_build, check, write_whole
from tests.dump import dump
from tests.plans import IDEA, INTERN, codes, copy_with, document_of, specimen_text

pytestmark = pytest.mark.usefixtures("remembered")

WIR = "measures/WIR/WIR-001.yaml"
EVENT = "participation/2026-01-werkstatt-chemnitz.yaml"
FAULTY = specimen_text(WIR, ("prioritaet: hoch", "prioritaet: höchste"))


def test_a_sound_plan_can_be_built(specimen: Path) -> None:
    checked = check(specimen)
    assert can_build(checked, draft=False)
    assert can_build(checked, draft=True)


def test_a_faulty_measure_stops_a_build_and_becomes_a_marked_page_of_a_draft(tmp_path: Path) -> None:
    root = copy_with(tmp_path, {WIR: FAULTY})
    assert codes(check(root)) == ["SCH-007"], "a broken measure is not also a dangling reference"
    assert not can_build(check(root), draft=False)
    book = document_of(root, tolerant=True)
    sheets = {section.id: section for section in book.sections if section.kind is SectionKind.SHEET}
    assert set(sheets) == {"WIS-001", "WIR-001"}
    text = dump(replace(book, sections=(sheets["WIR-001"],)))
    assert "! Dieser Eintrag ist fehlerhaft und zählt in keiner Summe" in text
    assert "SCH-007" in text
    assert "„höchste“ ist hier kein erlaubter Wert" in text


def test_a_faulty_measure_counts_in_no_total(tmp_path: Path) -> None:
    book = dump(document_of(copy_with(tmp_path, {WIR: FAULTY}), tolerant=True))
    assert "total: Summe | 1~Maßnahme |  |  |  | 100.000" in book
    assert "4.850.000,50" not in book
    assert "Der Plan umfasst 1 Maßnahme und kostet 0,1~Mio.~€" in book


@pytest.mark.parametrize(
    "change",
    [
        {WIR: specimen_text(WIR, ("2028: 1700000", "2028: 1700001"))},  # FIN-001: a rule across records
        {WIR: b"\xff"},
        {WIR: ""},
        {WIR: "[" * 100_000},
        {EVENT: specimen_text(EVENT, ("kreis: 14511", "kreis: 99999"))},
        {EVENT: ""},
        {"statements/SMWA-0.1.0.yaml": "ressort: nichts\n"},
        {"chapters/01-auftrag.md": "Kein Titel.\n"},
        {"chapters/09-x.md": "# X {#kap-auftrag}\n\n@WIR-999 <b>\n\n::: {.tabelle}\n:::\n"},
        {"chapters/09-x.md": "# X {#kap-x}\n\n" + ">" * 2000 + " tief\n"},
    ],
)
def test_a_draft_is_built_in_spite_of_any_fault_of_records_and_chapters(
    tmp_path: Path, change: dict[str, str | bytes]
) -> None:
    root = copy_with(tmp_path, change)
    checked = check(root, tolerant=True)
    assert checked.faults
    assert not can_build(checked, draft=False)
    book = document_of(root, tolerant=True)
    marked = dump(book)
    assert all(found.code in marked for found in checked.faults)
    assert any(word in marked for word in ("fehlerhaft", "Diese Einträge fehlen"))


@pytest.mark.parametrize(
    "change",
    [
        {"framework/plan.yaml": None},
        {"framework/plan.yaml": "titel: X\n"},
        {"framework/glossary.yaml": "- begriff: X\n"},
        {"framework/facts.yaml": "- id: ["},
        {"framework/organisations.yaml": specimen_text("framework/organisations.yaml", ("14511", "99999"))},
    ],
)
def test_a_broken_framework_stops_even_a_draft(tmp_path: Path, change: dict[str, str | None]) -> None:
    checked = check(copy_with(tmp_path, change), tolerant=True)
    assert checked.faults
    assert not can_build(checked, draft=True)


@pytest.mark.parametrize(
    "file",
    ["facts", "sources", "organisations", "vision", "findings", "decisions", "action_fields", "funding_sources"],
)
def test_one_unreadable_file_is_one_fault_and_not_a_fault_a_reference(tmp_path: Path, file: str) -> None:
    path = f"framework/{file}.yaml"
    checked = check(copy_with(tmp_path, {path: specimen_text(path) + "  - kaputt: [\n"}))
    assert [code for code in codes(checked) if code != "KAP-004"] == ["DAT-006"]


def test_a_broken_event_is_not_also_a_dangling_contribution(tmp_path: Path) -> None:
    assert codes(check(copy_with(tmp_path, {EVENT: specimen_text(EVENT, ("ort:", "orrt:"))}))) == ["SCH-001"]


def test_gaps_and_warnings_do_not_stop_a_build_and_stand_in_the_report(tmp_path: Path) -> None:
    root = copy_with(tmp_path, {"measures/WIR/WIR-002.yaml": IDEA.replace("idee", "entwurf")})
    checked = check(root)
    assert codes(checked) == []
    assert codes(checked, "Lücke") == ["STA-001"] * 9
    text = dump(document_of(root))
    (row,) = (line for line in text.splitlines() if "STA-001 | " in line)  # what is said of one place is one row
    assert row.split(" | ")[1] == (
        "WIR-002: Für den Status „Entwurf“ fehlen: Ausgangslage, Ziel, Umsetzung, Beitrag zur Vision, Priorität, "
        "Umsetzungsreife, Herkunft, Federführung, Raum."
    )
    assert "<Raum>~</7>, <Vision>~</11>, <Ausgangslage>~</3>, <Ziel>~</4>, " in text


def test_a_single_gap_reads_as_one(tmp_path: Path) -> None:
    bare = "".join(line for line in IDEA.splitlines(keepends=True) if not line.startswith("kurzbeschreibung"))
    text = dump(document_of(copy_with(tmp_path, {"measures/WIR/WIR-002.yaml": bare})))
    assert "STA-001 | WIR-002: Für den Status „Idee“ fehlt: Kurzbeschreibung. | " in text


def test_checking_finds_the_same_whether_tolerant_or_not(tmp_path: Path) -> None:
    root = copy_with(tmp_path, {WIR: FAULTY, "chapters/09-x.md": "# X {#kap-x}\n\n@kap-nichts\n"})
    assert check(root).diagnostics == check(root, tolerant=True).diagnostics


def test_files_are_written_all_together(tmp_path: Path) -> None:
    write_whole([(tmp_path / "new/a", b"1"), (tmp_path / "b", b"2")])
    assert (tmp_path / "new/a").read_bytes() == b"1"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b", "new"]
    assert (tmp_path / "b").stat().st_mode & 0o777 == 0o644


def test_a_failed_write_leaves_the_old_files_and_no_rest(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old a")
    (tmp_path / "b").write_bytes(b"old b")

    def files() -> Iterator[tuple[Path, bytes]]:
        yield tmp_path / "a", b"new a"
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        write_whole(files())
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a": b"old a", "b": b"old b"}


def test_a_failure_while_writing_leaves_the_old_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").write_bytes(b"old")
    calls: list[int] = []

    def fail(handle: int) -> None:
        calls.append(handle)
        raise OSError("no space left")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="space"):
        write_whole([(tmp_path / "a", b"new")])
    assert len(calls) == 1
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a": b"old"}


def test_a_renderer_that_fails_leaves_nothing(tmp_path: Path, specimen: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []

    def render(name: str, *_: object) -> bytes:
        done.append(name)
        if name == "docx":
            raise RuntimeError("a bug of ours")
        return b"%PDF"

    monkeypatch.setattr(pipeline, "_render", render)
    book = pipeline.ready(check(specimen), replace(INTERN, formats=("pdf", "docx")))
    with pytest.raises(RuntimeError, match="bug"):
        pipeline.build(book, tmp_path / "out", done.append)
    assert "pdf" in done
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("strict", [False, True])
def test_what_is_found_in_the_pdf_is_a_warning_in_a_draft_and_else_stops_the_build(
    *, strict: bool, tmp_path: Path, specimen: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "_render", lambda *_: b"%PDF")
    done: list[str] = []
    book = pipeline.ready(check(specimen), replace(INTERN, strict=strict))
    built = pipeline.build(book, tmp_path / "out", done.append)
    assert "PDF nachprüfen" in done
    assert [(found.code, found.severity) for found in built.findings] == [
        ("DRU-001", Severity.FAULT if strict else Severity.WARNING)
    ]
    assert bool(built.paths) == (not strict) == (tmp_path / "out").exists()
    assert [path.name for path in built.paths] == [found.place.file for found in built.findings] * (not strict)
