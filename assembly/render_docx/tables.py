"""Tables: a Document's Table and Facts as frames, with caption above and note below."""

from __future__ import annotations

from assembly.document import Align, Column, Fact, Facts, Row, RowKind, Table
from assembly.prose import Nodes, plain, text_inlines
from assembly.render_docx.frames import FACTS, Frame, Line, LineKind, cell_style
from assembly.render_docx.text import NOTE, Book, caption_inlines, paragraphs, reference
from assembly.render_docx.widths import Want, needed, share_out
from assembly.render_docx.wordml import AXIS, LINE, SPACE, TAB, WIDE_LINE, in_style, mark, span
from assembly.render_docx.words import cell_blocks, cell_inlines, randnummer, sentence

UPRIGHT_CHARACTER = 1.75
UPRIGHT_LONGEST = 48
FACT_LABEL = AXIS + 38
PLAIN_LABEL = 40.0


def table(block: Table, book: Book, *, wide: bool) -> Nodes:
    """Return a table with its caption and note; the sentence `empty` instead of rows where it has none."""
    parts = caption("Tabelle", block.number, block.caption, randnummer(block.randnummer, book), block.id, book)
    if block.rows:
        parts += _frame(block, book, WIDE_LINE if wide else LINE).nodes()
    else:
        parts.append(in_style("Tabelle leer", sentence(block.empty)))
    parts += paragraphs(block.note, NOTE, book) if block.note else [mark("after-table")] if block.rows else []
    return parts


def caption(kind: str, number: int, words: Nodes, margin: Nodes, target: str, book: Book) -> Nodes:
    """Return the caption „Tabelle 7 …“ of a table or figure as the place that references lead to.

    Without a number it is a title; nothing where there are no words either.
    """
    titled = caption_inlines(words, book)
    if not number and not titled:
        return []
    label = [span("Nummer", text_inlines(f"{kind}\u00a0{number}")), TAB] if number else []
    bookmark = book.anchors.claim(target)
    content = [span("", [*label, *titled], bookmark) if bookmark else span("", [*label, *titled])]
    content += [SPACE, SPACE, *margin] if margin else []
    style = {"Tabelle": "Tabellentitel", "Abbildung": "Abbildungstitel"}[kind]
    return [in_style(style if number else "Tabellentitel ohne Nummer", content)]


def facts(block: Facts, book: Book) -> Nodes:
    """Return labelled values as a table of two columns, the label at the head of each row."""
    lines = tuple(_fact(fact, book) for fact in block.items)
    numbered = any(fact.number for fact in block.items)
    label = FACT_LABEL if numbered else PLAIN_LABEL
    frame = Frame((label, LINE - label), lines, "Angaben", "Zwei Spalten: Merkmal und Angabe", FACTS, flush_right=True)
    return [*frame.nodes(), mark("after-table")]


def _fact(fact: Fact, book: Book) -> Line:
    number = randnummer(fact.number, book)
    words = text_inlines(fact.label)
    label = [in_style("Merkmal", [*number, TAB, *words]) if number else in_style("Merkmal ohne Nummer", words)]
    return Line(LineKind.BODY, (label, cell_blocks(fact.value, cell_style(LineKind.BODY, Align.LEFT), book)))


def _frame(block: Table, book: Book, line: float) -> Frame:
    title = plain(block.caption)
    headings = ", ".join(column.title for column in block.columns if column.title)
    lines = [_head(block.columns, book)] if headings else []
    lines += [_row(row, block.columns, book) for row in block.rows]
    return Frame(
        share_out([_want(column, index, block.rows, book) for index, column in enumerate(block.columns)], line),
        tuple(lines),
        f"Tabelle {block.number}: {title}" if block.number else title,
        f"{len(block.rows)} Zeilen; Spalten: {headings}",
        flush_right=block.columns[-1].align is Align.RIGHT,
    )


def _head(columns: tuple[Column, ...], book: Book) -> Line:
    cells = []
    for column in columns:
        words = reference(column.ref, book) if column.ref else text_inlines(column.title)
        cells.append([in_style(cell_style(LineKind.HEAD, Align.LEFT if column.upright else column.align), words)])
    longest = max((len(column.title) for column in columns if column.upright), default=0)
    height = min(UPRIGHT_LONGEST, longest * UPRIGHT_CHARACTER + 4) if longest else 0
    return Line(LineKind.HEAD, tuple(cells), tuple(column.upright for column in columns), height)


def _row(row: Row, columns: tuple[Column, ...], book: Book) -> Line:
    kind = LineKind(RowKind(row.kind).value)
    bookmark = book.anchors.claim(row.anchor)
    cells = []
    for index, cell in enumerate(row.cells):
        style = cell_style(kind, columns[index].align)
        if index == 0 and bookmark:
            cells.append([in_style(style, [span("", cell_inlines(cell, book), bookmark)])])
        else:
            cells.append(cell_blocks(cell, style, book))
    return Line(kind, tuple(cells))


def _want(column: Column, index: int, rows: tuple[Row, ...], book: Book) -> Want:
    """Return what a column wants: its width, and room for its longest word."""
    figures = column.align is not Align.LEFT
    cells = [plain(cell_inlines(row.cells[index], book)) for row in rows if row.kind is not RowKind.GROUP]
    return Want(column.width, needed(column.title, cells, figures=figures, upright=column.upright), figures)
