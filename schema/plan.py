"""The plan as a whole: `framework/plan.yaml`."""

from __future__ import annotations

from pydantic import Field

from schema.base import Record
from schema.scalars import Count, Day, Flag, Line, MonthOfYear, OrganisationId, Prose, SourceId, Version


class Period(Record):
    """Period (Zeitraum): first and last month, both included."""

    begin: MonthOfYear = Field(alias="beginn", title="Beginn", description="Erster Monat: 2027-01.")
    end: MonthOfYear = Field(alias="ende", title="Ende", description="Letzter Monat: 2036-12.")


class Horizons(Record):
    """Horizons (Zeithorizonte): up to how many years a measure counts as short or medium term."""

    short: Count = Field(3, alias="kurz", title="kurzfristig", description="Bis zu so vielen Jahren: 3.")
    medium: Count = Field(7, alias="mittel", title="mittelfristig", description="Bis zu so vielen Jahren: 7.")


class FundingNotice(Record):
    """Funding notice (Förderhinweis): the statutory wording and where it stands."""

    text: Line = Field(alias="text", title="Wortlaut", description="Vorgeschriebener Wortlaut des Hinweises.")
    source: SourceId = Field(alias="quelle", title="Rechtsgrundlage", description="Kennung aus sources.yaml.")


class Recipients(Record):
    """Recipients (Empfänger): who an edition is for, where it is not for all addressees of the plan."""

    internal: Line | None = Field(None, alias="intern", title="Intern", description="Empfänger der internen Ausgabe.")
    departments: Line | None = Field(
        None, alias="ressort", title="Ressort", description="Empfänger der Ressortausgabe."
    )
    cabinet: Line | None = Field(None, alias="kabinett", title="Kabinett", description="Sächsische Staatsregierung.")
    public: Line | None = Field(
        None, alias="oeffentlich", title="Öffentlich", description="Empfänger der Ausgabe für alle."
    )

    def of(self, edition: str) -> str:
        """Return the recipient of the edition with this name, empty where none is named; KeyError for no edition."""
        names = {str(field.alias): name for name, field in type(self).model_fields.items()}
        return str(getattr(self, names[edition]) or "")


class Change(Record):
    """One line of the history of changes (Änderungshistorie)."""

    day: Day = Field(alias="datum", title="Datum", description="Tag der Fassung: 2026-11-20.")
    version: Version = Field(alias="version", title="Version", description="Versionsnummer: 0.1.0.")
    status: Line = Field(alias="status", title="Status", description="Kennzeichnung der Fassung.")
    changes: Line = Field(alias="aenderungen", title="Änderungen", description="Was sich geändert hat, in einem Satz.")


class Plan(Record):
    """Plan (Masterplan): title, addressees, period and what stands in the imprint."""

    title: Line = Field(alias="titel", title="Titel", description="Titel des Plans.")
    document: Line = Field(alias="dokument", title="Dokument", description="Name des Dokuments: Umsetzungskonzept.")
    subtitle: Line = Field(alias="untertitel", title="Untertitel", description="Untertitel für das Deckblatt.")
    version: Version = Field(alias="version", title="Version", description="Versionsnummer des Plans: 0.1.0.")
    publisher: OrganisationId = Field(alias="herausgeber", title="Herausgeber", description="Wer den Plan herausgibt.")
    editor: OrganisationId = Field(alias="redaktion", title="Redaktion", description="Wer den Plan bearbeitet.")
    addressees: tuple[OrganisationId, ...] = Field(
        alias="adressaten", title="Adressaten", description="An wen sich der Plan richtet."
    )
    recipients: Recipients = Field(
        default_factory=lambda: Recipients.model_validate({}),
        alias="empfaenger",
        title="Empfänger",
        description="Für wen eine Ausgabe ist, für das Deckblatt: {kabinett: Sächsische Staatsregierung}.",
    )
    period: Period = Field(alias="zeitraum", title="Zeitraum", description="Zeitraum, in dem Maßnahmen laufen dürfen.")
    horizons: Horizons = Field(
        default_factory=lambda: Horizons.model_validate({}),
        alias="horizonte",
        title="Zeithorizonte",
        description="Grenzen für kurz- und mittelfristig, in Jahren.",
    )
    aliases: tuple[Line, ...] = Field(
        (), alias="vermeiden", title="Zu vermeidende Namen", description="Namen des Plans, die nicht zu verwenden sind."
    )
    illustrative: Flag = Field(
        False, alias="beispiel", title="Beispiel", description="true, wenn der Plan ein Muster ist."
    )
    illustrative_notice: Line | None = Field(
        None, alias="beispielhinweis", title="Beispielhinweis", description="Satz für Deckblatt und Impressum."
    )
    funding_notice: FundingNotice | None = Field(
        None, alias="foerderhinweis", title="Förderhinweis", description="Vorgeschriebener Hinweis auf die Förderung."
    )
    imprint: Prose | None = Field(
        None, alias="impressum", title="Impressum", description="Text des Impressums (Markdown)."
    )
    history: tuple[Change, ...] = Field(
        (), alias="aenderungen", title="Änderungshistorie", description="Je Fassung ein Eintrag, die neueste zuletzt."
    )
