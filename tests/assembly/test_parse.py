"""parse: each text by itself, and nothing in it that could carry markup of an output format past us."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assembly import parse
from assembly.parse import MAX_DEPTH, _depth, _harmless, _read, _read_one
from assembly.prose import nodes, plain, rewrite
from assembly.texts import TextKey

TEXTS = [
    "# A {#kap-a}\n\nText.",
    "::: {.x}\nnie geschlossen",
    "[x]: https://example.org",
    "Siehe [x].",
    "a[^1]",
    "[^1]: b",
]


def test_each_text_is_parsed_by_itself() -> None:
    together = _read(TEXTS)
    assert together == [_read([text])[0] for text in TEXTS]
    assert together == list(reversed(_read(list(reversed(TEXTS)))))
    assert plain(together[3]["blocks"]) == "Siehe [x]."


def test_words_that_are_alike_are_one_value() -> None:
    inlines = [_read([text])[0]["blocks"][0]["c"] for text in ("Batterie und Batterie", "Eine Batterie")]
    first, space, *_, last = inlines[0]
    assert first == {"t": "Str", "c": "Batterie"}
    assert first is last is inlines[1][-1]
    assert space is inlines[1][1]


@pytest.mark.parametrize("typed", ["@WIR-001", "a_b_c", "$x$", ":smile:", "`x`{=html}", "x@y.de", "<", "\\begin{x}"])
def test_no_markup_of_another_language_is_read(typed: str) -> None:
    kinds = {node["t"] for node in nodes(_read([typed])[0]["blocks"])}
    assert kinds <= {"Para", "Str", "Space", "Code"}


@pytest.mark.parametrize(
    "typed",
    ["<script>x</script>", "a <b>b</b>", "[x](javascript:alert)", "![x](https://example.org/a.png)", "<!-- x -->"],
)
def test_what_is_not_allowed_becomes_words(typed: str) -> None:
    harmless = rewrite(_read([typed])[0]["blocks"], partial(_harmless, frozenset()))
    assert {node["t"] for node in nodes(harmless)}.isdisjoint({"RawInline", "RawBlock", "Link", "Image"})
    assert "javascript:" not in json.dumps(harmless)


SIGNS = st.text(st.sampled_from("a1 \n\t-=#$:{}_`*[]()|>.+~^\\<\"'@&;")) | st.sampled_from(
    [
        "a\n-\n",
        "> a\n> ==",
        "- a\n  --",
        ":a:",
        "x :+1: y",
        "`a`{=html}",
        "---\na: b\n---\n",
        "$a$",
        "a{=",
        "# a",
        "a\r-\r",
    ]
)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(SIGNS, min_size=30, max_size=60))
def test_the_short_way_reads_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, texts: list[str]) -> None:
    shorter = _read(texts)
    reader = parse.READER.read_text(encoding="utf-8")
    always = tmp_path / "always.lua"
    always.write_text(reader.replace("needs_all(text) and format or 'commonmark_x'", "format"), encoding="utf-8")
    assert always.read_text(encoding="utf-8") != reader
    with monkeypatch.context() as patch:
        patch.setattr(parse, "READER", always)
        assert _read(texts) == shorter


def test_a_text_may_end_with_a_table() -> None:
    table = _read(["| a | b |\n|---|---|\n| c | d |"])[0]["blocks"]
    assert [block["t"] for block in table] == ["Table"]
    assert plain(table).split() == ["a", "b", "c", "d"]


def test_depth_is_counted_without_recursion() -> None:
    tree: dict[str, object] = {"t": "Str", "c": "x"}
    for _ in range(5000):
        tree = {"t": "Emph", "c": [tree]}
    assert _depth([tree]) == 5001
    assert _depth([]) == 0
    assert _depth(_read(["- a\n  - b"])[0]["blocks"]) == 4


def test_a_text_too_deep_for_json_is_still_a_document() -> None:
    assert _depth(_read_one(">" * 3000 + " x")["blocks"]) > MAX_DEPTH


def test_a_text_too_tangled_for_pandoc_is_a_fault_and_the_others_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parse, "TIMEOUT_SECONDS", 2)
    monkeypatch.setattr(parse, "SECONDS_EACH", 1)
    read = parse._read
    monkeypatch.setattr(parse, "_read", lambda texts, seconds=2: read(texts, seconds))
    texts: dict[TextKey, str] = {("a.md", ()): "Ein Satz.", ("b.md", ()): "a**b" * 100_000}
    documents, found = parse._read_all(texts)
    assert plain(documents[0]["blocks"]) == "Ein Satz."
    assert [(diagnostic.code, diagnostic.place.file) for diagnostic in found] == [("TXT-005", "b.md")]
