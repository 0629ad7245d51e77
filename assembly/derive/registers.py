"""Views of everything that is no measure: participation, statements, decisions, and the registers of the annex."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from assembly import german
from assembly.derive.cells import TableView, count_cell, measure_refs, organisation_ref, vision_ref
from assembly.derive.measures import lead_measures, partner_measures
from assembly.document import (
    Align,
    Cell,
    Column,
    Missing,
    Nothing,
    Ref,
    Rich,
    Row,
    RowKind,
    Several,
    Term,
    Text,
    When,
)
from assembly.editions import Selection
from assembly.plan import Plan
from schema.event import Contribution, Event, Outcome
from schema.fact import Fact
from schema.glossary import GlossaryTerm
from schema.measure import Measure
from schema.statement import SUBJECTS


def events(selection: Selection) -> TableView:
    """The events of the participation, in order of date."""
    plan = selection.plan
    rows = [
        Row(
            (
                When(event.day),
                Text(event.title),
                Text(_town(event.town, plan.districts[event.district[:5]].short)),
                Text(german.integer(event.attendance)),
                Text(german.integer(len(event.contributions))),
            )
        )
        for event in plan.events.values()
    ]
    if rows:
        attendance = sum(event.attendance for event in plan.events.values())
        counts = (Text(german.integer(attendance)), Text(german.integer(len(plan.contributions))))
        rows.append(Row((Text("Summe"), Text(""), Text(""), *counts), RowKind.TOTAL))
    columns = (
        Column("Datum", width=22),
        Column("Veranstaltung"),
        Column("Ort", width=48),
        Column("Teilnehmende", Align.RIGHT, 24),
        Column("Beiträge", Align.RIGHT, 18),
    )
    return TableView(columns, tuple(rows))


def _town(town: str, district: str) -> str:
    return town if town == district else f"{town} ({district})"


def participation_by_district(selection: Selection) -> TableView:
    """Events, participants, contributions and the measures they touch, a district a row: none is left out."""
    plan = selection.plan

    def cells(events: Sequence[Event]) -> tuple[Cell, ...]:
        given = [contribution for event in events for contribution in event.contributions]
        taken_up = sum(contribution.outcome in (Outcome.ADOPTED, Outcome.PARTLY) for contribution in given)
        attendance = sum(event.attendance for event in events)
        touched = len(touched_measures(selection, given))
        return tuple(count_cell(count) for count in (len(events), attendance, len(given), taken_up, touched))

    rows = [
        Row((Text(district.name), *cells([event for event in plan.events.values() if event.district[:5] == ags])))
        for ags, district in plan.districts.items()
        if plan.events
    ]
    if rows:
        rows.append(Row((Text("Summe"), *cells([*plan.events.values()])), RowKind.TOTAL))
    headings = ("Veranstaltungen", "Teilnehmende", "Beiträge", "davon berücksichtigt", "Maßnahmen")
    columns = (Column("Kreis", width=46), *(Column(heading, Align.RIGHT) for heading in headings))
    note = (
        "Berücksichtigt: ganz oder teilweise. Maßnahmen: auf die sich Beiträge beziehen; die Summe zählt jede einmal."
    )
    return TableView(columns, tuple(rows), note, "Es hat noch keine Veranstaltung stattgefunden.")


def touched_measures(selection: Selection, contributions: Iterable[Contribution], field: str = "") -> set[str]:
    """Return the ids of the printed measures (of the field) that the contributions name."""
    named = {key for contribution in contributions for key in contribution.measures}
    return named & {measure.id for measure in selection.in_field(field)}


def weighing(selection: Selection, field: str) -> TableView:
    """Every contribution, what became of it and why, by event; of a field those that name a measure of it."""
    plan = selection.plan
    rows: list[Row] = []
    wanted = {measure.id for measure in selection.in_field(field)}
    chosen = [item for item in plan.contributions.values() if not field or wanted & set(item[1].measures)]
    for event_id, group in groupby(chosen, key=lambda item: item[0]):
        event = plan.events[event_id]
        rows.append(Row((Text(f"{event.title}, {german.day(event.day)}"),), RowKind.GROUP))
        for _, contribution in group:
            printed = [key for key in contribution.measures if selection.prints(key)]
            outcome = contribution.outcome
            rows.append(
                Row(
                    (
                        Text(contribution.id, strong=True),
                        Several((Text(contribution.group), Text(contribution.statement)), ": "),
                        Term(outcome.label, outcome.value) if outcome else Missing(),
                        Text(contribution.reason) if contribution.reason else Missing(),
                        measure_refs(printed),
                    ),
                    anchor=contribution.id,
                )
            )
    columns = (
        Column("Beitrag", width=14),
        Column("Gruppe und Kernaussage"),
        Column("Ergebnis", width=25),
        Column("Begründung", width=50),
        Column("Maßnahmen", width=20),
    )
    return TableView(columns, tuple(rows))


def statements(selection: Selection) -> TableView:
    """The ministries' replies, point by point."""
    plan = selection.plan
    rows: list[Row] = []
    for key, statement in plan.statements.items():
        department = plan.organisations.get(statement.department)
        name = department.short if department else statement.department
        head = f"{name} zu Version {statement.version}: {statement.state.label}"
        rows.append(Row((Text(head),), RowKind.GROUP, anchor=f"stellungnahme-{key}"))
        for point in statement.points:
            remark = (Text(point.text), Text(f"Vorschlag: {point.proposal}")) if point.proposal else (Text(point.text),)
            rows.append(
                Row(
                    (
                        subject_cell(plan, point.subject),
                        Several(remark, " "),
                        Term(point.assessment.label, point.assessment.value),
                        Term(point.settlement.label, point.settlement.value),
                        Text(point.reason) if point.reason else Nothing(),
                    )
                )
            )
    columns = (
        Column("Bezug", width=22),
        Column("Anmerkung und Vorschlag"),
        Column("Bewertung", width=22),
        Column("Ergebnis", width=24),
        Column("Begründung", width=44),
    )
    return TableView(columns, tuple(rows))


LABELS = {field.alias or name: field.title for name, field in Measure.model_fields.items() if field.title}


def subject_cell(plan: Plan, subject: str) -> Cell:
    """Return what a point is about: a reference where it names a record, a key of it or a chapter, else its words.

    A key („WIR-005 finanzierung“) prints as its label, „WIR-005, Finanzierung“; of several places each has a line.
    """
    places = tuple(_place_cell(plan, place) for place in SUBJECTS.split(subject))
    return places[0] if len(places) == 1 else Several(places, "\n")


def _place_cell(plan: Plan, subject: str) -> Cell:
    record, _, key = subject.partition(" ")
    if record not in plan.known or (key and key not in LABELS):
        return Text(subject, strong=True)
    label = [{"t": "Str", "c": ","}, {"t": "Space"}, {"t": "Str", "c": LABELS[key]}] if key else []
    return Rich([{"t": "Plain", "c": [{"t": "Str", "c": f"@{{{record}}}"}, *label]}])


def claims(selection: Selection) -> TableView:
    """What the vision says shall be true of the region, a statement a row."""

    def name(key: str) -> Ref:
        ref = vision_ref(selection.plan, key)
        return replace(ref, text=german.shortened(ref.text, LONG_TITLE))

    rows = tuple(
        Row((name(key), Text(german.shortened(statement.claim, LONG_CLAIM))))
        for key, statement in selection.plan.vision.items()
    )
    return TableView((Column("Aussage der Vision", width=52), Column("Was gelten soll")), rows)


def findings(selection: Selection) -> TableView:
    """Challenges and potentials, with the vision statements that answer them."""
    plan = selection.plan
    rows: list[Row] = []
    for kind, group in groupby(plan.findings.values(), key=lambda finding: finding.kind):
        plural = {"herausforderung": "Herausforderungen", "potenzial": "Potenziale"}[kind.value]
        rows.append(Row((Text(plural),), RowKind.GROUP))
        for finding in group:
            rows.append(
                Row(
                    (
                        Text(finding.id, strong=True),
                        Text(finding.title, strong=True),
                        Rich(plan.text("finding", finding.id, "text")),
                        Several(tuple(vision_ref(plan, key, title=False) for key in finding.vision)),
                    ),
                    anchor=finding.id,
                )
            )
    columns = (Column("Befund", width=15), Column("Kurz", width=36), Column("Beschreibung"), Column("Vision", width=20))
    return TableView(columns, tuple(rows))


def decisions(selection: Selection) -> TableView:
    """The decisions of bodies; illustrative ones say so."""
    plan = selection.plan
    rows = tuple(
        Row(
            (
                Text(decision_id, strong=True),
                When(decision.day),
                organisation_ref(plan, decision.body),
                Text(decision.subject),
                Text(
                    f"{decision.result}{' (Beispiel, kein tatsächlicher Beschluss)' if decision.illustrative else ''}"
                ),
            ),
            anchor=decision_id,
        )
        for decision_id, decision in plan.decisions.items()
    )
    columns = (
        Column("Beschluss", width=26),
        Column("Datum", width=20),
        Column("Gremium", width=30),
        Column("Gegenstand"),
        Column("Ergebnis", width=48),
    )
    return TableView(columns, rows)


LONG_TITLE, LONG_CLAIM = 45, 250  # characters: what is longer ends in „…“ where all claims are read at a glance
MOST_NAMED = 60  # measures that one row names; a row higher than a page cannot be printed


def organisations(selection: Selection) -> TableView:
    """All organisations: role, and where the book names them; very many places go on in further rows.

    All parts that it has share a column: side by side, most of each would be empty.
    """
    rows: list[Row] = []
    for key, organisation in selection.plan.organisations.items():
        named = [*_named(selection, key)]
        # short and long name are the same where there is no short one
        words = dict.fromkeys((organisation.short, organisation.name, organisation.role))
        name = Several(tuple(Text(line, strong=not at) for at, line in enumerate(words)), "\n")
        for start in range(0, max(len(named), 1), MOST_NAMED):
            head = Text(f"{organisation.short} (weiter)") if start else name
            rows.append(Row((head, _parts(named[start:][:MOST_NAMED])), anchor="" if start else f"org-{key}"))
    columns = (
        Column("Organisation und Aufgabe"),
        Column("Wo sie vorkommt", width=93),
    )  # room for three with their pages
    note = (
        "„Meilensteine“ nennt Maßnahmen, in denen die Organisation einen verantwortet, ohne beteiligt zu sein;"
        " „entscheidet“ solche, die einen Beschluss von ihr brauchen."
    )
    return TableView(columns, tuple(rows), note)


def _named(selection: Selection, key: str) -> Iterator[tuple[str, Ref]]:
    """Yield every place that names the organisation, with the part that it has there."""
    plan = selection.plan
    led, shared = lead_measures(selection, key), partner_measures(selection, key)
    bound = (measure for measure in selection.measures if any(key == need.body for need in measure.decision_needs))
    due = (measure for measure in selection.measures if any(key == mark.responsible for mark in measure.milestones))
    parts = {
        "Federführung": led,
        "beteiligt": shared,
        "Meilensteine": [measure.id for measure in due if measure.id not in (*led, *shared)],
        "entscheidet": [measure.id for measure in bound],
        "Beschlüsse": [decision for decision, record in plan.decisions.items() if record.body == key],
    }
    for part, ids in parts.items():
        yield from ((part, Ref(identifier, identifier)) for identifier in ids)
    for name, statement in plan.statements.items():
        if statement.department == key:
            yield "Stellungnahme", Ref(f"zu {statement.version}", f"stellungnahme-{name}")


def _parts(named: Sequence[tuple[str, Ref]]) -> Cell:
    """Return the places by the part that the organisation has in them, each part on a line of its own."""
    parts = groupby(named, key=lambda item: item[0])
    lines = [Several((Text(f"{part}:"), Several(tuple(ref for _, ref in refs))), " ") for part, refs in parts]
    return Several(tuple(lines), "\n") if lines else Nothing()


def facts(selection: Selection) -> TableView:
    """All facts with value, date and source."""
    rows = tuple(
        Row(
            (
                Text(fact.name),
                Text(fact_text(fact)),
                When(fact.as_of),
                Ref(source_label(selection.plan, fact.source), f"quelle-{fact.source}", page=False),
                Text(fact.note) if fact.note else Nothing(),
            ),
            anchor=f"fakt-{key}",
        )
        for key, fact in selection.plan.facts.items()
    )
    columns = (
        Column("Kennzahl"),
        Column("Wert", Align.RIGHT, 30),
        Column("Stichtag", width=20),
        Column("Quelle", width=14),
        Column("Hinweis"),
    )
    return TableView(columns, rows)


def fact_text(fact: Fact) -> str:
    """Return a fact as it prints: „rund 610.000 €“."""
    number = fact.number
    value = german.number(number) if number is not None else fact.value
    parts = [fact.qualifier, f"{value}{german.NBSP}{fact.unit}" if fact.unit else value]
    return german.NBSP.join(part for part in parts if part)


def sources(selection: Selection) -> TableView:
    """All sources with publisher, date and where they are found, by the label that texts cite."""
    rows = tuple(
        Row(
            (
                Text(source_label(selection.plan, key), strong=True),
                Several((Text(source.title, strong=True), *((Text(source.note),) if source.note else ())), "\n"),
                Text(source.publisher),
                When(source.dated) if source.dated else Nothing(),
                Text(source.locator),
            ),
            anchor=f"quelle-{key}",
        )
        for key, source in selection.plan.sources.items()
    )
    columns = (
        Column("Nr.", width=10),
        Column("Quelle"),
        Column("Herausgeber", width=34),
        Column("Datum", width=20),
        Column("Fundstelle", width=50),
    )
    return TableView(columns, rows)


def source_label(plan: Plan, source: str) -> str:
    """Return what a text prints to cite a source: its place in the register, „[2]“."""
    return f"[{[*plan.sources].index(source) + 1}]" if source in plan.sources else f"[{source}]"


def glossary(selection: Selection) -> TableView:
    """All terms in German alphabetical order, abbreviations under their long form."""
    terms = sorted(selection.plan.glossary.values(), key=lambda term: german.sort_key(term.term))
    rows = tuple(Row((_term_cell(term), Text(term.explanation))) for term in terms)
    return TableView((Column("Begriff", width=58), Column("Erklärung")), rows)


def _term_cell(term: GlossaryTerm) -> Cell:
    """Return the term and below it its abbreviation: on one line a narrow column would break inside the brackets."""
    name = Text(term.term, strong=True)
    return Several((name, Text(f"({term.short})", strong=True)), "\n") if term.short else name


def abbreviations(selection: Selection) -> TableView:
    """All abbreviations with their long form."""
    pairs = abbreviation_pairs(selection.plan)
    rows = tuple(Row((Text(abbreviation, strong=True), Text(term))) for abbreviation, term in pairs)
    return TableView((Column("Abkürzung", width=32), Column("Bedeutung")), rows)


def abbreviation_pairs(plan: Plan) -> tuple[tuple[str, str], ...]:
    """Return every abbreviation of the glossary with what it stands for, in German alphabetical order."""
    pairs = ((term.short, term.term) for term in plan.glossary.values() if term.short)
    return tuple(sorted(pairs, key=lambda pair: german.sort_key(pair[0])))


def changes(selection: Selection) -> TableView:
    """The history of changes."""
    rows = tuple(
        Row((When(change.day), Text(change.version), Text(change.status), Text(change.changes)))
        for change in selection.plan.head.history
    )
    columns = (Column("Datum", width=24), Column("Version", width=20), Column("Status", width=34), Column("Änderungen"))
    note = "Das Datum ist der Tag, an dem eine Fassung festgelegt wurde."
    return TableView(columns, rows, note, empty="Noch ist keine Änderung verzeichnet.")
