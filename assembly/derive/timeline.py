"""The timeline of measures: bars with milestones and dependencies."""

from __future__ import annotations

from assembly import german
from assembly.derive.cells import FigureView
from assembly.document import Bar, Timeline
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
    bars = tuple(_bar(measure, shown) for measure in measures)
    keys = [key for key in plan.action_fields if any(measure.field == key for measure in measures)]
    first = int(min(bar.begin for bar in bars))
    last = max(measure.end.year for measure in measures if measure.end)
    drawing = Timeline(
        first,
        last,
        bars,
        tuple((key, plan.action_fields[key].title) for key in keys),
        tuple((key, plan.action_fields[key].colour) for key in keys),
    )
    marks = sum(len(bar.milestones) for bar in bars)
    alternative = (
        f"Balkenplan mit {german.counted(len(bars), 'Maßnahme', 'Maßnahmen')} von {first} bis {last} und"
        f" {german.counted(marks, 'Meilenstein', 'Meilensteinen')}, geordnet nach Handlungsfeld."
        f" Zuerst beginnt {min(measures, key=_begin).id}, zuletzt endet {max(measures, key=_end).id}."
    )
    note = "Volle Farbe: Leuchttürme · Raute: Meilenstein · Pfeil: beginnt nach dem Ende der anderen Maßnahme."
    return FigureView(drawing, alternative, note)


def _bar(measure: Measure, shown: set[str]) -> Bar:
    after = tuple(
        dependency.measure
        for dependency in measure.depends_on
        if dependency.kind is DependencyKind.AFTER and dependency.measure in shown
    )
    marks = tuple((_end_of(milestone.due), milestone.title) for milestone in measure.milestones)
    begin, end = _begin(measure), _end(measure)
    return Bar(
        measure.id,
        measure.title,
        measure.field,
        begin.year + (begin.month - 1) / 12,
        _end_of(end),
        marks,
        after,
        measure.lighthouse,
    )


def _end_of(month: Month) -> float:
    return month.year + month.month / 12


def _begin(measure: Measure) -> Month:
    assert measure.begin is not None
    return measure.begin


def _end(measure: Measure) -> Month:
    assert measure.end is not None
    return measure.end
