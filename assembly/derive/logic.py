"""The chain of effects: finding → vision statement → action field → measure."""

from __future__ import annotations

from collections.abc import Sequence

from assembly import german
from assembly.derive.cells import TableView, count_cell, in_head, measure_cell, measure_ref, vision_ref
from assembly.document import Align, Cell, Column, Grade, Nothing, Ref, Row, RowKind, Several, Text
from assembly.editions import Selection
from schema.finding import Finding
from schema.measure import Measure

NO_MEASURE = "noch keine"
MOST_FIELDS = 3  # columns of fields that an upright page holds beside the findings and the vision
MOST_NAMED = 12  # measures that one cell names: where one had more, all count theirs
EMPTY = "Der Plan enthält noch keine Aussage der Vision."
GRADES = "Beitrag: ●●● tragend · ●●○ deutlich · ●○○ ergänzend."


def chain_of_effects(selection: Selection, field: str) -> TableView:
    """What the vision answers to, and which measures of which field serve it, the strongest contribution first.

    A statement without finding shows a dash, a field that a statement counts on without measure „noch keine“, and the
    note names the findings that no statement answers: where the chain is broken, the plan has a fault. Narrowed to a
    field the table has a row a measure; of all fields a row a statement, which counts the measures if they are many.
    """
    return _chain_of_one(selection, field) if field else _chain_of_all(selection)


def _chain_of_all(selection: Selection) -> TableView:
    plan = selection.plan
    rows: list[Row] = []
    grades = {
        (key, name): _by_grade(selection.in_field(name), key) for key in plan.vision for name in plan.action_fields
    }
    counted = any(sum(map(len, groups.values())) > MOST_NAMED for groups in grades.values())
    for key, statement in plan.vision.items():
        cells: list[Cell] = []
        for name in plan.action_fields:
            missing = Text(NO_MEASURE) if name in statement.action_fields else Nothing()
            cells.append(_lines(grades[key, name], counted=counted) if grades[key, name] else missing)
        rows.append(Row((_findings(_answered(selection, key), "\n"), vision_ref(plan, key), *cells)))
    if rows:
        counts = (sum(bool(measure.vision) for measure in selection.in_field(name)) for name in plan.action_fields)
        rows.append(Row((Text("Maßnahmen mit Beitrag"), Text(""), *map(count_cell, counts)), RowKind.TOTAL))
    fields = (Column(in_head(action_field.title)) for action_field in plan.action_fields.values())
    columns = (Column("Befund", width=56), Column("Visionsaussage", width=36), *fields)
    note = f"{GRADES} Maßnahmen sind hier nur gezählt: Es sind sehr viele." if counted else GRADES
    unanswered = [finding.id for finding in plan.findings.values() if not set(finding.vision) & set(plan.vision)]
    if unanswered:
        note += f" Ohne Antwort der Vision: {german.listing(unanswered)}."
    return TableView(columns, tuple(rows), note, EMPTY, wide=len(plan.action_fields) > MOST_FIELDS)


def _chain_of_one(selection: Selection, field: str) -> TableView:
    plan, measures = selection.plan, selection.in_field(field)
    rows: list[Row] = []
    for key, statement in plan.vision.items():
        groups = _by_grade(measures, key)
        if not groups and field not in statement.action_fields:
            continue
        answered = _answered(selection, key)
        head = (vision_ref(plan, key), Text("antwortet auf"), _findings(answered, ", "))
        rows.append(Row((Several(head, " ") if answered else head[0],), RowKind.GROUP))
        rows += [Row((measure_cell(measure), Grade(grade))) for grade, group in groups.items() for measure in group]
        if not groups:
            rows.append(Row((Text(NO_MEASURE), Nothing())))
    if rows:
        count = german.counted(sum(bool(measure.vision) for measure in measures), "Maßnahme", "Maßnahmen")
        rows.append(Row((Text(f"{count} mit Beitrag"), Text("")), RowKind.TOTAL))
    return TableView((Column("Maßnahme"), Column("Beitrag", Align.CENTRE, 24)), tuple(rows), GRADES, EMPTY)


def _answered(selection: Selection, vision: str) -> list[Finding]:
    return [finding for finding in selection.plan.findings.values() if vision in finding.vision]


def _findings(findings: Sequence[Finding], separator: str) -> Cell:
    items = tuple(Several((Ref(found.id, found.id, page=False), Text(found.title)), " ") for found in findings)
    return Several(items, separator) if items else Nothing()


def _by_grade(measures: Sequence[Measure], vision: str) -> dict[int, list[Measure]]:
    """Return the measures that serve the statement by the grade of their contribution, the strongest first."""
    groups = {grade: [measure for measure in measures if measure.vision.get(vision) == grade] for grade in (3, 2, 1)}
    return {grade: group for grade, group in groups.items() if group}


def _lines(groups: dict[int, list[Measure]], *, counted: bool) -> Cell:
    """Return a line a grade, with the measures named or counted."""
    lines: list[Cell] = []
    for grade, group in groups.items():
        named = Several(tuple(measure_ref(measure.id) for measure in group))
        many = Text(german.counted(len(group), "Maßnahme", "Maßnahmen"))
        lines.append(Several((Grade(grade), many if counted else named), german.NBSP))
    return Several(tuple(lines), "\n")
