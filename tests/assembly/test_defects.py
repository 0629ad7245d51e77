"""Report: findings stand as those who mend them need them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from assembly.compose.issue import Finding, Issue
from assembly.compose.report import findings
from assembly.document import Cell, Ref, Row, RowKind, Several, Text
from assembly.editions import Selection
from assembly.pipeline import check
from tests.plans import copy_with, specimen_text

EVENT = "participation/2026-01-werkstatt-chemnitz.yaml"


def found(severity: str, file: str, line: int, message: str) -> Finding:
    return Finding(f"{file}:{line}", severity, "STA-001", message, file)


def words(cell: Cell) -> str:
    if isinstance(cell, Several):
        return cell.separator.join(map(words, cell.items))
    assert isinstance(cell, Text)
    return cell.text


def said(rows: tuple[Row, ...]) -> list[str]:
    return [words(row.cells[0 if row.kind is RowKind.GROUP else 1]) for row in rows]


def test_the_gravest_come_first_then_the_order_of_the_book(selection: Selection) -> None:
    first, second = (f"measures/{key[:3]}/{key}.yaml" for key in selection.plan.measures)
    issue = Issue(
        date(2026, 11, 20),
        "",
        (
            found("Warnung", second, 1, "a"),
            found("Lücke", second, 2, "b"),
            found("Lücke", second, 2, "c"),
            found("Lücke", first, 3, "d"),
            found("Fehler", second, 4, "e"),
        ),
    )
    assert said(findings(selection, issue).rows) == [
        "1\u00a0Fehler",
        "e",
        "3\u00a0Lücken an 2\u00a0Stellen",
        "d",
        "b\nc",
        "1\u00a0Warnung",
        "a",
    ]


def test_a_finding_leads_to_the_measure_and_names_other_files(selection: Selection) -> None:
    issue = Issue(
        date(2026, 11, 20),
        "",
        (
            found("Warnung", "measures/WIR/WIR-001.yaml", 7, "a"),
            found("Warnung", "measures/WIR/WIR-999.yaml", 8, "b"),
            found("Warnung", EVENT, 9, "c"),
        ),
    )
    places = {words(row.cells[1]): row.cells[2] for row in findings(selection, issue).rows[1:]}
    assert places == {
        "a": Several((Ref("WIR-001", "WIR-001"), Text("Zeile 7"))),
        "b": Text("measures/WIR/WIR-999.yaml:8"),
        "c": Text(f"{EVENT}:9"),
    }


def test_contributions_stand_by_their_numbers(tmp_path: Path) -> None:
    text = specimen_text(EVENT, ("- id: B-01", "- id: B-100"), ("- id: B-02", "- id: B-20"))
    plan = check(copy_with(tmp_path / "plan", {EVENT: text})).plan
    assert plan is not None
    assert [key for key in plan.contributions if key in ("B-20", "B-100")] == ["B-20", "B-100"]
