"""The PDF of the specimen: really laid out, then opened again as a reader and a screen reader would."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from assembly.document import Directory, Document, Figure, Prose, Section, SectionKind, Table
from assembly.prose import paragraph, text_inlines
from assembly.render_pdf import numbers, render_pdf
from tests.books import book, para, typed_table

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def content(document: Document, specimen: Path) -> bytes:
    """Return the specimen's PDF."""
    return render_pdf(document, specimen / "chapters")


@pytest.fixture(scope="module")
def pdf(content: bytes, tmp_path_factory: pytest.TempPathFactory) -> Iterator[pikepdf.Pdf]:
    """Return the specimen's PDF, opened."""
    path = tmp_path_factory.mktemp("pdf") / "book.pdf"
    path.write_bytes(content)
    with pikepdf.open(path) as opened:
        yield opened


@pytest.fixture(scope="module")
def pages(content: bytes) -> list[str]:
    """Return the text of each page."""
    book = pypdfium2.PdfDocument(content)
    return [book[index].get_textpage().get_text_range() for index in range(len(book))]


Pair = tuple[pikepdf.Object, pikepdf.Object]


def _tree(pdf: pikepdf.Pdf) -> Iterator[Pair]:
    """Yield every element of the structure tree with its parent."""

    def inside(element: pikepdf.Object, parent: pikepdf.Object) -> Iterator[Pair]:
        yield element, parent
        kids = element.get("/K")
        for kid in kids if isinstance(kids, pikepdf.Array) else ():
            if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/StructElem":
                yield from inside(kid, element)

    root = pdf.Root.StructTreeRoot
    for kid in root.K:
        yield from inside(kid, root)


@pytest.fixture(scope="module")
def tree(pdf: pikepdf.Pdf) -> list[Pair]:
    """Return the structure tree in reading order."""
    return list(_tree(pdf))


def test_same_document_gives_the_same_bytes(document: Document, specimen: Path, content: bytes) -> None:
    assert render_pdf(document, specimen / "chapters") == content


def test_pdf_says_what_it_is(pdf: pikepdf.Pdf, document: Document) -> None:
    assert pdf.Root.MarkInfo.Marked
    assert str(pdf.Root.Lang) == document.language
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    assert str(pdf.docinfo["/Title"]) == document.full_title
    assert str(pdf.docinfo["/Author"]) == document.publisher
    assert str(pdf.docinfo["/CreationDate"]) == f"D:{document.day:%Y%m%d}"


def test_one_packet_declares_both_standards_and_agrees_with_info(pdf: pikepdf.Pdf, document: Document) -> None:
    packet = pdf.Root.Metadata.read_bytes()
    assert packet.count(b"<rdf:RDF") == 1
    with pdf.open_metadata() as metadata:
        assert metadata.pdfa_status == "3A"
        assert metadata["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"
        assert metadata["dc:title"] == str(pdf.docinfo["/Title"])
        assert metadata["dc:creator"] == [str(pdf.docinfo["/Author"])]
        assert metadata["dc:description"] == str(pdf.docinfo["/Subject"])
        assert metadata["dc:language"] == {document.language}
        assert metadata["dc:subject"] == set(document.keywords)
        assert metadata["pdf:Keywords"] == str(pdf.docinfo["/Keywords"])
        assert metadata["pdf:Producer"] == str(pdf.docinfo["/Producer"])
        assert metadata["xmp:CreateDate"] == metadata["xmp:ModifyDate"] == document.day.isoformat()


def test_colours_are_srgb(pdf: pikepdf.Pdf) -> None:
    (intent,) = pdf.Root.OutputIntents.as_list()
    assert str(intent.S) == "/GTS_PDFA1"
    profile = intent.DestOutputProfile.read_bytes()
    assert (profile[12:16], profile[16:20]) == (b"mntr", b"RGB ")
    assert int(intent.DestOutputProfile.N) == 3


def test_the_data_travel_inside(pdf: pikepdf.Pdf, document: Document) -> None:
    files = {str(file.UF): file for file in pdf.Root.AF.as_list()}
    named = pikepdf.NameTree(pdf.Root.Names.EmbeddedFiles)
    assert list(files) == [attachment.name for attachment in document.attachments] == sorted(named.keys())
    for attachment in document.attachments:
        file = files[attachment.name]
        assert file.objgen == named[attachment.name].objgen
        assert str(file.AFRelationship) == f"/{attachment.relationship}"
        assert str(file.Desc) == attachment.description
        assert file.EF.F.read_bytes() == attachment.content
        assert str(file.EF.F.Subtype) == f"/{attachment.media_type}"
        assert str(file.EF.F.Params.CreationDate) == str(file.EF.F.Params.ModDate) == "D:20260115000000Z"


def test_bookmarks_lead_to_chapters_and_sheets(pdf: pikepdf.Pdf, document: Document) -> None:
    with pdf.open_outline() as outline:
        top = [item.title for item in outline.root]
        below = [item.title for chapter in outline.root for item in chapter.children]
    chapters = [section for section in document.sections if section.kind is SectionKind.CHAPTER]
    assert [f"{section.number} {section.title}" for section in chapters] == [t for t in top if t[0].isdigit()]
    for section in document.sections:
        if section.kind is SectionKind.SHEET:
            assert f"{section.id} {section.title}" in below


def test_marking_and_page_stand_on_every_page(pages: list[str], document: Document) -> None:
    assert len(pages) > 5, "no page is empty: each bears head and foot"
    assert all(document.marking in page for page in pages)
    for number, page in enumerate(pages[1:], start=2):
        assert f"{document.footer} {number}" in page.splitlines()


def test_what_the_document_holds_is_printed(pages: list[str], document: Document) -> None:
    text = re.sub(r"\s+", " ", " ".join(pages))
    for block in document.blocks():
        if isinstance(block, Table) and block.number:
            assert f"Tabelle {block.number}" in text
        if isinstance(block, Figure):
            assert f"Abbildung {block.number}" in text
    numbers = re.findall(r"WIR-001/\d+", text)
    assert len(set(numbers)) > 5


def _printed_pages(content: bytes) -> Counter[tuple[str, int]]:
    """Return target and printed page of every link that ends in a page number."""
    text = pypdfium2.PdfDocument(content)
    found: Counter[tuple[str, int]] = Counter()
    with pikepdf.open(io.BytesIO(content)) as opened:
        for index, page in enumerate(opened.pages):
            words = text[index].get_textpage()
            for link in page.get("/Annots", []):
                left, top, right, bottom = (float(value) for value in link.Rect)
                text_of_link = words.get_text_bounded(left - 0.5, bottom, right + 0.5, top).strip()
                number = re.search(r"(?:^S\.\s?|\. )(\d+)$", text_of_link)
                if number and "/Dest" in link:
                    found[str(link.Dest), int(number[1])] += 1
    return found


def _targets(content: bytes) -> dict[str, int]:
    """Return the page of every named destination, counted from 1."""
    with pikepdf.open(io.BytesIO(content)) as opened:
        numbers = {page.obj.objgen: number for number, page in enumerate(opened.pages, start=1)}
        names = pikepdf.NameTree(opened.Root.Names.Dests)
        found: dict[str, int] = {}
        for name, target in names.items():
            page = target.as_list()[0]
            found[str(name)] = numbers[page.objgen]
        return found


def test_every_printed_page_is_that_of_its_target(content: bytes) -> None:
    printed, targets = _printed_pages(content), _targets(content)
    assert len(printed) > 20
    assert [pair for pair in printed if targets[pair[0]] != pair[1]] == []


@pytest.mark.parametrize("pages", [0.01, 1000.0])
def test_a_wrong_guess_of_pages_does_no_harm(
    document: Document, specimen: Path, content: bytes, pages: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(numbers, "_expected", lambda _: pages)
    again = render_pdf(document, specimen / "chapters")
    targets = _targets(again)
    assert [pair for pair in _printed_pages(again) if targets[pair[0]] != pair[1]] == []
    assert sum(_printed_pages(again).values()) == sum(_printed_pages(content).values())


def test_landscape_pages_are_landscape(pdf: pikepdf.Pdf, document: Document) -> None:
    wide = any(getattr(block, "wide", False) for block in document.blocks())
    shapes = {float(page.mediabox[2]) > float(page.mediabox[3]) for page in pdf.pages}
    assert shapes == ({False, True} if wide else {False})


def test_tables_tell_heads_from_cells(tree: list[Pair]) -> None:
    heads = [element for element, _ in tree if element.S == "/TH"]
    assert {str(head.A.Scope) for head in heads} == {"/Column", "/Row"}
    known = {str(head.ID) for head in heads}
    cells = [element for element, _ in tree if element.S == "/TD"]
    named = [str(name) for cell in cells for name in cell.A.get("/Headers", [])]
    assert len(named) > len(cells)
    assert set(named) <= known


def test_a_table_over_several_pages_is_one(tree: list[Pair], document: Document) -> None:
    tables = [element for element, _ in tree if element.S == "/Table"]
    printed = [block for block in document.blocks() if isinstance(block, Table) and block.rows]
    assert len(tables) == len(printed)
    for table in tables:
        assert Counter(str(kid.S) for kid in table.K)["/THead"] <= 1


def test_a_paragraph_over_columns_and_pages_is_one(tmp_path: Path) -> None:
    words = " ".join(f"Wort{count}" for count in range(600))
    document = book(*(Prose([paragraph(text_inlines(words))], label=f"Text {count}") for count in range(3)))
    (section,) = document.sections
    document = replace(document, sections=(replace(section, kind=SectionKind.SHEET, kicker=""),))
    path = tmp_path / "book.pdf"
    path.write_bytes(render_pdf(document, tmp_path))
    with pikepdf.open(path) as opened:
        assert len(opened.pages) > 1
        elements = list(_tree(opened))
    roles = [str(element.S) for element, _ in elements if element.S in ("/P", "/H2")]
    assert roles == ["/H2", "/P"] * 3, "a label and a paragraph each"


def test_the_running_head_names_all_sheets_of_its_page(tmp_path: Path) -> None:
    """A long sheet with one that has no room below it, then one with room for the next, then one by itself."""
    long, high, low = (Prose([paragraph(text_inlines("Wort " * count))]) for count in (1400, 500, 1))
    sheets = [("A-1", long), ("A-2", high), ("A-3", low), ("B-1", high), ("B-2", low), ("C-1", low)]
    sections = [
        Section(key, SectionKind.SHEET, 2, key, "Titel", (text,), running=f"{key} Titel", kicker=key, colour="#1f5fa8")
        for key, text in sheets
    ]
    opening = ("A-1", "B-1", "C-1")
    laid = [
        replace(each, opens_page=True) if each.id in opening else replace(each, running=f"Steckbriefe · {each.id}")
        for each in sections
    ]
    printed = pypdfium2.PdfDocument(render_pdf(replace(book(), sections=tuple(laid)), tmp_path))
    heads = [page.get_textpage().get_text_bounded(bottom=790, right=400).strip() for page in printed]
    assert heads == ["A-1 Titel", "A-1 Titel", "Steckbriefe · A-2 · A-3", "B-1 · B-2", "C-1 Titel"]


def test_lists_hold_items_and_items_labels_and_bodies(tree: list[Pair]) -> None:
    below = {(str(parent.get("/S", "root")), str(element.S)) for element, parent in tree}
    assert {kid for parent, kid in below if parent == "/L"} <= {"/LI", "/L", "/Caption"}
    assert {kid for parent, kid in below if parent == "/LI"} <= {"/Lbl", "/LBody"}
    assert ("/LI", "/Lbl") in below


def test_a_directory_says_where_its_entries_lead_without_dots(
    tree: list[Pair], pdf: pikepdf.Pdf, document: Document
) -> None:
    below = {(str(parent.get("/S", "root")), str(element.S)) for element, parent in tree}
    assert {kid for parent, kid in below if parent == "/TOC"} == {"/TOCI"}
    assert {kid for parent, kid in below if parent == "/TOCI"} == {"/Lbl", "/Reference"}
    assert {kid for parent, kid in below if parent == "/Reference"} == {"/Link"}
    entries = sum(len(block.entries) for block in document.blocks() if isinstance(block, Directory))
    assert [str(element.S) for element, _ in tree].count("/TOCI") == entries
    shown = b"".join(page.Contents.read_bytes() for page in pdf.pages)
    assert shown.count(b"/Artifact\n<</Type /Layout>>") == entries, "the dots of an entry are one text"


def test_texts_of_sheets_have_headings_that_are_no_bookmarks(
    tree: list[Pair], pdf: pikepdf.Pdf, document: Document
) -> None:
    labels = Counter(
        min(section.level, 4) + 1
        for section in document.sections
        for block in section.blocks
        if isinstance(block, Prose) and block.label
    )
    found = Counter(int(str(each.S)[2]) for each, _ in tree if re.fullmatch("/H[1-6]", str(each.S)))
    sections = Counter(min(section.level, 4) for section in document.sections if section.kind != SectionKind.COVER)
    assert labels
    assert found == labels + sections
    with pdf.open_outline() as outline:
        marks = [*outline.root, *(below for mark in outline.root for below in mark.children)]
    assert len(marks) == sum(count for level, count in sections.items() if level < 3)
    assert not any(below.children for mark in outline.root for below in mark.children)


def test_hyphens_of_broken_lines_are_told_from_those_of_words(tmp_path: Path) -> None:
    """Only the tree says so: on the page both are found by a search."""
    text = "Kreisverwaltung-Beschäftigungsgesellschaften " * 30
    content = render_pdf(book(para(*text_inlines(text))), tmp_path)
    printed = pypdfium2.PdfDocument(content)[0].get_textpage().get_text_range()
    with pikepdf.open(io.BytesIO(content)) as opened:
        spoken = [str(element.ActualText) for element, _ in _tree(opened) if "/ActualText" in element]
        shown = b"".join(page.Contents.read_bytes() for page in opened.pages)
    assert b"ActualText" not in shown
    assert spoken
    assert all(words.endswith("\u00ad") and words.count("\u00ad") == 1 for words in spoken)
    broken = {words.removesuffix("\u00ad").rsplit("-")[-1].split()[-1] for words in spoken}
    assert "verwaltung\ufffeBesch" in printed, "a line ends in a hyphen of the word, which PDFium tells from no other"
    assert "Kreisverwaltung" not in broken


def test_every_table_says_what_it_shows(tmp_path: Path) -> None:
    pdf = render_pdf(book(Prose([typed_table(("Ort", "Fläche"), ("Reichenbach", "9 ha"))])), tmp_path)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        (found,) = (element for element, _ in _tree(opened) if element.S == "/Table")
        assert str(found.A.Summary).endswith(": Ort, Fläche")


def test_a_chapter_has_one_heading_with_the_line_above_it(tree: list[Pair], document: Document) -> None:
    headings = [element for element, _ in tree if re.fullmatch("/H[1-6]", str(element.S))]
    chapters = [section for section in document.sections if section.level == 1 and section.kind != SectionKind.COVER]
    assert any(section.kicker for section in chapters)
    assert [str(heading.S) for heading in headings].count("/H1") == len(chapters)
    assert not [1 for element, parent in tree if element in headings and parent in headings]


def test_figures_and_grades_say_what_they_show(tree: list[Pair]) -> None:
    figures = [element for element, _ in tree if element.S == "/Figure"]
    assert figures
    for figure in figures:
        left, bottom, right, top = (float(value) for value in figure.A.BBox)
        assert str(figure.Alt)
        assert 0 <= left < right <= 842
        assert 0 <= bottom < top <= 842
    spoken = {str(element.Alt) for element, _ in tree if element.S == "/Span" and "/Alt" in element}
    assert spoken
    assert all(re.fullmatch("[123] von 3", words) for words in spoken)


def test_links_land_print_and_say_where_they_lead(pdf: pikepdf.Pdf) -> None:
    names = set(pikepdf.NameTree(pdf.Root.Names.Dests).keys())
    links = [link for page in pdf.pages for link in page.get("/Annots", []) if link.Subtype == "/Link"]
    assert len(links) > 50
    for link in links:
        assert int(link.F) == 4
        assert "/A" in link or str(link.Dest) in names
        assert str(link.Contents) not in ("", *names - {str(link.Contents).split(" ", 1)[0]})


def test_running_heads_are_artifacts(pdf: pikepdf.Pdf) -> None:
    for page in list(pdf.pages)[1:]:
        operations = pikepdf.parse_content_stream(page)
        kinds = Counter(str(operation.operands[0]) for operation in operations if str(operation.operator) == "BDC")
        assert kinds["/Artifact"] >= 3, "head, marking, foot, number"


def test_notes_stand_in_the_tree(tree: list[Pair]) -> None:
    notes = [element for element, _ in tree if element.S == "/Note"]
    assert notes
    assert len({str(note.ID) for note in notes}) == len(notes)


def test_an_abbreviation_that_is_explained_looks_like_any_word(tmp_path: Path) -> None:
    def printed(**abbreviations: object) -> bytes:
        pdf = render_pdf(book(para(*text_inlines("Der EFRE fördert.")), **abbreviations), tmp_path)
        return bytes(pypdfium2.PdfDocument(pdf)[0].render().to_numpy().tobytes())

    assert printed(abbreviations=(("EFRE", "Europäischer Fonds"),)) == printed()


@pytest.mark.parametrize(
    ("mode", "kind"), [("RGB", "png"), ("RGBA", "png"), ("L", "png"), ("P", "png"), ("RGB", "jpeg"), ("L", "jpeg")]
)
def test_a_picture_is_printed_as_it_is(mode: str, kind: str, tmp_path: Path) -> None:
    """Its dots arrive, and it is not marked to be smoothed, which PDF/A forbids."""
    (tmp_path / "bilder").mkdir()
    drawn = Image.linear_gradient("L").resize((60, 40)).convert(mode)
    drawn.save(tmp_path / "bilder" / f"x.{kind}")
    node = {"t": "Image", "c": [["", [], []], text_inlines("Ein Verlauf"), [f"bilder/x.{kind}", ""]]}
    content = render_pdf(book(para(node)), tmp_path)
    assert content == render_pdf(book(para(node)), tmp_path)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        found = [item for item in pdf.objects if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Image"]
        assert not any(item.Interpolate for item in found)
        shown = pikepdf.PdfImage(next(item for item in found if "/SMask" in item or len(found) == 1)).as_pil_image()
    wanted = drawn.convert("RGB")
    pairs = zip(shown.convert("RGB").tobytes(), wanted.tobytes(), strict=True)
    assert max(abs(one - other) for one, other in pairs) <= (8 if kind == "jpeg" else 0)
