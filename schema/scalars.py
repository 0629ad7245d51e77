"""Scalars: every scalar arrives as the text that was typed and is given its type here.

Nothing is guessed: `no` stays a word, `010` is no number, and a number that German and English readers understand
differently (`1.250`) is refused with a question. Faults are raised as `PydanticCustomError` with a stable type and
a German message; the hint how to mend it travels in the context as `hilfe`.

Beside each parser stands what a text editor must know of the type (`WithJsonSchema`; `schema.json_schema` joins them):
the same texts as the parser takes, and the numbers and truth values that YAML makes of them. `errorMessage` is shown by
editors in place of their own wording. Digits are ASCII everywhere, so that pattern and parser mean the same.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, NamedTuple, NoReturn

from pydantic import AfterValidator, PlainValidator, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from schema.base import Markdown, PlainText, Reference

_SPACES = re.compile("[\\s\u00a0\u202f]+")

# The forms that parser and schema share; each matches a whole text.
_YEAR = r"(19|20|21)[0-9]{2}"
_LEVEL = r"[123]"
_COLOUR = r"#[0-9a-fA-F]{6}"
_VERSION = r"[0-9]+\.[0-9]+\.[0-9]+"
MEASURE_ID = r"[A-Z]{3}-[0-9]{3}"
_FIELD = r"[A-Z]{3}"
_VISION = r"V-[0-9]+"
_FINDING = r"BF-[0-9]+"
_CONTRIBUTION = r"B-[0-9]{2,}"
_DECISION = r"BS-[0-9]{4}-[0-9]{2}"
_FUNDING = r"[A-Z][A-Z0-9-]*"
_SLUG = r"[a-z0-9]+(-[a-z0-9]+)*"
_AGS = r"[0-9]{5}|[0-9]{8}"
# Forms of the schema alone, narrower than the first look of their parsers: months and days that there are …
_MONTH = r"[0-9]{4}-(0[1-9]|1[0-2])|(0?[1-9]|1[0-2])/[0-9]{4}"
_DAY = r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])|(0?[1-9]|[12][0-9]|3[01])\.(0?[1-9]|1[0-2])\.[0-9]{4}"
_FLAG = r"[Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee]|[Jj][Aa]|[Nn][Ee][Ii][Nn]"
# … and what `_number` lets pass, blanks between the digits included.
_DIGIT, _FIRST, _POINT, _COMMA = r"([0-9]\s*)", r"([1-9]\s*)", r"\.\s*", r",\s*"
_WHOLE = rf"(0\s*|{_FIRST}{_DIGIT}*|{_FIRST}{_DIGIT}{{0,2}}({_POINT}{_DIGIT}{{3}}){{2,}})"
_THOUSANDS = rf"{_FIRST}{_DIGIT}{{0,2}}{_POINT}{_DIGIT}{{3}}"  # never without decimals: 1.250 is ambiguous
_MONEY = rf"({_WHOLE}({_COMMA}{_DIGIT}{{1,2}})?|{_THOUSANDS}{_COMMA}{_DIGIT}{{1,2}})(€|EUR)?"
_NUMBER = rf"{_WHOLE}({_COMMA}{_DIGIT}+)?|{_THOUSANDS}{_COMMA}{_DIGIT}+"
_PERCENT = rf"(1\s*0\s*0\s*({_COMMA}(0\s*){{1,2}})?|{_FIRST}?{_DIGIT}({_COMMA}{_DIGIT}{{1,2}})?)%?"


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
    if re.fullmatch(r"0[0-9]+([.,].*)?", compact):
        refuse(
            "zahl_fuehrende_null",
            f"„{text}“ beginnt mit einer Null.",
            f"Schreiben Sie die Zahl ohne führende Null: {compact.lstrip('0') or '0'}.",
        )
    if re.fullmatch(r"[1-9][0-9]{0,2}\.[0-9]{3}", compact):
        refuse(
            "zahl_mehrdeutig",
            f"„{text}“ ist mehrdeutig: {compact}{unit} gemeint?",
            f"Schreiben Sie {compact.replace('.', '')} ohne Punkt.",
        )
    if re.fullmatch(r"[1-9][0-9]{0,2},[0-9]{3}", compact) and decimals is not None:
        refuse(
            "zahl_mehrdeutig",
            f"„{text}“ ist mehrdeutig: {compact.replace(',', '')} gemeint?",
            f"Das Komma trennt Nachkommastellen. Schreiben Sie {compact.replace(',', '')}.",
        )
    if re.fullmatch(r"[0-9]+\.[0-9]+", compact):
        refuse(
            "zahl_punkt",
            f"„{text}“ hat einen Dezimalpunkt: {compact.replace('.', ',')} gemeint?",
            f"Nachkommastellen stehen nach einem Komma: {compact.replace('.', ',')}.",
        )
    if not re.fullmatch(r"([0-9]+|[1-9][0-9]{0,2}(\.[0-9]{3})+)(,[0-9]+)?", compact):
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
    if not re.fullmatch(_YEAR, text):
        refuse("jahr_form", f"„{text}“ ist kein Jahr.", "Ein Jahr hat vier Ziffern, zum Beispiel 2027.")
    return int(text)


def parse_month(value: object) -> Month:
    """Read `2027-03` or `03/2027`."""
    text = _scalar(value, "ein Monat")
    iso = re.fullmatch(r"([0-9]{4})-([0-9]{2})", text)
    german = re.fullmatch(r"([0-9]{1,2})/([0-9]{4})", text)
    if not (iso or german):
        refuse("monat_form", f"„{text}“ ist kein Monat.", "Schreiben Sie Jahr und Monat, zum Beispiel 2027-03.")
    year, month = (int(iso[1]), int(iso[2])) if iso else (int(german[2]), int(german[1]))  # type: ignore[index]
    if not 1 <= month <= 12:
        refuse("monat_bereich", f"Den Monat {month} gibt es nicht.", "Monate gehen von 01 bis 12.")
    return Month(year, month)


def parse_day(value: object) -> date:
    """Read `2027-03-31` or `31.03.2027`."""
    text = _scalar(value, "ein Datum")
    iso = re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", text)
    german = re.fullmatch(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})", text)
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
    if re.fullmatch(r"[0-9]{4}", text):
        return PartialDate(parse_year(text))
    if "/" in text or re.fullmatch(r"[0-9]{4}-[0-9]{2}", text):
        return PartialDate(*parse_month(text))
    day = parse_day(text)
    return PartialDate(day.year, day.month, day.day)


def parse_level(value: object) -> int:
    """Read a grade from 1 to 3."""
    text = _scalar(value, "eine Stufe")
    if not re.fullmatch(_LEVEL, text):
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


def _form(
    form: str, message: str, *examples: str | int, also: str = "", lowest: int | None = None, highest: int | None = None
) -> WithJsonSchema:
    """Return what an editor must know of a scalar: texts of `form`, and `also` the numbers or truth values of YAML."""
    schema: dict[str, Any] = {"type": [also, "string"] if also else "string"}
    if lowest is not None:
        schema["minimum"] = lowest
    if highest is not None:
        schema["maximum"] = highest
    schema |= {"pattern": rf"^\s*({form})\s*$", "errorMessage": message}
    if examples:
        schema["examples"] = list(examples)
    return WithJsonSchema(schema)


def _wordlike(form: str, message: str, *examples: str) -> WithJsonSchema:
    """The same where YAML may take what is typed for a number or a truth value: `2025` and `true` are words to us."""
    schema: dict[str, Any] = {"anyOf": [_form(form, message).json_schema, {"not": {"type": _NO_WORD}}]}
    if examples:
        schema["examples"] = list(examples)
    return WithJsonSchema(schema)


_NO_WORD = ["string", "array", "object", "null"]

Money = Annotated[
    int,
    PlainValidator(parse_money),
    _form(_MONEY, "Betrag in Euro: 1250000 oder 1.250.000,50 €.", 1250000, "1.250.000,50 €", also="integer", lowest=0),
]
Number = Annotated[
    Decimal, PlainValidator(parse_number), _form(_NUMBER, "Zahl: 25 oder 12,5.", 25, "12,5", also="integer", lowest=0)
]
Count = Annotated[int, PlainValidator(parse_count), _form(_WHOLE, "Ganze Zahl ab 0: 25.", 25, also="integer", lowest=0)]
Percent = Annotated[
    Decimal,
    PlainValidator(parse_percent),
    _form(_PERCENT, "Anteil von 0 % bis 100 %: 60 % oder 12,5 %.", "60 %", also="integer", lowest=0, highest=100),
]
Flag = Annotated[bool, PlainValidator(parse_flag), _form(_FLAG, "true oder false (auch: ja, nein).", also="boolean")]
Year = Annotated[
    int,
    PlainValidator(parse_year),
    _form(_YEAR, "Jahr mit vier Ziffern: 2027.", 2027, also="integer", lowest=1900, highest=2199),
]
MonthOfYear = Annotated[Month, PlainValidator(parse_month), _form(_MONTH, "Monat: 2027-03 oder 03/2027.", "2027-03")]
Day = Annotated[date, PlainValidator(parse_day), _form(_DAY, "Tag: 2027-03-31 oder 31.03.2027.", "2027-03-31")]
Stichtag = Annotated[
    PartialDate,
    PlainValidator(parse_partial_date),
    _form(
        f"{_YEAR}|{_MONTH}|{_DAY}",
        "Tag, Monat oder Jahr: 2019-12-31, 2019-12 oder 2019.",
        "2019-12-31", 2019, also="integer", lowest=1900, highest=2199,
    ),
]  # fmt: skip
Level = Annotated[
    int,
    PlainValidator(parse_level),
    WithJsonSchema(
        {
            "anyOf": [
                {
                    "enum": [1, 2, 3],
                    "enumDescriptions": ["gering", "mittel", "hoch"],
                    "errorMessage": "1 (gering), 2 (mittel) oder 3 (hoch).",
                },
                _form(_LEVEL, "1 (gering), 2 (mittel) oder 3 (hoch).").json_schema,
            ]
        }
    ),
]

_TEXT = WithJsonSchema(
    {
        "anyOf": [
            {"type": "string", "pattern": r"\S", "errorMessage": "Hier fehlt der Text."},
            {"not": {"type": _NO_WORD}},
        ]
    }
)
Line = Annotated[
    str,
    StringConstraints(strip_whitespace=True),
    AfterValidator(_not_blank),
    AfterValidator(_one_line),
    PlainText(),
    _TEXT,
]
Prose = Annotated[str, StringConstraints(strip_whitespace=True), AfterValidator(_not_blank), Markdown(), _TEXT]
Colour = Annotated[
    str,
    _matching(_COLOUR, "farbe", "eine Farbe", '"#1f5fa8" (in Anführungszeichen)'),
    _form(_COLOUR, 'Farbe in Anführungszeichen: "#1f5fa8".', "#1f5fa8"),
]
Version = Annotated[
    str,
    _matching(_VERSION, "version", "eine Versionsnummer", "0.7.0"),
    _form(_VERSION, "Versionsnummer: 0.7.0.", "0.7.0"),
]

MeasureId = Annotated[
    str,
    _matching(MEASURE_ID, "kennung", "eine Maßnahmenkennung", "WIR-004"),
    _form(MEASURE_ID, "Kennung einer Maßnahme: WIR-004."),
    Reference("measure"),
]
FieldKey = Annotated[
    str,
    _matching(_FIELD, "kennung", "der Schlüssel eines Handlungsfelds", "WIR"),
    _form(_FIELD, "Schlüssel eines Handlungsfelds: WIR."),
    Reference("action_field"),
]
VisionId = Annotated[
    str,
    _matching(_VISION, "kennung", "eine Visionsaussage", "V-2"),
    _form(_VISION, "Kennung einer Visionsaussage: V-2."),
    Reference("vision"),
]
FindingId = Annotated[
    str,
    _matching(_FINDING, "kennung", "ein Befund", "BF-3"),
    _form(_FINDING, "Kennung eines Befunds: BF-3."),
    Reference("finding"),
]
ContributionId = Annotated[
    str,
    _matching(_CONTRIBUTION, "kennung", "ein Beitrag", "B-07"),
    _form(_CONTRIBUTION, "Kennung eines Beitrags: B-07."),
    Reference("contribution"),
]
DecisionId = Annotated[
    str,
    _matching(_DECISION, "kennung", "ein Beschluss", "BS-2026-05"),
    _form(_DECISION, "Kennung eines Beschlusses: BS-2026-05."),
    Reference("decision"),
]
FundingId = Annotated[
    str,
    _matching(_FUNDING, "kennung", "eine Finanzierungsquelle", "EFRE"),
    _wordlike(_FUNDING, "Kennung einer Finanzierungsquelle: EFRE."),
    Reference("funding_source"),
]
SourceId = Annotated[
    str,
    _matching(_SLUG, "kennung", "eine Quelle", "kabinett-2025"),
    _wordlike(_SLUG, "Kennung einer Quelle: kabinett-2025."),
    Reference("source"),
]
FactId = Annotated[
    str,
    _matching(_SLUG, "kennung", "eine Kennzahl", "arbeitsplaetze"),
    _wordlike(_SLUG, "Kennung einer Kennzahl: arbeitsplaetze."),
    Reference("fact"),
]


def _organisation(value: object) -> str:
    """Organisations are named without regard to case, so `Kabinett` is `kabinett`."""
    text = _scalar(value, "die Kennung einer Organisation").lower()
    if not re.fullmatch(_SLUG, text):
        refuse("kennung", f"„{value}“ ist keine Kennung einer Organisation.", "Beispiel: lk-zwickau")
    return text


OrganisationId = Annotated[
    str,
    PlainValidator(_organisation),
    _wordlike(_SLUG.replace("a-z", "A-Za-z"), "Kennung einer Organisation: lk-zwickau."),
    Reference("organisation"),
]


def _ags(value: object) -> str:
    text = _scalar(value, "ein amtlicher Gemeindeschlüssel")
    if not re.fullmatch(_AGS, text):
        refuse(
            "ags",
            f"„{text}“ ist kein amtlicher Gemeindeschlüssel (AGS).",
            "5 Ziffern für einen Kreis (14524), 8 Ziffern für eine Gemeinde (14524330).",
        )
    return text


Ags = Annotated[
    str,
    PlainValidator(_ags),
    _form(_AGS, "AGS: 5 Ziffern ein Kreis, 8 eine Gemeinde.", also="integer", lowest=0, highest=99999999),
]
Place = Annotated[Ags, Reference("district")]
