"""Dependencies: which measure waits for which, from when on it may begin, and whether the dates fit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from assembly import german
from assembly.derive.cells import TableView, measure_cell
from assembly.document import Cell, Column, Nothing, Row, RowKind, Several, Term, Text, When
from assembly.editions import Selection
from schema.measure import DependencyKind, Measure
from schema.scalars import Month


@dataclass(frozen=True, slots=True)
class Link:
    """One dependency between two measures that the edition prints: `measure` depends on `other`."""

    measure: Measure
    other: Measure
    kind: DependencyKind

    @property
    def earliest(self) -> Month | None:
        """The first month in which `measure` may begin; None where it need not wait or the end is not known."""
        if self.kind is not DependencyKind.AFTER or self.other.end is None:
            return None
        year, month = self.other.end
        return Month(year + month // 12, month % 12 + 1)

    @property
    def months(self) -> int | None:
        """Months between the end of `other` and the begin, or months that both run; None where a date is missing.

        Below 0 (one after the other) or below 1 (parallel) the dates contradict the dependency.
        """
        begin, end, other_begin, other_end = self.measure.begin, self.measure.end, self.other.begin, self.other.end
        if self.kind is DependencyKind.AFTER:
            return _count(begin) - _count(other_end) - 1 if begin and other_end else None
        if not (begin and end and other_begin and other_end):
            return None
        return _count(min(end, other_end)) - _count(max(begin, other_begin)) + 1

    @property
    def fits(self) -> bool | None:
        """Whether the dates fit the dependency; None where a date is missing."""
        if self.months is None:
            return None
        return self.months >= (0 if self.kind is DependencyKind.AFTER else 1)


def _count(month: Month) -> int:
    return month.year * 12 + month.month


def links(selection: Selection, field: str = "") -> Iterator[Link]:
    """Yield the dependencies between printed measures; of a field those that begin or end in it."""
    printed = {measure.id: measure for measure in selection.measures}
    for measure in selection.measures:
        for dependency in measure.depends_on:
            other = printed.get(dependency.measure)
            if other and (not field or field in (measure.field, other.field)):
                yield Link(measure, other, dependency.kind)


def dependencies(selection: Selection, field: str) -> TableView:
    """Who waits for whom, from when on, and whether the dates fit."""
    found = [*links(selection, field)]
    waits = any(link.earliest for link in found)
    rows: list[Row] = []
    for measure, group in groupby(found, key=lambda link: link.measure):
        begin = (Text(f"(Beginn{german.NBSP}{german.moment(measure.begin)})"),) if measure.begin else ()
        rows.append(Row((Several((measure_cell(measure), *begin), " "),), RowKind.GROUP))
        for link in group:
            earliest: Cell = When(link.earliest) if link.earliest else Nothing()
            relation = Term(link.kind.label, link.kind.value)
            rows.append(Row((relation, measure_cell(link.other), *((earliest,) if waits else ()), _verdict(link))))
    columns = (
        Column("Beziehung", width=32),
        Column("andere Maßnahme"),
        *((Column("möglich ab", width=22),) if waits else ()),
        Column("Termine", width=54),
    )
    wrong = sum(link.fits is False for link in found)
    unknown = sum(link.fits is None for link in found)
    note = f"{german.counted(len(found), 'Abhängigkeit', 'Abhängigkeiten')}; "
    note += f"{wrong} davon mit Terminen, die nicht passen." if wrong else "kein Termin widerspricht."
    note += f" Bei {unknown} fehlt eine Laufzeit." if unknown else ""
    return TableView(
        columns, tuple(rows), note, "Zwischen den Maßnahmen dieser Ausgabe ist keine Abhängigkeit genannt."
    )


def _verdict(link: Link) -> Cell:
    """Return whether the dates fit, and by how much."""
    months = link.months
    if months is None:
        return Text("offen: eine Laufzeit fehlt")
    if link.kind is DependencyKind.PARALLEL:
        together = f"passt: {_months(months)} gemeinsam"
        return Term(together, "passt") if link.fits else Term("passt nicht: nie gleichzeitig", "passt_nicht")
    if not link.fits:
        return Term(f"passt nicht: {_months(-months)} zu früh", "passt_nicht")
    return Term(f"passt: {_months(months)} Abstand" if months else "passt: unmittelbar danach", "passt")


def _months(count: int) -> str:
    return german.counted(count, "Monat", "Monate")
