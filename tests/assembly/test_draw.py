"""Drawings: the same input gives the same bytes, words stay words, and colours keep their distance."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from assembly.colours import AA, contrast, mix, tier_colours, tints
from assembly.draw import draw_png, draw_svg
from assembly.draw.boxes import lines_of
from assembly.draw.paper import width
from assembly.draw.timeline import ROW
from assembly.draw.words import wrapped
from assembly.drawings import OPEN, Bar, Drawing, Group, Node, StackedBars, Timeline, axis
from assembly.german import BILLION, MILLION, unit_for
from assembly.theme import NEUTRAL, PAPER
from schema.funding_source import Tier

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = 'Ein $x^2$ & <script>alert(1)</script> "Titel"'


def _bar(measure: str, begin: float, end: float, *, after: tuple[str, ...] = (), title: str = "Titel") -> Bar:
    return Bar(measure, title, measure[:3], begin, end, ((begin + 0.5, "Start"),), after, strong=measure == "WIR-001")


TIMELINE = Timeline(
    2027,
    2030,
    (_bar("WIR-001", 2027, 2028.5, title=HOSTILE), _bar("WIS-001", 2028.5, 2031, after=("WIR-001", "DAS-009"))),
    (Group("WIR", "Wirtschaft", "#1f5fa8"), Group("WIS", "Wissenschaft", "#6a4c93")),
)
BARS = StackedBars(
    ("2027", "2028"),
    (("EU", (1_240_000_000, 500_000_000)), ("Land", (300_000_000, 0)), (OPEN, (100_000_000, 50_000_000))),
)


def _texts(svg: str) -> list[str]:
    return [node.text or "" for node in etree.fromstring(svg).iter(f"{SVG}text")]


@pytest.mark.parametrize("drawing", [TIMELINE, BARS])
def test_same_drawing_gives_same_bytes(drawing: Drawing) -> None:
    assert draw_svg(drawing, 166, "Bild") == draw_svg(drawing, 166, "Bild")
    assert draw_png(drawing, 60, 72) == draw_png(drawing, 60, 72)


@pytest.mark.parametrize("drawing", [TIMELINE, BARS])
def test_svg_stands_alone_inside_a_page(drawing: Drawing) -> None:
    svg = draw_svg(drawing, 166, 'Größer als "100" & <mehr>')
    root = etree.fromstring(svg)
    assert root.tag == f"{SVG}svg"
    assert root[0].tag == f"{SVG}title"
    assert root[0].text == 'Größer als "100" & <mehr>'
    assert root.get("width") == "166mm"
    assert not [node for node in root.iter() if node.get("id")], "ids would occur once a figure in one page"
    assert root.find(f".//{SVG}style") is None, "a style would reach out of the figure"
    assert "Source Sans 3" in svg


def test_words_of_a_record_are_words() -> None:
    """A title with „$“ is no mathematics, one with „<“ no markup."""
    words = " ".join(_texts(draw_svg(TIMELINE, 400, "Bild")))
    assert "$x^2$ &" in words
    assert "<script>" in words


def test_timeline_names_years_measures_and_groups() -> None:
    words = _texts(draw_svg(TIMELINE, 252, "Bild"))
    assert {"2027", "2028", "2029", "2030", "WIR-001", "WIS-001", "Wirtschaft", "Wissenschaft"} <= set(words)
    assert "2031" not in words


def test_what_ends_too_late_is_red_in_a_timeline_and_nothing_else() -> None:
    first, second = TIMELINE.bars
    assert NEUTRAL.warning not in draw_svg(TIMELINE, 166, "Bild")
    for wrong in (("WIR-001",), ("DAS-009",)):
        late = replace(TIMELINE, bars=(first, replace(second, wrong=wrong)))
        assert NEUTRAL.warning in draw_svg(late, 166, "Bild")


def test_timeline_of_one_group_needs_no_heading_and_grows_by_rows() -> None:
    one = replace(TIMELINE, bars=TIMELINE.bars[1:])
    two = replace(TIMELINE, bars=(*one.bars, _bar("WIS-002", 2027, 2028)))
    assert "Wissenschaft" not in _texts(draw_svg(one, 252, "Bild"))
    roots = [etree.fromstring(draw_svg(drawing, 252, "Bild")) for drawing in (one, two)]
    heights = [float(str(root.get("height")).removesuffix("mm")) for root in roots]
    assert heights[1] - heights[0] == pytest.approx(ROW)


def test_an_arrow_leads_from_what_is_drawn_and_words_name_what_is_not() -> None:
    head = f'fill="{NEUTRAL.text}" stroke="{NEUTRAL.text}"'
    both = draw_svg(TIMELINE, 252, "Bild")
    assert both.count(head) == 1
    assert "nach DAS-009" in _texts(both)
    elsewhere = replace(TIMELINE, bars=(TIMELINE.bars[0], replace(TIMELINE.bars[1], after=("DAS-009",))))
    assert head not in draw_svg(elsewhere, 252, "Bild")
    neither = replace(TIMELINE, bars=(TIMELINE.bars[0], replace(TIMELINE.bars[1], after=())))
    assert head not in draw_svg(neither, 252, "Bild")
    assert not [words for words in _texts(draw_svg(neither, 252, "Bild")) if words.startswith("nach ")]


@given(st.text(alphabet="abcdefghij -ßÄ", max_size=160), st.floats(8, 80), st.integers(1, 4))
def test_long_titles_keep_to_their_lines_and_their_room(title: str, room: float, most: int) -> None:
    lines = wrapped(title, room, 8.6, most)
    assert len(lines) <= most
    assert all(width(line, 8.6) <= room for line in lines)
    if "…" not in "".join(lines):
        assert "".join(lines).replace("-", "").replace(" ", "") == "".join(title.split()).replace("-", "")


@pytest.mark.parametrize(
    ("word", "room", "pieces"),
    [
        ("Gewerbeflächenverbund", 25, ("Gewerbeflächen-", "verbund")),
        ("Transformationsfonds", 25, ("Transformations-", "fonds")),
        ("Telemedizinverbund", 23, ("Telemedizinver-", "bund")),
        ("Rückkehrkampagne", 22, ("Rückkehrkam-", "pagne")),
    ],
)
def test_long_words_break_between_syllables(word: str, room: float, pieces: tuple[str, ...]) -> None:
    assert wrapped(word, room, 8.6) == pieces


def test_stacked_bars_write_amounts_totals_and_legend() -> None:
    words = _texts(draw_svg(BARS, 166, "Bild"))
    assert {"12,4", "16,4", "5,5", "2027", "2028", "EU", "Land", OPEN, "Mio.\u00a0€"} <= set(words)


def test_gap_is_an_outline() -> None:
    svg = draw_svg(BARS, 166, "Bild")
    assert "stroke-dasharray" in svg
    closed = replace(BARS, layers=BARS.layers[:2])
    assert "stroke-dasharray" not in draw_svg(closed, 166, "Bild")


def test_no_amounts_at_all_still_draw() -> None:
    empty = replace(BARS, layers=(("EU", (0, 0)),))
    assert "2028" in _texts(draw_svg(empty, 166, "Bild"))


@given(st.integers(0, 10**14))
def test_axis_reaches_over_the_highest_bar_in_few_round_steps(highest: int) -> None:
    step, top = axis(highest, MILLION)
    assert top >= highest
    assert top % step == 0
    assert 1 <= top // step <= 6


@given(st.integers(1, 10**16))
def test_amounts_are_short_and_mean_something(cents: int) -> None:
    words = unit_for(cents).amount(cents)
    assert words.strip("0,")
    assert len(words) <= 9 or cents >= 1000 * BILLION
    assert unit_for(MILLION).amount(1) == "<\u00a00,1"
    assert unit_for(MILLION).amount(0) == "0,0"


def test_every_tier_has_one_tint_by_key_and_label() -> None:
    colours = tier_colours("#0f4c5c")
    assert all(colours[tier.value] == colours[tier.label] for tier in Tier)
    assert len({colours[tier.value] for tier in Tier}) == len(Tier)
    assert tints("#0f4c5c", 1) == ("#0f4c5c",)


@given(st.from_regex("#[0-9a-f]{6}", fullmatch=True), st.floats(0, 1))
def test_words_on_a_tint_can_be_read(colour: str, white: float) -> None:
    ground = mix(colour, white)
    assert contrast(NEUTRAL.ink_on(ground), ground) >= AA


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", PAPER) == pytest.approx(21)
    assert contrast(NEUTRAL.warning, PAPER) >= 4.5


def test_the_note_of_a_box_without_a_title_has_the_room_of_both() -> None:
    found = lines_of(Node("Chemnitz", "", "1 Veranstaltung, 1.234.567 Teilnehmende"), 40.0, 3)
    assert found == [("", True), ("1 Veranstaltung, 1.234.567", True), ("Teilnehmende", True)]
    assert len(lines_of(Node("Chemnitz", "Stadt", "1 Veranstaltung, 1.234.567 Teilnehmende"), 40.0, 3)) == 3
