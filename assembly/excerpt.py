"""excerpt: Plan → the part of it that may be printed. What is not listed is taken out before anybody can print it.

Input: a plan, the keys that are listed, which measures and chapters print. Output: a plan in which nothing else is
left: no other record, key or text. So no view and no template decides what a reader may see, and none can forget to.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from pydantic.fields import FieldInfo

from assembly.plan import Chapter, Plan
from assembly.records import Broken, Entry, Records
from assembly.sources import TreePath
from assembly.texts import TextKey, Texts
from schema.base import Markdown, Record
from schema.measure import Measure
from schema.shape import bare, keys_of
from schema.walk import marked

R = TypeVar("R", bound=Record)

# The plan's mappings by the kind of their records; the head and the contributions follow from these.
MAPPINGS: Mapping[str, str] = {
    "action_fields": "action_field",
    "vision": "vision",
    "findings": "finding",
    "organisations": "organisation",
    "funding_sources": "funding_source",
    "districts": "district",
    "glossary": "glossary",
    "facts": "fact",
    "sources": "source",
    "decisions": "decision",
    "measures": "measure",
    "events": "event",
    "statements": "statement",
}


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys that may be printed: by kind (`measure`) and by part of a record (`measure.kosten`), YAML names."""

    listed: Mapping[str, frozenset[str]]

    def __contains__(self, kind: str) -> bool:
        return kind in self.listed

    def allow(self, kind: str, path: TreePath) -> bool:
        """Tell whether what stands at this path of a record may be printed; what lies below a listed key may."""
        place = kind
        for step in path:
            if isinstance(step, int):
                continue
            if place not in self.listed:
                return place != kind  # the years of an amount: no part of its own
            if step not in self.listed[place]:
                return False
            place = f"{place}.{step}"
        return kind in self.listed

    def of(self, record: R, place: str) -> R:
        """Return the record with its listed keys alone; the others are as if nobody had filled them in."""
        changes = {}
        for key, field in keys_of(type(record)).items():
            name = next(name for name, known in type(record).model_fields.items() if known is field)
            value = getattr(record, name)
            below = f"{place}.{key}"
            if key not in self.listed.get(place, ()):
                changes[name] = _nothing(field)
            elif isinstance(value, Record):
                changes[name] = self.of(value, below)
            elif isinstance(value, tuple) and value and isinstance(value[0], Record):
                changes[name] = tuple(self.of(item, below) for item in value)
        return record.model_copy(update=changes) if changes else record


def _nothing(field: FieldInfo) -> Any:
    """Return what stands for a key that is not listed; a required one that is no text is None: nobody may read it."""
    if field.is_required():
        return "" if bare(field.annotation) is str else None
    return field.get_default(call_default_factory=True)


def excerpt(
    plan: Plan,
    keys: Keys,
    prints_measure: Callable[[Measure], bool],
    prints_chapter: Callable[[Chapter], bool],
    shows_broken: Callable[[Broken], bool],
) -> Plan:
    """Return the part of the plan that may be printed; the three questions choose among measures, chapters and faulty
    records. `known` keeps all ids: they are no secret, and stay taken."""
    mappings: dict[str, Any] = {
        attribute: {
            key: keys.of(record, kind)
            for key, record in getattr(plan, attribute).items()
            if kind in keys and (not isinstance(record, Measure) or prints_measure(record))
        }
        for attribute, kind in MAPPINGS.items()
    }
    head = keys.of(plan.head, "plan")
    kept = {kind: mappings[attribute] for attribute, kind in MAPPINGS.items()} | {"plan": {"plan": head}}
    entries: dict[str, dict[str, Entry]] = {kind: {} for kind in plan.records.entries}
    for kind, records in kept.items():  # the theme, which no edition lists, is said already by `Plan.theme`
        found = plan.records.entries[kind]
        entries[kind] = {key: replace(found[key], record=record) for key, record in records.items() if key in found}
    chapters = tuple(chapter for chapter in plan.chapters if prints_chapter(chapter))
    said = {
        contribution.id: (event_id, contribution)
        for event_id, event in mappings["events"].items()
        for contribution in event.contributions
    }
    broken = tuple(b if shows_broken(b) else Broken(b.kind, "", "", "", (), b.status) for b in plan.broken)
    return replace(
        plan,
        **mappings,
        head=head,
        contributions={key: said[key] for key in plan.contributions if key in said},
        chapters=chapters,
        broken=broken,
        records=Records(entries, broken, {kind: {} for kind in entries}),
        texts=_texts(plan.texts, entries, chapters),
    )


def _texts(texts: Texts, entries: Mapping[str, Mapping[str, Entry]], chapters: tuple[Chapter, ...]) -> Texts:
    places: set[TextKey] = {(chapter.file, ()) for chapter in chapters}
    for found in entries.values():
        for entry in found.values():
            for leaf in marked(entry.record, Markdown):
                place = entry.place(*leaf.path)
                places.add((place.file, place.path))
    return Texts(
        {key: blocks for key, blocks in texts.blocks.items() if key in places},
        {key: typed for key, typed in texts.typed.items() if key in places},
        texts.api_version,
    )
