"""Glossar: `framework/glossary.yaml`."""

from __future__ import annotations

from pydantic import Field

from schema.base import Record
from schema.scalars import Line


class GlossaryTerm(Record):
    """Glossary term (Begriff): a word or an abbreviation, explained."""

    term: Line = Field(alias="begriff", title="Begriff", description="Das Wort, ausgeschrieben.")
    short: Line | None = Field(None, alias="kurz", title="Abkürzung", description="Abkürzung, wo es eine gibt: EFRE.")
    explanation: Line = Field(alias="erklaerung", title="Erklärung", description="Ein bis zwei Sätze.")
