"""resolve: Records, Texts → Plan. Every reference is joined, and the rules across records are checked.

Ids of broken records count as known, so that one fault is not reported as ten. Codes: `REF-…`, `TXT-…`, `KAP-…`,
`STR-…`, `STA-…`, `LTP-…`, `FIN-…`, `THM-…`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from assembly.diagnostics import Diagnostic
from assembly.plan import Chapter, Plan
from assembly.records import Records
from assembly.resolve.chapters import check_calls, read_chapters
from assembly.resolve.markup import check_markup
from assembly.resolve.money import MONEY_RULES
from assembly.resolve.references import check_mentions, check_plain_text, check_references, known_ids
from assembly.resolve.status import check_lighthouses, check_status
from assembly.resolve.structure import STRUCTURE_RULES
from assembly.resolve.subjects import check_subjects
from assembly.resolve.support import SUPPORT_RULES
from assembly.resolve.theme import read_theme
from assembly.resolve.wording import check_wording
from assembly.texts import Texts
from assembly.theme import Theme
from schema.action_field import ActionField
from schema.base import Record
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

Rules = tuple[Callable[[Plan], Iterator[Diagnostic]], ...]

# Rules that look at what is there hold for every record that can be read at all; rules that add up or look for what
# is missing hold for sound records only, or the follow-up of one fault would be reported as ten.
REFERENCE_RULES: Rules = (
    check_references,
    check_mentions,
    check_plain_text,
    check_calls,
    check_subjects,
    check_markup,
    check_wording,
    *STRUCTURE_RULES,
)
SUM_RULES: Rules = (
    check_status,
    check_lighthouses,
    *SUPPORT_RULES,
    *MONEY_RULES,
)

R = TypeVar("R", bound=Record)


def resolve(
    records: Records, texts: Texts, chapter_files: tuple[str, ...], root: Path
) -> tuple[Plan | None, list[Diagnostic]]:
    """Return the plan and what is wrong across its records; no plan where `framework/plan.yaml` is not sound.

    `root` is the plan's folder, where the files of its theme lie.
    """
    chapters, diagnostics = read_chapters(texts, chapter_files)
    theme, found = read_theme(records, root)
    diagnostics += found
    if records.readable().entries["plan"]:
        readable = _join(records.readable(), texts, chapters, theme)
        diagnostics += [found for rule in REFERENCE_RULES for found in rule(readable)]
    if not records.entries["plan"]:
        return None, diagnostics
    plan = _join(records, texts, chapters, theme)
    diagnostics += [found for rule in SUM_RULES for found in rule(plan)]
    return plan, diagnostics


def _join(records: Records, texts: Texts, chapters: tuple[Chapter, ...], theme: Theme) -> Plan:
    fields = _of(records, "action_field", ActionField)
    events = _of(records, "event", Event)
    events = dict(sorted(events.items(), key=lambda item: (item[1].day, item[0])))
    return Plan(
        head=next(iter(_of(records, "plan", Head).values())),
        theme=theme,
        action_fields=fields,
        vision=_of(records, "vision", VisionStatement),
        findings=_of(records, "finding", Finding),
        organisations=_of(records, "organisation", Organisation),
        funding_sources=_of(records, "funding_source", FundingSource),
        districts=_of(records, "district", District),
        glossary=_of(records, "glossary", GlossaryTerm),
        facts=_of(records, "fact", Fact),
        sources=_of(records, "source", Source),
        decisions=_of(records, "decision", Decision),
        measures=_in_official_order(_of(records, "measure", Measure), list(fields)),
        events=events,
        contributions=_contributions(events),
        statements=_of(records, "statement", Statement),
        chapters=chapters,
        broken=records.broken,
        records=records,
        texts=texts,
        known=known_ids(records, chapters),
    )


def _of(records: Records, kind: str, model: type[R]) -> dict[str, R]:
    found = records.entries[kind].items()
    return {key: entry.record for key, entry in found if isinstance(entry.record, model)}


def _in_official_order(measures: Mapping[str, Measure], fields: list[str]) -> dict[str, Measure]:
    def rank(item: tuple[str, Measure]) -> tuple[int, str]:
        field = item[1].field
        return (fields.index(field) if field in fields else len(fields), item[0])

    return dict(sorted(measures.items(), key=rank))


def _contributions(events: Mapping[str, Event]) -> dict[str, tuple[str, Contribution]]:
    """Return what was said by event, there by number: B-9 before B-10."""
    return {
        contribution.id: (event_id, contribution)
        for event_id, event in events.items()
        for contribution in sorted(event.contributions, key=lambda each: (len(each.id), each.id))
    }
