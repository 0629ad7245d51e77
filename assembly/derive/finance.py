"""Views of money: costs by year, planned financing by source, year and field, the sources. Amounts in full euros."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from assembly import german
from assembly.amounts import Amount, total
from assembly.derive.cells import (
    FigureView,
    TableView,
    field_cell,
    listed_or_counted,
    measure_cell,
    parts,
    place_names,
    short_cell,
)
from assembly.derive.ledger import Ledger, ledger
from assembly.document import (
    Align,
    Cell,
    Column,
    Money,
    Nothing,
    Row,
    RowKind,
    Several,
    Text,
)
from assembly.drawings import OPEN, StackedBars
from assembly.editions import Part, Selection
from assembly.plan import Plan
from schema.funding_source import FundingSource, Tier
from schema.measure import Certainty, Status

PLANNED = "Geplante Mittel, keine Zusagen; in Euro."
MOST_LAYERS, LAYER_LETTERS = 9, 16  # sources that bars are divided into, and characters of the name of one
MOST_YEARS = 7  # columns of full euros beside their sum that an upright page holds in readable type
UPRIGHT, LANDSCAPE = 122.0, 209.0  # millimetres that a page has for figures beside their names
GUTTER, DIGIT = 2.6, 1.37  # millimetres: room between columns, and a digit in the smallest type of a table
SHORT_SUM = 10_000_000_000  # cents: sums below a hundred million euros are so short that one more year has room


def costs_by_year(selection: Selection, field: str) -> TableView:
    """Costs of each measure by year, a subtotal a field, with the sums the edition asks for."""
    measures = selection.in_field(field)
    book = ledger(selection.plan, measures)
    by_measure = book.by("measure")
    rows: list[Row] = []
    for key, part in book.where(lambda posting: bool(posting.cost)).by("field").items():
        title = selection.plan.action_fields[str(key)].title
        if not field:
            rows.append(Row((field_cell(selection.plan, str(key), page=False),), RowKind.GROUP))
        for measure in measures:
            if measure.field == key and measure.id in by_measure:
                rows.append(_row(measure_cell(measure), by_measure[measure.id].yearly(Ledger.costs)))
        if not field:
            rows.append(_row(Text(f"Summe {title}"), part.yearly(Ledger.costs), RowKind.SUBTOTAL))
    if rows:
        rows.append(_row(Text("Summe"), book.yearly(Ledger.costs), RowKind.TOTAL))
        rows += _status_rows(selection, book)
    without = [measure.id for measure in measures if measure.costs is None]
    note = "Investive und laufende Kosten zusammen, in Euro."
    if without:
        note += f" Noch ohne Kosten: {listed_or_counted(without)}."
    columns = (Column("Maßnahme"), *_year_columns(book))
    return TableView(columns, tuple(rows), note, wide=len(book.years) > MOST_YEARS, by_year=True)


def _status_rows(selection: Selection, book: Ledger) -> list[Row]:
    """Return the „davon …“ rows that the edition has: one a status, or the measures ready for decision."""
    status = {measure.id: measure.status for measure in selection.measures}
    every = [word for word in Status if word in {status[posting.measure] for posting in book.postings}]
    wanted = every if selection.has(Part.STATUS_LINES) else [Status.READY] if selection.has(Part.READY_LINE) else []
    return [_row(Text(f"davon {word.label}"), _with_status(book, status, word).yearly(Ledger.costs)) for word in wanted]


def _with_status(book: Ledger, status: dict[str, Status], word: Status) -> Ledger:
    return book.where(lambda posting: status[posting.measure] is word)


def financing_by_source_and_year(selection: Selection, field: str) -> TableView:
    """Planned financing by source and year, a subtotal a tier, then the open gap and the costs."""
    plan = selection.plan
    book = ledger(plan, selection.in_field(field))
    by_source, by_tier = book.by("source"), book.by("tier")
    rows: list[Row] = []
    for tier in Tier:
        used = [key for key, source in plan.funding_sources.items() if source.tier is tier and key in by_source]
        for key in used:
            rows.append(_row(Text(plan.funding_sources[key].short), by_source[key].yearly(Ledger.financing)))
        if len(used) > 1:
            label = Text(f"Summe {tier.label}")
            rows.append(_row(label, by_tier[tier].yearly(Ledger.financing), RowKind.SUBTOTAL))
    if book.postings:
        rows.append(_row(Text("Geplante Mittel"), book.yearly(Ledger.financing), RowKind.SUBTOTAL))
        rows.append(_row(Text(OPEN), book.yearly(Ledger.gap)))
        rows.append(_row(Text("Kosten"), book.yearly(Ledger.costs), RowKind.TOTAL))
    columns = (Column("Quelle", width=34), *_year_columns(book))
    note = PLANNED + shared(plan, book)
    return TableView(columns, tuple(rows), note, wide=len(book.years) > MOST_YEARS, by_year=True)


def financing_by_field_and_tier(selection: Selection) -> TableView:
    """Planned financing by action field and tier, with the open gap and the costs."""
    book = ledger(selection.plan, selection.measures)
    tiers = [tier for tier in Tier if tier in book.by("tier")]
    headings = (*(tier.label for tier in tiers), OPEN, "Kosten")
    columns = (Column("Handlungsfeld", width=42), *(Column(heading, Align.RIGHT) for heading in headings))

    def amounts(part: Ledger) -> list[Amount]:
        return [*(part.part("tier", tier).financing() for tier in tiers), part.gap(), part.costs()]

    rows = [
        _row(field_cell(selection.plan, str(key), page=False), amounts(part)) for key, part in book.by("field").items()
    ]
    if rows:
        rows.append(_row(Text("Summe"), amounts(book), RowKind.TOTAL))
    view = TableView(columns, tuple(rows), PLANNED)
    view = view if _fits(view) else _in_millions(view)
    return replace(view, note=view.note + shared(selection.plan, book))


def funding_sources(selection: Selection) -> TableView:
    """All funding sources: what they are, whom and when they may serve, and how much is planned from each."""
    plan = selection.plan
    book = ledger(plan, selection.measures)
    rows = [
        Row(
            (
                _source_name(source),
                _terms(plan, source),
                Text(german.quantity(source.max_rate, "%")) if source.max_rate is not None else Nothing(),
                Text(source.note) if source.note else Nothing(),
                Money(book.part("source", key).financing()),
            )
        )
        for key, source in plan.funding_sources.items()
    ]
    if rows:
        rows.append(Row((Text("Summe"), *[Text("")] * 3, Money(book.financing())), RowKind.TOTAL))
    columns = (
        Column("Quelle", width=43),
        Column("Ebene und Geltung", width=41),
        Column("Höchstsatz", Align.RIGHT, 18),
        Column("Hinweis"),
        Column("Mittel", Align.RIGHT, 22),
    )
    note = (
        "Mittel: geplant, keine Zusagen; in Euro. „–“ unter „Mittel“: In dieser Ausgabe plant keine Maßnahme mit der"
        " Quelle."
    )
    return TableView(columns, tuple(rows), note)


def _source_name(source: FundingSource) -> Cell:
    """Return short and long name, a line each; one where they are the same."""
    words = dict.fromkeys((source.short, source.name))
    return Several(tuple(Text(line, strong=not at) for at, line in enumerate(words)), "\n")


def _terms(plan: Plan, source: FundingSource) -> Cell:
    """Return tiers, programme, runtime and area of a funding source, a line each."""
    lines = [_tiers(source)]
    if source.programme:
        lines.append(source.programme)
    if source.term:
        lines.append(f"{german.month(source.term.begin)}{german.NBSP}– {german.month(source.term.end)}")
    here = [ags for ags in source.places if ags[:5] in plan.districts]
    if source.places:
        lines.append(f"nur {place_names(plan, here)}" if here else "nur außerhalb der Region")
    return Several(tuple(map(Text, lines)), "\n")


def _tiers(source: FundingSource) -> str:
    """Return the tiers that pay a funding source."""
    return german.listing([tier.label for tier in (source.tier, *source.shared_with)])


def shared(plan: Plan, book: Ledger) -> str:
    """Return what a note by tier must add: which sources several tiers pay, and where all of their money is counted."""
    by_source = book.by("source")
    words = [
        f" {source.short} ({german.roughly(by_source[key].financing().cents)}) finanzieren"
        f" {_tiers(source)} gemeinsam; gezählt ist der"
        f" ganze Betrag bei „{source.tier.label}“."
        for key, source in plan.funding_sources.items()
        if source.shared_with and key in by_source
    ]
    return "".join(words)


def _in_millions(view: TableView) -> TableView:
    """Return a table of long sums in millions, as its head says, so that it stands upright."""
    unit = german.unit_for(german.MILLION)
    first, *others = view.columns
    rows = (
        replace(row, cells=tuple(short_cell(unit, c.amount.cents) if isinstance(c, Money) else c for c in row.cells))
        for row in view.rows
    )
    note = f"Geplante Mittel, keine Zusagen; in {unit.name}. Gerundet sind auch die Summen, jede für sich."
    columns = (replace(first, title=f"{first.title} (in {unit.name})"), *others)
    return replace(view, columns=columns, rows=tuple(rows), note=note)


def financing_by_certainty(selection: Selection, field: str) -> TableView:
    """Planned, applied for and granted financing by field, with the open gap and the costs: how sure the money is."""
    plan = selection.plan
    book = ledger(plan, selection.in_field(field))

    def amounts(part: Ledger) -> list[Amount]:
        return [*(part.part("certainty", word).financing() for word in Certainty), part.gap(), part.costs()]

    books = ((head, ledger(plan, measures)) for head, measures in parts(selection, field))
    rows = [_row(head, amounts(part)) for head, part in books if part.postings]
    if rows:
        whole = amounts(book)
        rows.append(_row(Text("Summe"), whole, RowKind.TOTAL))
        if book.costs().cents:
            shares = (Text(german.percent(amount.cents, book.costs().cents)) for amount in whole)
            rows.append(Row((Text("Anteil an den Kosten"), *shares)))
    columns = (
        Column("Maßnahme" if field else "Handlungsfeld", width=52),
        *(Column(heading, Align.RIGHT) for heading in (*(word.label for word in Certainty), OPEN, "Kosten")),
    )
    note = (
        "In Euro. Nur bewilligte Mittel sind zugesagt; „offen“ sind Kosten ohne vorgesehene Mittel. Anteile gerundet."
    )
    return TableView(columns, tuple(rows), note, "In dieser Ausgabe nennt keine Maßnahme Kosten oder Mittel.")


def money_by_year(selection: Selection, field: str) -> FigureView:
    """Stacked bars: planned financing by year and tier, the open gap on top."""
    book = ledger(selection.plan, selection.in_field(field))
    layers = [
        (str(tier.label), _cents(part.yearly(Ledger.financing)))
        for tier in Tier
        if (part := book.part("tier", tier)).postings
    ]
    return _stacked(selection, book, layers, "Ebene")


def money_by_source(selection: Selection, field: str) -> FigureView:
    """Stacked bars: planned financing by year and source, those of one tier together; of very many the greatest."""
    plan = selection.plan
    book = ledger(plan, selection.in_field(field))
    parts = book.where(lambda posting: bool(posting.source)).by("source")
    used = [
        key for tier in Tier for key, source in plan.funding_sources.items() if source.tier is tier and key in parts
    ]
    greatest = sorted(used, key=lambda key: -parts[key].financing().cents)
    kept = greatest if len(used) <= MOST_LAYERS else greatest[: MOST_LAYERS - 1]
    layers = [
        (
            german.shortened(plan.funding_sources[key].short, LAYER_LETTERS),
            _cents(parts[key].yearly(Ledger.financing)),
        )
        for key in used
        if key in kept
    ]
    if len(kept) < len(used):
        rest = book.where(lambda posting: bool(posting.source) and posting.source not in kept)
        layers.append((f"{len(used) - len(kept)} weitere", _cents(rest.yearly(Ledger.financing))))
    return _stacked(selection, book, layers, "Quelle")


def _stacked(
    selection: Selection, book: Ledger, layers: Sequence[tuple[str, tuple[int, ...]]], origin: str
) -> FigureView:
    """Return the bars of the costs by year, divided into these layers, the open gap on top."""
    if not book.postings:
        return FigureView(None, "")
    costs, gaps = book.yearly(Ledger.costs), book.yearly(Ledger.gap)
    peak = max(range(len(book.years)), key=lambda index: costs[index].cents)
    alternative = (
        f"Gestapelte Balken der Kosten von {book.years[0]} bis {book.years[-1]}, geteilt nach der {origin}, von der das"
        f" Geld geplant ist. Am höchsten ist {book.years[peak]} mit {german.roughly(costs[peak].cents)}; insgesamt"
        f" sind es {german.roughly(costs[-1].cents)}, davon {german.roughly(gaps[-1].cents)} offen."
    )
    note = "Geplante Mittel, keine Zusagen; „offen“ sind Kosten ohne geplante Mittel." + shared(selection.plan, book)
    columns = tuple(str(year) for year in book.years)
    return FigureView(StackedBars(columns, (*layers, (OPEN, _cents(gaps)))), alternative, note)


def _cents(yearly: tuple[Amount, ...]) -> tuple[int, ...]:
    return tuple(amount.cents for amount in yearly[:-1])


def measure_money(selection: Selection, measure_id: str) -> TableView:
    """Costs and financing of one measure by year, in which financing and gap add up to the costs."""
    plan = selection.plan
    book = ledger(plan, [plan.measures[measure_id]])
    if not book.postings:
        return TableView((), ())
    rows: list[Row] = []
    for key in ("investiv", "laufend"):
        rows.append(_row(Text(f"Kosten {key}"), book.part("cost", key).yearly(Ledger.costs)))
    rows.append(_row(Text("Kosten gesamt"), book.yearly(Ledger.costs), RowKind.SUBTOTAL))
    for index, financing in enumerate(plan.measures[measure_id].financing):
        source = plan.funding_sources.get(financing.source)
        label = f"{source.short if source else financing.source} ({financing.certainty.label})"
        rows.append(_row(Text(label), book.part("item", index).yearly(Ledger.financing)))
    rows.append(_row(Text(OPEN), book.yearly(Ledger.gap)))
    covered = [total(pair) for pair in zip(book.yearly(Ledger.financing), book.yearly(Ledger.gap), strict=True)]
    rows.append(_row(Text("Finanzierung gesamt"), covered, RowKind.TOTAL))
    note = PLANNED + shared(plan, book)
    return TableView((Column("Art und Quelle", width=40), *_year_columns(book)), tuple(rows), note)


def folded(view: TableView) -> list[TableView]:
    """Return a table of years as tables that an upright page holds, the sum in the last: a sheet is never landscape.

    The years are shared out evenly; the note stands below the last.
    """
    if not view.columns:
        return [view]
    years = len(view.columns) - 2
    sums = [cell.amount.cents for row in view.rows for cell in row.cells if isinstance(cell, Money)]
    return _cut(view, math.ceil(years / (MOST_YEARS + (max(sums, default=0) < SHORT_SUM))))


def continued(view: TableView) -> list[TableView]:
    """Return a table of a chapter as tables that its page holds: one, unless its years have very large sums."""
    if not (view.by_year and view.rows):
        return [view]
    cuts = (_cut(view, parts) for parts in range(1, len(view.columns) - 1))
    return next((cut for cut in cuts if all(map(_fits, cut))), [view])


def _fits(view: TableView) -> bool:
    rows = (row.cells[1:] for row in view.rows if row.kind is not RowKind.GROUP)
    figures = (
        [german.euros(cell.amount.cents, unit=False) for cell in column if isinstance(cell, Money)]
        for column in zip(*rows, strict=True)
    )
    return sum(max(map(_breadth, column)) for column in figures) <= (LANDSCAPE if view.wide else UPRIGHT)


def _breadth(figures: str) -> float:
    """Return the breadth of a column that holds the figures in the smallest type, in millimetres."""
    return GUTTER + sum(DIGIT if sign.isdigit() else DIGIT / 2 for sign in figures)


def _cut(view: TableView, parts: int) -> list[TableView]:
    years = len(view.columns) - 2
    cuts = [*(1 + years * part // parts for part in range(parts)), len(view.columns)]
    return [
        replace(
            view,
            columns=(view.columns[0], *view.columns[begin:end]),
            rows=tuple(_cells(row, begin, end) for row in view.rows),
            note=view.note if end == len(view.columns) else "",
        )
        for begin, end in pairwise(cuts)
    ]


def _cells(row: Row, begin: int, end: int) -> Row:
    """Return a row with its head and some of its other cells; the heading of a group has but one."""
    return row if row.kind is RowKind.GROUP else replace(row, cells=(row.cells[0], *row.cells[begin:end]))


def years_of(view: TableView) -> str:
    """Return which years a table shows: „2033 bis 2038“."""
    years = [column.title for column in view.columns[1:] if column.title.isdigit()]
    return f"{years[0]} bis {years[-1]}" if len(years) > 1 else "".join(years)


def _year_columns(book: Ledger) -> tuple[Column, ...]:
    return tuple(Column(heading, Align.RIGHT) for heading in (*map(str, book.years), "Summe"))


def _row(head: Cell, amounts: Iterable[Amount], kind: RowKind = RowKind.BODY) -> Row:
    return Row((head, *(Money(amount) for amount in amounts)), kind)
