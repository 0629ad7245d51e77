"""The plan's files as plain trees, read without the program: what its sums are held against."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml


def trees(root: Path, pattern: str) -> list[dict[str, Any]]:
    """Return the files of a pattern as trees of strings, in order of file name."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(root.glob(pattern))]
    return [yaml.load(text, Loader=yaml.BaseLoader) for text in texts]


def measures(root: Path, statuses: frozenset[str]) -> list[dict[str, Any]]:
    """Return the measures of these statuses as trees of strings."""
    return [measure for measure in trees(root, "measures/*/*.yaml") if measure["status"] in statuses]


def cents(typed: str) -> int:
    """Read an amount of these plans: digits, or grouped by points with a comma."""
    return int(Decimal(typed.replace(" €", "").replace(".", "").replace(",", ".")) * 100)


def month(typed: str) -> int:
    """Read a month, 2027-03 or 03/2027, as months since the year 0."""
    parts = [int(part) for part in typed.replace("/", "-").split("-")]
    year, number = sorted(parts, reverse=True)
    return 12 * year + number - 1
