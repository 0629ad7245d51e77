"""Mentions: `@` and an id in a text, found by our own pass since the field reader knows no citations.

Grammar (format, section 3): the longest known id wins; `@{WIR-004}-Antrag` makes a compound; none after a word
character (an e-mail address), none in code. A suffix follows a colon: `@WIR-004:titel`, `@zahl-kosten:WIR`.
A known id is found at the beginning of a longer word only where a noun follows (`@WIR-004-Antrag`): `@WIR-999` is a
reference to nothing and not the field WIR, `@tbl-quellen-jahr` not the table `tbl-quellen`.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

TOKEN = re.compile(
    r"(?<![\w@.])@(?:\{(?P<braced>[^{}\s:]+)(?::(?P<braced_suffix>[\w-]+))?\}"
    r"|(?P<bare>[^\W\d_][\w-]*)(?::(?P<suffix>[\w]+))?)"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """One `@…` of a text: the id, the suffix after the colon (may be empty), and what was typed."""

    id: str
    suffix: str
    typed: str


def split(text: str, known: Collection[str]) -> list[str | Mention]:
    """Return the text in pieces: words and mentions. A mention of nothing known bears the whole word as its id."""
    pieces: list[str | Mention] = []
    position = 0
    for match in TOKEN.finditer(text):
        mention = _mention(match, known)
        pieces.append(text[position : match.start()])
        pieces.append(mention)
        position = match.start() + len(mention.typed)
    pieces.append(text[position:])
    return [piece for piece in pieces if piece != ""]


def _mention(match: re.Match[str], known: Collection[str]) -> Mention:
    if match["braced"]:
        return Mention(match["braced"], match["braced_suffix"] or "", match[0])
    word = match["bare"].rstrip("-_")
    if match["bare"] in known and match["suffix"]:
        return Mention(match["bare"], match["suffix"], match[0])
    candidate = word
    while candidate:
        rest = word[len(candidate) :]
        if candidate in known and (not rest or rest[1:2].isupper()):
            whole = candidate == match["bare"]
            return Mention(
                candidate, match["suffix"] or "" if whole else "", "@" + candidate if not whole else match[0]
            )
        candidate = candidate.rpartition("-")[0]
    return Mention(word, "", "@" + word)
