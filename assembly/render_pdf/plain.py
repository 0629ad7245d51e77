"""Plain: the whole book as one document, by WeasyPrint's public functions.

Tagged, but without the repairs of the engine, and slow: for emergencies, and to compare with. Of the engine it has two
things, so that both books are the same: text goes `ahead` of what has no room, and blanks are `hanging`. The numbers of
pages are written into the HTML until they agree with the pages that come of it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from weasyprint import HTML

from assembly.render_pdf.engine.ahead import filling
from assembly.render_pdf.engine.hanging import hanging
from assembly.render_pdf.fetcher import BookFetcher
from assembly.render_pdf.html import Html
from assembly.render_pdf.hyphens import use_german
from assembly.render_pdf.numbers import put_pages

LAYOUTS = 6  # two agree nearly always, three did in all that was tried


def render_plain(html: Html, folders: tuple[Path, ...], finish: Callable[[Any], None]) -> bytes:
    """Return the book as a tagged PDF; `finish` gives its metadata."""
    use_german()
    fetcher = BookFetcher(*folders)
    pages: Mapping[str, int] = {}
    for _ in range(LAYOUTS):
        text = put_pages(html.whole, {target: str(page) for target, page in pages.items()}, "10")
        with filling(), hanging():
            rendered = HTML(string=text, url_fetcher=fetcher).render(pdf_tags=True)
        known, pages = pages, _pages_of(rendered)
        if pages == known:
            identifier = hashlib.sha256(text.encode()).digest()[:16]
            content: bytes = rendered.write_pdf(
                pdf_tags=True,
                pdf_version="1.7",  # said openly: WeasyPrint 70 takes no version for 2.0 when it tags
                pdf_identifier=identifier,
                finisher=lambda _, pdf: finish(pdf),
            )
            return content
    raise AssertionError("the numbers of pages do not settle")


def _pages_of(rendered: Any) -> dict[str, int]:
    pages: dict[str, int] = {}
    for number, page in enumerate(rendered.pages, start=1):
        for anchor in page.anchors:
            pages.setdefault(anchor, number)
    return pages
