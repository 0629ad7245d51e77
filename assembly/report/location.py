"""Where a finding stands: Place → Location, with line, column and the text of the line."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from assembly.diagnostics import Diagnostic, Place, Severity
from assembly.sources import Source, Sources, line_and_column

CODE = re.compile(r"`[^`\n]+`")  # what stands in code is no reference, so a caret never points there
ORDER = {Severity.FAULT: 0, Severity.GAP: 1, Severity.WARNING: 2}


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
    if source is None or not (source.text or place.line):  # a file that is not there, or could not be read
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
    if place.text and (hit := _hit(source.text, place, start, end)):
        return hit
    if span is None:
        return 0, 1
    if place.on_key or path != place.path:
        return span.key_start, len(str(path[-1])) if path and isinstance(path[-1], str) else 1
    first_line = source.text[start:end].split("\n", 1)[0]
    return start, len(first_line.rstrip())


def _hit(text: str, place: Place, start: int, end: int) -> tuple[int, int] | None:
    """Return offset and length of the words that the place names; any blanks between them, whole words first."""
    words = re.escape(place.text).replace(r"\ ", r"\s+")
    code = [match.span() for match in CODE.finditer(text, start, end)]
    for pattern in (_whole(words), words) if "@" not in place.text else (words,):
        hits = [match.span() for match in re.compile(pattern).finditer(text, start, end)]
        prose = [hit for hit in hits if not any(begin <= hit[0] < stop for begin, stop in code)]
        if found := prose or (hits if "@" not in place.text else []):
            begin, stop = found[min(place.nth, len(found) - 1)]
            return begin, stop - begin
    return None


def _whole(words: str) -> str:
    """Return the pattern for these words only where no letter or digit touches them: EU, but not in EURO."""
    before = r"(?<!\w)" if re.match(r"\w", words) else ""
    after = r"(?!\w)" if re.search(r"\w$", words) else ""
    return before + words + after


def sort(sources: Sources, diagnostics: Iterable[Diagnostic]) -> list[tuple[Diagnostic, Location]]:
    """Return the findings with their locations, in order of file and line, each once."""
    located = {diagnostic: locate(sources, diagnostic.place) for diagnostic in diagnostics}
    return sorted(
        located.items(),
        key=lambda item: (item[0].place.file, item[1].line, item[1].column, ORDER[item[0].severity], item[0].code),
    )


def where(diagnostic: Diagnostic, location: Location) -> str:
    """Return `file:line:column`, or the file alone."""
    return f"{diagnostic.place.file}:{location.line}:{location.column}" if location.line else diagnostic.place.file
