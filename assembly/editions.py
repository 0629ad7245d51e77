"""Editions: which measures print and count, and which parts there are. An allow-list: what is not on it is left out.

The one table of the format's section 5; `compose` and `derive` read it, nobody else decides.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from assembly.plan import Plan
from assembly.records import Broken
from schema.measure import Measure, Status


class Part(StrEnum):
    """A part of the book, or a sort of key, that some editions have and others must not."""

    INTERNAL_NOTES = "interne Notizen"
    REPORT = "Prüfbericht"
    IDEAS = "Liste der Ideen"
    STATEMENTS = "Stellungnahmen der Ressorts"
    LINE_PER_STATUS = "Summe je Status"


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition: `label` prints on the cover; `sheets` says which measures print in full and count in
    every total."""

    name: str
    label: str
    sheets: frozenset[Status]
    parts: frozenset[Part]


_FROM_AGREED = frozenset({Status.AGREED, Status.READY})
_FROM_DRAFT = _FROM_AGREED | {Status.DRAFT}

EDITIONS: Mapping[str, Edition] = {
    edition.name: edition
    for edition in (
        Edition(
            "intern",
            "Interne Ausgabe",
            frozenset(Status),
            frozenset({Part.INTERNAL_NOTES, Part.REPORT, Part.STATEMENTS, Part.LINE_PER_STATUS}),
        ),
        Edition(
            "ressort",
            "Ausgabe für die Ressortabstimmung",
            _FROM_DRAFT,
            frozenset({Part.REPORT, Part.IDEAS, Part.STATEMENTS}),
        ),
        Edition("kabinett", "Ausgabe für das Kabinett", _FROM_AGREED, frozenset({Part.STATEMENTS})),
        Edition("oeffentlich", "Veröffentlichte Ausgabe", _FROM_AGREED, frozenset()),
    )
}

# Views and listings that belong to a part: an edition without the part prints nothing where one is called.
PART_OF: Mapping[str, Part] = {"stellungnahmen": Part.STATEMENTS, "pruefbericht": Part.REPORT}

DRAFT_MARKING = "Entwurf – nicht zur Veröffentlichung"


@dataclass(frozen=True, slots=True)
class Selection:
    """What of a plan one edition prints: the measures that have a sheet and count in all totals."""

    plan: Plan
    edition: Edition
    measures: tuple[Measure, ...]
    ideas: tuple[Measure, ...]

    def has(self, part: Part) -> bool:
        """Tell whether the edition has this part."""
        return part in self.edition.parts

    def may_print(self, called: str) -> bool:
        """Tell whether the edition prints this view or listing."""
        return called not in PART_OF or self.has(PART_OF[called])

    def shows_broken(self, broken: Broken) -> bool:
        """Tell whether a draft shows this faulty measure: only where the edition would print a sound one."""
        return self.edition.sheets == frozenset(Status) or broken.status in self.edition.sheets

    def in_field(self, field: str) -> tuple[Measure, ...]:
        """Return the measures of the field; of all fields where `field` is empty."""
        return tuple(measure for measure in self.measures if not field or measure.field == field)

    def prints(self, measure_id: str) -> bool:
        """Tell whether the measure has a sheet here."""
        return any(measure.id == measure_id for measure in self.measures)


def select(plan: Plan, edition: Edition) -> Selection:
    """Return what the edition prints of the plan."""
    printed = tuple(measure for measure in plan.measures.values() if measure.status in edition.sheets)
    ideas = tuple(measure for measure in plan.measures.values() if measure.status is Status.IDEA)
    return Selection(plan, edition, printed, ideas if Part.IDEAS in edition.parts else ())
