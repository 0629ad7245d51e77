"""Sides: the two sides of the comparison, what has to be and what is printed, section by section."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from assembly.document import Document
from assembly.paper import Book, Spot
from assembly.proofread.expected import Expected, ExpectedSection, expected
from assembly.proofread.matching import Match, match
from assembly.proofread.printed import Printed, PrintedSection, read
from assembly.proofread.tables import HeldTables, hold_tables


@dataclass(frozen=True, slots=True)
class Pair:
    """A section as it has to be and as it is printed, with where its passages stand, and its tables."""

    expected: ExpectedSection
    printed: PrintedSection
    match: Match
    tables: HeldTables

    def anchors(self) -> Iterator[tuple[str, int]]:
        """Yield the anchors of passages and rows that are found, each with where it lies in the text of the tree."""
        for passage, place in zip(self.expected.passages, self.match.places, strict=True):
            if passage.anchor and place >= 0:
                yield passage.anchor, self.printed.flow.place(place)
        for table in self.tables.pairs:
            for row, cells in zip(table.expected.table.rows, table.rows, strict=True):
                begin = next((cell.start for cell in cells or () if cell.text), None)
                if row.anchor and begin is not None:
                    yield row.anchor, begin


@dataclass(frozen=True)
class Sides:
    """A book as it has to be and as it is printed; `missing` and `foreign` are sections of one side alone."""

    document: Document
    book: Book
    expected: Expected
    printed: Printed
    pairs: list[Pair]
    missing: list[ExpectedSection]
    foreign: list[PrintedSection]

    def page(self, place: int) -> int:
        """Return the page on which a place in the text of the tree lies."""
        return self.printed.runs.between(place, place + 1)[0].page

    @cached_property
    def beside(self) -> list[list[Spot]]:
        """What each page shows beside the text: artifacts, and what is not in the tree.

        Plain WeasyPrint marks running heads as content, but leaves them out of the tree.
        """
        in_tree: list[set[int]] = [set() for _ in range(len(self.book.pages) + 1)]
        for page, mcid in zip(self.printed.runs.pages, self.printed.runs.mcids, strict=True):
            in_tree[page].add(mcid)
        return [
            list(page.look.some([index for index, mcid in enumerate(page.look.mcids) if mcid not in marked]))
            for page, marked in zip(self.book.pages, in_tree[1:], strict=True)
        ]


def hold_against(document: Document, book: Book) -> Sides:
    """Return both sides. ValueError where the book is damaged."""
    wanted, printed = expected(document), read(book)
    sides = Sides(document, book, wanted, printed, [], [], [])
    for one, other in _aligned(wanted.sections, printed.sections):
        if one is None or other is None:
            sides.missing.extend([one] if one else [])
            sides.foreign.extend([other] if other else [])
        else:
            tables = hold_tables(one.tables, other.tables)
            sides.pairs.append(Pair(one, other, match(one.passages, other.flow.text), tables))
    return sides


def _aligned(
    wanted: Sequence[ExpectedSection], printed: Sequence[PrintedSection]
) -> Iterator[tuple[ExpectedSection | None, PrintedSection | None]]:
    """Yield the sections in pairs by their headings; None where a section has no other side."""
    headings = [section.heading for section in wanted], [section.heading for section in printed]
    for _, a, b, c, d in SequenceMatcher(None, *headings, autojunk=False).get_opcodes():
        if b - a == d - c:
            yield from zip(wanted[a:b], printed[c:d], strict=True)
        else:
            yield from ((section, None) for section in wanted[a:b])
            yield from ((None, section) for section in printed[c:d])
