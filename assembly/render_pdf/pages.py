"""Pages: Document → PDF. The same document gives the same bytes: no clock, no chance, no network.

The engine lays the book out in chunks, which `workshop` makes side by side and keeps; `merge` puts them together. The
plain way, one document by WeasyPrint's public functions alone, is there to compare with, and for emergencies.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count
from pathlib import Path
from typing import Any

from assembly.cache import Cache
from assembly.document import Document
from assembly.making import ALONE, Making
from assembly.render_pdf.chunk import Outside, read_outside
from assembly.render_pdf.conformance import conform
from assembly.render_pdf.fonts import all_fonts
from assembly.render_pdf.html import Html, render_html
from assembly.render_pdf.merge import check_links, merge, pages_of
from assembly.render_pdf.numbers import Expectation, Room, put_pages, targets_in, zeros
from assembly.render_pdf.workshop import Workshop

KEPT = 400_000_000  # bytes of laid out chunks: some dozens of books
EXACT_ROUNDS = 4  # so often a number gets just the room it needs; after that room only grows, so that this ends


def render_pdf(document: Document, images: Path, making: Making = ALONE) -> bytes:
    """Return the book as PDF/A-3a and PDF/UA-1, made as `making` says; `images` is the folder of the chapters.

    Raises what `render_html` raises, and Refusal where another version of WeasyPrint is installed.
    """
    return set_pdf(render_html(document, images, making), document, images, making)


def set_pdf(html: Html, document: Document, images: Path, making: Making = ALONE) -> bytes:
    """Return the PDF of a book whose HTML is there already; else as `render_pdf`."""
    folders = (images / "bilder", *dict.fromkeys(font.parent for font in html.stylesheet.fonts))

    def finish(pdf: Any) -> None:
        conform(pdf, document, claims=not making.plain)

    if making.plain:
        from assembly.render_pdf.plain import render_plain

        return render_plain(html, folders, finish)
    cache = Cache(making.cache / "pdf", KEPT) if making.cache else None
    workshop = Workshop((html.stylesheet, folders), cache, making.pool)
    outsides, packed = _settled(html, workshop)
    fonts = workshop.fonts(all_fonts(outsides))
    return merge(outsides, packed, fonts, document.language, finish)


def _settled(html: Html, workshop: Workshop) -> tuple[list[Outside], list[bytes]]:
    """Return the chunks, laid out with as many digits for each page as it has in the end."""
    printed = [targets_in(chunk) for chunk in html.chunks]
    rooms: list[Room] = [{} for _ in printed]
    packed = [b"" for _ in printed]

    def lay_out(wanted: Mapping[int, Room]) -> dict[int, Outside]:
        pages = (html.alone(put_pages(html.chunks[index], room, "0")) for index, room in wanted.items())
        for (index, room), content in zip(wanted.items(), workshop.lay_out(list(pages)), strict=True):
            rooms[index], packed[index] = room, content
        return {index: read_outside(packed[index]) for index in wanted}

    expectation = Expectation(html.chunks)
    waiting = set(range(len(printed)))
    while waiting:
        # What is sure now; where nothing is, what is most likely.
        ready = {index for index in waiting if all(map(expectation.is_sure, printed[index]))} or waiting
        expectation.learn(lay_out({index: expectation.room(printed[index]) for index in sorted(ready)}))
        waiting = waiting - ready
    for attempt in count():
        outsides = [read_outside(content) for content in packed]
        check_links(outsides)
        needed = {target: zeros(page) for target, page in pages_of(outsides).items()}
        grown = attempt >= EXACT_ROUNDS
        wanted = (
            {target: max(needed[target], kept if grown else "") for target, kept in room.items()} for room in rooms
        )
        wrong = {index: room for index, room in enumerate(wanted) if room != rooms[index]}
        if not wrong:
            return outsides, packed
        lay_out(wrong)
    raise AssertionError("room for numbers grows without end")
