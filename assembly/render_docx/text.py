"""Text: prose and references as inlines and blocks that pandoc can write, each paragraph in a style of its own.

In: parsed Markdown with our Ref inlines. Out: pandoc's AST without Ref, Image, Quoted, Header and Table.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from assembly.document import Align, Ref
from assembly.prose import GAP, RANDNUMMER, Node, Nodes, attributes, plain, rewrite, text_inlines
from assembly.render_docx.anchors import Anchors
from assembly.render_docx.frames import Frame, Line, LineKind, cell_style
from assembly.render_docx.pictures import Pictures
from assembly.render_docx.widths import Size, fits, is_tall, lowest, want, width_of
from assembly.render_docx.wordml import AXIS, LINE, colour, in_style, link, mark, span
from assembly.theme import Theme
from assembly.typed import rows_of, typed

BLOCKS = frozenset(
    [
        "Para",
        "Plain",
        "LineBlock",
        "CodeBlock",
        "BlockQuote",
        "OrderedList",
        "BulletList",
        "DefinitionList",
        "Header",
        "HorizontalRule",
        "Table",
        "Figure",
        "Div",
    ]
)
GRADES = "●○"
"""Signs that the serif face lacks."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How running text is set at a place: the styles of paragraphs and lists, and the widest picture in mm."""

    text: str = "Body Text"
    item: str = "List Paragraph"
    quote: str = "Block Text"
    numbered: str = "Absatz mit Randnummer"
    lead: str = "Einleitung"
    width: float = LINE - AXIS


BODY = Manner()
SHEET = Manner(
    "Steckbrieftext", "Steckbriefpunkt", numbered="Steckbrieftext mit Randnummer", lead="Steckbriefeinleitung"
)
NOTE = Manner("Anmerkung", "Anmerkung", "Anmerkung")


@dataclass(frozen=True, slots=True)
class Book:
    """What blocks need to know of the whole: where references lead, where pictures are kept, and how it looks."""

    anchors: Anchors
    pictures: Pictures
    theme: Theme

    @property
    def ink(self) -> str:
        """The colour of strong lines, as Word writes it."""
        return colour(self.theme.text)


def reference(ref: Ref, book: Book) -> Nodes:
    """Return a reference as „text (detail)“, the text a link; plain words where it has no target."""
    words = text_inlines(ref.text)
    linked = [link(book.anchors.name(ref.target), words)] if ref.target else words
    if not ref.detail:
        return linked
    return [*linked, *text_inlines(f", {ref.detail}" if ref.in_brackets else f" ({ref.detail})")]


def inlines(content: Nodes, book: Book, width: float = BODY.width) -> Nodes:
    """Return inlines with references, quotation marks and pictures as they print."""

    def change(node: Node) -> Nodes | None:
        kind: str = node["t"]
        inner: Any = node.get("c")
        if kind == "Ref":
            return reference(inner, book)
        if kind == "Quoted":
            left, right = ("„", "“") if inner[0]["t"] == "DoubleQuote" else ("‚", "‘")
            return [{"t": "Str", "c": left}, *rewrite(inner[1], change), {"t": "Str", "c": right}]
        if kind == "Span":
            return _passage(node, list(rewrite(inner[1], change)), book)
        if kind == "Str" and any(sign in inner for sign in GRADES):
            return [span("Stufe", [node])]
        if kind == "SoftBreak":
            return [{"t": "Space"}]
        if kind == "Image":
            return [book.pictures.show_file(inner[2][0], width, plain(inner[1]), inner[2][1])]
        return None

    return list(rewrite(content, change))


def _passage(node: Node, words: Nodes, book: Book) -> Nodes:
    """Return the words of a passage, in its style where it says that something is missing, or a Randnummer."""
    anchor, kinds, _ = attributes(node)
    if RANDNUMMER in kinds:
        return [span("Randnummer", words, book.anchors.claim(anchor))]
    return [span("Fehlt", words)] if GAP in kinds else words


def caption_inlines(content: Nodes, book: Book) -> Nodes:
    """Return a caption or note as inlines, whether it came as inlines or as a paragraph."""
    found: Nodes = []
    for node in content:
        part = node["c"] if node["t"] in ("Para", "Plain") else [node]
        found += [{"t": "Space"}, *part] if found and node["t"] in ("Para", "Plain") else part
    return inlines(found, book)


def blocks(content: Nodes, manner: Manner, book: Book) -> Nodes:
    """Return blocks in the styles of `manner`. ValueError for a block that Markdown of ours cannot contain."""
    done: Nodes = []
    for node in content:
        done += _block(node, manner, book)
    return done


def paragraphs(content: Nodes, manner: Manner, book: Book) -> Nodes:
    """Return inlines or blocks as blocks: what a note or a cell may hold."""
    if content and content[0]["t"] not in BLOCKS:
        return [in_style(manner.text, inlines(content, book, manner.width))]
    return blocks(content, manner, book)


def _block(node: Node, manner: Manner, book: Book) -> Nodes:  # noqa: C901  one branch a kind of block
    kind: str = node["t"]
    content: Any = node.get("c")
    match kind:
        case "Para" | "Plain":
            return _paragraph(content, manner, book)
        case "BulletList":
            return [{"t": kind, "c": [blocks(item, _items(manner), book) for item in content]}]
        case "OrderedList":
            return [{"t": kind, "c": [content[0], [blocks(item, _items(manner), book) for item in content[1]]]}]
        case "DefinitionList":
            return [part for term, meanings in content for part in _definition(term, meanings, manner, book)]
        case "BlockQuote":
            return blocks(content, replace(manner, text=manner.quote), book)
        case "Div":
            return blocks(content[1], manner, book)
        case "Header":
            return [in_style("Zwischentitel", inlines(content[2], book))]
        case "LineBlock":
            lines = [part for line in content for part in (*line, {"t": "LineBreak"})]
            return [in_style(manner.text, inlines(lines[:-1], book))]
        case "CodeBlock":
            return [{"t": kind, "c": [["", [], []], content[1]]}]
        case "HorizontalRule":
            return [in_style("Trennlinie", [])]
        case "Figure":
            return blocks(content[2], manner, book)
        case "Table":
            return _table(node, book, small=manner == SHEET)
    raise ValueError(f"prose holds a block that no renderer knows: {kind}")


def _items(manner: Manner) -> Manner:
    return replace(manner, text=manner.item)


def _paragraph(content: Nodes, manner: Manner, book: Book) -> Nodes:
    """Return a paragraph; a picture that stands alone gets its own style, and its source below."""
    if [node["t"] for node in content] != ["Image"]:
        return [in_style(manner.text, inlines(content, book, manner.width))]
    source = content[0]["c"][2][1]
    shown = [in_style("Bild im Text", inlines(content, book, manner.width))]
    return [*shown, in_style("Bildnachweis", text_inlines(source))] if source else shown


def _definition(term: Nodes, meanings: list[Nodes], manner: Manner, book: Book) -> Nodes:
    told = replace(manner, text="Definition")
    return [in_style("Definition Term", inlines(term, book))] + [
        part for meaning in meanings for part in blocks(meaning, told, book)
    ]


def _table(node: Node, book: Book, *, small: bool) -> Nodes:
    """Return a table that was typed in Markdown, in the look of all tables; an empty head is left out."""
    found = typed(node)
    head, body = rows_of(node)
    sans = book.theme.sans
    texts = [[plain(row[index]) for row in body] for index in range(len(found.columns))]
    wants = [
        want(0, column.title, cells, sans, figures=column.align is not Align.LEFT)
        for column, cells in zip(found.columns, texts, strict=True)
    ]
    size = Size.SMALL if small or not fits(wants, LINE) else Size.USUAL
    lengths = [[size.scale * width_of(plain(cell), sans, bold=False) for cell in row] for row in body]
    widths = lowest([each.scaled(size) for each in wants], lengths, LINE)
    rows = [(LineKind.HEAD, row, False) for row in head if any(row)]
    rows += [(LineKind.BODY, row, is_tall(length, widths)) for row, length in zip(body, lengths, strict=True)]
    lines = []
    for kind, row, breaks in rows:
        styles = [cell_style(kind, column.align, size) for column in found.columns]
        cells = (blocks(cell, Manner(style, style, style), book) for cell, style in zip(row, styles, strict=True))
        lines.append(Line(kind, tuple(cells), breaks=breaks))
    titles = ", ".join(column.title for column in found.columns if column.title)
    frame = Frame(widths, tuple(lines), "Tabelle", f"{len(body)} Zeilen; Spalten: {titles or len(widths)}", book.ink)
    return [*frame.nodes(), mark("after-table")]
