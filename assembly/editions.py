"""Editions: which measures print and count, and which parts and keys there are. An allow-list, and the only one.

`CONTENTS` says which keys and calls make up a part, `EDITIONS` which parts an edition has. `select` takes whatever is
not listed there out of the plan, so that `derive` and `compose` never see it: a new key, view or listing prints nowhere
until it stands here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from assembly.excerpt import Keys, excerpt
from assembly.plan import Chapter, Plan
from assembly.records import Broken
from assembly.sources import TreePath
from schema.kinds import KINDS
from schema.measure import Measure, Status


class Part(StrEnum):
    """A part of the book that some editions have and others must not; the value is what the handbook calls it."""

    HEAD = "Titel, Impressum, Änderungshistorie"
    FRAMEWORK = "Vision, Handlungsfelder, Befunde"
    SHEETS = "Steckbriefe und Übersichten"
    MONEY = "Kosten und Finanzierung"
    DECISIONS = "Beschlüsse und Beschlussbedarf"
    PARTICIPATION = "Beteiligung und Abwägung"
    REGISTERS = "Organisationen, Kennzahlen, Quellen, Glossar"
    READY_LINE = "Summe „davon beschlussreif“"
    STATUS_LINES = "Summe je Status"
    IDEAS = "Liste der Ideen"
    STATEMENTS = "Stellungnahmen der Ressorts"
    REPORT = "Prüfbericht"
    OPEN_POINTS = "Offene Punkte"
    DEFECTS = "Mängelliste"
    INTERNAL_NOTES = "Interne Notizen"


@dataclass(frozen=True, slots=True)
class Contents:
    """What a part is made of: the keys of records (by kind or part of a record), and the views and listings."""

    keys: Mapping[str, str]
    calls: str = ""


CONTENTS: Mapping[Part, Contents] = {
    Part.HEAD: Contents(
        {
            "plan": "titel dokument untertitel version herausgeber redaktion adressaten empfaenger zeitraum horizonte"
            " beispiel beispielhinweis foerderhinweis impressum aenderungen",
            "plan.zeitraum": "beginn ende",
            "plan.horizonte": "kurz mittel",
            "plan.foerderhinweis": "text",
            "plan.aenderungen": "datum version status aenderungen",
        },
        "aenderungen",
    ),
    Part.FRAMEWORK: Contents(
        {
            "action_field": "id titel farbe leitfrage beschreibung ziele abgrenzung",
            "vision": "id titel leitsatz erlaeuterung handlungsfelder",
            "finding": "id art titel text vision",
            "district": "ags name kurz art",
        },
        "visionsaussagen leitsaetze handlungsfelder befunde felder",
    ),
    Part.SHEETS: Contents(
        {
            "measure": "id titel handlungsfeld status beispiel kurzbeschreibung ausgangslage ziel umsetzung vision"
            " prioritaet reife herkunft federfuehrung raum raum_begruendung leuchtturm ueberregionale_wirkung beginn"
            " ende beteiligte meilensteine indikatoren risiken ausschlusspruefung wirtschaftlichkeit zielgruppen"
            " abhaengig_von querbezuege frueher ersetzt_durch",
            "measure.meilensteine": "titel datum verantwortlich",
            "measure.indikatoren": "name einheit art basis ziel quelle",
            "measure.indikatoren.basis": "jahr wert",
            "measure.indikatoren.ziel": "jahr wert",
            "measure.risiken": "text eintritt wirkung gegenmassnahme",
            "measure.ausschlusspruefung": "einzelbetrieb rein_lokal ohne_strukturwirkung fachfoerderung_vorhanden",
            "measure.abhaengig_von": "id art",
        },
        "massnahmen uebersicht leuchttuerme leuchttuerme-kurz massnahmen-kurz zeitplan abhaengigkeiten zustaendigkeit"
        " raum raum-felder reife zielbeitrag wirkungslogik indikatoren risiken",
    ),
    Part.MONEY: Contents(
        {
            "measure": "kosten finanzierung folgekosten",
            "measure.kosten": "investiv laufend",
            "measure.finanzierung": "quelle sicherheit betraege",
            "funding_source": "id name kurz ebene mitfinanziert programm raum laufzeit satz_max hinweis",
            "funding_source.laufzeit": "beginn ende",
        },
        "finanzierungsquellen kosten-jahr finanzierung-quelle-jahr finanzierung-feld-quelle finanzierungssicherheit"
        " mittel-jahr mittel-quelle mittel-feld",
    ),
    Part.DECISIONS: Contents(
        {
            "measure": "beschluss beschlussbedarf",
            "measure.beschlussbedarf": "gremium inhalt frist",
            "decision": "id gremium datum gegenstand ergebnis beispiel",
        },
        "beschluesse beschlussbedarf beschlussbedarf-gremien",
    ),
    Part.PARTICIPATION: Contents(
        {
            "event": "titel datum ort kreis format teilnehmende beispiel beitraege",
            "event.beitraege": "id gruppe kernaussage ergebnis begruendung massnahmen",
        },
        "beteiligung beteiligung-kreise abwaegung",
    ),
    Part.REGISTERS: Contents(
        {
            "organisation": "id name kurz art aufgabe",
            "fact": "id name wert einheit zusatz stichtag quelle hinweis",
            "source": "id titel herausgeber datum fundstelle hinweis",
            "glossary": "begriff kurz erklaerung",
        },
        "organisationen kennzahlen quellen glossar abkuerzungen",
    ),
    Part.READY_LINE: Contents({}),
    Part.STATUS_LINES: Contents({}),
    Part.IDEAS: Contents({"idea": "id titel handlungsfeld status"}),
    Part.STATEMENTS: Contents(
        {
            "statement": "ressort version frist stand beispiel punkte",
            "statement.punkte": "bezug text vorschlag bewertung ergebnis begruendung",
        },
        "stellungnahmen",
    ),
    Part.REPORT: Contents({}, "pruefbericht"),
    Part.OPEN_POINTS: Contents({}, "offene-punkte"),
    Part.DEFECTS: Contents({}, "maengelliste"),
    Part.INTERNAL_NOTES: Contents({"measure": "intern", "measure.intern": "notiz"}),
}

_FOR_ALL = frozenset(
    {
        Part.HEAD,
        Part.FRAMEWORK,
        Part.SHEETS,
        Part.MONEY,
        Part.DECISIONS,
        Part.PARTICIPATION,
        Part.REGISTERS,
    }
)
_FROM_AGREED = frozenset({Status.AGREED, Status.READY})
_FROM_DRAFT = _FROM_AGREED | {Status.DRAFT}


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition: `label` prints on the cover; `sheets` says which measures print in full and count in
    every total; `parts` what else there is."""

    name: str
    label: str
    sheets: frozenset[Status]
    parts: frozenset[Part]

    @property
    def keys(self) -> Keys:
        """The keys that it prints."""
        return _keys(self.parts, self.name)

    @property
    def calls(self) -> frozenset[str]:
        """The views and listings that it prints."""
        return frozenset(name for part in self.parts for name in CONTENTS[part].calls.split())


@cache
def _keys(parts: frozenset[Part], edition: str) -> Keys:
    listed: dict[str, set[str]] = {"plan.empfaenger": {edition}}  # whom else the plan goes to is nobody's business
    for part in parts:
        for place, names in CONTENTS[part].keys.items():
            listed.setdefault(place, set()).update(names.split())
    return Keys({place: frozenset(names) for place, names in listed.items()})


EDITIONS: Mapping[str, Edition] = {
    edition.name: edition
    for edition in (
        Edition(
            "intern",
            "Interne Ausgabe",
            frozenset(Status),
            _FOR_ALL | {Part.STATUS_LINES, Part.STATEMENTS, Part.REPORT, Part.OPEN_POINTS, Part.DEFECTS}
            | {Part.INTERNAL_NOTES},
        ),
        Edition(
            "ressort",
            "Ausgabe für die Ressortabstimmung",
            _FROM_DRAFT,
            _FOR_ALL | {Part.READY_LINE, Part.IDEAS, Part.STATEMENTS, Part.REPORT, Part.OPEN_POINTS},
        ),
        Edition(
            "kabinett",
            "Ausgabe für das Kabinett",
            _FROM_AGREED,
            _FOR_ALL | {Part.READY_LINE, Part.STATEMENTS},
        ),
        Edition("oeffentlich", "Veröffentlichte Ausgabe", _FROM_AGREED, _FOR_ALL | {Part.READY_LINE}),
    )
}  # fmt: skip

DRAFT_MARKING = "Entwurf – nicht zur Veröffentlichung"


@dataclass(frozen=True, slots=True)
class Selection:
    """What one edition prints of a plan: `plan` holds nothing else, `measures` have a sheet and count in all totals.

    `kinds` gives the kind of the records in each file that something is printed of.
    """

    plan: Plan
    edition: Edition
    measures: tuple[Measure, ...]
    ideas: tuple[Measure, ...]
    kinds: Mapping[str, str]

    def has(self, part: Part) -> bool:
        """Tell whether the edition has this part."""
        return part in self.edition.parts

    def may_print(self, called: str) -> bool:
        """Tell whether the edition prints this view or listing."""
        return called in self.edition.calls

    def shows_broken(self, broken: Broken) -> bool:
        """Tell whether a draft shows this faulty record: only where the edition would print a sound one."""
        return _shows_broken(self.edition, broken)

    def shows_finding(self, file: str, path: TreePath) -> bool:
        """Tell whether a finding at this place may be printed: its message quotes what stands there.

        The list of defects shows all; elsewhere the place must be a printed key of a printed record, or a printed
        chapter.
        """
        if self.has(Part.DEFECTS) or any(chapter.file == file for chapter in self.plan.chapters):
            return True
        kind = self.kinds.get(file, "")
        if kind not in self.edition.keys:
            return False
        return self.edition.keys.allow(kind, path[1:] if KINDS[kind].many else path)

    def in_field(self, field: str) -> tuple[Measure, ...]:
        """Return the measures of the field; of all fields where `field` is empty."""
        return tuple(measure for measure in self.measures if not field or measure.field == field)

    def prints(self, measure_id: str) -> bool:
        """Tell whether the measure has a sheet here."""
        return measure_id in self.plan.measures


def select(plan: Plan, edition: Edition) -> Selection:
    """Return what the edition prints of the plan."""

    def prints_chapter(chapter: Chapter) -> bool:
        allowed = chapter.attributes.get("ausgabe")
        return allowed is None or edition.name in allowed.split()

    printed = excerpt(
        plan,
        edition.keys,
        prints_measure=lambda measure: measure.status in edition.sheets,
        prints_chapter=prints_chapter,
        shows_broken=lambda broken: _shows_broken(edition, broken),
    )
    ideas = [measure for measure in plan.measures.values() if measure.status is Status.IDEA]
    listed = tuple(edition.keys.of(idea, "idea") for idea in ideas) if Part.IDEAS in edition.parts else ()
    kinds = {entry.file: kind for kind, found in printed.records.entries.items() for entry in found.values()}
    kinds |= {broken.file: broken.kind for broken in printed.broken}
    return Selection(printed, edition, tuple(printed.measures.values()), listed, kinds)


def _shows_broken(edition: Edition, broken: Broken) -> bool:
    if broken.kind != "measure":
        return broken.kind in edition.keys
    return edition.sheets == frozenset(Status) or broken.status in edition.sheets
