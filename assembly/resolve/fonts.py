"""Fonts: what a font file must be like to set German with, to be embedded in the PDF and in the DOCX."""

from __future__ import annotations

import io
import struct
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # late: most plans bring no font of their own
    from fontTools.ttLib import TTFont

Problem = tuple[str, str]  # what is wrong, and how to mend it

LARGEST = 5_000_000  # bytes
VERSIONS = ("\x00\x01\x00\x00", "true", "OTTO")  # TrueType and OpenType with PostScript outlines
NEEDED = "".join(map(chr, range(0x21, 0x7F))) + "ÄÖÜäöüß\u00a0„“‚‘’–…€§·"
RESTRICTED, VIEW_ONLY, EDITABLE, WHOLE, BITMAPS = 0x002, 0x004, 0x008, 0x100, 0x200  # OpenType 1.9, OS/2, fsType
# What fontTools raises besides its own where a table says nonsense.
DAMAGED = (ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, OSError, TypeError, ValueError)
GET = "Nehmen Sie eine Schrift, deren Lizenz das Einbetten erlaubt, etwa eine unter der SIL Open Font License."


def unfit_font(file: Path) -> Problem | None:
    """Return why a book cannot be set in this font; None where it can."""
    from fontTools.ttLib import TTFont, TTLibError  # late: most plans bring no font of their own

    if file.suffix.lower() not in (".ttf", ".otf"):
        return f"Eine Schrift ist TTF oder OTF, nicht „{file.suffix}“.", "Nehmen Sie die Datei mit der Endung .ttf."
    if file.stat().st_size > LARGEST:
        return (
            f"Die Schrift ist größer als {LARGEST // 1_000_000} MB.",
            "Nehmen Sie eine Fassung für lateinische Schrift.",
        )
    try:
        with TTFont(io.BytesIO(file.read_bytes()), lazy=True) as font:
            if font.sfntVersion not in VERSIONS:
                return "Die Datei ist keine einzelne Schrift.", "Exportieren Sie jeden Schnitt als eigene TTF-Datei."
            if "fvar" in font:
                message = "Die Schrift ist variabel: eine Datei für alle Schnitte."
                return message, "Nehmen Sie die Dateien der einzelnen Schnitte."
            signs, permits = set(font.getBestCmap() or ()), font["OS/2"].fsType
            font["name"], font["head"]
            figures = {font["hmtx"].metrics[name][0] for name in _tabular(font)}
    except (TTLibError, struct.error, *DAMAGED):
        return "Die Datei ist keine lesbare Schrift.", "Laden Sie sie noch einmal herunter."
    if missing := [sign for sign in NEEDED if ord(sign) not in signs]:
        shown = " ".join(missing[:12]).replace("\u00a0", "(geschütztes Leerzeichen)")
        return f"Der Schrift fehlen Zeichen, die deutsche Texte brauchen: {shown}", "Nehmen Sie eine andere Fassung."
    if len(figures) != 1:
        message = "Die Ziffern der Schrift sind verschieden breit: Beträge stünden nicht untereinander."
        return message, "Nehmen Sie eine Fassung mit Tabellenziffern (OpenType-Merkmal tnum)."
    return _forbidden(permits)


def _tabular(font: TTFont) -> set[str]:
    """Return the glyphs of the ten figures as they are set: lining and of one width, where the font can do that."""
    signs = font.getBestCmap()
    glyphs = {signs[ord(figure)] for figure in "0123456789" if ord(figure) in signs}
    table = font["GSUB"].table if "GSUB" in font else None
    if table is None or not table.FeatureList:
        return glyphs
    for tag in ("lnum", "tnum"):
        records = (record.Feature for record in table.FeatureList.FeatureRecord if record.FeatureTag == tag)
        for index in sorted({index for feature in records for index in feature.LookupListIndex}):
            for rule in table.LookupList.Lookup[index].SubTable:
                mapping = getattr(getattr(rule, "ExtSubTable", rule), "mapping", {})
                glyphs = {mapping.get(glyph, glyph) for glyph in glyphs}
    return glyphs


def breadth(file: Path) -> float:
    """Return how broad the letters of a fit font run on average, in ems."""
    from fontTools.ttLib import TTFont

    with TTFont(file, lazy=True) as font:
        signs, widths = font.getBestCmap(), font["hmtx"].metrics
        letters = [widths[signs[code]][0] for code in range(ord("a"), ord("z") + 1)]
        return float(sum(letters) / len(letters) / font["head"].unitsPerEm)


def _forbidden(permits: int) -> Problem | None:
    """Return what the font's own licence bits forbid: a PDF embeds parts of it, a DOCX is edited with it."""
    if permits & RESTRICTED and not permits & (VIEW_ONLY | EDITABLE):
        return "Die Schrift verbietet das Einbetten (fsType 2).", GET
    if permits & VIEW_ONLY and not permits & EDITABLE:
        return "Die Schrift darf nur für Ansicht und Druck eingebettet werden; das DOCX wird bearbeitet.", GET
    if permits & (WHOLE | BITMAPS):
        return "Die Schrift verbietet es, nur die gebrauchten Zeichen oder ihre Umrisse einzubetten.", GET
    return None
