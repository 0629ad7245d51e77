"""Pages: Document → PDF. The same document gives the same bytes: no clock, no chance, no network.

The engine lays the book out in chunks, which `workshop` makes side by side and keeps; `merge` puts them together. The
plain way, one document by WeasyPrint's public functions alone, is there to compare with, and for emergencies.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count
from pathlib import Path
from typing import Any

from assembly.cache import Cache
from assembly.document import Document
from assembly.making import ALONE, Making
from assembly.render_pdf.chunk import Outside, read_outside
from assembly.render_pdf.conformance import conform
from assembly.render_pdf.fonts import all_fonts
from assembly.render_pdf.html import Html, render_html
from assembly.render_pdf.merge import check_links, merge, pages_of
from assembly.render_pdf.numbers import guess_digits, put_pages, targets_in
from assembly.render_pdf.workshop import Workshop

KEPT = 400_000_000  # bytes of laid out chunks: some dozens of books
EXACT_ROUNDS = 4  # so often a number gets just the room it needs; after that room only grows, so that this ends


def render_pdf(document: Document, images: Path, making: Making = ALONE) -> bytes:
    """Return the book as PDF/A-3a and PDF/UA-1, made as `making` says; `images` is the folder of the chapters.

    Raises what `render_html` raises, and Refusal where another version of WeasyPrint is installed.
    """
    return set_pdf(render_html(document, images), document, images, making)


def set_pdf(html: Html, document: Document, images: Path, making: Making = ALONE) -> bytes:
    """Return the PDF of a book whose HTML is there already; else as `render_pdf`."""
    folders = (images / "bilder", *dict.fromkeys(file.parent for file in document.theme.files))

    def finish(pdf: Any) -> None:
        conform(pdf, document, claims=not making.plain)

    if making.plain:
        from assembly.render_pdf.plain import render_plain

        return render_plain(html, folders, finish)
    cache = Cache(making.cache, KEPT) if making.cache else None
    with Workshop((html.stylesheet, folders), cache, making.jobs) as workshop:
        outsides, packed = _settled(html, guess_digits(document), workshop)
        fonts = workshop.fonts(all_fonts(outsides))
        return merge(outsides, packed, fonts, document.language, finish)


def _settled(html: Html, digits: Mapping[str, int], workshop: Workshop) -> tuple[list[Outside], list[bytes]]:
    """Return the chunks, laid out with as many digits for each page as it has in the end."""
    printed = set().union(*map(targets_in, html.chunks))
    for attempt in count():
        zeros = {target: "0" * count for target, count in digits.items()}
        pages = [html.alone(put_pages(chunk, zeros, "0")) for chunk in html.chunks]
        packed = workshop.lay_out(pages)
        outsides = [read_outside(content) for content in packed]
        check_links(outsides)
        needed = {target: len(str(page)) for target, page in pages_of(outsides).items()}
        grown = {target: max(room, digits.get(target, 1)) for target, room in needed.items()}
        wanted = needed if attempt < EXACT_ROUNDS else grown
        if all(wanted[target] == digits.get(target, 1) for target in printed):
            return outsides, packed
        digits = wanted
    raise AssertionError("room for numbers grows without end")
