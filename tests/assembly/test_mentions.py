"""mentions: `@` and an id in a text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assembly.mentions import Mention, split

KNOWN = frozenset(
    {"WIR", "WIR-004", "V-2", "B-07", "tbl-quellen", "zahl-kosten", "zahl-beitraege", "zahl-beitraege-neu", "kap-geld"}
)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("@WIR-004", [Mention("WIR-004", "", "@WIR-004")]),
        ("Siehe @WIR-004.", ["Siehe ", Mention("WIR-004", "", "@WIR-004"), "."]),
        ("(@WIR-004, @V-2)", ["(", Mention("WIR-004", "", "@WIR-004"), ", ", Mention("V-2", "", "@V-2"), ")"]),
        ("@WIR-004:titel", [Mention("WIR-004", "titel", "@WIR-004:titel")]),
        ("@WIR-004:", [Mention("WIR-004", "", "@WIR-004"), ":"]),
        ("@zahl-kosten:WIR;", [Mention("zahl-kosten", "WIR", "@zahl-kosten:WIR"), ";"]),
        ("@{WIR-004}-Antrag", [Mention("WIR-004", "", "@{WIR-004}"), "-Antrag"]),
        ("@{WIR-004:titel}s", [Mention("WIR-004", "titel", "@{WIR-004:titel}"), "s"]),
        ("@WIR-004-Antrag", [Mention("WIR-004", "", "@WIR-004"), "-Antrag"]),
        ("@WIR- und", [Mention("WIR", "", "@WIR"), "- und"]),
        ("@zahl-beitraege-neu", [Mention("zahl-beitraege-neu", "", "@zahl-beitraege-neu")]),
        ("@zahl-beitraege", [Mention("zahl-beitraege", "", "@zahl-beitraege")]),
        ("@WIR-999", [Mention("WIR-999", "", "@WIR-999")]),
        ("@V-22", [Mention("V-22", "", "@V-22")]),
        ("@tbl-quellen-jahr", [Mention("tbl-quellen-jahr", "", "@tbl-quellen-jahr")]),
        ("@{nichts}", [Mention("nichts", "", "@{nichts}")]),
        ("post@WIR-004.de", ["post@WIR-004.de"]),
        ("info@example.org", ["info@example.org"]),
        ("a.@WIR", ["a.@WIR"]),
        ("@ allein, @@WIR", ["@ allein, @@WIR"]),
        ("@4", ["@4"]),
        ("", []),
    ],
)
def test_splits(text: str, pieces: list[str | Mention]) -> None:
    assert split(text, KNOWN) == pieces


@given(st.text(alphabet="@{}:-_. aWIR04Vé2ß(kap)geld", max_size=30))
@settings(max_examples=200, deadline=None)
def test_no_character_is_lost(text: str) -> None:
    pieces = split(text, KNOWN)
    assert "".join(piece.typed if isinstance(piece, Mention) else piece for piece in pieces) == text
    assert all(pieces)
