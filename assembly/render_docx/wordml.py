"""Word's own vocabulary: lengths, colours, names of styles, and the marks that `assemble` leaves for `finish`.

WordprocessingML measures in twips (1/1440 inch), type in half points, pictures in EMU (1/914400 inch).
"""

from __future__ import annotations

from html import escape as _escape

from assembly.prose import Node, Nodes

PAGE = (210.0, 297.0)
MARGIN = 22.0
LINE = 166.0
WIDE_LINE = 253.0
AXIS = 24.0
"""Where running text begins (mm from the left margin); numbers of sections and Randnummern stand to the left of it."""

RUNNING_TITLE = "Kolumnentitel"
"""The character style of the titles that the running head repeats; by that of paragraphs, number and tab came along."""
MARK = "masterplan"
"""The target of the processing instructions that tell `finish` what it has to do at this place."""

BUILT_IN = {
    "caption": "Caption",
    "header": "Header",
    "footer": "Footer",
    "footnote text": "FootnoteText",
    "footnote reference": "FootnoteReference",
    **{f"toc {level}": f"TOC{level}" for level in (1, 2, 3)},
    **{f"heading {level}": f"Heading{level}" for level in (1, 2, 3, 4)},
    "table of figures": "TableofFigures",
}
"""The ids of Word's own styles that are not simply their names."""


def twips(millimetres: float) -> int:
    """Return a length in twips."""
    return round(millimetres * 1440 / 25.4)


def emu(millimetres: float) -> int:
    """Return a length in English Metric Units."""
    return round(millimetres * 36000)


def escape(text: str) -> str:
    """Return text that may stand in XML, in an element or in an attribute with double quotes."""
    return _escape(text, quote=True)


def colour(value: str) -> str:
    """#1f5fa8 → 1F5FA8."""
    return value.lstrip("#").upper()


def style_id(name: str) -> str:
    """Return the id of the style with this name: „Absatz mit Randnummer“ → „AbsatzmitRandnummer“."""
    if name in BUILT_IN:
        return BUILT_IN[name]
    table = str.maketrans("äöüÄÖÜ", "aouAOU", " -–")
    return name.translate(table).replace("ß", "ss")


# --- nodes of pandoc's AST ------------------------------------------------------------------------------------------


def raw_block(xml: str) -> Node:
    """Return WordprocessingML that pandoc copies as it is; it may be one half of an element."""
    return {"t": "RawBlock", "c": ["openxml", xml]}


def raw_inline(xml: str) -> Node:
    """Return runs that pandoc copies as they are."""
    return {"t": "RawInline", "c": ["openxml", xml]}


def mark(order: str, value: str = "") -> Node:
    """Return an order to `finish` (see there), to be carried out where it stands."""
    return raw_block(f"<?{MARK} {order} {value}?>" if value else f"<?{MARK} {order}?>")


def in_style(style: str, inlines: Nodes) -> Node:
    """Return a paragraph in the paragraph style with this name."""
    return {"t": "Div", "c": [["", [], [["custom-style", style]]], [{"t": "Para", "c": inlines}]]}


def span(style: str, inlines: Nodes, bookmark: str = "") -> Node:
    """Return inlines in the character style with this name, as a bookmark where one is given; both may be empty."""
    return {"t": "Span", "c": [[bookmark, [], [["custom-style", style]] if style else []], inlines]}


def link(bookmark: str, inlines: Nodes) -> Node:
    """Return a link to a bookmark of this document."""
    return {"t": "Link", "c": [["", [], []], inlines, [f"#{bookmark}", ""]]}


def page_of(bookmark: str) -> Node:
    """Return the field that gives the page of a bookmark once fields are updated; until then it shows nothing.

    Only Word knows its pages, and a result that is wrong would be worse than none.
    """
    return raw_inline(field_runs(f"PAGEREF {bookmark} \\h"))


def field_runs(instruction: str, result: str = "", style: str = "") -> str:
    """Return the runs of a field; `result` is what it shows until a program works it out."""
    look = f'<w:rPr><w:rStyle w:val="{style_id(style)}"/></w:rPr>' if style else ""
    parts = [
        '<w:fldChar w:fldCharType="begin"/>',
        f'<w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>',
        *([f'<w:t xml:space="preserve">{escape(result)}</w:t>'] if result else []),
        '<w:fldChar w:fldCharType="end"/>',
    ]
    return "".join(f"<w:r>{look}{part}</w:r>" for part in parts)


TAB = raw_inline("<w:r><w:tab/></w:r>")
SPACE: Node = {"t": "Space"}
