"""References: from key to record, and from text to whatever can be cited. Codes: `REF-…`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from assembly.diagnostics import Diagnostic, Place, Severity, suggest
from assembly.mentions import Mention, split
from assembly.plan import Chapter, Plan
from assembly.prose import Nodes, attributes, nodes
from assembly.records import Broken, Entry, Records
from assembly.sources import TreePath
from schema.base import PlainText, Reference
from schema.event import Event
from schema.kinds import KINDS
from schema.vocabulary import NUMBERS, NUMBERS_BY_FIELD
from schema.walk import marked

# What a mention of each kind looks like, for the kinds whose ids may be unknown because their file is unreadable.
CITED = {
    "action_field": r"[A-Z]{3}",
    "vision": r"V-\d+",
    "finding": r"BF-\d+",
    "decision": r"BS-.+",
    "contribution": r"B-\d+",
    "organisation": r"org-.+",
    "fact": r"fakt-.+",
    "source": r"quelle-.+",
    "chapter": r"(kap|tbl|fig)-.+",
}


def known_ids(records: Records, chapters: tuple[Chapter, ...]) -> frozenset[str]:
    """Return everything that may stand after `@`: ids of records, chapters, headings, tables, figures and numbers."""
    known = {
        f"{kind.cited}{record_id}"
        for kind in KINDS.values()
        if kind.cited is not None
        for record_id in records.known(kind.name)
    }
    for entry in records.entries["event"].values():
        if isinstance(entry.record, Event):
            known.update(contribution.id for contribution in entry.record.contributions)
    for chapter in chapters:
        known.add(chapter.id)
        known.update(identifier for block in chapter.blocks if (identifier := _identifier(block)))
    known.update(f"zahl-{name}" for name in (*NUMBERS, *NUMBERS_BY_FIELD))
    return frozenset(known)


def _identifier(block: dict[str, object]) -> str:
    return attributes(block)[0] if block["t"] in ("Div", "Header") else ""


def check_references(plan: Plan) -> Iterator[Diagnostic]:
    """REF-001: a key names a record that does not exist. REF-003: two contributions or more bear one id."""
    known = {name: set(plan.records.known(name)) for name in KINDS}
    known["contribution"] = set(plan.contributions)
    lost = lost_kinds(plan)
    for entries in plan.records.entries.values():
        for entry in entries.values():
            for leaf in marked(entry.record, Reference):
                kind = leaf.mark.kind
                wanted = leaf.value[:5] if kind == "district" else leaf.value
                is_own_id = leaf.path == (KINDS[entry.kind].key,) or (kind, leaf.path[-1]) == ("contribution", "id")
                if wanted in known[kind] or is_own_id or kind in lost or _is_said(entry, leaf.path, leaf.value):
                    continue
                german = KINDS[kind].german if kind in KINDS else "Beitrag"
                place = entry.place(*leaf.path, on_key=leaf.is_key)
                hint = suggest(leaf.value, known[kind]) or _where_to_look(kind)
                yield Diagnostic("REF-001", Severity.FAULT, place, f"{german} „{leaf.value}“ gibt es nicht.", hint)
    yield from _doubled_contributions(plan)


def lost_kinds(plan: Plan) -> set[str]:
    """Return the kinds whose ids cannot be known, since their file is unreadable; no reference to them is a fault."""
    lost = {broken.kind for broken in plan.broken if KINDS[broken.kind].many and not _id_is_known(broken)}
    if any(broken.kind == "event" for broken in plan.broken):
        lost.add("contribution")
    if {file for file, path in plan.texts.blocks if not path} > {chapter.file for chapter in plan.chapters}:
        lost.add("chapter")  # one without title and id: nobody knows what it is called
    return lost


def _id_is_known(broken: Broken) -> bool:
    """Tell whether a broken record of a list can be referred to: it was read, and it has an id that is one."""
    key = KINDS[broken.kind].key
    at_id = (found for found in broken.diagnostics if found.place.path[-1:] == (key,) and len(found.place.path) == 2)
    return bool(broken.diagnostics) and all(found.code == "SCH-005" for found in at_id)


def _may_be_lost(mention: Mention, lost: set[str]) -> bool:
    if mention.suffix and "action_field" in lost:  # @zahl-kosten:WIR
        return True
    return any(re.fullmatch(pattern, mention.id) for kind, pattern in CITED.items() if kind in lost)


def _where_to_look(kind: str) -> str:
    if kind == "measure":
        return "Jede Maßnahme ist eine Datei in measures/; ./build.py status zählt sie auf."
    return f"Alle Kennungen stehen in {KINDS[kind].pattern}." if kind in KINDS and KINDS[kind].many else ""


def _is_said(entry: Entry, path: TreePath, value: str) -> bool:
    """Tell whether the field of a measure is not that of its id: SCH-004 says so, and what is meant."""
    return entry.kind == "measure" and path == ("handlungsfeld",) and not entry.id.startswith(f"{value}-")


def _doubled_contributions(plan: Plan) -> Iterator[Diagnostic]:
    first: dict[str, str] = {}
    for event_id, event in plan.events.items():
        entry = plan.entry("event", event_id)
        for index, contribution in enumerate(event.contributions):
            if contribution.id in first:
                message = f"Beitrag {contribution.id} gibt es schon in {first[contribution.id]}."
                place = entry.place("beitraege", index, "id")
                yield Diagnostic("REF-003", Severity.FAULT, place, message, "Jede Kennung wird nur einmal vergeben.")
            first.setdefault(contribution.id, entry.file)


def check_mentions(plan: Plan) -> Iterator[Diagnostic]:
    """REF-002: a text cites something that does not exist."""
    lost = lost_kinds(plan)
    for (file, path), blocks in plan.texts.blocks.items():
        seen: Counter[str] = Counter()
        for mention in _mentions(blocks, plan.known):
            nth = seen[mention.typed]
            seen[mention.typed] += 1
            problem = _problem(mention, plan)
            if problem and not _may_be_lost(mention, lost):
                place = Place(file, path, text=mention.typed, nth=nth)
                yield Diagnostic("REF-002", Severity.FAULT, place, *problem)


def check_plain_text(plan: Plan) -> Iterator[Diagnostic]:
    """REF-004: a reference stands in a key of plain words, where it has no effect."""
    for entries in plan.records.entries.values():
        for entry in entries.values():
            for leaf in marked(entry.record, PlainText):
                for mention in split(leaf.value, plan.known) if "@" in leaf.value else ():
                    if isinstance(mention, Mention):
                        place = entry.place(*leaf.path, text=mention.typed)
                        message = f"In diesem Feld wirkt der Verweis {mention.typed} nicht."
                        hint = "Verweise wirken in Kapiteln und in den Markdown-Texten eines Eintrags."
                        yield Diagnostic("REF-004", Severity.FAULT, place, message, hint)


def _mentions(blocks: Nodes, known: frozenset[str]) -> Iterator[Mention]:
    for node in nodes(blocks, "Str"):
        if "@" in node["c"]:
            yield from (piece for piece in split(node["c"], known) if isinstance(piece, Mention))


def _problem(mention: Mention, plan: Plan) -> tuple[str, str] | None:
    if mention.id not in plan.known:
        hint = (
            suggest(mention.id, plan.known)
            or "Nach @ steht die Kennung eines Eintrags, Kapitels, einer Tabelle oder Zahl."
        )
        return f"Der Verweis @{mention.id} führt ins Leere.", hint
    if mention.id.startswith("zahl-"):
        name = mention.id.removeprefix("zahl-")
        if mention.suffix and (name not in NUMBERS_BY_FIELD or mention.suffix not in plan.action_fields):
            return (
                f"@{mention.id} lässt sich nicht auf „{mention.suffix}“ eingrenzen.",
                f"Nach dem Doppelpunkt steht ein Handlungsfeld: {', '.join(plan.action_fields)}.",
            )
    elif mention.suffix and not (mention.suffix == "titel" and re.fullmatch(r"[A-Z]{3}-\d{3}", mention.id)):
        return f"Den Zusatz „:{mention.suffix}“ gibt es hier nicht.", "Nach einer Maßnahme darf :titel stehen."
    return None
