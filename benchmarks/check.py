"""How fast `check` is: the repository's plan against a bare import, and growth with the number of files.

Prints a table; medians of whole processes, with an empty cache (cold) and with that of the run before (warm).
Run: `.venv/bin/python -m benchmarks.check` (about three minutes on 2 cores). It empties the cache of texts.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.generator import Size, write

ROOT = Path(__file__).resolve().parent.parent
TEXTS = ROOT / ".cache/texts"
PARTS = ("framework", "measures", "participation", "statements", "chapters")
MEASURES = (1, 80, 320, 500)
RUNS = 9
SEED = 1
# Python keeps compiled modules unless it is told not to; the packages of the bare import are compiled in any case.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def main() -> int:
    """Measure and print; return 1 where the repository's plan takes longer than its budget."""
    print("| plan | files | bare import s | cold s | warm s | warm, ms a file |\n|---|---|---|---|---|---|")
    bare, cold, warm = row("the repository's plan", ROOT, RUNS)
    with tempfile.TemporaryDirectory() as folder:
        for measures in MEASURES:
            plan = Path(folder) / str(measures)
            write(Size(measures), SEED, plan)
            row(f"{measures} measures, {5 * measures} contributions", plan, 3)
    files = count(ROOT)
    budget = 1.5 * bare + 0.010 * files
    print(f"\nBudget of the repository's plan: 1.5 × {bare:.2f} s + {files} × 10 ms = {budget:.2f} s;", end=" ")
    print(f"taken {warm:.2f} s, with an empty cache {cold:.2f} s.")
    return 0 if warm <= budget else 1


def row(name: str, plan: Path, runs: int) -> tuple[float, float, float]:
    """Print the row of one plan; return the seconds of a bare import, and of a check, cold and warm.

    The three take turns, so that other work on the machine meets all of them.
    """
    import_alone = [sys.executable, "-c", "import pydantic, yaml"]
    check = [sys.executable, str(ROOT / "build.py"), "check", "--plan", str(plan)]
    turns = []
    for _ in range(runs):
        bare = seconds(import_alone)
        shutil.rmtree(TEXTS, ignore_errors=True)
        turns.append((bare, seconds(check), seconds(check)))
    bare, cold, warm = (statistics.median(taken) for taken in zip(*turns, strict=True))
    files = count(plan)
    print(f"| {name} | {files} | {bare:.2f} | {cold:.2f} | {warm:.2f} | {1000 * warm / files:.1f} |", flush=True)
    return bare, cold, warm


def seconds(command: list[str]) -> float:
    """Return how long the command takes."""
    start = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=False, env=ENVIRONMENT)
    return time.perf_counter() - start


def count(plan: Path) -> int:
    """Return how many files of the plan are read."""
    return sum(len(list((plan / part).rglob(ending))) for part in PARTS for ending in ("*.yaml", "*.md"))


if __name__ == "__main__":
    sys.exit(main())
