"""The whole way of the data with the real tools: the repository's plan becomes PDF and DOCX, and both are opened."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

import docx
import pikepdf
import pypdfium2
import pytest

from assembly import german, pipeline
from assembly.document import Document, Figure, Money, Ref, SectionKind, Several, Table
from assembly.prose import nodes

ROOT = Path(__file__).resolve().parent.parent
DAY = date(2026, 1, 15)
HEAD, FOOT = 60.0, 50.0  # points above and below what stands on a page

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Link:
    """A link of the PDF: page it stands on (from 0), its words, the whole line, and the destination's name."""

    page: int
    words: str
    line: str
    target: str


@dataclass(frozen=True)
class Book:
    """What was built from the repository's plan, and the Document it was built from."""

    document: Document
    pdf: Path
    docx: Path
    report: str


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """Build both formats by the command line, as the project manager does."""
    output = tmp_path_factory.mktemp("output")
    epoch = {"SOURCE_DATE_EPOCH": "1768435200"}  # 2026-01-15
    run = subprocess.run(
        [sys.executable, str(ROOT / "build.py"), "build", "--output", str(output)],
        env={**os.environ, **epoch},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    paths = [Path(line) for line in run.stdout.splitlines()]
    assert [path.suffix for path in paths] == [".pdf", ".docx"]
    assert sorted(output.iterdir()) == sorted(paths), "nothing else may be left beside the documents"
    order = pipeline.Order(("pdf",), "intern", False, DAY, "")
    return Book(pipeline.assemble(pipeline.check(ROOT), order), paths[0], paths[1], run.stderr)


@pytest.fixture(scope="module")
def destinations(book: Book) -> dict[str, int]:
    """Return the page (from 0) of each named destination of the PDF."""
    with pikepdf.open(book.pdf) as pdf:
        pages: dict[object, int] = {page.objgen: index for index, page in enumerate(pdf.pages)}
        names = pikepdf.NameTree(pdf.Root.Names.Dests)
        return {str(name): pages[_array(target)[0].objgen] for name, target in names.items()}


def _array(target: pikepdf.Object) -> pikepdf.Object:
    return target.D if isinstance(target, pikepdf.Dictionary) else target


@pytest.fixture(scope="module")
def links(book: Book) -> list[Link]:
    """Return every link inside the PDF with its words."""
    found: list[Link] = []
    text = pypdfium2.PdfDocument(book.pdf)
    with pikepdf.open(book.pdf) as pdf:
        for index, page in enumerate(pdf.pages):
            textpage = text[index].get_textpage()
            for annotation in page.get("/Annots", []):
                target = annotation.A.get("/D") if "/A" in annotation else annotation.get("/Dest")
                if annotation.Subtype == "/Link" and target is not None:
                    left, bottom, right, top = (float(value) for value in annotation.Rect)
                    words = textpage.get_text_bounded(left - 0.5, bottom - 0.5, right + 0.5, top + 0.5)
                    line = textpage.get_text_bounded(0, bottom - 0.5, text[index].get_width(), top + 0.5)
                    found.append(Link(index, " ".join(words.split()), " ".join(line.split()), str(target)))
    return found


def _references(document: Document) -> Iterator[Ref]:
    """Yield every reference of tables and texts."""

    def inside(cell: object) -> Iterator[Ref]:
        if isinstance(cell, Ref):
            yield cell
        elif isinstance(cell, Several):
            for item in cell.items:
                yield from inside(item)

    for block in document.blocks():
        for row in block.rows if isinstance(block, Table) else ():
            for cell in row.cells:
                yield from inside(cell)
        for node in nodes(getattr(block, "blocks", [])):
            if node["t"] == "Ref":
                yield node["c"]


def test_progress_names_the_stages(book: Book) -> None:
    for stage in ("prüfen", "zusammenstellen", "PDF setzen", "DOCX setzen", "schreiben"):
        assert stage in book.report


def test_file_name_says_version_edition_draft_and_day(book: Book) -> None:
    pattern = r"Umsetzungskonzept-\d+\.\d+\.\d+-intern-Entwurf-2026-01-15(-[0-9a-f]{8})?\.(pdf|docx)"
    assert re.fullmatch(pattern, book.pdf.name)
    assert book.docx.stem == book.pdf.stem


def test_every_link_lands(links: list[Link], destinations: dict[str, int]) -> None:
    assert len(links) > 500
    assert {link.target for link in links} <= set(destinations)


def test_every_printed_page_is_the_page_of_its_target(links: list[Link], destinations: dict[str, int]) -> None:
    pages = [(link, match) for link in links if (match := re.search(r"S\. (\d+)[),]?$", link.words))]
    assert len(pages) > 150
    wrong = [(link, destinations[link.target] + 1) for link, m in pages if int(m[1]) != destinations[link.target] + 1]
    assert wrong == []


def test_directories_print_the_page_of_their_entry(links: list[Link], destinations: dict[str, int]) -> None:
    start, end = destinations["inhalt"], destinations["abkuerzungsverzeichnis"]
    entries = [(link, match) for link in links if (match := re.search(r"\. (\d+)$", link.line)) and start <= link.page]
    entries = [(link, match) for link, match in entries if link.page <= end and ". . ." in link.line]
    assert len(entries) > 60
    for link, match in entries:
        assert int(match[1]) == destinations[link.target] + 1, link


def test_page_numbers_run_on_in_the_foot(book: Book) -> None:
    pdf = pypdfium2.PdfDocument(book.pdf)
    for index in range(1, len(pdf)):
        width, height = pdf[index].get_size()
        foot = (
            pdf[index].get_textpage().get_text_bounded(width * 0.8, 0, width, height * 0.06)
        )  # a sheet reaches down to 18 mm
        assert foot.strip() == str(index + 1)


def test_every_page_says_that_it_is_a_draft(book: Book) -> None:
    pdf = pypdfium2.PdfDocument(book.pdf)
    for index in range(len(pdf)):
        assert "Entwurf – nicht zur Veröffentlichung" in pdf[index].get_textpage().get_text_range(), index + 1


def test_pdf_is_tagged_titled_german_and_has_bookmarks(book: Book) -> None:
    with pikepdf.open(book.pdf) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang).startswith("de")
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert str(pdf.docinfo["/Title"]) == book.document.full_title
        with pdf.open_outline() as outline:
            titles = [item.title for item in outline.root]
        with pdf.open_metadata() as metadata:
            assert metadata.pdfa_status == "3A"
            assert metadata["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"
    for section in book.document.sections:
        if section.level == 1 and section.listed:
            assert any(section.title in title for title in titles), section.title


def test_every_record_has_its_sheet_in_both_formats(book: Book, destinations: dict[str, int]) -> None:
    word = "\n".join(_docx_lines(book.docx))
    sheets = [section for section in book.document.sections if section.kind.value == "sheet"]
    assert len(sheets) == len(list((ROOT / "measures").rglob("*.yaml")))
    for section in sheets:
        assert section.id in destinations
        assert section.title in word


def _docx_lines(path: Path) -> Iterator[str]:
    """Yield the text of every paragraph and cell of the DOCX, hyperlinks included."""
    body = docx.Document(str(path)).element.body
    for paragraph in body.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p"):
        yield "".join(
            node.text or ""
            for node in paragraph.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t")
        )


def test_parts_keep_to_their_pages(book: Book, destinations: dict[str, int]) -> None:
    """A sheet has two pages at most, a portrait one, the summary for the cabinet five."""
    opening = [section for section in book.document.sections if section.opens_page and section.id in destinations]
    pages = {
        section.id: destinations[following.id] - destinations[section.id] for section, following in pairwise(opening)
    }
    most = {SectionKind.SHEET: 2, SectionKind.PORTRAIT: 1}
    allowed = {section.id: most[section.kind] for section in opening if section.kind in most}
    assert len(allowed) > 20
    assert {key: count for key, count in pages.items() if count > allowed.get(key, count)} == {}
    assert pages["kap-kurzfassung"] <= 5


def test_no_page_is_all_but_empty_and_none_ends_with_a_heading(book: Book) -> None:
    """A last page of one sentence, a heading at the foot: such pages are what a reader stumbles over."""
    pdf = pypdfium2.PdfDocument(book.pdf)
    titles = {section.title for section in book.document.sections if section.title}
    empty, ending = [], []
    for index in range(1, len(pdf)):  # the cover is as full as it should be
        text = pdf[index].get_textpage()
        width, height = pdf[index].get_size()
        lines = [text.get_rect(place) for place in range(text.count_rects())]
        inside = [(bottom, top) for _, bottom, _, top in lines if FOOT < bottom < height - HEAD]
        if (height - HEAD - min((bottom for bottom, _ in inside), default=height)) / (height - HEAD - FOOT) < 0.15:
            empty.append(index + 1)
        last, top = min(inside, default=(0.0, 0.0))
        words = " ".join(text.get_text_bounded(0, last - 1, width, top + 1).split())
        if any(words == title or re.fullmatch(rf"[\dA-Z.]+ {re.escape(title)}", words) for title in titles):
            ending.append(index + 1)
    assert empty == []
    assert ending == []


def test_tables_and_figures_bear_the_same_numbers_in_both_formats(book: Book) -> None:
    pdf = pypdfium2.PdfDocument(book.pdf)
    printed = "\n".join(pdf[index].get_textpage().get_text_range() for index in range(len(pdf)))
    printed = re.sub(r"\s+", " ", printed)
    word = re.sub(r"\s+", " ", "\n".join(_docx_lines(book.docx)))
    labels = [f"Tabelle {b.number}" for b in book.document.blocks() if isinstance(b, Table) and b.number]
    labels += [f"Abbildung {b.number}" for b in book.document.blocks() if isinstance(b, Figure)]
    assert len(labels) > 15
    for label in labels:
        assert label in printed
        assert label in word


def test_every_amount_of_every_table_stands_in_both_formats(book: Book) -> None:
    pdf = pypdfium2.PdfDocument(book.pdf)
    printed = set(re.split(r"\s+", " ".join(pdf[i].get_textpage().get_text_range() for i in range(len(pdf)))))
    word = set(re.split(r"\s+", " ".join(_docx_lines(book.docx))))
    amounts = {
        german.euros(cell.amount.cents, unit=False)
        for block in book.document.blocks()
        if isinstance(block, Table)
        for row in block.rows
        for cell in row.cells
        if isinstance(cell, Money) and cell.amount.cents
    }
    assert len(amounts) > 100
    assert amounts - printed == set()
    assert amounts - word == set()


def test_docx_links_land_and_bookmarks_are_unique(book: Book) -> None:
    body = docx.Document(str(book.docx)).element.body
    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    bookmarks = [mark.get(f"{w}name") for mark in body.iter(f"{w}bookmarkStart")]
    anchors = {link.get(f"{w}anchor") for link in body.iter(f"{w}hyperlink")} - {None}
    assert len(bookmarks) == len(set(bookmarks))
    assert len(anchors) > 100
    assert anchors <= set(bookmarks)


def test_no_reference_is_dead(book: Book) -> None:
    references = list(_references(book.document))
    dead = {reference.text for reference in references if reference.target is None}
    assert len(references) > 200
    assert dead == set(), "the repository's plan cites only what its internal edition prints"
