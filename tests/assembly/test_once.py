"""One fault is told once: what follows from it is not reported beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from assembly import pipeline
from tests.plans import codes, copy_with, specimen_text

pytestmark = pytest.mark.usefixtures("remembered")

CHAPTER = "chapters/01-auftrag.md"
MEASURE = "measures/WIR/WIR-001.yaml"
ORGANISATIONS = "framework/organisations.yaml"
STATEMENT = "statements/SMWA-0.1.0.yaml"


def _chapter() -> str:
    return specimen_text(CHAPTER)


CASES: dict[str, tuple[dict[str, str | bytes | None], list[str]]] = {
    "a chapter in UTF-16": ({CHAPTER: _chapter().encode("utf-16")}, ["DAT-005"]),
    "a chapter in Windows-1252": ({CHAPTER: (_chapter() + "\nGröße\n").encode("cp1252", "replace")}, ["DAT-005"]),
    "an empty chapter": ({CHAPTER: "\n"}, ["DAT-006"]),
    "a chapter never merged": ({CHAPTER: _chapter() + "\n<<<<<<< HEAD\nx\n=======\ny\n>>>>>>> b\n"}, ["DAT-006"]),
    "a chapter under a wrong ending": ({CHAPTER: None, "chapters/01-auftrag.markdown": _chapter()}, ["DAT-010"]),
    "a measure under a wrong ending": (
        {MEASURE: None, "measures/WIR/WIR-001.yml": specimen_text(MEASURE)},
        ["DAT-010"],
    ),
    "a mistyped id": ({MEASURE: specimen_text(MEASURE, ("id: WIR-001", "id: WIR-1"))}, ["SCH-008"]),
    "another id": ({MEASURE: specimen_text(MEASURE, ("id: WIR-001", "id: WIR-011"))}, ["SCH-003"]),
    "a copied measure": ({"measures/WIR/WIR-007.yaml": specimen_text(MEASURE)}, ["SCH-005"]),
    "a field that there is not": (
        {MEASURE: specimen_text(MEASURE, ("handlungsfeld: WIR", "handlungsfeld: WIQ"))},
        ["SCH-004"],
    ),
    "an organisation without id": (
        {ORGANISATIONS: specimen_text(ORGANISATIONS, ("- id: lk-zwickau\n  name", "- name"))},
        ["SCH-006"],
    ),
    "an organisation with an id that is none": (
        {ORGANISATIONS: specimen_text(ORGANISATIONS, ("id: lk-zwickau", "id: LK Zwickau"))},
        ["SCH-008"],
    ),
    "a misspelt key": ({MEASURE: specimen_text(MEASURE, ("\ntitel: ", "\ntitl: "))}, ["SCH-001"]),
    "a file of the framework under a wrong ending": (
        {ORGANISATIONS: None, "framework/organisations.yml": specimen_text(ORGANISATIONS)},
        ["DAT-010"],
    ),
    "a statement under a wrong name": (
        {STATEMENT: None, "statements/notiz.yaml": specimen_text(STATEMENT)},
        ["SCH-003"],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_one_fault_is_told_once(name: str, tmp_path: Path) -> None:
    changes, expected = CASES[name]
    assert codes(pipeline.check(copy_with(tmp_path, changes))) == expected
