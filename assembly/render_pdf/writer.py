"""Writer: sections → HTML of a chunk. What templates see is finished; they hold no rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, zip_longest
from operator import itemgetter
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.runtime import Macro
from markupsafe import Markup

from assembly.colours import tier_colours
from assembly.document import (
    BETWEEN,
    Block,
    Cell,
    Column,
    Cover,
    Directory,
    Document,
    Fact,
    Facts,
    Figure,
    Logos,
    Notice,
    Prose,
    Randnummer,
    Row,
    RowKind,
    Schedule,
    Section,
    SectionKind,
    Shares,
    Table,
)
from assembly.draw import draw_svg, panels
from assembly.prose import Nodes, plain
from assembly.render_pdf.below import Hanging, Laid, high_cells, names
from assembly.render_pdf.cells import OF_A_CELL, CellWriter, spanned
from assembly.render_pdf.continued import continued, naming_rows
from assembly.render_pdf.metrics import clipped, width
from assembly.render_pdf.parts import lay_all
from assembly.render_pdf.prose import Abbreviations, ProseWriter, RefWriter
from assembly.render_pdf.rows import row_names
from assembly.render_pdf.stylesheet import checked, page_of
from assembly.render_pdf.tables import ALIGN, COLUMN, LINE, PROSE_LINE, SIZES, WIDE_LINE, Measures, cell_text
from assembly.render_pdf.views import View, cover_view, logo_views, schedule_view, shares_view
from assembly.theme import PAPER, Theme, Typeface

TEMPLATES = Path(__file__).resolve().parent.parent.parent / "templates" / "html"

_WIDE_KINDS = (Table, Figure)
ROOM, ROOM_WIDE = 210.0, 132.0  # millimetres that a drawing may be high on a page, with caption and note
HALF_LINE = 46.0  # millimetres that the value of a fact has where two stand on a line
RUNNING, FOOTER = 104.0, 144.0  # millimetres that the running head and the foot have: 64 % and 88 % of the line
SLOTS = 8  # more sheets do not share a page
MARGINAL = 8.3  # points of the type of both
SHORT = 700  # so many characters may follow a landscape table on its page where the chapter ends with them

Chunk = list[tuple[Section, bool]]  # sections, each with whether it is followed by a new page


@dataclass(frozen=True, slots=True)
class Setting:
    """What the HTML of all chunks depends on: theme, abbreviations, colours of the fields, folder of the chapters."""

    theme: Theme
    abbreviations: tuple[tuple[str, str], ...]
    colours: tuple[tuple[str, str], ...]
    images: Path


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell as the template needs it."""

    tag: str
    html: Markup
    name: str = ""
    scope: str = ""
    span: int = 1


class ChunkWriter:
    """Writes chunks: the environment of the templates and the writers of prose and cells."""

    def __init__(self, setting: Setting) -> None:
        self._theme = setting.theme
        self._level = 1  # of the heading of the section
        self._anchors: set[str] = set()
        self._laid: Mapping[str, Laid] = {}
        self._tiers = tier_colours(self._theme.accent)
        self._refs = RefWriter()
        self._prose = ProseWriter(setting.images, self._refs, Abbreviations(setting.abbreviations), self._theme.sans)
        self._cells = CellWriter(self._prose, dict(setting.colours))
        self._environment = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,  # always: select_autoescape does not know .html.j2
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        look = {"theme": self._theme, "paper": PAPER}
        self._macros = self._environment.get_template("blocks.html.j2", globals=look).module

    def head(self, document: Document) -> str:
        """Return what stands before all chunks."""
        footer = clipped(self._theme.sans, document.footer, FOOTER, MARGINAL)
        return self._environment.get_template("book.html.j2").render(document=document, footer=footer)

    def chunk(self, sections: Chunk) -> str:
        """Return a chunk, which does not depend on the one before."""
        self._prose.begin()
        self._anchors.clear()
        return "".join(self._section(*pair, place) for place, pair in enumerate(sections))

    # --- sections ---------------------------------------------------------------------------------------------------

    def _section(self, section: Section, ends: bool, place: int) -> Markup:
        banded = section.kind in (SectionKind.SHEET, SectionKind.PORTRAIT)
        self._level = min(section.level, 4)
        self._prose.level, self._prose.title = self._level + 1, section.title
        laid = _runs(section, ends=ends)
        runs = [
            {"wide": wide, "blocks": list(self._blocks(blocks, wide, banded, ends or number < len(laid)))}
            for number, (wide, blocks) in enumerate(laid, start=1)
        ]
        view = {
            "id": section.id,
            "kind": section.kind.value,
            "level": self._level,
            "opens_page": section.opens_page,
            **self._running(section, place),
            "colour": checked(section.colour) if section.colour else "",
            "page": page_of(section.field) if banded else "",
            "kicker": section.kicker,
            "tags": section.tags,
            "number": _shown_number(section),
            "title": section.title,
            "bookmark": _bookmark(section),
            "heading": section.kind is not SectionKind.COVER,
            "banded": banded,
            "runs": runs,
        }
        return self._macro("section", view)

    def _running(self, section: Section, place: int) -> View:
        """Return the running head: what it begins with, what an only section of its page adds, and what each adds.

        A page with several sheets names all of them: `slot` is the string that is this one's.
        """
        running, rest, also = clipped(self._theme.sans, section.running, RUNNING, MARGINAL), "", ""
        if section.kind is SectionKind.SHEET and section.opens_page:
            chapter, number, rest = running.partition(section.number)
            running = chapter + number
        elif section.kind is SectionKind.SHEET:
            running, between, also = running.rpartition(BETWEEN)
            also = between + also
        return {"running": running, "rest": rest, "also": also, "slot": place % SLOTS}

    def _macro(self, name: str, view: View) -> Markup:
        macro = getattr(self._macros, name)
        assert isinstance(macro, Macro), name
        return Markup(macro(view))

    def _blocks(self, blocks: Sequence[Block], wide: bool, close: bool, ends: bool) -> Iterator[Markup]:
        """Yield the blocks as markup: `close` as in a sheet, labelled texts in columns; `ends` before a new page."""

        def in_columns(block: Block) -> bool:
            return close and isinstance(block, Prose) and bool(block.label)

        self._laid = lay_all(blocks, self._theme.sans, wide=wide, close=close)
        for labelled, run in groupby(blocks, key=in_columns):
            if labelled:
                yield from self._texts([block for block in run if isinstance(block, Prose)])
            else:
                yield from (self._block(block, wide, ends and block is blocks[-1]) for block in run)

    def _texts(self, texts: Sequence[Prose]) -> Iterator[Markup]:
        """Yield texts in two columns; a table that would be narrow there stands between them, as broad as both."""
        self._prose.level = self._level + 2
        parts: list[tuple[bool, Markup]] = []
        for text in texts:
            self._prose.title = label = text.label
            number = text.number
            for broad, nodes in groupby(text.blocks, key=self._prose.leaves_column):
                if broad and label:
                    parts.append((False, self._text([], label, number, COLUMN)))
                    label, number = "", None
                parts.append((broad, self._text([*nodes], label, number, LINE if broad else COLUMN)))
                label, number = "", None
        for broad, run in groupby(parts, key=itemgetter(0)):
            html = Markup().join(part for _, part in run)
            yield html if broad else Markup('<div class="texts">\n{}</div>\n').format(html)

    def _text(self, nodes: Nodes, label: str, number: Randnummer | None, line: float) -> Markup:
        """Return a part of a text of a sheet, whose tables have so many millimetres."""
        self._prose.line = line
        body = self._prose.blocks(nodes)
        self._prose.line = PROSE_LINE
        view = {"body": body, "number": self._number(number), "label": label, "lead": False, "labelled": True}
        return self._macro("prose", {**view, "level": self._level + 1, "ends": False})

    def _block(self, block: Block, wide: bool, ends: bool) -> Markup:  # noqa: C901  one branch a kind of block
        match block:
            case Prose():
                return self._macro("prose", {**self._prose_view(block), "ends": ends})
            case Table():
                return self._macro("table", self._table_view(block, wide))
            case Figure():
                return self._macro("figure", self._figure_view(block, wide))
            case Facts():
                return self._macro("facts", self._facts_view(block))
            case Shares():
                return self._macro("shares", {**shares_view(block, self._tiers), "number": self._number(block.number)})
            case Schedule():
                return self._macro("schedule", schedule_view(block, self._theme.sans))
            case Notice():
                body = self._prose.blocks(block.blocks)
                return self._macro("notice", {"tone": block.tone, "title": block.title, "body": body})
            case Directory():
                return self._macro("directory", self._directory_view(block))
            case Logos(items):
                return self._macro("logos", {"logos": logo_views(items)})
            case Cover():
                return self._macro("cover", cover_view(block, self._theme.sans))

    def _number(self, number: Randnummer | None) -> Randnummer | None:
        """Return a Randnummer; where it prints for the second time (money as a bar and as a table) without anchor."""
        if number is None or number.anchor in self._anchors:
            return number and replace(number, anchor="")
        self._anchors.add(number.anchor)
        return number

    def _prose_view(self, block: Prose) -> View:
        self._prose.level = self._level + (2 if block.label else 1)
        return {
            "body": self._prose.blocks(block.blocks),
            "number": self._number(block.number),
            "label": block.label,
            "level": self._level + 1,
            "lead": block.lead,
            "labelled": bool(block.label),
        }

    def _facts_view(self, block: Facts) -> View:
        """Return the facts in reading order; two short ones that follow each other share a line."""
        facts: list[View] = []
        single = False  # a short one stands alone on its line so far
        short = [_is_short(fact, self._theme.sans) for fact in block.items]
        for fact, here, following in zip_longest(block.items, short, short[1:]):
            pairs = here and (single or bool(following))
            single = pairs and not single
            facts.append({**self._fact(fact), "half": pairs})
        return {"facts": facts, "minor": block.minor}

    def _fact(self, fact: Fact) -> View:
        return {"label": fact.label, "number": self._number(fact.number), "value": self._cells.cell(fact.value)}

    def _figure_view(self, block: Figure, wide: bool) -> View:
        return {
            "id": block.id,
            "number": block.number,
            "caption": self._prose.flat(block.caption),
            "randnummer": self._number(block.randnummer),
            "panels": self._panels(block, wide=wide),
            "empty": block.empty,
            "note": self._prose.flat(block.note),
        }

    def _panels(self, block: Figure, *, wide: bool) -> list[View]:
        """Return the drawings of a figure, each with its title; the first says all that is to be seen, others which."""
        line, room, theme = (WIDE_LINE, ROOM_WIDE, self._theme) if wide else (LINE, ROOM, self._theme)
        views: list[View] = []
        for panel in panels(block.drawing, line, room, theme) if block.drawing else ():
            spoken = [panel.title, block.alternative] if not views else [panel.title]
            svg = draw_svg(panel.drawing, line, ". ".join(filter(None, spoken)), theme)
            views.append({"title": panel.title, "svg": Markup(svg)})
        return views

    def _directory_view(self, block: Directory) -> View:
        following = [*(entry.level for entry in block.entries[1:]), 0]
        entries = [
            {
                "level": entry.level,
                "leads_on": following[index] > entry.level,
                "number": entry.number,
                "text": entry.ref.text,
                "target": entry.ref.target,
            }
            for index, entry in enumerate(block.entries)
        ]
        return {"kind": block.kind, "entries": entries}

    # --- tables -----------------------------------------------------------------------------------------------------

    def _table_view(self, block: Table, wide: bool) -> View:
        laid = self._laid[block.id]
        rows, measures, hanging = laid.table.rows, laid.measures, laid.hanging
        kinds = row_names([row.kind for row in rows], measures.heights, hanging)
        line, sans = WIDE_LINE if wide else LINE, self._theme.sans
        high = high_cells(laid)
        said, ends = naming_rows(laid.table, continued(laid.table, line, sans), names(laid, high), line, sans)
        with self._prose.noting() as notes:
            written = [
                self._row(row, kind, goes_on, block.columns, high.get(index), hanging.get(index), ends.get(index, ""))
                for index, (row, kind, goes_on) in enumerate(zip(rows, kinds, said, strict=True))
            ]
        counted = zip(map(_group_counter(), rows), written, strict=True)
        groups = [[row for _, row in group] for _, group in groupby(counted, key=itemgetter(0))]
        return {
            "id": block.id,
            "number": block.number,
            "caption": self._prose.flat(block.caption),
            "randnummer": self._number(block.randnummer),
            "size": measures.size,
            "widths": measures.widths,
            "whole": measures.whole,
            "firm": measures.low or any(row.kind is RowKind.TOTAL for row in block.rows),
            "turned": f"{measures.turned:.1f}" if measures.turned else "",
            "head": [self._heading(column, measures) for column in block.columns] if _has_head(block) else [],
            "groups": groups,
            "empty": "" if block.rows else block.empty,
            "note": self._prose.flat(block.note),
            "notes": notes,
        }

    def _heading(self, column: Column, measures: Measures) -> _Cell:
        words = self._refs.html(column.ref) if column.ref else Markup("{}").format(column.title)
        if column.upright and measures.turned:
            return _Cell("th", words, "turned", "col")
        return _Cell("th", words, ALIGN[column.align], "col")

    def _row(
        self,
        row: Row,
        names: str,
        goes_on: str | None,
        columns: tuple[Column, ...],
        high: int | None,
        hanging: Hanging | None,
        end: str,
    ) -> View:
        if row.kind is RowKind.GROUP:
            cells = [_Cell("th", self._cells.cell(row.cells[0]), "", "rowgroup", len(columns))]
        else:
            pairs = zip(row.cells, columns, strict=True)
            cells = [
                _Cell("td" if i else "th", *self._filled(cell, ALIGN[column.align]), "" if i else "row")
                for i, (cell, column) in enumerate(pairs)
            ]
        if high is not None:
            words = _hung(cells[high].html, hanging, end)
            cells[high] = replace(cells[high], html=words, name=f"{cells[high].name} high")
        return {"names": names, "anchor": row.anchor, "continued": goes_on, "cells": cells}

    def _filled(self, cell: Cell, align: str) -> tuple[Markup, str]:
        """Return what a cell of a table holds, and its classes."""
        name, words = self._cells.look(cell)
        return (words, f"{align} {name}") if name in OF_A_CELL else (spanned(name, words), align)


def _hung(words: Markup, hanging: Hanging | None, end: str) -> Markup:
    """Return what a cell holds, hanging out of it, with what its row says where it ends."""
    ended = words + Markup('<span class="closes" data-continued="{}"></span>').format(end) if end else words
    if not hanging:
        return ended
    style = f"margin:0 {-hanging.right:.2f}mm 0 {-hanging.left:.2f}mm"
    return Markup('<div style="{}">{}</div>').format(style, ended)


def _is_short(fact: Fact, sans: Typeface) -> bool:
    """Tell whether a fact needs only half a line."""
    text = cell_text(fact.value)
    return "\n" not in text and width(sans, text, SIZES[0][0]) <= HALF_LINE


def _runs(section: Section, *, ends: bool) -> list[tuple[bool, list[Block]]]:
    """Return the blocks in runs that lie upright or landscape; the heading goes with the first run.

    A few lines that end a chapter stay below the landscape table before them: a page of their own would be empty.
    """
    runs = [
        (wide, list(blocks))
        for wide, blocks in groupby(section.blocks, key=lambda block: section.wide or _is_wide(block))
    ]
    if ends and len(runs) > 1 and not runs[-1][0]:
        last = runs[-1][1]
        texts = [plain(block.blocks) for block in last if isinstance(block, Prose)]
        if len(texts) == len(last) and sum(map(len, texts)) <= SHORT:
            runs[-2:] = [(True, runs[-2][1] + last)]
    return runs or [(section.wide, [])]


def _is_wide(block: Block) -> bool:
    return isinstance(block, _WIDE_KINDS) and block.wide


def _shown_number(section: Section) -> str:
    """Return the number that stands before the title: none where the kicker says it already."""
    return "" if section.number in section.kicker.split() else section.number


def _bookmark(section: Section) -> str:
    """Return the words of the bookmark: „3 Vision und Ziele“, „WIR-004 Titel“; empty for none."""
    if section.kind is SectionKind.COVER or section.level > 2:
        return ""
    leading = section.number or (section.id if section.kind is SectionKind.SHEET else "")
    return f"{leading} {section.title}".strip()


def _group_counter() -> Any:
    """Return a key function that rises at every group's heading, so that each group is a table body of its own."""
    count = 0

    def key(row: Row) -> int:
        nonlocal count
        count += row.kind is RowKind.GROUP
        return count

    return key


def _has_head(block: Table) -> bool:
    return bool(block.rows) and any(column.title or column.ref for column in block.columns)
