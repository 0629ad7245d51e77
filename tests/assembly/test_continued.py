"""Continued: over a table that goes on, the page says which it is, and in which group."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from assembly.document import Cell, Column, Field, Ref, Row, RowKind, Several, Table, Text
from assembly.prose import text_inlines
from assembly.render_pdf import render_pdf
from assembly.render_pdf.continued import continued
from assembly.render_pdf.metrics import width
from assembly.render_pdf.tables import LINE
from assembly.theme import NEUTRAL
from tests.books import book, para, table

SANS = NEUTRAL.sans
GOES_ON = "Tabelle 7 (Fortsetzung) · Übersicht"


def group(name: str, count: int) -> list[Row]:
    """Return a group of so many rows, each of one line."""
    rows = (Row((Text(f"{name}-{number}"), Text("b"))) for number in range(count))
    return [Row((Text(f"Gruppe {name}"),), RowKind.GROUP), *rows]


def test_rows_say_what_goes_on_behind_them() -> None:
    rows = [*group("A", 3), *group("B", 2)]
    first, between, second = f"{GOES_ON} · Gruppe A", GOES_ON, f"{GOES_ON} · Gruppe B"
    assert continued(table(*rows), LINE, SANS) == [first, None, None, between, second, None, None]
    assert continued(table(*rows[1:4]), LINE, SANS) == [GOES_ON, None, None]
    assert continued(table(), LINE, SANS) == []


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (Several((Ref("WIR-004", "wir-004"), Text("Batterie")), " "), "WIR-004 Batterie"),
        (Field("WIR", Ref("Wirtschaft", "wir")), "Wirtschaft"),
    ],
)
def test_a_group_is_named_without_pages_and_signs(cell: Cell, words: str) -> None:
    found = continued(table(Row((cell,), RowKind.GROUP), *group("A", 2)[1:]), LINE, SANS)
    assert found[0] == f"{GOES_ON} · {words}"


def test_a_long_caption_gives_way_to_the_group() -> None:
    rows = tuple(group("A", 2))
    found = Table("tbl", text_inlines("Übersicht " * 20), (Column("Was"), Column("Wie")), rows, [], 7)
    begin, _, _ = continued(found, LINE, SANS)
    assert begin == "Tabelle 7 (Fortsetzung) · Gruppe A"
    alone, _ = continued(Table("tbl", found.caption, found.columns, rows[1:], []), LINE, SANS)
    assert alone is not None
    assert alone.endswith("…")
    assert width(SANS, alone, 8.8, 600) <= LINE


def test_a_last_row_that_is_parted_goes_on(tmp_path: Path) -> None:
    long = " ".join(f"Wort{count}" for count in range(2500))
    rows = [Row((Text("kurz"), Text("b"))), Row((Text(long), Text("b")))]
    with pypdfium2.PdfDocument(render_pdf(book(table(*rows), para(*text_inlines(long))), tmp_path)) as pdf:
        pages = [page.get_textpage().get_text_range() for page in pdf]
    last = max(number for number, text in enumerate(pages) if "Was Wert" in " ".join(text.split()))
    assert 0 < last < len(pages) - 1
    assert [GOES_ON in text for text in pages] == [0 < number <= last for number in range(len(pages))]


def test_pages_say_what_goes_on_and_nothing_where_nothing_does(tmp_path: Path) -> None:
    rows = [*group("A", 50), *group("B", 30), *group("C", 3)]
    words = " ".join(f"Wort{count}" for count in range(1500))
    with pypdfium2.PdfDocument(render_pdf(book(table(*rows), para(*text_inlines(words))), tmp_path)) as pdf:
        pages = [page.get_textpage().get_text_range().splitlines() for page in pdf]
    for number, lines in enumerate(pages):
        said = [line for line in lines if "(Fortsetzung)" in line]
        shown = [line.split()[0] for line in lines if line[:2] in ("A-", "B-", "C-")]
        begins = bool(shown) and shown[0].endswith("-0")
        here = GOES_ON if begins else f"{GOES_ON} · Gruppe {shown[0][0]}" if shown else ""
        assert said == ([here] if number and shown else [])
    assert len(pages) > 3
