"""Befunde (Herausforderungen und Potenziale): `framework/findings.yaml`."""

from __future__ import annotations

from pydantic import Field

from schema.base import Record, Term
from schema.scalars import FindingId, Flag, Line, Prose, VisionId


class FindingKind(Term):
    """Whether a finding is a challenge or a potential."""

    CHALLENGE = "herausforderung", "Herausforderung"
    POTENTIAL = "potenzial", "Potenzial"


class Finding(Record):
    """Finding (Befund): what the analysis of the region found, and which vision statement answers it."""

    id: FindingId = Field(alias="id", title="Kennung", description="BF und Nummer: BF-3.")
    kind: FindingKind = Field(alias="art", title="Art", description="herausforderung oder potenzial.")
    title: Line = Field(alias="titel", title="Befund", description="Der Befund in wenigen Wörtern.")
    text: Prose = Field(alias="text", title="Beschreibung", description="Ein Absatz (Markdown); Zahlen als @fakt-….")
    vision: tuple[VisionId, ...] = Field(
        alias="vision", title="Antwort der Vision", description="Visionsaussagen, die darauf antworten: [V-1]."
    )
    illustrative: Flag = Field(False, alias="beispiel", title="Beispiel", description="true für ein Muster.")
