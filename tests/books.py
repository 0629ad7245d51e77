"""Small books for the tests of renderers: one chapter with the blocks that a test is about."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import lxml.html
from lxml.html import HtmlElement

from assembly.amounts import Amount
from assembly.document import (
    Align,
    Block,
    Column,
    Document,
    Figure,
    Money,
    Prose,
    Row,
    Section,
    SectionKind,
    Table,
)
from assembly.drawings import Bar, Group, Timeline
from assembly.prose import Node, paragraph, text_inlines
from assembly.render_pdf import render_html
from assembly.theme import NEUTRAL

HOSTILE = '<script>alert("1")</script> & {{ 7 * 7 }} {% raw %} \'"'
NBSP = "\u00a0"


def book(*blocks: Block, **changes: object) -> Document:
    """Return a book of one chapter with the given blocks."""
    chapter = Section("kap-eins", SectionKind.CHAPTER, 1, "1", "Eins", blocks, opens_page=True, running="1 Eins")
    document = Document(
        title="Masterplan",
        document="Konzept",
        version="0.1.0",
        edition="intern",
        marking="Entwurf",
        footer="Konzept · 0.1.0",
        day=date(2026, 11, 20),
        language="de-DE",
        publisher="Konvent",
        subject="Thema",
        keywords=("eins", "zwei"),
        illustrative=True,
        theme=NEUTRAL,
        field_colours=(("WIR", "#1f5fa8"),),
        sections=(chapter,),
        file_stem="konzept",
        api_version=(1, 23, 1),
    )
    return replace(document, **changes)  # type: ignore[arg-type]  # any attribute of the document


def page(document: Document, images: Path = Path("/nowhere")) -> HtmlElement:
    """Return the rendered HTML, parsed."""
    return lxml.html.document_fromstring(render_html(document, images).whole)


def one(tree: HtmlElement, selector: str) -> HtmlElement:
    """Return the one element that the selector finds."""
    found = tree.cssselect(selector)
    assert len(found) == 1, f"{selector}: {len(found)}"
    return found[0]


def table(*rows: Row, columns: tuple[Column, ...] = (Column("Was"), Column("Wert", Align.RIGHT))) -> Table:
    """Return a numbered table `tbl` of these rows."""
    return Table("tbl", text_inlines("Übersicht"), columns, rows, text_inlines("in Euro"), 7)


def typed_table(*rows: tuple[str, ...]) -> Node:
    """Return a table as pandoc reads it, the first row its head."""

    def cell(text: str) -> list[object]:
        return [["", [], []], {"t": "AlignDefault"}, 1, 1, [{"t": "Plain", "c": text_inlines(text)}]]

    empty = ["", [], []]
    head, *body = [[empty, [cell(text) for text in row]] for row in rows]
    default = [[{"t": "AlignDefault"}, {"t": "ColWidthDefault"}]] * len(rows[0])
    return {"t": "Table", "c": [empty, [None, []], default, [empty, [head]], [[empty, 0, [], body]], [empty, []]]}


def long_timeline() -> Figure:
    """Return a figure `fig-lang` of two action fields, too high for one page."""
    bars = tuple(
        Bar(f"{key}-{i:03d}", "Vorhaben", key, 2027, 2029, (), (), strong=False)
        for key in ("WIR", "WIS")
        for i in range(1, 21)
    )
    fields = (Group("WIR", "Wirtschaft", "#1f5fa8"), Group("WIS", "Wissenschaft", "#6a4c93"))
    drawing = Timeline(2027, 2030, bars, fields)
    return Figure(
        "fig-lang", 1, text_inlines("Zeitplan"), "Balkenplan von 2027 bis 2029.", drawing, text_inlines("Note")
    )


def para(*inlines: Node) -> Prose:
    """Return one paragraph of these inlines."""
    return Prose([paragraph(list(inlines))])


def money(cents: int) -> Money:
    """Return an amount as a cell."""
    return Money(Amount(cents))
