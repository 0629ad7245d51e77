"""Text goes ahead of what has no room on its page, and nothing passes another of its kind."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from assembly.render_pdf.chunk import read_outside
from assembly.render_pdf.engine import room
from assembly.render_pdf.stylesheet import stylesheet
from assembly.theme import FONTS, NEUTRAL


@pytest.fixture(scope="module")
def engine() -> room.Engine:
    return room.Engine(stylesheet(NEUTRAL), (FONTS,))


def figure(name: str, height: int) -> str:
    return (
        f'<figure id="{name}"><svg xmlns="http://www.w3.org/2000/svg" width="9mm" height="{height}mm"></svg></figure>'
    )


def text(name: str, words: str = "Wort") -> str:
    return f'<div class="prose"><p id="{name}">{words}</p></div>'


def rows(name: str, count: int, kind: str = "table whole") -> str:
    cells = "<tr><td>Zelle</td></tr>" * count
    return f'<div class="{kind}" id="{name}"><table><tbody>{cells}</tbody></table></div>'


def places(engine: room.Engine, blocks: Sequence[str]) -> list[tuple[str, int]]:
    """Return the names in the order in which they stand on the pages, each with its page."""
    section = f'<section id="s" class="chapter opens-page">{"".join(blocks)}</section>'
    html = f'<!doctype html><html lang="de"><title>x</title><body>{section}</body></html>'
    anchors = read_outside(engine.lay_out(html)).anchors
    ordered = sorted(anchors.keys() - {"s", "t"}, key=lambda name: (anchors[name][0], -anchors[name][2]))
    return [(name, anchors[name][0]) for name in ordered]


def test_text_fills_the_page_before_a_figure(engine: room.Engine) -> None:
    found = places(engine, [figure("a", 150), figure("b", 150), text("c"), text("d"), text("e", "Wort " * 300)])
    assert found == [("a", 0), ("c", 0), ("d", 0), ("e", 0), ("b", 1)]


def test_figures_keep_their_order(engine: room.Engine) -> None:
    found = places(engine, [figure("a", 150), figure("b", 150), figure("c", 20), text("d")])
    assert found == [("a", 0), ("b", 1), ("c", 1), ("d", 1)]


def test_a_table_goes_ahead_of_a_figure_as_a_whole(engine: room.Engine) -> None:
    assert places(engine, [figure("a", 150), figure("b", 150), rows("c", 5)]) == [("a", 0), ("c", 0), ("b", 1)]
    for kind in ("table", "table whole"):
        found = places(engine, [figure("a", 150), figure("b", 150), rows("c", 25, kind)])
        assert [name for name, _ in found] == ["a", "b", "c"]
        assert dict(found)["b"] == 1


def test_text_goes_ahead_of_a_table_that_stays_whole(engine: room.Engine) -> None:
    found = places(engine, [figure("a", 150), rows("b", 25), text("c")])
    assert found == [("a", 0), ("c", 0), ("b", 1)]


def test_text_goes_ahead_of_a_figure_whose_first_part_has_no_room(engine: room.Engine) -> None:
    parts = "".join(f'<div class="panel">{figure(name, 150)}</div>' for name in "bc")
    found = places(engine, [figure("a", 150), f'<figure class="parted">{parts}</figure>', text("d")])
    assert found == [("a", 0), ("d", 0), ("b", 1), ("c", 2)]


def test_a_sheet_keeps_its_order(engine: room.Engine) -> None:
    blocks = [
        f'</section><section id="t" class="sheet opens-page">{figure("b", 200)}',
        rows("c", 20, "table whole firm"),
        text("d"),
    ]
    assert places(engine, [text("a"), *blocks]) == [("a", 0), ("b", 1), ("c", 2), ("d", 2)]


def test_what_leads_on_stays_with_what_follows_it(engine: room.Engine) -> None:
    leads_on = '<div class="prose"><p id="c" class="leads-on">Wort:</p></div>'
    found = places(engine, [figure("a", 150), figure("b", 150), leads_on, rows("d", 2)])
    assert found == [("a", 0), ("b", 1), ("c", 1), ("d", 1)]


def test_no_figure_leaves_its_section(engine: room.Engine) -> None:
    section = f'</section><section id="t" class="chapter">{text("d")}'
    found = places(engine, [figure("a", 150), text("b"), figure("c", 150), section])
    assert found == [("a", 0), ("b", 0), ("c", 1), ("d", 1)]
