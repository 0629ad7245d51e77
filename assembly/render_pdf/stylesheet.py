"""Stylesheet: Theme → CSS. `book.css` names no colour and no typeface of its own, but `var(--name)` of the theme.

They are filled in here: each element would else have its rules read anew by the engine.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assembly.theme import NEUTRAL, PAPER, Face, Theme

BOOK = Path(__file__).resolve().parent.parent.parent / "templates" / "html" / "book.css"


@dataclass(frozen=True, slots=True)
class Stylesheet:
    """The style sheet of one book, and the fonts that it names."""

    css: str
    fonts: tuple[Path, ...]


def stylesheet(theme: Theme) -> Stylesheet:
    """Return the style sheet of a book with this theme, whose colours are `checked`."""
    typefaces = dict.fromkeys((theme.sans, theme.serif, NEUTRAL.sans))  # the last for signs that a theme's own lack
    faces = [(typeface.family, face) for typeface in typefaces for face in typeface.faces]
    values = dict(_properties(theme))
    # What the theme does not name is a custom property of the book, such as the colour of a field.
    rules = _VAR.sub(lambda found: values.get(found[1], found[0]), BOOK.read_text(encoding="utf-8"))
    css = "\n".join((*(_font_face(*face) for face in faces), rules))
    return Stylesheet(css, tuple(face.file for _, face in faces))


def checked(colour: str) -> str:
    """Return a colour that may stand in a style; ValueError for anything but #rrggbb."""
    if not re.fullmatch("#[0-9a-fA-F]{6}", colour):
        raise ValueError(f"no colour: {colour!r}")
    return colour


_VAR = re.compile(r"var\(--([a-z-]+)\)")


def _properties(theme: Theme) -> Iterator[tuple[str, str]]:
    colours = {
        **theme.colours,
        "paper": PAPER,
        "on-accent": theme.ink_on(theme.accent),
    }
    yield from colours.items()
    sans, serif, instead = (_string(typeface.family) for typeface in (theme.sans, theme.serif, NEUTRAL.sans))
    yield "sans", f"{sans}, {instead}"
    yield "serif", serif


def _font_face(family: str, face: Face) -> str:
    style = " font-style: italic;" if face.italic else ""
    source = f"src: url({face.file.as_uri()}); font-weight: {face.weight};{style}"
    return f"@font-face {{ font-family: {_string(family)}; {source} }}"


def _string(text: str) -> str:
    """Return a CSS string; what could end it is left out (CSS Syntax Level 3, 4.3.5)."""
    return '"' + re.sub(r'["\\\n\r\f<]', "", text) + '"'
