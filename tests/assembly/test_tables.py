"""Measured tables: figures never break, long texts get more of the line, and typed tables are measured too."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import HtmlElement

from assembly.document import Align, Cell, Column, Quantity, Row, RowKind, Table, Text
from assembly.parse import _read
from assembly.prose import Node, nodes
from assembly.render_pdf.metrics import width
from assembly.render_pdf.parts import lay_all
from assembly.render_pdf.prose import Abbreviations, ProseWriter, RefWriter
from assembly.render_pdf.rows import held
from assembly.render_pdf.tables import CLOSER, EDGE, GUTTER, LEADING, LINE, SIZES, WIDE_LINE, measure
from assembly.theme import NEUTRAL
from assembly.typed import typed
from tests.books import book, money, one, page, table

SANS = NEUTRAL.sans
WORD = "Gewerbeflächenentwicklungsgenehmigungsverfahrensbeschleunigungskoordinierungsstelle"
TITLE = f"Vorhaben {WORD} und alles, was in einer langen Überschrift sonst noch stehen kann, damit sie lang wird"
AMOUNT = 999_999_999_900  # cents
SIZE = {name: points for points, name in SIZES}


def columns_of(found: Table, *, wide: bool = False) -> list[float]:
    """Return the widths of the columns in millimetres."""
    return [share * (WIDE_LINE if wide else LINE) / 100 for share in measure(found, SANS, wide=wide).widths]


def of_years(years: int, name: str = TITLE) -> Table:
    columns = (Column("Maßnahme"), *(Column(str(2027 + year), Align.RIGHT) for year in range(years)))
    return table(Row((Text(name), *(money(AMOUNT) for _ in range(years)))), columns=columns)


@pytest.mark.parametrize("years", range(1, 11))
def test_amounts_of_ten_digits_have_the_room_they_need(years: int) -> None:
    found = of_years(years)
    measures = measure(found, SANS, wide=years > 6)
    needed = width(SANS, "9.999.999.999", SIZE[measures.size])
    name, *figures = columns_of(found, wide=years > 6)
    assert min(figures[:-1], default=99.0) >= needed + GUTTER - 0.1
    assert figures[-1] >= needed + GUTTER - EDGE - 0.1
    assert name >= 15


def test_parts_of_a_table_have_heads_of_rows_and_type_alike() -> None:
    first = of_years(6, "Kosten investiv")
    last = replace(of_years(7, "Kosten investiv"), id="tbl-2033")
    other = replace(first, id="tbl-2033-b")
    found = {name: laid.measures for name, laid in lay_all([first, last, other], SANS, wide=False, close=True).items()}
    assert found["tbl"].size == found["tbl-2033"].size
    assert found["tbl"].widths[0] == found["tbl-2033"].widths[0]
    assert len({*found["tbl"].widths[1:]}) == 1  # years are equally broad
    assert [round(sum(measures.widths)) for measures in found.values()] == [100, 100, 100]
    assert found["tbl-2033-b"] == measure(other, SANS, close=True) != found["tbl"]


def test_huge_figures_stand_closer_and_the_name_of_the_sum_keeps_to_its_line() -> None:
    cells: tuple[Cell, ...] = (Text("Finanzierung gesamt"), *[money(1_000_000_000_000)] * 6, money(12_000_000_000_000))
    found = replace(of_years(7), rows=(Row((Text(WORD), *cells[1:])), Row(cells, RowKind.TOTAL)))
    measures = measure(found, SANS, close=True)
    name, first, second, *_, last = (share * LINE / 100 for share in measures.widths)
    assert measures.size == "denser"
    assert name >= width(SANS, "Finanzierung gesamt", 7.5, 600) + GUTTER - EDGE
    assert first - second == pytest.approx(CLOSER, abs=0.01)
    assert second >= width(SANS, "10.000.000.000", 7.5, 600) + GUTTER - CLOSER - 0.01
    assert last >= width(SANS, "120.000.000.000", 7.5, 600) + GUTTER - EDGE - CLOSER - 0.01
    assert measures.heights[0] > measures.heights[1] == pytest.approx(LEADING[7.5] + 2.6)


@given(
    st.lists(
        st.tuples(st.sampled_from(Align), st.integers(0, 60), st.sampled_from(["", "ja", WORD, TITLE])),
        min_size=1,
        max_size=12,
    )
)
def test_columns_fill_the_line_whatever_stands_in_them(columns: list[tuple[Align, int, str]]) -> None:
    heads = tuple(Column(text[:40], align, named) for align, named, text in columns)
    measures = measure(table(Row(tuple(Text(text) for _, _, text in columns)), columns=heads), SANS)
    assert sum(measures.widths) == pytest.approx(100, abs=0.05)
    assert min(measures.widths) > 0


def test_a_long_title_gets_more_of_the_line_than_its_column_asks_for() -> None:
    columns = (
        Column("Kennung", width=26),
        Column("Titel", width=30),
        Column("Status", width=40),
        Column("Ort", width=40),
    )
    short = table(Row((Text("WIR-001"), Text("Batterie"), Text("abgestimmt"), Text("Zwickau"))), columns=columns)
    long = table(Row((Text("WIR-001"), Text(f"{TITLE} {TITLE}"), Text("abgestimmt"), Text("Zwickau"))), columns=columns)
    assert columns_of(short)[1] < 40
    assert columns_of(long)[1] > 80
    assert columns_of(long)[2] >= width(SANS, "abgestimmt", 9.1) + GUTTER


def test_the_columns_of_a_matrix_are_alike() -> None:
    heads = (Column("Maßnahme"), Column("V-1 Arbeit", Align.CENTRE), Column(f"V-2 {WORD}", Align.CENTRE))
    found = table(Row((Text("Batterie"), Text("●○○"), Text("–"))), columns=heads)
    _, first, second = columns_of(found, wide=True)
    assert first == pytest.approx(second)


def test_a_long_unit_stands_below_its_number() -> None:
    long = Quantity(Decimal(9_999_999_999), "Megawattstunden je Beschäftigtem und Kalenderjahr")
    cells: tuple[Cell, ...] = (Text("Strom"), long, Text(TITLE))
    found = table(Row(cells), columns=(Column("Was"), Column("Ziel", Align.RIGHT), Column("Erhebung")))
    assert columns_of(found)[1] < 45
    assert one(page(book(found)), "td.r .nb").text_content() == "9.999.999.999"


@pytest.mark.parametrize("unit", ["MWh/a", "Megawattstunden"])
def test_a_number_keeps_its_unit(unit: str) -> None:
    cell = one(page(book(table(Row((Text("Strom"), Quantity(Decimal(7), unit)))))), "td.r")
    assert (cell.text_content(), "nb" in cell.classes) == (f"7\u00a0{unit}", True)
    long = one(page(book(table(Row((Text("Strom"), Quantity(Decimal(7), f"{unit} je Kopf und Jahr")))))), "td.r .nb")
    assert long.text_content() == f"7\u00a0{unit}"


def test_only_a_very_high_row_may_break() -> None:
    rows = (Row((Text("a"), Text("b"))), Row((Text(f"{TITLE} " * 14), Text("b"))), Row((Text("c"),), RowKind.GROUP))
    columns = (Column("Was"), Column("Wie"))
    names = [row.get("class") for row in page(book(table(*rows, columns=columns))).cssselect("tbody tr")]
    assert names == ["body", "body tall", "group"]


# --- tables typed in Markdown ---------------------------------------------------------------------------------------

MANY = (
    "| "
    + " | ".join(f"Spalte {n}" for n in range(9))
    + " |\n|"
    + "---|" * 9
    + "\n| "
    + " | ".join(["9.999.999.999"] * 9)
    + " |"
)
MIXED = "\n".join(
    (
        f"| Was | {WORD} | Betrag | Anteil | Jahr |",
        "|---|---|---|---|:-:|",
        f"| {TITLE} | ja | 9.999 € | 12,5 % | 2027 |",
        "| b | nein | – | 3 % | |",
    )
)


def read(markdown: str) -> Node:
    """Return the one table of a text."""
    return next(node for node in nodes(_read([markdown])[0]["blocks"]) if node["t"] == "Table")


def html(markdown: str) -> HtmlElement:
    """Return a typed table as it is written."""
    writer = ProseWriter(Path("/nowhere"), RefWriter(), Abbreviations(()), SANS)
    return lxml.html.fragment_fromstring(writer.blocks([read(markdown)]))


def test_a_typed_column_of_numbers_is_one_of_figures() -> None:
    found = typed(read(MIXED))
    assert [column.align for column in found.columns] == [
        Align.LEFT,
        Align.LEFT,
        Align.RIGHT,
        Align.RIGHT,
        Align.CENTRE,
    ]
    assert [column.title for column in found.columns] == ["Was", WORD, "Betrag", "Anteil", "Jahr"]
    years = typed(read("| Jahr | Ort |\n|---|---|\n| 2027 | 1 |"))
    assert [column.align for column in years.columns] == [Align.LEFT, Align.RIGHT], "a first column names its rows"


def test_a_typed_table_is_measured() -> None:
    table_ = html(MIXED)
    widths = [float(str(col.get("style")).removeprefix("width:").removesuffix("%")) for col in table_.iter("col")]
    assert sum(widths) == pytest.approx(100, abs=0.05)
    assert widths[0] > widths[4]
    assert [cell.get("class") for cell in table_.cssselect("tbody tr:first-child > *")] == ["l", "l", "r", "r", "c"]
    assert [cell.get("scope") for cell in table_.cssselect("th")] == ["col"] * 5 + ["row"] * 2


def test_a_typed_table_of_many_columns_takes_the_whole_line_and_smaller_type() -> None:
    assert set(html(MANY).classes) == {"typed", "denser", "full"}
    assert set(html("| a | b |\n|---|---|\n| c | d |").classes) == {"typed"}


@pytest.mark.parametrize("text", ["1" * 5_000 + "x", "1 " * 5_000 + "x"])
def test_a_long_row_of_digits_is_read_at_once(text: str) -> None:
    assert typed(read(f"| a | b |\n|---|---|\n| c | {text} |")).columns[1].align is Align.LEFT


GROUP, BODY, SUM, TOTAL = RowKind.GROUP, RowKind.BODY, RowKind.SUBTOTAL, RowKind.TOTAL


@pytest.mark.parametrize(
    ("kinds", "heights", "together"),
    [
        ([BODY], [5], [False]),
        ([BODY] * 6, [5] * 6, [True, False, False, True, True, False]),  # two at the foot, three at the head
        ([GROUP, BODY, BODY, BODY, BODY, SUM], [5] * 6, [True, True, False, True, True, False]),  # two before a sum
        ([BODY, BODY, TOTAL], [5] * 3, [True, True, False]),
        ([GROUP, BODY, BODY, BODY], [5, 25, 5, 60], [True, False, False, False]),  # a high row may stand alone
        ([GROUP, BODY, BODY, BODY], [5, 25, 5, 25], [True, False, True, False]),  # but the last of a table does not
        ([BODY, BODY, BODY, BODY, SUM], [5, 5, 5, 25, 5], [True, False, False, True, False]),  # a high one before a sum
        ([BODY, BODY, BODY, BODY, SUM], [5, 5, 25, 5, 5], [True, False, False, True, False]),  # no high one beyond it
        ([GROUP, BODY, GROUP, BODY], [5] * 4, [True, False, True, False]),
        ([BODY, BODY, BODY], [60, 60, 60], [False, False, False]),  # too high for one page beside each other
        (
            [BODY, BODY, BODY, BODY],
            [5, 50, 5, 50],
            [False, False, True, False],
        ),  # it does not wait for a high one
        ([GROUP, BODY, BODY], [5, 90, 90], [True, False, False]),  # a heading is never parted from its row
    ],
)
def test_rows_that_belong_together_are_held(kinds: list[RowKind], heights: list[float], together: list[bool]) -> None:
    assert held(kinds, heights) == together
