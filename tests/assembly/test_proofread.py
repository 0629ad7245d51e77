"""proofread: a sound book has no finding, and of every check there is a misprint made on purpose that it finds."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from assembly.document import Block, Cell, Document, Money, Prose, Table
from assembly.editions import EDITIONS
from assembly.making import Making
from assembly.paper import Box, Spot
from assembly.paper.finding import Finding
from assembly.proofread import CHECKS, UNREADABLE, proofread
from assembly.proofread.sheets import _hangs
from assembly.prose import paragraph, text_inlines
from assembly.render_pdf import render_pdf
from tests.misprints import MISPRINTS, Misprint
from tests.plans import copy_with, document_of, specimen_text

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def sound(document: Document, specimen: Path) -> bytes:
    """Return the specimen's PDF."""
    return render_pdf(document, specimen / "chapters")


def spoilt(sound: bytes, misprint: Misprint) -> bytes:
    """Return the sound book with one misprint."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(sound)) as pdf:
        misprint(pdf)
        pdf.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return target.getvalue()


def said(found: list[Finding]) -> list[str]:
    return [f"{finding.code} {finding.where}{finding.message}" for finding in found]


def test_a_sound_book_has_no_finding(sound: bytes, document: Document) -> None:
    assert said(proofread(document, sound)) == []


def test_it_is_no_matter_how_the_file_is_written(sound: bytes, document: Document) -> None:
    assert said(proofread(document, spoilt(sound, lambda _: None))) == []
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(sound)) as pdf:
        pdf.save(target, object_stream_mode=pikepdf.ObjectStreamMode.disable, compress_streams=False)
    assert said(proofread(document, target.getvalue())) == []


def test_plain_weasyprint_makes_a_sound_book(document: Document, specimen: Path) -> None:
    assert said(proofread(document, render_pdf(document, specimen / "chapters", Making(plain=True)))) == []


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_edition_is_sound_and_no_other(edition: str, sound: bytes, specimen: Path) -> None:
    own = document_of(specimen, edition)
    assert said(proofread(own, render_pdf(own, specimen / "chapters"))) == []
    assert (said(proofread(own, sound)) == []) == (edition == "intern")


def test_a_draft_with_faulty_records_is_sound(tmp_path: Path) -> None:
    wir = specimen_text("measures/WIR/WIR-001.yaml", ("prioritaet: hoch", "prioritaet: höchste"))
    chapter = specimen_text("chapters/02-massnahmen.md", ("@tbl-uebersicht", "@tbl-nirgends"))
    root = copy_with(tmp_path, {"measures/WIR/WIR-001.yaml": wir, "chapters/02-massnahmen.md": chapter})
    draft = document_of(root, tolerant=True)
    assert said(proofread(draft, render_pdf(draft, root / "chapters"))) == []


@pytest.mark.parametrize(
    ("code", "words", "misprint"), MISPRINTS, ids=[f"{code}-{number}" for number, (code, _, _) in enumerate(MISPRINTS)]
)
def test_a_misprint_is_found(code: str, words: str, misprint: Misprint, sound: bytes, document: Document) -> None:
    found = proofread(document, spoilt(sound, misprint))
    assert [finding for finding in found if finding.code == code and words in finding.message], said(found)


@pytest.mark.parametrize(("text", "right", "hangs"), [(", ", 102.0, True), (",", 102.0, False), (", ", 106.0, False)])
def test_only_a_blank_hangs_over_the_edge(text: str, right: float, hangs: bool) -> None:
    assert _hangs(Spot(1, text, Box(90, 10, right, 18)), Box(0, 0, 100, 100)) is hangs


def test_every_check_names_its_code_and_has_a_misprint() -> None:
    codes = [(check.__doc__ or "").split(":")[0] for check in CHECKS]
    assert all(re.fullmatch(r"DRU-\d{3}", code) for code in codes)
    assert {code for code, _, _ in MISPRINTS} == {*codes, UNREADABLE} - {"DRU-007", "DRU-025"}


def test_a_summary_that_is_too_long_is_found(document: Document, specimen: Path) -> None:
    """No damage of the file: somebody has written too much."""
    summary = next(section for section in document.sections if section.id == "kap-kurzfassung")
    for times, words in (
        (12, ""),
        (150, "DRU-025 S. 2–13: Die Kurzfassung hat 12 Seiten; es sollen höchstens 5 sein."),
    ):
        long = replace(summary, blocks=(Prose([paragraph(text_inlines("Ein Satz dazu. " * 12))]),) * times)
        book = replace(document, sections=(document.sections[0], long), attachments=())
        found = said(proofread(book, render_pdf(book, specimen / "chapters")))
        assert [one for one in found if one.startswith("DRU-025")] == [words][: bool(words)]


def test_a_sum_that_is_none_is_found(sound: bytes, document: Document) -> None:
    """No damage of the file, but a fault of ours before it."""
    found = said(proofread(_with_wrong_sum(document), sound))
    assert any("DRU-007" in words and "ist nicht die Summe" in words for words in found), found


def test_an_amount_that_is_not_in_the_data_is_found(sound: bytes, document: Document) -> None:
    data, *others = document.attachments
    other = replace(data, content=data.content.replace(b"100000", b"100001"))
    assert other != data
    found = said(proofread(replace(document, attachments=(other, *others)), sound))
    assert {"DRU-007", "DRU-009"} <= {words.split()[0] for words in found}, found


def _with_wrong_sum(document: Document) -> Document:
    def cell(value: Cell) -> Cell:
        if isinstance(value, Money) and value.amount.addends:
            return replace(value, amount=replace(value.amount, cents=value.amount.cents + 100))
        return value

    def block(value: Block) -> Block:
        if not isinstance(value, Table):
            return value
        return replace(value, rows=tuple(replace(row, cells=tuple(map(cell, row.cells))) for row in value.rows))

    sections = tuple(replace(section, blocks=tuple(map(block, section.blocks))) for section in document.sections)
    return replace(document, sections=sections)


@pytest.mark.parametrize("seed", range(12))
def test_bytes_turned_over_cause_no_traceback(seed: int, sound: bytes, document: Document) -> None:
    content = bytearray(sound)
    for step in range(200):
        content[(seed * 7919 + step * 104729) % len(content)] ^= 1 + (seed + step) % 255
    assert all(finding.code.startswith("DRU-") for finding in proofread(document, bytes(content)))
