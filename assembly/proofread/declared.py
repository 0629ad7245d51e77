"""Declared: what the book says of itself to screen readers: its language, its title, the order of its pages."""

from __future__ import annotations

from collections.abc import Callable

from assembly.paper import demands
from assembly.paper.finding import Finding, Findings
from assembly.proofread.sides import Sides


def declared(sides: Sides) -> Findings:
    """DRU-028: the book says in which language it is, shows its title, and is read in the order of its tree."""
    book, language = sides.book, sides.document.language
    complaints = [*demands.language(book.language), *demands.window(shows_title=book.shows_title)]
    if not complaints and book.language != language:
        complaints.append(f"Als Sprache ist „{book.language}“ angegeben statt „{language}“.")
    if not book.is_marked:
        complaints.append("Das Dokument gilt nicht als ausgezeichnet (MarkInfo).")
    yield from (Finding("DRU-028", words) for words in complaints)
    for number, page in enumerate(book.pages, start=1):
        yield from (Finding("DRU-028", words, (number,)) for words in demands.tabs(page.tabs))


CHECKS: tuple[Callable[[Sides], Findings], ...] = (declared,)
