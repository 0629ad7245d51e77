"""Views of measures against something else: organisations, vision statements, districts, stages of maturity."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assembly import german
from assembly.derive.cells import (
    TableView,
    count_cell,
    in_head,
    lead_cell,
    measure_cell,
    organisation_refs,
    parts,
    rows_by_field,
    short_cell,
    vision_ref,
)
from assembly.derive.ledger import ledger
from assembly.document import Align, Cell, Column, Grade, Money, Nothing, Row, RowKind, Text
from assembly.editions import Selection
from schema.measure import Maturity, Measure

MOST_ORGANISATIONS = 30  # columns of marks that a landscape page holds in readable type
MOST_UPRIGHT = 14  # the same of an upright page
LONG_SUM = german.BILLION  # from a billion euros on, sums in full are too long for eight columns of an upright page
MOST_GRADES = 6  # columns of grades, headed by titles, that an upright page holds


def responsibilities(selection: Selection, field: str) -> TableView:
    """Measure × organisation: F leads, B takes part. With very many organisations a list of them a measure."""
    plan = selection.plan
    measures = [measure for measure in selection.in_field(field) if measure.lead or measure.partners]
    used = [
        key for key in plan.organisations if any(key == measure.lead or key in measure.partners for measure in measures)
    ]
    if len(used) > MOST_ORGANISATIONS:
        return _responsibility_list(selection, field, measures)
    rows = rows_by_field(
        selection, measures, field, lambda measure: Row((measure_cell(measure), *(_role(measure, key) for key in used)))
    )
    if rows:
        leads = (count_cell(sum(key == measure.lead for measure in measures)) for key in used)
        takes_part = (count_cell(sum(key in measure.partners for measure in measures)) for key in used)
        rows.append(Row((Text("Federführungen"), *leads), RowKind.SUBTOTAL))
        rows.append(Row((Text("Beteiligungen"), *takes_part), RowKind.SUBTOTAL))
    columns = (
        Column("Maßnahme", width=66),
        *(Column(plan.organisations[key].short, Align.CENTRE, upright=True) for key in used),
    )
    note = "F: Federführung · B: beteiligt. Was die Organisationen tun, sagt ihr Verzeichnis in den Anlagen."
    return TableView(columns, tuple(rows), note, wide=len(used) > MOST_UPRIGHT)


def _role(measure: Measure, organisation: str) -> Cell:
    if organisation == measure.lead:
        return Text("F", strong=True)
    return Text("B") if organisation in measure.partners else Nothing()


def _responsibility_list(selection: Selection, field: str, measures: Sequence[Measure]) -> TableView:
    """The same as words: no page holds a column for each of so many organisations."""
    plan = selection.plan
    rows = rows_by_field(
        selection,
        measures,
        field,
        lambda measure: Row(
            (measure_cell(measure), lead_cell(plan, measure), organisation_refs(plan, measure.partners))
        ),
    )
    columns = (Column("Maßnahme", width=66), Column("Federführung", width=36), Column("Beteiligte"))
    return TableView(columns, tuple(rows), "Was die Organisationen tun, sagt ihr Verzeichnis in den Anlagen.")


def vision_contributions(selection: Selection, field: str) -> TableView:
    """Measure × vision statement: contribution from 1 to 3."""
    plan = selection.plan
    measures = [measure for measure in selection.in_field(field) if measure.vision]

    def row(measure: Measure) -> Row:
        grades = (Grade(measure.vision[key]) if key in measure.vision else Nothing() for key in plan.vision)
        return Row((measure_cell(measure), *grades))

    rows = rows_by_field(selection, measures, field, row)
    if rows:
        counts = (count_cell(sum(key in measure.vision for measure in measures)) for key in plan.vision)
        strong = (count_cell(sum(measure.vision.get(key) == 3 for measure in measures)) for key in plan.vision)
        rows.append(Row((Text("Maßnahmen mit Beitrag"), *counts), RowKind.TOTAL))
        rows.append(Row((Text("davon tragend"), *strong)))
    statements = [vision_ref(plan, key) for key in plan.vision]
    columns = (
        Column("Maßnahme", width=76),
        *(Column(ref.text, Align.CENTRE, ref=replace(ref, text=in_head(ref.text))) for ref in statements),
    )
    note = "Beitrag: ●●● tragend · ●●○ deutlich · ●○○ ergänzend · – keiner."
    return TableView(columns, tuple(rows), note, wide=len(plan.vision) > MOST_GRADES)


def districts(selection: Selection, field: str) -> TableView:
    """Measure × district: the whole district, or single municipalities of it."""
    plan = selection.plan
    measures = [measure for measure in selection.in_field(field) if measure.places]
    rows = rows_by_field(
        selection,
        measures,
        field,
        lambda measure: Row((measure_cell(measure), *(_extent(measure, ags) for ags in plan.districts))),
    )
    if rows:
        counts = (count_cell(sum(ags in districts_of(measure) for measure in measures)) for ags in plan.districts)
        alone = (count_cell(sum({ags} == districts_of(measure) for measure in measures)) for ags in plan.districts)
        rows.append(Row((Text("Maßnahmen im Kreis"), *counts), RowKind.TOTAL))
        rows.append(Row((Text("davon nur hier"), *alone)))
    columns = (
        Column("Maßnahme", width=62),
        *(Column(district.short, Align.CENTRE) for district in plan.districts.values()),
    )
    note = (
        "ganz: der ganze Kreis · teils: einzelne Gemeinden, die der Steckbrief nennt. Maßnahmen in mehreren Kreisen"
        " zählen in jedem."
    )
    return TableView(columns, tuple(rows), note, "In dieser Ausgabe nennt keine Maßnahme ihren Raum.")


def districts_by_field(selection: Selection) -> TableView:
    """Field × district: how many measures lie there; the numbers of the map."""
    plan = selection.plan

    def cells(measures: Sequence[Measure]) -> tuple[Cell, ...]:
        return tuple(count_cell(sum(ags in districts_of(measure) for measure in measures)) for ags in plan.districts)

    placed = [measure for measure in selection.measures if measure.places]
    rows = [Row((head, *cells(members))) for head, members in parts(selection, "")] if placed else []
    if rows:
        alone = (count_cell(sum({ags} == districts_of(measure) for measure in placed)) for ags in plan.districts)
        rows.append(Row((Text("Maßnahmen im Kreis"), *cells(placed)), RowKind.TOTAL))
        rows.append(Row((Text("davon nur hier"), *alone)))
    columns = (
        Column("Handlungsfeld", width=52),
        *(Column(district.short, Align.RIGHT) for district in plan.districts.values()),
    )
    note = "Anzahl der Maßnahmen; eine in mehreren Kreisen zählt in jedem."
    return TableView(columns, tuple(rows), note, "In dieser Ausgabe nennt keine Maßnahme ihren Raum.")


def districts_of(measure: Measure) -> set[str]:
    """Return the keys (AGS) of the districts that a measure lies in."""
    return {ags[:5] for ags in measure.places}


def _extent(measure: Measure, ags: str) -> Cell:
    if ags in measure.places:
        return Text("ganz", strong=True)
    return Text("teils") if ags in districts_of(measure) else Nothing()


def maturity(selection: Selection, field: str) -> TableView:
    """Field × stage of maturity: how many measures have come how far, and what they cost."""
    measures = selection.in_field(field)
    stages: list[Maturity | None] = [*Maturity]
    if any(measure.maturity is None for measure in measures):
        stages.append(None)

    def cells(part: Sequence[Measure]) -> tuple[Cell, ...]:
        counts = (sum(measure.maturity is stage for measure in part) for stage in stages)
        return tuple(count_cell(count) for count in (*counts, len(part)))

    rows = [Row((head, *cells(part))) for head, part in parts(selection, field)] if measures else []
    if rows:
        rows.append(Row((Text("Summe"), *cells(measures)), RowKind.TOTAL))
        groups = (*([measure for measure in measures if measure.maturity is stage] for stage in stages), measures)
        costs = [ledger(selection.plan, group).costs() for group in groups]
        long = costs[-1].cents >= LONG_SUM
        unit = german.unit_for(costs[-1].cents)
        amounts = (short_cell(unit, cost.cents) if long else Money(cost) for cost in costs)
        rows.append(Row((Text(f"Kosten in {unit.name}" if long else "Kosten in Euro"), *amounts)))
    labels = (*(stage.label if stage else "ohne Angabe" for stage in stages), "Maßnahmen")
    columns = (
        Column("Maßnahme" if field else "Handlungsfeld", width=44),
        *(Column(label, Align.RIGHT) for label in labels),
    )
    note = "Die Reife sagt, wie weit das Vorhaben ist, nicht, wie wichtig es ist."
    return TableView(columns, tuple(rows), note)
