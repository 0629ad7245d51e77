"""Prose: pandoc's AST → markup. What an editor typed is text and nothing else: everything is escaped here.

The reader refuses raw HTML, and links of other schemes than http, https and mailto are refused by `resolve`; both are
refused here again, for a PDF goes to people who trust it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlsplit

from markupsafe import Markup, escape

from assembly import german
from assembly.document import Ref
from assembly.german import NBSP
from assembly.prose import GAP, RANDNUMMER, Node, Nodes, attributes, plain, quotation_marks
from assembly.render_pdf.rows import row_names
from assembly.render_pdf.tables import (
    ALIGN,
    COLUMN,
    ID,
    LINE,
    PROSE_LINE,
    SIZES,
    in_column,
    measure,
    measured,
)
from assembly.theme import Typeface
from assembly.typed import rows_of, typed

IN_COLUMN = 20.0, 60.0  # millimetres of a table that never leaves a column of text, and of one that always does
NARROWER = 1.6  # … else where it is so much higher there than it would be as broad as two columns
SCHEMES = frozenset({"http", "https", "mailto"})

_ADDRESS = re.compile(r"((?:https?://|www\.|[\w.-]+\.[a-z]{2,}/)\S+)")

_WRAPPED: Mapping[str, str] = {
    "Emph": "em",
    "Strong": "strong",
    "Underline": "u",
    "Strikeout": "s",
    "Superscript": "sup",
    "Subscript": "sub",
}
_SPACES: Mapping[str, Markup] = {"Space": Markup(" "), "SoftBreak": Markup(" "), "LineBreak": Markup("<br>")}
_LIST_STYLES: Mapping[str, str] = {"LowerAlpha": "a", "UpperAlpha": "A", "LowerRoman": "i", "UpperRoman": "I"}


class RefWriter:
    """Writes references; where a page belongs stands a zero, for `numbers.put_pages` to replace.

    `narrow` says that it writes into a table, whose columns are measured by words: there a name may break anywhere.
    """

    def __init__(self) -> None:
        self.narrow = False

    def html(self, ref: Ref) -> Markup:
        """Return a reference: its words as a link, then detail and page, in brackets or after a comma."""
        name = ref.text if self.narrow else german.tied(ref.text)
        if ref.target is None:
            words, page = escape(name), Markup("")
        else:
            words = Markup('<a href="#{}"{}>{}</a>').format(ref.target, _unbroken(ref.text), name)
            page = self._page(ref.target) if ref.page else Markup("")
        detail = Markup("<span{}>{}</span>").format(_unbroken(ref.detail), ref.detail) if ref.detail else Markup("")
        behind = Markup(", ").join(part for part in (detail, page) if part)
        if not behind:
            return words
        if ref.in_brackets:
            return words + Markup(", {}").format(behind)
        return words + Markup("{}({})").format(" " if self.narrow and not is_unbroken(ref.text) else NBSP, behind)

    def _page(self, target: str) -> Markup:
        """Return „S. 0“ as a link of its own."""
        return Markup('<a class="page" href="#{}">S.{}0</a>').format(target, NBSP)


def is_unbroken(text: str) -> bool:
    """Tell whether `text` is an id such as WIR-004, which must not break at its hyphen."""
    return bool(ID.fullmatch(text))


def _unbroken(text: str) -> Markup:
    return Markup(' class="nb"') if is_unbroken(text) else Markup("")


class Abbreviations:
    """Marks abbreviations with what they stand for, at their first use since `begin`: a screen reader says it then."""

    def __init__(self, pairs: Sequence[tuple[str, str]]) -> None:
        self._long = dict(pairs)
        longest_first = sorted(self._long, key=len, reverse=True)
        self._pattern = re.compile(rf"(?<![\w-])({'|'.join(map(re.escape, longest_first))})(?!\w)")
        self._used: set[str] = set()

    def begin(self) -> None:
        """Begin anew: a part of the book never depends on the one before."""
        self._used.clear()

    def html(self, text: str) -> Markup:
        """Return text as markup, abbreviations that are new in it marked; an address is never hyphenated."""
        pieces = _ADDRESS.split(text)  # words and addresses by turns
        return Markup("").join(
            _in("span", escape(piece), "url") if i % 2 else self._words(piece) for i, piece in enumerate(pieces)
        )

    def _words(self, text: str) -> Markup:
        if not self._long:
            return escape(text)
        pieces = self._pattern.split(text)  # words and abbreviations by turns
        return Markup("").join(self._marked(piece) if i % 2 else escape(piece) for i, piece in enumerate(pieces))

    def _marked(self, short: str) -> Markup:
        if short in self._used:
            return escape(short)
        self._used.add(short)
        return Markup('<abbr title="{}">{}</abbr>').format(self._long[short], short)


class ProseWriter:
    """Writes AST as markup. `images` is the folder of chapters; `notes` counts the footnotes since `begin`.

    `sans` is the typeface of tables, by which their columns are measured.
    """

    def __init__(self, images: Path, refs: RefWriter, abbreviations: Abbreviations, sans: Typeface) -> None:
        self._images = images
        self._sans = sans
        self.refs = refs
        self.abbreviations = abbreviations
        self.notes = 0
        self.title = ""  # of what is written
        self.level = 2  # of headings in it: below that of the title, whatever their own signs say
        self.line = PROSE_LINE  # millimetres of a line: less in one of two columns, more for a table between such
        self._below: list[Markup] | None = None  # notes that a table prints below itself
        self._blocks: Mapping[str, Callable[[Node], Markup]] = {
            "Para": lambda node: self._paragraph(node),
            "Plain": lambda node: self.inlines(node["c"]),
            "LineBlock": lambda node: _in("p", Markup("<br>").join(self.inlines(line) for line in node["c"])),
            "BlockQuote": lambda node: _in("blockquote", self.blocks(node["c"])),
            "BulletList": lambda node: _in("ul", self._items(node["c"])),
            "OrderedList": self._ordered,
            "DefinitionList": self._definitions,
            "Header": lambda node: _in(f"h{self.level}", self.inlines(node["c"][2]), "subhead"),
            "CodeBlock": lambda node: _in("pre", escape(node["c"][1])),
            "Div": lambda node: self.blocks(node["c"][1]),
            "HorizontalRule": lambda _: Markup("<hr>"),
            "Table": self._table,
            "Figure": lambda node: self.blocks(node["c"][2]),
        }
        self._inlines: Mapping[str, Callable[[Node], Markup]] = {
            "Str": lambda node: self.abbreviations.html(node["c"]),
            "Ref": lambda node: self.refs.html(node["c"]),
            "Quoted": self._quoted,
            "Code": lambda node: _in("code", escape(node["c"][1])),
            "Math": lambda node: _in("code", escape(node["c"][1])),
            "SmallCaps": lambda node: _in("span", self.inlines(node["c"]), "caps"),
            "Span": self._span,
            "Cite": lambda node: self.inlines(node["c"][1]),
            "Link": self._link,
            "Image": self._image,
            "Note": self._note,
        }

    def begin(self) -> None:
        """Begin a part of the book that does not depend on the one before: notes and abbreviations count anew."""
        self.notes = 0
        self.abbreviations.begin()

    @contextmanager
    def noting(self) -> Iterator[list[Markup]]:
        """Collect the notes of a table, which stand below it.

        At the foot of the page WeasyPrint 70 leaves a note even where its row goes to the next page.
        """
        around = self._below, self.refs.narrow
        self._below, self.refs.narrow = [], True
        try:
            yield self._below
        finally:
            self._below, self.refs.narrow = around

    def blocks(self, tree: Nodes) -> Markup:
        """Return blocks as markup; ValueError for what may not stand in a text (raw markup)."""
        return Markup("").join(self._block(node) for node in tree)

    def inlines(self, tree: Nodes) -> Markup:
        """Return inlines as markup."""
        return Markup("").join(self._inline(node) for node in tree)

    def flat(self, tree: Nodes) -> Markup:
        """Return blocks as running inlines where they are no more than paragraphs, as in a caption or a cell."""
        if all(node["t"] not in self._blocks for node in tree):
            return self.inlines(tree)
        if all(node["t"] in ("Para", "Plain") for node in tree):
            return Markup("<br>").join(self.inlines(node["c"]) for node in tree)
        return self.blocks(tree)

    def _block(self, node: Node) -> Markup:
        if node["t"] not in self._blocks:
            raise ValueError(f"no block of prose: {node['t']}")
        return self._blocks[node["t"]](node)

    def _inline(self, node: Node) -> Markup:
        kind = node["t"]
        if kind in _SPACES:
            return _SPACES[kind]
        if kind in _WRAPPED:
            return _in(_WRAPPED[kind], self.inlines(node["c"]))
        if kind not in self._inlines:
            raise ValueError(f"no inline of prose: {kind}")
        return self._inlines[kind](node)

    def _paragraph(self, node: Node) -> Markup:
        images = [inline for inline in node["c"] if inline["t"] == "Image"]
        if len(images) == len(node["c"]) == 1:
            credit = images[0]["c"][2][1]
            note = _in("p", escape(credit), "note") if credit else Markup("")
            return _in("figure", self._image(images[0]) + note, "image")
        # A paragraph that ends in a colon leads on to a list: the two must not part.
        return _in("p", self.inlines(node["c"]), "leads-on" if plain(node["c"]).endswith(":") else "")

    def _items(self, items: list[Nodes]) -> Markup:
        return Markup("").join(_in("li", self._item(item)) for item in items)

    def _item(self, item: Nodes) -> Markup:
        """Return an item; where it is more than words and lists, all of it is its body (`engine.tree`)."""
        body = self.blocks(item)
        return body if all(node["t"] in ("Plain", "BulletList", "OrderedList") for node in item) else _in("div", body)

    def _ordered(self, node: Node) -> Markup:
        (start, style, _), items = node["c"]
        begin = Markup(' start="{}"').format(start) if start != 1 else Markup("")
        kind = Markup(' type="{}"').format(_LIST_STYLES[style["t"]]) if style["t"] in _LIST_STYLES else Markup("")
        return Markup("<ol{}{}>{}</ol>").format(begin, kind, self._items(items))

    def _definitions(self, node: Node) -> Markup:
        pairs = (
            Markup("<div>{}{}</div>").format(
                _in("dt", self.inlines(term)), Markup("").join(_in("dd", self.blocks(text)) for text in texts)
            )
            for term, texts in node["c"]
        )
        return _in("dl", Markup("").join(pairs), "terms")

    def leaves_column(self, node: Node) -> bool:
        """Tell whether a block is a table that would be high and narrow in a column of text."""
        if node["t"] != "Table":
            return False
        table = typed(node)
        high, (least, most) = sum(in_column(table, self._sans).heights), IN_COLUMN
        broad = sum(measured(table, self._sans, LINE, close=True).heights)
        return high > min(max(least, NARROWER * broad), most)

    def _table(self, node: Node) -> Markup:
        """Return a table typed in Markdown; ours come from views and take another way."""
        table = typed(node)
        narrow, close = self.line == COLUMN, self.line != PROSE_LINE
        measures = in_column(table, self._sans) if narrow else measured(table, self._sans, self.line, close=close)
        wider = measures.size != SIZES[0][1] and not close
        if wider:
            measures = measure(table, self._sans)
        columns = Markup("").join(Markup('<col style="width:{}%">').format(width) for width in measures.widths)
        aligns = [ALIGN[column.align] for column in table.columns]
        head, body = rows_of(node)
        with self.noting() as notes:
            top = Markup("").join(self._row(row, aligns, "th", "") for row in head)
            names = row_names([row.kind for row in table.rows], measures.heights, alone=narrow)
            rows = Markup("").join(self._row(row, aligns, "td", name) for row, name in zip(body, names, strict=True))
        classes = ("typed", measures.size, "full" if wider else "kept" if close and measures.low else "")
        titles = ", ".join(filter(None, (column.title for column in table.columns)))
        html = Markup('<table class="{}" summary="{}"><colgroup>{}</colgroup>{}{}</table>').format(
            " ".join(filter(None, classes)),
            ": ".join(filter(None, (self.title, titles))),
            columns,
            _in("thead", top) if head else "",
            _in("tbody", rows),
        )
        return html + Markup("").join(notes)

    def _row(self, cells: Sequence[Nodes], aligns: Sequence[str], tag: str, name: str) -> Markup:
        pairs = enumerate(zip(cells, aligns, strict=True))
        return _in("tr", Markup("").join(self._cell(cell, i, tag, align) for i, (cell, align) in pairs), name)

    def _cell(self, cell: Nodes, index: int, tag: str, align: str) -> Markup:
        scope = "col" if tag == "th" else "row" if index == 0 else ""
        opening = Markup('<th scope="{}" class="{}">').format(scope, align) if scope else f'<td class="{align}">'
        return Markup("{}{}</{}>").format(Markup(opening), self.flat(cell), "th" if scope else "td")

    def _quoted(self, node: Node) -> Markup:
        opening, closing = quotation_marks(node["c"][0]["t"])
        return Markup("{}{}{}").format(opening, self.inlines(node["c"][1]), closing)

    def _span(self, node: Node) -> Markup:
        """Return a passage; `[Just Transition Fund]{lang=en}` is read aloud in its own language."""
        words, (anchor, kinds, values) = self.inlines(node["c"][1]), attributes(node)
        language = values.get("lang", "")
        if RANDNUMMER in kinds:
            return Markup('<span class="rn" id="{}">{}</span>').format(anchor, words)
        if GAP in kinds:
            return Markup('<span class="missing">{}</span>').format(words)
        return Markup('<span lang="{}">{}</span>').format(language, words) if language else words

    def _link(self, node: Node) -> Markup:
        words, url = self.inlines(node["c"][1]), node["c"][2][0]
        if urlsplit(url).scheme.lower() in SCHEMES:
            return Markup('<a href="{}">{}</a>').format(url, words)
        return words

    def _image(self, node: Node) -> Markup:
        """Return an image of the folder `bilder`; ValueError where it lies elsewhere."""
        source, _ = node["c"][2]
        path = (self._images / source).resolve()
        if not path.is_relative_to((self._images / "bilder").resolve()) or not path.is_file():
            raise ValueError(f"no image in bilder/: {source}")
        width = attributes(node)[2].get("width", "")
        style = Markup(' style="width:{}"').format(width) if width.rstrip("%").isdigit() else Markup("")
        return Markup('<img src="{}" alt="{}"{}>').format(
            "file://" + quote(path.as_posix()), plain(node["c"][1]), style
        )

    def _note(self, node: Node) -> Markup:
        self.notes += 1
        number, text = self.notes, self.flat(node["c"])
        if self._below is None:
            return Markup('<span class="footnote" data-n="{}">{}</span>').format(number, text)
        self._below.append(Markup('<div class="noted"><b>{}</b>\u2002{}</div>').format(number, text))
        return Markup('<sup class="call">{}</sup>').format(number)


def _in(tag: str, inside: Markup, name: str = "") -> Markup:
    named = Markup(' class="{}"').format(name) if name else Markup("")
    return Markup("<{tag}{named}>{inside}</{tag}>").format(tag=Markup(tag), named=named, inside=inside)
