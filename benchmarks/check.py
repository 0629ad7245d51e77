"""How fast `check` is: the repository's plan against a bare import, and growth with the number of files.

Prints a table; medians of whole processes. Run: `.venv/bin/python -m benchmarks.check` (about two minutes on 2 cores).
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.generator import Size, write

ROOT = Path(__file__).resolve().parent.parent
PARTS = ("framework", "measures", "participation", "statements", "chapters")
RUNS = 5
SEED = 1


def main() -> int:
    """Measure and print; return 1 where the repository's plan takes longer than its budget."""
    bare = median([sys.executable, "-c", "import pydantic, yaml"])
    files = count(ROOT)
    own = median(check(ROOT))
    budget = 1.5 * bare + 0.010 * files
    print("| plan | files | s | ms a file |\n|---|---|---|---|")
    print(f"| bare import of pydantic and yaml | – | {bare:.2f} | – |")
    print(f"| the repository's plan | {files} | {own:.2f} | {1000 * own / files:.1f} |")
    with tempfile.TemporaryDirectory() as folder:
        for measures in (80, 320, 640):
            plan = Path(folder) / str(measures)
            write(Size(measures), SEED, plan)
            taken = median(check(plan), runs=3)
            print(f"| {measures} measures, {5 * measures} contributions | {count(plan)} | {taken:.2f} |", end="")
            print(f" {1000 * taken / count(plan):.1f} |", flush=True)
    print(
        f"\nBudget of the repository's plan: 1.5 × {bare:.2f} s + {files} × 10 ms = {budget:.2f} s; taken {own:.2f} s."
    )
    return 0 if own <= budget else 1


def check(plan: Path) -> list[str]:
    """Return the command that checks a plan."""
    return [sys.executable, str(ROOT / "build.py"), "check", "--plan", str(plan)]


def median(command: list[str], runs: int = RUNS) -> float:
    """Return the median of the seconds that the command takes."""
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def count(plan: Path) -> int:
    """Return how many files of the plan are read."""
    return sum(len(list((plan / part).rglob(ending))) for part in PARTS for ending in ("*.yaml", "*.md"))


if __name__ == "__main__":
    sys.exit(main())
