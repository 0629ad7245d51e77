"""Continued: what stands at the head of a page above a table that goes on there: which table it is, and which group.

Pages set it in their margins, from what the rows of the table before have said last (`string-set`): so it takes no room
from the rows, and screen readers, for whom the table is one, do not meet it in the middle.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest

from assembly.document import Cell, Field, Ref, Rich, Row, RowKind, Several, Table
from assembly.prose import plain
from assembly.render_pdf.metrics import clipped, width
from assembly.render_pdf.tables import cell_text
from assembly.theme import Typeface

SIZE, WEIGHT = 9.1, 600  # points, and weight of the type
LONGEST_NAME = 24  # letters


def continued(table: Table, line: float, sans: Typeface) -> list[str | None]:
    """Return what each row has to say: where a group begins its name, where it ends that of the table alone.

    None: a row has nothing to say. The last row may itself go on: that nothing does is said by what stands below the
    table, whatever it is (the style sheet). `line` is what a line holds.
    """
    said: list[str | None] = [None] * len(table.rows)
    begins = [index for index, row in enumerate(table.rows) if row.kind is RowKind.GROUP or index == 0]
    for begin, end in zip_longest(begins, begins[1:], fillvalue=len(said)):
        said[begin] = _words(table, table.rows[begin], line, sans)
        if end < len(said):
            said[end - 1] = _words(table, None, line, sans)
    return said


def naming_rows(
    table: Table, said: Sequence[str | None], names: Mapping[int, Cell], line: float, sans: Typeface
) -> tuple[list[str | None], dict[int, str]]:
    """Return what rows say where those that may go over pages say their names too, and what these say at their end.

    `names` are the cells that name them, by the places of the rows; a long one is none.
    """
    found, ends, before = [*said], dict[int, str](), ""
    for index, words in enumerate(said):
        name = _name(names[index]) if index in names else ""
        if name:
            own = before or words or ""
            ends[index] = words or own
            longest = f"{own} · {name}"
            fits = width(sans, longest, SIZE, WEIGHT) <= line
            found[index] = longest if fits else clipped(sans, f"{_table(table)} · {name}", line, SIZE, WEIGHT)
        before = words or before
    return found, ends


def _name(cell: Cell) -> str:
    """Return the name that a cell begins with, empty where that is long."""
    first = cell.items[0] if isinstance(cell, Several) and cell.items else cell
    words = plain(first.blocks) if isinstance(first, Rich) else cell_text(_bare(first))
    return words if len(words) <= LONGEST_NAME else ""


def _words(table: Table, row: Row | None, line: float, sans: Typeface) -> str:
    """Return the words for a table, in the group that `row` begins; the caption gives way where the line is short."""
    caption = plain(table.caption)
    name = _table(table)
    group = cell_text(_bare(row.cells[0])) if row and row.kind is RowKind.GROUP else ""
    words = " · ".join(part for part in (name, caption if table.number else "", group) if part)
    if group and width(sans, words, SIZE, WEIGHT) > line:
        words = f"{name} · {group}"
    return clipped(sans, words, line, SIZE, WEIGHT)


def _table(table: Table) -> str:
    name = f"Tabelle {table.number}" if table.number else plain(table.caption)
    return name if name.startswith("Fortsetzung") else f"{name} (Fortsetzung)"


def _bare(cell: Cell) -> Cell:
    """Return what a heading says in words alone, without pages and signs."""
    match cell:
        case Field(ref=ref) | (Ref() as ref):
            return replace(ref, page=False)
        case Several(items=items):
            return replace(cell, items=tuple(map(_bare, items)))
        case _:
            return cell
