"""Portraits: a page a field. It opens with the guiding question and the field in numbers; all figures are derived."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from assembly import german
from assembly.compose.numbering import randnummer
from assembly.compose.sheets import shares
from assembly.derive.ledger import ledger
from assembly.derive.measures import field_measures
from assembly.document import BETWEEN, Block, Fact, Facts, Prose, Section, SectionKind, Table, Text
from assembly.editions import Selection
from assembly.prose import Nodes, bullet_list, paragraph, plain, text_inlines
from schema.action_field import ActionField
from schema.measure import Maturity, Measure, Status

# A portrait is one page: its table has the lines that the texts leave, which stand in two columns.
LINES, LEAST_LINES, FULL_LINE = 21, 5, 110


def portraits(selection: Selection, chapter: str) -> Iterator[Section]:
    """Yield a page a field: question, numbers, description, goals, delimitation, measures."""
    for key, field in selection.plan.action_fields.items():
        yield Section(
            key,
            SectionKind.PORTRAIT,
            2,
            "",
            field.title,
            tuple(_blocks(selection, key, field)),
            opens_page=True,
            running=f"{chapter}{BETWEEN}{field.title}",
            kicker="Handlungsfeld",
            field=key,
            colour=field.colour,
        )


def _blocks(selection: Selection, key: str, field: ActionField) -> Iterator[Block]:
    texts: list[tuple[Nodes, str]] = [
        (selection.plan.text("action_field", key, "beschreibung"), "Worum es geht"),
        ([bullet_list([text_inlines(goal) for goal in field.goals])] if field.goals else [], "Ziele"),
        (selection.plan.text("action_field", key, "abgrenzung"), "Abgrenzung"),
    ]
    yield Prose([paragraph(text_inlines(field.question))], randnummer(key, 1), lead=True)
    measures = selection.in_field(key)
    if measures:
        yield Facts(tuple(_facts(measures)))
        book = ledger(selection.plan, measures)
        yield from shares(book, _years(book.years))
    for index, (nodes, label) in enumerate((text for text in texts if text[0]), start=2):
        yield Prose(nodes, randnummer(key, index), label)
    said = sum(len(plain(nodes)) for nodes, _ in texts)
    view = field_measures(selection, key, max(LINES - round(said / FULL_LINE), LEAST_LINES))
    note = text_inlines(view.note) if view.rows else []
    empty = "" if view.rows else view.empty
    title = text_inlines("Maßnahmen des Handlungsfelds")
    yield Table(f"{key}-massnahmen", title, view.columns, view.rows, note, empty=empty)


def _facts(measures: tuple[Measure, ...]) -> Iterator[Fact]:
    """Yield the field in numbers: how many measures, when, and how far they are."""
    beacons = sum(measure.lighthouse for measure in measures)
    among = f", davon {german.counted(beacons, 'Leuchtturm', 'Leuchttürme')}" if beacons else ""
    yield Fact("Maßnahmen", Text(f"{german.integer(len(measures))}{among}"))
    terms = [(measure.begin.year, measure.end.year) for measure in measures if measure.begin and measure.end]
    if terms:
        yield Fact("Laufzeit", Text(_years([year for term in terms for year in term])))
    yield Fact("Status", Text(_counts(Status, [measure.status for measure in measures])))
    stages = _counts(Maturity, [measure.maturity for measure in measures])
    if stages:
        yield Fact("Umsetzungsreife", Text(stages))


def _years(years: Sequence[int]) -> str:
    """Return the first and the last of some years: „2027 bis 2032“; none where there are none."""
    first, last = min(years, default=0), max(years, default=0)
    return f"{first} bis {last}" if first < last else str(first or "")


def _counts(words: Iterable[Status] | Iterable[Maturity], found: Iterable[Status | Maturity | None]) -> str:
    """Return how often each word occurs, the furthest last: „1 abgestimmt, 2 beschlussreif“."""
    listed = list(found)
    counts = ((word, listed.count(word)) for word in words if word in listed)
    return ", ".join(german.counted(count, word.label, word.plural) for word, count in counts)
