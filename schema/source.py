"""Quellen: `framework/sources.yaml`."""

from __future__ import annotations

from pydantic import Field

from schema.base import Record
from schema.scalars import Line, SourceId, Stichtag


class Source(Record):
    """Source (Quelle): where a figure or a statement can be looked up."""

    id: SourceId = Field(alias="id", title="Kennung", description="Kleinbuchstaben und Bindestriche: kabinett-2025.")
    title: Line = Field(alias="titel", title="Titel", description="Titel der Veröffentlichung.")
    publisher: Line = Field(alias="herausgeber", title="Herausgeber", description="Wer sie veröffentlicht hat.")
    dated: Stichtag | None = Field(None, alias="datum", title="Datum", description="Tag, Monat oder Jahr.")
    locator: Line = Field(alias="fundstelle", title="Fundstelle", description="Adresse ohne https:// oder Zitat.")
    note: Line | None = Field(None, alias="hinweis", title="Hinweis", description="Was zu beachten ist, ein Satz.")
