"""Veranstaltungen der Beteiligung mit ihren Beiträgen: `participation/<ID>.yaml`."""

from __future__ import annotations

from pydantic import Field

from schema.base import Record, Term
from schema.scalars import ContributionId, Count, Day, Flag, Line, MeasureId, Place


class EventFormat(Term):
    """Form of an event."""

    WORKSHOP = "werkstatt", "Werkstatt"
    FUTURE_WORKSHOP = "zukunftswerkstatt", "Zukunftswerkstatt"
    FORUM = "stadtforum", "Stadtforum"
    ONLINE = "online", "Online-Beteiligung"


class Outcome(Term):
    """What became of a contribution."""

    ADOPTED = "beruecksichtigt", "berücksichtigt"
    PARTLY = "teilweise_beruecksichtigt", "teilweise berücksichtigt"
    REJECTED = "nicht_beruecksichtigt", "nicht berücksichtigt"
    NOTED = "zur_kenntnis_genommen", "zur Kenntnis genommen"


class Contribution(Record):
    """Contribution (Beitrag): what a group said, and what the plan made of it. Groups, never persons."""

    id: ContributionId = Field(alias="id", title="Kennung", description="B und Nummer: B-07.")
    group: Line = Field(alias="gruppe", title="Gruppe", description="Welche Gruppe, nie eine Person.")
    statement: Line = Field(
        alias="kernaussage", title="Kernaussage", description="Was gesagt wurde, ein bis zwei Sätze."
    )
    outcome: Outcome | None = Field(
        None,
        alias="ergebnis",
        title="Ergebnis",
        description="beruecksichtigt, teilweise_beruecksichtigt, nicht_beruecksichtigt oder zur_kenntnis_genommen.",
    )
    reason: Line | None = Field(
        None, alias="begruendung", title="Begründung", description="Warum so entschieden wurde."
    )
    measures: tuple[MeasureId, ...] = Field(
        (), alias="massnahmen", title="Maßnahmen", description="Maßnahmen, die den Beitrag aufnehmen: [WIR-004]."
    )


class Event(Record):
    """Event (Veranstaltung): one meeting of the public participation."""

    title: Line = Field(alias="titel", title="Veranstaltung", description="Name der Veranstaltung.")
    day: Day = Field(alias="datum", title="Datum", description="Tag: 2026-02-18.")
    town: Line = Field(alias="ort", title="Ort", description="Stadt oder Gemeinde.")
    district: Place = Field(alias="kreis", title="Kreis", description="AGS des Kreises: 14523.")
    format: EventFormat = Field(
        alias="format", title="Format", description="werkstatt, zukunftswerkstatt, stadtforum, online."
    )
    attendance: Count = Field(alias="teilnehmende", title="Teilnehmende", description="Zahl der Teilnehmenden.")
    illustrative: Flag = Field(False, alias="beispiel", title="Beispiel", description="true für ein Muster.")
    contributions: tuple[Contribution, ...] = Field(
        (), alias="beitraege", title="Beiträge", description="Liste der Beiträge."
    )
