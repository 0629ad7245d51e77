"""Organisationen: `framework/organisations.yaml`. Offices and bodies, never persons."""

from __future__ import annotations

from pydantic import Field

from schema.base import Record, Term
from schema.scalars import Flag, Line, OrganisationId, Place


class OrganisationKind(Term):
    """What sort of body an organisation is."""

    COUNCIL = "konvent", "Gremium der Region"
    MINISTRY = "ministerium", "Staatsministerium"
    GOVERNMENT = "regierung", "Staatsregierung"
    MUNICIPALITY = "kommune", "Kommune"
    CHAMBER = "kammer", "Kammer"
    UNIVERSITY = "hochschule", "Hochschule"
    EDUCATION = "bildung", "Bildungseinrichtung"
    BUSINESS = "unternehmen", "Unternehmen"
    OTHER = "sonstige", "Sonstige"


class Organisation(Record):
    """Organisation (Organisation): whoever leads, takes part, decides or comments."""

    id: OrganisationId = Field(alias="id", title="Kennung", description="Kleinbuchstaben und Bindestriche: lk-zwickau.")
    name: Line = Field(alias="name", title="Organisation", description="Voller Name.")
    short: Line = Field(alias="kurz", title="Kurzname", description="Kurzform für Tabellen, höchstens 18 Zeichen.")
    kind: OrganisationKind = Field(alias="art", title="Art", description="ministerium, kommune, kammer, hochschule …")
    role: Line = Field(alias="aufgabe", title="Aufgabe im Plan", description="Rolle im Plan, ein Satz.")
    district: Place | None = Field(None, alias="kreis", title="Kreis", description="AGS des Kreises: 14524.")
    illustrative: Flag = Field(False, alias="beispiel", title="Beispiel", description="true für ein Muster.")
