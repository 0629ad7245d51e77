"""build.py as people call it: what it prints, how it ends, and never a traceback for a fault of the plan."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import build
from assembly import pipeline
from tests.plans import ROOT, SPECIMEN, copy_with, specimen_text


def run(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run build.py with this Python; a traceback fails every test."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "build.py"), *map(str, arguments)],
        capture_output=True, text=True, check=False, timeout=60, env={**os.environ, **environment},
    )  # fmt: skip
    assert "Traceback" not in done.stdout + done.stderr
    return done


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    wir = specimen_text("measures/WIR/WIR-001.yaml", ("federfuehrung: lk-zwickau", "federfuehrung: lk-zwickauu"))
    return copy_with(tmp_path_factory.mktemp("cli"), {"measures/WIR/WIR-001.yaml": wir})


def test_check_of_a_sound_plan_ends_with_0() -> None:
    done = run("check", "--plan", SPECIMEN)
    assert done.returncode == 0
    assert done.stdout.rstrip().endswith("keine Fehler, keine Lücken, 1 Warnung")
    assert "\x1b[" not in done.stdout, "no colour where nobody looks"


def test_strict_makes_warnings_count() -> None:
    assert run("check", "--strict", "--plan", SPECIMEN).returncode == 1


def test_check_of_a_faulty_plan_ends_with_1_and_says_where(faulty: Path) -> None:
    done = run("check", "--plan", faulty)
    assert done.returncode == 1
    assert "measures/WIR/WIR-001.yaml:24:16: Fehler REF-001" in done.stdout
    assert "Meinten Sie „lk-zwickau“?" in done.stdout


def test_build_writes_nothing_where_there_are_faults(faulty: Path, tmp_path: Path) -> None:
    done = run("build", "--plan", faulty, "--output", tmp_path / "out")
    assert done.returncode == 1
    assert "REF-001" in done.stderr
    assert "Es wurde nichts gebaut" in done.stderr
    assert done.stdout == ""
    assert not (tmp_path / "out").exists()


def test_a_draft_needs_a_sound_framework(tmp_path: Path) -> None:
    root = copy_with(tmp_path, {"framework/plan.yaml": "titel: X\n"})
    done = run("build", "--draft", "--plan", root, "--output", tmp_path / "out")
    assert done.returncode == 1
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("pruefen",),
        ("check", "--nichts"),
        ("check", "--report", "xml"),
        ("build", "--edition", "alle"),
        ("build", "--format", "html5"),
    ],
)
def test_a_call_that_makes_no_sense_ends_with_2_in_german(
    arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        build.main(list(arguments))
    said = capsys.readouterr()
    assert left.value.code == 2
    assert said.out == ""
    assert "Aufruf:" in said.err
    assert "--help" in said.err
    assert "usage" not in said.err
    assert "invalid" not in said.err


def test_a_folder_without_a_plan_ends_with_2(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nichts"):
        done = run("check", "--plan", folder)
        assert done.returncode == 2
        assert "liegt kein Plan" in done.stderr


def test_a_plan_with_an_empty_framework_is_faulty(tmp_path: Path) -> None:
    (tmp_path / "framework").mkdir()
    done = run("check", "--plan", tmp_path)
    assert done.returncode == 1
    assert "DAT-001" in done.stdout


@pytest.mark.parametrize("command", [(), ("check",), ("build",), ("explain",)])
def test_help_is_german_and_shows_an_example(command: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        build.main([*command, "--help"])
    said = capsys.readouterr().out
    assert left.value.code == 0
    assert "Beispiel: ./build.py" in said
    for english in ("usage", "options:", "show this", "positional", "default"):
        assert english not in said


def test_messages_come_through_where_the_terminal_knows_no_utf_8() -> None:
    done = run("check", "--plan", SPECIMEN, LC_ALL="C", PYTHONUTF8="0", PYTHONIOENCODING="utf-8")
    assert done.returncode == 0


def test_explain_prints_the_entry_of_a_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert build.main(["explain", "fin-002"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("FIN-002  Die Kosten sind nicht gedeckt\nWarnung · Kosten und Finanzierung\n")
    assert "Abhilfe:" in said
    assert "`" not in said


def test_explain_names_near_misses_of_an_unknown_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert build.main(["explain", "FIN-02"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "„FIN-02“ gibt es nicht. Meinten Sie FIN-002" in said.err
    assert build.main(["explain", "qqq"]) == 2
    assert "./build.py explain" in capsys.readouterr().err


def test_explain_without_a_code_lists_all(capsys: pytest.CaptureFixture[str]) -> None:
    assert build.main(["explain"]) == 0
    said = capsys.readouterr().out
    assert "Dateien\n  DAT-001  " in said
    assert "  FIN-009  " in said


@pytest.mark.parametrize("form", ["json", "sarif"])
def test_check_reports_for_programs(form: str, faulty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert build.main(["check", "--plan", str(faulty), "--report", form]) == 1
    assert "REF-001" in json.dumps(json.loads(capsys.readouterr().out))


@pytest.mark.parametrize(("environment", "coloured"), [({"NO_COLOR": ""}, True), ({"NO_COLOR": "1"}, False)])
def test_colour_on_a_terminal_unless_it_is_declined(environment: dict[str, str], *, coloured: bool) -> None:
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    subprocess.run(
        [sys.executable, str(ROOT / "build.py"), "check", "--plan", str(SPECIMEN)],
        stdout=theirs, stderr=theirs, check=True, timeout=60, env={**os.environ, **environment},
    )  # fmt: skip
    os.close(theirs)
    said = os.read(ours, 20_000).decode()
    os.close(ours)
    assert ("\x1b[" in said) == coloured


def test_check_imports_no_engine() -> None:
    engines = ("weasyprint", "matplotlib", "docx", "jinja2")
    code = f"import sys, build; build.main(['check']); print(set({engines}) & sys.modules.keys(), file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60, cwd=ROOT
    )
    assert done.stderr.strip().endswith("set()")


def test_whoever_reads_no_further_is_shown_no_traceback() -> None:
    command = [sys.executable, str(ROOT / "build.py"), "explain"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as started:
        assert started.stdout is not None
        assert started.stderr is not None
        started.stdout.close()  # before the first word is written
        said = started.stderr.read()
    assert said == ""
    assert started.returncode == 1


def test_whoever_stops_a_command_is_shown_no_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    def stopped() -> int:
        raise KeyboardInterrupt

    assert build._ended_by_people(stopped) == build.EXIT_STOPPED
    assert capsys.readouterr().err.strip() == "Abgebrochen."


@pytest.mark.parametrize("strict", [False, True])
def test_what_is_found_in_the_pdf_is_told(
    *, strict: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(pipeline, "_render", lambda *_: b"%PDF")
    monkeypatch.setattr(build, "KNOWN", _Forgetful())
    call = ["build", "--plan", str(SPECIMEN), "--format", "pdf", "--output", str(tmp_path), "--quiet"]
    assert build.main([*call, "--strict"] if strict else call) == int(strict)
    said = capsys.readouterr()
    assert f"{'Fehler' if strict else 'Warnung'} DRU-001" in said.err
    assert ("nichts geschrieben" in said.err) == strict == (said.out == "")
    assert bool(list(tmp_path.iterdir())) == (not strict)


class _Forgetful:
    """What is known of earlier builds: a build in which something was found must be made again, to tell it again."""

    def remember(self, documents: list[Path]) -> None:
        raise AssertionError(f"remembered: {documents}")


@pytest.mark.slow
def test_how_many_work_on_them_changes_no_byte_of_the_documents(tmp_path: Path) -> None:
    made: list[dict[str, bytes]] = []
    for jobs in ("1", "2"):
        output = tmp_path / jobs
        done = run("build", "--plan", SPECIMEN, "--output", output, "--jobs", jobs, "--no-cache")
        assert done.returncode == 0, done.stderr
        made.append({path.name: path.read_bytes() for path in sorted(output.iterdir())})
    assert [Path(name).suffix for name in made[0]] == [".docx", ".pdf"]
    assert made[0] == made[1]
