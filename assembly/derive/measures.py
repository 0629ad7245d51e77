"""Views of measures: overview, plan in numbers, lighthouses, responsibilities, contributions to the vision and more."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from itertools import accumulate

from assembly import german
from assembly.derive.cells import (
    TableView,
    count_cell,
    field_cell,
    lead_cell,
    measure_cell,
    measure_ref,
    organisation_ref,
    place_names,
    status_cell,
    term_cell,
)
from assembly.derive.ledger import ledger
from assembly.document import (
    Align,
    Cell,
    Column,
    Grade,
    Missing,
    Money,
    Nothing,
    Quantity,
    Row,
    RowKind,
    Several,
    Term,
    Text,
    When,
)
from assembly.editions import Selection
from assembly.plan import Plan
from schema.measure import Measure, Milestone, Reading, Status


def overview(selection: Selection, field: str) -> TableView:
    """All measures with status, lead, term and costs; ideas without a sheet follow where the edition lists them."""
    plan = selection.plan
    measures = selection.in_field(field)
    by_measure = ledger(plan, measures).by("measure")
    rows: list[Row] = []
    for key in plan.action_fields:
        members = [measure for measure in measures if measure.field == key]
        if members and not field:
            rows.append(Row((field_cell(plan, key),), RowKind.GROUP))
        for measure in members:
            costs = by_measure[measure.id].costs() if measure.id in by_measure else None
            rows.append(
                Row(
                    (
                        measure_ref(measure.id, page=True),
                        _title(measure),
                        status_cell(measure),
                        lead_cell(plan, measure),
                        term_cell(measure),
                        Money(costs) if costs else Nothing(),
                    )
                )
            )
    if rows:
        whole = ledger(plan, measures).costs()
        label = Text(german.counted(len(measures), "Maßnahme", "Maßnahmen"))
        rows.append(Row((Text("Summe"), label, Text(""), Text(""), Text(""), Money(whole)), RowKind.TOTAL))
    ideas = [idea for idea in selection.ideas if not field or idea.field == field]
    note = "Kosten in Euro, geplant."
    if ideas:
        listed = german.listing([f"{idea.id} {idea.title}" for idea in ideas])
        note += f" Als Idee liegen außerdem vor: {listed}."
    columns = (
        Column("Kennung", width=26),
        Column("Maßnahme"),
        Column("Status", width=23),
        Column("Federführung", width=27),
        Column("Laufzeit", width=30),
        Column("Kosten", Align.RIGHT, 22),
    )
    return TableView(columns, tuple(rows), note)


def _title(measure: Measure) -> Cell:
    if not measure.lighthouse:
        return Text(measure.title)
    return Several((Text(measure.title), Term("Leuchtturm", "leuchtturm")), " ")


def fields_in_numbers(selection: Selection) -> TableView:
    """The plan in numbers: measures, lighthouses, ready for decision and costs a field."""
    plan = selection.plan

    def cells(measures: tuple[Measure, ...]) -> tuple[Cell, ...]:
        book = ledger(plan, measures)
        counts = (
            len(measures),
            sum(measure.lighthouse for measure in measures),
            sum(measure.status is Status.READY for measure in measures),
        )
        return (*(count_cell(count) for count in counts), Money(book.costs()), Money(book.gap()))

    rows = [Row((field_cell(plan, key), *cells(selection.in_field(key)))) for key in plan.action_fields]
    rows.append(Row((Text("Summe"), *cells(selection.measures)), RowKind.TOTAL))
    columns = (
        Column("Handlungsfeld", width=66),
        Column("Maßnahmen", Align.RIGHT),
        Column("Leuchttürme", Align.RIGHT),
        Column("beschlussreif", Align.RIGHT),
        Column("Kosten", Align.RIGHT, 25),
        Column("davon offen", Align.RIGHT, 25),
    )
    note = "Geplante Kosten in Euro; „offen“ ist, wofür noch keine Quelle benannt ist."
    states = [(state, sum(measure.status is state for measure in selection.measures)) for state in Status]
    counted = [german.counted(count, state.label, state.plural) for state, count in states if count]
    if len(counted) > 1:
        note += f" Gezählt ist jede Maßnahme dieser Ausgabe, nach Status: {german.listing(counted)}."
    return TableView(columns, tuple(rows), note)


def lighthouses(selection: Selection, field: str) -> TableView:
    """The lighthouses with lead, place and supraregional effect."""
    rows = tuple(
        Row(
            (
                measure_cell(measure, page=True),
                lead_cell(selection.plan, measure),
                Text(place_names(selection.plan, measure.places)) if measure.places else Missing(),
                Text(measure.supraregional_effect) if measure.supraregional_effect else Missing(),
            )
        )
        for measure in selection.in_field(field)
        if measure.lighthouse
    )
    columns = (
        Column("Leuchtturm", width=40),
        Column("Federführung", width=25),
        Column("Raum", width=25),
        Column("Überregionale Wirkung"),
    )
    return TableView(columns, rows)


def greatest_lighthouses(selection: Selection, field: str) -> TableView:
    """The lighthouses with what happens there and what it costs, the most costly first; of very many only those."""
    beacons = [measure for measure in selection.in_field(field) if measure.lighthouse]
    book = ledger(selection.plan, beacons)
    costs = {str(key): part.costs() for key, part in book.by("measure").items()}
    beacons.sort(key=lambda measure: -costs[measure.id].cents if measure.id in costs else 0)
    most = len(beacons) if len(beacons) <= MOST_LIGHTHOUSES else MOST_LIGHTHOUSES - 1
    rows = [
        Row(
            (
                _named(measure),
                Text(german.shortened(german.first_sentence(measure.summary), SHORT_SENTENCE))
                if measure.summary
                else Nothing(),
                Money(costs[measure.id]) if measure.id in costs else Nothing(),
            )
        )
        for measure in beacons[:most]
    ]
    if others := beacons[most:]:
        count = Text(german.counted(len(others), "weiterer Leuchtturm", "weitere Leuchttürme"))
        rows.append(Row((count, Text(""), Money(ledger(selection.plan, others).costs()))))
    if rows:
        rows.append(Row((Text("Summe"), Text(""), Money(book.costs())), RowKind.TOTAL))
    columns = (Column("Leuchtturm", width=50), Column("Was geschieht"), Column("Kosten", Align.RIGHT, 25))
    return TableView(columns, tuple(rows), "Geplante Kosten in Euro.", "In dieser Ausgabe gibt es keinen Leuchtturm.")


def others_by_name(selection: Selection) -> TableView:
    """All measures that are no lighthouse by their names, a field a row; of very many the most costly."""
    plan = selection.plan
    rows = []
    for key in plan.action_fields:
        members = [measure for measure in selection.in_field(key) if not measure.lighthouse]
        by_measure = ledger(plan, members).by("measure")
        costs = {str(found): part.costs().cents for found, part in by_measure.items()}
        most = len(members) if len(members) <= MOST_NAMES else MOST_NAMES - 1
        kept = {measure.id for measure in sorted(members, key=lambda measure: -costs.get(measure.id, 0))[:most]}
        names: list[Cell] = [_named(measure) for measure in members if measure.id in kept]
        if more := len(members) - most:
            names.append(Text(german.counted(more, "weitere", "weitere")))
        if names:
            rows.append(Row((field_cell(plan, key, page=False), Several(tuple(names), " · "))))
    columns = (Column("Handlungsfeld", width=42), Column("Maßnahmen"))
    return TableView(columns, tuple(rows), "", "In dieser Ausgabe ist jede Maßnahme ein Leuchtturm.")


def _named(measure: Measure) -> Cell:
    """Return a measure's id with its page, and its title unless that is very long."""
    return Several((measure_ref(measure.id, page=True), Text(german.shortened(measure.title, SHORT_TITLE))), " ")


def indicators(selection: Selection, field: str) -> TableView:
    """All indicators by measure, with base, target and where the value comes from."""
    rows: list[Row] = []
    for measure in selection.in_field(field):
        if measure.indicators:
            rows.append(Row((measure_cell(measure, page=True),), RowKind.GROUP))
            rows += indicator_rows(measure)
    return TableView(INDICATOR_COLUMNS, tuple(rows))


MOST_LIGHTHOUSES, MOST_NAMES = 8, 6  # rows of the table of lighthouses in short, and names of other measures a field
SHORT_TITLE, SHORT_SENTENCE = 60, 160  # characters of a measure's name and of what it does, where a row is to be low
TITLE_LINE, TAG = 56, 14  # characters on a line of a portrait, and of the tag of a lighthouse behind its title
SHORT_QUANTITY = 15  # characters of a value with its unit that the year stands behind, whatever the column
INDICATOR_COLUMNS = (
    Column("Indikator"),
    Column("Art", width=17),
    Column("Ausgangswert", Align.RIGHT, 23),
    Column("Zielwert", Align.RIGHT, 22),
    Column("Erhebung"),
)


def indicator_rows(measure: Measure) -> list[Row]:
    """Return a row an indicator: name, kind, base, target, origin."""
    return [
        Row(
            (
                Text(indicator.name),
                Term(indicator.kind.label, indicator.kind.value),
                _point(indicator.base, indicator.unit),
                _point(indicator.target, indicator.unit),
                Text(indicator.origin),
            )
        )
        for indicator in measure.indicators
    ]


def _point(point: Reading, unit: str) -> Cell:
    """Return value and year, on one line unless they are long."""
    short = len(german.quantity(point.value, unit)) <= SHORT_QUANTITY
    return Several((Quantity(point.value, unit), Text(f"({point.year})")), german.NBSP if short else " ")


RISK_COLUMNS = (
    Column("Risiko", width=57),
    Column("Eintritt", Align.CENTRE, 15),
    Column("Wirkung", Align.CENTRE, 15),
    Column("Gegenmaßnahme"),
)


def risks(selection: Selection, field: str) -> TableView:
    """All risks by measure; the gravest (likelihood × effect) of a measure first."""
    rows: list[Row] = []
    for measure in selection.in_field(field):
        if measure.risks:
            rows.append(Row((measure_cell(measure, page=True),), RowKind.GROUP))
            rows += risk_rows(measure)
    return TableView(RISK_COLUMNS, tuple(rows), "Stufen: ●○○ gering · ●●○ mittel · ●●● hoch.")


def risk_rows(measure: Measure) -> list[Row]:
    """Return a row a risk: text, likelihood, effect, remedy."""
    ordered = sorted(measure.risks, key=lambda risk: -risk.likelihood * risk.effect)
    return [Row((Text(r.text), Grade(r.likelihood), Grade(r.effect), Text(r.remedy))) for r in ordered]


def decision_needs(selection: Selection, field: str) -> TableView:
    """What which body must decide until when, the earliest first."""
    plan = selection.plan
    needs = [(need, measure) for measure in selection.in_field(field) for need in measure.decision_needs]
    needs.sort(key=lambda item: (item[0].deadline, item[1].id))
    rows = tuple(
        Row(
            (
                When(need.deadline),
                organisation_ref(plan, need.body),
                Text(need.content),
                measure_ref(measure.id, page=True),
            )
        )
        for need, measure in needs
    )
    columns = (
        Column("Frist", width=22),
        Column("Gremium", width=30),
        Column("Gegenstand"),
        Column("Maßnahme", width=28),
    )
    return TableView(columns, rows, NEEDS_NOTE)


NEEDS_NOTE = "Der Bedarf ergibt sich aus den beschlussreifen Maßnahmen."


def _most_urgent(plan: Plan, needs: Sequence[tuple[date, str]]) -> Cell:
    """Return the measure that is due first by its name, and how many more there are."""
    _, key = min(needs)
    first = _named(plan.measures[key])
    more = len({key for _, key in needs}) - 1
    return Several((first, Text(f"und{german.NBSP}{more}{german.NBSP}weitere")), " ") if more else first


def deciding_bodies(selection: Selection, field: str) -> TableView:
    """How much each body must decide, from when until when and about which measures; the earliest deadline first."""
    plan = selection.plan
    by_body: dict[str, list[tuple[date, str]]] = {}
    for measure in selection.in_field(field):
        for need in measure.decision_needs:
            by_body.setdefault(need.body, []).append((need.deadline, measure.id))
    rows = [
        Row(
            (
                organisation_ref(plan, body),
                count_cell(len(needs)),
                When(min(needs)[0]),
                When(max(needs)[0]),
                _most_urgent(plan, needs),
            )
        )
        for body, needs in sorted(by_body.items(), key=lambda item: (min(item[1]), item[0]))
    ]
    if rows:
        deadlines = [deadline for needs in by_body.values() for deadline, _ in needs]
        touched = {measure for needs in by_body.values() for _, measure in needs}
        total = (count_cell(len(deadlines)), When(min(deadlines)), When(max(deadlines)))
        rows.append(
            Row((Text("Summe"), *total, Text(german.counted(len(touched), "Maßnahme", "Maßnahmen"))), RowKind.TOTAL)
        )
    columns = (
        Column("Gremium", width=32),
        Column("Punkte", Align.RIGHT, 14),
        Column("erste Frist", width=21),
        Column("letzte Frist", width=21),
        Column("Maßnahmen"),
    )
    note = f"{NEEDS_NOTE} Genannt ist die Maßnahme mit der frühesten Frist."
    return TableView(columns, tuple(rows), note)


def milestones(selection: Selection, measure: Measure) -> TableView:
    """The milestones of one measure in order of time."""
    rows = tuple(
        Row((When(item.due), Text(item.title), organisation_ref(selection.plan, item.responsible)))
        for item in milestones_in_order(measure)
    )
    return TableView((Column("Termin", width=22), Column("Meilenstein"), Column("Verantwortlich", width=38)), rows)


def milestones_in_order(measure: Measure) -> list[Milestone]:
    """Return the milestones of one measure in order of time."""
    return sorted(measure.milestones, key=lambda item: item.due)


def field_measures(selection: Selection, field: str, lines: int) -> TableView:
    """The measures of one field, for its portrait: as many as have room in so many lines.

    Those that are left out are counted in a row of their own: they are no lighthouses, and the least costly.
    """
    measures = selection.in_field(field)
    book = ledger(selection.plan, measures)
    by_measure = book.by("measure")

    def costs(measure: Measure) -> int:
        return by_measure[measure.id].costs().cents if measure.id in by_measure else 0

    gravest = sorted(measures, key=lambda measure: (not measure.lighthouse, -costs(measure)))
    lengths = (len(measure.title) + (TAG if measure.lighthouse else 0) for measure in gravest)
    heights = accumulate(math.ceil(length / TITLE_LINE) for length in lengths)
    fitting = sum(height <= lines for height in heights)
    named = {measure.id for measure in gravest[: fitting if fitting == len(gravest) else max(fitting - 1, 1)]}
    rows = [
        Row(
            (
                measure_ref(measure.id, page=True),
                _title(measure),
                status_cell(measure),
                Money(by_measure[measure.id].costs()) if measure.id in by_measure else Nothing(),
            )
        )
        for measure in measures
        if measure.id in named
    ]
    note = "Geplante Kosten in Euro."
    others = [measure for measure in measures if measure.id not in named]
    if others:
        count = Text(german.counted(len(others), "weitere Maßnahme", "weitere Maßnahmen"))
        rows.append(Row((Text(""), count, Text(""), Money(ledger(selection.plan, others).costs()))))
        note += " Vorrang haben hier Leuchttürme, dann hohe Kosten; alle führt das Inhaltsverzeichnis auf."
    if rows:
        rows.append(Row((Text("Summe"), Text(""), Text(""), Money(book.costs())), RowKind.TOTAL))
    columns = (
        Column("Kennung", width=26),
        Column("Maßnahme"),
        Column("Status", width=28),
        Column("Kosten", Align.RIGHT, 26),
    )
    return TableView(columns, tuple(rows), note)


def lead_measures(selection: Selection, organisation: str) -> list[str]:
    """Return the ids of the printed measures that the organisation leads."""
    return [measure.id for measure in selection.measures if measure.lead == organisation]


def partner_measures(selection: Selection, organisation: str) -> list[str]:
    """Return the ids of the printed measures that the organisation takes part in."""
    return [measure.id for measure in selection.measures if organisation in measure.partners]
