"""Diagnostics: what is wrong, where, and how to mend it, as values.

A stage returns its value together with the diagnostics it found. A diagnostic names a source file and the path of
the value inside it (or an offset into a text); only `assembly.report` looks up line and column.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """Fault: nothing is built. Gap: the status asks for more. Warning: worth a look (format, section 4)."""

    FAULT = "Fehler"
    GAP = "Lücke"
    WARNING = "Warnung"


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a source: `file` relative to the plan (POSIX), then one way to say where inside it.

    `path` leads through the YAML tree; `on_key` points at the key instead of its value. `text` narrows the place to
    one occurrence of these words (the `nth`, from 0) inside that value or, with an empty path, inside the file. `head`
    narrows it to the line of a chapter that opens something (title, heading or fenced block), counted from 0.
    `line` and `column` (from 1) stand where the position is known already: in files that could not be parsed.
    """

    file: str
    path: tuple[str | int, ...] = ()
    on_key: bool = False
    text: str = ""
    nth: int = 0
    head: int | None = None
    line: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding: a stable code, a German message, and a hint how to mend it (may be empty)."""

    code: str
    severity: Severity
    place: Place
    message: str
    hint: str = ""


def faults(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return those that keep a build from being made."""
    return [diagnostic for diagnostic in diagnostics if diagnostic.severity is Severity.FAULT]


def suggest(given: str, known: Iterable[str]) -> str:
    """Return „Meinten Sie …?“ where something known is near, else an empty text."""
    return "".join(f"Meinten Sie „{near}“?" for near in near_misses(given, known))


def near_misses(given: str, known: Iterable[str]) -> list[str]:
    """Return the one known word that is near enough to have been meant, if there is one.

    Numbers are near where one digit of many is wrong: for V-9, V-6 is no better a guess than any other.
    """
    candidates = {item.casefold(): item for item in known}
    near = difflib.get_close_matches(given.casefold(), candidates, n=1, cutoff=0.6)
    return [candidates[word] for word in near if not _other_number(given.casefold(), word)]


def _other_number(given: str, word: str) -> bool:
    """Tell whether the two differ in nothing but digits, and in more than one, or have few of them."""
    if len(given) != len(word) or re.sub(r"\d", "", given) != re.sub(r"\d", "", word):
        return False
    pairs = list(zip(given, word, strict=True))
    digits = sum(one.isdigit() for one in given)
    return digits < 3 or sum(one != other for one, other in pairs) > 1
