"""Plans for the tests: the specimen, copies of it with changes, and the order to build one of a fixed day."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from assembly import pipeline, report
from assembly.document import Document
from assembly.pipeline import Checked, Order

TESTS = Path(__file__).resolve().parent
ROOT = TESTS.parent
SPECIMEN = TESTS / "specimen"
INTERN = Order(("pdf",), "intern", True, date(2026, 1, 15), "")

# A measure that is complete as an idea; tests add to it or give it another status.
IDEA = """\
id: WIR-002
titel: Weitere Idee
handlungsfeld: WIR
status: idee
beispiel: true
kurzbeschreibung: Eine weitere Idee. Sie dient den Tests.
"""


def copy_with(target: Path, changes: Mapping[str, str | bytes | None]) -> Path:
    """Copy the specimen to `target` and put the changed files in place (None: the file is removed)."""
    plan = target / "plan"
    shutil.copytree(SPECIMEN, plan)
    for file, content in changes.items():
        path = plan / file
        path.parent.mkdir(parents=True, exist_ok=True)
        if content is None:
            path.unlink()
        elif isinstance(content, bytes):
            path.write_bytes(content)
        else:
            path.write_text(content, encoding="utf-8")
    return plan


def specimen_text(file: str, *replacements: tuple[str, str]) -> str:
    """Return the text of a specimen file with words replaced; each must stand there."""
    text = (SPECIMEN / file).read_text(encoding="utf-8")
    for old, new in replacements:
        assert old in text, f"{file} does not hold {old!r}"
        text = text.replace(old, new)
    return text


def codes(checked: Checked, severity: str = "Fehler") -> list[str]:
    """Return the codes of one severity, sorted."""
    return sorted(found.code for found in checked.diagnostics if found.severity == severity)


def located(checked: Checked) -> list[tuple[str, int, str, str]]:
    """Return file, line, code and severity of everything found, sorted."""
    return sorted(
        (found.place.file, location.line, found.code, found.severity.value)
        for found, location in report.sort(checked.sources, checked.diagnostics)
    )


def document_of(root: Path, edition: str = "intern", *, tolerant: bool = False) -> Document:
    """Check the plan and return its Document on the fixed day."""
    checked = pipeline.check(root, tolerant=tolerant)
    assert pipeline.can_build(checked, draft=tolerant), report.render(checked.sources, checked.faults)
    return pipeline.assemble(checked, replace(INTERN, edition=edition))
