"""explain: docs/regeln.md is read whole, and printed without marks."""

from __future__ import annotations

import re

import pytest

from assembly.diagnostics import Severity
from assembly.explain import RULES, explain, near, overview, plain, rules


def test_every_entry_is_read() -> None:
    headings = re.findall(r"^## ([A-Z]{3}-\d{3}) (.+)$", RULES.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(headings) > 60
    assert [(rule.code, rule.title) for rule in rules().values()] == headings


def test_an_entry_knows_its_severity_and_group() -> None:
    assert (rules()["FIN-002"].severity, rules()["FIN-002"].group) == (Severity.WARNING, "Kosten und Finanzierung")
    assert (rules()["STA-001"].severity, rules()["STA-001"].group) == (Severity.GAP, "Status")
    assert (rules()["SCH-001"].severity, rules()["SCH-001"].text) == (Severity.FAULT, "")


@pytest.mark.parametrize("code", rules())
def test_an_entry_prints_title_example_and_remedy_in_lines_that_fit(code: str) -> None:
    lines = explain(code).split("\n")
    assert lines[0].startswith(f"{code}  ")
    assert sum(line.startswith("Beispiel: ") for line in lines) == 1
    assert sum(line.startswith("Abhilfe:  ") for line in lines) == 1
    assert max(map(len, lines)) <= 100


def test_marks_go_and_code_stays() -> None:
    assert plain("*Warnung.* Siehe [Regeln](regeln.md): `*a*` und **fett**, `` `@` ``") == (
        "Warnung. Siehe Regeln: *a* und fett, `@`"
    )


def test_the_overview_names_every_code_once() -> None:
    assert re.findall(r"^  ([A-Z]{3}-\d{3})  \S", overview(), re.MULTILINE) == list(rules())


def test_near_misses() -> None:
    assert near("FIN-02")[0] == "FIN-002"
    assert near("QQQQ") == []
