"""Where a finding stands: Place → Location, with line, column and the text of the line."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from assembly.diagnostics import Diagnostic, Place, Severity
from assembly.sources import Source, Sources, line_and_column
from assembly.texts import without_code

# A line that opens something: a heading (also one that is underlined), or a fenced block.
HEAD = re.compile(
    r"^[ >]*(?:[-*+] +|[0-9]+[.)] +)?(?P<words>#{1,6}(?:[ \t].*)?|:{3,}[ \t]*[^\s:].*)$"
    r"|^ {0,3}(?![#>|+*-]|:{3})(?P<underlined>\S.*)\n {0,3}(?:=+|-+)[ \t]*$",
    re.MULTILINE,
)
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
        marked = len(place.text) if place.text and text.startswith(place.text, place.column - 1) else 1
        return Location(place.line, place.column, text, marked)
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
    if place.head is not None and (hit := _hit_in_head(source.text, place)):
        return hit
    if place.text and (hit := _hit(source.text, place, start, end)):
        return hit
    if place.head is not None and (hit := _head(source.text, place.head)):
        return hit
    if span is None:  # a file as a whole: where its text begins
        return len(source.text) - len(source.text.lstrip()), 1
    if place.on_key or path != place.path:
        return span.key_start, len(str(path[-1])) if path and isinstance(path[-1], str) else 1
    first_line = source.text[start:end].split("\n", 1)[0]
    return start, len(first_line.rstrip())


def _hit_in_head(text: str, place: Place) -> tuple[int, int] | None:
    """Return offset and length of the words in the line that opens the block, best in its curly brackets.

    Where lines and blocks were counted differently (Markdown is wide), the nearest line that holds the words is meant.
    """
    heads, wanted = _heads(text), place.head or 0
    for start, end in [heads[index] for index in sorted(range(len(heads)), key=lambda i: (abs(i - wanted), i))]:
        bracket = text.find("{", start, end)
        for begin in (bracket, start) if bracket >= 0 else (start,):
            if hit := _hit(text, replace(place, nth=0), begin, end):
                return hit
    return None


def _heads(text: str) -> list[tuple[int, int]]:
    """Return where the lines that open something begin and end."""
    return [found.span("words" if found["words"] else "underlined") for found in HEAD.finditer(without_code(text))]


def _head(text: str, number: int) -> tuple[int, int] | None:
    heads = _heads(text)
    return (heads[number][0], heads[number][1] - heads[number][0]) if number < len(heads) else None


def _hit(text: str, place: Place, start: int, end: int) -> tuple[int, int] | None:
    """Return offset and length of the words that the place names; any blanks between them, whole words first."""
    words = re.escape(place.text).replace(r"\ ", r"\s+")
    prose_alone = without_code(text[start:end])  # what stands in code is no reference, so a caret never points there
    for pattern in (_whole(words), words) if "@" not in place.text else (words,):
        hits = [match.span() for match in re.compile(pattern).finditer(text, start, end)]
        prose = [hit for hit in hits if prose_alone[hit[0] - start] == text[hit[0]]]
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
