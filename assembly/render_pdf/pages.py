"""Pages: HTML → PDF/A-3a and PDF/UA-1 in one file, by WeasyPrint.

The same document gives the same bytes: no clock, no chance, no network.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from weasyprint import HTML
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from assembly.document import Document
from assembly.render_pdf.conformance import conform
from assembly.render_pdf.engine import prepare
from assembly.render_pdf.html import TEMPLATES, render_html
from assembly.render_pdf.numbers import guess_digits, pages_of, put_numbers

LAYOUTS = 3  # the first guess of digits nearly always holds, the second always did; the numbers are right anyway


class ForbiddenAddressError(FatalURLFetchingError):  # type: ignore[misc]  # WeasyPrint ships no types
    """The HTML asks for something that does not belong to the book. Stops the rendering: nothing of it is printed."""


class BookFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint ships no types
    """Fetches data: URIs and files below the given folders, nothing else: no network, no other file of the machine."""

    def __init__(self, *folders: Path) -> None:
        super().__init__(allowed_protocols=("data", "file"), allow_redirects=False)
        self._folders = tuple(folder.resolve() for folder in folders)

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """Return what lies at `url`; ForbiddenAddressError where it is none of ours."""
        parts = urlsplit(url)
        if parts.scheme == "data":
            return super().fetch(url, headers)
        path = Path(unquote(parts.path)).resolve()
        if parts.scheme != "file" or parts.netloc or not any(path.is_relative_to(folder) for folder in self._folders):
            raise ForbiddenAddressError(url)
        return super().fetch(path.as_uri(), headers)


def render_pdf(document: Document, images: Path) -> bytes:
    """Return the book as PDF/A-3a and PDF/UA-1. `images` is the chapters' folder; errors: those of `render_html`."""
    prepare()
    fetcher = BookFetcher(TEMPLATES.parent, images / "bilder")
    html, rendered = _lay_out(document, images, fetcher, guess_digits(document), LAYOUTS)
    identifier = hashlib.sha256(html.encode()).digest()[:16]
    numbered = put_numbers(rendered, pages_of(rendered))
    content: bytes = numbered.write_pdf(
        finisher=lambda _, pdf: conform(pdf, document),
        pdf_identifier=identifier,
        pdf_tags=True,
        pdf_version="1.7",  # said openly: WeasyPrint 70 takes no version for 2.0 when it tags
    )
    return content


def _lay_out(
    document: Document, images: Path, fetcher: BookFetcher, digits: Mapping[str, int], layouts: int
) -> tuple[str, Any]:
    """Return the HTML and its pages; again, at most `layouts` times, while a page has more digits than expected."""
    html = render_html(document, images, digits)
    source = HTML(string=html, base_url=TEMPLATES.as_uri() + "/", url_fetcher=fetcher)
    rendered = source.render(pdf_tags=True)
    needed = {target: len(str(page)) for target, page in pages_of(rendered).items()}
    if layouts == 1 or all(count <= digits.get(target, count) for target, count in needed.items()):
        return html, rendered
    return _lay_out(document, images, fetcher, needed, layouts - 1)
