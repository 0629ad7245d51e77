"""Passages and rows find their places, whatever is printed between them, and what does not agree is named."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from assembly.document import Column, Row, Table, Text
from assembly.proofread.expected import ExpectedTable, Passage
from assembly.proofread.matching import match
from assembly.proofread.printed import PrintedTable, Words
from assembly.proofread.tables import hold_tables


def found(words: Sequence[str], text: str) -> tuple[list[int], list[tuple[str, str]]]:
    """Return where the passages stand, and the gaps: what was to stand there, what does."""
    result = match([Passage("", word, word) for word in words], text)
    gaps = [(gap.passage.words if gap.passage else "", text[gap.start : gap.end]) for gap in result.gaps]
    return result.places, gaps


@pytest.mark.parametrize(
    ("words", "text", "places", "gaps"),
    [
        (["eins", "zwei"], "einszwei", [0, 4], []),
        (["zweitens", "erstens"], "erstenszweitens", [7, 0], []),
        (["Kosten: 12", "danach"], "Kosten: 13danach", [-1, 10], [("Kosten: 12", "Kosten: 13")]),
        (["Anfang", "fehlt hier", "am Ende"], "Anfangam Ende", [0, -1, 6], [("fehlt hier", "")]),
        (["Anfang", "am Ende"], "Anfangfremdam Ende", [0, 11], [("", "fremd")]),
        (["Anfang"], "Anfangfremd", [0], [("", "fremd")]),
        (["–", "–", "–"], "––", [0, 1, -1], [("–", "")]),
        ([], "", [], []),
    ],
)
def test_passages_find_their_places(
    words: list[str], text: str, places: list[int], gaps: list[tuple[str, str]]
) -> None:
    assert found(words, text) == (places, gaps)


def table(*rows: str, caption: str = "Tabelle1") -> ExpectedTable:
    cells = [row.split("|") for row in rows]
    lines = tuple(Row(tuple(map(Text, row))) for row in cells)
    return ExpectedTable(Table("t", [], (Column("a"), Column("b")), lines, []), caption, cells)


def printed(*rows: str, caption: str = "1/2Tabelle1") -> PrintedTable:
    return PrintedTable(caption, [[Words(cell, 0) for cell in row.split("|")] for row in rows])


@pytest.mark.parametrize(
    ("wanted", "shown", "rows", "foreign"),
    [
        (["a|1", "b|2"], ["a|1", "b|2"], ["a|1", "b|2"], []),
        (["a|1", "b|2"], ["a|1", "b|3"], ["a|1", "b|3"], []),
        (["a|1", "b|2", "c|3"], ["a|1", "c|3"], ["a|1", None, "c|3"], []),
        (["a|1", "c|3"], ["a|1", "b|2", "c|3"], ["a|1", "c|3"], ["b|2"]),
        (["lange Zeile|1", "b|2"], ["lange|1", " Zeile|", "b|2"], ["lange Zeile|1", "b|2"], []),
        (["abc|xyz", "b|2"], ["a|x", "b|y", "c|z", "b|2"], ["abc|xyz", "b|2"], []),
    ],
)
def test_rows_find_their_places(
    wanted: list[str], shown: list[str], rows: list[str | None], foreign: list[str]
) -> None:
    held = hold_tables([table(*wanted)], [printed(*shown)])
    assert [None if row is None else "|".join(cell.text for cell in row) for row in held.pairs[0].rows] == rows
    assert ["|".join(cell.text for cell in row) for row in held.pairs[0].foreign] == foreign


def test_tables_find_each_other_by_their_captions() -> None:
    one, two = table("a|1"), table("b|2", caption="Tabelle2")
    held = hold_tables([one, two], [printed("b|2", caption="1/3Tabelle2")])
    assert [pair.expected for pair in held.pairs] == [two]
    assert (held.missing, held.foreign) == ([one], [])
    held = hold_tables([one], [printed("x|9", caption="Tabelle9"), printed("a|1")])
    assert [pair.expected for pair in held.pairs] == [one]
    assert [other.caption for other in held.foreign] == ["Tabelle9"]
