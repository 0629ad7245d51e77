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
from assembly.prose import Nodes, text_inlines
from assembly.render_docx.text import Book, Manner, caption_inlines, paragraphs, reference
from assembly.render_docx.wordml import in_style, span

DASH = "–"
MISSING = "fehlt"


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
        case Term(text):
            return text_inlines(text)
        case Grade(value):
            return [span("Stufe", text_inlines(german.grade(value)))]
        case Field(key, ref):
            return [span(f"Punkt {key}", text_inlines("●")), {"t": "Str", "c": german.NBSP}, *reference(ref, book)]
        case Missing():
            return [span("Fehlt", text_inlines(MISSING))]
        case Nothing():
            return text_inlines(DASH)
        case Several(items, separator):
            return _joined([cell_inlines(item, book) for item in items], separator)


def cell_blocks(cell: Cell, style: str, book: Book) -> Nodes:
    """Return a value as the paragraphs of a cell, in the paragraph style with this name."""
    manner = Manner(style, style, style)
    if isinstance(cell, Rich):
        return paragraphs(cell.blocks, manner, book)
    if isinstance(cell, Several) and cell.separator == "\n":
        return [block for item in cell.items for block in cell_blocks(item, style, book)]
    return [in_style(style, cell_inlines(cell, book))]


def sentence(text: str) -> Nodes:
    """Return plain words; the single word „fehlt“ as something that is missing."""
    return [span("Fehlt", text_inlines(text))] if text == MISSING else text_inlines(text)


def randnummer(number: Randnummer | None, book: Book) -> Nodes:
    """Return a Randnummer as a small grey run that bears its anchor; nothing where there is none."""
    if number is None:
        return []
    return [span("Randnummer", text_inlines(number.text), book.anchors.claim(number.anchor))]


def _joined(parts: list[Nodes], separator: str) -> Nodes:
    between: Nodes = [{"t": "LineBreak"}] if separator == "\n" else text_inlines(separator)
    joined: Nodes = []
    for part in parts:
        joined += [*between, *part] if joined else part
    return joined
