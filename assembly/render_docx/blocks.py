"""Blocks: each kind of a Document's block as blocks of pandoc's AST."""

from __future__ import annotations

from collections.abc import Sequence

from assembly import german
from assembly.document import (
    Block,
    Cover,
    Directory,
    Entry,
    Facts,
    Figure,
    Logos,
    Notice,
    Prose,
    Schedule,
    Section,
    SectionKind,
    Shares,
    Table,
)
from assembly.drawings import OPEN
from assembly.prose import Node, Nodes, text_inlines
from assembly.render_docx.anchors import HIDDEN
from assembly.render_docx.tables import caption, facts, table
from assembly.render_docx.text import BODY, NOTE, SHEET, Book, Manner, blocks, inlines, paragraphs, reference
from assembly.render_docx.wordml import LINE, SPACE, TAB, WIDE_LINE, colour, in_style, mark, page_of, raw_inline, span
from assembly.render_docx.words import randnummer
from assembly.theme import Logo

LOGO_WIDTH, LOGO_HEIGHT = 70.0, 16.0  # millimetres at most
ROOM, ROOM_WIDE = 200.0, 130.0  # millimetres that a picture may be high on a page, with caption and note
BANDED = (SectionKind.SHEET, SectionKind.PORTRAIT)
"""Sections below a band in the colour of their field, set one step smaller and closer than chapters."""
NOTICES = {"plain": "Hinweis", "warning": "Warnung"}


def block_nodes(  # noqa: C901  one branch a kind of block
    block: Block, section: Section, book: Book, *, wide: bool
) -> Nodes:
    """Return a block of a section; `wide` tells that it lies on a wide page."""
    match block:
        case Prose():
            return _prose(block, section, book)
        case Table():
            return table(block, book, wide=wide, close=section.kind in BANDED)
        case Figure():
            return _figure(block, book, wide=wide)
        case Facts():
            return facts(block, book)
        case Shares():
            return _shares(block, book)
        case Schedule():
            return []  # a bar for the eye: Laufzeit and Meilensteine say the same in words
        case Notice():
            return _notice(block, book)
        case Directory(kind, entries):
            return [node for entry in entries for node in _entry(entry, kind, book)]
        case Logos(items):
            return [in_style("Logos", _logos(items, book))]
        case Cover():
            return _cover(block, book)


def _prose(block: Prose, section: Section, book: Book) -> Nodes:
    """Return running text; its Randnummer stands in the margin of the label or of the first paragraph."""
    manner = SHEET if section.kind in BANDED else BODY
    number = randnummer(block.number, book)
    parts: Nodes = []
    content = block.blocks
    if block.label:
        parts.append(in_style(f"Zwischentitel {min(section.level + 1, 4)}", [*number, TAB, *text_inlines(block.label)]))
        number = []
    opens_with_words = bool(content) and content[0]["t"] in ("Para", "Plain") and not _is_picture(content[0])
    if opens_with_words and (number or block.lead):
        style = manner.lead if block.lead else manner.text
        words = inlines(content[0]["c"], book)
        if number:
            style = f"{manner.lead} mit Randnummer" if block.lead else manner.numbered
            words = [*number, TAB, *words]
        parts.append(in_style(style, words))
        content = content[1:]
    elif number:
        parts.append(in_style("Randnummer am Rand", number))
    return parts + blocks(content, manner, book)


def _is_picture(paragraph: Node) -> bool:
    return [node["t"] for node in paragraph["c"]] == ["Image"]


def _figure(block: Figure, book: Book, *, wide: bool) -> Nodes:
    parts = caption("Abbildung", block.number, block.caption, randnummer(block.randnummer, book), block.id, book)
    note = paragraphs(block.note, NOTE, book) if block.note else []
    if block.drawing is None:
        parts.append(in_style("Tabelle leer", text_inlines(block.empty)))
    else:
        from assembly.draw import draw_png, panels  # late: only figures need the drawing library

        width = WIDE_LINE if wide else LINE
        drawings = panels(block.drawing, width, ROOM_WIDE if wide else ROOM, book.theme)
        parted = len(drawings) > 1
        parts += [mark("with-next"), *note] if parted and note else []  # it explains all parts, so it goes first
        for number, panel in enumerate(drawings):
            spoken = ". ".join(filter(None, (panel.title, "" if number else block.alternative)))
            if panel.title:
                parts.append(in_style("Bild Titel", text_inlines(panel.title)))
            drawn = draw_png(panel.drawing, width, theme=book.theme)
            parts += [mark("with-next")] if note and not parted else []
            parts.append(in_style("Bild", [book.pictures.show(drawn, width, spoken)]))
        if not parted:
            parts += note
    return parts


def _shares(block: Shares, book: Book) -> Nodes:
    """Return the money of a measure in one line: „12.400.000 € bis 2031 · EU 46 % · …“, the open gap marked."""
    words: Nodes = [{"t": "Strong", "c": text_inlines(german.euros(block.whole.cents))}]
    words += text_inlines(f" {block.until}" if block.until else "")
    for part in block.parts:
        share = text_inlines(f"{part.label}{german.NBSP}{german.percent(part.amount.cents, block.whole.cents)}")
        words += [*text_inlines(" · "), *([span("Offen", share)] if part.key == OPEN else share)]
    return [in_style("Mittel", [*randnummer(block.number, book), TAB, *words])]


def _notice(block: Notice, book: Book) -> Nodes:
    style = NOTICES[block.tone]
    title = [in_style(f"{style} Titel", text_inlines(block.title))] if block.title else []
    return [*title, *blocks(block.blocks, Manner(style, style, style), book), mark("after-table")]


def _entry(entry: Entry, kind: str, book: Book) -> Nodes:
    """Return one line of a directory: number, title, and the field for its page."""
    style = f"toc {entry.level}" if kind == "contents" else "table of figures"
    number = [*text_inlines(entry.number), TAB] if entry.number else [TAB] if entry.level > 1 else []
    page = [TAB, page_of(HIDDEN + book.anchors.name(entry.ref.target))] if entry.ref.target else []
    line = in_style(style, [*number, *reference(entry.ref, book), *page])
    return [line] if number else [mark("flush"), line]


def _logos(logos: Sequence[Logo], book: Book) -> Nodes:
    """Return logos side by side, all of one height."""
    shown = [book.pictures.show_logo(logo, (LOGO_WIDTH, LOGO_HEIGHT)) for logo in logos]
    return [part for one in shown for part in (one, SPACE, SPACE)][:-2]


def _cover(block: Cover, book: Book) -> Nodes:
    parts = [in_style("Logos", _logos(block.logos, book))] if block.logos else []
    parts += [in_style("Herausgeber", text_inlines(block.publisher))]
    if block.stripes:
        parts.append(in_style("Farbstreifen", [raw_inline(_stripe(stripe)) for stripe in block.stripes]))
    parts += [in_style("Title", text_inlines(block.title)), in_style("Subtitle", text_inlines(block.subtitle))]
    if block.marking:
        marking = text_inlines(f"{german.NBSP}{block.marking}{german.NBSP}")
        parts.append(in_style("Titelblatt Kennzeichnung", [span("Kennzeichnung Kasten", marking)]))
    for label, value in block.facts:
        words = [span("Titelblatt Merkmal", text_inlines(label)), TAB, *text_inlines(value)]
        parts.append(in_style("Titelblatt Angabe", words))
    return parts


def _stripe(value: str) -> str:
    """Return a tab with coloured ground: it reaches to the next stop of its style."""
    return f'<w:r><w:rPr><w:shd w:val="clear" w:color="auto" w:fill="{colour(value)}"/></w:rPr><w:tab/></w:r>'
