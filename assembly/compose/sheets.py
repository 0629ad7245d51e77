"""Sheets: the facts of one measure as blocks (Steckbrief). Each label has a fixed Randnummer, stable over versions.

The first page answers at a glance what, why, who, where, when, how much, from whom, how sure, how measured and what
comes next; texts and tables say more, and where the measure comes from and belongs stands at the end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from assembly import german
from assembly.compose.numbering import randnummer
from assembly.derive.cells import (
    TableView,
    horizon,
    lead_cell,
    measure_ref,
    organisation_refs,
    place_names,
    term_cell,
    vision_ref,
)
from assembly.derive.finance import folded, measure_money, years_of
from assembly.derive.ledger import Ledger, ledger
from assembly.derive.measures import (
    INDICATOR_COLUMNS,
    RISK_COLUMNS,
    indicator_rows,
    milestones,
    milestones_in_order,
    risk_rows,
)
from assembly.derive.timeline import bar
from assembly.document import (
    BETWEEN,
    Block,
    Cell,
    Column,
    Fact,
    Facts,
    Grade,
    Missing,
    Nothing,
    Notice,
    Prose,
    Quantity,
    Randnummer,
    Ref,
    Rich,
    Row,
    Schedule,
    Section,
    SectionKind,
    Several,
    Share,
    Shares,
    Table,
    Term,
    Text,
    When,
)
from assembly.drawings import OPEN
from assembly.editions import Part, Selection
from assembly.prose import GAP, RANDNUMMER, Nodes, paragraph, passage, text_inlines
from schema.funding_source import Tier
from schema.measure import Appraisal, Certainty, DependencyKind, Exclusion, IndicatorKind, Maturity, Measure, Origin
from schema.scalars import Month
from schema.status import required_keys
from schema.vocabulary import SHEET_LABELS

BESIDE_TAGS = 34  # characters of the name of a field: they stand on one line with the tags; its portrait has all


def sheet(selection: Selection, measure: Measure, today: date, chapter: str) -> Section:
    """Return the sheet of one measure as a section of its own page; the milestones before `today` are past.

    The running head names `chapter` and measure.
    """
    field = selection.plan.action_fields[measure.field]
    tags = tuple(
        tag for tag, holds in (("Leuchtturm", measure.lighthouse), ("Beispiel", measure.illustrative)) if holds
    )
    return Section(
        id=measure.id,
        kind=SectionKind.SHEET,
        level=2,
        number=measure.id,
        title=measure.title,
        blocks=tuple(_blocks(selection, measure, today)),
        opens_page=True,
        running=f"{chapter}{BETWEEN}{measure.id} {measure.title}",
        kicker=f"{measure.id} · Handlungsfeld {german.shortened(field.title, BESIDE_TAGS)}",
        field=measure.field,
        colour=field.colour,
        tags=tags,
    )


def sharing_pages(sheets: Iterable[Section]) -> Iterator[Section]:
    """Yield the sheets so that one which says next to nothing stands below the one before it, if that is of its field.

    Where no other stands above it, its running head begins with the chapter.
    """
    field = ""
    for each in sheets:
        joins = each.field == field and _is_brief(each)
        yield replace(each, opens_page=False, running=each.running.removesuffix(f" {each.title}")) if joins else each
        field = each.field


def _is_brief(section: Section) -> bool:
    """Tell whether a sheet holds no more than a summary, facts and a note."""
    return all(
        isinstance(block, Facts | Notice) or (isinstance(block, Prose) and block.lead) for block in section.blocks
    )


def _blocks(selection: Selection, measure: Measure, today: date) -> Iterator[Block]:
    if measure.summary or _asked(measure, "kurzbeschreibung"):
        summary = measure.summary or "Die Kurzbeschreibung fehlt."
        yield Prose([paragraph(text_inlines(summary))], _number(measure, "kurzbeschreibung"), lead=True)
    told = [*_texts(selection, measure), *_tables(selection, measure)]
    belongs = [*_facts(measure, _belonging(selection, measure))]
    glance = [*_facts(measure, _at_a_glance(selection, measure, today))]
    stub = all(
        isinstance(part, Fact) for part in told
    )  # it has nothing but gaps: each in its place, they fill half a page
    gaps = [
        part
        for part in (*(glance if stub else ()), *told, *belongs)
        if isinstance(part, Fact) and isinstance(part.value, Missing)
    ]
    yield Facts((*(fact for fact in glance if fact not in gaps), *_lacking(gaps)))
    yield from _schedule(selection, measure)
    yield from _shares(selection, measure)
    yield from (part for part in told if not isinstance(part, Fact))
    if len(belongs) > sum(fact in gaps for fact in belongs):
        yield Facts(tuple(fact for fact in belongs if fact not in gaps), minor=True)
    if measure.internal and selection.has(Part.INTERNAL_NOTES):
        note = selection.plan.text("measure", measure.id, "intern", "notiz")
        yield Notice("Interne Notiz", note)


def _texts(selection: Selection, measure: Measure) -> Iterator[Prose | Fact]:
    """Yield the texts of the sheet; in the place of one that is asked for and not there a gap."""
    for key, label in (("ausgangslage", "Ausgangslage"), ("ziel", "Ziel"), ("umsetzung", "Umsetzung")):
        blocks = selection.plan.text("measure", measure.id, key)
        if blocks:
            yield Prose(blocks, _number(measure, key), label=label)
        else:
            yield from _gap(measure, key, label)
    for key, label, words in (
        ("ueberregionale_wirkung", "Überregionale Wirkung", measure.supraregional_effect),
        ("raum_begruendung", "Begründung des Raums", measure.places_reason),
    ):
        if words:
            yield Prose([paragraph(text_inlines(words))], _number(measure, key), label=label)


def _gap(measure: Measure, key: str, label: str) -> Iterator[Fact]:
    """Yield what the status asks for and is missing; what it does not ask for may be left out."""
    if any(_asked(measure, needed) for needed in (("beginn", "ende") if key == "laufzeit" else (key,))):
        yield Fact(label, Missing(), _number(measure, key))


def _lacking(gaps: Sequence[Fact]) -> Iterator[Fact]:
    """Yield one line that names the gaps, each with its Randnummer: „Ziel /4, Risiken /16“."""
    words: Nodes = []
    for gap in gaps:
        assert gap.number
        words += [*text_inlines(", " if words else ""), passage(GAP, text_inlines(german.tied(gap.label)))]
        words += [
            {"t": "Str", "c": german.NBSP},
            passage(RANDNUMMER, text_inlines(gap.number.short), gap.number.anchor),
        ]
    if gaps:
        yield Fact("Fehlende Angaben", Rich(words))


def _number(measure: Measure, key: str) -> Randnummer:
    return randnummer(measure.id, SHEET_LABELS[key])


def _asked(measure: Measure, key: str) -> bool:
    return key in required_keys(measure.status)


Labelled = tuple[str, str, Cell]  # key, label, value


def _facts(measure: Measure, values: Iterable[Labelled]) -> Iterator[Fact]:
    """Yield the labelled values; what the status asks for and is missing prints as „fehlt“, the rest is left out."""
    for key, label, value in values:
        if isinstance(value, Nothing):
            yield from _gap(measure, key, label)
        else:
            yield Fact(label, value, _number(measure, key))


def _at_a_glance(selection: Selection, measure: Measure, today: date) -> Iterator[Labelled]:
    """Yield what the sheet opens with; short values that follow each other may share a line."""
    plan = selection.plan
    yield "federfuehrung", "Federführung", lead_cell(plan, measure)
    yield "laufzeit", "Laufzeit", _term(selection, measure)
    yield "prioritaet", "Priorität, Status", _priority(measure)
    yield "reife", "Umsetzungsreife", _word(measure.maturity)
    yield "ersetzt_durch", "Ersetzt durch", measure_ref(measure.replaced_by) if measure.replaced_by else Nothing()
    yield "finanzierungssicherheit", "Finanzierung", _certainty(selection, measure)
    yield "abhaengig_von", "Abhängig von", _dependencies(selection, measure)
    yield "beteiligte", "Beteiligte", organisation_refs(plan, measure.partners)
    yield "raum", "Raum", _text(place_names(plan, measure.places))
    yield "zielgruppen", "Zielgruppen", _text(", ".join(measure.target_groups))
    yield "vision", "Vision", _vision(selection, measure)
    yield "hauptindikator", "Gemessen an", _measured(measure)
    yield _next_step(selection, measure, today)


def _belonging(selection: Selection, measure: Measure) -> Iterator[Labelled]:
    """Yield where the measure comes from, and what else in the book belongs to it."""
    yield "herkunft", "Herkunft", _word(measure.origin)
    yield "beteiligung", "Beteiligung", _contributions(selection, measure)
    yield "querbezuege", "Querbezüge", _refs(selection, measure.related)
    yield "beschluss", "Beschlüsse", _several(Ref(key, key, page=False) for key in measure.decisions)
    yield "wirtschaftlichkeit", "Wirtschaftlichkeit", _word(measure.appraisal)
    yield "ausschlusspruefung", "Ausschlussprüfung", _exclusion(measure.exclusion)
    yield "frueher", "Frühere Kennungen", _text(", ".join(measure.former_ids))


def _text(words: str) -> Cell:
    return Text(words) if words else Nothing()


def _word(term: Maturity | Origin | Appraisal | None) -> Cell:
    return Term(term.label, term.value) if term else Nothing()


def _certainty(selection: Selection, measure: Measure) -> Cell:
    """Return how the costs divide by how sure the money is: „bewilligt 20 %, geplant 56 %, offen 24 %“."""
    book = ledger(selection.plan, [measure])
    whole = book.costs().cents
    if not whole:
        return Nothing()
    parts = [(word.label, book.part("certainty", word).financing().cents) for word in reversed(Certainty)]
    parts.append((OPEN, max(book.gap().cents, 0)))
    return Text(", ".join(f"{label}{german.NBSP}{german.percent(cents, whole)}" for label, cents in parts if cents))


STRENGTH = (IndicatorKind.IMPACT, IndicatorKind.OUTCOME, IndicatorKind.OUTPUT)


def _measured(measure: Measure) -> Cell:
    """Return base and target of the indicator that says most: the first of the strongest kind."""
    indicator = min(measure.indicators, key=lambda each: STRENGTH.index(each.kind), default=None)
    if indicator is None:
        return Nothing()
    base, target = (
        Several((Quantity(point.value, indicator.unit), Text(f"({point.year})")), german.NBSP)
        for point in (indicator.base, indicator.target)
    )
    return Several((Text(f"{indicator.name}:"), base, Text("→"), target), " ")


def _next_step(selection: Selection, measure: Measure, today: date) -> Labelled:
    """Return the decision that is needed first; where none is, the next milestone."""
    need = min(measure.decision_needs, key=lambda each: each.deadline, default=None)
    if need:
        body = organisation_refs(selection.plan, (need.body,))
        return "naechster_schritt", "Nächster Schritt", _dated(need.deadline, need.content, body)
    ahead = (each for each in measure.milestones if each.due >= (today.year, today.month))
    milestone = min(ahead, key=lambda each: each.due, default=None)
    if milestone is None:
        return "naechster_schritt", "Nächster Schritt", Nothing()
    responsible = organisation_refs(selection.plan, (milestone.responsible,))
    return "naechster_schritt", "Nächster Schritt", _dated(milestone.due, milestone.title, responsible)


def _dated(day: date | Month, what: str, who: Cell) -> Cell:
    return Several((Several((When(day), Text(what)), " "), who), " · ")


def _term(selection: Selection, measure: Measure) -> Cell:
    term = term_cell(measure)
    return Several((term, Text(f"({horizon(selection.plan, measure)})")), " ") if isinstance(term, Text) else term


def _priority(measure: Measure) -> Cell:
    status = Term(measure.status.label, measure.status.value)
    return Several((Text(measure.priority.label), status), " · ") if measure.priority else status


def _vision(selection: Selection, measure: Measure) -> Cell:
    ordered = [key for key in selection.plan.vision if key in measure.vision]
    items = tuple(
        Several((vision_ref(selection.plan, key), Grade(measure.vision[key])), german.NBSP) for key in ordered
    )
    return Several(items) if items else Nothing()


def _contributions(selection: Selection, measure: Measure) -> Cell:
    return _several(Ref(key, key, page=False) for key in selection.plan.contributions_to(measure.id))


def _dependencies(selection: Selection, measure: Measure) -> Cell:
    """Return what a measure waits for, then what it runs beside; each kind of dependency is named once."""
    refs: dict[DependencyKind, list[Cell]] = {}
    for dependency in measure.depends_on:
        if selection.prints(dependency.measure):
            refs.setdefault(dependency.kind, []).append(measure_ref(dependency.measure))
    kinds = [
        Several((Text(kind.label), Several(tuple(refs[kind]), ", ")), " ") for kind in DependencyKind if kind in refs
    ]
    return Several(tuple(kinds), "; ") if kinds else Nothing()


def _refs(selection: Selection, ids: tuple[str, ...]) -> Cell:
    return _several(measure_ref(key) for key in ids if selection.prints(key))


def _several(refs: Iterator[Ref]) -> Cell:
    items = tuple(refs)
    return Several(items) if items else Nothing()


def _exclusion(exclusion: Exclusion | None) -> Cell:
    if exclusion is None:
        return Nothing()
    hits = [
        exclusion.label(name)
        for name in ("single_firm", "purely_local", "no_structural_effect", "covered_elsewhere")
        if getattr(exclusion, name)
    ]
    return Text(f"trifft zu: {', '.join(hits)}" if hits else "kein Ausschlussgrund")


def _schedule(selection: Selection, measure: Measure) -> Iterator[Schedule]:
    """Yield the bar of the term within the plan's period."""
    if measure.begin is None or measure.end is None:
        return
    period, drawn = selection.plan.head.period, bar(measure)
    first, last = min(period.begin.year, measure.begin.year), max(period.end.year, measure.end.year)
    marks = german.listing([german.month(milestone.due) for milestone in milestones_in_order(measure)])
    alternative = (
        f"Zeitbalken von {german.month(measure.begin)} bis {german.month(measure.end)}"
        f" im Zeitraum {first} bis {last}" + (f"; Meilensteine: {marks}." if marks else ".")
    )
    times = tuple(time for time, _ in drawn.milestones)
    colour = selection.plan.action_fields[measure.field].colour
    yield Schedule(first, last, drawn.begin, drawn.end, times, colour, alternative)


def _shares(selection: Selection, measure: Measure) -> Iterator[Shares]:
    book = ledger(selection.plan, [measure])
    until = measure.end.year if measure.end else max(book.years, default=0)
    yield from shares(book, f"bis {until}", _number(measure, "mittel"))


def shares(book: Ledger, until: str, number: Randnummer | None = None) -> Iterator[Shares]:
    """Yield the bar of the costs by tier of their sources, the open gap last; none where there are no costs."""
    if not book.costs().cents:
        return
    parts = [
        Share(tier.value, tier.label, part.financing())
        for tier in Tier
        if (part := book.part("tier", tier)).financing().cents
    ]
    if book.gap().cents > 0:
        parts.append(Share(OPEN, OPEN, book.gap()))
    yield Shares(book.costs(), tuple(parts), until, number)


def _tables(selection: Selection, measure: Measure) -> Iterator[Table | Fact]:
    money = measure_money(selection, measure.id)
    note = money.note
    if measure.follow_up_costs is not None:
        note = f"{note} Folgekosten nach dem Ende: {german.euros(measure.follow_up_costs)} im Jahr."
    needs = tuple(
        Row((When(need.deadline), organisation_refs(selection.plan, (need.body,)), Text(need.content)))
        for need in sorted(measure.decision_needs, key=lambda need: need.deadline)
    )
    need_columns = (Column("Frist", width=22), Column("Gremium", width=38), Column("Gegenstand"))
    yield from _table(measure, "meilensteine", "Meilensteine", milestones(selection, measure))
    first, *more = folded(replace(money, note=note))
    yield from _table(measure, "kosten", "Kosten und Finanzierung", first)
    if measure.follow_up_costs is None:
        yield from _gap(measure, "folgekosten", "Folgekosten")
    for view in more:
        title = text_inlines(f"Kosten und Finanzierung {years_of(view)}")
        yield Table(
            f"{measure.id}-kosten-{view.columns[1].title}", title, view.columns, view.rows, text_inlines(view.note)
        )
    view = TableView(INDICATOR_COLUMNS, tuple(indicator_rows(measure)))
    yield from _table(measure, "indikatoren", "Woran wir den Erfolg messen", view, gap="Indikatoren")
    yield from _table(measure, "risiken", "Risiken", TableView(RISK_COLUMNS, tuple(risk_rows(measure))))
    yield from _table(measure, "beschlussbedarf", "Beschlussbedarf", TableView(need_columns, needs))


def _table(measure: Measure, key: str, title: str, view: TableView, gap: str = "") -> Iterator[Table | Fact]:
    """Yield a table of the sheet: a title and no number; in the place of one that is asked for and empty a gap."""
    if not view.rows:
        yield from _gap(measure, key, gap or title)
        return
    yield Table(
        id=f"{measure.id}-{key}",
        caption=text_inlines(title),
        columns=view.columns,
        rows=view.rows,
        note=text_inlines(view.note),
        randnummer=_number(measure, key),
    )
