"""Frames: tables as Word's own rows and cells around native contents, which pandoc writes between the raw halves.

pandoc's own tables know no repeated width, no turned heading, no row that must not break, no line above a sum.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from assembly.document import Align
from assembly.prose import Node, Nodes
from assembly.render_docx.widths import Size
from assembly.render_docx.wordml import escape, in_style, raw_block, style_id, twips

TABLE = "Plantabelle"
FACTS = "Steckbrieftabelle"
APART = 3.0


class LineKind(StrEnum):
    """What a row of a frame is; it decides the style of its paragraphs and its lines."""

    HEAD = "head"
    BODY = "body"
    GROUP = "group"
    SUBTOTAL = "subtotal"
    TOTAL = "total"


_STYLES = {
    LineKind.HEAD: "Tabellenkopf",
    LineKind.BODY: "Tabellentext",
    LineKind.GROUP: "Tabellengruppe",
    LineKind.SUBTOTAL: "Tabellensumme",
    LineKind.TOTAL: "Tabellensumme",
}
_SUFFIXES = {Align.LEFT: "", Align.RIGHT: " rechts", Align.CENTRE: " Mitte"}


def cell_style(kind: LineKind, align: Align, size: Size = Size.USUAL) -> str:
    """Return the name of the paragraph style of a cell."""
    side = "" if kind is LineKind.GROUP else _SUFFIXES[align]
    return _STYLES[kind] + side + size.suffix


@dataclass(frozen=True, slots=True)
class Line:
    """One row: the contents of its cells, paragraphs in their styles; the last cell reaches over what is left.

    `breaks`: it may go on on the next page.
    """

    kind: LineKind
    cells: tuple[Nodes, ...]
    upright: tuple[bool, ...] = ()
    height: float = 0
    breaks: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """A table: widths in millimetres, the rows, the name and description that screen readers say."""

    widths: tuple[float, ...]
    lines: tuple[Line, ...]
    title: str
    description: str
    ink: str
    """The colour of its strong lines, as RRGGBB."""
    style: str = TABLE
    flush_right: bool = False
    apart: tuple[bool, ...] = ()
    """Columns of words that follow one of figures: they keep a distance."""

    def nodes(self) -> Nodes:
        """Return the table as blocks of pandoc's AST."""
        edges = _edges(self.widths)
        parts: Nodes = [raw_block(self._open(edges))]
        for line in self.lines:
            parts += self._line(line, edges)
        return [*parts, raw_block("</w:tbl>")]

    def _open(self, edges: Sequence[int]) -> str:
        head = int(any(line.kind is LineKind.HEAD for line in self.lines))
        columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in edges)
        return (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="{style_id(self.style)}"/>'
            f'<w:tblW w:w="{sum(edges)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
            f'<w:tblLook w:val="{0x0680 | 0x20 * head:04X}" w:firstRow="{head}" w:lastRow="0" w:firstColumn="1" '
            'w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
            f'<w:tblCaption w:val="{escape(self.title)}"/><w:tblDescription w:val="{escape(self.description)}"/>'
            f"</w:tblPr><w:tblGrid>{columns}</w:tblGrid>"
        )

    def _line(self, line: Line, edges: Sequence[int]) -> Nodes:
        height = f'<w:trHeight w:val="{twips(line.height)}" w:hRule="atLeast"/>' if line.height else ""
        split = "" if line.breaks else "<w:cantSplit/>"
        head = "<w:tblHeader/>" if line.kind is LineKind.HEAD else ""
        parts: Nodes = [raw_block(f"<w:tr><w:trPr>{split}{height}{head}</w:trPr>")]
        for index, contents in enumerate(line.cells):
            last = index == len(line.cells) - 1
            columns = edges[index:] if last else edges[index : index + 1]
            parts.append(raw_block(f"<w:tc><w:tcPr>{self._cell(line, index, columns, last=last)}</w:tcPr>"))
            parts += contents or [_empty(line.kind)]
            parts.append(raw_block("</w:tc>"))
        return [*parts, raw_block("</w:tr>")]

    def _cell(self, line: Line, index: int, columns: Sequence[int], *, last: bool) -> str:
        upright = bool(line.upright) and line.upright[index]
        strong = f'w:val="single" w:sz="8" w:space="0" w:color="{self.ink}"'
        fine = f'w:val="single" w:sz="4" w:space="0" w:color="{self.ink}"'
        borders = {
            LineKind.HEAD: f"<w:bottom {strong}/>",
            LineKind.SUBTOTAL: f"<w:top {fine}/>",
            LineKind.TOTAL: f'<w:top {strong}/><w:bottom w:val="nil"/>',
        }.get(line.kind, "")
        return "".join(
            (
                f'<w:tcW w:w="{sum(columns)}" w:type="dxa"/>',
                f'<w:gridSpan w:val="{len(columns)}"/>' if len(columns) > 1 else "",
                f"<w:tcBorders>{borders}</w:tcBorders>" if borders else "",
                self._margins(index, last=last) if line.kind is not LineKind.GROUP else "",
                '<w:textDirection w:val="btLr"/>' if upright else "",
                f'<w:vAlign w:val="{"center" if upright else "bottom"}"/>' if line.kind is LineKind.HEAD else "",
            )
        )

    def _margins(self, index: int, *, last: bool) -> str:
        left = f'<w:left w:w="{twips(APART)}" w:type="dxa"/>' if self.apart and self.apart[index] else ""
        narrow = any(self.lines[0].upright[index : index + 1])  # a turned heading takes the whole width
        right = '<w:right w:w="0" w:type="dxa"/>' if narrow or (last and self.flush_right) else ""
        return f"<w:tcMar>{left}{right}</w:tcMar>" if left or right else ""


def _empty(kind: LineKind) -> Node:
    return in_style(cell_style(kind, Align.LEFT), [])


def _edges(widths: Sequence[float]) -> list[int]:
    """Return widths in twips that add up to the rounded whole, so that no rounding is left over."""
    edges, done, sofar = [], 0, 0.0
    for width in widths:
        sofar += width
        edges.append(twips(sofar) - done)
        done += edges[-1]
    return edges
