"""Demands: what screen readers ask of a PDF: what it says of itself → what is wrong with that, in words.

Asked of the book after each build, and of any file by `inspect`; how the file is read is no matter here.
"""

from __future__ import annotations

from collections.abc import Iterator

from assembly.prose import LANGUAGE


def language(stated: str) -> Iterator[str]:
    """The document says in which language it is (ISO 14289-1, 7.2)."""
    if not LANGUAGE.fullmatch(stated):
        yield "Das Dokument nennt seine Sprache nicht (Lang)."


def window(*, shows_title: bool) -> Iterator[str]:
    """Windows show the title in place of the file's name (ISO 14289-1, 7.1)."""
    if not shows_title:
        yield "Leseprogramme zeigen den Dateinamen statt des Titels (DisplayDocTitle fehlt)."


def tabs(order: str) -> Iterator[str]:
    """The tab key follows the structure tree (ISO 14289-1, 7.18.3)."""
    if order != "S":
        yield "Die Tabulatortaste folgt nicht der Struktur (Tabs S)."


def aim(said: str) -> Iterator[str]:
    """A link says where it leads (ISO 14289-1, 7.18.5)."""
    if not said.strip():
        yield "Ein Link sagt nicht in Worten, wohin er führt (Contents)."


def level(before: int, now: int, words: str) -> Iterator[str]:
    """Headings begin with the first level and skip none (ISO 14289-1, 7.4.2)."""
    if now > before + 1:
        yield f"Auf Ebene {before} folgt Ebene {now}: „{words.strip()[:50]}“."


def alternative(words: str) -> Iterator[str]:
    """A figure says in words what it shows (ISO 14289-1, 7.3)."""
    if not words.strip():
        yield "Eine Abbildung hat keinen Alternativtext."
