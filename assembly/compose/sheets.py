"""Sheets: the facts of one measure as blocks (Steckbrief). Each label has a fixed Randnummer, stable over versions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

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
from assembly.derive.finance import folded, measure_money
from assembly.derive.ledger import ledger
from assembly.derive.measures import INDICATOR_COLUMNS, RISK_COLUMNS, indicator_rows, milestones, risk_rows
from assembly.document import (
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
    Randnummer,
    Ref,
    Row,
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
from assembly.editions import Part, Selection
from assembly.prose import paragraph, text_inlines
from schema.funding_source import Tier
from schema.measure import Exclusion, Measure
from schema.status import required_keys
from schema.vocabulary import SHEET_LABELS


def sheet(selection: Selection, measure: Measure) -> Section:
    """Return the sheet of one measure as a section of its own page."""
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
        blocks=tuple(_blocks(selection, measure)),
        opens_page=True,
        running=f"{measure.id} {measure.title}",
        kicker=f"{measure.id} · Handlungsfeld {field.title}",
        field=measure.field,
        colour=field.colour,
        tags=tags,
    )


def _blocks(selection: Selection, measure: Measure) -> Iterator[Block]:
    if measure.summary or _asked(measure, "kurzbeschreibung"):
        summary = measure.summary or "Die Kurzbeschreibung fehlt."
        yield Prose([paragraph(text_inlines(summary))], _number(measure, "kurzbeschreibung"), lead=True)
    yield Facts(tuple(_facts(selection, measure)))
    yield from _shares(selection, measure)
    for key, label in (("ausgangslage", "Ausgangslage"), ("ziel", "Ziel"), ("umsetzung", "Umsetzung")):
        blocks = selection.plan.text("measure", measure.id, key)
        if blocks or _asked(measure, key):
            missing = [paragraph(text_inlines("fehlt"))]
            yield Prose(blocks or missing, _number(measure, key), label=label)
    for key, label, words in (
        ("ueberregionale_wirkung", "Überregionale Wirkung", measure.supraregional_effect),
        ("raum_begruendung", "Begründung des Raums", measure.places_reason),
    ):
        if words:
            yield Prose([paragraph(text_inlines(words))], _number(measure, key), label=label)
    yield from _tables(selection, measure)
    if measure.internal and selection.has(Part.INTERNAL_NOTES):
        note = selection.plan.text("measure", measure.id, "intern", "notiz")
        yield Notice("Interne Notiz", note)


def _number(measure: Measure, key: str) -> Randnummer:
    return randnummer(measure.id, SHEET_LABELS[key])


def _asked(measure: Measure, key: str) -> bool:
    return key in required_keys(measure.status)


def _facts(selection: Selection, measure: Measure) -> Iterator[Fact]:
    """Yield the labelled values; what the status asks for and is missing prints as „fehlt“, the rest is left out."""
    plan = selection.plan
    values: list[tuple[str, str, Cell]] = [
        ("federfuehrung", "Federführung", lead_cell(plan, measure)),
        ("laufzeit", "Laufzeit", _term(selection, measure)),
        ("beteiligte", "Beteiligte", organisation_refs(plan, measure.partners)),
        ("prioritaet", "Priorität, Status", _priority(measure)),
        ("raum", "Raum", Text(place_names(plan, measure.places)) if measure.places else Nothing()),
        (
            "reife",
            "Umsetzungsreife",
            Term(measure.maturity.label, measure.maturity.value) if measure.maturity else Nothing(),
        ),
        ("vision", "Vision", _vision(selection, measure)),
        ("herkunft", "Herkunft", Text(measure.origin.label) if measure.origin else Nothing()),
        ("zielgruppen", "Zielgruppen", Text(", ".join(measure.target_groups)) if measure.target_groups else Nothing()),
        ("beteiligung", "Beteiligung", _contributions(selection, measure)),
        ("abhaengig_von", "Abhängig von", _dependencies(selection, measure)),
        ("querbezuege", "Querbezüge", _refs(selection, measure.related)),
        ("ersetzt_durch", "Ersetzt durch", measure_ref(measure.replaced_by) if measure.replaced_by else Nothing()),
        ("frueher", "Frühere Kennungen", Text(", ".join(measure.former_ids)) if measure.former_ids else Nothing()),
        ("beschluss", "Beschlüsse", _several(Ref(key, key, page=False) for key in measure.decisions)),
        ("wirtschaftlichkeit", "Wirtschaftlichkeit", Text(measure.appraisal.label) if measure.appraisal else Nothing()),
        ("ausschlusspruefung", "Ausschlussprüfung", _exclusion(measure.exclusion)),
    ]
    for key, label, value in values:
        asked = any(_asked(measure, needed) for needed in (("beginn", "ende") if key == "laufzeit" else (key,)))
        if not isinstance(value, Nothing):
            yield Fact(label, value, _number(measure, key))
        elif asked:
            yield Fact(label, Missing(), _number(measure, key))


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
    return Several(items, "\n") if items else Nothing()


def _contributions(selection: Selection, measure: Measure) -> Cell:
    return _several(Ref(key, key, page=False) for key in selection.plan.contributions_to(measure.id))


def _dependencies(selection: Selection, measure: Measure) -> Cell:
    items = tuple(
        Several((Text(dependency.kind.label), measure_ref(dependency.measure)), " ")
        for dependency in measure.depends_on
        if selection.prints(dependency.measure)
    )
    return Several(items) if items else Nothing()


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


def _shares(selection: Selection, measure: Measure) -> Iterator[Shares]:
    book = ledger(selection.plan, [measure])
    if not book.costs().cents:
        return
    parts = [
        Share(tier.value, tier.label, part.financing())
        for tier in Tier
        if (part := book.part("tier", tier)).financing().cents
    ]
    if book.gap().cents > 0:
        parts.append(Share("offen", "offen", book.gap()))
    until = f"bis {measure.end.year}" if measure.end else f"bis {book.years[-1]}"
    yield Shares(book.costs(), tuple(parts), until, _number(measure, "mittel"))


def _tables(selection: Selection, measure: Measure) -> Iterator[Block]:
    money = measure_money(selection, measure.id)
    note = money.note
    if measure.follow_up_costs is not None:
        note = f"{note} Folgekosten nach dem Ende: {german.euros(measure.follow_up_costs)} im Jahr."
    elif _asked(measure, "folgekosten"):
        note = f"{note} Folgekosten: fehlt."
    needs = tuple(
        Row((When(need.deadline), organisation_refs(selection.plan, (need.body,)), Text(need.content)))
        for need in sorted(measure.decision_needs, key=lambda need: need.deadline)
    )
    need_columns = (Column("Frist", width=22), Column("Gremium", width=38), Column("Gegenstand"))
    first, *more = folded(replace(money, note=note))
    yield from _table(measure, "kosten", "Kosten und Finanzierung", first)
    for view in more:
        years = f"{view.columns[1].title} bis {view.columns[-2].title}"
        title = text_inlines(f"Kosten und Finanzierung {years}")
        yield Table(
            f"{measure.id}-kosten-{view.columns[1].title}", title, view.columns, view.rows, text_inlines(view.note)
        )
    yield from _table(measure, "meilensteine", "Meilensteine", milestones(selection, measure))
    view = TableView(INDICATOR_COLUMNS, tuple(indicator_rows(measure)))
    yield from _table(measure, "indikatoren", "Woran wir den Erfolg messen", view)
    yield from _table(measure, "risiken", "Risiken", TableView(RISK_COLUMNS, tuple(risk_rows(measure))))
    yield from _table(measure, "beschlussbedarf", "Beschlussbedarf", TableView(need_columns, needs))


def _table(measure: Measure, key: str, title: str, view: TableView) -> Iterator[Table]:
    """Yield a table of the sheet: a title and no number. One that is asked for and empty says „fehlt“."""
    if not view.rows and not _asked(measure, key):
        return
    yield Table(
        id=f"{measure.id}-{key}",
        caption=text_inlines(title),
        columns=view.columns if view.rows else (),
        rows=view.rows,
        note=text_inlines(view.note) if view.rows else [],
        empty="" if view.rows else "fehlt",
        randnummer=_number(measure, key),
    )
