"""The chain of effects: finding → vision statement → action field → measure, a vision statement a row."""

from __future__ import annotations

from collections.abc import Sequence

from assembly import german
from assembly.derive.cells import TableView, count_cell, measure_cell, measure_ref, vision_ref
from assembly.document import Cell, Column, Grade, Nothing, Ref, Row, RowKind, Several, Text
from assembly.editions import Selection
from schema.measure import Measure

NO_MEASURE = "noch keine"
MOST_FIELDS = 3  # columns of fields that an upright page holds beside the findings and the vision


def chain_of_effects(selection: Selection, field: str) -> TableView:
    """What the vision answers to, and which measures of which field serve it, the strongest contribution first.

    A statement without finding shows a dash, a field that a statement counts on without measure „noch keine“, and the
    note names the findings that no statement answers: where the chain is broken, the plan has a fault.
    """
    plan = selection.plan
    fields = [field] if field else [*plan.action_fields]
    rows: list[Row] = []
    for key, statement in plan.vision.items():
        found = {name: _serving(selection.in_field(name), key) for name in fields}
        if field and not found[field] and field not in statement.action_fields:
            continue
        answered = [finding for finding in plan.findings.values() if key in finding.vision]
        items = tuple(
            Several((Ref(finding.id, finding.id, page=False), Text(finding.title)), " ") for finding in answered
        )
        cells = (_measures(found[name], key, name in statement.action_fields, titles=bool(field)) for name in fields)
        rows.append(Row((Several(items, "\n") if items else Nothing(), vision_ref(plan, key), *cells)))
    if rows:
        counts = (sum(bool(measure.vision) for measure in selection.in_field(name)) for name in fields)
        head = (Text("Maßnahmen mit Beitrag"), Text(""))
        rows.append(Row((*head, *(count_cell(count) for count in counts)), RowKind.TOTAL))
    heads = [Column("Maßnahmen")] if field else [Column(plan.action_fields[name].title) for name in fields]
    columns = (Column("Befund", width=56), Column("Visionsaussage", width=36), *heads)
    note = "Beitrag: ●●● tragend · ●●○ deutlich · ●○○ ergänzend."
    unanswered = [finding.id for finding in plan.findings.values() if not set(finding.vision) & set(plan.vision)]
    if unanswered:
        note += f" Ohne Antwort der Vision: {german.listing(unanswered)}."
    empty = "Der Plan enthält noch keine Aussage der Vision."
    return TableView(columns, tuple(rows), note, empty, wide=len(fields) > MOST_FIELDS)


def _serving(measures: Sequence[Measure], vision: str) -> list[Measure]:
    return [measure for measure in measures if vision in measure.vision]


def _measures(measures: Sequence[Measure], vision: str, counted_on: bool, *, titles: bool) -> Cell:
    """Return the measures that serve the statement: a line a grade of contribution, or with titles a line a measure."""
    if not measures:
        return Text(NO_MEASURE) if counted_on else Nothing()
    lines: list[Cell] = []
    for grade in (3, 2, 1):
        group = [measure for measure in measures if measure.vision[vision] == grade]
        if titles:
            lines += [Several((Grade(grade), measure_cell(measure)), german.NBSP) for measure in group]
        elif group:
            lines.append(Several((Grade(grade), Several(tuple(measure_ref(m.id) for m in group))), german.NBSP))
    return Several(tuple(lines), "\n")
