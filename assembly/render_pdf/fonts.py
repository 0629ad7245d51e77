"""Fonts: which glyphs a chunk and a book use, so that each font is embedded once with just these."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from assembly.render_pdf.chunk import Font, Outside

STYLES = ("normal", "oblique", "italic")  # as Pango counts them


def used(fonts: Iterable[Any]) -> dict[str, Font]:
    """Return the glyphs of WeasyPrint's fonts; what is one font to a reader can be several to WeasyPrint."""
    return _union(
        (font.hash, Font(font.family, font.weight, int(font.style), font.widths, font.to_unicode)) for font in fonts
    )


def all_fonts(chunks: Sequence[Outside]) -> dict[str, Font]:
    """Return the fonts of a book with all glyphs that any chunk uses.

    A glyph can stand for several texts (hyphens look alike): the first counts, as in a book laid out as one document.
    """
    return _union(pair for chunk in chunks for pair in chunk.fonts.items())


def specimen(fonts: Mapping[str, Font]) -> str:
    """Return HTML that makes WeasyPrint open these fonts."""
    lines = [
        f"<p style=\"font: {STYLES[font.style]} {font.weight} 10pt '{font.family}'\">"
        + "".join(f"&#{ord(text[0])};" for text in font.texts.values() if text.strip())
        for font in fonts.values()
    ]
    return '<!doctype html><html lang="de"><body>' + "".join(lines)


def _union(fonts: Iterable[tuple[str, Font]]) -> dict[str, Font]:
    union: dict[str, Font] = {}
    for name, font in fonts:
        known = union.get(name, font)
        union[name] = replace(known, widths={**font.widths, **known.widths}, texts={**font.texts, **known.texts})
    return union
