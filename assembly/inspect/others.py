"""Others: the checkers of others, each where it is installed: veraPDF, qpdf, pdfua, outloud.

A checker that is not there is no fault: its verdict says how to get it.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf

ROOT = Path(__file__).resolve().parent.parent.parent
JARS = ROOT / ".cache" / "verapdf"  # filled by scripts/verapdf.sh
VERAPDF_MAIN = "org.verapdf.apps.GreenfieldCliWrapper"
FLAVOURS: Mapping[str, str] = {"3a": "PDF/A-3a", "ua1": "PDF/UA-1"}
SECONDS = 900

# Rules of outloud that find what is right: the first counts row heads as shreds of column heads, the second takes
# running heads for content where a chapter has few pages. `docs/pdf-pruefer.md` shows both.
DISREGARDED = "TBL-010,TAG-002"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a checker says: `passed` is None where it is not installed (`hint` says how to get it) or could not run."""

    checker: str
    passed: bool | None
    lines: tuple[str, ...] = ()
    hint: str = ""


def verdicts(path: Path) -> Iterator[Verdict]:
    """Yield the verdict of every checker on a PDF, one after the other: some take their time."""
    yield _qpdf(path)
    yield from _verapdf(path)
    yield _tool(path, "pdfua", ["check"], "pip install pdfua")
    yield _tool(path, "outloud", ["--no-info", "--skip", DISREGARDED], "pip install outloud")


def _qpdf(path: Path) -> Verdict:
    """Return what `qpdf --check` says; qpdf itself comes with pikepdf."""
    with pikepdf.open(path) as pdf:
        problems = pdf.check_pdf_syntax()
    return Verdict(f"qpdf {pikepdf.__libqpdf_version__}", not problems, tuple(problems))


def verapdf_command() -> list[str] | None:
    """Return how veraPDF is called: as it was installed, or with the files that scripts/verapdf.sh fetched."""
    installed = shutil.which("verapdf")
    if installed:
        return [installed]
    java = shutil.which("java")
    if java and any(JARS.glob("*.jar")):
        return [java, "-cp", str(JARS / "*"), VERAPDF_MAIN]
    return None


def _verapdf(path: Path) -> Iterator[Verdict]:
    command = verapdf_command()
    for flavour, name in FLAVOURS.items():
        checker = f"veraPDF, {name}"
        if command is None:
            yield Verdict(checker, None, hint="scripts/verapdf.sh (braucht Java und Maven)")
            continue
        arguments = ["--flavour", flavour, "--format", "json", "--maxfailuresdisplayed", "1", str(path.resolve())]
        ran = _run([*command, *arguments])
        yield _verapdf_verdict(checker, ran) if ran else Verdict(checker, None, hint="ließ sich nicht ausführen")


def _verapdf_verdict(checker: str, ran: subprocess.CompletedProcess[str]) -> Verdict:
    """Read veraPDF's report."""
    try:
        report = json.loads(ran.stdout)["report"]
        results: list[dict[str, Any]] = report["jobs"][0].get("validationResult", [])
        if not results:
            return Verdict(checker, False, ("Die Datei ließ sich nicht prüfen.",))
        details = results[0]["details"]
        lines = tuple(
            f"{rule['clause']}-{rule['testNumber']}: {rule['description']} ({rule['failedChecks']}-mal)"
            for rule in details["ruleSummaries"]
        )
        return Verdict(checker, bool(results[0]["compliant"]), lines or (f"{details['passedChecks']} Einzelprüfungen",))
    except (ValueError, KeyError, IndexError):
        return Verdict(checker, None, hint=(ran.stderr.strip().splitlines() or ["ohne Bericht beendet"])[-1])


def _tool(path: Path, name: str, arguments: list[str], package: str) -> Verdict:
    """Return the verdict of a command-line checker that prints its findings and ends with 0 where there are none."""
    beside = Path(sys.prefix) / "bin" / name
    command = shutil.which(name) or (str(beside) if beside.exists() else None)
    if command is None:
        return Verdict(name, None, hint=package)
    ran = _run([command, *arguments, str(path)])
    if ran is None:
        return Verdict(name, None, hint="ließ sich nicht ausführen")
    lines = tuple(line.rstrip() for line in ran.stdout.splitlines() if line.strip())
    return Verdict(name, ran.returncode == 0, lines if ran.returncode else ())


def _run(command: list[str]) -> subprocess.CompletedProcess[str] | None:
    try:
        return subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
