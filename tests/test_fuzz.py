"""Whatever is done to the files of a plan: the checks find words for it, and end."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assembly import pipeline, report
from tests.plans import INTERN, SPECIMEN

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("remembered")]

FILES = sorted(path.relative_to(SPECIMEN).as_posix() for path in SPECIMEN.rglob("*") if path.is_file())
PIECES = (
    *("", "\n", "\t", ":", "- ", "[", "{", "}", "&a ", "*a", "!x ", "'", '"', "#", "|", ">", "@WIR-001", "@{", ":::"),
    *("::: {.massnahmen}\n", "::: {#tbl-x .tabelle sicht=", "\x00", "\ufeff", "\r", "~", "null", "0", "-1", "1.250"),
    *("9" * 400, "2027", "<b>", "![](", "\u2028", "\u0308", "<<<<<<< x\n", "  ", "id: WIR-001\n", "\udcff"),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("fuzz") / "plan"
    shutil.copytree(SPECIMEN, root)
    return root


def _mutated(content: bytes, chance: random.Random) -> bytes:
    """Return the bytes with a few pieces put in, taken out, doubled or swapped."""
    for _ in range(chance.randint(1, 4)):
        start = chance.randrange(len(content) + 1)
        end = min(len(content), start + chance.choice((0, 1, 3, 10, 60)))
        piece = chance.choice(PIECES).encode(errors="surrogateescape")
        middle = chance.choice((piece, content[start:end] * 2, content[end : end + 20]))
        content = content[:start] + middle + content[end:]
    return content


def _lines_mutated(content: bytes, chance: random.Random) -> bytes:
    """Return the text with a line lost, doubled, moved, indented, or its value given another type."""
    lines = content.split(b"\n")
    index = chance.randrange(len(lines))
    key = lines[index].split(b":")[0]
    change = chance.randrange(6)
    if change == 0:
        del lines[index]
    elif change == 1:
        lines.insert(index, lines[index])
    elif change == 2:
        lines.insert(chance.randrange(len(lines)), lines.pop(index))
    elif change == 3:
        lines[index] = b"  " + lines[index]
    else:
        lines[index] = key + b": " + chance.choice((b"", b"[]", b"{}", b"[x]", b"{x: y}", b"[[1]]", b"x", b"-3", b"~"))
    return b"\n".join(lines)


@given(st.randoms(use_true_random=False), st.lists(st.sampled_from(FILES), min_size=1, max_size=3, unique=True))
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_input_breaks_the_checks_or_a_draft(folder: Path, chance: random.Random, files: list[str]) -> None:
    try:
        for file in files:
            content = (SPECIMEN / file).read_bytes()
            change = chance.choice((_mutated, _lines_mutated))
            (folder / file).write_bytes(change(content, chance))
        checked = pipeline.check(folder, tolerant=True)
        text = report.render(checked.sources, checked.diagnostics)
        assert all(found.message and found.place.file for found in checked.diagnostics)
        assert text.count("\n") >= 4 * len(set(checked.diagnostics)) - 4
        if pipeline.can_build(checked, draft=True):
            assert pipeline.assemble(checked, INTERN).sections
    finally:
        for file in files:
            shutil.copy(SPECIMEN / file, folder / file)
