"""inspect: a sound book passes, and of every check there is a book damaged on purpose that it finds."""

from __future__ import annotations

import re
from pathlib import Path

import pikepdf
import pytest

import build
from assembly.document import Document
from assembly.inspect import CHECKS, inspect_pdf, others, report_lines
from assembly.inspect.others import Verdict
from assembly.inspect.report import own_lines, verdict_lines
from assembly.paper.content import to_unicode
from assembly.paper.finding import Finding, gathered
from assembly.refusal import Refusal
from assembly.render_pdf import render_pdf
from tests.damages import DAMAGES, Damage

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def sound(document: Document, specimen: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the specimen's PDF."""
    path = tmp_path_factory.mktemp("sound") / "book.pdf"
    path.write_bytes(render_pdf(document, specimen / "chapters"))
    return path


def damaged(sound: Path, target: Path, damage: Damage) -> Path:
    """Return a copy of the sound book with one damage."""
    with pikepdf.open(sound) as pdf:
        damage(pdf)
        pdf.save(target, fix_metadata_version=False)
    return target


def test_a_sound_book_passes(sound: Path) -> None:
    assert inspect_pdf(sound) == []


@pytest.mark.parametrize(
    ("code", "words", "damage"), DAMAGES, ids=[f"{code}-{number}" for number, (code, _, _) in enumerate(DAMAGES)]
)
def test_a_damage_is_found(code: str, words: str, damage: Damage, sound: Path, tmp_path: Path) -> None:
    found = inspect_pdf(damaged(sound, tmp_path / "damaged.pdf", damage))
    assert [finding for finding in found if finding.code == code and words in finding.message], found


def test_every_check_names_its_code_and_has_a_damage() -> None:
    codes = [(check.__doc__ or "").split(":")[0] for check in CHECKS]
    assert all(re.fullmatch(r"PDF-\d{3}", code) for code in codes)
    assert len(set(codes)) == len(codes)
    assert {code for code, _, _ in DAMAGES} == {*codes, "PDF-001"} - {"PDF-002"}


@pytest.mark.parametrize("password", ["", "geheim"])
def test_an_encrypted_file_is_told_and_no_traceback(
    password: str, sound: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "encrypted.pdf"
    with pikepdf.open(sound) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(owner="besitz", user=password))
    assert build.main(["inspect", str(path)]) == 1
    assert "PDF-002 Die Datei ist verschlüsselt" in capsys.readouterr().out


@pytest.mark.parametrize("content", [b"", b"kein PDF", b"%PDF-1.7\n%%EOF", None])
def test_what_is_no_pdf_is_told_and_no_traceback(
    content: bytes | None, sound: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "broken.pdf"
    path.write_bytes(sound.read_bytes()[:30000] if content is None else content)
    assert build.main(["inspect", str(path)]) == 1
    assert "PDF-001" in capsys.readouterr().out


@pytest.mark.parametrize("seed", range(12))
def test_bytes_turned_over_cause_no_traceback(seed: int, sound: Path, tmp_path: Path) -> None:
    content = bytearray(sound.read_bytes())
    for step in range(200):
        content[(seed * 7919 + step * 104729) % len(content)] ^= 1 + (seed + step) % 255
    path = tmp_path / "turned.pdf"
    path.write_bytes(content)
    assert all(finding.code.startswith("PDF-") for finding in inspect_pdf(path))


def test_a_name_that_does_not_exist_ends_with_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert build.main(["inspect", str(tmp_path / "nichts.pdf")]) == 2
    assert build.main(["inspect", str(tmp_path)]) == 2
    assert "lässt sich nicht lesen" in capsys.readouterr().err
    with pytest.raises(Refusal):
        inspect_pdf(tmp_path / "nichts.pdf")


def test_own_checks_alone_end_with_0(sound: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert build.main(["inspect", "--eigene", str(sound)]) == 0
    assert capsys.readouterr().out == f"{sound}\n  Eigene Prüfungen ({len(CHECKS)}): kein Befund\n"


def test_a_checker_that_is_not_installed_is_named_with_the_way_to_get_it(
    sound: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("shutil.which", lambda _: None)
    monkeypatch.setattr(others, "JARS", tmp_path)
    monkeypatch.setattr("sys.prefix", str(tmp_path))
    lines = list(report_lines(sound))
    told = [line for line, _ in lines if "nicht geprüft" in line]
    assert [line.split(":")[0].strip() for line in told] == [
        "veraPDF, PDF/A-3a",
        "veraPDF, PDF/UA-1",
        "pdfua",
        "outloud",
    ]
    assert "scripts/verapdf.sh" in told[0]
    assert not any(fault for _, fault in lines)


def checker(folder: Path, name: str, script: str) -> None:
    """Put a checker of this name into the folder."""
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def test_what_other_checkers_say_is_passed_on(sound: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    rule = '{"clause":"7.1","testNumber":3,"failedChecks":2,"description":"Inhalt ohne Marke"}'
    failing = f'{{"compliant":false,"details":{{"passedChecks":9,"ruleSummaries":[{rule}]}}}}'
    passing = '{"compliant":true,"details":{"passedChecks":9,"ruleSummaries":[]}}'
    reply = '{"report":{"jobs":[{"validationResult":[%s]}]}}'
    checker(tmp_path, "verapdf", f"case \"$2\" in 3a) echo '{reply % failing}';; *) echo '{reply % passing}';; esac")
    checker(tmp_path, "pdfua", "echo 'Fund'; exit 3")
    checker(tmp_path, "outloud", "echo 'ok'")
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    verdicts = {verdict.checker: verdict for verdict in others.verdicts(sound)}
    assert verdicts["veraPDF, PDF/A-3a"] == Verdict("veraPDF, PDF/A-3a", False, ("7.1-3: Inhalt ohne Marke (2-mal)",))
    assert verdicts["veraPDF, PDF/UA-1"].passed
    assert verdicts["pdfua"] == Verdict("pdfua", False, ("Fund",))
    assert verdicts["outloud"].passed
    assert any(fault for _, fault in report_lines(sound))


@pytest.mark.parametrize("script", ["echo Unsinn", "echo '{}'", "echo schief >&2; exit 9"])
def test_a_checker_that_fails_is_no_verdict(
    script: str, sound: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    checker(tmp_path, "verapdf", script)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    verdict = next(verdict for verdict in others.verdicts(sound) if verdict.checker.startswith("veraPDF"))
    assert verdict.passed is None
    assert verdict.hint


def test_the_report_gathers_what_is_alike() -> None:
    found = gathered(Finding("PDF-011", "Tabs", (page,)) for page in (9, 3, 4, 5))
    assert found == [Finding("PDF-011", "Tabs", (3, 4, 5, 9), 4)]
    assert list(own_lines(found, 3)) == ["  Eigene Prüfungen (3): 1 Befund", "    PDF-011 S. 3–5, 9: Tabs (4-mal)"]
    many = Verdict("x", False, tuple(map(str, range(50))))
    assert list(verdict_lines(many))[-1] == "    … und 10 Zeilen mehr"


def test_codes_of_a_font_are_read() -> None:
    cmap = b"2 beginbfchar <0003> <0041> <0004> <00660066> endbfchar 1 beginbfrange <0010> <0012> <0061> endbfrange"
    assert to_unicode(cmap) == {3: "A", 4: "ff", 16: "a", 17: "b", 18: "c"}
