"""Expected: Document → what has to stand on paper: passages in reading order, each solid (no blanks, no hyphens).

What a template adds to the values of the Document is named here and nowhere else: „Tabelle 7“, „S. 12“, the mark of
an item. The number of a page stands open (`PAGE`), and so does whatever is drawn.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import count, repeat
from typing import Any

from assembly import german
from assembly.document import (
    Block,
    Cell,
    Column,
    Cover,
    Directory,
    Document,
    Facts,
    Field,
    Figure,
    Grade,
    Logos,
    Missing,
    Money,
    Notice,
    Prose,
    Quantity,
    Randnummer,
    Ref,
    Rich,
    Schedule,
    Section,
    SectionKind,
    Several,
    Shares,
    Table,
    Term,
    Text,
    When,
)
from assembly.paper import solid
from assembly.prose import Node, Nodes, plain, quotation_marks

PAGE = "\ue000"  # stands where the number of a page is printed
DASH = "–"


@dataclass(slots=True)
class Passage:
    """Words that stand together: `words` are solid, `shown` as people write them, `where` says what they are.

    References to `anchor` lead to the place where they stand.
    """

    where: str
    words: str
    shown: str
    anchor: str = ""


@dataclass(slots=True)
class ExpectedTable:
    """A table: the words of its caption, and its rows as words a cell, all solid."""

    table: Table
    caption: str
    rows: list[list[str]]


@dataclass(slots=True)
class ExpectedSection:
    """What a section prints. `heading` are the words of its heading, empty for the cover.

    `heads` are those of its tables, which may be repeated on other pages; `said` is what its pictures say to those who
    cannot see them.
    """

    section: Section
    heading: str
    passages: list[Passage] = field(default_factory=list)
    tables: list[ExpectedTable] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Expected:
    """What a book prints.

    `links`: words and aim of each link, in no order; a reference with a page is two.
    """

    sections: list[ExpectedSection]
    notes: list[Passage]
    links: list[tuple[str, str]]


def expected(document: Document) -> Expected:
    """Return what the book prints."""
    return _Book(document).expected()


class _Book:
    """Walks through the book; notes are counted from each new page on, as they print."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._notes = 0
        self._anchors: set[str] = set()
        self._noted: list[Passage] = []
        self._links: list[tuple[str, str]] = []
        self._now = ExpectedSection(document.sections[0], "")

    def expected(self) -> Expected:
        return Expected(list(self._sections()), self._noted, self._links)

    def _sections(self) -> Iterator[ExpectedSection]:
        for section in self._document.sections:
            if section.opens_page:
                self._notes = 0
            self._now = ExpectedSection(section, solid(_heading(section)))
            self._head(section)
            for block in section.blocks:
                self._block(block)
            yield self._now

    def _say(self, where: str, shown: str, anchor: str = "") -> None:
        if shown:
            self._now.passages.append(Passage(where, solid(shown), shown, anchor))

    def _head(self, section: Section) -> None:
        if section.kind is SectionKind.COVER:
            return
        banded = section.kind in (SectionKind.SHEET, SectionKind.PORTRAIT)
        if (banded or section.level > 1) and (section.kicker or section.tags):
            self._say("über der Überschrift", section.kicker.upper())
            for tag in section.tags:
                self._say("über der Überschrift", tag)
        self._say("Überschrift", _heading(section), section.id)

    def _block(self, block: Block) -> None:  # noqa: C901 one case a kind of block
        match block:
            case Prose():
                self._say(block.label or "Text", block.label)
                self._number(block.number)
                self._prose(block.label or "Text", block.blocks)
            case Table():
                self._table(block)
            case Figure():
                self._figure(block)
            case Facts():
                self._facts(block)
            case Shares():
                self._shares(block)
            case Notice():
                self._say("Hinweis", block.title)
                self._prose(block.title, block.blocks)
            case Directory():
                self._directory(block)
            case Cover():
                self._cover(block)
            case Schedule():
                self._now.said.append(block.alternative)
            case Logos():
                self._now.said += [logo.alternative for logo in block.items]

    def _figure(self, figure: Figure) -> None:
        self._caption("Abbildung", figure)
        if figure.drawing is not None:
            self._now.said.append(figure.alternative)
        self._say(f"Abbildung {figure.number}", figure.empty)
        self._prose(f"Anmerkung zu Abbildung {figure.number}", figure.note)

    def _facts(self, facts: Facts) -> None:
        for fact in facts.items:
            self._say(fact.label, fact.label)
            if fact.number:
                self._number(replace(fact.number, text=f"/{fact.number.text.rpartition('/')[2]}"))
            self._say(fact.label, self._cell(fact.value))

    def _directory(self, directory: Directory) -> None:
        for entry in directory.entries:
            self._say("Verzeichnis", entry.number)
            self._say("Verzeichnis", self._entry(entry.ref))

    def _number(self, number: Randnummer | None) -> None:
        """Note a Randnummer; where it prints twice, the first place is that of references."""
        if number:
            self._say("Randnummer", number.text, "" if number.anchor in self._anchors else number.anchor)
            self._anchors.add(number.anchor)

    def _caption(self, word: str, block: Table | Figure) -> None:
        self._number(block.randnummer)
        number = f"{word} {block.number} " if block.number else ""
        self._say("Titel", number + self._inlines(block.caption), block.id)

    def _shares(self, block: Shares) -> None:
        self._say("Summe", f"{german.euros(block.whole.cents)} {block.until}")
        self._number(block.number)
        parts = [part for part in block.parts if part.amount.cents > 0 and block.whole.cents > 0]
        shares = [f"{part.label} {german.percent(part.amount.cents, block.whole.cents)}" for part in parts]
        for words in shares:
            self._say("Anteil", words)
        if shares:
            whole = german.euros(block.whole.cents)
            self._now.said.append(f"Ein Balken zeigt, wie sich {whole} verteilen: {german.listing(shares)}.")

    def _cover(self, cover: Cover) -> None:
        self._now.said += [logo.alternative for logo in cover.logos]
        for words in (cover.publisher, cover.title, cover.subtitle, cover.marking):
            self._say("Titelseite", words)
        for label, words in cover.facts:
            self._say("Titelseite", label)
            self._say(label, words)

    def _table(self, table: Table) -> None:
        name = f"Tabelle {table.number}" if table.number else f"Tabelle {table.id}"
        self._caption("Tabelle", table)
        if not table.rows:
            self._say(name, table.empty)
        else:
            head = [self._column(column) for column in table.columns]
            if any(head):
                self._now.heads.append(solid("".join(head)))
                self._say(f"{name}, Kopf", "".join(head))
            caption = self._now.passages[-2 if any(head) else -1].words
            rows = [[solid(self._cell(cell)) for cell in row.cells] for row in table.rows]
            self._now.tables.append(ExpectedTable(table, caption, rows))
        self._prose(f"Anmerkung zu {name}", table.note)

    def _column(self, column: Column) -> str:
        return self._ref(column.ref) if column.ref else column.title

    # --- texts ------------------------------------------------------------------------------------------------------

    def _prose(self, where: str, tree: Nodes) -> None:
        """Note the blocks of a text, each as a passage; inlines alone are one."""
        blocks = [node for node in tree if node["t"] in _BLOCKS]
        if not blocks:
            self._say(where, self._inlines(tree))
        for node in blocks:
            for words in self._passages(node):
                self._say(where, words)

    def _passages(self, node: Node) -> Iterator[str]:
        """Yield the words of a block."""
        content: Any = node.get("c")
        match node["t"]:
            case "Para" | "Plain":
                yield self._inlines(content)
            case "Header":
                yield self._inlines(content[2])
            case "LineBlock":
                yield "".join(map(self._inlines, content))
            case "CodeBlock":
                yield content[1]
            case "BulletList" | "OrderedList" | "DefinitionList":
                yield from self._listed(node["t"], content)
            case "Table":
                yield from self._typed(content)
            case "BlockQuote" | "Div" | "Figure":
                yield from self._blocks(content)

    def _listed(self, kind: str, content: Any) -> Iterator[str]:
        """Yield the marks and the words of the items of a list."""
        if kind == "DefinitionList":
            for term, texts in content:
                yield self._inlines(term)
                yield from self._blocks(texts)
            return
        items = content if kind == "BulletList" else content[1]
        for mark, item in zip(_marks(kind, content), items, strict=False):
            yield mark
            yield from self._blocks(item)

    def _blocks(self, tree: object) -> Iterator[str]:
        """Yield the words of the blocks in a tree."""
        if isinstance(tree, list):
            for item in tree:
                yield from self._blocks(item)
        elif isinstance(tree, dict) and tree.get("t") in _BLOCKS:
            yield from self._passages(tree)

    def _typed(self, content: list[object]) -> Iterator[str]:
        """Yield the cells of a table that was typed in Markdown."""
        self._now.heads.append(solid("".join(words for cell in _cells(content[3]) for words in self._blocks(cell))))
        for cell in _cells(content[3:]):
            yield from self._blocks(cell)

    def _inlines(self, tree: Nodes) -> str:
        return "".join(map(self._inline, tree))

    def _inline(self, node: Node) -> str:
        kind = node["t"]
        content: Any = node.get("c")
        if kind == "Str":
            return str(content)
        if kind == "Ref":
            return self._ref(content)
        if kind in ("Code", "Math"):
            return str(content[1])
        if kind == "Quoted":
            opening, closing = quotation_marks(content[0]["t"])
            return f"{opening}{self._inlines(content[1])}{closing}"
        if kind == "Link":
            words = self._inlines(content[1])
            self._links.append((solid(words), content[2][0]))
            return words
        if kind in ("Span", "Cite"):
            return self._inlines(content[1])
        if kind == "Note":
            return self._note(content)
        if kind == "Image":
            self._now.said.append(plain(content[1]))
        if kind in _HOLDING:
            return self._inlines(content)
        return " " if kind in ("Space", "SoftBreak", "LineBreak") else ""

    def _note(self, tree: Nodes) -> str:
        """Note a footnote; return its mark in the text."""
        self._notes += 1
        mark = str(self._notes)
        words = f"{mark} {''.join(self._blocks(tree))}"
        self._noted.append(Passage(f"Fußnote {mark}", solid(words), words))
        return mark

    def _ref(self, ref: Ref) -> str:
        """Return a reference as it prints, the page open."""
        if ref.target is None:
            page = ""
        else:
            self._links.append((solid(ref.text), ref.target))
            page = f"S.{PAGE}" if ref.page else ""
            if page:
                self._links.append((page, ref.target))
        behind = ", ".join(filter(None, (ref.detail, page)))
        if not behind:
            return ref.text
        return f"{ref.text}, {behind}" if ref.in_brackets else f"{ref.text} ({behind})"

    def _entry(self, ref: Ref) -> str:
        if ref.target is None:
            return ref.text
        self._links.append((solid(ref.text), ref.target))
        return f"{ref.text}{PAGE}"

    def _cell(self, cell: Cell) -> str:  # noqa: C901 one case a kind of cell
        match cell:
            case Ref():
                return self._ref(cell)
            case Field(ref=ref):
                return self._ref(ref)
            case Text(text=text) | Term(text=text):
                return text
            case Rich(blocks=tree):
                return " ".join(self._blocks(tree)) or self._inlines(tree)
            case Money(amount=amount, unit=unit):
                return german.euros(amount.cents, unit=unit) if amount.cents else DASH
            case Quantity(value=value, unit=unit):
                return german.quantity(value, unit)
            case When(value=value):
                return german.moment(value)
            case Grade(value=value):
                return german.grade(value)
            case Missing():
                return "fehlt"
            case Several(items=items, separator=separator):
                return separator.join(map(self._cell, items))
            case _:
                return DASH


_BLOCKS = frozenset(
    [
        "Para",
        "Plain",
        "Header",
        "LineBlock",
        "CodeBlock",
        "BulletList",
        "OrderedList",
        "DefinitionList",
        "Table",
        "BlockQuote",
        "Div",
        "Figure",
        "HorizontalRule",
    ]
)
_HOLDING = frozenset(["Emph", "Strong", "Underline", "Strikeout", "Superscript", "Subscript", "SmallCaps"])
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def _heading(section: Section) -> str:
    """Return the words of a heading: kicker or number, and title."""
    if section.kind is SectionKind.COVER:
        return ""
    number = "" if section.number in section.kicker.split() else section.number
    banded = section.kind in (SectionKind.SHEET, SectionKind.PORTRAIT)
    kicker = section.kicker.upper() if section.level == 1 and not banded else ""
    return " ".join(filter(None, (kicker, number, section.title)))


def _cells(tree: object) -> Iterator[object]:
    """Yield the contents of the cells of pandoc's table: arrays of attributes, alignment, two spans and blocks."""
    if isinstance(tree, list):
        if len(tree) == 5 and isinstance(tree[1], dict) and str(tree[1].get("t", "")).startswith("Align"):
            yield tree[4]
        else:
            for item in tree:
                yield from _cells(item)


def _marks(kind: str, content: Any) -> Iterator[str]:
    """Yield what stands before the items of a list."""
    if kind == "BulletList":
        yield from repeat(DASH)
    style = content[0][1]["t"]
    for number in count(content[0][0]):
        if style.endswith("Alpha"):
            letter = chr(ord("a") + (number - 1) % 26)
            yield f"{letter.upper() if style.startswith('Upper') else letter}."
        elif style.endswith("Roman"):
            roman = _roman(number)
            yield f"{roman.upper() if style.startswith('Upper') else roman}."
        else:
            yield f"{number}."


def _roman(number: int) -> str:
    written = ""
    for value, sign in _ROMAN:
        while number >= value:
            written, number = written + sign, number - value
    return written
