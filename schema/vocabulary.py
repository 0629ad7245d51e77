"""The words that editors may use in chapters and statements: views, derived numbers, Randnummern of a sheet.

One table each; `resolve` checks calls against it, `derive` implements it, the handbook and the completions read it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class View:
    """One view: `kind` tells the div's class, `by_field` whether `feld=` narrows it."""

    kind: Literal["tabelle", "abbildung"]
    description: str
    by_field: bool = False


VIEWS: dict[str, View] = {
    "uebersicht": View("tabelle", "Alle Maßnahmen mit Status, Federführung, Laufzeit und Kosten", by_field=True),
    "felder": View("tabelle", "Der Plan in Zahlen nach Handlungsfeld"),
    "leuchttuerme": View("tabelle", "Leuchtturmprojekte mit überregionaler Wirkung", by_field=True),
    "kosten-jahr": View("tabelle", "Kosten je Maßnahme und Jahr", by_field=True),
    "finanzierung-quelle-jahr": View("tabelle", "Geplante Mittel je Quelle und Jahr", by_field=True),
    "finanzierung-feld-quelle": View("tabelle", "Geplante Mittel je Handlungsfeld und Ebene"),
    "zeitplan": View("abbildung", "Laufzeiten, Meilensteine und Abhängigkeiten", by_field=True),
    "mittel-jahr": View("abbildung", "Geplante Mittel nach Jahr und Ebene", by_field=True),
    "zustaendigkeit": View("tabelle", "Maßnahme und Organisation: Federführung und Beteiligte", by_field=True),
    "zielbeitrag": View("tabelle", "Beitrag jeder Maßnahme zu jeder Visionsaussage", by_field=True),
    "indikatoren": View("tabelle", "Indikatoren mit Ausgangs- und Zielwert", by_field=True),
    "risiken": View("tabelle", "Risiken mit Eintritt, Wirkung und Gegenmaßnahme", by_field=True),
    "beschlussbedarf": View("tabelle", "Was welches Gremium bis wann entscheiden muss", by_field=True),
    "beteiligung": View("tabelle", "Veranstaltungen der Beteiligung"),
    "abwaegung": View("tabelle", "Beiträge und was aus ihnen wurde"),
    "stellungnahmen": View("tabelle", "Stellungnahmen der Ressorts"),
    "befunde": View("tabelle", "Herausforderungen und Potenziale"),
    "beschluesse": View("tabelle", "Beschlüsse der Gremien"),
    "organisationen": View("tabelle", "Organisationen mit Aufgabe und Federführungen"),
    "kennzahlen": View("tabelle", "Kennzahlen mit Stichtag und Quelle"),
    "quellen": View("tabelle", "Quellenverzeichnis"),
    "glossar": View("tabelle", "Begriffe und Abkürzungen"),
    "aenderungen": View("tabelle", "Änderungshistorie"),
}

# Numbers that depend on the measures; each may be narrowed to a field: @zahl-kosten:WIR.
NUMBERS_BY_FIELD: dict[str, str] = {
    "massnahmen": "Anzahl der Maßnahmen",
    "leuchttuerme": "Anzahl der Leuchttürme",
    "beschlussreif": "Anzahl der beschlussreifen Maßnahmen",
    "abgestimmt": "Anzahl der abgestimmten Maßnahmen",
    "kosten": "Summe der Kosten",
    "investiv": "Summe der investiven Kosten",
    "laufend": "Summe der laufenden Kosten",
    "finanzierung": "Summe der geplanten Mittel",
    "offen": "Kosten ohne geplante Mittel",
    "folgekosten": "Folgekosten im Jahr",
    "eu": "Geplante Mittel der EU",
    "bund": "Geplante Mittel des Bundes",
    "land": "Geplante Mittel des Landes",
    "kommunen": "Geplante Mittel der Kommunen",
    "privat": "Geplante private Mittel",
    "beschlussbedarfe": "Anzahl der nötigen Beschlüsse",
    "meilensteine": "Anzahl der Meilensteine",
    "indikatoren": "Anzahl der Indikatoren",
    "risiken": "Anzahl der Risiken",
}
NUMBERS: dict[str, str] = {
    "handlungsfelder": "Anzahl der Handlungsfelder",
    "visionsaussagen": "Anzahl der Visionsaussagen",
    "befunde": "Anzahl der Befunde",
    "herausforderungen": "Anzahl der Herausforderungen",
    "potenziale": "Anzahl der Potenziale",
    "veranstaltungen": "Anzahl der Veranstaltungen",
    "teilnehmende": "Summe der Teilnehmenden",
    "beitraege": "Anzahl der Beiträge",
    "beitraege-beruecksichtigt": "Anzahl der ganz oder teilweise berücksichtigten Beiträge",
    "organisationen": "Anzahl der Organisationen",
    "beginn": "Erstes Jahr des Plans",
    "ende": "Letztes Jahr des Plans",
}

# Divs that print records in a chapter: class → the kind of record.
LISTINGS: dict[str, str] = {
    "visionsaussagen": "vision",
    "handlungsfelder": "action_field",
    "massnahmen": "measure",
    "pruefbericht": "report",
    "offene-punkte": "report",
    "maengelliste": "report",
}

EDITION_NAMES = ("intern", "ressort", "kabinett", "oeffentlich")

# The Randnummer of each label of a sheet: never renumber, only append. Ministries cite `WIR-004/3` across versions.
SHEET_LABELS: dict[str, int] = {
    "kurzbeschreibung": 1,
    "federfuehrung": 2,
    "ausgangslage": 3,
    "ziel": 4,
    "umsetzung": 5,
    "beteiligte": 6,
    "raum": 7,
    "laufzeit": 8,
    "prioritaet": 9,
    "reife": 10,
    "vision": 11,
    "kosten": 12,
    "folgekosten": 13,
    "meilensteine": 14,
    "indikatoren": 15,
    "risiken": 16,
    "beschlussbedarf": 17,
    "ueberregionale_wirkung": 18,
    "zielgruppen": 19,
    "abhaengig_von": 20,
    "beteiligung": 21,
    "beschluss": 22,
    "herkunft": 23,
    "ausschlusspruefung": 24,
    "wirtschaftlichkeit": 25,
    "querbezuege": 26,
    "intern": 27,
    "raum_begruendung": 28,
    "ersetzt_durch": 29,
    "frueher": 30,
    "mittel": 31,
}
