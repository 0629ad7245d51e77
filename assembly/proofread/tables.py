"""Tables: the rows that a table has to have, each with the row that is printed for it.

A row that is too high for its page is printed in two or more parts, cell by cell; here it is one again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from assembly.proofread.expected import ExpectedTable
from assembly.proofread.printed import PrintedTable, Words


@dataclass(frozen=True, slots=True)
class TablePair:
    """A table as it has to be, and the row that is printed for each of its rows (None: none is).

    `foreign` are rows that it ought not to have.
    """

    expected: ExpectedTable
    rows: list[list[Words] | None]
    foreign: list[list[Words]]


@dataclass(frozen=True, slots=True)
class HeldTables:
    """The tables of a section: in pairs, and those of one side alone."""

    pairs: list[TablePair]
    missing: list[ExpectedTable]
    foreign: list[PrintedTable]


def hold_tables(wanted: Sequence[ExpectedTable], printed: Sequence[PrintedTable]) -> HeldTables:
    """Return the tables of a section in pairs: in their order, or by their captions where some are missing."""
    if len(wanted) == len(printed):
        return HeldTables([_pair(*both) for both in zip(wanted, printed, strict=True)], [], [])
    left = list(printed)
    pairs: list[TablePair] = []
    missing: list[ExpectedTable] = []
    for table in wanted:
        found = next((other for other in left if other.caption.endswith(table.caption)), None)
        if found is None:
            missing.append(table)
        else:
            left.remove(found)
            pairs.append(_pair(table, found))
    return HeldTables(pairs, missing, left)


def _pair(wanted: ExpectedTable, printed: PrintedTable) -> TablePair:
    pair = TablePair(wanted, [], [])
    if [[cell.text for cell in row] for row in printed.rows] == wanted.rows:  # nearly always
        pair.rows.extend(printed.rows)
        return pair
    heads = [tuple(row) for row in wanted.rows], [tuple(cell.text for cell in row) for row in printed.rows]
    for tag, a, b, c, d in SequenceMatcher(None, *heads, autojunk=False).get_opcodes():
        rows = printed.rows[c:d]
        if tag != "equal":
            rows = list(_whole(wanted.rows[a:b], rows))
        if b - a == len(rows):
            pair.rows.extend(rows)
        else:
            _by_head(pair, wanted.rows[a:b], rows)
    return pair


def _whole(wanted: Sequence[list[str]], printed: Sequence[list[Words]]) -> Iterator[list[Words]]:
    """Yield printed rows, the parts of a broken one as one."""
    waiting = list(printed)
    for row in wanted:
        if not waiting:
            return
        whole = waiting.pop(0)
        while waiting and (longer := _longer(row, whole, waiting[0])):
            whole = longer
            del waiting[0]
        yield whole
    yield from waiting


def _longer(row: list[str], whole: list[Words], part: list[Words]) -> list[Words] | None:
    """Return both parts as one row, if that is how a row can begin."""
    if len(row) != len(whole) or len(whole) != len(part) or [cell.text for cell in whole] == row:
        return None
    parts = zip(whole, part, strict=True)
    both = [Words(one.text + other.text, one.start if one.text else other.start) for one, other in parts]
    return both if all(words.startswith(cell.text) for words, cell in zip(row, both, strict=True)) else None


def _by_head(pair: TablePair, wanted: Sequence[list[str]], printed: Sequence[list[Words]]) -> None:
    """Pair rows by their first cell."""
    left = list(printed)
    for row in wanted:
        found = next((other for other in left if other and row and other[0].text == row[0]), None)
        if found is not None:
            left.remove(found)
        pair.rows.append(found)
    pair.foreign.extend(left)
