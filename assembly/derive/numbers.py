"""Derived numbers: what `@zahl-…` prints. No count or sum is ever typed into a text."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from assembly import german
from assembly.derive.dependencies import links
from assembly.derive.ledger import Ledger, ledger
from assembly.derive.matrices import districts_of
from assembly.derive.registers import touched_measures
from assembly.editions import Selection
from schema.event import Outcome
from schema.finding import FindingKind
from schema.funding_source import Tier
from schema.measure import Certainty, Maturity, Measure, Status

Measures = tuple[Measure, ...]


def number(selection: Selection, name: str, field: str = "") -> str:
    """Return the number as printed: counts in full, money as „12,4 Mio. €“. KeyError for an unknown name."""
    if name in MONEY:
        return german.roughly(MONEY[name](ledger(selection.plan, selection.in_field(field))))
    if name in COUNTS:
        return german.integer(COUNTS[name](selection.in_field(field)))
    if name in LINKED:
        return german.integer(LINKED[name](selection, field))
    if name == "folgekosten":
        return german.roughly(sum(measure.follow_up_costs or 0 for measure in selection.in_field(field)))
    value = WHOLE[name](selection)
    return str(value) if name in ("beginn", "ende") else german.integer(value)


FAR = (Maturity.APPLICABLE, Maturity.GRANTED, Maturity.RUNNING)

COUNTS: Mapping[str, Callable[[Measures], int]] = {
    "massnahmen": len,
    "leuchttuerme": lambda measures: sum(measure.lighthouse for measure in measures),
    "beschlussreif": lambda measures: sum(measure.status is Status.READY for measure in measures),
    "abgestimmt": lambda measures: sum(measure.status is Status.AGREED for measure in measures),
    "beschlussbedarfe": lambda measures: sum(len(measure.decision_needs) for measure in measures),
    "meilensteine": lambda measures: sum(len(measure.milestones) for measure in measures),
    "indikatoren": lambda measures: sum(len(measure.indicators) for measure in measures),
    "risiken": lambda measures: sum(len(measure.risks) for measure in measures),
    "antragsreif": lambda measures: sum(measure.maturity in FAR for measure in measures),
    "kreisuebergreifend": lambda measures: sum(len(districts_of(measure)) > 1 for measure in measures),
}

# Counts that see more than the measures of the field.
LINKED: Mapping[str, Callable[[Selection, str], int]] = {
    "abhaengigkeiten": lambda selection, field: sum(1 for _ in links(selection, field)),
    "terminkonflikte": lambda selection, field: sum(link.fits is False for link in links(selection, field)),
    "massnahmen-beteiligung": lambda selection, field: len(
        touched_measures(selection, (contribution for _, contribution in selection.plan.contributions.values()), field)
    ),
}

MONEY: Mapping[str, Callable[[Ledger], int]] = {
    "kosten": lambda book: book.costs().cents,
    "investiv": lambda book: book.part("cost", "investiv").costs().cents,
    "laufend": lambda book: book.part("cost", "laufend").costs().cents,
    "finanzierung": lambda book: book.financing().cents,
    "offen": lambda book: book.gap().cents,
    "geplant": lambda book: book.part("certainty", Certainty.PLANNED).financing().cents,
    "beantragt": lambda book: book.part("certainty", Certainty.APPLIED).financing().cents,
    "bewilligt": lambda book: book.part("certainty", Certainty.GRANTED).financing().cents,
    "eu": lambda book: book.part("tier", Tier.EU).financing().cents,
    "bund": lambda book: book.part("tier", Tier.FEDERAL).financing().cents,
    "land": lambda book: book.part("tier", Tier.STATE).financing().cents,
    "kommunen": lambda book: book.part("tier", Tier.MUNICIPAL).financing().cents,
    "privat": lambda book: book.part("tier", Tier.PRIVATE).financing().cents,
}

WHOLE: Mapping[str, Callable[[Selection], int]] = {
    "handlungsfelder": lambda selection: len(selection.plan.action_fields),
    "visionsaussagen": lambda selection: len(selection.plan.vision),
    "befunde": lambda selection: len(selection.plan.findings),
    "herausforderungen": lambda selection: _findings(selection, FindingKind.CHALLENGE),
    "potenziale": lambda selection: _findings(selection, FindingKind.POTENTIAL),
    "veranstaltungen": lambda selection: len(selection.plan.events),
    "teilnehmende": lambda selection: sum(event.attendance for event in selection.plan.events.values()),
    "beitraege": lambda selection: len(selection.plan.contributions),
    "beitraege-beruecksichtigt": lambda selection: sum(
        contribution.outcome in (Outcome.ADOPTED, Outcome.PARTLY)
        for _, contribution in selection.plan.contributions.values()
    ),
    "kreise": lambda selection: len(selection.plan.districts),
    "organisationen": lambda selection: len(selection.plan.organisations),
    "beginn": lambda selection: selection.plan.head.period.begin.year,
    "ende": lambda selection: selection.plan.head.period.end.year,
}


def _findings(selection: Selection, kind: FindingKind) -> int:
    return sum(finding.kind is kind for finding in selection.plan.findings.values())
