"""Kreise: `framework/districts.yaml`."""

from __future__ import annotations

from pydantic import Field

from schema.base import Record, Term
from schema.scalars import Ags, Count, FactId, Line, OrganisationId


class DistrictKind(Term):
    """Whether a district is rural or a city of its own."""

    RURAL = "landkreis", "Landkreis"
    URBAN = "kreisfreie_stadt", "Kreisfreie Stadt"


class District(Record):
    """District (Kreis): one of the five members of the region."""

    ags: Ags = Field(alias="ags", title="AGS", description="Amtlicher Schlüssel, 5 Ziffern: 14524.")
    name: Line = Field(alias="name", title="Kreis", description="Voller Name.")
    short: Line = Field(alias="kurz", title="Kurzname", description="Kurzform für Tabellen.")
    kind: DistrictKind = Field(alias="art", title="Art", description="landkreis oder kreisfreie_stadt.")
    organisation: OrganisationId = Field(
        alias="organisation", title="Organisation", description="Kennung der Körperschaft: lk-zwickau."
    )
    municipalities: Count = Field(alias="gemeinden", title="Gemeinden", description="Anzahl der Gemeinden.")
    population: FactId = Field(
        alias="einwohner", title="Einwohner", description="Kennung einer Kennzahl: einwohner-14524."
    )
