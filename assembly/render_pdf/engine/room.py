"""Room: where chunks are laid out, one after the other, in one process. Import it by `workshop.import_engine`."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pydyf
import weasyprint.document
import weasyprint.pdf
from weasyprint import CSS, DEFAULT_OPTIONS, HTML
from weasyprint.layout import LayoutContext
from weasyprint.text.fonts import FontConfiguration

from assembly.render_pdf.chunk import Bookmark, Font, Objects, Outside, pack
from assembly.render_pdf.engine.paint import find_numbers, paint, written
from assembly.render_pdf.engine.speed import fast
from assembly.render_pdf.engine.stock import replaced
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
        with fast(), self._rendered(html) as rendered:
            return self._packed(rendered)

    def _packed(self, rendered: Any) -> bytes:
        targets = [target for page in rendered.pages for kind, target, _, _ in page.links if kind == "internal"]
        name = hashlib.sha256("\n".join(_anchors(rendered)).encode()).hexdigest()[:10]
        for page in rendered.pages:
            find_numbers(page._page_box)
        with replaced(pydyf, "_to_bytes", written):
            painted = paint(rendered)
            inside = extract(painted.pdf, painted.streams, painted.dictionary.number, name)
        outside = Outside(
            len(rendered.pages),
            _anchors(rendered),
            tuple(dict.fromkeys([*targets, *inside.open])),
            tuple(_bookmarks(rendered)),
            used(painted.fonts),
        )
        return pack(outside, inside)

    def embed(self, fonts: Mapping[str, Font]) -> Objects:
        """Return the fonts with just these glyphs; the first place after the shared ones is their dictionary."""
        with self._rendered(specimen(fonts)) as rendered:
            found = {font.hash: font for font in paint(rendered).fonts}
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

    @contextmanager
    def _rendered(self, html: str) -> Iterator[Any]:
        """Lay out a page of HTML, and let go of it in the end.

        Its context holds all of it, and is held by it: left to the sweeper, the memory of a chunk is free much later,
        and freeing it takes a tenth of the time of the layout.
        """
        contexts: list[LayoutContext] = []

        def made(*given: Any) -> LayoutContext:
            contexts.append(LayoutContext(*given))
            return contexts[-1]

        source = HTML(string=html, url_fetcher=self._fetcher)
        with replaced(weasyprint.document, "LayoutContext", made):
            rendered = source.render(font_config=self._fonts, stylesheets=[self._css])
        try:
            yield rendered
        finally:
            for context in contexts:
                vars(context).clear()


def _anchors(rendered: Any) -> dict[str, tuple[int, float, float]]:
    anchors: dict[str, tuple[int, float, float]] = {}
    for index, page in enumerate(rendered.pages):
        for name, (x, y, _, _) in page.anchors.items():
            anchors.setdefault(name, (index, *_point(x, page.height - y)))
    return anchors


def _bookmarks(rendered: Any) -> Iterator[Bookmark]:
    for index, page in enumerate(rendered.pages):
        for level, label, (x, y), _ in page.bookmarks:
            yield Bookmark(level, label, index, *_point(x, page.height - y))


def _point(x: float, y: float) -> tuple[float, float]:
    return round(x * POINTS, 6), round(y * POINTS, 6)
