"""Finanzierungsquellen: `framework/funding_sources.yaml`."""

from __future__ import annotations

from pydantic import Field

from schema.base import Record, Term
from schema.plan import Period
from schema.scalars import Ags, FundingId, Line, Percent


class Tier(Term):
    """Level of government that the money comes from (Ebene)."""

    EU = "EU", "EU"
    FEDERAL = "Bund", "Bund"
    STATE = "Land", "Land"
    MUNICIPAL = "Kommune", "Kommunen"
    PRIVATE = "Privat", "Privat"


class FundingSource(Record):
    """Funding source (Finanzierungsquelle): a programme or budget that money is planned from."""

    id: FundingId = Field(alias="id", title="Kennung", description="Großbuchstaben: EFRE.")
    name: Line = Field(alias="name", title="Finanzierungsquelle", description="Voller Name.")
    short: Line = Field(alias="kurz", title="Kurzname", description="Kurzform für Tabellen.")
    tier: Tier = Field(alias="ebene", title="Ebene", description="EU, Bund, Land, Kommune oder Privat.")
    shared_with: tuple[Tier, ...] = Field(
        (),
        alias="mitfinanziert",
        title="Mitfinanziert von",
        description="Ebenen, die einen Teil tragen; gezählt wird der ganze Betrag bei ebene: [Land].",
    )
    programme: Line | None = Field(None, alias="programm", title="Programm", description="Programm oder Richtlinie.")
    places: tuple[Ags, ...] = Field(
        (),
        alias="raum",
        title="Fördergebiet",
        description="AGS, in denen die Mittel eingesetzt werden dürfen; leer: überall.",
    )
    term: Period | None = Field(
        None, alias="laufzeit", title="Laufzeit", description="{beginn: 2021-01, ende: 2029-12}."
    )
    max_rate: Percent | None = Field(None, alias="satz_max", title="Höchstsatz", description="Höchster Anteil: 60 %.")
    budget_chapter: Line | None = Field(
        None, alias="einzelplan", title="Einzelplan", description="Einzelplan im Landeshaushalt, bei Landesmitteln."
    )
    budget_item: Line | None = Field(
        None, alias="titel", title="Haushaltstitel", description="Titel im Landeshaushalt, bei Landesmitteln."
    )
    note: Line | None = Field(None, alias="hinweis", title="Hinweis", description="Was zu beachten ist, ein Satz.")
