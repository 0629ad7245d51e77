"""Each folder of `broken/` is the specimen with one thing wrong; what must be found stands in the bad input itself.

YAML: `# erwartet: FIN-001` on the line. Markdown, and YAML that cannot hold a comment: `erwartet.txt` with lines
`file:line CODE` (line 0: the file as a whole; a severity may follow), and `- file` for a file that is taken away.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import matplotlib
import pytest

from assembly import pipeline
from assembly.load import MAX_BYTES
from tests.plans import ROOT, SPECIMEN, located

pytestmark = pytest.mark.usefixtures("remembered")

BROKEN = Path(__file__).with_name("broken")
CASES = sorted(path.name for path in BROKEN.iterdir() if path.is_dir())
SIDECAR = "erwartet.txt"
CODE = r"[A-Z]{3}-\d{3}"
MEASURE_ID = r"(WIR|WIS|INF|BIL|DAS)-\d{3}"
MEASURE = "measures/WIR/WIR-002.yaml"
IN_SPECIMEN = ("measures/WIS/WIS-001.yaml", "FIN-002")  # the specimen's one warning: 40.000 € are open


def _folder_in_place_of_a_file(plan: Path) -> None:
    (plan / MEASURE).mkdir()


def _huge(plan: Path) -> None:
    (plan / MEASURE).write_bytes(b"# viel\n" * (MAX_BYTES // 7 + 1))


def _link_out_of_the_plan(plan: Path) -> None:
    outside = plan.parent / "outside.yaml"
    shutil.copy(plan / "measures/WIR/WIR-001.yaml", outside)
    (plan / MEASURE).symlink_to(outside)


def _broad_typeface(plan: Path) -> None:
    fonts = plan / "framework" / "gestaltung"
    fonts.mkdir(exist_ok=True)
    for name in ("DejaVuSans", "DejaVuSans-Oblique", "DejaVuSans-Bold"):
        shutil.copy(Path(matplotlib.get_data_path()) / "fonts" / "ttf" / f"{name}.ttf", fonts)


# What cannot lie in a repository as a tiny file is made here.
MADE: Mapping[str, Callable[[Path], None]] = {
    "DAT-003": _folder_in_place_of_a_file,
    "DAT-004": _huge,
    "DAT-009": _link_out_of_the_plan,
    "THM-005": _broad_typeface,
}


def _expected(case: Path) -> list[tuple[str, int, str, str]]:
    """Return file, line, code and severity (empty: any) of all that the case says about itself."""
    found = []
    for path in case.rglob("*.yaml"):
        lines = path.read_bytes().decode("utf-8", errors="replace").split("\n")
        for number, line in enumerate(lines, start=1):
            if marked := re.search(rf"# erwartet:((?: {CODE})+)$", line):
                found += [(path.relative_to(case).as_posix(), number, code, "") for code in marked[1].split()]
    sidecar = case / SIDECAR
    for line in sidecar.read_text(encoding="utf-8").splitlines() if sidecar.exists() else ():
        if not line.startswith("- "):
            match = re.fullmatch(rf"(.+):(\d+) ({CODE})(?: (Fehler|Lücke|Warnung))?", line)
            assert match, f"{sidecar}: {line}"
            found.append((match[1], int(match[2]), match[3], match[4] or ""))
    return sorted(found)


def _overlay(case: Path, plan: Path) -> None:
    shutil.copytree(SPECIMEN, plan)
    shutil.copytree(case, plan, dirs_exist_ok=True, ignore=shutil.ignore_patterns(SIDECAR))
    sidecar = case / SIDECAR
    for line in sidecar.read_text(encoding="utf-8").splitlines() if sidecar.exists() else ():
        if line.startswith("- "):
            (plan / line[2:]).unlink()
    if make := MADE.get(case.name):
        make(plan)


@pytest.mark.parametrize("name", CASES)
def test_finds_exactly_what_the_case_expects(name: str, tmp_path: Path) -> None:
    expected = _expected(BROKEN / name)
    _overlay(BROKEN / name, tmp_path / "plan")
    found = [item for item in located(pipeline.check(tmp_path / "plan")) if (item[0], item[2]) != IN_SPECIMEN]
    assert [item[:3] for item in found] == [item[:3] for item in expected]
    for seen, wanted in zip(found, expected, strict=True):
        assert wanted[3] in ("", seen[3]), f"{seen} should be a {wanted[3]}"


def test_the_specimen_itself_has_no_fault_and_no_gap() -> None:
    assert [(item[0], *item[2:]) for item in located(pipeline.check(SPECIMEN))] == [(*IN_SPECIMEN, "Warnung")]


def test_every_code_has_a_case() -> None:
    sources = [*(ROOT / "assembly").rglob("*.py"), *(ROOT / "schema").rglob("*.py")]
    used = {code for path in sources for code in re.findall(rf'"({CODE})"', path.read_text(encoding="utf-8"))}
    used = {code for code in used if not re.fullmatch(MEASURE_ID, code)}
    used = {code for code in used if not code.startswith(("PDF-", "DRU-"))}  # tests/damages.py, tests/misprints.py
    assert len(used) > 40
    shown = {item[2] for name in CASES for item in _expected(BROKEN / name) if name.startswith(item[2])}
    assert used - shown == set(), "codes without a case of their name in tests/broken"
    assert shown - used == set(), "cases of codes that nothing reports any more"


@pytest.mark.parametrize("name", CASES)
def test_a_case_is_named_by_a_code_that_it_expects(name: str) -> None:
    assert name[:7] in {item[2] for item in _expected(BROKEN / name)}
    assert set(MADE) <= set(CASES)
