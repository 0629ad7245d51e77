"""How values are written in German: one convention for every format (domain, section 4).

Numbers and units are joined by no-break spaces; `NNBSP` (U+202F) stands inside abbreviations such as „z. B.“.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from schema.scalars import Month, PartialDate

NBSP = "\u00a0"
ENDS = " ,;:.–-"  # what a text that is cut does not end in


def integer(value: int) -> str:
    """1234567 → „1.234.567“, with a true minus sign."""
    return ("−" if value < 0 else "") + f"{abs(value):,}".replace(",", ".")


def number(value: Decimal) -> str:
    """Decimal("1234.50") → „1.234,5“: as many decimals as the value has, none for whole numbers."""
    value = value.normalize() if value else Decimal(0)
    whole, _, decimals = f"{abs(value):f}".partition(".")
    sign = "−" if value < 0 else ""
    return sign + integer(int(whole)) + (f",{decimals}" if decimals else "")


def euros(cents: int, *, unit: bool = True) -> str:
    """1240000000 → „12.400.000 €“; cents print only where there are any."""
    whole, rest = divmod(abs(cents), 100)
    text = ("−" if cents < 0 else "") + integer(whole) + (f",{rest:02d}" if rest else "")
    return f"{text}{NBSP}€" if unit else text


THOUSAND, MILLION, BILLION = 100_000, 100_000_000, 100_000_000_000  # cents


@dataclass(frozen=True, slots=True)
class Unit:
    """What long sums are given in: a name as „Mio. €“, and how many cents one stands for."""

    name: str
    cents: int

    def amount(self, cents: int) -> str:
        """Write an amount with one decimal, half up; what rounds to nothing and is something as „< 0,1“."""
        value = (Decimal(abs(cents)) / self.cents).quantize(Decimal("0.1"), ROUND_HALF_UP)
        if cents and not value:
            return f"<{NBSP}0,1"
        whole, _, tenth = f"{value:f}".partition(".")
        return f"{'−' if cents < 0 else ''}{integer(int(whole))},{tenth}"

    def mark(self, cents: int, step: int) -> str:
        """Write a mark of an axis: decimals only where the steps between marks have any."""
        places = Decimal(1) if step % self.cents == 0 else Decimal("0.01")
        return number((Decimal(cents) / self.cents).quantize(places))


def unit_for(highest: int) -> Unit:
    """Return the unit of amounts that stand side by side, the highest of which is `highest` cents."""
    if highest < MILLION:
        return Unit(f"Tsd.{NBSP}€", THOUSAND)
    long = highest + MILLION // 20 >= 10 * BILLION  # as it is rounded: no „10.000,0 Mio. €“
    return Unit(f"Mrd.{NBSP}€", BILLION) if long else Unit(f"Mio.{NBSP}€", MILLION)


def roughly(cents: int) -> str:
    """1240000000 → „12,4 Mio. €“, from ten billions on „12,4 Mrd. €“; amounts below 100.000 € print in full."""
    if abs(cents) < MILLION // 10:
        return euros(cents)
    unit = unit_for(max(abs(cents), MILLION))
    return f"{unit.amount(cents)}{NBSP}{unit.name}"


def shortened(text: str, length: int) -> str:
    """Return a text of so many characters at most: a longer one ends in „…“."""
    return cut(text, lambda words: len(words) <= length)


def cut(text: str, fits: Callable[[str], bool]) -> str:
    """Return a text, or as much of it as fits with „…“: whole words, unless these were less than half of what fits."""
    if fits(text):
        return text
    kept = text
    while kept and not fits(f"{kept}…"):
        kept = kept[:-1]
    whole = kept if text[len(kept)] in " ,;:." else kept.rpartition(" ")[0]
    while whole and not fits(f"{whole}{NBSP}…"):
        whole = whole.rpartition(" ")[0]
    return f"{whole.rstrip(ENDS)}{NBSP}…" if 2 * len(whole) > len(kept) else f"{kept.rstrip(ENDS)}…"


# A full stop that ends a sentence: before it no single letter („z. B.“) and none of these, behind it a capital.
_SENTENCE = re.compile(r"(?<=[^\W\d_]{2}[.!?])(?<!\bNr\.)(?<!\bca\.)(?<!\bSt\.)(?<!\bbzw\.)\s+(?=[A-ZÄÖÜ„])")


def first_sentence(text: str) -> str:
    """Return a text up to the end of its first sentence."""
    return _SENTENCE.split(text, maxsplit=1)[0]


def percent(part: int, whole: int) -> str:
    """Share in whole percent, half up: „46 %“."""
    share = (Decimal(100 * part) / Decimal(whole)).quantize(Decimal(1), ROUND_HALF_UP) if whole else Decimal(0)
    return f"{share}{NBSP}%"


def day(value: date) -> str:
    """2026-11-20 → „20.11.2026“."""
    return f"{value.day:02d}.{value.month:02d}.{value.year}"


def month(value: Month) -> str:
    """(2027, 3) → „03/2027“."""
    return f"{value.month:02d}/{value.year}"


def moment(value: date | Month | PartialDate) -> str:
    """Write a day, a month or a year as precisely as it is known."""
    if isinstance(value, date):
        return day(value)
    if isinstance(value, Month):
        return month(value)
    if value.day:
        return day(date(value.year, value.month, value.day))
    return month(Month(value.year, value.month)) if value.month else str(value.year)


def quantity(value: Decimal, unit: str) -> str:
    """A number and its unit; counts print bare."""
    bare = unit in ("", "Anzahl")
    return number(value) if bare else f"{number(value)}{NBSP}{unit}"


def grade(value: int) -> str:
    """2 → „●●○“."""
    return "●" * value + "○" * (3 - value)


SHORT_NAME = 16  # characters


def tied(name: str) -> str:
    """Return a name so that it breaks over lines only where that reads well: a short one nowhere.

    „Pflege 3“ and „IHK Chemnitz“ stay whole; of a longer name the id before it and one or two signs at its end do.
    """
    if len(name) <= SHORT_NAME:
        return name.replace(" ", NBSP)
    return re.sub(r"(?<=^[A-Z]-\d) | (?=\S{1,2}$)", NBSP, name)


def listing(words: list[str]) -> str:
    """Join words as „a, b und c“."""
    return " und ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def counted(count: int, one: str, many: str) -> str:
    """„1 Maßnahme“, „12 Maßnahmen“."""
    return f"{integer(count)}{NBSP}{one if count == 1 else many}"


# What plans count, in the plural and its dative, and one of it.
_SINGULAR = {
    plural: one
    for one, plurals in {
        "Abhängigkeit": "Abhängigkeiten",
        "Aussage": "Aussagen",
        "Befund": "Befunde Befunden",
        "Beitrag": "Beiträge Beiträgen",
        "Beschluss": "Beschlüsse Beschlüssen",
        "Handlungsfeld": "Handlungsfelder Handlungsfeldern",
        "Herausforderung": "Herausforderungen",
        "Indikator": "Indikatoren",
        "Kreis": "Kreise Kreisen",
        "Leuchtturm": "Leuchttürme Leuchttürmen",
        "Leuchtturmprojekt": "Leuchtturmprojekte Leuchtturmprojekten",
        "Maßnahme": "Maßnahmen",
        "Meilenstein": "Meilensteine Meilensteinen",
        "Organisation": "Organisationen",
        "Potenzial": "Potenziale Potenzialen",
        "Punkt": "Punkte Punkten",
        "Risiko": "Risiken",
        "Veranstaltung": "Veranstaltungen",
        "Visionsaussage": "Visionsaussagen",
    }.items()
    for plural in plurals.split()
}


def singular(text: str) -> str:
    """„Maßnahmen,“ → „Maßnahme,“: the text with its first word as it stands after a one; other words stay."""
    word = re.match(r"\w*", text)
    assert word is not None
    return _SINGULAR.get(word[0], word[0]) + text[word.end() :]


def sort_key(text: str) -> tuple[str, str]:
    """Key of German dictionary order (DIN 5007-1): ä as a, ß as ss, case aside; the text itself breaks ties."""
    folded = text.casefold().translate(str.maketrans("äöü", "aou"))
    return folded, text
