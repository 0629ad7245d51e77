"""Visionsaussagen: `framework/vision.yaml`."""

from __future__ import annotations

from pydantic import Field

from schema.base import Record
from schema.scalars import FieldKey, Flag, Line, Prose, VisionId


class VisionStatement(Record):
    """Vision statement (Visionsaussage): what shall be true of the region at the end of the plan."""

    id: VisionId = Field(alias="id", title="Kennung", description="V und Nummer: V-2.")
    title: Line = Field(alias="titel", title="Visionsaussage", description="Zwei bis fünf Wörter.")
    claim: Line = Field(alias="leitsatz", title="Leitsatz", description="Ein Satz in der Gegenwart.")
    explanation: Prose = Field(alias="erlaeuterung", title="Erläuterung", description="Was gemeint ist (Markdown).")
    action_fields: tuple[FieldKey, ...] = Field(
        alias="handlungsfelder", title="Handlungsfelder", description="Felder, die dazu beitragen: [WIR, WIS]."
    )
    illustrative: Flag = Field(False, alias="beispiel", title="Beispiel", description="true für ein Muster.")
