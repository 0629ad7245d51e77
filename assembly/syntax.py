"""syntax: why a YAML text cannot be read → place, message and hint.

Judged by the lines themselves and not by libyaml's English.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

OPEN_QUOTATION = re.compile(r'^[ ]*(?:- +)*[\w-]+:[ ]+("[^"\n]*)$', re.MULTILINE)  # key: "a value that is not closed
PROTECTED = re.compile(r"^[ ]*([\u00a0\u2007\u202f])|^[ ]*(?:- +)*[\w-]+:([\u00a0\u2007\u202f])", re.MULTILINE)
CONTROL = re.compile(r"[^\n\t\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
KEY = re.compile(r"[ ]*(?:- +)*[\w-]+:(?:[ ]|$)")  # a line that names a key as it should
BARE = re.compile(r"[ ]*(?:- +)*(?P<key>[\w-]+)(?P<rest>.*)")
SECOND_COLON = re.compile(r"[ ]*(?:- +)*[\w-]+:[ ]+[^\"'|>\[{ ].*?(?P<colon>:)(?:[ ]|$)")
NO_BEGINNING = re.compile(r"(?::[ ]+|[\[{,][ ]*|^[ ]*- +)(?P<sign>[@%`*&!])")

Finding = tuple[int, str, str]


def explain(text: str, error: yaml.MarkedYAMLError) -> Finding:
    """Return the offset that is to blame, what is wrong there, and how to mend it."""
    problem, context = (_offset(text, mark) for mark in (error.problem_mark, error.context_mark))
    at = problem if problem is not None else context or 0
    return next(_reasons(text, at, context))


def explain_character(text: str) -> Finding:
    """Return the same for a text that libyaml refuses to look at: it holds a character that YAML does not know."""
    control = CONTROL.search(text)
    if control is None:
        return (
            0,
            "Hier ist etwas so verschachtelt, dass YAML es nicht lesen kann.",
            "Prüfen Sie Klammern und Einrückung.",
        )
    message = f"Hier steht ein unsichtbares Steuerzeichen (U+{ord(control[0]):04X}), das YAML nicht kennt."
    return control.start(), message, "Löschen Sie es: Setzen Sie den Wert neu, ohne ihn zu kopieren."


def _reasons(text: str, at: int, context: int | None) -> Iterator[Finding]:
    """Yield what may be wrong, the surest first; the last one fits always."""
    start, line = _line(text, at)
    yield from _wrong_signs(text, start, line)
    if line.count("}") + line.count("]") > line.count("{") + line.count("["):
        yield start, "In der Zeile wird eine Klammer geschlossen, die nicht geöffnet ist.", "Ergänzen Sie { oder [."
    if second := SECOND_COLON.match(line):
        message = "In der Zeile steht ein zweiter Doppelpunkt."
        yield start + second.start("colon"), message, 'Setzen Sie den Wert in Anführungszeichen: titel: "Netz: Ausbau".'
    if context is not None and text[context : context + 1] in ("[", "{"):
        hint = "Prüfen Sie, ob jede Klammer ihr Gegenstück hat und zwischen den Angaben ein Komma steht."
        yield context, f"Die Klammer {text[context]} wird nicht geschlossen.", hint
    yield from _bare_key(text, start, line)
    if "'" in line or '"' in line:
        message = "Hinter dem schließenden Anführungszeichen steht noch etwas, oder es fehlt."
        yield at, message, "Setzen Sie den ganzen Wert in Anführungszeichen, oder keinen Teil davon."
    if KEY.match(line):
        message = "Die Zeile ist anders eingerückt als die Angaben, zu denen sie gehört."
        hint = "Rücken Sie Gleichrangiges gleich weit ein (zwei Leerzeichen je Stufe)."
        yield start + len(line) - len(line.lstrip()), message, hint
    hint = "Prüfen Sie Einrückung, Doppelpunkt und Anführungszeichen in dieser und der vorigen Zeile."
    yield at, "Die Zeile lässt sich nicht lesen.", hint


def _wrong_signs(text: str, start: int, line: str) -> Iterator[Finding]:
    """Yield signs that mean something else to YAML than to people, or nothing at all."""
    above = text[: start + len(line)]
    if "\t" in line[: len(line) - len(line.lstrip())]:
        yield start, "Die Zeile ist mit einem Tabulator eingerückt.", "Rücken Sie mit Leerzeichen ein (zwei je Stufe)."
    if protected := PROTECTED.search(above):
        message = "Hier steht ein geschütztes Leerzeichen; YAML kennt nur das gewöhnliche."
        yield protected.start(1 if protected[1] else 2), message, "Ersetzen Sie es durch ein Leerzeichen."
    if opened := OPEN_QUOTATION.search(above):
        hint = 'Schließen Sie den Text mit einem zweiten ".'
        yield opened.start(1), "Ein Anführungszeichen wird nicht geschlossen.", hint
    if sign := NO_BEGINNING.search(line):
        message = f"Ein Wert darf nicht mit {sign['sign']} beginnen."
        yield start + sign.start("sign"), message, 'Setzen Sie ihn in Anführungszeichen: "…".'
    if line.startswith(("---", "...")):
        hint = f"Löschen Sie die Zeile {line.strip()}: Eine Datei hat einen Anfang."
        yield start, "Hier beginnt ein zweites YAML-Dokument.", hint


def _bare_key(text: str, start: int, line: str) -> Iterator[Finding]:
    """Yield a key without colon, or without a blank behind it: libyaml notices that a line later."""
    above, before = _line(text, start - 1) if start else (0, "")
    for begin, words in ((start, line), (above, before)):
        bare = BARE.fullmatch(words)
        if bare is None or KEY.match(words):
            continue
        here, value = begin + bare.start("key"), bare["rest"].strip(" :") or "…"
        hint = f"Schreiben Sie {bare['key']}: {value}"
        if bare["rest"].startswith(":"):
            yield here, "Nach dem Doppelpunkt fehlt ein Leerzeichen.", hint
        elif words is line or len(words) - len(words.lstrip()) <= len(line) - len(line.lstrip()):
            yield here, "Nach dem Schlüssel fehlt der Doppelpunkt.", hint


def _line(text: str, at: int) -> tuple[int, str]:
    """Return where the line with this offset begins, and the line."""
    start = text.rfind("\n", 0, at) + 1
    return start, text[start:].split("\n", 1)[0]


def _offset(text: str, mark: yaml.Mark | None) -> int | None:
    return None if mark is None else min(mark.index, len(text.rstrip()))
