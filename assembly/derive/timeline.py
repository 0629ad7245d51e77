"""The timeline of measures: bars with milestones and dependencies, and the same as a table."""

from __future__ import annotations

from collections.abc import Sequence

from assembly import german
from assembly.derive.cells import (
    FigureView,
    TableView,
    count_cell,
    groups,
    horizon,
    listed_or_counted,
    measure_cell,
    rows_by_field,
    term_cell,
)
from assembly.derive.dependencies import Link, links
from assembly.document import (
    Align,
    Column,
    Nothing,
    Row,
    RowKind,
    Several,
    Text,
    When,
)
from assembly.drawings import Bar, Timeline
from assembly.editions import Selection
from schema.measure import DependencyKind, Measure
from schema.scalars import Month


def timeline(selection: Selection, field: str) -> FigureView:
    """Return the bars of all printed measures that have a term, by field."""
    plan = selection.plan
    measures = [measure for measure in selection.in_field(field) if measure.begin and measure.end]
    if not measures:
        return FigureView(None, "")
    shown = {measure.id for measure in measures}
    waits = [link for link in links(selection, field) if link.kind is DependencyKind.AFTER and link.other.id in shown]
    bars = tuple(_bar(measure, [link for link in waits if link.measure is measure]) for measure in measures)
    first = int(min(bar.begin for bar in bars))
    last = max(measure.end.year for measure in measures if measure.end)
    drawing = Timeline(
        first,
        last,
        bars,
        groups(plan, (measure.field for measure in measures)),
    )
    marks = sum(len(bar.milestones) for bar in bars)
    alternative = (
        f"Balkenplan mit {german.counted(len(bars), 'Maßnahme', 'Maßnahmen')} von {first} bis {last} und"
        f" {german.counted(marks, 'Meilenstein', 'Meilensteinen')}{'' if field else ', geordnet nach Handlungsfeld'}."
        f" Zuerst beginnt {min(measures, key=_begin).id}, zuletzt endet {max(measures, key=_end).id}."
    )
    note = (
        "Volle Farbe: Leuchttürme · Raute: Meilenstein, Zahl: so viele dicht beieinander · Pfeil oder „nach“: beginnt"
        " nach dem Ende der anderen Maßnahme"
    )
    note += ", rot: Termine passen nicht." if any(bar.wrong for bar in bars) else "."
    return FigureView(drawing, alternative, note)


def bar(measure: Measure) -> Bar:
    """Return the bar of one measure by itself; it has a term."""
    return _bar(measure, ())


def schedule(selection: Selection, field: str) -> TableView:
    """Term, horizon and milestones of every measure that has a term: what the figure shows, in words."""
    measures = [measure for measure in selection.in_field(field) if measure.begin and measure.end]

    def row(measure: Measure) -> Row:
        dates = tuple(When(due) for due in sorted(milestone.due for milestone in measure.milestones))
        return Row(
            (
                measure_cell(measure),
                term_cell(measure),
                Text(horizon(selection.plan, measure)),
                count_cell(len(measure.milestones)),
                Several(dates) if dates else Nothing(),
            )
        )

    rows = rows_by_field(selection, measures, field, row)
    if rows:
        marks = count_cell(sum(len(measure.milestones) for measure in measures))
        label = Text(german.counted(len(measures), "Maßnahme", "Maßnahmen"))
        rows.append(Row((label, Text(""), Text(""), marks, Text("")), RowKind.TOTAL))
    without = [measure.id for measure in selection.in_field(field) if not (measure.begin and measure.end)]
    note = f"Noch ohne Laufzeit: {listed_or_counted(without)}." if without else ""
    columns = (
        Column("Maßnahme"),
        Column("Laufzeit", width=31),
        Column("Horizont", width=22),
        Column("Meilensteine", Align.RIGHT, 20),
        Column("ihre Termine", width=50),
    )
    return TableView(columns, tuple(rows), note, "In dieser Ausgabe steht noch keine Laufzeit fest.")


def _bar(measure: Measure, waits: Sequence[Link]) -> Bar:
    """Return the bar of a measure with what it waits for."""
    marks = tuple((_end_of(milestone.due), milestone.title) for milestone in measure.milestones)
    begin, end = _begin(measure), _end(measure)
    return Bar(
        measure.id,
        measure.title,
        measure.field,
        begin.year + (begin.month - 1) / 12,
        _end_of(end),
        marks,
        tuple(link.other.id for link in waits),
        measure.lighthouse,
        tuple(link.other.id for link in waits if link.fits is False),
    )


def _end_of(month: Month) -> float:
    return month.year + month.month / 12


def _begin(measure: Measure) -> Month:
    assert measure.begin is not None
    return measure.begin


def _end(measure: Measure) -> Month:
    assert measure.end is not None
    return measure.end
