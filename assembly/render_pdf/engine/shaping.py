"""Shaping: texts become glyphs as seldom as possible. The pages stay the same to the byte (#578)."""

from __future__ import annotations

import re
import struct
import sys
from typing import Any

import weasyprint.draw.text
import weasyprint.layout.inline
import weasyprint.layout.preferred
from weasyprint.text import line_break
from weasyprint.text.ffi import FROM_UNITS, ffi, gobject, pango

SHORT = 60  # signs: texts of tables and lists come again and again
REMEMBERED = 6000  # short texts whose lines are kept

Style = Any  # the computed values of an element, a dict that fills itself
Box = Any
Layout = Any  # WeasyPrint's wrapper of a line that Pango shapes
Line = tuple[Layout, int, int | None, float, float, float]  # what stock's split_first_line returns


# --- the look of a text ---------------------------------------------------------------------------------------------

ffi.cdef("PangoLayout * pango_layout_copy (PangoLayout *layout);")

# All that decides how a text is shaped.
_LOOK = (
    *("font_style", "font_stretch", "font_weight", "font_size", "font_kerning"),
    *("font_variant_ligatures", "font_variant_position", "font_variant_caps", "font_variant_numeric"),
    *("font_variant_alternates", "font_variant_east_asian", "font_feature_settings", "font_variation_settings"),
    *("font_language_override", "lang", "direction", "text_decoration_line", "letter_spacing", "word_spacing"),
    *("overflow_wrap", "white_space", "tab_size"),
)


class _Look:
    """How a text is shaped in all styles that say the same of it: a layout of Pango without text, to be copied."""

    def __init__(self, style: Style) -> None:
        layout = line_break.Layout.__new__(line_break.Layout)
        _stock_setup(layout, style)
        self._values = {name: value for name, value in vars(layout).items() if name not in ("layout", "style")}
        self._blank = layout.layout
        self.wraps = style["white_space"] in ("normal", "pre-wrap", "pre-line")

    def prepare(self, layout: Layout, style: Style) -> None:
        """Give a layout what stock finds out anew for each text."""
        layout.__dict__.update(self._values)
        layout.style = style
        layout.layout = ffi.gc(pango.pango_layout_copy(self._blank), gobject.g_object_unref)


_looks: dict[tuple[Any, ...], _Look] = {}


def _look(style: Style) -> _Look:
    found: _Look | None = style.__dict__.get("_look")
    if found is None:
        key = (style.font_config, tuple(style["font_family"]), *(style[name] for name in _LOOK))
        found = _looks.get(key)
        if found is None:
            found = _looks[key] = _Look(style)
        style.__dict__["_look"] = found
    return found


def _setup(layout: Layout, style: Style) -> None:
    _look(style).prepare(layout, style)


_stock_setup = line_break.Layout.setup


# --- shaping --------------------------------------------------------------------------------------------------------

_SPECIAL = re.compile("[\t\n\r\xad\u0085\u2028\u2029]")
_lines: dict[tuple[str, _Look], Line] = {}


def _split_first_line(
    text: str, style: Style, context: Any, max_width: float | None, justification_spacing: float, **more: Any
) -> Line:
    """Return the first line of a text; a short one that fits in one is shaped once for all places where it stands."""
    if len(text) <= SHORT and not justification_spacing and not _SPECIAL.search(text):
        look = _look(style)
        line = _lines.get((text, look))
        if line is None:
            if len(_lines) == REMEMBERED:
                _lines.clear()
            line = _lines[text, look] = _stock_split(text, style, context, None, 0, **more)
        if max_width is None or not look.wraps or line[3] <= max_width:
            return _within(line, max_width)
    stock: Line = _stock_split(text, style, context, max_width, justification_spacing, **more)
    return stock


def _within(line: Line, max_width: float | None) -> Line:
    """Return a line that shares what Pango has shaped, but knows how much room it has."""
    layout = line_break.Layout.__new__(line_break.Layout)
    layout.__dict__.update(line[0].__dict__)
    layout.max_width = max_width
    return (layout, *line[1:])


_stock_split = line_break.split_first_line
_SPLITTERS = (line_break, weasyprint.layout.inline, weasyprint.layout.preferred)


def _deactivate(_layout: Layout) -> None:
    """Keep a line as it is shaped: stock throws it away to save memory, and shapes it again to paint it."""


def _reactivate(layout: Layout, style: Style) -> None:
    alone = pango.pango_layout_get_line_readonly(layout.layout, 1) == ffi.NULL
    if not alone or layout.justification_spacing:
        _stock_reactivate(layout, style)


def _set_text(layout: Layout, text: str, justify: bool = False) -> None:
    """Set the text, already in the mode in which it is painted: changing that later shapes the line again."""
    single = not _BREAKS.search(text)
    pango.pango_layout_set_single_paragraph_mode(layout.layout, single)
    _stock_set_text(layout, text, justify)


_BREAKS = re.compile("[\n\r\u2029]")
_stock_reactivate = line_break.Layout.reactivate
_stock_set_text = line_break.Layout.set_text


def _line_size(line: Any, style: Style) -> tuple[float, float]:
    """Return width and height of a line, measured always in the same place of memory."""
    pango.pango_layout_line_get_extents(line, ffi.NULL, _RECTANGLE)
    width = _RECTANGLE.width * FROM_UNITS
    spacing = style["letter_spacing"]
    return (width if spacing == "normal" else width + spacing), _RECTANGLE.height * FROM_UNITS


_RECTANGLE = ffi.new("PangoRectangle *")


def _strut(style: Style) -> tuple[float, float]:
    """Return the height of a line that nothing stands in, found once for a style; stock writes it all out as a key."""
    known: tuple[float, float] | None = style.__dict__.get("_strut")
    if known is None:
        known = style.__dict__["_strut"] = _stock_strut(style)
    return known


_stock_strut = line_break.strut
_STRUTS = [
    module
    for name, module in list(sys.modules.items())
    if name.startswith("weasyprint.") and getattr(module, "strut", None) is _stock_strut
]


# --- writing --------------------------------------------------------------------------------------------------------

_GLYPH = struct.Struct("=IiiiI")  # PangoGlyphInfo: the glyph, its width, two offsets, and what does not matter here


def _draw_first_line(stream: Any, textbox: Box, text_overflow: str, block_ellipsis: str, matrix: Any) -> Any:
    """Write a line whose glyphs are known and stand where they should; others as stock does, which then knows them."""
    layout = textbox.pango_layout
    if text_overflow != "clip" or block_ellipsis != "none":
        _stock_reactivate(layout, textbox.style)  # what follows changes the line, which others may share
    elif textbox.text.strip():
        pieces = _pieces(stream, layout)
        if pieces is not None:
            stream.set_text_matrix(*matrix.values)
            for font, size, shown in pieces:
                stream.set_font_size(font, size)
                stream.show_text(shown)
            return []
    return _stock_draw(stream, textbox, text_overflow, block_ellipsis, matrix)


def _pieces(stream: Any, layout: Layout) -> list[tuple[str, float, str]] | None:
    """Return font, size and glyphs of each piece of a line, None where stock has to look at it."""
    pieces: list[tuple[str, float, str]] = []
    last = font = None
    size = 0.0
    run = layout.get_first_line()[0].runs[0]
    while run != ffi.NULL:
        item, run = run.data, run.next
        if item.item.analysis.font != last:
            last = item.item.analysis.font
            font, size = stream.add_font(last)
            if font.bitmap or font.png or font.svg or font.colr:
                return None
            pieces.append((font.hash, size, ""))
        shown = _shown(item.glyphs, font, size)
        if shown is None:
            return None
        pieces[-1] = (*pieces[-1][:2], pieces[-1][2] + shown)
    return pieces


def _shown(glyphs: Any, font: Any, size: float) -> str | None:
    """Return glyphs as the operator TJ takes them: four digits each, and corrections of the distance between them."""
    widths, texts = font.widths, font.to_unicode
    shown = "<"
    for glyph, width, x, y, _ in _GLYPH.iter_unpack(ffi.buffer(glyphs.glyphs, glyphs.num_glyphs * _GLYPH.size)):
        if x or y or glyph not in texts or glyph not in widths:
            return None
        kerning = widths[glyph] - width * 1000 * FROM_UNITS / size
        shown += f"{glyph:04x}>{int(kerning)}<" if kerning else f"{glyph:04x}"
    return shown[:-1] if shown[-1] == "<" else shown + ">"


_stock_draw = weasyprint.draw.text.draw_first_line
if ffi.sizeof("PangoGlyphInfo") != _GLYPH.size or pango.pango_version() < 14802:  # there fonts lie about their size
    _draw_first_line = _stock_draw


REPLACED: list[tuple[Any, str, Any]] = [
    (line_break.Layout, "setup", _setup),
    (line_break.Layout, "deactivate", _deactivate),
    (line_break.Layout, "reactivate", _reactivate),
    (line_break.Layout, "set_text", _set_text),
    (line_break, "line_size", _line_size),
    (weasyprint.draw.text, "draw_first_line", _draw_first_line),
    *((module, "split_first_line", _split_first_line) for module in _SPLITTERS),
    *((module, "strut", _strut) for module in _STRUTS),
]
