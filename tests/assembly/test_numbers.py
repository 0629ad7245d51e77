"""What is expected of the numbers of pages before the pages are there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from assembly.render_pdf.chunk import Outside
from assembly.render_pdf.html import Html
from assembly.render_pdf.numbers import SIGNS, Expectation, zeros
from assembly.render_pdf.pages import _settled
from assembly.render_pdf.stylesheet import Stylesheet
from assembly.render_pdf.workshop import Laid


def chunk(name: str, pages: float = 1.0, kind: str = "chapter") -> str:
    """Return a chunk whose text should fill so many pages; its last words have an anchor."""
    return (
        f'<section id="{name}" class="{kind} opens-page">{"x" * int(pages * SIGNS)}<p id="{name}-end">x</p></section>'
    )


def outside(pages: int, anchors: Mapping[str, int]) -> Outside:
    """Return what a laid out chunk shows: how many pages, and on which of them (from 0) its anchors stand."""
    return Outside(pages, {name: (page, 0.0, 0.0) for name, page in anchors.items()}, (), (), {})


def test_room_grows_with_the_book() -> None:
    expectation = Expectation([chunk("a"), chunk("b", 30), chunk("c", 300), chunk("d")])
    assert expectation.room(["a", "b", "c", "d"]) == {"a": "0", "b": "0", "c": "00", "d": "000"}
    assert expectation.room(["c-end"]) == {"c-end": "000"}


def test_room_for_what_is_no_target_is_that_of_one_digit() -> None:
    assert Expectation([chunk("a", 500)]).room(["nowhere"]) == {"nowhere": "0"}


def test_a_page_close_to_another_digit_is_not_sure() -> None:
    expectation = Expectation([chunk("a", 94), chunk("b"), chunk("c", 50), chunk("d")])
    assert [expectation.is_sure(name) for name in "abcd"] == [True, False, False, True]


def test_what_is_known_makes_the_rest_sure() -> None:
    expectation = Expectation([chunk("a", 94), chunk("b"), chunk("c", 20)])
    expectation.learn({0: outside(98, {"a": 0}), 1: outside(1, {"b": 0})})
    assert expectation.is_sure("b")
    assert expectation.is_sure("c")
    assert expectation.room(["b", "c"]) == {"b": "00", "c": "000"}


def test_a_known_chunk_says_where_its_anchors_stand() -> None:
    expectation = Expectation([chunk("a", 3), chunk("b", 12)])
    expectation.learn({0: outside(8, {"a": 0, "a-end": 7}), 1: outside(12, {"b": 0, "b-end": 11})})
    assert expectation.room(["a-end", "b", "b-end"]) == {"a-end": "0", "b": "0", "b-end": "00"}


def test_where_pages_are_doubtful_what_stands_before_them_decides() -> None:
    expectation = Expectation([chunk("a", 2), chunk("b", 94), chunk("c"), chunk("d")])
    assert expectation.decisive({0: ["c"], 1: ["a"], 3: ["a", "c"]}) == [0, 1]
    assert expectation.decisive({2: ["a", "c"], 3: ["c"]}) == [2, 3]


def test_sheets_take_the_pages_that_they_are_made_to_fit() -> None:
    sheets = [chunk(f"S-{index}", 9, "sheet") for index in range(5)]
    assert Expectation([*sheets, chunk("z")]).room(["z"]) == {"z": "00"}
    assert Expectation([*sheets[:4], chunk("z")]).room(["z"]) == {"z": "0"}


def test_zeros_are_as_many_as_the_digits() -> None:
    assert [zeros(page) for page in (1, 9, 10, 345)] == ["0", "0", "00", "000"]


class Wavering:
    """Lays out chunks: the first takes a page less where it prints a longer number, so that it never comes to rest."""

    def __init__(self) -> None:
        self.asked = 0

    def lay_out(self, pages: Iterable[str]) -> list[Laid]:
        laid = [Laid(self._shown(page), b"") for page in pages]
        self.asked += len(laid)
        return laid

    def _shown(self, page: str) -> Outside:
        name = page[page.index('id="') + 4]
        count = (8 if "00" in page else 9) if name == "a" else 1
        return outside(count, {name: 0})


def test_numbers_that_never_come_to_rest_are_given_room() -> None:
    def prints(name: str, target: str) -> str:
        return f'<section id="{name}" class="chapter"><a class="page" href="#{target}">S.\u00a00</a></section>'

    html = Html("<body>", (prints("a", "b"), prints("b", "b")), Stylesheet("", ()))
    workshop = Wavering()
    laid = _settled(html, workshop)  # type: ignore[arg-type]  # it is all that is asked for
    assert [chunk.outside.pages for chunk in laid] == [8, 1]
    assert workshop.asked < 20
