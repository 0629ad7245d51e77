"""Layout: what the style sheet says of pages, so that nothing is stated a second time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import tinycss2

STYLESHEET = Path(__file__).resolve().parent.parent.parent / "templates" / "html" / "book.css"
POINTS = 72 / 25.4  # a millimetre


@dataclass(frozen=True, slots=True)
class Margins:
    """The margins of a page in points."""

    top: float
    right: float
    bottom: float
    left: float


@cache
def margins(stylesheet: Path = STYLESHEET) -> Mapping[str, Margins]:
    """Return the margins of each kind of page by its name; that of pages without a name is empty."""
    found: dict[str, Margins] = {}
    for rule in _rules(stylesheet, "page"):
        name = tinycss2.serialize(rule.prelude).strip()
        declared = {item.lower_name: item for item in _declarations(rule) if item.type == "declaration"}
        if "margin" in declared:
            found[name] = _margins([part for part in declared["margin"].value if part.type != "whitespace"])
    return found


def _rules(stylesheet: Path, keyword: str) -> Iterator[Any]:
    rules = tinycss2.parse_stylesheet(stylesheet.read_text(encoding="utf-8"), skip_comments=True, skip_whitespace=True)
    return (rule for rule in rules if rule.type == "at-rule" and rule.lower_at_keyword == keyword)


def _declarations(rule: Any) -> list[Any]:
    found: list[Any] = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
    return found


def _margins(parts: list[Any]) -> Margins:
    """Return the margins of one to four lengths, as CSS counts them."""
    lengths = [part.value * POINTS if part.type == "dimension" and part.lower_unit == "mm" else 0.0 for part in parts]
    top, right, bottom, left = {1: (0, 0, 0, 0), 2: (0, 1, 0, 1), 3: (0, 1, 2, 1), 4: (0, 1, 2, 3)}[len(lengths)]
    return Margins(lengths[top], lengths[right], lengths[bottom], lengths[left])
