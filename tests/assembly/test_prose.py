"""prose: looking into pandoc's AST without changing it."""

from __future__ import annotations

import copy

from assembly.document import Ref
from assembly.prose import Node, Nodes, nodes, paragraph, plain, rewrite, text_inlines

TREE: Nodes = [
    {"t": "Header", "c": [1, ["kap-x", [], []], [{"t": "Str", "c": "Titel"}]]},
    {"t": "HorizontalRule"},
    {
        "t": "Para",
        "c": [
            {"t": "Strong", "c": [{"t": "Str", "c": "fett"}]},
            {"t": "Space"},
            {"t": "Quoted", "c": [{"t": "DoubleQuote"}, [{"t": "Str", "c": "zitiert"}]]},
            {"t": "Note", "c": [{"t": "Para", "c": [{"t": "Str", "c": "Fußnote"}]}]},
            {"t": "SoftBreak"},
            {"t": "Code", "c": [["", [], []], "@WIR"]},
            {"t": "Ref", "c": Ref("WIR-004", "WIR-004")},
        ],
    },
]


def test_plain_text_is_what_a_reader_reads() -> None:
    assert plain(TREE) == "Titel fett „zitiert“ @WIRWIR-004"
    assert plain([]) == ""


def test_nodes_come_in_reading_order_with_notes() -> None:
    kinds = [node["t"] for node in nodes(TREE)]
    assert kinds[:4] == ["Header", "Str", "HorizontalRule", "Para"]
    assert [node["c"] for node in nodes(TREE) if node["t"] == "Str"] == ["Titel", "fett", "zitiert", "Fußnote"]


def test_rewriting_replaces_and_leaves_the_original() -> None:
    before = copy.deepcopy(TREE)

    def shout(node: Node) -> Nodes | None:
        return [{"t": "Str", "c": node["c"].upper()}, {"t": "Str", "c": "!"}] if node["t"] == "Str" else None

    after = rewrite(TREE, shout)
    assert before == TREE
    assert plain(after) == "TITEL! FETT! „ZITIERT!“ @WIRWIR-004"
    assert rewrite(TREE, lambda _: None) == TREE


def test_what_stays_as_it_was_is_not_copied() -> None:
    tree = [paragraph(text_inlines("Eins zwei")), paragraph([{"t": "Emph", "c": text_inlines("drei vier")}])]
    assert rewrite(tree, lambda _: None) is tree
    assert rewrite(tree, lambda node: [node]) is tree
    changed = rewrite(tree, lambda node: [{"t": "Str", "c": "3"}] if node.get("c") == "drei" else None)
    assert changed[0] is tree[0]
    assert plain(changed) == "Eins zwei 3 vier"
    assert plain(tree) == "Eins zwei drei vier"


def test_words_become_inlines_and_back() -> None:
    text = "Ein  Satz\nmit Umbruch."
    assert plain(paragraph(text_inlines(text))) == "Ein Satz mit Umbruch."
    assert text_inlines("") == []
    assert text_inlines("\u00a0") == [{"t": "Str", "c": "\u00a0"}], "a line does not break there"
