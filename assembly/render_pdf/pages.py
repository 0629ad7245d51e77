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
from assembly.render_pdf.conformance import conform
from assembly.render_pdf.fonts import all_fonts
from assembly.render_pdf.html import Html, render_html
from assembly.render_pdf.merge import check_links, merge, pages_of
from assembly.render_pdf.numbers import Expectation, Room, put_pages, targets_in, zeros
from assembly.render_pdf.stylesheet import Stylesheet, stylesheet
from assembly.render_pdf.workshop import Laid, Place, Workshop, get_ready

KEPT = 400_000_000  # bytes of laid out chunks: some dozens of books
EXACT_ROUNDS = 4  # so often a number gets just the room it needs; after that room only grows, so that this ends


def render_pdf(document: Document, images: Path, making: Making = ALONE) -> bytes:
    """Return the book as PDF/A-3a and PDF/UA-1, made as `making` says; `images` is the folder of the chapters.

    Raises what `render_html` raises, and Refusal where another version of WeasyPrint is installed.
    """
    if making.pool and not making.plain:  # the engines read the style sheet while the HTML is written
        get_ready(_place(stylesheet(document.theme, document.field_colours), images), making.pool)
    return set_pdf(render_html(document, images, making), document, images, making)


def set_pdf(html: Html, document: Document, images: Path, making: Making = ALONE) -> bytes:
    """Return the PDF of a book whose HTML is there already; else as `render_pdf`."""
    place = _place(html.stylesheet, images)

    def finish(pdf: Any) -> None:
        conform(pdf, document, claims=not making.plain)

    if making.plain:
        from assembly.render_pdf.plain import render_plain

        return render_plain(html, place.folders, finish)
    cache = Cache(making.cache / "pdf", KEPT) if making.cache else None
    workshop = Workshop(place, cache, making.pool)
    chunks = _settled(html, workshop)
    outsides = [chunk.outside for chunk in chunks]
    fonts = workshop.fonts(all_fonts(outsides))
    return merge(outsides, [chunk.packed for chunk in chunks], fonts, document.language, finish)


def _place(sheet: Stylesheet, images: Path) -> Place:
    return Place(sheet, (images / "bilder", *dict.fromkeys(font.parent for font in sheet.fonts)))


def _settled(html: Html, workshop: Workshop) -> list[Laid]:
    """Return the chunks, laid out with as many digits for each page as it has in the end."""
    printed = [targets_in(chunk) for chunk in html.chunks]
    rooms: list[Room] = [{} for _ in printed]
    chunks: dict[int, Laid] = {}

    def lay_out(wanted: Mapping[int, Room]) -> None:
        pages = (html.alone(put_pages(html.chunks[index], room, "0")) for index, room in wanted.items())
        for (index, room), chunk in zip(wanted.items(), workshop.lay_out(list(pages)), strict=True):
            rooms[index], chunks[index] = room, chunk

    expectation = Expectation(html.chunks)
    waiting = set(range(len(printed)))
    while waiting:
        # What is sure now; where nothing is, what is most likely.
        ready = {index for index in waiting if all(map(expectation.is_sure, printed[index]))} or waiting
        lay_out({index: expectation.room(printed[index]) for index in sorted(ready)})
        expectation.learn({index: chunks[index].outside for index in ready})
        waiting = waiting - ready
    for attempt in count():
        outsides = [chunks[index].outside for index in range(len(printed))]
        check_links(outsides)
        needed = {target: zeros(page) for target, page in pages_of(outsides).items()}
        grown = attempt >= EXACT_ROUNDS
        wanted = (
            {target: max(needed[target], kept if grown else "") for target, kept in room.items()} for room in rooms
        )
        wrong = {index: room for index, room in enumerate(wanted) if room != rooms[index]}
        if not wrong:
            return [chunks[index] for index in range(len(printed))]
        lay_out(wrong)
    raise AssertionError("room for numbers grows without end")
