"""Report: what the checks found, what is still open, and what each measure lacks; the annexes for those who go on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import PurePosixPath

from assembly import german
from assembly.compose.issue import Issue
from assembly.derive.cells import TableView, measure_ref, status_cell
from assembly.derive.registers import subject_cell
from assembly.document import Cell, Column, Nothing, Row, RowKind, Several, Text
from assembly.editions import Selection
from schema.measure import Measure
from schema.scalars import MEASURE_ID
from schema.statement import Settlement, StatementState
from schema.status import missing_for, missing_keys, next_status

SEVERITIES = {"Fehler": "Fehler", "Lücke": "Lücken", "Warnung": "Warnungen"}  # the gravest first, and their plurals


def findings(selection: Selection, issue: Issue) -> TableView:
    """Return the findings of the checks: what is missing and what is worth a look.

    The gravest come first, then the order of the book; what is said of one place stands in one row.
    """
    places = {key: place for place, key in enumerate(selection.plan.measures, start=1)}
    ranks = {severity: rank for rank, severity in enumerate(SEVERITIES)}
    found = sorted(issue.findings, key=lambda f: (ranks[f.severity], places.get(PurePosixPath(f.file).stem, 0)))
    rows: list[Row] = []
    for severity, group in groupby(found, key=lambda f: f.severity):
        grave = [*group]
        spots = [(key, _at_once(f.message for f in same)) for key, same in groupby(grave, lambda f: (f.code, f.where))]
        head = german.counted(len(grave), severity, SEVERITIES[severity])
        if len(spots) < len(grave):
            head += f" an {german.counted(len(spots), 'Stelle', 'Stellen')}"
        rows.append(Row((Text(head),), RowKind.GROUP))
        for (code, where), messages in spots:
            told = Several(tuple(map(Text, messages)), "\n")
            rows.append(Row((Text(code, strong=True), told, _place(selection, where))))
    columns = (Column("Code", width=20), Column("Befund"), Column("Stelle", width=46))
    return TableView(columns, tuple(rows), "", "Die Prüfung hat keine Lücken und keine Warnungen ergeben.")


_SHEET = re.compile(rf"measures/[A-Z]{{3}}/({MEASURE_ID})\.yaml:([0-9]+)")


def _place(selection: Selection, where: str) -> Cell:
    """Return where a finding stands: a measure with its page and the line of its file, else the file."""
    found = _SHEET.match(where)
    if not found or not selection.prints(found[1]):
        return Text(where)
    return Several((measure_ref(found[1], page=True), Text(f"Zeile {found[2]}")))


# The wording of STA-001, which the check says key by key: for editors each is a place to mend.
_GAP = re.compile(r"(.+: Für den Status „.+“) fehlt \S+ \((.+)\)\.")


def _at_once(messages: Iterable[str]) -> list[str]:
    """Return the messages of one place; all that a status asks for and that is missing there is one of them."""
    said: dict[str, list[str]] = {}
    for message in messages:
        gap = _GAP.fullmatch(message)
        names = said.setdefault(gap[1] if gap else message, [])
        if gap:
            names.append(gap[2])
    return [
        f"{text} {'fehlt' if len(names) == 1 else 'fehlen'}: {', '.join(names)}." if names else text
        for text, names in said.items()
    ]


def open_points(selection: Selection) -> TableView:
    """Return what waits for an answer: statements that are not there yet, points of others, contributions."""
    rows = (*_open_statements(selection), *_open_contributions(selection))
    columns = (Column("Herkunft", width=38), Column("Bezug", width=26), Column("Offener Punkt"))
    return TableView(columns, rows, "", "Alle Stellungnahmen und Beiträge sind beantwortet.")


def _open_statements(selection: Selection) -> Iterator[Row]:
    for statement in selection.plan.statements.values():
        department = selection.plan.organisations.get(statement.department)
        source = f"{department.short if department else statement.department} zu {statement.version}"
        if statement.state is StatementState.OPEN:
            missing = "Die abschließende Stellungnahme" if statement.points else "Die Stellungnahme"
            words = f"{missing} steht aus; Frist ist der {german.day(statement.deadline)}."
            yield Row((Text(source), Nothing(), Text(words)))
        for point in statement.points:
            if point.settlement is Settlement.OPEN:
                words = f"{point.text} Vorschlag: {point.proposal}" if point.proposal else point.text
                yield Row((Text(source), subject_cell(selection.plan, point.subject), Text(words)))


def _open_contributions(selection: Selection) -> Iterator[Row]:
    for event_id, contribution in selection.plan.contributions.values():
        if contribution.outcome is None or contribution.reason is None:
            event = selection.plan.events[event_id]
            yield Row((Text(event.title), Text(contribution.id, strong=True), Text(contribution.statement)))


def defects(selection: Selection) -> TableView:
    """Return what each measure lacks for its status and for the next one; those that lack nothing are left out."""
    rows = []
    for measure in selection.measures:
        now, after = missing_keys(measure), next_status(measure.status)
        later = [key for key in missing_for(measure, after) if key not in now] if after else []
        if now or later:
            head = Several((measure_ref(measure.id, page=True), Text(measure.title)), " ")
            rows.append(Row((head, status_cell(measure), _labels(now), _labels(later))))
    columns = (
        Column("Maßnahme"),
        Column("Status", width=24),
        Column("dafür fehlt"),
        Column("für den nächsten fehlt"),
    )
    return TableView(columns, tuple(rows), "", "Keiner Maßnahme fehlt etwas.")


_LABELS = {field.alias: field.title for field in Measure.model_fields.values()}


def _labels(keys: tuple[str, ...] | list[str]) -> Cell:
    return Text(", ".join(_LABELS[key] or key for key in keys)) if keys else Nothing()
