"""german: how values are written."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from assembly import german
from schema.scalars import Month, PartialDate

N = "\u00a0"


WRITTEN = (
    (german.integer(0), "0"),
    (german.integer(999), "999"),
    (german.integer(1234567), "1.234.567"),
    (german.integer(-1234), "−1.234"),
    (german.number(Decimal("1234.50")), "1.234,5"),
    (german.number(Decimal("100")), "100"),
    (german.number(Decimal("1E+3")), "1.000"),
    (german.number(Decimal("0.05")), "0,05"),
    (german.number(Decimal("-0.50")), "−0,5"),
    (german.number(Decimal("0.00")), "0"),
    (german.euros(1240000000), f"12.400.000{N}€"),
    (german.euros(5), f"0,05{N}€"),
    (german.euros(-150), f"−1,50{N}€"),
    (german.euros(100, unit=False), "1"),
    (german.roughly(1240000000), f"12,4{N}Mio.{N}€"),
    (german.roughly(1245000000), f"12,5{N}Mio.{N}€"),
    (german.roughly(1244999999), f"12,4{N}Mio.{N}€"),
    (german.roughly(123450000000), f"1.234,5{N}Mio.{N}€"),
    (german.roughly(999_999_999_999), f"10,0{N}Mrd.{N}€"),
    (german.roughly(999_994_999_999), f"9.999,9{N}Mio.{N}€"),
    (german.roughly(2_040_104_446_000_000), f"20.401,0{N}Mrd.{N}€"),
    (german.roughly(10_000_000), f"0,1{N}Mio.{N}€"),
    (german.roughly(9_999_999), f"99.999,99{N}€"),
    (german.roughly(-1245000000), f"−12,5{N}Mio.{N}€"),
    (german.percent(1, 3), f"33{N}%"),
    (german.percent(1, 8), f"13{N}%"),
    (german.percent(1, 0), f"0{N}%"),
    (german.day(date(2026, 1, 5)), "05.01.2026"),
    (german.month(Month(2027, 3)), "03/2027"),
    (german.moment(PartialDate(2019)), "2019"),
    (german.moment(PartialDate(2019, 12)), "12/2019"),
    (german.moment(PartialDate(2019, 12, 31)), "31.12.2019"),
    (german.moment(Month(2027, 3)), "03/2027"),
    (german.moment(date(2027, 3, 31)), "31.03.2027"),
    (german.quantity(Decimal(900), "t/a"), f"900{N}t/a"),
    (german.quantity(Decimal(25), "Anzahl"), "25"),
    (german.grade(1), "●○○"),
    (german.grade(3), "●●●"),
    (german.listing([]), ""),
    (german.listing(["a", "b"]), "a und b"),
    (german.listing(["a", "b", "c"]), "a, b und c"),
    (german.singular("Maßnahmen,"), "Maßnahme,"),
    (german.singular("Handlungsfeldern"), "Handlungsfeld"),
    (german.singular("Zulieferern"), "Zulieferern"),
    (german.singular("„Maßnahmen“"), "„Maßnahmen“"),
    (german.singular(""), ""),
    (german.counted(1, "Maßnahme", "Maßnahmen"), f"1{N}Maßnahme"),
    (german.counted(1200, "Maßnahme", "Maßnahmen"), f"1.200{N}Maßnahmen"),
    (german.shortened("Bildung und Fachkräfte", 22), "Bildung und Fachkräfte"),
    (german.shortened("Bildung und Fachkräfte", 20), "Bildung und\u00a0…"),
    (german.shortened("Bildung und Fachkräfte", 12), "Bildung\u00a0…"),
    (german.shortened("Fachkräfteentwicklungskonzept", 12), "Fachkräftee…"),
)


@pytest.mark.parametrize("number", range(len(WRITTEN)), ids=[f"{i}-{pair[1]}" for i, pair in enumerate(WRITTEN)])
def test_writes(number: int) -> None:
    written, expected = WRITTEN[number]
    assert written == expected


def test_the_alphabet_is_german() -> None:
    words = ["Zug", "Ärger", "Arbeit", "Strasse", "Straße", "öffnen", "Ofen"]
    assert sorted(words, key=german.sort_key) == ["Arbeit", "Ärger", "Ofen", "öffnen", "Strasse", "Straße", "Zug"]


@pytest.mark.parametrize(
    ("name", "set_as"),
    [
        ("Pflege 3", "Pflege~3"),
        ("IHK Chemnitz", "IHK~Chemnitz"),
        ("Stadt und Landkreis", "Stadt und Landkreis"),
        ("V-6 Gut leben und arbeiten", "V-6~Gut leben und arbeiten"),
        ("Kompetenzzentrum Leichtbau 2", "Kompetenzzentrum Leichtbau~2"),
        ("WIR-004", "WIR-004"),
    ],
)
def test_names_break_only_where_that_reads_well(name: str, set_as: str) -> None:
    assert german.tied(name).replace(german.NBSP, "~") == set_as


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Ein Haus baut um. Betriebe warten nicht mehr.", "Ein Haus baut um."),
        ("Es hilft z. B. Betrieben. Danach endet es.", "Es hilft z. B. Betrieben."),
        ("Nach Nr. Zwölf bzw. Nr. Drei gilt es! Immer.", "Nach Nr. Zwölf bzw. Nr. Drei gilt es!"),
        ("Nur einer, ohne Ende", "Nur einer, ohne Ende"),
    ],
)
def test_the_first_sentence(text: str, first: str) -> None:
    assert german.first_sentence(text) == first
