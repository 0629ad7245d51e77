"""Scalars: every scalar arrives as the text that was typed and is given its type here.

Nothing is guessed: `no` stays a word, `010` is no number, and a number that German and English readers understand
differently (`1.250`) is refused with a question. Faults are raised as `PydanticCustomError` with a stable type and
a German message; the hint how to mend it travels in the context as `hilfe`.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, NamedTuple, NoReturn

from pydantic import AfterValidator, PlainValidator, StringConstraints
from pydantic_core import PydanticCustomError

from schema.base import Markdown, PlainText, Reference

_SPACES = re.compile("[\\s\u00a0\u202f]+")


class Month(NamedTuple):
    """A calendar month; compares in order of time."""

    year: int
    month: int

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"


class PartialDate(NamedTuple):
    """A day, a month (`day` is 0) or a year (`month` and `day` are 0): the Stichtag of a figure."""

    year: int
    month: int = 0
    day: int = 0


def refuse(kind: str, message: str, hint: str = "") -> NoReturn:
    """Raise the fault `kind` with a German message and, where there is one, the way to mend it."""
    raise PydanticCustomError(kind, "{meldung}", {"meldung": message, "hilfe": hint})


def _scalar(value: object, what: str) -> str:
    if not isinstance(value, str):
        refuse("skalar_erwartet", f"Hier steht eine Liste oder ein Block, erwartet wird {what}.")
    return value.strip()


def _number(text: str, *, decimals: int | None, example: str, unit: str = "") -> Decimal:
    """Read a German number; refuse whatever an English reader would read differently.

    `decimals` limits the digits after the comma (None: any number of them); `unit` is named in the question back.
    """
    compact = _SPACES.sub("", text).replace("−", "-")
    if compact.startswith("-"):
        refuse("zahl_negativ", f"„{text}“ ist negativ; erlaubt sind nur Werte ab 0.", f"Beispiel: {example}")
    if re.fullmatch(r"0\d+([.,].*)?", compact):
        refuse(
            "zahl_fuehrende_null",
            f"„{text}“ beginnt mit einer Null.",
            f"Schreiben Sie die Zahl ohne führende Null: {compact.lstrip('0') or '0'}.",
        )
    if re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", compact):
        refuse(
            "zahl_mehrdeutig",
            f"„{text}“ ist mehrdeutig: {compact}{unit} gemeint?",
            f"Schreiben Sie {compact.replace('.', '')} ohne Punkt.",
        )
    if re.fullmatch(r"[1-9]\d{0,2},\d{3}", compact) and decimals is not None:
        refuse(
            "zahl_mehrdeutig",
            f"„{text}“ ist mehrdeutig: {compact.replace(',', '')} gemeint?",
            f"Das Komma trennt Nachkommastellen. Schreiben Sie {compact.replace(',', '')}.",
        )
    if re.fullmatch(r"\d+\.\d+", compact):
        refuse(
            "zahl_punkt",
            f"„{text}“ hat einen Dezimalpunkt: {compact.replace('.', ',')} gemeint?",
            f"Nachkommastellen stehen nach einem Komma: {compact.replace('.', ',')}.",
        )
    if not re.fullmatch(r"(\d+|[1-9]\d{0,2}(\.\d{3})+)(,\d+)?", compact):
        refuse("zahl_form", f"„{text}“ ist keine Zahl in deutscher Schreibweise.", f"Beispiel: {example}")
    number = Decimal(compact.replace(".", "").replace(",", "."))
    places = -int(number.as_tuple().exponent)
    if decimals is not None and places > decimals:
        allowed = "keine Nachkommastellen" if decimals == 0 else f"höchstens {decimals} Nachkommastellen"
        refuse("zahl_stellen", f"„{text}“ hat {places} Nachkommastellen; erlaubt sind {allowed}.")
    return number


def parse_money(value: object) -> int:
    """Read an amount of money; return whole cents.

    >>> parse_money("1.250.000,50 €"), parse_money("480000")
    (125000050, 48000000)
    """
    text = re.sub(r"\s*(€|EUR)$", "", _scalar(value, "ein Betrag in Euro"))
    if re.search(r"[A-Za-zÄÖÜäöü]", text):
        refuse(
            "betrag_form",
            f"„{text}“ ist kein Betrag in Euro.",
            "Schreiben Sie den vollen Betrag, zum Beispiel 1250000 oder 1.250.000,50 €.",
        )
    return int(_number(text, decimals=2, example="1250000 oder 1.250.000,50 €", unit=" €") * 100)


def parse_number(value: object) -> Decimal:
    """Read a number with any count of decimals."""
    return _number(_scalar(value, "eine Zahl"), decimals=None, example="25 oder 12,5")


def parse_count(value: object) -> int:
    """Read a whole number from 0."""
    return int(_number(_scalar(value, "eine ganze Zahl"), decimals=0, example="25"))


def parse_percent(value: object) -> Decimal:
    """Read a percentage from 0 to 100; `12,5 %` gives Decimal("12.5")."""
    number = _number(re.sub(r"\s*%$", "", _scalar(value, "ein Anteil in Prozent")), decimals=2, example="60 %")
    if number > 100:
        refuse("prozent_bereich", f"{value} liegt über 100 %.", "Erlaubt sind Werte von 0 % bis 100 %.")
    return number


def parse_flag(value: object) -> bool:
    """Read yes or no; only `true`, `false`, `ja`, `nein` count."""
    text = _scalar(value, "ja oder nein").lower()
    if text not in ("true", "ja", "false", "nein"):
        refuse("ja_nein", f"„{value}“ ist weder ja noch nein.", "Schreiben Sie true oder false (auch: ja, nein).")
    return text in ("true", "ja")


def parse_year(value: object) -> int:
    """Read a year of four digits."""
    text = _scalar(value, "ein Jahr")
    if not re.fullmatch(r"(19|20|21)\d\d", text):
        refuse("jahr_form", f"„{text}“ ist kein Jahr.", "Ein Jahr hat vier Ziffern, zum Beispiel 2027.")
    return int(text)


def parse_month(value: object) -> Month:
    """Read `2027-03` or `03/2027`."""
    text = _scalar(value, "ein Monat")
    iso = re.fullmatch(r"(\d{4})-(\d{2})", text)
    german = re.fullmatch(r"(\d{1,2})/(\d{4})", text)
    if not (iso or german):
        refuse("monat_form", f"„{text}“ ist kein Monat.", "Schreiben Sie Jahr und Monat, zum Beispiel 2027-03.")
    year, month = (int(iso[1]), int(iso[2])) if iso else (int(german[2]), int(german[1]))  # type: ignore[index]
    if not 1 <= month <= 12:
        refuse("monat_bereich", f"Den Monat {month} gibt es nicht.", "Monate gehen von 01 bis 12.")
    return Month(year, month)


def parse_day(value: object) -> date:
    """Read `2027-03-31` or `31.03.2027`."""
    text = _scalar(value, "ein Datum")
    iso = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", text)
    german = re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", text)
    if not (iso or german):
        refuse("datum_form", f"„{text}“ ist kein Datum.", "Schreiben Sie 2027-03-31 oder 31.03.2027.")
    parts = (iso[1], iso[2], iso[3]) if iso else (german[3], german[2], german[1])  # type: ignore[index]
    try:
        return date(int(parts[0]), int(parts[1]), int(parts[2]))
    except ValueError:
        refuse("datum_bereich", f"Den Tag {text} gibt es im Kalender nicht.")


def parse_partial_date(value: object) -> PartialDate:
    """Read a day, a month or a year, as `parse_day`, `parse_month` and `parse_year` do."""
    text = _scalar(value, "ein Stichtag")
    if re.fullmatch(r"\d{4}", text):
        return PartialDate(parse_year(text))
    if "/" in text or re.fullmatch(r"\d{4}-\d{2}", text):
        return PartialDate(*parse_month(text))
    day = parse_day(text)
    return PartialDate(day.year, day.month, day.day)


def parse_level(value: object) -> int:
    """Read a grade from 1 to 3."""
    text = _scalar(value, "eine Stufe")
    if text not in ("1", "2", "3"):
        refuse("stufe", f"„{text}“ ist keine Stufe.", "Erlaubt sind 1 (gering), 2 (mittel) und 3 (hoch).")
    return int(text)


def _matching(pattern: str, kind: str, what: str, example: str) -> PlainValidator:
    compiled = re.compile(pattern)

    def parse(value: object) -> str:
        text = _scalar(value, what)
        if not compiled.fullmatch(text):
            refuse(kind, f"„{text}“ ist keine gültige Angabe: erwartet wird {what}.", f"Beispiel: {example}")
        return text

    return PlainValidator(parse)


def _not_blank(text: str) -> str:
    return text if text else refuse("leer", "Hier fehlt der Text.")


def _one_line(text: str) -> str:
    return _SPACES.sub(" ", text)


Money = Annotated[int, PlainValidator(parse_money)]
Number = Annotated[Decimal, PlainValidator(parse_number)]
Count = Annotated[int, PlainValidator(parse_count)]
Percent = Annotated[Decimal, PlainValidator(parse_percent)]
Flag = Annotated[bool, PlainValidator(parse_flag)]
Year = Annotated[int, PlainValidator(parse_year)]
MonthOfYear = Annotated[Month, PlainValidator(parse_month)]
Day = Annotated[date, PlainValidator(parse_day)]
Stichtag = Annotated[PartialDate, PlainValidator(parse_partial_date)]
Level = Annotated[int, PlainValidator(parse_level)]

Line = Annotated[
    str, StringConstraints(strip_whitespace=True), AfterValidator(_not_blank), AfterValidator(_one_line), PlainText()
]
Prose = Annotated[str, StringConstraints(strip_whitespace=True), AfterValidator(_not_blank), Markdown()]
Colour = Annotated[str, _matching(r"#[0-9a-fA-F]{6}", "farbe", "eine Farbe", '"#1f5fa8" (in Anführungszeichen)')]
Version = Annotated[str, _matching(r"\d+\.\d+\.\d+", "version", "eine Versionsnummer", "0.7.0")]

MeasureId = Annotated[
    str, _matching(r"[A-Z]{3}-\d{3}", "kennung", "eine Maßnahmenkennung", "WIR-004"), Reference("measure")
]
FieldKey = Annotated[
    str, _matching(r"[A-Z]{3}", "kennung", "der Schlüssel eines Handlungsfelds", "WIR"), Reference("action_field")
]
VisionId = Annotated[str, _matching(r"V-\d+", "kennung", "eine Visionsaussage", "V-2"), Reference("vision")]
FindingId = Annotated[str, _matching(r"BF-\d+", "kennung", "ein Befund", "BF-3"), Reference("finding")]
ContributionId = Annotated[str, _matching(r"B-\d{2,}", "kennung", "ein Beitrag", "B-07"), Reference("contribution")]
DecisionId = Annotated[
    str, _matching(r"BS-\d{4}-\d{2}", "kennung", "ein Beschluss", "BS-2026-05"), Reference("decision")
]
FundingId = Annotated[
    str, _matching(r"[A-Z][A-Z0-9-]*", "kennung", "eine Finanzierungsquelle", "EFRE"), Reference("funding_source")
]
_slug = r"[a-z0-9]+(-[a-z0-9]+)*"
SourceId = Annotated[str, _matching(_slug, "kennung", "eine Quelle", "kabinett-2025"), Reference("source")]
FactId = Annotated[str, _matching(_slug, "kennung", "eine Kennzahl", "arbeitsplaetze"), Reference("fact")]


def _organisation(value: object) -> str:
    """Organisations are named without regard to case, so `Kabinett` is `kabinett`."""
    text = _scalar(value, "die Kennung einer Organisation").lower()
    if not re.fullmatch(_slug, text):
        refuse("kennung", f"„{value}“ ist keine Kennung einer Organisation.", "Beispiel: lk-zwickau")
    return text


OrganisationId = Annotated[str, PlainValidator(_organisation), Reference("organisation")]


def _ags(value: object) -> str:
    text = _scalar(value, "ein amtlicher Gemeindeschlüssel")
    if not re.fullmatch(r"\d{5}|\d{8}", text):
        refuse(
            "ags",
            f"„{text}“ ist kein amtlicher Gemeindeschlüssel (AGS).",
            "5 Ziffern für einen Kreis (14524), 8 Ziffern für eine Gemeinde (14524330).",
        )
    return text


Ags = Annotated[str, PlainValidator(_ags)]
Place = Annotated[Ags, Reference("district")]
