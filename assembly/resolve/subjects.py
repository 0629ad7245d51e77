"""Subjects: what a point of a statement is about (`bezug`). Code: `REF-005`.

A subject is a Randnummer (`WIR-004/3`, `7/12`), a record (`WIR-004`), a record and key (`WIR-004 kosten`), a chapter
(`kap-zeitplan`, `Kapitel 7`, `Anlage A`) or `allgemein`; several are joined by a comma, a semicolon or „und“.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from string import ascii_uppercase

from assembly.diagnostics import Diagnostic, Severity, suggest
from assembly.plan import Chapter, Plan
from assembly.prose import Node, attributes
from assembly.resolve.references import lost_kinds
from schema.kinds import KINDS
from schema.measure import Measure
from schema.statement import SUBJECTS
from schema.vocabulary import LISTINGS, SHEET_LABELS

RANDNUMMER = re.compile(r"(?P<sign>[\w-]+)/(?P<number>\d+)")
CHAPTER = re.compile(r"(?:Kapitel|Kap\.|Anlage)\s*(?P<sign>\w+)(?:\.\d+)*")
WITH_KEY = re.compile(r"(?P<id>[A-Z]{3}-\d{3})\s*[:./ ]\s*(?P<key>[\w -]+)")
KEYS = {
    word.casefold()
    for name, field in Measure.model_fields.items()
    for word in (field.alias or name, field.title or name)
} | set(SHEET_LABELS)


@dataclass(frozen=True, slots=True)
class _Places:
    """What can be pointed at: ids, and of each sign of a Randnummer the highest number (None: any)."""

    ids: frozenset[str]
    signs: Mapping[str, int | None]


def check_subjects(plan: Plan) -> Iterator[Diagnostic]:
    """REF-005: a statement points at a record, key, chapter or Randnummer that does not exist (a warning)."""
    if lost_kinds(plan):
        return  # what cannot be read may be what is meant
    places = _places(plan)
    for statement_id, statement in plan.statements.items():
        for index, point in enumerate(statement.points):
            # Paragraphs of chapters are counted anew in each version; those of sheets keep their number.
            current = statement.version == plan.head.version
            for part in SUBJECTS.split(point.subject):
                if problem := _problem(part, places, current=current):
                    place = plan.entry("statement", statement_id).place("punkte", index, "bezug")
                    yield Diagnostic("REF-005", Severity.WARNING, place, *problem)


def _problem(part: str, places: _Places, *, current: bool) -> tuple[str, str] | None:
    """Return message and hint where the part of a subject leads nowhere."""
    part = part.removeprefix("@").strip()
    if part in places.ids or part.casefold() == "allgemein":
        return None
    if match := RANDNUMMER.fullmatch(part):
        return _bad_number(match["sign"], int(match["number"]), places, current=current)
    if (match := CHAPTER.fullmatch(part)) and match["sign"] in places.signs:
        return None
    if (match := WITH_KEY.fullmatch(part)) and match["id"] in places.ids:
        if match["key"].strip().casefold() in KEYS:
            return None
        hint = suggest(match["key"], sorted(KEYS)) or "Nennen Sie einen Schlüssel des Eintrags, zum Beispiel kosten."
        return f"Den Schlüssel „{match['key']}“ gibt es in {match['id']} nicht.", hint
    hint = suggest(part, sorted(places.ids)) or (
        "Möglich sind eine Randnummer (WIR-004/3), eine Kennung (WIR-004, kap-zeitplan), ein Kapitel oder „allgemein“."
    )
    return f"Die Stelle „{part}“, auf die sich der Punkt bezieht, gibt es nicht.", hint


def _bad_number(sign: str, number: int, places: _Places, *, current: bool) -> tuple[str, str] | None:
    if sign not in places.signs:
        hint = suggest(sign, sorted(places.signs)) or "Vor dem Schrägstrich steht ein Kapitel (7) oder eine Kennung."
        return f"Die Randnummer {sign}/{number} gibt es nicht: „{sign}“ ist unbekannt.", hint
    highest = places.signs[sign]
    fixed = sign in places.ids
    if number == 0 or (highest is not None and number > highest and (fixed or current)):
        hint = f"In {sign} gehen die Randnummern von 1 bis {highest}." if highest else "Gezählt wird ab 1."
        return f"Die Randnummer {sign}/{number} gibt es nicht.", hint
    return None


def _places(plan: Plan) -> _Places:
    ids = set(plan.known)
    for name in KINDS:
        ids.update(plan.records.known(name))
    signs: dict[str, int | None] = dict.fromkeys(plan.records.known("measure"), max(SHEET_LABELS.values()))
    signs.update(dict.fromkeys((*plan.action_fields, *plan.vision)))
    signs.update(_chapter_signs(plan.chapters))
    return _Places(frozenset(ids), signs)


def _chapter_signs(chapters: tuple[Chapter, ...]) -> Iterator[tuple[str, int]]:
    """Yield the sign of each chapter and how many paragraphs, lists, tables and figures it has."""
    number, letters = 0, iter(ascii_uppercase)
    for chapter in chapters:
        if "vorspann" in chapter.classes:
            sign = chapter.attributes.get("zeichen", "")
        elif "anlage" in chapter.classes:
            sign = next(letters, "")
        else:
            number += 1
            sign = str(number)
        yield sign, sum(block["t"] != "Header" and not _is_listing(block) for block in chapter.blocks)


def _is_listing(block: Node) -> bool:
    """Tell whether the block prints records, whose paragraphs bear numbers of their own."""
    return block["t"] == "Div" and any(LISTINGS.get(name, "report") != "report" for name in attributes(block)[1])
