"""The kinds of record: which file holds which model, and how one is cited in a text.

One table; `assembly.load` finds the files by it, `assembly.validate` the model, `assembly.resolve` the ids.
"""

from __future__ import annotations

from dataclasses import dataclass

from schema.action_field import ActionField
from schema.base import Record
from schema.decision import Decision
from schema.district import District
from schema.event import Event
from schema.fact import Fact
from schema.finding import Finding
from schema.funding_source import FundingSource
from schema.glossary import GlossaryTerm
from schema.measure import Measure
from schema.organisation import Organisation
from schema.plan import Plan
from schema.source import Source
from schema.statement import Statement
from schema.theme import Theme
from schema.vision import VisionStatement


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of record.

    `pattern` is the glob of its files below the plan's directory; `many` tells that a file holds a list of them;
    `key` is the YAML key of its id (empty: the file's stem is the id); `cited` is what stands between `@` and the
    id in a text (None: not cited). An `optional` file may be missing.
    """

    name: str
    german: str
    model: type[Record]
    pattern: str
    many: bool
    key: str
    cited: str | None
    optional: bool = False


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("plan", "Plan", Plan, "framework/plan.yaml", False, "", None),
        Kind("theme", "Gestaltung", Theme, "framework/theme.yaml", False, "", None, optional=True),
        Kind("action_field", "Handlungsfeld", ActionField, "framework/action_fields.yaml", True, "id", ""),
        Kind("vision", "Visionsaussage", VisionStatement, "framework/vision.yaml", True, "id", ""),
        Kind("finding", "Befund", Finding, "framework/findings.yaml", True, "id", ""),
        Kind("organisation", "Organisation", Organisation, "framework/organisations.yaml", True, "id", "org-"),
        Kind(
            "funding_source", "Finanzierungsquelle", FundingSource, "framework/funding_sources.yaml", True, "id", None
        ),
        Kind("district", "Kreis", District, "framework/districts.yaml", True, "ags", None),
        Kind("glossary", "Begriff", GlossaryTerm, "framework/glossary.yaml", True, "begriff", None),
        Kind("fact", "Kennzahl", Fact, "framework/facts.yaml", True, "id", "fakt-"),
        Kind("source", "Quelle", Source, "framework/sources.yaml", True, "id", "quelle-"),
        Kind("decision", "Beschluss", Decision, "framework/decisions.yaml", True, "id", ""),
        Kind("measure", "Maßnahme", Measure, "measures/**/*.yaml", False, "id", ""),
        Kind("event", "Veranstaltung", Event, "participation/*.yaml", False, "", None),
        Kind("statement", "Stellungnahme", Statement, "statements/*.yaml", False, "", None),
    )
}
