"""report: the offending line with a caret, all findings in one run, and a line that counts them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assembly import pipeline, report
from assembly.diagnostics import Diagnostic, Place, Severity, suggest
from assembly.sources import Source, Sources
from tests.plans import IDEA, copy_with

pytestmark = pytest.mark.usefixtures("remembered")

TEXT = "eins\nzwei @drei und @drei\n" + "a" * 200 + " hier\n"
SOURCES = Sources(root=Path(), files=(Source("x.md", "chapter", TEXT),), images=frozenset(), sha256="")


def _fault(place: Place, severity: Severity = Severity.FAULT, code: str = "XXX-001") -> Diagnostic:
    return Diagnostic(code, severity, place, "Meldung.", "Hilfe.")


def test_a_finding_prints_place_line_caret_message_and_hint() -> None:
    text = report.render(SOURCES, [_fault(Place("x.md", text="@drei", nth=1))])
    assert text.split("\n") == [
        "x.md:2:16: Fehler XXX-001",
        "  2 | zwei @drei und @drei",
        "    |                ^^^^^",
        "  Meldung.",
        "  → Hilfe.",
        "",
        "1 Fehler, keine Lücken, keine Warnungen",
    ]


def test_the_caret_stands_under_what_is_wrong(tmp_path: Path) -> None:
    root = copy_with(tmp_path, {"measures/WIR/WIR-002.yaml": IDEA + "folgekosten:   1.250  # gefragt\n"})
    checked = pipeline.check(root)
    lines = report.render(checked.sources, checked.faults).split("\n")
    assert lines[0] == "measures/WIR/WIR-002.yaml:7:16: Fehler SCH-008"
    shown, caret = lines[1], lines[2]
    start = caret.index("^")
    assert shown[start : start + caret.count("^")] == "1.250"
    assert "1.250 € gemeint" in lines[3]


def test_a_long_line_is_cut_around_the_caret() -> None:
    lines = report.render(SOURCES, [_fault(Place("x.md", text="hier"))]).split("\n")
    start = lines[2].index("^")
    assert lines[1][start : start + 4] == "hier"
    assert len(lines[1]) < 130


def test_one_run_reports_all_in_order_of_file_and_line(tmp_path: Path) -> None:
    root = copy_with(
        tmp_path,
        {
            "measures/WIR/WIR-002.yaml": IDEA.replace("idee", "ideal") + "leuchtturm: x\n",
            "chapters/09-x.md": "# X {#kap-x}\n\n@kap-nichts\n",
            "framework/glossary.yaml": "- begriff: X\n",
        },
    )
    checked = pipeline.check(root)
    heads = re.findall(r"^(\S+): Fehler (\S+)$", report.render(checked.sources, checked.faults), re.M)
    assert heads == [
        ("chapters/09-x.md:3:1", "REF-002"),
        ("framework/glossary.yaml:1:3", "SCH-006"),
        ("measures/WIR/WIR-002.yaml:4:9", "SCH-007"),
        ("measures/WIR/WIR-002.yaml:7:13", "SCH-008"),
    ]


@pytest.mark.parametrize(
    ("counts", "line"),
    [
        ((0, 0, 0), "keine Fehler, keine Lücken, keine Warnungen"),
        ((1, 1, 1), "1 Fehler, 1 Lücke, 1 Warnung"),
        ((2, 3, 4), "2 Fehler, 3 Lücken, 4 Warnungen"),
    ],
)
def test_the_last_line_counts(counts: tuple[int, int, int], line: str) -> None:
    found = [
        _fault(Place("x.md"), severity, f"XXX-{number:03}")
        for severity, count in zip((Severity.FAULT, Severity.GAP, Severity.WARNING), counts, strict=True)
        for number in range(count)
    ]
    assert report.summary(found) == line
    assert report.render(SOURCES, found).endswith(line)


def test_colour_only_where_it_is_asked_for() -> None:
    found = [_fault(Place("x.md"))]
    assert "\x1b[" not in report.render(SOURCES, found)
    assert "\x1b[1;31m" in report.render(SOURCES, found, colour=True)


def test_a_place_that_does_not_exist_leads_to_the_nearest_above(tmp_path: Path) -> None:
    checked = pipeline.check(copy_with(tmp_path, {"measures/WIR/WIR-002.yaml": IDEA}))
    file = "measures/WIR/WIR-002.yaml"
    assert report.locate(checked.sources, Place(file, ("status", "x", 3))).line == 4
    assert report.locate(checked.sources, Place(file, ("nichts",))).line == 1
    assert report.locate(checked.sources, Place("nichts.yaml")).line == 0


def test_suggest_names_what_is_near_and_nothing_else() -> None:
    assert suggest("uebersichtt", ["risiken", "uebersicht"]) == "Meinten Sie „uebersicht“?"
    assert suggest("WIR-001", ["wir-002"]) == "Meinten Sie „wir-002“?"
    assert suggest("xyz", ["risiken"]) == ""
