"""Conformance: veraPDF, the reference checker, finds nothing in what is built: neither against PDF/A-3a nor PDF/UA-1.

It comes from Maven Central where Java and Maven are there and it can be reached. Where not, these tests are skipped and
say so in the summary; the own checks of `inspect` must pass all the same.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from assembly.inspect import inspect_pdf
from assembly.inspect.others import FLAVOURS, Verdict, verapdf_command, verdicts
from benchmarks.check import SEED
from benchmarks.generator import Size, write
from tests.plans import ROOT, SPECIMEN

pytestmark = pytest.mark.slow

SECONDS = 300
DAY = {"SOURCE_DATE_EPOCH": "1768435200"}  # 2026-01-15
BOOKS: dict[str, Path | Size] = {"specimen": SPECIMEN, "plan": ROOT, "80 measures": Size(80)}


@pytest.fixture(scope="session")
def verapdf() -> None:
    """See to it that veraPDF is there, or skip and say why."""
    if verapdf_command():
        return
    try:
        fetched = subprocess.run(
            [str(ROOT / "scripts/verapdf.sh")], capture_output=True, text=True, timeout=SECONDS, check=False
        )
        reason = "" if fetched.returncode == 0 else fetched.stderr.strip()
    except subprocess.TimeoutExpired:
        reason = f"Maven Central hat in {SECONDS} s nicht geliefert."
    if reason:
        pytest.skip(f"NICHT GEPRÜFT: PDF/A-3a und PDF/UA-1 durch veraPDF. {' '.join(reason.split())}")
    assert verapdf_command()


@pytest.fixture(scope="module", params=BOOKS)
def book(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a PDF as the command line builds it."""
    root = BOOKS[request.param]
    if isinstance(root, Size):
        generated = tmp_path_factory.mktemp("generated") / "plan"
        write(root, SEED, generated)
        root = generated
    output = tmp_path_factory.mktemp("book")
    options = ["--format", "pdf", "--edition", "intern", "--plan", str(root), "--output", str(output)]
    done = subprocess.run(
        [sys.executable, str(ROOT / "build.py"), "build", *options],
        env={**os.environ, **DAY},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "DRU-" not in done.stderr, "proofreading finds nothing either"
    return Path(done.stdout.strip())


def test_own_checks_find_nothing(book: Path) -> None:
    assert inspect_pdf(book) == []


def test_qpdf_finds_nothing(book: Path) -> None:
    verdict = next(verdicts(book))
    assert (verdict.checker.split()[0], verdict.passed) == ("qpdf", True), verdict


@pytest.mark.usefixtures("verapdf")
def test_verapdf_finds_nothing(book: Path) -> None:
    found: dict[str, Verdict] = {verdict.checker: verdict for verdict in verdicts(book)}
    for flavour in FLAVOURS.values():
        verdict = found[f"veraPDF, {flavour}"]
        assert verdict.passed is True, verdict
