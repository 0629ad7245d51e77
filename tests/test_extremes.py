"""Books at both ends of what the rules allow: every page of them is as it should be, whatever stands in the records."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import pypdfium2
import pytest
from lxml import etree

from assembly.document import Document, Figure, Notice, Prose, SectionKind, Table
from assembly.paper import solid
from assembly.proofread import proofread
from assembly.proofread.layout import POINTS
from assembly.prose import plain
from assembly.render_docx import render_docx
from assembly.render_pdf import render_pdf
from benchmarks.generator import Size, write
from tests.plans import document_of

pytestmark = pytest.mark.slow

SIZES = {
    "one extreme measure": Size(1, extreme=True),
    "six measures, huge and empty": Size(6, extreme=True),
    "one bare measure": Size(1, bare=True),
    "seven bare measures": Size(7, bare=True),
}
HEAD, FOOT = 20 * POINTS, 20 * POINTS  # beyond them stand running heads and feet
LEAST = 8 * POINTS  # between the first line of a page and its last: less is a line or two on their own
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class Shown(NamedTuple):
    """A text on a page, between its running head and its foot; its place in points."""

    text: str
    left: float
    bottom: float
    top: float


@dataclass(frozen=True)
class Printed:
    """A book at an extreme: what it was made from, its bytes, and the texts of its pages."""

    document: Document
    images: Path
    content: bytes
    pages: list[list[Shown]]


@pytest.fixture(scope="module", params=SIZES)
def printed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Printed:
    """Generate a plan of each size and print it."""
    root = tmp_path_factory.mktemp("plan") / "plan"
    write(SIZES[request.param], 1, root)
    document = document_of(root)
    content = render_pdf(document, root / "chapters")
    return Printed(document, root / "chapters", content, [*_pages(content)])


def test_all_is_printed_within_the_type_area_and_nothing_over_another(printed: Printed) -> None:
    found = proofread(printed.document, printed.content)
    assert [f"{finding.code} {finding.where}{finding.message}" for finding in found] == []


def test_no_page_ends_with_a_heading(printed: Printed) -> None:
    heads = {solid(words) for words in _heads(printed.document)}
    pages = {number: _lines(page) for number, page in enumerate(printed.pages, start=2)}
    assert sum(solid(line) in heads for lines in pages.values() for line in lines) > 60, "heads are known when seen"
    assert [(number, lines[-1]) for number, lines in pages.items() if solid(lines[-1]) in heads] == []


def test_no_page_is_nearly_empty(printed: Printed) -> None:
    for number, page in enumerate(printed.pages, start=2):
        lowest = min(shown.bottom for shown in page)
        highest = max(shown.bottom for shown in page)
        assert highest - lowest >= LEAST, f"page {number}: {_lines(page)}"


def test_the_word_document_holds_the_long_words_too(printed: Printed) -> None:
    with zipfile.ZipFile(io.BytesIO(render_docx(printed.document, printed.images))) as archive:
        body = etree.fromstring(archive.read("word/document.xml"))
        head = etree.fromstring(archive.read("word/header-upright.xml"))
    text = solid("".join(body.itertext(f"{W}t")))
    titles = [solid(section.title) for section in printed.document.sections]
    assert [title for title in titles if title not in text] == []
    running = next(iter(head.itertext(f"{W}t")))
    assert running == printed.document.title or (running.endswith("…") and len(running) < 110)


def _heads(document: Document) -> Iterator[str]:
    """Yield what leads on to something, as a line of it ends: titles, captions, labels."""
    for section in document.sections:
        yield from (section.title, f"{section.number} {section.title}")
        for block in section.blocks:
            match block:
                case Table(caption=words) | Figure(caption=words):
                    kind = "Tabelle" if isinstance(block, Table) else "Abbildung"
                    numbered = f"{kind} {block.number} {plain(words)}" if block.number else plain(words)
                    yield from (numbered, f"{numbered} {block.randnummer.text if block.randnummer else ''}")
                case Prose(label=words) | Notice(title=words) if words:
                    yield words


def _lines(page: list[Shown]) -> list[str]:
    """Return the lines of a page from above, each from left to right; glyphs of a line are not all equally high."""
    lines: list[list[Shown]] = []
    for shown in sorted(page, key=lambda shown: -shown.top):
        middle = (shown.top + shown.bottom) / 2
        if lines and middle > min(other.bottom for other in lines[-1]):
            lines[-1].append(shown)
        else:
            lines.append([shown])
    return ["".join(shown.text for shown in sorted(line, key=lambda shown: shown.left)) for line in lines]


def _pages(content: bytes) -> Iterator[list[Shown]]:
    """Yield the texts of each page but the cover."""
    with pypdfium2.PdfDocument(content) as pdf:
        for number in range(1, len(pdf)):
            page = pdf[number]
            text = page.get_textpage()
            boxes = [text.get_rect(index) for index in range(text.count_rects())]
            inside = (box for box in boxes if box[1] > FOOT and box[3] < page.get_height() - HEAD)
            yield [Shown(text.get_text_bounded(*box), box[0], box[1], box[3]) for box in inside]


def test_the_generated_books_hold_what_they_should(printed: Printed) -> None:
    sheets = [section for section in printed.document.sections if section.kind is SectionKind.SHEET]
    assert sheets
    longest = max(len(word) for section in sheets for word in section.title.split())
    assert longest >= 60 or len(sheets[0].blocks) <= 3
