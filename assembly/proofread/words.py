"""Words: every section, text, table and note of the Document is printed, and nothing else is."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from assembly import german
from assembly.amounts import Amount
from assembly.document import DATA_NAME, Document, Money, Row, RowKind, Section, SectionKind, Table
from assembly.paper.finding import Finding, Findings
from assembly.proofread.bars import bars
from assembly.proofread.expected import PAGE, Passage
from assembly.proofread.figures import alternatives, figures
from assembly.proofread.sides import Pair, Sides
from assembly.proofread.tables import TablePair

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
    if not pair.match.gaps and not pair.tables.missing:
        return False
    lost = sum(len(gap.passage.words) for gap in pair.match.gaps if gap.passage)
    lost += sum(len("".join(row)) for table in pair.tables.missing for row in table.rows)
    whole = sum(len(passage.words) for passage in pair.expected.passages)
    return 2 * lost > whole + sum(len("".join(row)) for table in pair.expected.tables for row in table.rows)


def foreign(sides: Sides) -> Findings:
    """DRU-003: nothing is printed that the book does not hold: no section, no text, no table, no row."""
    for section in sides.foreign:
        pages = tuple(sorted(section.pages))
        yield Finding("DRU-003", f"Der Abschnitt „{section.heading[:LONGEST]}“ gehört nicht in dieses Buch.", pages)
    notes = Counter(note.words for note in sides.expected.notes) - Counter(n.text for n in sides.printed.notes)
    heads = frozenset(
        head for section in sides.expected.sections for head in section.heads
    )  # which are repeated where a table goes on
    for pair in sides.pairs:
        for gap in pair.match.gaps:
            words = pair.printed.flow.text[gap.start : gap.end]
            if gap.passage is None and words not in heads and not _is_note(words, notes):
                page = sides.page(pair.printed.flow.place(gap.start))
                yield Finding("DRU-003", f"Hier steht „{_short(words)}“, was nicht in dieses Buch gehört.", (page,))
        yield from _foreign_rows(sides, pair)


def _foreign_rows(sides: Sides, pair: Pair) -> Findings:
    for table in pair.tables.foreign:
        yield Finding("DRU-003", f"Die Tabelle „{_short(table.caption)}“ gehört nicht in dieses Buch.")
    for held in pair.tables.pairs:
        for row in held.foreign:
            words = _short(" ".join(cell.text for cell in row))
            what = f"{_table(held.expected.table)}: Die Zeile „{words}“ gehört nicht hinein."
            yield Finding("DRU-003", what, (sides.page(row[0].start),) if row else ())


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
            if gap.passage is not None:
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
    """DRU-006: every cell of every table is printed as it was computed; a sum above all."""
    for pair in sides.pairs:
        if _is_lost(pair):
            continue
        for missing in pair.tables.missing:
            yield Finding("DRU-006", f"{_table(missing.table)} fehlt im Druck.")
        for held in pair.tables.pairs:
            if [[cell.text for cell in row or ()] for row in held.rows] != held.expected.rows:
                yield from _cells(sides, held)


def _cells(sides: Sides, held: TablePair) -> Findings:
    for row, words, printed in zip(held.expected.table.rows, held.expected.rows, held.rows, strict=True):
        what = f"{_table(held.expected.table)}, {_row(row, words)}"
        if printed is None or len(printed) != len(words):
            yield Finding("DRU-006", f"{what}: Die Zeile fehlt im Druck oder ist zerrissen.")
            continue
        for cell, wanted, found in zip(row.cells, words, printed, strict=True):
            if wanted != found.text:
                kind = "berechnet" if isinstance(cell, Money) else "vorgesehen"
                one, other = _difference(wanted, found.text)
                pages = (sides.page(found.start),) if found.text else ()
                yield Finding("DRU-006", f"{what}: Gedruckt ist „{other}“, {kind} „{one}“.", pages)


def _row(row: Row, words: Sequence[str]) -> str:
    """Return what a row is called in a message."""
    return {RowKind.TOTAL: "Summe", RowKind.SUBTOTAL: "Zwischensumme"}.get(row.kind, f"Zeile „{_short(words[0])[:40]}“")


def attachments(sides: Sides) -> Findings:
    """DRU-009: the data that travel inside are those of the book, and its amounts are made of them."""
    for attachment in sides.document.attachments:
        if sides.book.attachments.get(attachment.name) != attachment.content:
            yield Finding("DRU-009", f"Der Anhang „{attachment.name}“ fehlt oder ist ein anderer.")
    for name in sides.book.attachments.keys() - {attachment.name for attachment in sides.document.attachments}:
        yield Finding("DRU-009", f"Der Anhang „{name}“ gehört nicht in dieses Buch.")


def sums(sides: Sides) -> Findings:
    """DRU-007: a sum is the sum of its addends, down to the lines of records as the attached data have them."""
    known = dict(_lines(sides.document))
    seen: dict[int, Amount] = {}
    for table in (table for section in sides.expected.sections for table in section.tables):
        for row, words in zip(table.table.rows, table.rows, strict=True):
            amounts = [cell.amount for cell in row.cells if isinstance(cell, Money)]
            for amount in amounts:
                if not _adds_up(amount, seen, known):
                    what = f"{_table(table.table)}, {_row(row, words)}: {german.euros(amount.cents)}"
                    yield Finding("DRU-007", f"{what} ist nicht die Summe der Beträge, aus denen es besteht.")


def _adds_up(amount: Amount, seen: dict[int, Amount], known: dict[str, int]) -> bool:
    """Tell whether an amount is the sum of its addends, and its lines are what they are in the data and elsewhere."""
    if id(amount) in seen:
        return True
    seen[id(amount)] = amount
    if amount.addends or amount.less:
        own = sum(part.cents for part in amount.addends) - sum(part.cents for part in amount.less) == amount.cents
        return all([own, *(_adds_up(part, seen, known) for part in (*amount.addends, *amount.less))])
    return not amount.origin or known.setdefault(amount.origin, amount.cents) == amount.cents


def _lines(document: Document) -> Iterator[tuple[str, int]]:
    """Yield the amounts of the attached measures in cents, by what `assembly.amounts` calls their origin."""
    data = next((file.content for file in document.attachments if file.name == DATA_NAME), b"{}")
    for measure in json.loads(data).get("massnahmen", []):
        for kind, years in measure.get("kosten", {}).items():
            yield from ((f"{measure['id']}/kosten/{kind}/{year}", _cents(euros)) for year, euros in years.items())
        for index, source in enumerate(measure.get("finanzierung", [])):
            for year, euros in source["betraege"].items():
                yield f"{measure['id']}/finanzierung/{index}/betraege/{year}", _cents(euros)


def _cents(euros: float) -> int:
    return round(euros * 100)


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


CHECKS: tuple[Callable[[Sides], Findings], ...] = (
    sections,
    foreign,
    texts,
    notes,
    cells,
    figures,
    bars,
    alternatives,
    sums,
    attachments,
)
