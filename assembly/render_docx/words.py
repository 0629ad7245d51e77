"""Words: the values of cells and sheets as inlines, written as `assembly.german` says."""

from __future__ import annotations

from assembly import german
from assembly.document import (
    Cell,
    Field,
    Grade,
    Missing,
    Money,
    Nothing,
    Quantity,
    Randnummer,
    Ref,
    Rich,
    Several,
    Term,
    Text,
    When,
)
from assembly.prose import Nodes, plain, text_inlines
from assembly.render_docx.text import Book, Manner, caption_inlines, paragraphs, reference
from assembly.render_docx.widths import width_of
from assembly.render_docx.wordml import in_style, span

DASH = "–"
LIGHTHOUSE = "leuchtturm"
FAULT = "Fehler"


def cell_inlines(cell: Cell, book: Book) -> Nodes:  # noqa: C901  one branch a kind of value
    """Return a value as it is written in a line; of Markdown only the text."""
    match cell:
        case Ref():
            return reference(cell, book)
        case Text(text, strong):
            return [{"t": "Strong", "c": text_inlines(text)}] if strong else text_inlines(text)
        case Rich(content):
            return caption_inlines(content, book)
        case Money(amount, unit):
            return text_inlines(german.euros(amount.cents, unit=unit) if amount.cents else DASH)
        case Quantity(value, unit):
            return text_inlines(german.quantity(value, unit))
        case When(value):
            return text_inlines(german.moment(value))
        case Term(text, key):
            return _term(text, key)
        case Grade(value):
            return [span("Stufe", text_inlines(german.grade(value)))]
        case Field(key, ref):
            return [span(f"Punkt {key}", text_inlines("●")), {"t": "Str", "c": german.NBSP}, *reference(ref, book)]
        case Missing():
            return [span("Fehlt", text_inlines("fehlt"))]
        case Nothing():
            return text_inlines(DASH)
        case Several(items, separator):
            return _joined([cell_inlines(item, book) for item in items], separator)


def cell_blocks(cell: Cell, style: str, book: Book, room: float = 0) -> Nodes:
    """Return a value as the paragraphs of a cell, in the paragraph style with this name.

    `room` is the width of the cell in millimetres: a list of ids breaks between them, not after their hyphens.
    """
    manner = Manner(style, style, style)
    if isinstance(cell, Rich):
        return paragraphs(cell.blocks, manner, book)
    if isinstance(cell, Several) and cell.separator == "\n":
        return [block for item in cell.items for block in cell_blocks(item, style, book, room)]
    ids, separator = _ids(cell, book) if room else ([], "")
    return [in_style(style, _packed(ids, separator, room, book) if ids else cell_inlines(cell, book))]


def _ids(cell: Cell, book: Book) -> tuple[list[Nodes], str]:
    """Return the parts of a list of ids, and what stands between them; a grade before the list is in the first part."""
    match cell:
        case Several(items, separator) if all(isinstance(item, Ref) for item in items):
            return [cell_inlines(item, book) for item in items], separator
        case Several((Grade() as grade, Several() as listed), between):
            parts, separator = _ids(listed, book)
            lead = [*cell_inlines(grade, book), *text_inlines(between)]
            return [[*lead, *part] if index == 0 else part for index, part in enumerate(parts)], separator
    return [], ""


def _packed(parts: list[Nodes], separator: str, room: float, book: Book) -> Nodes:
    """Return parts one after the other, with a line break where the next would not fit and holds a hyphen."""
    packed: Nodes = []
    used = 0.0
    for part in parts:
        width = width_of(plain(part) + separator, book.theme.sans, bold=True)
        if packed and used + width > room and "-" in plain(part):
            packed += [*text_inlines(separator.rstrip()), {"t": "LineBreak"}]
            used = 0.0
        elif packed:
            packed += text_inlines(separator)
        packed += part
        used += width
    return packed


def randnummer(number: Randnummer | None, book: Book, *, short: bool = False) -> Nodes:
    """Return a Randnummer as a small grey run that bears its anchor; nothing where there is none.

    `short` is for facts, which stand below the id of their sheet: „/8“ for „WIR-004/8“.
    """
    if number is None:
        return []
    return [span("Randnummer", text_inlines(number.short if short else number.text), book.anchors.claim(number.anchor))]


def _term(text: str, key: str) -> Nodes:
    """Return a word of a closed list; a lighthouse bears its box, a fault the warning colour."""
    if key == LIGHTHOUSE:
        return [span("Marke", text_inlines(f"{german.NBSP}{text}{german.NBSP}"))]
    return [span("Fehlt", text_inlines(text))] if key == FAULT else text_inlines(text)


def _joined(parts: list[Nodes], separator: str) -> Nodes:
    between: Nodes = [{"t": "LineBreak"}] if separator == "\n" else text_inlines(separator)
    joined: Nodes = []
    for part in parts:
        joined += [*between, *part] if joined else part
    return joined
