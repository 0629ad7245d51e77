"""typography: no-break spaces where German sets them."""

from __future__ import annotations

import pytest

from assembly.compose.typography import typeset
from assembly.prose import Nodes, nodes, paragraph, plain, text_inlines


@pytest.mark.parametrize(
    ("typed", "set_as"),
    [
        ("nach § 44a SäHO", "nach §~44a SäHO"),
        ("§§ 3 und 4", "§§~3 und 4"),
        ("Nr. 5 in Abs. 2", "Nr.~5 in Abs.~2"),
        ("auf S. 45", "auf S.~45"),
        ("um 25 % mehr", "um 25~% mehr"),
        ("kostet 5 €.", "kostet 5~€."),
        ("12,4 Mio. Euro", "12,4~Mio. Euro"),
        ("6,2 Mio. € für zwei", "6,2~Mio.~€ für zwei"),
        ("am 1. März 2027", "am 1.~März 2027"),
        ("z. B. hier", "z._B. hier"),
        ("z.B. hier", "z._B. hier"),
        ("d. h. dort", "d._h. dort"),
        ("5 Maßnahmen", "5 Maßnahmen"),
        ("der März 2027", "der März 2027"),
        ("Kap. Verde", "Kap. Verde"),
        ("", ""),
    ],
)
def test_sets(typed: str, set_as: str) -> None:
    text = plain(typeset([paragraph(text_inlines(typed))]))
    assert text.replace("\u00a0", "~").replace("\u202f", "_") == set_as


def test_reaches_into_lists_and_leaves_code_alone() -> None:
    inner: Nodes = [{"t": "Strong", "c": text_inlines("25 %")}, {"t": "Code", "c": [["", [], []], "25 %"]}]
    tree: Nodes = [{"t": "BulletList", "c": [[paragraph(inner)]]}]
    words = [node["c"] for node in nodes(typeset(tree)) if node["t"] in ("Str", "Code")]
    assert "".join(word for word in words if isinstance(word, str)) == "25\u00a0%"
    assert [["", [], []], "25 %"] in words


def test_the_original_stays() -> None:
    tree = [paragraph(text_inlines("25 %"))]
    typeset(tree)
    assert tree == [paragraph(text_inlines("25 %"))]


def test_what_needs_nothing_is_not_copied() -> None:
    plain_words, bound = paragraph(text_inlines("Nichts zu tun.")), paragraph(text_inlines("Es sind 5 Mio. €."))
    tree: Nodes = [{"t": "BulletList", "c": [[plain_words], [bound]]}]
    (changed,) = typeset(tree)
    assert changed["c"][0][0] is plain_words
    assert changed["c"][1][0] is not bound
    assert typeset([plain_words])[0] is plain_words
