"""Plan: all records joined, with their texts and the chapters; what `resolve` makes and `derive` and `compose` read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assembly.prose import Nodes
from assembly.records import Broken, Entry, Records
from assembly.texts import Texts
from assembly.theme import Theme
from schema.action_field import ActionField
from schema.decision import Decision
from schema.district import District
from schema.event import Contribution, Event
from schema.fact import Fact
from schema.finding import Finding
from schema.funding_source import FundingSource
from schema.glossary import GlossaryTerm
from schema.measure import Measure
from schema.organisation import Organisation
from schema.plan import Plan as Head
from schema.source import Source
from schema.statement import Statement
from schema.vision import VisionStatement


@dataclass(frozen=True, slots=True)
class Chapter:
    """One chapter: its id (`kap-…`), title as inlines, the classes and attributes of its first heading, and blocks."""

    file: str
    id: str
    title: Nodes
    classes: frozenset[str]
    attributes: Mapping[str, str]
    blocks: Nodes


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole plan. Every mapping is by id and in the order of print: fields in official order, measures by field
    and number, everything else in the order of its file. Contributions bear the id of their event."""

    head: Head
    theme: Theme
    action_fields: Mapping[str, ActionField]
    vision: Mapping[str, VisionStatement]
    findings: Mapping[str, Finding]
    organisations: Mapping[str, Organisation]
    funding_sources: Mapping[str, FundingSource]
    districts: Mapping[str, District]
    glossary: Mapping[str, GlossaryTerm]
    facts: Mapping[str, Fact]
    sources: Mapping[str, Source]
    decisions: Mapping[str, Decision]
    measures: Mapping[str, Measure]
    events: Mapping[str, Event]
    contributions: Mapping[str, tuple[str, Contribution]]
    statements: Mapping[str, Statement]
    chapters: tuple[Chapter, ...]
    broken: tuple[Broken, ...]
    records: Records
    texts: Texts
    known: frozenset[str]

    def entry(self, kind: str, record_id: str) -> Entry:
        """Return the record with its place; KeyError where there is none."""
        return self.records.entries[kind][record_id]

    def text(self, kind: str, record_id: str, *path: str | int) -> Nodes:
        """Return the parsed Markdown of a record's text key (empty where it is missing)."""
        return self.texts.at(self.entry(kind, record_id).place(*path))

    def contributions_to(self, measure_id: str) -> list[str]:
        """Return the ids of the contributions that name the measure: the way back, never typed."""
        return [key for key, (_, contribution) in self.contributions.items() if measure_id in contribution.measures]
