"""Tables: a Document's Table and Facts as frames, with caption above and note below."""

from __future__ import annotations

from collections.abc import Sequence

from assembly.document import Align, Cell, Column, Fact, Facts, Rich, Row, RowKind, Table
from assembly.prose import Nodes, plain, text_inlines
from assembly.render_docx.frames import APART, FACTS, Frame, Line, LineKind, cell_style
from assembly.render_docx.text import NOTE, Book, caption_inlines, paragraphs, reference
from assembly.render_docx.widths import (
    LINE_HEIGHT,
    PADDING,
    TALL,
    Size,
    Want,
    comfortable,
    fits,
    is_tall,
    line_count,
    lowest,
    row_height,
    want,
    width_of,
)
from assembly.render_docx.wordml import LINE, SPACE, TAB, WIDE_LINE, in_style, mark, span
from assembly.render_docx.words import cell_blocks, cell_inlines, randnummer

UPRIGHT_CHARACTER = 1.75
UPRIGHT_LONGEST = 48
FACT_LABEL = 34.0
"""The width of a label in millimetres; what is left of half a line is for the value."""
MANY_FIGURES = 3
LOW, LOW_IN_SHEET = 78.0, 36.0
"""Tables up to this height in millimetres stay on one page."""


def lies_wide(block: Table, book: Book, *, close: bool) -> bool:
    """Tell whether a table needs a wide page: the Document wants it, or its figures would break on an upright one."""
    if block.wide or sum(column.align is not Align.LEFT for column in block.columns) < MANY_FIGURES:
        return block.wide
    return not fits(_scaled(_wants(block, book), Size.LEAST if close else Size.SMALL), LINE)


def table(block: Table, book: Book, *, wide: bool, close: bool) -> Nodes:
    """Return a table with its caption and note; the sentence `empty` instead of rows where it has none.

    `close` tells that it stands in a sheet, which is to end on few pages.
    """
    parts = caption("Tabelle", block.number, block.caption, randnummer(block.randnummer, book), block.id, book)
    if block.rows:
        frame, height = _frame(block, book, WIDE_LINE if wide else LINE, close=close)
        parts += [mark("whole")] if height <= (LOW_IN_SHEET if close else LOW) else []
        parts += frame.nodes()
    else:
        parts.append(in_style("Tabelle leer", text_inlines(block.empty)))
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
    """Return labelled values as a table, each label before its value; two short ones share a row."""
    rows = _paired(block.items, book)
    value = LINE / 2 - FACT_LABEL
    counts = [max(line_count(_length(fact.value, book), LINE - FACT_LABEL) for fact in row) for row in rows]
    lines = tuple(
        Line(
            LineKind.BODY, tuple(cell for fact in row for cell in _fact(fact, book)), breaks=count * LINE_HEIGHT > TALL
        )
        for row, count in zip(rows, counts, strict=True)
    )
    spoken = "Merkmal und Angabe, bis zu zwei Paare in einer Zeile"
    frame = Frame((FACT_LABEL, value) * 2, lines, "Angaben", spoken, book.ink, FACTS, flush_right=True)
    whole = [mark("whole")] if sum(counts) * LINE_HEIGHT <= LOW else []
    return [*whole, *frame.nodes(), mark("after-table")]


def _paired(facts: Sequence[Fact], book: Book) -> list[tuple[Fact, ...]]:
    """Return the facts in rows: two that follow each other share one where each fits into half a line."""
    rows: list[tuple[Fact, ...]] = []
    single = False
    for fact in facts:
        short = line_count(_length(fact.value, book), LINE / 2 - FACT_LABEL) == 1
        if short and single:
            rows[-1] = (*rows[-1], fact)
        else:
            rows.append((fact,))
        single = short and not single
    return rows


def _fact(fact: Fact, book: Book) -> tuple[Nodes, Nodes]:
    label = [*text_inlines(fact.label), *([SPACE, *randnummer(fact.number, book, short=True)] if fact.number else [])]
    return [in_style("Merkmal", label)], cell_blocks(fact.value, "Angabe", book)


def _frame(block: Table, book: Book, line: float, *, close: bool) -> tuple[Frame, float]:
    """Return a table as a frame, and about how tall it is in millimetres."""
    title = plain(block.caption)
    headings = ", ".join(column.title for column in block.columns if column.title)
    wants = _wants(block, book)
    size = _size(wants, line, close=close)
    wants = _scaled(wants, size)
    lines = [_head(block.columns, book, size)] if headings else []
    lengths = [[size.scale * _length(cell, book) for cell in row.cells] for row in block.rows]
    widths = lowest(wants, lengths, line)
    for row, length in zip(block.rows, lengths, strict=True):
        lines.append(_row(row, block.columns, widths, book, size, breaks=is_tall(length, widths)))
    frame = Frame(
        widths,
        tuple(lines),
        f"Tabelle {block.number}: {title}" if block.number else title,
        f"{len(block.rows)} Zeilen; Spalten: {headings}",
        book.ink,
        flush_right=bool(block.columns) and block.columns[-1].align is Align.RIGHT,
        apart=_apart(block.columns),
    )
    return frame, sum(row_height(length, widths) for length in lengths)


def _head(columns: tuple[Column, ...], book: Book, size: Size) -> Line:
    cells = []
    for column in columns:
        words = reference(column.ref, book) if column.ref else text_inlines(column.title)
        align = Align.LEFT if column.upright else column.align
        cells.append([in_style(cell_style(LineKind.HEAD, align, size), words)])
    longest = max((len(column.title) for column in columns if column.upright), default=0)
    height = min(UPRIGHT_LONGEST, longest * UPRIGHT_CHARACTER + 4) if longest else 0
    return Line(LineKind.HEAD, tuple(cells), tuple(column.upright for column in columns), height)


def _row(
    row: Row, columns: tuple[Column, ...], widths: Sequence[float], book: Book, size: Size, *, breaks: bool
) -> Line:
    kind = LineKind(RowKind(row.kind).value)
    bookmark = book.anchors.claim(row.anchor)
    cells = []
    for index, cell in enumerate(row.cells):
        style = cell_style(kind, columns[index].align, size)
        if index == 0 and bookmark:
            cells.append([in_style(style, [span("", cell_inlines(cell, book), bookmark)])])
        else:
            cells.append(cell_blocks(cell, style, book, widths[index] - PADDING))
    return Line(kind, tuple(cells), breaks=breaks)


def _apart(columns: tuple[Column, ...]) -> tuple[bool, ...]:
    """Tell which columns of words follow one of figures or marks."""
    aligns = [column.align for column in columns]
    return tuple(
        index > 0 and align is Align.LEFT and aligns[index - 1] is not Align.LEFT for index, align in enumerate(aligns)
    )


def _wants(block: Table, book: Book) -> list[Want]:
    """Return what the columns want: their widths, and room for their longest words."""
    wants: list[Want] = []
    names: list[str] = []
    for index, (column, after) in enumerate(zip(block.columns, _apart(block.columns), strict=True)):
        figures = column.align is not Align.LEFT
        cells = [plain(cell_inlines(row.cells[index], book)) for row in block.rows if row.kind is not RowKind.GROUP]
        wanted = want(column.width, column.title, cells, book.theme.sans, figures=figures, upright=column.upright)
        wants.append(wanted.parted(APART * after))
        names += [] if figures else cells
    alone = len(wants) - sum(each.figures for each in wants) == 1
    return comfortable(wants, names, book.theme.sans) if alone else wants


def _size(wants: list[Want], line: float, *, close: bool) -> Size:
    """Return the size of type for a table: a smaller one where figures would break, the least in sheets alone."""
    figures = _many_figures(wants)
    if not close and (not figures or fits(wants, line, wishes=True)):
        return Size.USUAL
    return Size.LEAST if close and figures and not fits(_scaled(wants, Size.SMALL), line) else Size.SMALL


def _scaled(wants: list[Want], size: Size) -> list[Want]:
    return [each.scaled(size) for each in wants]


def _many_figures(wants: list[Want]) -> bool:
    return sum(each.figures for each in wants) >= MANY_FIGURES


def _length(cell: Cell, book: Book) -> float:
    """Return how long a cell is on one line, in millimetres."""
    words = cell.blocks if isinstance(cell, Rich) else cell_inlines(cell, book)  # its anchors are not claimed yet
    return width_of(plain(words), book.theme.sans, bold=False)
