"""syntax: each way to break YAML is told by its cause, at the sign that is to blame."""

from __future__ import annotations

import pytest

from assembly.load import read_tree

MANY = 200_000
CASES = (
    ("a: b\n\tc: d\n", 2, 1, "Tabulator"),
    ("titel: Netz: Ausbau\n", 1, 12, "zweiter Doppelpunkt"),
    ("titel: „Netz“: Ausbau\n", 1, 14, "zweiter Doppelpunkt"),
    ('titel: "Netz\nziel: x\n', 1, 8, "Anführungszeichen wird nicht geschlossen"),
    ('titel: "Netz" Ausbau\n', 1, 15, "Hinter dem schließenden Anführungszeichen"),
    ("titel: @WIR\n", 1, 8, "nicht mit @ beginnen"),
    ("- {name: x, einheit: %, art: y}\n", 1, 22, "nicht mit % beginnen"),
    ("titel: `x`\n", 1, 8, "nicht mit ` beginnen"),
    ("raum: [1, 2\nreife: x\n", 1, 7, "Klammer [ wird nicht geschlossen"),
    ("a: {b: 1\n", 1, 4, "Klammer { wird nicht geschlossen"),
    ("a:\n  b: 2027: 1, 2028: 2}\n", 2, 1, "geschlossen, die nicht geöffnet"),
    ("a:\n  - b: 1\n   c: 2\n", 3, 4, "anders eingerückt"),
    ("a:\nb: 1\n  c: 2\n", 3, 3, "anders eingerückt"),
    ("a: x\nreife konzept\nb: y\n", 2, 1, "fehlt der Doppelpunkt"),
    ("a: x\nreife:konzept\nb: y\n", 2, 1, "Doppelpunkt fehlt ein Leerzeichen"),
    ("- id lk-zwickau\n  name: x\n", 1, 3, "fehlt der Doppelpunkt"),
    ("a: x\nb:\u00a0y\nc: [1]\n", 2, 3, "geschütztes Leerzeichen"),
    ("a:\n\u00a0\u00a0b: 1\n  c: 2\n", 2, 1, "geschütztes Leerzeichen"),
    ("a: x\n---\nb: y\n", 2, 1, "zweites YAML-Dokument"),
    ("a: \x0bx\n", 1, 4, "U+000B"),
)


@pytest.mark.parametrize(("text", "line", "column", "words"), CASES)
def test_the_cause_is_named_where_it_is(text: str, line: int, column: int, words: str) -> None:
    tree, found = read_tree(text)
    assert tree is None
    assert [(one.code, one.place.line, one.place.column) for one in found] == [("DAT-006", line, column)]
    assert words in found[0].message
    assert found[0].hint


@pytest.mark.parametrize("sign", ["-", " ", "- ", ":", "a", '"', "a: "])
def test_a_long_row_of_signs_is_explained_at_once(sign: str) -> None:
    _, found = read_tree(f"a: [\n{sign * (MANY // len(sign))}\n\tb: c\n")
    assert [one.code for one in found] == ["DAT-006"]
