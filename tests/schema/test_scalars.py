"""Scalars: what is read, what is refused, and with which question."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from assembly import german
from schema import scalars
from schema.scalars import Month, PartialDate


@pytest.mark.parametrize(
    ("typed", "cents"),
    [
        ("0", 0),
        ("1", 100),
        ("480000", 48000000),
        ("1250000", 125000000),
        ("1.250.000", 125000000),
        ("1.250.000,50 €", 125000050),
        ("1250,5", 125050),
        ("1.250,50", 125050),
        ("0,05", 5),
        ("100€", 10000),
        ("100 EUR", 10000),
        ("1 250 000", 125000000),
        ("1\u00a0250\u202f000\u00a0€", 125000000),
        ("  7  ", 700),
    ],
)
def test_money_is_read_as_cents(typed: str, cents: int) -> None:
    assert scalars.parse_money(typed) == cents


@pytest.mark.parametrize(
    ("typed", "kind", "words"),
    [
        ("1.250", "zahl_mehrdeutig", "1250"),
        ("12,500", "zahl_mehrdeutig", "12500"),
        ("12.5", "zahl_punkt", "12,5"),
        ("1.10", "zahl_punkt", "1,10"),
        ("1250000.50", "zahl_punkt", "1250000,50"),
        ("010", "zahl_fuehrende_null", "10"),
        ("01067000", "zahl_fuehrende_null", "1067000"),
        ("-5", "zahl_negativ", "negativ"),
        ("−5", "zahl_negativ", "negativ"),
        ("1,2345", "zahl_stellen", "2 Nachkommastellen"),
        ("1.25.000", "zahl_form", "keine Zahl"),
        ("1.2500,5", "zahl_form", "keine Zahl"),
        ("", "zahl_form", "keine Zahl"),
        (",5", "zahl_form", "keine Zahl"),
        ("no", "betrag_form", "kein Betrag"),
        ("1,25 Mio. €", "betrag_form", "kein Betrag"),
        ("1e6", "betrag_form", "kein Betrag"),
        ("NaN", "betrag_form", "kein Betrag"),
    ],
)
def test_money_that_could_mean_two_things_is_refused(typed: str, kind: str, words: str) -> None:
    with pytest.raises(PydanticCustomError) as caught:
        scalars.parse_money(typed)
    context = caught.value.context or {}
    assert caught.value.type == kind
    assert words in f"{context['meldung']} {context['hilfe']}"


def test_the_ambiguous_amount_asks_the_question() -> None:
    with pytest.raises(PydanticCustomError, match=r"„1\.250“ ist mehrdeutig: 1\.250 € gemeint\?"):
        scalars.parse_money("1.250")


@given(st.integers(min_value=0, max_value=10**15))
@settings(max_examples=50, deadline=None)
def test_every_amount_reads_back_as_it_prints_unless_it_is_ambiguous(cents: int) -> None:
    printed = german.euros(cents)
    if 100_000 <= cents < 100_000_000 and cents % 100 == 0:  # 1.250 €: English readers see one and a quarter
        with pytest.raises(PydanticCustomError) as caught:
            scalars.parse_money(printed)
        assert caught.value.type == "zahl_mehrdeutig"
        printed = printed.replace(".", "")
    assert scalars.parse_money(printed) == cents


READ: list[tuple[Callable[[object], Any], str, Any]] = [
    (scalars.parse_number, "12,5", Decimal("12.5")),
    (scalars.parse_number, "0,125", Decimal("0.125")),
    (scalars.parse_number, "25", Decimal(25)),
    (scalars.parse_count, "33", 33),
    (scalars.parse_percent, "60 %", Decimal(60)),
    (scalars.parse_percent, "12,5%", Decimal("12.5")),
    (scalars.parse_percent, "100", Decimal(100)),
    (scalars.parse_flag, "true", True),
    (scalars.parse_flag, "Ja", True),
    (scalars.parse_flag, "nein", False),
    (scalars.parse_flag, "false", False),
    (scalars.parse_year, "2027", 2027),
    (scalars.parse_month, "2027-03", Month(2027, 3)),
    (scalars.parse_month, "03/2027", Month(2027, 3)),
    (scalars.parse_month, "3/2027", Month(2027, 3)),
    (scalars.parse_day, "2027-03-31", date(2027, 3, 31)),
    (scalars.parse_day, "31.03.2027", date(2027, 3, 31)),
    (scalars.parse_day, "29.2.2028", date(2028, 2, 29)),
    (scalars.parse_partial_date, "2019", PartialDate(2019)),
    (scalars.parse_partial_date, "12/2019", PartialDate(2019, 12)),
    (scalars.parse_partial_date, "2019-12-31", PartialDate(2019, 12, 31)),
    (scalars.parse_level, "3", 3),
]


@pytest.mark.parametrize(("parse", "typed", "value"), READ)
def test_reads(parse: Callable[[object], Any], typed: str, value: Any) -> None:
    assert parse(typed) == value


@pytest.mark.parametrize(
    ("parse", "typed", "kind"),
    [
        (scalars.parse_count, "1,5", "zahl_stellen"),
        (scalars.parse_count, "1.250", "zahl_mehrdeutig"),
        (scalars.parse_percent, "101 %", "prozent_bereich"),
        (scalars.parse_percent, "12.5 %", "zahl_punkt"),
        (scalars.parse_flag, "no", "ja_nein"),
        (scalars.parse_flag, "1", "ja_nein"),
        (scalars.parse_year, "27", "jahr_form"),
        (scalars.parse_year, "2277", "jahr_form"),
        (scalars.parse_month, "2027-13", "monat_bereich"),
        (scalars.parse_month, "0/2027", "monat_bereich"),
        (scalars.parse_month, "März 2027", "monat_form"),
        (scalars.parse_day, "31.02.2027", "datum_bereich"),
        (scalars.parse_day, "2027-3-1", "datum_form"),
        (scalars.parse_day, "03/31/2027", "datum_form"),
        (scalars.parse_day, "0000-01-01", "datum_bereich"),
        (scalars.parse_level, "4", "stufe"),
        (scalars.parse_level, "0", "stufe"),
    ],
)
def test_refuses(parse: Callable[[object], Any], typed: str, kind: str) -> None:
    with pytest.raises(PydanticCustomError) as caught:
        parse(typed)
    assert caught.value.type == kind


@pytest.mark.parametrize("parse", list(dict.fromkeys(parse for parse, _, _ in READ)))
@pytest.mark.parametrize("value", [[], {}, ["1"], None, 3])
def test_what_is_no_text_is_refused_as_such(parse: Callable[[object], Any], value: object) -> None:
    with pytest.raises(PydanticCustomError) as caught:
        parse(value)
    assert caught.value.type == "skalar_erwartet"


@given(st.text(max_size=12))
@settings(max_examples=200, deadline=None)
def test_no_text_ever_breaks_a_parser(text: str) -> None:
    for parse in {parse for parse, _, _ in READ} | {scalars.parse_money}:
        try:
            value = parse(text)
        except PydanticCustomError as error:
            assert (error.context or {})["meldung"]  # noqa: PT017 either a value or a message, for any text
        else:
            assert value is not None
