"""Numbers: pages that references and directories print.

A number enters the layout only by how many digits it has: a chunk is laid out with so many zeros (all figures are
equally wide), and the merger sets the digits once every target has its page. The count is guessed from the amount of
text; where the guess was wrong, the chunks that print the number are laid out again. Asking WeasyPrint for the numbers
(`target-counter`) takes two to three layouts of the whole book, and WeasyPrint 70 stops before they agree: in a book of
100 pages the directory was wrong by one from page 76 on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape

from assembly.document import Block, Directory, Document, Facts, Figure, Notice, Prose, Shares, Table
from assembly.prose import plain
from assembly.render_pdf.tables import measure

Digits = Mapping[str, int]  # how many digits the page of a target has

PAGE = 241.0  # millimetres of text on a page
LINE, SIGNS = 5.1, 78  # height of a line of prose and how many signs it holds
HEADING, GAP, FIGURE, ENTRY, FACT, BOX = 16.0, 3.0, 105.0, 4.6, 5.5, 14.0
GENEROUS = 1.12  # the guess is rather too high


def guess_digits(document: Document) -> Digits:
    """Return how many digits the page of each section, table, figure, row and Randnummer is going to have."""
    digits: dict[str, int] = {}
    filled = 0.0  # millimetres since the beginning of the book

    def note(*targets: str) -> None:
        for target in targets:
            digits.setdefault(target, len(str(int(filled / PAGE * GENEROUS) + 2)))

    for section in document.sections:
        if section.opens_page:
            filled = -(-filled // PAGE) * PAGE
        note(section.id)
        filled += HEADING
        for block in section.blocks:
            note(*_own_targets(block))
            if isinstance(block, Table):
                heights = measure(block, document.theme.sans, wide=block.wide).heights
                for row, height in zip(block.rows, heights, strict=True):
                    filled += height
                    note(row.anchor)
            else:
                filled += _height(block)
            filled += GAP + (PAGE if getattr(block, "wide", False) else 0.0)
    return digits


def _own_targets(block: Block) -> Iterator[str]:
    if isinstance(block, Table | Figure):
        yield block.id
        numbers = [block.randnummer]
    elif isinstance(block, Facts):
        numbers = [fact.number for fact in block.items]
    else:
        numbers = [block.number] if isinstance(block, Prose | Shares) else []
    yield from (number.anchor for number in numbers if number is not None)


def _height(block: Block) -> float:
    match block:
        case Prose(blocks=tree) | Notice(blocks=tree):
            notes = str(tree).count("'Note'")
            return LINE * (len(plain(tree)) // SIGNS + 1 + notes) + (BOX if isinstance(block, Notice) else 0.0)
        case Figure():
            return FIGURE
        case Directory(entries=entries):
            return ENTRY * len(entries)
        case Facts(items=facts):
            return FACT * len(facts)
        case _:
            return BOX


# --- in the HTML ----------------------------------------------------------------------------------------------------

# Written by `RefWriter` and the template of directories. What an editor typed is escaped and can never look like it.
_PAGE = re.compile(r'(<a (?:class="page" )?href="#([^"]+)"(?:>S\.\u00a0| data-page="))0')


def put_pages(html: str, pages: Mapping[str, str], unknown: str) -> str:
    """Return the HTML with what `pages` says of each target in place of the zero."""
    return _PAGE.sub(lambda found: found[1] + pages.get(unescape(found[2]), unknown), html)


def targets_in(html: str) -> set[str]:
    """Return the targets whose pages the HTML prints."""
    return {unescape(found[2]) for found in _PAGE.finditer(html)}
