"""Assemble: Document → pandoc's AST, with orders to `finish` where Word needs what pandoc cannot write."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from assembly.document import (
    Block,
    Cover,
    Document,
    Facts,
    Figure,
    Notice,
    Prose,
    Schedule,
    Section,
    SectionKind,
    Table,
)
from assembly.german import NBSP
from assembly.prose import Node, Nodes, plain, text_inlines
from assembly.render_docx.blocks import BANDED, block_nodes
from assembly.render_docx.layout import FEW, MUCH, Piece, settled
from assembly.render_docx.tables import lies_wide
from assembly.render_docx.text import Book
from assembly.render_docx.wordml import RUNNING_TITLE, SPACE, TAB, in_style, mark, span

CLOSING = 600
"""So many characters of text at the end of a page are short enough to hold on to what stands before."""


def assemble(document: Document, book: Book) -> dict[str, Any]:
    """Return the whole document as pandoc's AST. LookupError where a reference leads nowhere."""
    following = [*(section.opens_page for section in document.sections[1:]), True]
    pieces = [
        piece
        for section, ends in zip(document.sections, following, strict=True)
        for piece in _pieces(section, book, ends_page=ends)
    ]
    content: Nodes = []
    lying = ""
    for piece in settled(pieces):
        page = "cover" if piece.cover else "wide" if piece.wide else "sheet" if piece.close else "upright"
        if page != lying:
            content.append(mark("layout", page))
            lying = page
        elif piece.opens:
            content.append(mark("page"))
        content += piece.make(piece.wide)
    return {
        "pandoc-api-version": list(document.api_version),
        "meta": {"lang": {"t": "MetaString", "c": document.language}},
        "blocks": content,
    }


def _pieces(section: Section, book: Book, *, ends_page: bool) -> list[Piece]:
    """Return heading and blocks of a section as pieces that lie upright or wide.

    The few lines that end a page shall not have another one to themselves: they hold on to what stands before. A sheet
    that begins no page stays whole.
    """
    banded = section.kind in BANDED
    wide = [section.wide or _lies_wide(block, section, book) for block in section.blocks]
    held = _held(section.blocks, wide, ends_page=ends_page)
    pieces = []
    heading = _heading(section, book)
    if heading:
        opens = section.opens_page
        pieces.append(Piece(lambda _: heading, wide=section.wide, close=banded, opens=opens, heading=True))
    for index, block in enumerate(section.blocks):
        pieces.append(
            Piece(
                _maker(block, section, book, held=index in held),
                wide=wide[index],
                close=banded,
                opens=section.opens_page and not pieces,
                cover=isinstance(block, Cover),
                weight=_weight(block),
            )
        )
    if banded and not section.opens_page:
        pieces[0] = _led(pieces[0], mark("hold"))
        pieces.append(Piece(lambda _: [mark("release")], wide=pieces[-1].wide, close=True))
    return pieces


def _led(piece: Piece, order: Node) -> Piece:
    return replace(piece, make=lambda wide: [order, *piece.make(wide)])


def _lies_wide(block: Block, section: Section, book: Book) -> bool:
    if isinstance(block, Table):
        return lies_wide(block, book, close=section.kind in BANDED)
    return isinstance(block, Figure) and block.wide


def _maker(block: Block, section: Section, book: Book, *, held: bool) -> Callable[[bool], Nodes]:
    hold = [mark("with-previous")] if held else []
    return lambda wide: [*hold, *block_nodes(block, section, book, wide=wide)]


def _held(blocks: Sequence[Block], wide: Sequence[bool], *, ends_page: bool) -> set[int]:
    """Return the indices of short blocks, two at most, that end a page below others: the next one lies otherwise."""
    held: set[int] = set()
    for last in range(1, len(blocks)):
        if ends_page if last == len(blocks) - 1 else wide[last] != wide[last + 1]:
            for index in (last, last - 1):
                if index == 0 or wide[index - 1] != wide[index] or not _is_short(blocks[index]):
                    break
                held.add(index)
    return held


def _is_short(block: Block) -> bool:
    if isinstance(block, Prose | Notice):
        return len(plain(block.blocks)) <= CLOSING
    return isinstance(block, Facts) and block.minor


def _weight(block: Block) -> int:
    """Return how much room a block takes, in characters of text."""
    if isinstance(block, Prose):
        return len(plain(block.blocks)) + FEW // 20
    if isinstance(block, Schedule):
        return 0
    if isinstance(block, Facts):
        return FEW // 10 * len(block.items)
    return MUCH


def _heading(section: Section, book: Book) -> Nodes:
    """Return kicker and title of a section; its id is the title's bookmark."""
    if not section.title or section.kind is SectionKind.COVER:
        return []
    banded = section.kind in BANDED
    kicker = text_inlines(" ".join(word for word in section.kicker.split(" ") if word != section.number).strip(" ·"))
    for tag in section.tags:
        boxed = text_inlines(f"{NBSP}{tag}{NBSP}".replace(" ", NBSP))
        kicker += [*([SPACE, SPACE] if kicker else []), span(f"Marke {section.field}".strip(), boxed)]
    first = section.level == 1 or kicker
    parts: Nodes = [mark("apart")] if first and not section.opens_page else []
    if kicker or (banded and section.field):
        parts.append(in_style(f"Feld {section.field}" if banded and section.field else "Dachzeile", kicker))
        parts.append(mark("close"))
    runs_above = banded or section.level == 1
    title = [span(RUNNING_TITLE if runs_above else "", text_inlines(section.title), book.anchors.claim(section.id))]
    coloured = f"Kennung {section.field}" if banded and section.field else "Kapitelnummer"
    number = [span(coloured, text_inlines(section.number)), TAB] if section.number else []
    parts += [] if number else [mark("flush")]
    style = f"Steckbrief {section.level}" if banded else f"heading {section.level}"
    return [*parts, in_style(style, [*number, *title])]
