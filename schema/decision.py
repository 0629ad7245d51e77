"""Beschlüsse: `framework/decisions.yaml`."""

from __future__ import annotations

from pydantic import Field

from schema.base import Record
from schema.scalars import Day, DecisionId, Flag, Line, OrganisationId, Version


class Decision(Record):
    """Decision (Beschluss): what a body resolved on which version. Illustrative ones claim no real decision."""

    id: DecisionId = Field(alias="id", title="Kennung", description="BS, Jahr und Nummer: BS-2026-05.")
    body: OrganisationId = Field(alias="gremium", title="Gremium", description="Kennung der Organisation.")
    day: Day = Field(alias="datum", title="Datum", description="Tag des Beschlusses: 2026-10-12.")
    version: Version = Field(alias="version", title="Version", description="Fassung des Plans: 0.7.0.")
    subject: Line = Field(alias="gegenstand", title="Gegenstand", description="Worüber beschlossen wurde.")
    result: Line = Field(alias="ergebnis", title="Ergebnis", description="Was beschlossen wurde.")
    illustrative: Flag = Field(False, alias="beispiel", title="Beispiel", description="true für ein Muster.")
