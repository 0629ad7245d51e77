"""new, status, fmt and inspect as people call them: what they print, how they end, and never a traceback."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import build
from assembly.new import FORMS
from tests.plans import SPECIMEN, copy_with
from tests.test_build import run

Said = pytest.CaptureFixture[str]


@pytest.mark.parametrize(
    "command", [("new",), ("status",), ("fmt",), ("inspect",), *(("new", name) for name in FORMS)], ids=" ".join
)
def test_help_is_german_and_shows_an_example(command: tuple[str, ...], capsys: Said) -> None:
    with pytest.raises(SystemExit) as left:
        build.main([*command, "--help"])
    said = capsys.readouterr().out
    assert left.value.code == 0
    assert "Beispiel: ./build.py" in said
    for english in ("usage", "options:", "show this", "positional", "default"):
        assert english not in said


def test_new_prints_the_path_and_what_to_do_next(tmp_path: Path) -> None:
    root = copy_with(tmp_path, {})
    done = run("new", "massnahme", "--handlungsfeld", "WIR", "--plan", root)
    assert done.returncode == 0
    assert Path(done.stdout.strip()) == root / "measures/WIR/WIR-002.yaml"
    assert "./build.py check" in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("new",),
        ("new", "masnahme"),
        ("new", "massnahme"),
        ("new", "veranstaltung", "--ort", "x"),
        ("fmt", "--x"),
        ("inspect",),
    ],
)
def test_an_incomplete_call_ends_with_2(arguments: tuple[str, ...], capsys: Said) -> None:
    with pytest.raises(SystemExit) as left:
        build.main(list(arguments))
    assert left.value.code == 2
    assert "Aufruf:" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [("new", "massnahme", "--handlungsfeld", "WIQ"), ("status", "--feld", "WIQ"), ("fmt", "measures/WIQ")],
)
def test_what_is_not_known_ends_with_2_and_a_near_miss(arguments: tuple[str, ...], capsys: Said) -> None:
    assert build.main([*arguments, "--plan", str(SPECIMEN)]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "„WIQ“ gibt es nicht" in said.err or "keine YAML-Datei" in said.err


def test_a_place_that_cannot_be_written_ends_with_1(tmp_path: Path, capsys: Said) -> None:
    root = copy_with(tmp_path, {"framework/action_fields.yaml": None})
    (root / "framework/action_fields.yaml").write_text("- id: NEU\n")
    (root / "measures/NEU").write_text("eine Datei, wo ein Ordner sein müsste")
    assert build.main(["new", "massnahme", "--handlungsfeld", "NEU", "--plan", str(root)]) == 1
    assert "lässt sich nicht schreiben" in capsys.readouterr().err


def test_new_does_not_overwrite(capsys: Said) -> None:
    call = ["new", "stellungnahme", "--ressort", "smwa", "--version", "0.1.0", "--plan", str(SPECIMEN)]
    assert build.main(call) == 1
    assert "Es wurde nichts überschrieben." in capsys.readouterr().err


def test_status_for_people_and_for_programs(capsys: Said) -> None:
    assert build.main(["status", "--plan", str(SPECIMEN)]) == 0
    assert "WIR-001" in capsys.readouterr().out
    assert build.main(["status", "--json", "--feld", "WIR", "--plan", str(SPECIMEN)]) == 0
    assert json.loads(capsys.readouterr().out)["handlungsfelder"][0]["id"] == "WIR"


def test_status_ends_with_1_where_records_are_left_out(tmp_path: Path, capsys: Said) -> None:
    root = copy_with(tmp_path, {"measures/WIR/WIR-002.yaml": "id: WIR-002\n"})
    assert build.main(["status", "--plan", str(root)]) == 1
    assert "Nicht gezählt, weil fehlerhaft" in capsys.readouterr().out
    root = copy_with(tmp_path / "x", {"framework/plan.yaml": "titel: X\n"})
    assert build.main(["status", "--plan", str(root)]) == 1
    assert "./build.py check" in capsys.readouterr().err


def test_fmt_names_what_it_did_and_what_it_left_alone(tmp_path: Path, capsys: Said) -> None:
    changes: dict[str, str | bytes | None] = {
        "measures/WIR/WIR-002.yaml": "titel:   x\nid: WIR-002\n",
        "measures/WIR/WIR-003.yaml": "a: b: c\n",
    }
    root = copy_with(tmp_path, changes)
    call = ["fmt", "--plan", str(root)]
    assert build.main([*call, "--check"]) == 1
    assert "measures/WIR/WIR-002.yaml: wäre zu ändern\n" in capsys.readouterr().out
    assert build.main(call) == 1
    said = capsys.readouterr()
    assert "measures/WIR/WIR-002.yaml: neu geschrieben\n" in said.out
    assert "measures/WIR/WIR-003.yaml: nicht angerührt" in said.out
    assert "DAT-006" in said.err
    assert build.main([*call, "measures/WIR/WIR-002.yaml"]) == 0
    assert build.main([*call, "--check", "measures/WIR/WIR-002.yaml"]) == 0
    assert (root / "measures/WIR/WIR-002.yaml").read_text() == "id: WIR-002\ntitel: x\n"
