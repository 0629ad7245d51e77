"""Continued: over a table that goes on, the page says which it is, and in which group."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from assembly.document import Cell, Column, Field, Ref, Row, RowKind, Several, Table, Text
from assembly.prose import text_inlines
from assembly.render_pdf import render_pdf
from assembly.render_pdf.below import laid
from assembly.render_pdf.continued import continued
from assembly.render_pdf.metrics import width
from assembly.render_pdf.tables import EDGE, LINE
from assembly.theme import NEUTRAL
from tests.books import book, para, table

SANS = NEUTRAL.sans
LONG = "Ein Satz, der sich wiederholt und damit sehr lang wird. " * 120
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


@pytest.mark.parametrize(("column", "left"), [(0, 0), (1, 0), (2, 1)])
def test_a_text_higher_than_a_page_stands_below_its_row(column: int, left: int) -> None:
    words = [Text(f"Gewerbeflächenentwicklung {number}") for number in range(3)]
    rows = (
        Row(tuple(words)),
        Row(tuple(Text(LONG) if i == column else word for i, word in enumerate(words)), anchor="b"),
    )
    columns = (Column("Was"), Column("Wie"), Column("Warum"))
    found = laid(table(*rows, columns=columns), SANS, wide=False, close=False)
    first, opened, text = found.table.rows
    assert (first, opened.anchor, text.anchor) == (rows[0], "b", "")
    assert [each for each in text.cells if each != Text("")] == [rows[1].cells[column]]
    assert [each for each in opened.cells if each != Text("")] == [w for i, w in enumerate(words) if i != column]
    place = found.hanging[2]
    widths = [share * LINE / 100 for share in found.measures.widths]
    assert place.column == column
    assert place.left == pytest.approx(sum(widths[1 : 1 + left]))
    assert place.left + widths[column] + place.right == pytest.approx(sum(widths[min(column, 1) :]), abs=EDGE + 0.01)
    assert found.measures.heights[2] < found.measures.heights[0] * 60


def test_two_texts_higher_than_a_page_stay_beside_each_other() -> None:
    found = laid(table(Row((Text(LONG), Text(LONG)))), SANS, wide=False, close=False)
    assert (len(found.table.rows), found.hanging) == (1, {})


def test_a_row_of_several_pages_is_named_where_it_goes_on_and_no_longer(tmp_path: Path) -> None:
    long = " ".join(f"Wort{count}" for count in range(2400))
    rows = [Row((Text(f"B-{number}"), Text(long if number == 2 else "kurz"))) for number in range(60)]
    shown = table(*rows, columns=(Column("Was"), Column("Wie")))
    with pypdfium2.PdfDocument(render_pdf(book(shown), tmp_path)) as pdf:
        pages = [page.get_textpage().get_text_range() for page in pdf]
    heads = [next((line.strip() for line in text.splitlines() if GOES_ON in line), "") for text in pages]
    goes_on = [number > 0 and "Wort" in text for number, text in enumerate(pages)]
    assert 1 < sum(goes_on) < len(pages) - 1
    assert [head == f"{GOES_ON} · B-2" for head in heads] == goes_on
    assert heads[-1] == GOES_ON


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
