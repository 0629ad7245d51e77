"""Handlungsfelder: `framework/action_fields.yaml`; their order there is the official order."""

from __future__ import annotations

from pydantic import Field

from schema.base import Record
from schema.scalars import Colour, FieldKey, Flag, Line, Prose


class ActionField(Record):
    """Action field (Handlungsfeld): one of the fields that the plan works in."""

    id: FieldKey = Field(alias="id", title="Schlüssel", description="Drei Großbuchstaben: WIR.")
    title: Line = Field(alias="titel", title="Handlungsfeld", description="Amtlicher Name des Handlungsfelds.")
    colour: Colour = Field(alias="farbe", title="Farbe", description='Kennfarbe: "#1f5fa8".')
    question: Line = Field(alias="leitfrage", title="Leitfrage", description="Die Frage, auf die das Feld antwortet.")
    description: Prose = Field(alias="beschreibung", title="Beschreibung", description="Worum es geht (Markdown).")
    goals: tuple[Line, ...] = Field(alias="ziele", title="Ziele", description="Drei bis fünf Ziele, je ein Satz.")
    delimitation: Prose | None = Field(
        None, alias="abgrenzung", title="Abgrenzung", description="Was nicht hierher gehört (Markdown)."
    )
    illustrative: Flag = Field(False, alias="beispiel", title="Beispiel", description="true für ein Muster.")
