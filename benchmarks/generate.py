"""Write a generated plan: `.venv/bin/python -m benchmarks.generate --measures 80 --seed 1 --output DIR`.

The folder is a plan like the repository's: `./build.py check --plan DIR`, `./build.py build --plan DIR`.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from benchmarks.generator import Size, write


def main(arguments: list[str] | None = None) -> int:
    """Write the plan that the arguments ask for; return 2 where that cannot be."""
    parser = argparse.ArgumentParser(prog="benchmarks.generate", description="Writes a generated plan.")
    parser.add_argument("--measures", type=int, default=80, help="number of measures (80)")
    parser.add_argument("--contributions", type=int, help="number of contributions (five a measure)")
    parser.add_argument("--organisations", type=int, help="number of organisations, at least (those of the framework)")
    parser.add_argument("--decisions", type=int, default=5, help="number of decisions (5)")
    parser.add_argument("--statements", type=int, help="number of statements (grows with the measures, 8 at most)")
    parser.add_argument("--extreme", action="store_true", help="every third measure is huge, every third one empty")
    parser.add_argument("--bare", action="store_true", help="nothing that no rule asks for: measures are mere titles")
    parser.add_argument("--seed", type=int, default=1, help="the same size and seed give the same bytes (1)")
    parser.add_argument("--output", type=Path, required=True, help="the plan's folder, empty or not there yet")
    given = parser.parse_args(arguments)
    try:
        size = Size(
            given.measures,
            given.contributions,
            given.organisations,
            given.decisions,
            given.statements,
            given.extreme,
            given.bare,
        )
        count = write(size, given.seed, given.output)
    except (ValueError, OSError) as problem:
        print(f"benchmarks.generate: {problem}", file=sys.stderr)
        return 2
    print(f"{given.output}: {count} files")
    return 0


if __name__ == "__main__":
    sys.exit(main())
