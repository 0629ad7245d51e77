"""Stellungnahmen der Ressorts: `statements/<RESSORT>-<VERSION>.yaml`. Offices, never persons."""

from __future__ import annotations

import re

from pydantic import Field

from schema.base import Record, Term
from schema.scalars import Day, Flag, Line, OrganisationId, Version

SUBJECTS = re.compile(r"\s*[,;]\s*|\s+und\s+")
"""What stands between several places that one point is about."""


class StatementState(Term):
    """Where a ministry's reply stands."""

    OPEN = "offen", "offen"
    NIL = "fehlanzeige", "Fehlanzeige"
    APPROVED = "mitzeichnung", "Mitzeichnung"
    CONDITIONAL = "mit_massgabe", "Mitzeichnung mit Maßgabe"
    OPPOSED = "widerspruch", "Widerspruch"


class Assessment(Term):
    """How grave a point is."""

    CONSENT = "zustimmung", "Zustimmung"
    REMARK = "hinweis", "Hinweis"
    DEMAND = "forderung", "Forderung"
    REFUSAL = "ablehnung", "Ablehnung"


class Settlement(Term):
    """What became of a point."""

    ADOPTED = "uebernommen", "übernommen"
    PARTLY = "teilweise_uebernommen", "teilweise übernommen"
    REJECTED = "nicht_uebernommen", "nicht übernommen"
    OPEN = "offen", "offen"


class Point(Record):
    """One point (Punkt) of a statement."""

    subject: Line = Field(
        alias="bezug", title="Bezug", description="Randnummer, Kennung, Kapitel oder „allgemein“: WIR-004/3."
    )
    text: Line = Field(alias="text", title="Anmerkung", description="Was das Ressort anmerkt.")
    proposal: Line | None = Field(None, alias="vorschlag", title="Vorschlag", description="Was das Ressort vorschlägt.")
    assessment: Assessment = Field(
        alias="bewertung", title="Bewertung", description="zustimmung, hinweis, forderung oder ablehnung."
    )
    settlement: Settlement = Field(
        Settlement.OPEN,
        alias="ergebnis",
        title="Ergebnis",
        description="uebernommen, teilweise_uebernommen, nicht_uebernommen oder offen.",
    )
    reason: Line | None = Field(
        None, alias="begruendung", title="Begründung", description="Warum so entschieden wurde."
    )


class Statement(Record):
    """Statement (Stellungnahme): the reply of a ministry, the IMAG or the Lenkungskreis to one version."""

    department: OrganisationId = Field(alias="ressort", title="Ressort", description="Kennung der Organisation: smwa.")
    version: Version = Field(alias="version", title="Version", description="Fassung, auf die sie sich bezieht: 0.7.0.")
    deadline: Day = Field(alias="frist", title="Frist", description="Frist der Stellungnahme.")
    state: StatementState = Field(
        alias="stand", title="Stand", description="offen, fehlanzeige, mitzeichnung, mit_massgabe oder widerspruch."
    )
    illustrative: Flag = Field(False, alias="beispiel", title="Beispiel", description="true für ein Muster.")
    points: tuple[Point, ...] = Field((), alias="punkte", title="Punkte", description="Die einzelnen Anmerkungen.")
