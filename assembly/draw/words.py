"""Words in a drawing: broken into lines that fit, shortened where there is no more room."""

from __future__ import annotations

from assembly.draw.paper import width


def wrapped(text: str, room: float, size: float, lines: int = 2, weight: int = 400) -> tuple[str, ...]:
    """Break `text` into at most so many lines of `room` millimetres; what is longer ends in an ellipsis.

    A word that no line holds is broken by force, with a hyphen.
    """
    done = [""]
    for word in text.split():
        for piece in _pieces(word, room, size, weight):
            longer = f"{done[-1]} {piece}".strip()
            if not done[-1] or (width(longer, size, weight) <= room and not done[-1].endswith(_BROKEN)):
                done[-1] = longer
            else:
                done.append(piece)
    kept = [*done[: lines - 1], " ".join(done[lines - 1 :]).replace(f"{_BROKEN} ", "")]
    return tuple(shortened(line.replace(_BROKEN, "-"), room, size, weight) for line in kept if line)


def shortened(text: str, room: float, size: float, weight: int = 400) -> str:
    """Return `text`, cut to `room` millimetres with an ellipsis where it is wider; empty where nothing fits."""
    if width(text, size, weight) <= room:
        return text
    while text and width(f"{text}…", size, weight) > room:
        text = text[:-1].rstrip(" -–,")
    return f"{text}…" if text else ""


_BROKEN = "\u2010"  # a hyphen of ours, told apart from the word's own until the lines are done
_VOWELS = "aeiouyäöü"
_ONE_SOUND = ("ch", "ck", "ph", "th", "qu")


def _pieces(word: str, room: float, size: float, weight: int) -> list[str]:
    """Return the word, or where it is wider than a line its pieces, each as long as fits."""
    pieces: list[str] = []
    while width(word, size, weight) > room and len(word) > 2:
        cut = max(len(word) - 3, 2)  # no scrap of a letter or two in the next line
        while cut > 2 and width(word[:cut] + "-", size, weight) > room:
            cut -= 1
        cut = _before_syllable(word, cut)
        pieces.append(word[:cut] + _BROKEN)
        word = word[cut:]
    return [*pieces, word]


def _before_syllable(word: str, most: int) -> int:
    """Return where to break at `most` letters or a few before: a syllable begins with a consonant before a vowel.

    After the German spelling rules (§§ 110 and 111), by letters alone: mostly right, and no dictionary is read.
    """
    letters = word.lower()
    for cut in range(most, max(most // 2, 2), -1):
        begins = letters[cut].isalpha() and letters[cut] not in _VOWELS and letters[cut + 1 : cut + 2] in [*_VOWELS]
        if begins and letters[cut - 1 : cut + 1] not in _ONE_SOUND:
            return cut
    return most
