"""The same book: chunks, workers and cache change nothing of what one document of plain WeasyPrint would be."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest

from assembly.document import Document
from assembly.making import Making
from assembly.render_pdf import render_pdf
from assembly.render_pdf.html import render_html
from assembly.workers import workers
from tests.plans import ROOT

pytestmark = pytest.mark.slow

VISIBLE = 8  # of 255: what a page may differ by in any colour of any point, at 72 dpi
LEEWAY = 0.01  # of the pages may differ by more

Books = tuple[bytes, bytes]


@pytest.fixture(scope="module")
def books(real_document: Document) -> Books:
    """Return the repository's book as one document of plain WeasyPrint, and as ours."""
    chapters = ROOT / "chapters"
    with workers(2) as pool:
        ours = render_pdf(real_document, chapters, Making(pool))
    return render_pdf(real_document, chapters, Making(plain=True)), ours


def _pages(content: bytes) -> Iterator[Any]:
    book = pypdfium2.PdfDocument(content)
    return (book[index] for index in range(len(book)))


def test_the_text_of_every_page_is_the_same(books: Books) -> None:
    plain, ours = ([page.get_textpage().get_text_range() for page in _pages(book)] for book in books)
    assert len(plain) > 50
    assert ours == plain


def test_the_pages_look_the_same(books: Books) -> None:
    differing = 0
    count = 0
    for one, other in zip(*map(_pages, books), strict=True):
        pixels = [page.render().to_numpy().astype("int16") for page in (one, other)]
        assert pixels[0].shape == pixels[1].shape
        differing += int(abs(pixels[0] - pixels[1]).max()) > VISIBLE
        count += 1
    assert differing <= count * LEEWAY


def _links(pdf: pikepdf.Pdf) -> list[tuple[int, str, tuple[float, ...]]]:
    """Return page, aim and place of every link, in points to two places."""
    return sorted(
        (index, str(link.Dest if "/Dest" in link else link.A.URI), tuple(round(float(x), 2) for x in link.Rect))
        for index, page in enumerate(pdf.pages)
        for link in page.get("/Annots", [])
    )


def _targets(pdf: pikepdf.Pdf) -> dict[str, tuple[float, ...]]:
    numbers = {page.obj.objgen: index for index, page in enumerate(pdf.pages)}
    named = pikepdf.NameTree(pdf.Root.Names.Dests)
    return {str(name): _target(target, numbers) for name, target in named.items()}


def _target(target: pikepdf.Object, numbers: dict[tuple[int, int], int]) -> tuple[float, ...]:
    page, _, x, y, _ = target.as_list()
    return numbers[page.objgen], round(float(x), 2), round(float(y), 2)


def _outline(pdf: pikepdf.Pdf) -> list[tuple[int, str, tuple[float, ...]]]:
    numbers = {page.obj.objgen: index for index, page in enumerate(pdf.pages)}

    def inside(items: list[pikepdf.OutlineItem], depth: int) -> Iterator[tuple[int, str, tuple[float, ...]]]:
        for item in items:
            assert isinstance(item.destination, pikepdf.Array)
            yield depth, item.title, _target(item.destination, numbers)
            yield from inside(list(item.children), depth + 1)

    with pdf.open_outline() as outline:
        return list(inside(list(outline.root), 1))


def test_links_destinations_and_outline_are_the_same(books: Books) -> None:
    with pikepdf.open(io.BytesIO(books[0])) as plain, pikepdf.open(io.BytesIO(books[1])) as ours:
        links = _links(plain)
        assert len(links) > 500
        # WeasyPrint gives the dots and the page in a directory a second link beside that of the words.
        assert set(_links(ours)) <= set(links)
        assert {(page, aim, y1, y2) for page, aim, (_, y1, _, y2) in _links(ours)} == {
            (page, aim, y1, y2) for page, aim, (_, y1, _, y2) in links
        }
        targets = _targets(plain)
        assert len(targets) > 100
        assert _targets(ours) == targets
        outline = _outline(plain)
        assert len(outline) > 20
        assert _outline(ours) == outline


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_workers_and_cache_change_no_byte(document: Document, specimen: Path, tmp_path: Path) -> None:
    chapters = specimen / "chapters"
    alone = render_pdf(document, chapters)
    cache = tmp_path / "cache"
    with workers(3) as pool:
        assert render_pdf(document, chapters, Making(pool, cache)) == alone
    kept = {path: path.read_bytes() for path in _files(cache)}
    assert len(kept) > len(render_html(document, chapters).chunks), "the chunks, and the fonts"
    assert render_pdf(document, chapters, Making(cache=cache)) == alone
    assert {path: path.read_bytes() for path in _files(cache)} == kept


def test_spoilt_entries_of_the_cache_are_made_anew(document: Document, specimen: Path, tmp_path: Path) -> None:
    """Missing, cut short, empty, of another place, of another program: none is taken for good."""
    chapters = specimen / "chapters"
    alone = render_pdf(document, chapters, Making(cache=tmp_path))
    entries = _files(tmp_path)
    whole = {path: path.read_bytes() for path in entries}
    first, *others = entries
    first.unlink()
    for index, path in enumerate(others):
        spoilt = [whole[path][:-20], b"", whole[others[index - 1]], b"\x80\x04." + whole[path]]
        path.write_bytes(spoilt[index % len(spoilt)])
    assert render_pdf(document, chapters, Making(cache=tmp_path)) == alone
    assert {path: path.read_bytes() for path in entries} == whole
