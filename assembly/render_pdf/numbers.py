"""Numbers: pages that references and directories print. A page is laid out once, then the numbers are put in.

A number enters the layout only by how many digits it has: the book is laid out with so many zeros (all figures are
equally wide), and once every target has its page the zeros are replaced. The count is guessed from the amount of text,
rather too high: a number with fewer digits lets the rest of its line move up. Where the guess was too low, the book is
laid out again. Asking WeasyPrint for the numbers (`target-counter`) takes two to three layouts, and WeasyPrint 70 stops
before they agree: in a book of 100 pages the directory was wrong by one from page 76 on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from weasyprint.document import Page
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.text.line_break import create_layout, line_size

from assembly.document import Block, Directory, Document, Facts, Figure, Notice, Prose, Shares, Table
from assembly.prose import plain
from assembly.render_pdf.tables import measure

Digits = Mapping[str, int]  # how many digits the page of a target has

PAGE = 241.0  # millimetres of text on a page
LINE, SIGNS = 5.1, 78  # height of a line of prose and how many signs it holds
HEADING, GAP, FIGURE, ENTRY, FACT, BOX = 16.0, 3.0, 105.0, 4.6, 5.5, 14.0
GENEROUS = 1.12  # the guess is rather too high

Box = Any  # a box of WeasyPrint's layout


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
                for row, height in zip(block.rows, measure(block, wide=block.wide).heights, strict=True):
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


# --- after the layout -----------------------------------------------------------------------------------------------


def pages_of(rendered: Any) -> dict[str, int]:
    """Return the page of every id of a laid out book, counted from 1."""
    pages: dict[str, int] = {}
    for number, page in enumerate(rendered.pages, start=1):
        for anchor in page.anchors:
            pages.setdefault(anchor, number)
    return pages


def put_numbers(rendered: Any, pages: Mapping[str, int]) -> Any:
    """Return the laid out book with the numbers of pages in place of the zeros."""
    finished = []
    for page in rendered.pages:
        _put(page._page_box, (), pages)
        again = Page(page._page_box)  # links and anchors have moved
        # Generated boxes inside a link (dots and number of a directory) would each get an annotation of their own.
        again.links = [link for link in again.links if link[3].element_tag == "a"]
        finished.append(again)
    return rendered.copy(finished)


def _put(box: Box, parents: tuple[Box, ...], pages: Mapping[str, int]) -> None:
    if isinstance(box, AbsolutePlaceholder):
        box = box._box
    if isinstance(box, boxes.TextBox):
        target = _target(box)
        if target is not None:
            _write(box, parents, str(pages[target]))
        return
    inside = (*parents, box) if isinstance(box, boxes.LineBox | boxes.InlineBox) else ()
    for child in box.all_children():
        _put(child, inside, pages)


def _target(box: Box) -> str | None:
    """Return whose page the box prints: the text of a page's link, or the end of a line of a directory."""
    element = box.element
    if element is None or element.tag != "a" or not box.text.endswith("0") or box.text.strip("S.\u00a00"):
        return None
    if element.get("class") == "page" or (box.element_tag == "a::after" and element.get("data-page") == box.text):
        return str(element.get("href"))[1:]
    return None


def _write(box: Box, parents: tuple[Box, ...], number: str) -> None:
    """Write the number and move what follows on the line; in a directory the number keeps to the right edge."""
    zeros = len(box.text) - len(box.text.rstrip("0"))
    text = box.text[: len(box.text) - zeros] + number
    surplus = (zeros - len(number)) * _figure_width(box.style)
    box.text = box.pango_layout.text = text
    box.width -= surplus
    if box.element_tag == "a::after":
        box.position_x += surplus
        return
    inner = box
    for parent in reversed(parents):
        following = parent.children[parent.children.index(inner) + 1 :]
        for sibling in following:
            sibling.translate(dx=-surplus)
        parent.width -= surplus
        inner = parent


def _figure_width(style: Any) -> float:
    """Return how wide a figure is: all are equal."""
    layout = create_layout("0", style, None, None, 0)
    line, _ = layout.get_first_line()
    width, _ = line_size(line, style)
    return float(width)
