"""Words: every section, text, table and note of the Document is printed, and nothing else is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from assembly import german
from assembly.amounts import Amount
from assembly.document import Money, Section, SectionKind, Table
from assembly.paper.finding import Finding, Findings
from assembly.proofread.expected import PAGE, ExpectedTable, Passage, row_name
from assembly.proofread.printed import Flow
from assembly.proofread.sides import Pair, Sides

LONGEST = 60  # signs that a message quotes
AROUND = 12  # signs before and behind what differs


def sections(sides: Sides) -> Findings:
    """DRU-002: every section and record of the book is printed, whole or nearly so."""
    for section in sides.missing:
        yield Finding("DRU-002", f"{_named(section.section)} fehlt im Druck.")
    for pair in sides.pairs:
        if _is_lost(pair):
            pages = tuple(sorted(pair.printed.pages - {0}))
            yield Finding("DRU-002", f"{_named(pair.expected.section)} fehlt im Druck zum größten Teil.", pages)


def _is_lost(pair: Pair) -> bool:
    """Tell whether most of what a section has to print is not there: then single words say no more."""
    lost = sum(len(gap.passage.words) for gap in pair.match.gaps if gap.passage)
    return 2 * lost > sum(len(passage.words) for passage in pair.expected.passages)


def foreign(sides: Sides) -> Findings:
    """DRU-003: nothing is printed that the book does not hold: no section, no text, nothing outside the tree."""
    for section in sides.foreign:
        pages = tuple(sorted(section.pages))
        yield Finding("DRU-003", f"Der Abschnitt „{section.heading[:LONGEST]}“ gehört nicht in dieses Buch.", pages)
    wanted = Counter(note.words for note in sides.expected.notes) - Counter(n.text for n in sides.printed.notes)
    for pair in sides.pairs:
        for gap in pair.match.gaps:
            words = pair.printed.flow.text[gap.start : gap.end]
            if gap.passage is None and not _is_note(words, wanted):
                page = sides.page(pair.printed.flow.place(gap.start))
                yield Finding("DRU-003", f"Hier steht „{_short(words)}“, was nicht in dieses Buch gehört.", (page,))


def _is_note(words: str, wanted: Counter[str]) -> bool:
    """Tell whether words are footnotes, which plain WeasyPrint does not mark, and count them as found."""
    while words:
        note = next((note for note, count in wanted.items() if count and words.startswith(note)), None)
        if note is None:
            return False
        wanted[note] -= 1
        words = words[len(note) :]
    return True


def texts(sides: Sides) -> Findings:
    """DRU-004: every text is printed as it is in the Document, with all numbers in it."""
    for pair in sides.pairs:
        for gap in pair.match.gaps if not _is_lost(pair) else ():
            if gap.passage is not None and not (gap.passage.row and _is_comparable(pair)):
                yield _differing(sides, pair, gap.passage, gap.start, gap.end)


def _differing(sides: Sides, pair: Pair, passage: Passage, start: int, end: int) -> Finding:
    """Return what is wrong with a passage in whose place something else stands."""
    words = pair.printed.flow.text[start:end]
    page = sides.page(pair.printed.flow.place(start))
    where = f"{_named(pair.expected.section)}, {passage.where}"
    if not words:
        return Finding("DRU-004", f"{where}: „{_short(passage.shown)}“ fehlt im Druck.", (page,))
    one, other = _difference(passage.words, words)
    return Finding("DRU-004", f"{where}: Gedruckt ist „{other}“ statt „{one}“.", (page,))


def _difference(wanted: str, printed: str) -> tuple[str, str]:
    """Return both texts where they differ, with a little around it."""
    begin = _common(wanted, printed)
    same = _common(wanted[begin:][::-1], printed[begin:][::-1])
    first = max(begin - AROUND, 0)
    one, other = (_short(text[first : len(text) - max(same - AROUND, 0)]) for text in (wanted, printed))
    return one, other


def _common(one: str, other: str) -> int:
    """Return how many signs two texts have in common from their beginning on."""
    return next(
        (place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )


def notes(sides: Sides) -> Findings:
    """DRU-005: every footnote is printed as it is in the Document."""
    wanted = Counter(note.words for note in sides.expected.notes)
    printed = Counter(note.text for note in sides.printed.notes)
    loose = "\n".join(pair.printed.flow.text[gap.start : gap.end] for pair in sides.pairs for gap in pair.match.gaps)
    for words in wanted - printed:
        if words not in loose:
            yield Finding("DRU-005", f"Die Fußnote „{_short(words)}“ fehlt im Druck oder lautet anders.")
    for flow in sides.printed.notes:
        if flow.text not in wanted:
            page = sides.page(flow.place(0))
            yield Finding("DRU-005", f"Die Fußnote „{_short(flow.text)}“ steht nicht so im Buch.", (page,))


def cells(sides: Sides) -> Findings:
    """DRU-006: every cell of a table is printed as it was computed; a sum above all."""
    for pair in sides.pairs:
        if pair.match.gaps and _is_comparable(pair):
            for wanted, rows in zip(pair.expected.tables, pair.printed.tables, strict=True):
                yield from _cells(sides, wanted, rows)


def _is_comparable(pair: Pair) -> bool:
    """Tell whether the tables of a section have as many rows as they have to: then cell is held against cell."""
    return [len(wanted.rows) for wanted in pair.expected.tables] == [len(rows) for rows in pair.printed.tables]


def _cells(sides: Sides, wanted: ExpectedTable, rows: list[list[Flow]]) -> Findings:
    for row, cells, printed in zip(wanted.table.rows, wanted.rows, rows, strict=False):
        for cell, words, flow in zip(row.cells, cells, printed, strict=False):
            if words != flow.text:
                what = f"{_table(wanted.table)}, {row_name(row, cells)}"
                page = sides.page(flow.place(0)) if flow.text else 0
                kind = "berechnet" if isinstance(cell, Money) else "vorgesehen"
                yield Finding(
                    "DRU-006",
                    f"{what}: Gedruckt ist „{_short(flow.text)}“, {kind} „{_short(words)}“.",
                    (page,) if page else (),
                )


def sums(sides: Sides) -> Findings:
    """DRU-007: a sum is the sum of its addends, down to the lines of records, which are the same everywhere."""
    known: dict[str, int] = {}
    seen: dict[int, Amount] = {}
    for table in (table for section in sides.expected.sections for table in section.tables):
        for row, words in zip(table.table.rows, table.rows, strict=True):
            amounts = [cell.amount for cell in row.cells if isinstance(cell, Money)]
            for amount in amounts:
                if not _adds_up(amount, seen, known):
                    what = f"{_table(table.table)}, {row_name(row, words)}"
                    written = german.euros(amount.cents)
                    yield Finding(
                        "DRU-007", f"{what}: {written} ist nicht die Summe der Beträge, aus denen es besteht."
                    )


def _adds_up(amount: Amount, seen: dict[int, Amount], known: dict[str, int]) -> bool:
    """Tell whether an amount is the sum of its addends, and its lines are what they are elsewhere."""
    if id(amount) in seen:
        return True
    seen[id(amount)] = amount
    if amount.addends:
        own = sum(addend.cents for addend in amount.addends) == amount.cents
        return all([own, *(_adds_up(addend, seen, known) for addend in amount.addends)])
    return not amount.origin or abs(known.setdefault(amount.origin, amount.cents)) == abs(amount.cents)


def _table(table: Table) -> str:
    return f"Tabelle {table.number}" if table.number else f"Tabelle „{table.id}“"


def _named(section: Section) -> str:
    """Return what a section is called in a message."""
    if section.kind is SectionKind.COVER:
        return "Titelseite"
    if section.kind is SectionKind.SHEET:
        return f"Steckbrief {section.id}"
    if section.kind is SectionKind.PORTRAIT:
        return f"Handlungsfeld {section.id}"
    return f"Abschnitt „{section.number} {section.title}“".replace("„ ", "„")


def _short(words: str) -> str:
    words = words.replace(PAGE, "…")
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"


CHECKS: tuple[Callable[[Sides], Findings], ...] = (sections, foreign, texts, notes, cells, sums)
