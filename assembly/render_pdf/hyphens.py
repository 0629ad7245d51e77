"""Hyphens: where German words part. Both ways of laying out a book ask here, by way of pyphen.

The dictionary has two levels: one parts compounds, the other syllables of their parts. pyphen throws them together and
finds Machbarkeitss-tufe; one after the other they find Ampe-lanlage. A word parts where both agree, and at the joints
that we know. That leaves a few breaks out and hardly a wrong one in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import pyphen

LANGUAGE = "de_DE"
LEAST = 3  # letters before a joint: shorter ones are prefixes, which the dictionary knows

# What the dictionary gets wrong in compounds. Inside such a piece the breaks are these and no others.
JOINTS = (
    "-ab-schnit", "-an-ge-bot", "-an-lage", "-an-schlüs-se", "-an-schluss", "-an-teil", "-an-trieb", "-ar-beit",
    "-auf-trä-g", "-auf-trag", "-aus-bau", "-bau-stein", "-be-trieb", "-check", "-ent-wick-l", "-er-werb",
    "-geor-gen-stadt", "-in-sti-tut", "-ini-tia-ti", "-schicht", "-schlüs-se", "-schlüs-sel", "-schluss", "-schreib",
    "-schritt", "-sta-tis-tik", "-stand", "-stät-te", "-stra-ße", "-stu-fe", "-tei-lung", "-trie-are-al",
    "-trie-strom", "bat-te-rie-", "fa-brik-res", "fort-set-z", "in-nen-res-s", "job-cen-ter", "kam-mer-sta",
    "kohle-re", "kos-ten-de-ck", "kul-tur-ach", "ost-thü", "sat-tel-auf", "süd-eu-ro", "tal-grund", "tei-le-ar-t",
    "teil-mo-du", "über-gab", "über-gang", "un-fall-sze-na", "ungs-arm", "video-sprech", "vor-lauf-ri",
)  # fmt: skip

_LETTERS = re.compile("[aeiouyäöü]")
_DIGIT = re.compile("[1-9]")  # other lines of a dictionary say nothing
_PIECES = {piece.replace("-", ""): piece for piece in JOINTS}
_JOINT = re.compile("|".join(sorted(_PIECES, key=len, reverse=True)))


def use_german() -> None:
    """Let pyphen, and so WeasyPrint, part German words as it is done here; without effect where it does already.

    Reading the dictionary takes pyphen most of a second; here a pattern is parsed when a word asks for it.
    """
    path = pyphen.LANGUAGES[LANGUAGE]
    if isinstance(pyphen.hdcache.get(path), German):
        return
    encoding, _, content = path.read_bytes().partition(b"\n")
    compounds, _, syllables = content.decode(encoding.decode().strip()).partition("\nNEXTLEVEL")
    pyphen.hdcache[path] = German(Level(compounds), Level(syllables))


class Level:
    """One level of a dictionary: patterns such as „1ba“, the odd digits of which are breaks."""

    def __init__(self, text: str) -> None:
        """Take the patterns from the lines of a dictionary."""
        lines = [line for line in map(str.strip, text.split("\n")) if not line.startswith(pyphen.ignored)]
        lines = [line for line in lines if _DIGIT.search(line)]
        letters = "\n".join(lines).translate(dict.fromkeys(map(ord, "0123456789"))).split("\n")
        self._patterns: dict[str, Any] = dict(zip(letters, lines, strict=True))
        self._longest = max(map(len, letters), default=0)

    def values(self, word: str) -> list[int]:
        """Return what the patterns say of each place of a word, which is in small letters."""
        text = f".{word}."
        values = [0] * (len(text) + 1)
        for start in range(len(text)):
            for end in range(start + 1, min(start + self._longest, len(text)) + 1):
                pattern = self._patterns.get(text[start:end])
                if pattern is None:
                    continue
                if isinstance(pattern, str):
                    pattern = self._patterns[text[start:end]] = _parsed(pattern)
                for place, value in pattern:
                    values[start + place] = max(values[start + place], value)
        return values[1 : len(word) + 1]


class German:
    """The dictionary as pyphen asks it."""

    def __init__(self, compounds: Level, syllables: Level) -> None:
        self._compounds = compounds
        self._syllables = syllables
        self._known: dict[str, list[Any]] = {}

    def positions(self, word: str) -> list[Any]:
        """Return where a word parts, as pyphen's numbers; spelling never changes there."""
        if word not in self._known:
            breaks = sorted(_joined(word.lower(), self._agreed(word.lower())))
            self._known[word] = [pyphen.DataInt(place) for place in _with_vowels(word.lower(), breaks)]
        return self._known[word]

    def _agreed(self, word: str) -> set[int]:
        """Return the breaks that both readings of the dictionary find."""
        compounds, syllables = self._compounds.values(word), self._syllables.values(word)
        together = _breaks([max(pair) for pair in zip(compounds, syllables, strict=True)])
        parts = _breaks(compounds)
        apart = set(parts)
        for start, end in zip([0, *parts], [*parts, len(word)], strict=True):
            apart.update(start + place for place in _breaks(self._syllables.values(word[start:end])))
        return apart.intersection(together)


def _parsed(pattern: str) -> list[tuple[int, int]]:
    """Return the digits of a pattern with the letters before them."""
    return [(place, int(digit)) for place, (digit, _) in enumerate(pyphen.parse(pattern)) if digit and digit != "0"]


def _breaks(values: Sequence[int]) -> list[int]:
    """Return the odd places that leave two letters on both sides, as the dictionary asks (COMPOUNDLEFTHYPHENMIN)."""
    return [place for place, value in enumerate(values) if value % 2 and 2 <= place <= len(values) - 2]


def _joined(word: str, breaks: set[int]) -> set[int]:
    """Return the breaks with those of known joints."""
    for found in _JOINT.finditer(word):
        start, end = found.span()
        piece = _PIECES[found[0]]
        if piece.startswith("-") and start < LEAST:
            continue
        breaks = {place for place in breaks if not start - 1 <= place < end}
        breaks.update(start + place for place in _places(piece) if start + place)
    return breaks


def _places(piece: str) -> Iterator[int]:
    letters = 0
    for sign in piece:
        if sign == "-":
            yield letters
        else:
            letters += 1


def _with_vowels(word: str, breaks: Sequence[int]) -> Iterator[int]:
    """Yield the breaks that leave a vowel on both sides; letters without one stay with what is before them."""
    for place, following in pairwise([*breaks, len(word)]):
        if _LETTERS.search(word[place:following]):
            yield place
