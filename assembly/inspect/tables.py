"""Tables: heads that say what they head, and rows of equal width."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from assembly.inspect.book import Book, Element
from assembly.paper.finding import Finding, Findings

SCOPES = frozenset({"/Column", "/Row", "/Both"})
PARTS = frozenset({"THead", "TBody", "TFoot", "TR", "Caption"})
CELLS = frozenset({"TH", "TD"})


def heads(book: Book) -> Findings:
    """PDF-016: a table says what it shows, a head cell its scope, a cell heads that there are (ISO 14289-1, 7.5)."""
    for table in book.tree.of("Table"):
        cells = [cell for row in _rows(table) for cell in row.kids if cell.role in CELLS]
        known = {str(cell.raw.ID) for cell in cells if cell.role == "TH" and "/ID" in cell.raw}
        page = table.first_page()
        if table.attribute("/Summary") is None and all(kid.role != "Caption" for kid in table.kids):
            yield Finding("PDF-016", "Eine Tabelle sagt nicht, was sie zeigt (Caption, Summary).", page)
        if cells and not any(cell.role == "TH" for cell in cells):
            yield Finding("PDF-016", "Eine Tabelle hat keine Kopfzelle (TH).", page)
        for cell in cells:
            named = cell.attribute("/Headers")
            names = [str(name) for name in named.as_list()] if named is not None else []
            if cell.role == "TH" and str(cell.attribute("/Scope")) not in SCOPES:
                words = book.text(cell).strip()[:40]
                yield Finding("PDF-016", f"Die Kopfzelle „{words}“ sagt nicht, wofür sie gilt (Scope).", page)
            if set(names) - known:
                yield Finding("PDF-016", "Eine Zelle nennt eine Kopfzelle, die es nicht gibt (Headers).", page)
            if cell.role == "TD" and not names and known:
                yield Finding("PDF-016", "Eine Zelle nennt keine Kopfzelle (Headers).", page)


def shape(book: Book) -> Findings:
    """PDF-017: a table is made of rows, and its rows are equally wide (ISO 14289-1, 7.5; 32000-1, 14.8.4.3.4)."""
    for table in book.tree.of("Table"):
        wrong = {kid.role for kid in table.kids} - PARTS
        groups = [kid for kid in table.kids if kid.role in ("THead", "TBody", "TFoot")]
        wrong |= {kid.role for group in groups for kid in group.kids} - {"TR"}
        wrong |= {kid.role for row in _rows(table) for kid in row.kids} - CELLS
        if wrong:
            names = ">, <".join(sorted(wrong))
            yield Finding(
                "PDF-017", f"In einer Tabelle steht, was dort nicht hingehört: <{names}>.", table.first_page()
            )
        if sum(group.role == "THead" for group in groups) > 1:
            yield Finding("PDF-017", "Eine Tabelle hat mehr als einen Kopf (THead).", table.first_page())
        widths = set(_widths(list(_rows(table))))
        if len(widths) > 1:
            counts = ", ".join(map(str, sorted(widths)))
            yield Finding(
                "PDF-017", f"Die Zeilen einer Tabelle sind ungleich breit: {counts} Spalten.", table.first_page()
            )
    for element in book.tree.of("TR", *CELLS):
        above = {"TR": {"Table", "THead", "TBody", "TFoot"}}.get(element.role, {"TR"})
        if element.parent is None or element.parent.role not in above:
            yield Finding("PDF-017", f"<{element.role}> steht nicht in einer Tabelle.", element.first_page())


def _rows(table: Element) -> Iterator[Element]:
    for kid in table.kids:
        if kid.role == "TR":
            yield kid
        elif kid.role in PARTS:
            yield from (row for row in kid.kids if row.role == "TR")


def _span(cell: Element, name: str) -> int:
    stated = cell.attribute(name)
    return max(int(stated), 1) if stated is not None else 1


def _widths(rows: list[Element]) -> Iterator[int]:
    """Yield how many columns each row covers, with those that reach down into it from above."""
    reaching: list[tuple[int, int]] = []  # rows still to go, columns
    for row in rows:
        cells = [cell for cell in row.kids if cell.role in CELLS]
        yield sum(_span(cell, "/ColSpan") for cell in cells) + sum(columns for _, columns in reaching)
        reaching = [(left - 1, columns) for left, columns in reaching if left > 1]
        reaching += [
            (_span(cell, "/RowSpan") - 1, _span(cell, "/ColSpan")) for cell in cells if _span(cell, "/RowSpan") > 1
        ]


CHECKS: tuple[Callable[[Book], Findings], ...] = (heads, shape)
