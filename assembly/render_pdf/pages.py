"""Pages: Document → PDF. The same document gives the same bytes: no clock, no chance, no network.

The engine lays the book out in chunks, which `workshop` makes side by side and keeps; `merge` puts them together. The
plain way, one document by WeasyPrint's public functions alone, is there to compare with, and for emergencies.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from assembly.cache import Cache
from assembly.document import Document
from assembly.making import ALONE, Making
from assembly.memory import give_back
from assembly.render_pdf.conformance import conform
from assembly.render_pdf.fonts import all_fonts
from assembly.render_pdf.html import Html, render_html
from assembly.render_pdf.merge import merge
from assembly.render_pdf.numbers import Expectation, Room, put_pages, targets_in
from assembly.render_pdf.stylesheet import Stylesheet, stylesheet
from assembly.render_pdf.workshop import Laid, Place, Workshop, get_ready

KEPT = 400_000_000  # bytes of laid out chunks: some dozens of books
EXACT_ROUNDS = 4  # so often chunks are laid out again with just the room they need; then room only grows, to an end


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
    printed = dict(enumerate(map(targets_in, html.chunks)))
    expectation = Expectation(html.chunks)
    rooms: dict[int, Room] = {}
    chunks: dict[int, Laid] = {}
    rounds = 0  # in which chunks were laid out again
    while True:
        likely = {index: expectation.room(targets) for index, targets in printed.items()}
        if rounds >= EXACT_ROUNDS:
            likely = {index: _widest(room, rooms.get(index, room)) for index, room in likely.items()}
        wanted = {
            index: room
            for index, room in likely.items()
            if room != rooms.get(index) and all(map(expectation.is_sure, room))
        }
        waiting = {index: printed[index] for index in printed if index not in chunks}
        if not wanted:
            if not waiting:
                return [chunks[index] for index in printed]
            wanted = {index: likely[index] for index in expectation.decisive(waiting)}
        rounds += not wanted.keys().isdisjoint(chunks)
        give_back()  # the workers need most memory now
        pages = (html.alone(put_pages(html.chunks[index], room, "0")) for index, room in wanted.items())
        made = dict(zip(wanted, workshop.lay_out(pages), strict=True))
        rooms |= wanted
        chunks |= made
        expectation.learn({index: chunk.outside for index, chunk in made.items()})


def _widest(room: Room, other: Room) -> Room:
    return {target: max(digits, other[target]) for target, digits in room.items()}
