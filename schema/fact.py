"""Kennzahlen: `framework/facts.yaml`. Every figure of the prose is one of these."""

from __future__ import annotations

from decimal import Decimal

from pydantic import Field
from pydantic_core import PydanticCustomError

from schema.base import Record
from schema.scalars import FactId, Line, SourceId, Stichtag, parse_number


class Fact(Record):
    """Fact (Kennzahl): a public figure with unit, date and source."""

    id: FactId = Field(alias="id", title="Kennung", description="Kleinbuchstaben und Bindestriche: arbeitsplaetze.")
    name: Line = Field(alias="name", title="Kennzahl", description="Was die Zahl angibt.")
    value: Line = Field(alias="wert", title="Wert", description="Zahl oder kurzer Text: 20000 oder jeder vierte.")
    unit: Line | None = Field(None, alias="einheit", title="Einheit", description="Einheit: €, Arbeitsplätze.")
    qualifier: Line | None = Field(None, alias="zusatz", title="Zusatz", description="rund, über, fast, bis zu.")
    as_of: Stichtag = Field(alias="stichtag", title="Stichtag", description="Tag, Monat oder Jahr: 2019-12-31.")
    source: SourceId = Field(alias="quelle", title="Quelle", description="Kennung aus sources.yaml.")
    note: Line | None = Field(None, alias="hinweis", title="Hinweis", description="Was zu beachten ist, ein Satz.")

    @property
    def number(self) -> Decimal | None:
        """The value as a number, or None where it is a text."""
        try:
            return parse_number(self.value)
        except PydanticCustomError:
            return None
