"""Room: where chunks are laid out, one after the other, in one process. Import it by `workshop.import_engine`."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

import pydyf
import weasyprint.pdf
from weasyprint import CSS, DEFAULT_OPTIONS, HTML
from weasyprint.document import Page
from weasyprint.text.fonts import FontConfiguration

from assembly.render_pdf.chunk import Bookmark, Font, Objects, Outside, pack
from assembly.render_pdf.engine.ahead import filling
from assembly.render_pdf.engine.hanging import hanging
from assembly.render_pdf.engine.pages import laid_out
from assembly.render_pdf.engine.paint import painting
from assembly.render_pdf.engine.speed import fast
from assembly.render_pdf.engine.tree import POINTS
from assembly.render_pdf.extract import Extractor, extract
from assembly.render_pdf.fetcher import BookFetcher
from assembly.render_pdf.fonts import specimen, used
from assembly.render_pdf.hyphens import use_german
from assembly.render_pdf.stylesheet import Stylesheet

SWEEP = 500_000  # characters of HTML: so seldom is swept what chunks leave behind


class Engine:
    """Lays out chunks. It reads style sheet and fonts once: one engine does many chunks, also in forked workers."""

    def __init__(self, stylesheet: Stylesheet, folders: tuple[Path, ...]) -> None:
        """Prepare an engine that fetches nothing but what lies in `folders`."""
        self._fetcher = BookFetcher(*folders)
        self._fonts = FontConfiguration()
        self._swept = 0  # characters of HTML since the memory was last swept
        use_german()
        self._css = CSS(string=stylesheet.css, url_fetcher=self._fetcher, font_config=self._fonts)

    def lay_out(self, html: str) -> bytes:
        """Return the chunk that a page of HTML becomes, packed. ForbiddenAddressError for what is not in `folders`."""
        self._swept += len(html)
        if self._swept > SWEEP:
            gc.collect()
            gc.freeze()  # what is left is kept: no need to look at it again
            self._swept = 0
        with fast(), filling(), hanging(), painting() as painter:
            shown = _Shown()
            for page in self._pages(html):
                shown.add(page)
                painter.paint(page)
            painter.finish()
            name = hashlib.sha256("\n".join(shown.anchors).encode()).hexdigest()[:10]
            inside = extract(painter.pdf, painter.contents, painter.font_dictionary.number, painter.tree.finish(), name)
        targets = tuple(dict.fromkeys([*shown.targets, *inside.open]))
        outside = Outside(shown.pages, shown.anchors, targets, tuple(shown.bookmarks), used(painter.fonts.values()))
        return pack(outside, inside)

    def embed(self, fonts: Mapping[str, Font]) -> Objects:
        """Return the fonts with just these glyphs; the first place after the shared ones is their dictionary."""
        with painting() as painter:
            for page in self._pages(specimen(fonts)):
                painter.paint(page)
        found = {font.hash: font for font in painter.fonts.values()}
        for name, font in fonts.items():
            found[name].widths = dict(sorted(font.widths.items()))
            found[name].to_unicode = dict(sorted(font.texts.items()))
        pdf = pydyf.PDF()
        ordered = {name: found[name] for name in sorted(fonts)}
        dictionary = weasyprint.pdf.build_fonts_dictionary(pdf, ordered, True, True, DEFAULT_OPTIONS)
        pdf.add_object(dictionary)
        extractor = Extractor(pdf, {})
        extractor.place(dictionary.number)
        return extractor.objects()

    def _pages(self, html: str) -> Iterator[Page]:
        return laid_out(HTML(string=html, url_fetcher=self._fetcher), [self._css], self._fonts)


class _Shown:
    """What the pages of a chunk show to the rest of the book."""

    def __init__(self) -> None:
        self.pages = 0
        self.anchors: dict[str, tuple[int, float, float]] = {}
        self.targets: list[str] = []
        self.bookmarks: list[Bookmark] = []

    def add(self, page: Page) -> None:
        """Add the next page."""
        for name, (x, y, _, _) in page.anchors.items():
            self.anchors.setdefault(name, (self.pages, *_point(x, page.height - y)))
        self.targets += [target for kind, target, _, _ in page.links if kind == "internal"]
        for level, label, (x, y), _ in page.bookmarks:
            self.bookmarks.append(Bookmark(level, label, self.pages, *_point(x, page.height - y)))
        self.pages += 1


def _point(x: float, y: float) -> tuple[float, float]:
    return round(x * POINTS, 6), round(y * POINTS, 6)
