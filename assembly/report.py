"""report: Diagnostics → text for people. The only place that looks up line and column.

A finding prints as `file:line:column`, severity and code, the offending line with a caret, the message and the hint.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from assembly.diagnostics import Diagnostic, Place, Severity
from assembly.sources import Source, Sources, line_and_column

CODE = re.compile(r"`[^`\n]+`")  # what stands in code is no reference, so a caret never points there
ORDER = {Severity.FAULT: 0, Severity.GAP: 1, Severity.WARNING: 2}
PLURALS = {Severity.FAULT: "Fehler", Severity.GAP: "Lücken", Severity.WARNING: "Warnungen"}


@dataclass(frozen=True, slots=True)
class Location:
    """Line and column (from 1; 0 where a finding belongs to the file as a whole), the line's text, length marked."""

    line: int
    column: int
    text: str
    length: int


def locate(sources: Sources, place: Place) -> Location:
    """Return where the place is; a path that does not exist leads to the nearest value above it."""
    source = sources.get(place.file)
    if source is None:
        return Location(place.line, place.column, "", 0)
    if place.line:
        lines = source.text.split("\n")
        text = lines[place.line - 1] if place.line <= len(lines) else ""
        return Location(place.line, place.column, text, 1)
    offset, length = _offset(source, place)
    line, column = line_and_column(source.text, offset)
    text = source.text.split("\n")[line - 1]
    return Location(line, column, text, max(1, min(length, len(text) - column + 1)))


def _offset(source: Source, place: Place) -> tuple[int, int]:
    path = place.path
    while path and path not in source.spans:
        path = path[:-1]
    span = source.spans.get(path)
    start, end = (span.start, span.end) if span else (0, len(source.text))
    if place.text:
        code = [match.span() for match in CODE.finditer(source.text, start, end)] if "@" in place.text else []
        hits = [
            match.start() - start
            for match in re.compile(re.escape(place.text)).finditer(source.text, start, end)
            if not any(begin <= match.start() < stop for begin, stop in code)
        ]
        if hits:
            return start + hits[min(place.nth, len(hits) - 1)], len(place.text)
    if span is None:
        return 0, 1
    if place.on_key or path != place.path:
        return span.key_start, len(str(path[-1])) if path and isinstance(path[-1], str) else 1
    first_line = source.text[start:end].split("\n", 1)[0]
    return start, len(first_line.rstrip())


def sort(sources: Sources, diagnostics: Iterable[Diagnostic]) -> list[tuple[Diagnostic, Location]]:
    """Return the findings with their locations, in order of file and line, each once."""
    located = {diagnostic: locate(sources, diagnostic.place) for diagnostic in diagnostics}
    return sorted(
        located.items(),
        key=lambda item: (item[0].place.file, item[1].line, item[1].column, ORDER[item[0].severity], item[0].code),
    )


def render(sources: Sources, diagnostics: Iterable[Diagnostic], *, colour: bool = False) -> str:
    """Return all findings as text, ending in a line that counts them."""
    paint = _paint if colour else _plain
    blocks = [_render_one(diagnostic, location, paint) for diagnostic, location in sort(sources, diagnostics)]
    return "\n".join([*blocks, summary([*diagnostics])])


def summary(diagnostics: Sequence[Diagnostic]) -> str:
    """Return one line such as `2 Fehler, 1 Lücke, keine Warnungen`."""
    parts = []
    for severity, plural in PLURALS.items():
        count = sum(diagnostic.severity is severity for diagnostic in set(diagnostics))
        parts.append(f"{count or 'keine'} {severity.value if count == 1 else plural}")
    return ", ".join(parts)


def where(diagnostic: Diagnostic, location: Location) -> str:
    """Return `file:line:column`, or the file alone."""
    return f"{diagnostic.place.file}:{location.line}:{location.column}" if location.line else diagnostic.place.file


def _render_one(diagnostic: Diagnostic, location: Location, paint: Callable[[str, Severity], str]) -> str:
    head = f"{where(diagnostic, location)}: {diagnostic.severity.value} {diagnostic.code}"
    lines = [paint(head, diagnostic.severity)]
    if location.text:
        number = str(location.line)
        shown, column = _window(location.text, location.column)
        gutter = " " * len(number)
        lines += [f"  {number} | {shown}", f"  {gutter} | {' ' * (column - 1)}{'^' * min(location.length, 60)}"]
    lines.append(f"  {diagnostic.message}")
    if diagnostic.hint:
        lines.append(f"  → {diagnostic.hint}")
    return "\n".join([*lines, ""])


def _window(text: str, column: int, width: int = 110) -> tuple[str, int]:
    """Return a piece of a long line that holds the column, and the column inside that piece."""
    text = text.replace("\t", " ")
    if len(text) <= width:
        return text, column
    start = max(0, min(column - width // 2, len(text) - width))
    piece = text[start : start + width]
    return ("…" + piece[1:] if start else piece), column - start


def _plain(text: str, _severity: Severity) -> str:
    return text


def _paint(text: str, severity: Severity) -> str:
    code = {Severity.FAULT: "1;31", Severity.GAP: "1;33", Severity.WARNING: "1;35"}[severity]
    return f"\x1b[{code}m{text}\x1b[0m"
