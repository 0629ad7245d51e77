"""Pages: what is painted: fonts, glyphs, marks of content and of running heads, the order of tabs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

import pikepdf

from assembly.inspect.book import Book, Mark
from assembly.paper import demands
from assembly.paper.book import FONT_FILES
from assembly.paper.content import Shown
from assembly.paper.finding import Finding, Findings

POINTS_OF_EDGE = 70.0  # running heads stand this close to the upper or lower edge
RUNNING = 3  # words that stand at the edge of so many pages, some in a row, at the same place, are a running head


def fonts(book: Book) -> Findings:
    """PDF-009: every font is embedded (ISO 19005-3, 6.2.11.4)."""
    for item in book.pdf.objects:
        if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/Font" and not _is_embedded(item):
            yield Finding(
                "PDF-009", f"Die Schrift „{str(item.get('/BaseFont', '?')).lstrip('/')}“ ist nicht eingebettet."
            )


def _is_embedded(font: pikepdf.Object) -> bool:
    if font.get("/Subtype") in ("/Type0", "/Type3"):  # the font below is looked at by itself; drawings are in the file
        return True
    return any(f"/{name}" in font.get("/FontDescriptor", pikepdf.Dictionary()) for name in FONT_FILES)


def glyphs(book: Book) -> Findings:
    """PDF-010: no character is printed as .notdef, the empty box of a font that lacks it (ISO 14289-1, 7.21.8)."""
    for number, runs in enumerate(book.runs, start=1):
        for run in runs:
            if run.holes:
                where = f" in „{run.text.strip()[:40]}“" if run.text.strip() else ""
                yield Finding("PDF-010", f"Ein Zeichen fehlt in der Schrift{where}.", (number,), run.holes)


def tabs(book: Book) -> Findings:
    """PDF-011: the tab key follows the structure tree, on every page (ISO 14289-1, 7.18.3)."""
    for number, page in enumerate(book.pages, start=1):
        for words in demands.tabs(str(page.get("/Tabs", "")).removeprefix("/")):
            yield Finding("PDF-011", words, (number,))


def marks(book: Book) -> Findings:
    """PDF-012: what is painted stands in the tree or is an artifact, and what stands in the tree is painted."""
    if not book.pdf.Root.get("/MarkInfo", pikepdf.Dictionary()).get("/Marked", False) or not book.tree.elements:
        yield Finding("PDF-012", "Das Dokument ist nicht ausgezeichnet: Es hat keinen Strukturbaum.")
        return
    in_tree = {mark for element in book.tree.elements for mark in element.marks}
    painted: set[Mark] = set()
    for number, runs in enumerate(book.runs, start=1):
        if any(run.painted and run.mcid is None and not run.artifact for run in runs):
            yield Finding("PDF-012", "Inhalt steht weder im Strukturbaum, noch ist er als Beiwerk markiert.", (number,))
        found = {Mark(number, run.mcid) for run in runs if run.mcid is not None}
        painted |= found
        if found - in_tree:
            yield Finding("PDF-012", "Markierter Inhalt fehlt im Strukturbaum.", (number,), len(found - in_tree))
    missing = in_tree - painted
    if missing:
        pages = tuple(sorted({mark.page for mark in missing}))
        yield Finding("PDF-012", "Der Strukturbaum nennt Inhalt, den es nicht gibt.", pages, len(missing))


def running_heads(book: Book) -> Findings:
    """PDF-013: running heads are artifacts (ISO 14289-1, 7.8): nobody wants them read aloud on every page."""
    places: dict[tuple[int, int, str], list[int]] = {}
    for number, place in _at_edges(book):
        places.setdefault(place, []).append(number)
    for place, numbers in places.items():
        follow = any(
            after == before + 1 for before, after in pairwise(numbers)
        )  # else it is a label that came up there
        for number in numbers if follow and len(numbers) >= RUNNING else ():
            words = place[2].strip()[:40]
            yield Finding("PDF-013", f"Der Kolumnentitel „{words}“ wird als Inhalt vorgelesen.", (number,))


def _at_edges(book: Book) -> Iterator[tuple[int, tuple[int, int, str]]]:
    """Yield page, place and words of what stands in the tree at the upper and lower edge of pages."""
    for number, (page, runs) in enumerate(zip(book.pages, book.runs, strict=True), start=1):
        bottom, top = float(page.mediabox[1]), float(page.mediabox[3])
        for run in runs:
            if run.mcid is not None and run.text.strip() and _is_at_edge(run.shown[0], bottom, top):
                yield number, (round(run.shown[0].left), round(run.shown[0].bottom), run.text)


def _is_at_edge(shown: Shown, bottom: float, top: float) -> bool:
    return shown.bottom < bottom + POINTS_OF_EDGE or shown.bottom > top - POINTS_OF_EDGE


CHECKS: tuple[Callable[[Book], Findings], ...] = (fonts, glyphs, tabs, marks, running_heads)
