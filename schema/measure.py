"""Maßnahmen: one file a measure, `measures/<FIELD>/<ID>.yaml`."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import Field

from schema.base import Record, Term
from schema.scalars import (
    Day,
    DecisionId,
    FieldKey,
    Flag,
    FundingId,
    Level,
    Line,
    MeasureId,
    Money,
    MonthOfYear,
    Number,
    OrganisationId,
    Place,
    Prose,
    VisionId,
    Year,
)


class Status(Term):
    """How far a measure has come on its way to a decision; what each asks for stands in `schema.status`."""

    IDEA = "idee", "Idee", "Ideen"
    DRAFT = "entwurf", "Entwurf", "Entwürfe"
    AGREED = "abgestimmt", "abgestimmt"
    READY = "beschlussreif", "beschlussreif"
    DEFERRED = "zurueckgestellt", "zurückgestellt"


class Priority(Term):
    """Rank of a measure within the plan."""

    HIGH = "hoch", "hoch"
    MEDIUM = "mittel", "mittel"
    LOW = "niedrig", "niedrig"


class Maturity(Term):
    """How far the project itself has come (Umsetzungsreife)."""

    IDEA = "idee", "Idee", "Ideen"
    CONCEPT = "konzept", "Konzept", "Konzepte"
    FEASIBLE = "machbarkeit_geprueft", "Machbarkeit geprüft"
    APPLICABLE = "antragsreif", "antragsreif"
    GRANTED = "bewilligt", "bewilligt"
    RUNNING = "in_umsetzung", "in Umsetzung"


class Origin(Term):
    """How the measure came into the plan."""

    CALL = "aufruf", "Projektaufruf"
    WORKSHOP = "werkstatt", "Werkstatt"
    EXISTING = "bestand", "bestehendes Vorhaben"


class Certainty(Term):
    """How sure an amount of financing is. Planned money is never printed as committed money."""

    PLANNED = "geplant", "geplant"
    APPLIED = "beantragt", "beantragt"
    GRANTED = "bewilligt", "bewilligt"


class DependencyKind(Term):
    """How a measure hangs on another."""

    AFTER = "nach", "beginnt nach"
    PARALLEL = "parallel", "läuft parallel zu"


class IndicatorKind(Term):
    """What an indicator measures."""

    OUTPUT = "output", "Output"
    OUTCOME = "ergebnis", "Ergebnis"
    IMPACT = "wirkung", "Wirkung"


class Appraisal(Term):
    """State of the economic appraisal (Wirtschaftlichkeitsuntersuchung, § 7 SäHO)."""

    OPEN = "offen", "offen"
    DONE = "liegt_vor", "liegt vor"
    WAIVED = "entfaellt", "entfällt"


class Costs(Record):
    """Costs (Kosten): cents a year, investments and running costs apart."""

    capital: Mapping[Year, Money] = Field(
        {}, alias="investiv", title="Investiv", description="Investitionen je Jahr in vollen Euro: {2027: 900000}."
    )
    running: Mapping[Year, Money] = Field(
        {}, alias="laufend", title="Laufend", description="Laufende Kosten je Jahr in vollen Euro: {2027: 300000}."
    )


class Financing(Record):
    """Financing (Finanzierung): what one source gives a year, and how sure that is."""

    source: FundingId = Field(alias="quelle", title="Quelle", description="Kennung aus funding_sources.yaml: EFRE.")
    certainty: Certainty = Field(
        alias="sicherheit",
        title="Sicherheit",
        description="geplant, beantragt oder bewilligt; die letzten beiden mit aktenzeichen und datum.",
    )
    amounts: Mapping[Year, Money] = Field(
        alias="betraege", title="Beträge", description="Beträge je Jahr in vollen Euro: {2027: 600000}."
    )
    reference: Line | None = Field(
        None, alias="aktenzeichen", title="Aktenzeichen", description="Aktenzeichen des Antrags oder Bescheids."
    )
    dated: Day | None = Field(
        None, alias="datum", title="Datum", description="Tag des Antrags oder Bescheids: 2027-03-31."
    )


class Milestone(Record):
    """Milestone (Meilenstein): one checkable event within the term of the measure."""

    title: Line = Field(alias="titel", title="Meilenstein", description="Was dann erreicht ist, in wenigen Worten.")
    due: MonthOfYear = Field(alias="datum", title="Termin", description="Monat, in dem es erreicht ist: 2027-06.")
    responsible: OrganisationId = Field(
        alias="verantwortlich", title="Verantwortlich", description="Genau eine Organisation (Kennung)."
    )


class Reading(Record):
    """One value of an indicator in one year."""

    year: Year = Field(alias="jahr", title="Jahr", description="Jahr der Messung: 2026.")
    value: Number = Field(alias="wert", title="Wert", description="Gemessener oder angestrebter Wert: 25 oder 12,5.")


class Indicator(Record):
    """Indicator (Indikator): what is counted, from which base to which target."""

    name: Line = Field(alias="name", title="Indikator", description="Was gezählt oder gemessen wird.")
    unit: Line = Field(alias="einheit", title="Einheit", description="Einheit des Werts: Anzahl, t/a, %.")
    kind: IndicatorKind = Field(alias="art", title="Art", description="output, ergebnis oder wirkung.")
    base: Reading = Field(alias="basis", title="Ausgangswert", description="Ausgangswert: {jahr: 2026, wert: 0}.")
    target: Reading = Field(alias="ziel", title="Zielwert", description="Zielwert: {jahr: 2031, wert: 25}.")
    origin: Line = Field(alias="quelle", title="Erhebung", description="Woher der Wert kommt: Betreiberbericht.")


class Risk(Record):
    """Risk (Risiko): what can go wrong, how likely, how grave, and what is done about it."""

    text: Line = Field(alias="text", title="Risiko", description="Was schiefgehen kann, in einem Satz.")
    likelihood: Level = Field(alias="eintritt", title="Eintritt", description="Wahrscheinlichkeit: 1, 2 oder 3.")
    effect: Level = Field(alias="wirkung", title="Wirkung", description="Schwere der Folgen: 1, 2 oder 3.")
    remedy: Line = Field(alias="gegenmassnahme", title="Gegenmaßnahme", description="Was dagegen getan wird.")


class DecisionNeed(Record):
    """Decision that is still needed (Beschlussbedarf): which body decides what until when."""

    body: OrganisationId = Field(alias="gremium", title="Gremium", description="Wer entscheidet: Kabinett.")
    content: Line = Field(alias="inhalt", title="Inhalt", description="Worüber entschieden wird.")
    deadline: Day = Field(alias="frist", title="Frist", description="Bis wann: 2027-03-31.")


class Exclusion(Record):
    """Exclusion check (Ausschlussprüfung): every answer must be `false`, or the measure is no part of the plan."""

    single_firm: Flag = Field(
        alias="einzelbetrieb", title="Einzelbetrieb", description="Nützt nur einem einzelnen Betrieb?"
    )
    purely_local: Flag = Field(alias="rein_lokal", title="Rein lokal", description="Wirkt nur an einem Ort?")
    no_structural_effect: Flag = Field(
        alias="ohne_strukturwirkung", title="Ohne Strukturwirkung", description="Ohne Wirkung auf den Strukturwandel?"
    )
    covered_elsewhere: Flag = Field(
        alias="fachfoerderung_vorhanden",
        title="Fachförderung vorhanden",
        description="Deckt eine Fachförderrichtlinie das Vorhaben bereits ab?",
    )


class Dependency(Record):
    """Dependency (Abhängigkeit) on another measure."""

    measure: MeasureId = Field(alias="id", title="Maßnahme", description="Kennung der anderen Maßnahme: WIS-002.")
    kind: DependencyKind = Field(alias="art", title="Art", description="nach (beginnt nach deren Ende) oder parallel.")


class Internal(Record):
    """Internal notes (intern): they never leave the internal edition."""

    note: Prose = Field(alias="notiz", title="Interne Notiz", description="Nur in der internen Ausgabe.")


class Measure(Record):
    """Measure (Maßnahme): one project of the plan, from an idea to a text ready for decision."""

    id: MeasureId = Field(
        alias="id",
        title="Kennung",
        description="Schlüssel des Handlungsfelds und Nummer; gleich dem Dateinamen: WIR-004.",
    )
    title: Line = Field(alias="titel", title="Titel", description="Kurzer, sprechender Titel der Maßnahme.")
    field: FieldKey = Field(
        alias="handlungsfeld",
        title="Handlungsfeld",
        description="Schlüssel des Handlungsfelds: WIR, WIS, INF, BIL, DAS.",
    )
    status: Status = Field(
        alias="status",
        title="Status",
        description="idee, entwurf, abgestimmt, beschlussreif oder zurueckgestellt; jeder verlangt mehr Angaben.",
    )
    illustrative: Flag = Field(
        False, alias="beispiel", title="Beispiel", description="true, wenn die Maßnahme nur ein Muster ist."
    )
    summary: Line | None = Field(
        None,
        alias="kurzbeschreibung",
        title="Kurzbeschreibung",
        description="Zwei Sätze: was geschieht und wem es nützt.",
    )
    # --- from entwurf on
    situation: Prose | None = Field(
        None,
        alias="ausgangslage",
        title="Ausgangslage",
        description="Welche Lage in der Region Anlass gibt (Markdown).",
    )
    goal: Prose | None = Field(None, alias="ziel", title="Ziel", description="Was erreicht werden soll (Markdown).")
    implementation: Prose | None = Field(
        None, alias="umsetzung", title="Umsetzung", description="Was in welcher Reihenfolge getan wird (Markdown)."
    )
    vision: Mapping[VisionId, Level] = Field(
        {},
        alias="vision",
        title="Beitrag zur Vision",
        description="Visionsaussage und Beitrag 1 bis 3: {V-2: 3, V-4: 2}.",
    )
    priority: Priority | None = Field(
        None, alias="prioritaet", title="Priorität", description="hoch, mittel oder niedrig."
    )
    maturity: Maturity | None = Field(
        None,
        alias="reife",
        title="Umsetzungsreife",
        description="idee, konzept, machbarkeit_geprueft, antragsreif, bewilligt oder in_umsetzung.",
    )
    origin: Origin | None = Field(
        None, alias="herkunft", title="Herkunft", description="aufruf, werkstatt oder bestand."
    )
    lead: OrganisationId | None = Field(
        None, alias="federfuehrung", title="Federführung", description="Wer die Maßnahme verantwortet: lk-zwickau."
    )
    places: tuple[Place, ...] = Field(
        (), alias="raum", title="Raum", description="Gemeindeschlüssel (AGS), 5 Ziffern ein Kreis, 8 eine Gemeinde."
    )
    places_reason: Line | None = Field(
        None,
        alias="raum_begruendung",
        title="Begründung des Raums",
        description="Warum ein Leuchtturm mit nur einem Kreis überregional wirkt.",
    )
    lighthouse: Flag = Field(
        False, alias="leuchtturm", title="Leuchtturm", description="true für ein Leuchtturmprojekt."
    )
    supraregional_effect: Line | None = Field(
        None,
        alias="ueberregionale_wirkung",
        title="Überregionale Wirkung",
        description="Wie die Maßnahme über die Region hinaus wirkt; Pflicht für Leuchttürme.",
    )
    # --- from abgestimmt on
    begin: MonthOfYear | None = Field(None, alias="beginn", title="Beginn", description="Erster Monat: 2027-03.")
    end: MonthOfYear | None = Field(None, alias="ende", title="Ende", description="Letzter Monat: 2031-12.")
    partners: tuple[OrganisationId, ...] = Field(
        (), alias="beteiligte", title="Beteiligte", description="Kennungen der beteiligten Organisationen."
    )
    costs: Costs | None = Field(
        None, alias="kosten", title="Kosten", description="Kosten je Jahr: investiv und laufend, in vollen Euro."
    )
    financing: tuple[Financing, ...] = Field(
        (),
        alias="finanzierung",
        title="Finanzierung",
        description="Je Quelle ein Eintrag; die Lücke zu den Kosten wird berechnet.",
    )
    follow_up_costs: Money | None = Field(
        None, alias="folgekosten", title="Folgekosten", description="Euro im Jahr nach dem Ende; auch 0 ist anzugeben."
    )
    milestones: tuple[Milestone, ...] = Field(
        (), alias="meilensteine", title="Meilensteine", description="Prüfbare Ereignisse innerhalb der Laufzeit."
    )
    indicators: tuple[Indicator, ...] = Field(
        (), alias="indikatoren", title="Indikatoren", description="Woran der Erfolg gemessen wird."
    )
    decisions: tuple[DecisionId, ...] = Field(
        (), alias="beschluss", title="Beschlüsse", description="Beschlüsse, die den Status tragen: [BS-2026-05]."
    )
    # --- for beschlussreif
    risks: tuple[Risk, ...] = Field(
        (), alias="risiken", title="Risiken", description="Risiken mit Eintritt, Wirkung und Gegenmaßnahme."
    )
    decision_needs: tuple[DecisionNeed, ...] = Field(
        (),
        alias="beschlussbedarf",
        title="Beschlussbedarf",
        description="Welches Gremium was bis wann entscheiden muss.",
    )
    exclusion: Exclusion | None = Field(
        None,
        alias="ausschlusspruefung",
        title="Ausschlussprüfung",
        description="Vier Fragen, alle mit false zu beantworten.",
    )
    appraisal: Appraisal | None = Field(
        None, alias="wirtschaftlichkeit", title="Wirtschaftlichkeit", description="offen, liegt_vor oder entfaellt."
    )
    # --- at any time
    target_groups: tuple[Line, ...] = Field(
        (), alias="zielgruppen", title="Zielgruppen", description="Wem die Maßnahme nützt."
    )
    depends_on: tuple[Dependency, ...] = Field(
        (), alias="abhaengig_von", title="Abhängig von", description="Andere Maßnahmen: [{id: WIS-002, art: nach}]."
    )
    related: tuple[MeasureId, ...] = Field(
        (), alias="querbezuege", title="Querbezüge", description="Verwandte Maßnahmen: [INF-001]."
    )
    former_ids: tuple[str, ...] = Field(
        (), alias="frueher", title="Frühere Kennungen", description="Kennungen, die diese Maßnahme früher trug."
    )
    replaced_by: MeasureId | None = Field(
        None, alias="ersetzt_durch", title="Ersetzt durch", description="Maßnahme, in der diese aufgegangen ist."
    )
    internal: Internal | None = Field(
        None, alias="intern", title="Intern", description="Interne Notizen; nur in der internen Ausgabe."
    )
