"""markup: whatever looks like a table, a note or a call is one, or is said not to be; held against pandoc itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from assembly import pipeline, report
from assembly.parse import _read
from assembly.prose import nodes
from assembly.resolve.markup import Typed, check_fences, check_footnotes, check_links, check_tables
from assembly.texts import without_blocks_of_code, without_code
from tests.plans import IDEA, copy_with

TABLES = (
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "| a | b |\n|:--|--:|\n| 1 \\| x | 2 |\n| 3 |",
    "a | b\n--- | ---\n1 | 2",
    "| a |\n|---|",
    "| a | b |\n|--|--|\nText ohne Strich",
    "- Punkt\n\n  | a | b |\n  |---|---|\n  | 1 | 2 |",
    "> | a | b |\n> |---|---|\n> | 1 | 2 |",
)
NO_TABLES = (
    "| a | b |\n|---|---|---|\n| 1 | 2 |",
    "| a | b |\n|---|\n| 1 | 2 |",
    "| a | b |\n| 1 | 2 |",
    "Text:\n| a | b |\n|---|---|",
    "| a | b |\n|-- -|---|",
    "| a | b |\n|–––|–––|\n| 1 | 2 |",
    "| `a|b` | c |\n|---|---|\n| 1 | 2 |",
    "+---+---+\n| a | b |\n+---+---+",
)


def _typed(text: str) -> Typed:
    return Typed(("x.md", ()), without_blocks_of_code(text), without_code(text))


@pytest.mark.parametrize("text", TABLES)
def test_a_table_is_none_of_our_business(text: str) -> None:
    assert any(node["t"] == "Table" for node in nodes(_read([text])[0]["blocks"]))
    assert list(check_tables(_typed(text))) == []


@pytest.mark.parametrize("text", NO_TABLES)
def test_what_pandoc_takes_for_a_paragraph_with_strokes_is_named_once(text: str) -> None:
    assert not any(node["t"] == "Table" for node in nodes(_read([text])[0]["blocks"]))
    assert [found.code for found in check_tables(_typed(text))] == ["TXT-013"]


def test_the_last_row_of_a_text_without_line_end_belongs_to_its_table() -> None:
    table, *rest = _read([TABLES[0]])[0]["blocks"]
    assert (table["t"], rest) == ("Table", [])


@pytest.mark.parametrize(
    "text",
    ["Betrag |x| und\ny | z", "```\n| a | b |\n| 1 | 2 |\n```", "a\n---\n\nb", "[^a] in Text\n\n[^a]: Note", "`[^x]`"],
)
def test_what_is_meant_as_it_stands_is_left_alone(text: str) -> None:
    typed = _typed(text)
    assert [*check_tables(typed), *check_footnotes(typed), *check_fences(typed)] == []


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("a[^eins] b[^eins]", "Zur Fußnote [^eins] fehlt der Text.", "Ergänzen Sie eine eigene Zeile: [^eins]: Text."),
        ("a[^ein] b[^eins]\n\n[^eins]: c", "Zur Fußnote [^ein] fehlt der Text.", "Meinten Sie „eins“?"),
    ],
)
def test_a_note_without_words_is_named_once(text: str, message: str, hint: str) -> None:
    assert [(found.message, found.hint) for found in check_footnotes(_typed(text))] == [(message, hint)]


@pytest.mark.parametrize(
    ("text", "torn"),
    [
        ("[a] (https://example.org)", True),
        ("[a](https://example .org)", True),
        ("![a](bilder/Halle 1.png)", True),
        ('![a](bilder/halle.png "Bild: Amt")', False),
        ("[a](https://example.org 'Titel')", False),
        ("[a](https://example.org)", False),
        ("[a](siehe unten)", False),
    ],
)
def test_a_link_torn_by_a_blank_is_named(text: str, torn: bool) -> None:
    kinds = {node["t"] for node in nodes(_read([text])[0]["blocks"])}
    assert [found.code for found in check_links(_typed(text))] == ["TXT-014"] * torn
    assert not torn or not kinds & {"Link", "Image"}


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("::: {.massnahmen}\n:::", 0),
        ("::: massnahmen\n:::", 0),
        ('::: {.tabelle sicht="uebersicht}\n:::', 1),
        ("::: {#tbl-x .tabelle\n:::", 1),
        ("::: {.tabelle} Text\n:::", 1),
        (":::", 1),
        ("- ::: {.x}\n  :::\n", 0),
        ("```\n:::\n```", 0),
    ],
)
def test_a_line_of_colons_that_prints_is_named(text: str, lines: int) -> None:
    found = list(check_fences(_typed(text)))
    printed = any(":::" in str(node.get("c")) for node in nodes(_read([text])[0]["blocks"]) if node["t"] == "Str")
    assert len(found) == lines
    assert printed == bool(lines)


@pytest.mark.parametrize("sign", ["[", "[^", "|", "`", "![](", ":::", " ", "[a] ", "-|", "`` ` "])
def test_a_long_row_of_signs_is_read_at_once(sign: str) -> None:
    typed = _typed(sign * (200_000 // len(sign)))
    assert len([*check_tables(typed), *check_footnotes(typed), *check_links(typed), *check_fences(typed)]) <= 1


def test_a_caret_stands_under_the_sign_in_chapter_and_record(tmp_path: Path) -> None:
    root = copy_with(
        tmp_path,
        {
            "chapters/09-x.md": "# X {#kap-x}\n\nA `[^x]` b[^x].\n\n| a | b |\n|---|\n\n| a | b |\n|---|---|\n",
            "measures/WIR/WIR-002.yaml": IDEA + "ziel: >\n  A[^y]\n  b.\n",
        },
    )
    checked = pipeline.check(root)
    places = [
        (found.code, location.line, location.text[location.column - 1 :][: location.length])
        for found, location in report.sort(checked.sources, checked.diagnostics)
        if found.code.startswith("TXT-01")
    ]
    assert places == [("TXT-012", 3, "[^x]"), ("TXT-013", 6, "|---|"), ("TXT-012", 8, "[^y]")]
