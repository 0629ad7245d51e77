"""References: from key to record, and from text to whatever can be cited. Codes: `REF-…`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from assembly.diagnostics import Diagnostic, Place, Severity, suggest
from assembly.mentions import Mention, split
from assembly.plan import Chapter, Plan
from assembly.prose import Nodes, attributes, nodes
from assembly.records import Records
from schema.base import Reference
from schema.event import Event
from schema.kinds import KINDS
from schema.vocabulary import NUMBERS, NUMBERS_BY_FIELD
from schema.walk import marked


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
    for entries in plan.records.entries.values():
        for entry in entries.values():
            for leaf in marked(entry.record, Reference):
                kind = leaf.mark.kind
                wanted = leaf.value[:5] if kind == "district" else leaf.value
                is_own_id = leaf.path == (KINDS[entry.kind].key,) or (kind, leaf.path[-1]) == ("contribution", "id")
                if wanted in known[kind] or is_own_id:
                    continue
                german = KINDS[kind].german if kind in KINDS else "Beitrag"
                place = entry.place(*leaf.path, on_key=leaf.is_key)
                hint = suggest(leaf.value, known[kind]) or _where_to_look(kind)
                yield Diagnostic("REF-001", Severity.FAULT, place, f"{german} „{leaf.value}“ gibt es nicht.", hint)
    yield from _doubled_contributions(plan)


def _where_to_look(kind: str) -> str:
    return f"Alle Kennungen stehen in {KINDS[kind].pattern}." if kind in KINDS and KINDS[kind].many else ""


def _doubled_contributions(plan: Plan) -> Iterator[Diagnostic]:
    counts = Counter(contribution.id for event in plan.events.values() for contribution in event.contributions)
    for event_id, event in plan.events.items():
        for index, contribution in enumerate(event.contributions):
            owner = plan.contributions[contribution.id][0]
            if counts[contribution.id] > 1 and (owner != event_id or event.contributions.index(contribution) != index):
                place = plan.entry("event", event_id).place("beitraege", index, "id")
                message = f"Beitrag {contribution.id} gibt es mehrmals, auch in {plan.entry('event', owner).file}."
                yield Diagnostic("REF-003", Severity.FAULT, place, message, "Jede Kennung wird nur einmal vergeben.")


def check_mentions(plan: Plan) -> Iterator[Diagnostic]:
    """REF-002: a text cites something that does not exist."""
    for (file, path), blocks in plan.texts.blocks.items():
        seen: Counter[str] = Counter()
        for mention in _mentions(blocks, plan.known):
            nth = seen[mention.typed]
            seen[mention.typed] += 1
            problem = _problem(mention, plan)
            if problem:
                place = Place(file, path, text=mention.typed, nth=nth)
                yield Diagnostic("REF-002", Severity.FAULT, place, *problem)


def _mentions(blocks: Nodes, known: frozenset[str]) -> Iterator[Mention]:
    for node in nodes(blocks):
        if node["t"] == "Str":
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
