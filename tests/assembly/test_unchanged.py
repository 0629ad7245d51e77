"""A build that would change nothing is not made again, and only that one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from assembly import unchanged
from assembly.cache import Cache
from tests.plans import ROOT, copy_with

CALL = ("build", "2026-01-15")


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """Return a copy of the specimen."""
    return copy_with(tmp_path / "plan", {})


def test_the_key_knows_the_call_and_every_file(plan: Path) -> None:
    first = unchanged.key(ROOT, plan, CALL)
    assert unchanged.key(ROOT, plan, CALL) == first
    assert unchanged.key(ROOT, plan, ("build", "2026-01-16")) != first
    changed = {first}
    for path in (plan / "measures/WIR/WIR-001.yaml", plan / "chapters/new.md", plan / "framework/plan.yaml"):
        path.write_text(path.read_text(encoding="utf-8") + "\n" if path.exists() else "x", encoding="utf-8")
        changed.add(unchanged.key(ROOT, plan, CALL))
    (plan / "chapters/new.md").rename(plan / "chapters/old.md")
    changed.add(unchanged.key(ROOT, plan, CALL))
    assert len(changed) == 5


@pytest.mark.parametrize("name", ["theme.yaml", "gestaltung/logo.svg", "gestaltung/Schrift.ttf"])
def test_the_key_knows_the_theme_and_its_files(plan: Path, name: str) -> None:
    first = unchanged.key(ROOT, plan, CALL)
    file = plan / "framework" / name
    file.write_bytes((file.read_bytes() if file.exists() else b"") + b"\n")
    assert unchanged.key(ROOT, plan, CALL) != first


def test_the_key_knows_the_program(plan: Path, tmp_path: Path) -> None:
    program = tmp_path / "program"
    (program / "assembly").mkdir(parents=True)
    (program / "assembly/one.py").write_text("a = 1", encoding="utf-8")
    first = unchanged.key(program, plan, CALL)
    (program / "assembly/one.py").write_text("a = 2", encoding="utf-8")
    assert unchanged.key(program, plan, CALL) != first


def test_documents_are_recalled_as_long_as_they_are_as_they_were(tmp_path: Path) -> None:
    cache, book = Cache(tmp_path / "cache", unchanged.LIMIT), tmp_path / "book.pdf"
    book.write_bytes(b"one")
    assert unchanged.recall(cache, "key") is None
    unchanged.remember(cache, "key", [book])
    assert unchanged.recall(cache, "key") == [book]
    assert unchanged.recall(cache, "other") is None
    book.write_bytes(b"two")
    assert unchanged.recall(cache, "key") is None
    book.unlink()
    assert unchanged.recall(cache, "key") is None


@pytest.mark.slow
def test_the_second_build_is_known_before_anything_heavy_is_imported(plan: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-X", "importtime", str(ROOT / "build.py")]
    command += ["build", "--format", "pdf", "--plan", str(plan), "--output", str(tmp_path / "out")]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1768435200"}
    first, second = (
        subprocess.run(command, capture_output=True, text=True, check=True, env=environment) for _ in range(2)
    )
    assert first.stdout == second.stdout
    assert "pydantic" in first.stderr
    assert "pydantic" not in second.stderr
    assert "nichts geändert" in second.stderr
    (plan / "framework/glossary.yaml").write_text("{}\n", encoding="utf-8")
    third = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert "nichts geändert" not in third.stderr
