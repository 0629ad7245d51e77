"""Declared: what the book says to screen readers: its language and title, the order of all, where links lead."""

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


def read_aloud(sides: Sides) -> Findings:
    """DRU-028: headings skip no level, and links say where they lead."""
    before = 0
    for section in sides.printed.sections:
        for level, (words, start) in section.levels:
            for complaint in demands.level(before, level, words):
                yield Finding("DRU-028", complaint, (sides.page(start),))
            before = level
    for link in sides.book.links.values():
        yield from (Finding("DRU-028", complaint, (link.page,)) for complaint in demands.aim(link.said))


CHECKS: tuple[Callable[[Sides], Findings], ...] = (declared, read_aloud)
