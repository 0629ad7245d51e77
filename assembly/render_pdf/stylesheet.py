"""Stylesheet: Theme → CSS. `book.css` names no colour and no typeface of its own, but `var(--name)` of the theme.

They are filled in here: each element would else have its rules read anew by the engine.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assembly.theme import NEUTRAL, PAPER, Face, Theme

APART, ROOM = 20.0, 238.0  # millimetres from one tab to the next, and that all have: a page's text less a tab
BOOK = Path(__file__).resolve().parent.parent.parent / "templates" / "html" / "book.css"


@dataclass(frozen=True, slots=True)
class Stylesheet:
    """The style sheet of one book, and the fonts that it names."""

    css: str
    fonts: tuple[Path, ...]


def stylesheet(theme: Theme, fields: Sequence[tuple[str, str]] = ()) -> Stylesheet:
    """Return the style sheet of a book with this theme and these fields (key and colour, in their order).

    ValueError for a colour that is none.
    """
    for colour in (*theme.colours.values(), *(colour for _, colour in fields)):
        checked(colour)
    typefaces = dict.fromkeys((theme.sans, theme.serif, NEUTRAL.sans))  # the last for signs that a theme's own lack
    faces = [(typeface.family, face) for typeface in typefaces for face in typeface.faces]
    values = dict(_properties(theme))
    # What the theme does not name is a custom property of the book, such as the colour of a field.
    rules = _VAR.sub(lambda found: values.get(found[1], found[0]), BOOK.read_text(encoding="utf-8"))
    names = ", ".join(("sheet", *(page_of(key) for key, _ in fields)))  # each is a page of a sheet, with a tab
    rules = rules.replace("@page sheet {", f"@page {names} {{")
    css = "\n".join((*(_font_face(*face) for face in faces), rules, *_tabs(theme, fields)))
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
    yield "sans", ", ".join(dict.fromkeys(_string(typeface.family) for typeface in (theme.sans, NEUTRAL.sans)))
    yield "serif", _string(theme.serif.family)


def page_of(field: str) -> str:
    """Return the name of the pages of a field's sheets and portrait."""
    return f"sheet-{field}" if field else "sheet"


def _tabs(theme: Theme, fields: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Yield the tab of each field: its key at a height of its own, so that a field is found at the book's edge."""
    apart = min(APART, ROOM / max(len(fields), 1))
    for place, (key, colour) in enumerate(fields):
        look = f"background: {colour}; color: {theme.ink_on(colour)}; margin-top: {place * apart:.2f}mm"
        yield f"@page {page_of(key)} {{ @right-top {{ content: {_string(key)}; {look} }} }}"


def _font_face(family: str, face: Face) -> str:
    style = " font-style: italic;" if face.italic else ""
    source = f"src: url({face.file.as_uri()}); font-weight: {face.weight};{style}"
    return f"@font-face {{ font-family: {_string(family)}; {source} }}"


def _string(text: str) -> str:
    """Return a CSS string; what could end it is left out (CSS Syntax Level 3, 4.3.5)."""
    return '"' + re.sub(r'["\\\n\r\f<]', "", text) + '"'
