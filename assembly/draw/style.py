"""Style: the theme that is drawn with. It holds inside `drawn_with`, as matplotlib's own settings do in theirs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from assembly.theme import NEUTRAL, Theme

SMALL, SIZE, LARGE = 7.5, 8.3, 9.1  # points of all type in drawings: steps of the scale of the book

_THEME: ContextVar[Theme] = ContextVar("theme", default=NEUTRAL)


def theme() -> Theme:
    """Return the theme to draw with."""
    return _THEME.get()


@contextmanager
def drawn_with(theme: Theme) -> Iterator[None]:
    """Draw with this theme."""
    token = _THEME.set(theme)
    try:
        yield
    finally:
        _THEME.reset(token)
