"""The words that editors may use in chapters and statements: views, derived numbers, Randnummern of a sheet.

One table each; `resolve` checks calls against it, `derive` implements it, the handbook and the completions read it.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class View:
    """One view: what it shows, and whether `feld=` narrows it."""

    description: str
    by_field: bool = False


TABLES: dict[str, View] = {
    "uebersicht": View("Alle Maßnahmen mit Status, Federführung, Laufzeit und Kosten", by_field=True),
    "felder": View("Der Plan in Zahlen nach Handlungsfeld"),
    "leuchttuerme": View("Leuchtturmprojekte mit überregionaler Wirkung", by_field=True),
    "leuchttuerme-kurz": View("Die größten Leuchttürme: was geschieht und was es kostet", by_field=True),
    "massnahmen-kurz": View("Die übrigen Maßnahmen beim Namen, eine Zeile je Handlungsfeld"),
    "kosten-jahr": View("Kosten je Maßnahme und Jahr", by_field=True),
    "finanzierung-quelle-jahr": View("Geplante Mittel je Quelle und Jahr", by_field=True),
    "finanzierung-feld-quelle": View("Geplante Mittel je Handlungsfeld und Ebene"),
    "finanzierungssicherheit": View("Geplante, beantragte, bewilligte und offene Mittel", by_field=True),
    "finanzierungsquellen": View("Finanzierungsquellen mit Programm, Laufzeit, Höchstsatz und Hinweis"),
    "zeitplan": View("Laufzeiten, Meilensteine und Abhängigkeiten", by_field=True),
    "abhaengigkeiten": View("Wer auf wen wartet, ab wann, und ob die Termine passen", by_field=True),
    "zustaendigkeit": View("Maßnahme und Organisation: Federführung und Beteiligte", by_field=True),
    "raum": View("Maßnahme und Kreis", by_field=True),
    "raum-felder": View("Anzahl der Maßnahmen je Handlungsfeld und Kreis"),
    "reife": View("Umsetzungsreife nach Handlungsfeld", by_field=True),
    "zielbeitrag": View("Beitrag jeder Maßnahme zu jeder Visionsaussage", by_field=True),
    "wirkungslogik": View("Vom Befund über Vision und Handlungsfeld zur Maßnahme", by_field=True),
    "indikatoren": View("Indikatoren mit Ausgangs- und Zielwert", by_field=True),
    "risiken": View("Risiken mit Eintritt, Wirkung und Gegenmaßnahme", by_field=True),
    "beschlussbedarf": View("Was welches Gremium bis wann entscheiden muss", by_field=True),
    "beschlussbedarf-gremien": View(
        "Wie viel welches Gremium entscheiden muss, mit erster und letzter Frist", by_field=True
    ),
    "beschluesse": View("Beschlüsse der Gremien"),
    "beteiligung": View("Veranstaltungen der Beteiligung"),
    "beteiligung-kreise": View("Veranstaltungen, Beiträge und berührte Maßnahmen je Kreis"),
    "abwaegung": View("Beiträge und was aus ihnen wurde", by_field=True),
    "stellungnahmen": View("Stellungnahmen der Ressorts"),
    "leitsaetze": View("Leitsätze der Vision"),
    "befunde": View("Herausforderungen und Potenziale"),
    "organisationen": View("Organisationen mit Aufgabe und den Stellen, die sie nennen"),
    "kennzahlen": View("Kennzahlen mit Stichtag und Quelle"),
    "quellen": View("Quellenverzeichnis"),
    "glossar": View("Begriffe und Abkürzungen"),
    "abkuerzungen": View("Abkürzungen mit ihrer Bedeutung"),
    "aenderungen": View("Änderungshistorie"),
}
FIGURES: dict[str, View] = {
    "zeitplan": View("Laufzeiten, Meilensteine und Abhängigkeiten", by_field=True),
    "mittel-jahr": View("Geplante Mittel nach Jahr und Ebene", by_field=True),
    "mittel-quelle": View("Geplante Mittel nach Jahr und Quelle", by_field=True),
    "mittel-feld": View("Geplante Mittel nach Handlungsfeld und Ebene", by_field=True),
    "finanzierungssicherheit": View("Wie viel Geld geplant, beantragt, bewilligt und offen ist", by_field=True),
    "reife": View("Umsetzungsreife je Handlungsfeld", by_field=True),
    "zielbeitrag": View("Beitrag der Maßnahmen zu den Visionsaussagen, schattiert nach Stärke", by_field=True),
    "wirkungslogik": View("Vom Befund über Vision und Handlungsfeld zur Maßnahme, als Fluss", by_field=True),
    "abhaengigkeiten": View("Welche Maßnahme auf welche wartet, als Netz", by_field=True),
    "raum": View("Maßnahmen je Kreis, auf einer schematischen Karte", by_field=True),
    "beteiligung": View("Von der Veranstaltung über den Beitrag zur Maßnahme", by_field=True),
}
# What a div may call, by its class: the same name may be a table and a figure of the same matter.
VIEWS: dict[str, dict[str, View]] = {"tabelle": TABLES, "abbildung": FIGURES}

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
    "geplant": "Mittel, die nur geplant sind",
    "beantragt": "Beantragte Mittel",
    "bewilligt": "Bewilligte Mittel",
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
    "antragsreif": "Anzahl der Maßnahmen, deren Vorhaben antragsreif oder weiter ist",
    "kreisuebergreifend": "Anzahl der Maßnahmen in mehreren Kreisen",
    "abhaengigkeiten": "Anzahl der Abhängigkeiten zwischen Maßnahmen",
    "terminkonflikte": "Anzahl der Abhängigkeiten, deren Termine nicht passen",
    "massnahmen-beteiligung": "Anzahl der Maßnahmen, auf die sich Beiträge beziehen",
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
    "kreise": "Anzahl der Kreise und kreisfreien Städte",
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
    "finanzierungssicherheit": 32,
    "hauptindikator": 33,
    "naechster_schritt": 34,
}
