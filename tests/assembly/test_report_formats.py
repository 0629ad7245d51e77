"""report for programs: the same findings as JSON, as GitHub's workflow commands and as SARIF."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote

import pytest

from assembly import pipeline, report
from assembly.diagnostics import Diagnostic, Place, Severity
from assembly.explain import rules
from assembly.sources import Source, Sources
from tests.plans import SPECIMEN

TEXT = "eins\nzwei drei\n"
SOURCES = Sources(Path("plan"), (Source("chapters/ö, x.md", "chapter", TEXT),), frozenset(), "")
FOUND = (
    Diagnostic("FIN-002", Severity.WARNING, Place("chapters/ö, x.md", text="drei"), "100 %:\nzwei, drei", "Hilfe."),
    Diagnostic("STA-001", Severity.GAP, Place("chapters/ö, x.md", text="eins"), "Es fehlt etwas."),
    Diagnostic("DAT-001", Severity.FAULT, Place("framework/plan.yaml"), "Die Datei fehlt.", "Anlegen."),
)


def _unescaped(text: str) -> str:
    for code, character in (("%2C", ","), ("%3A", ":"), ("%0A", "\n"), ("%0D", "\r"), ("%25", "%")):
        text = text.replace(code, character)
    return text


def test_json_has_stable_keys_and_the_order_of_the_text() -> None:
    findings = json.loads(report.write("json", SOURCES, FOUND))
    assert [list(finding) for finding in findings] == [
        ["file", "line", "column", "code", "severity", "message", "hint"]
    ] * 3
    assert [(f["code"], f["line"], f["column"], f["severity"]) for f in findings] == [
        ("STA-001", 1, 1, "gap"),
        ("FIN-002", 2, 6, "warning"),
        ("DAT-001", 0, 0, "fault"),
    ]
    assert findings[1]["message"] == "100 %:\nzwei, drei"
    assert findings[1]["hint"] == "Hilfe."


def test_github_escapes_what_would_end_a_command() -> None:
    lines = report.write("github", SOURCES, FOUND).split("\n")
    assert lines[1] == (
        "::warning file=plan/chapters/ö%2C x.md,line=2,col=6,title=FIN-002 Die Kosten sind nicht gedeckt"
        "::100 %25:%0Azwei, drei Hilfe."
    )
    assert [line.split(" ")[0] for line in lines] == ["::notice", "::warning", "::error"]
    assert ",line=" not in lines[2]
    for line in lines:
        assert re.fullmatch(r"::(error|warning|notice) (\w+=[^:,]*)(,\w+=[^:,]*)*::[^\n]+", line)
    assert _unescaped(lines[1].split("::")[2]) == "100 %:\nzwei, drei Hilfe."


def test_sarif_has_the_structure_of_2_1_0() -> None:
    log = json.loads(report.write("sarif", SOURCES, FOUND))
    assert (log["version"], log["$schema"].endswith("sarif-2.1.0.json"), len(log["runs"])) == ("2.1.0", True, 1)
    driver = log["runs"][0]["tool"]["driver"]
    assert driver["name"]
    assert [rule["id"] for rule in driver["rules"]] == list(rules())
    for rule in driver["rules"]:
        assert rule["help"]["text"].count("Beispiel: ") == 1
        assert "Abhilfe: " in rule["help"]["text"]
        assert rule["shortDescription"]["text"]
        assert rule["defaultConfiguration"]["level"] in ("error", "warning", "note")
    results = log["runs"][0]["results"]
    assert [result["level"] for result in results] == ["note", "warning", "error"]
    for result in results:
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["message"]["text"]
        uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        assert re.fullmatch(r"[\w./%-]+", uri, re.ASCII)
        assert not uri.startswith("/")
    physical = results[1]["locations"][0]["physicalLocation"]
    assert unquote(physical["artifactLocation"]["uri"]) == "plan/chapters/ö, x.md"
    assert physical["region"] == {"startLine": 2, "startColumn": 6, "endColumn": 10}
    assert "region" not in results[2]["locations"][0]["physicalLocation"]


@pytest.mark.parametrize("form", report.FORMATS)
def test_every_form_says_something_of_an_empty_list_and_names_no_machine(form: str) -> None:
    assert report.write(form, SOURCES, ()) or form == "github"
    checked = pipeline.check(SPECIMEN)
    text = report.write(form, checked.sources, checked.diagnostics, base=SPECIMEN.parent.parent)
    assert str(SPECIMEN) not in text
    folders: Mapping[str, str] = {"github": "tests/specimen/", "sarif": "tests/specimen/"}
    assert f"{folders.get(form, '')}measures/WIS/WIS-001.yaml" in text


def test_a_plan_elsewhere_is_named_from_its_own_folder(tmp_path: Path) -> None:
    line = report.write("github", SOURCES, FOUND[:1], base=tmp_path)
    assert "file=chapters/ö%2C x.md," in line


def test_colour_is_for_text_alone() -> None:
    assert all("\x1b" not in report.write(form, SOURCES, FOUND) for form in report.FORMATS)
    assert "\x1b[" in report.write("text", SOURCES, FOUND, colour=True)
