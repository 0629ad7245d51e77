"""Markup: signs of Markdown that were typed and do not act, so that they would print, or words would be lost.

Pandoc takes what it does not understand for words: no AST tells a table that failed from a paragraph with strokes. So
the text is read here as it was typed. Codes: `TXT-…`, `KAP-…`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from assembly.diagnostics import Diagnostic, Place, Severity, suggest
from assembly.plan import Plan
from assembly.texts import TextKey, without_blocks_of_code, without_code

NOTE = re.compile(r"\[\^([^\[\]\s]+)\](?P<defines>:)?")
AT_START = re.compile(r"[ >]*")  # a note is defined at the beginning of a line
FENCE = re.compile(r"^[ >]*(?:[-*+] +|[0-9]+[.)] +)?(?P<words>:{3,}[ \t]*(?P<opens>\S.*)?)$", re.MULTILINE)
TORN_LINK = re.compile(
    r"!?\[[^\[\]\n]*\](?P<apart>[ ]+)?\((?:https?:|mailto:|www\.|bilder/)(?(apart)|[^)\s]*[ ]+(?![ \"'(]))[^)\n\"']*\)"
)
OPENING = re.compile(r"\S+|\{[^{}\"]*(?:\"[^\"]*\"[^{}\"]*)*\}")
ENDS_ABOVE = re.compile(r"[ >]*(#{1,6}[ \t]|:{3,}|-{3,}[ \t]*$|[ \t]*$)")  # a table may follow without an empty line
SEPARATOR = re.compile(r"[ >]*\|?[ \t]*[-–—:+][-–—:+ \t]*(\|[-–—:+ \t]*)*")
GRID = re.compile(r"[ >]*\+[-=+:]{3,}\+[ \t]*")
STROKE = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True, slots=True)
class Typed:
    """A text as typed: with blanks in place of its blocks of code (`lines`) and of all its code (`words`)."""

    key: TextKey
    lines: str
    words: str

    def place(self, offset: int, words: str) -> Place:
        """Return the place of these words at this offset; those that begin in code are not counted."""
        before = re.finditer(re.escape(words), self.lines[: offset + len(words) - 1])
        nth = sum(self.words[match.start()] == self.lines[match.start()] for match in before)
        return Place(self.key[0], self.key[1], text=words, nth=nth)


def check_footnotes(typed: Typed) -> Iterator[Diagnostic]:
    """TXT-012: a footnote is called but not written, written but not called (its text is lost), or written twice."""
    calls: list[re.Match[str]] = []
    notes: dict[str, re.Match[str]] = {}
    for match in NOTE.finditer(typed.words):
        start = typed.words.rfind("\n", 0, match.start()) + 1
        if match["defines"] and AT_START.fullmatch(typed.words, start, match.start()):
            if match[1].casefold() in notes:
                message = f"Die Fußnote {match[1]} steht zum zweiten Mal; gedruckt wird nur eine."
                yield _note(typed, match, message, "Geben Sie jeder Fußnote ein eigenes Zeichen.")
            notes.setdefault(match[1].casefold(), match)
        else:
            calls.append(match)
    called = {match[1].casefold() for match in calls}
    for name, match in {match[1].casefold(): match for match in reversed(calls)}.items():  # the first call of each
        if name not in notes:
            near = suggest(match[1], {note[1] for note in notes.values()})
            message = f"Zur Fußnote [^{match[1]}] fehlt der Text."
            yield _note(typed, match, message, near or f"Ergänzen Sie eine eigene Zeile: [^{match[1]}]: Text.")
    for name, match in notes.items():
        if name not in called:
            message = f"Die Fußnote {match[1]} wird nirgends aufgerufen; ihr Text würde nicht gedruckt."
            yield _note(typed, match, message, f"Setzen Sie [^{match[1]}] an die Stelle, zu der sie gehört.")


def _note(typed: Typed, match: re.Match[str], message: str, hint: str) -> Diagnostic:
    return Diagnostic("TXT-012", Severity.FAULT, typed.place(match.start(), match[0]), message, hint)


def check_tables(typed: Typed) -> Iterator[Diagnostic]:
    """TXT-013: lines with strokes are no table, or cells of one would be lost."""
    for block in re.finditer(r"(?:^.*\S.*\n?)+", typed.lines, re.MULTILINE):
        lines = block[0].rstrip("\n").split("\n")
        starts = [block.start() + sum(len(line) + 1 for line in lines[:index]) for index in range(len(lines))]
        problem = _table_problem(lines)
        if problem:
            index, message, hint = problem
            words = lines[index].strip(" >")
            place = typed.place(typed.lines.index(words, starts[index]), words)
            yield Diagnostic("TXT-013", Severity.WARNING, place, message, hint)


def _table_problem(lines: list[str]) -> tuple[int, str, str] | None:
    """Return the line of a block that keeps it from being the table it looks like, with message and hint."""
    if any(map(GRID.fullmatch, lines)) and any(map(_begins_a_row, lines)):
        index = next(i for i, line in enumerate(lines) if GRID.fullmatch(line))
        message = "Diese Form einer Tabelle wird nicht gelesen; ihre Striche würden gedruckt."
        return index, message, "Kopfzeile, darunter |---|---|, darunter je Zeile | Zelle | Zelle |."
    ruled = next((i for i, line in enumerate(lines) if i and "|" in lines[i - 1] and _separates(line)), None)
    if ruled is None:
        rows = [_begins_a_row(line) for line in lines]
        first = next((i for i, pair in enumerate(pairwise(rows)) if all(pair)), None)
        if first is None:
            return None
        wanted = "|" + "---|" * max(1, _cells(lines[first]))
        message = "Der Tabelle fehlt unter der Kopfzeile die Trennzeile; die Striche würden gedruckt."
        return first, message, f"Ergänzen Sie darunter eine Zeile: {wanted}"
    columns = _cells(lines[ruled - 1])
    if _cells(lines[ruled]) != columns or re.search(r"[-–—] +[-–—]|[+–—]", lines[ruled]):
        message = f"Trennzeile und Kopfzeile passen nicht zusammen: {columns} Spalten im Kopf; sie würden so gedruckt."
        return ruled, message, f"Schreiben Sie die Trennzeile so: |{'---|' * columns}"
    if ruled > 1 and not ENDS_ABOVE.match(lines[ruled - 2]):
        message = "Vor der Tabelle fehlt eine Leerzeile; ihre Striche würden gedruckt."
        return ruled - 1, message, "Setzen Sie über die Kopfzeile eine leere Zeile."
    wide = next((i for i, line in enumerate(lines) if i > ruled and "|" in line and _cells(line) > columns), None)
    if wide is not None:
        message = f"Die Zeile hat {_cells(lines[wide])} Zellen, der Kopf nur {columns}; der Rest würde nicht gedruckt."
        return wide, message, "Ergänzen Sie im Kopf eine Spalte; ein Strich, der keine Zelle trennt, heißt \\|."
    return None


def _separates(line: str) -> bool:
    return "|" in line and re.search("[-–—]", line) is not None and SEPARATOR.fullmatch(line) is not None


def _begins_a_row(line: str) -> bool:
    return line.lstrip(" >").startswith("|") and _cells(line) > 0


def _cells(line: str) -> int:
    """Return how many cells a row has; the outer strokes may be missing, an escaped one parts nothing."""
    inner = re.sub(r"(?<!\\)\|$", "", line.strip(" >\t").removeprefix("|"))
    return len(STROKE.findall(inner)) + 1


def check_fences(typed: Typed) -> Iterator[Diagnostic]:
    """KAP-009: a line with `:::` opens and closes nothing, so that it would print."""
    depth = 0
    for match in FENCE.finditer(typed.words):
        opens = match["opens"] or ""
        problem: tuple[str, str] | None = None
        if not opens:
            if not depth:
                problem = "Diese Zeile schließt nichts.", "Löschen Sie sie, oder schreiben Sie darüber den Aufruf."
            depth = max(0, depth - 1)
        elif OPENING.fullmatch(opens):
            depth += 1
        else:
            problem = (
                "Diese Zeile ruft nichts auf und würde gedruckt.",
                "Hinter ::: stehen nur Angaben in geschweiften Klammern: ::: {#tbl-name .tabelle sicht=uebersicht}",
            )
            depth += 1  # its closing line is not to blame
        if problem:
            place = typed.place(match.start("words"), match["words"].rstrip())
            yield Diagnostic("KAP-009", Severity.FAULT, place, *problem)


def check_links(typed: Typed) -> Iterator[Diagnostic]:
    """TXT-014: a blank keeps a link or an image from being one, so that its brackets would print."""
    for match in TORN_LINK.finditer(typed.words):
        what = "Dieses Bild" if match[0].startswith("!") else "Dieser Link"
        hint = "Zwischen ] und ( steht kein Leerzeichen."
        if not match["apart"]:
            hint = "In der Adresse steht kein Leerzeichen; benennen Sie eine Datei um, deren Name eines enthält."
        message = f"{what} wird nicht erkannt; die Klammern würden gedruckt."
        yield Diagnostic("TXT-014", Severity.WARNING, typed.place(match.start(), match[0]), message, hint)


MARKUP_RULES: tuple[Callable[[Typed], Iterator[Diagnostic]], ...] = (
    check_footnotes,
    check_tables,
    check_links,
    check_fences,
)


def check_markup(plan: Plan) -> Iterator[Diagnostic]:
    """TXT-012 to TXT-014, KAP-009: read every Markdown text as it was typed and hold it against all rules of markup."""
    for key, text in plan.texts.typed.items():
        typed = Typed(key, without_blocks_of_code(text), without_code(text))
        for rule in MARKUP_RULES:
            yield from rule(typed)
