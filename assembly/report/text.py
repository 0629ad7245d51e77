"""Text for people: each finding as `file:line:column`, severity and code, the offending line with a caret, the
message and the hint; the last line counts them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from assembly.diagnostics import Diagnostic, Severity
from assembly.report.location import Location, sort, where
from assembly.sources import Sources

CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069]")
PLURALS = {Severity.FAULT: "Fehler", Severity.GAP: "Lücken", Severity.WARNING: "Warnungen"}


def render(sources: Sources, diagnostics: Iterable[Diagnostic], *, colour: bool = False) -> str:
    """Return all findings as text, ending in a line that counts them."""
    diagnostics = list(diagnostics)
    paint = _paint if colour else _plain
    blocks = [_render_one(diagnostic, location, paint) for diagnostic, location in sort(sources, diagnostics)]
    return "\n".join([*blocks, summary(diagnostics)])


def summary(diagnostics: Sequence[Diagnostic]) -> str:
    """Return one line such as `2 Fehler, 1 Lücke, keine Warnungen`."""
    parts = []
    for severity, plural in PLURALS.items():
        count = sum(diagnostic.severity is severity for diagnostic in set(diagnostics))
        parts.append(f"{count or 'keine'} {severity.value if count == 1 else plural}")
    return ", ".join(parts)


def _render_one(diagnostic: Diagnostic, location: Location, paint: Callable[[str, Severity], str]) -> str:
    head = f"{where(diagnostic, location)}: {diagnostic.severity.value} {diagnostic.code}"
    lines = [paint(head, diagnostic.severity)]
    if location.text:
        number = str(location.line)
        shown, column = _window(location.text, location.column)
        gutter = " " * len(number)
        lines += [f"  {number} | {shown}", f"  {gutter} | {' ' * (column - 1)}{'^' * min(location.length, 60)}"]
    lines.append(f"  {_shown(diagnostic.message)}")
    if diagnostic.hint:
        lines.append(f"  → {_shown(diagnostic.hint)}")
    return "\n".join([*lines, ""])


def _window(text: str, column: int, width: int = 110) -> tuple[str, int]:
    """Return a piece of a long line that holds the column, and the column inside that piece."""
    text = _shown(text.replace("\t", " "))
    if len(text) <= width:
        return text, column
    start = max(0, min(column - width // 2, len(text) - width))
    piece = text[start : start + width]
    return ("…" + piece[1:] if start else piece), column - start


def _shown(text: str) -> str:
    """Return the text with a visible sign for each control character: none of a record reaches the terminal."""
    return CONTROL.sub("\ufffd", text)


def _plain(text: str, _severity: Severity) -> str:
    return text


def _paint(text: str, severity: Severity) -> str:
    code = {Severity.FAULT: "1;31", Severity.GAP: "1;33", Severity.WARNING: "1;35"}[severity]
    return f"\x1b[{code}m{text}\x1b[0m"
