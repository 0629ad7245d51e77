"""strays: what a wrong file name says about what was meant."""

from __future__ import annotations

import pytest

from assembly.diagnostics import Severity
from assembly.strays import is_aside, meant, original, stray_file


@pytest.mark.parametrize(
    ("file", "wanted"),
    [
        ("measures/WIR/WIR-005.yml", "measures/WIR/WIR-005.yaml"),
        ("measures/WIR/WIR-005.YAML", "measures/WIR/WIR-005.yaml"),
        ("measures/WIR/WIR-005.yaml.txt", "measures/WIR/WIR-005.yaml"),
        ("measures/WIS/WIR-005.txt", "measures/WIR/WIR-005.yaml"),
        ("measures/WIR/neue massnahme.yml", "measures/WIR/neue massnahme.yaml"),
        ("measures/WIR/notizen.txt", ""),
        ("measures/WIR/foto.jpg", ""),
        ("framework/plan.yml", "framework/plan.yaml"),
        ("framework/liesmich.md", ""),
        ("participation/plauen/2026-02-werkstatt-plauen.yaml", "participation/2026-02-werkstatt-plauen.yaml"),
        ("statements/SMWA-0.7.0.Yaml", "statements/SMWA-0.7.0.yaml"),
        ("chapters/08-zeitplan.markdown", "chapters/08-zeitplan.md"),
        ("chapters/08-zeitplan.md.txt", "chapters/08-zeitplan.md"),
        ("chapters/teil/08-zeitplan.md", "chapters/08-zeitplan.md"),
        ("chapters/bericht.docx", ""),
    ],
)
def test_what_was_meant(file: str, wanted: str) -> None:
    assert meant(file) == wanted
    found = stray_file(file, ())
    assert found is not None
    assert (found.code, found.severity) == (("DAT-010", Severity.FAULT) if wanted else ("DAT-002", Severity.WARNING))
    assert wanted in found.hint
    assert found.hint.endswith((".", ".yaml", "wählen."))


@pytest.mark.parametrize(
    ("name", "of"),
    [
        ("WIR-001 - Kopie.yaml", "WIR-001.yaml"),
        ("WIR-001 - Kopie (2).yaml", "WIR-001.yaml"),
        ("Kopie von WIR-001.yaml", "WIR-001.yaml"),
        ("WIR-001 (1).yaml", "WIR-001.yaml"),
        ("WIR-001(2).yaml", "WIR-001.yaml"),
        ("WIR-001 Kopie.yml", "WIR-001.yml"),
        ("WIR-001-Copy.yaml", "WIR-001.yaml"),
        ("WIR-001.yaml", None),
        ("2026-02-werkstatt-plauen.yaml", None),
        ("08-kopieren.md", None),
    ],
)
def test_a_copy_is_known_by_the_name_that_file_managers_give_it(name: str, of: str | None) -> None:
    assert original(name) == of
    assert is_aside(name) == (of is not None)


@pytest.mark.parametrize("name", ["WIR-001.yaml~", "WIR-001.yaml.bak", "~$WIR-001.yaml", "#WIR-001.yaml#", "x.orig"])
def test_a_backup_is_a_warning(name: str) -> None:
    found = stray_file(f"measures/WIR/{name}", ())
    assert found is not None
    assert (found.code, found.severity) == ("DAT-002", Severity.WARNING)
    assert is_aside(name)


@pytest.mark.parametrize("name", [".DS_Store", "Thumbs.db", "desktop.ini", ".gitkeep"])
def test_what_the_system_puts_there_is_passed_over(name: str) -> None:
    assert stray_file(f"measures/WIR/{name}", ()) is None


def test_a_second_version_is_not_to_overwrite_the_first() -> None:
    found = stray_file("measures/WIR/WIR-001.yml", {"measures/WIR/WIR-001.yaml"})
    assert found is not None
    assert found.hint.startswith("measures/WIR/WIR-001.yaml gibt es schon: ")


def test_a_file_of_the_framework_is_known_by_its_name() -> None:
    near, far = (stray_file(f"framework/{name}.yaml", ()) for name in ("organisation", "wetterbericht"))
    assert near is not None
    assert far is not None
    assert near.hint == "Meinten Sie „organisations“?"
    assert far.hint.startswith("Hier liegen nur: plan, ")
