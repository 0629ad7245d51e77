"""Printed: Book → what its sections print, in reading order, each solid: to be held against `expected`.

Sections, tables, notes and links are found by the structure tree, never by where they stand on a page. Numbers of
pages are taken out and kept apart: `PAGE` stands in their place.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import NamedTuple

from assembly.paper import Book, Element, Link, Runs
from assembly.proofread.expected import PAGE

HEADINGS = ("H1", "H2", "H3", "H4", "H5", "H6")
CELLS = ("TH", "TD")
BEFORE_PAGE = "S."
DIRECTORY = "TOC"

Stretch = tuple[int, int]  # from where to where in the text of the tree


@dataclass(slots=True)
class Flow:
    """Words that are read one after the other once notes, drawings and repeated heads are left out.

    They are put together of stretches of the tree's text: `_at` says where each begins here, `_from` where there.
    """

    text: str = ""
    _at: list[int] = field(default_factory=list)
    _from: list[int] = field(default_factory=list)

    def add(self, words: str, start: int) -> None:
        """Add words that begin at `start` in the text of the tree."""
        if words:
            self._at.append(len(self.text))
            self._from.append(start)
            self.text += words

    def place(self, position: int) -> int:
        """Return where a position lies in the text of the tree."""
        index = max(bisect_right(self._at, position) - 1, 0)
        return self._from[index] + position - self._at[index] if self._from else 0


@dataclass(slots=True)
class PrintedLink:
    """A link: its words, the page open; its annotation; where it stands in the text of the tree.

    `number` is the page that it prints, empty for none; `open` where that stands, with the dots before it, if these are
    read.
    """

    words: str
    link: Link
    stretch: Stretch
    number: str = ""
    open: Stretch = (0, 0)


class Words(NamedTuple):
    """Words of a cell, and where they begin in the text of the tree."""

    text: str
    start: int


@dataclass(slots=True)
class PrintedTable:
    """A table: the words of its caption, and its rows of cells, without their heads."""

    caption: str
    rows: list[list[Words]] = field(default_factory=list)


@dataclass(slots=True)
class PrintedSection:
    """A section: the words of its heading, its text without the rows of tables and drawings, and these.

    `said` is what its figures say in words, each with where it begins; `levels` are those of its headings, with their
    words.
    """

    heading: str
    flow: Flow = field(default_factory=Flow)
    tables: list[PrintedTable] = field(default_factory=list)
    pages: set[int] = field(default_factory=set)
    drawings: list[Stretch] = field(default_factory=list)
    said: list[Words] = field(default_factory=list)
    pictures: list[Stretch] = field(default_factory=list)
    levels: list[tuple[int, Words]] = field(default_factory=list)


@dataclass(slots=True)
class Printed:
    """A book as it is printed; `runs` say where its words stand."""

    sections: list[PrintedSection]
    notes: list[Flow]
    links: list[PrintedLink]
    runs: Runs


def read(book: Book) -> Printed:
    """Return what the book prints. ValueError where it is damaged."""
    return _Reader(book).printed()


class _Reader:
    """Reads one element of the first level after the other: `_element`, which is there, and its words, `_text`."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._element = Element("", 0)
        self._text = ""
        self._open: list[Stretch] = []  # numbers of pages
        self._starts: list[int] = []  # where these begin
        self._head = ""  # of the table before
        self._sections: list[PrintedSection] = []
        self._begins: list[int] = []  # where each section begins
        self._notes: list[Flow] = []
        self._links: list[PrintedLink] = []

    def printed(self) -> Printed:
        runs = self._book.read(self._visit)
        for section, start, end in zip(self._sections, self._begins, [*self._begins[1:], runs.end], strict=True):
            section.pages.update(mark.page for mark in runs.between(start, end))
        return Printed(self._sections, self._notes, self._links, runs)

    def _visit(self, element: Element, text: str) -> None:
        self._element, self._text = element, text
        links = list(_joined(self._all_links()))
        self._open = [link.open for link in links if link.number]
        self._starts = [start for start, _ in self._open]
        parts = _parts(element)
        if parts["heading"] or not self._sections:
            words = (self._words(heading.start, heading.end) for heading in parts["heading"])
            self._sections.append(PrintedSection(next(words, "")))
            self._begins.append(element.start)
        section = self._sections[-1]
        for heading in sorted(parts["heading"], key=attrgetter("start")):
            title = Words(self._words(heading.start, heading.end), heading.start)
            section.levels.append((int(heading.role[1]), title))
        left_out = [(note.start, note.end) for note in parts["note"]]
        self._notes += [self._flow(*note) for note in left_out]
        drawings = [(drawing.start, drawing.end) for drawing in parts["drawing"]]
        section.drawings += drawings
        section.pictures += [(figure.start, figure.end) for figure in parts["figure"]]
        section.said += [Words(figure.said, figure.start) for figure in parts["figure"]]
        repeated: list[Stretch] = []  # heads of tables that go on
        rows = list(self._tables(parts["table"], section, repeated))
        self._add(section.flow, element.start, element.end, sorted(left_out + drawings + rows + repeated))
        self._links += [link for link in links if not any(a <= link.stretch[0] < b for a, b in repeated)]

    def _words(self, start: int, end: int) -> str:
        return self._text[start - self._element.start : end - self._element.start]

    def _tables(self, tables: Sequence[Element], section: PrintedSection, repeated: list[Stretch]) -> Iterator[Stretch]:
        """Note the tables of a section, and the heads that are `repeated` where one goes on; yield their rows."""
        for table in tables:
            heads = [(head.start, head.end) for head in table.outermost("THead")]
            caption = next(table.outermost("Caption"), None)
            words = "".join(self._words(*head) for head in heads)
            if caption is not None:
                section.tables.append(PrintedTable(self._words(caption.start, caption.end)))
                self._head = words
            elif section.tables and words and words == self._head:
                repeated += heads  # the table goes on, on another page
            else:
                continue  # typed in a text
            for part in (kid for kid in table.kids if kid.role not in ("THead", "Caption")):
                yield part.start, part.end
                for row in [part] if part.role == "TR" else part.outermost("TR"):
                    section.tables[-1].rows.append([self._cell(cell) for cell in row.outermost(*CELLS)])

    def _cell(self, cell: Element) -> Words:
        if bisect_left(self._starts, cell.start) == bisect_left(self._starts, cell.end):  # no number of a page in it
            return Words(self._words(cell.start, cell.end), cell.start)
        return Words(self._flow(cell.start, cell.end).text, cell.start)

    def _flow(self, start: int, end: int) -> Flow:
        flow = Flow()
        self._add(flow, start, end, [])
        return flow

    def _add(self, flow: Flow, start: int, end: int, left_out: list[Stretch]) -> None:
        """Add a stretch to a flow, without what is left out, numbers of pages open."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        cuts = [(*cut, PAGE) for cut in self._open[first:last]] + [(*cut, "") for cut in left_out]
        for begin, stop, instead in sorted(cuts):
            if begin >= start:
                flow.add(self._words(start, begin), start)
                flow.add(instead, begin)
            start = max(start, stop)
        flow.add(self._words(start, end), start)

    # --- links ------------------------------------------------------------------------------------------------------

    def _all_links(self) -> Iterator[PrintedLink]:
        for element, listed in _links(self._element):
            number = next((n for inner in (element, *element.walk("Link")) for n in inner.links), 0)
            link = self._book.links.get(number)
            if link is not None:
                yield self._link(element, link, listed=listed)

    def _link(self, element: Element, link: Link, *, listed: bool) -> PrintedLink:
        words, stretch = self._words(element.start, element.end), (element.start, element.end)
        if words.startswith(BEFORE_PAGE) and words[len(BEFORE_PAGE) :].isdecimal():
            start = element.start + len(BEFORE_PAGE)
            return PrintedLink(BEFORE_PAGE + PAGE, link, stretch, words[len(BEFORE_PAGE) :], (start, element.end))
        last = element.kids[-1] if element.kids else None
        tail = self._words(last.start, last.end) if last else ""
        led = listed or tail.startswith(".")  # plain WeasyPrint knows no directories, but reads the dots of one
        if led and last and last.end == element.end and tail.strip(".").isdecimal():
            begin = last.start
            words = self._words(element.start, begin)
            return PrintedLink(words, link, stretch, tail.strip("."), (begin, element.end))
        return PrintedLink(words, link, stretch)


def _links(element: Element, *, listed: bool = False) -> Iterator[tuple[Element, bool]]:
    """Yield the links of an element, without those inside one of them, each with whether a directory lists it."""
    if element.role == "Link":
        yield element, listed
        return
    for kid in element.kids:
        yield from _links(kid, listed=listed or element.role == DIRECTORY)


def _joined(links: Iterator[PrintedLink]) -> Iterator[PrintedLink]:
    """Yield the links; what a new line has parted is one again."""
    before: PrintedLink | None = None
    for link in links:
        if before and before.stretch[1] == link.stretch[0] and _aim(before) == _aim(link) and not before.number:
            before.words += link.words
            before.stretch = before.stretch[0], link.stretch[1]
            before.number, before.open = link.number, link.open
            continue
        if before:
            yield before
        before = link
    if before:
        yield before


def _aim(link: PrintedLink) -> str:
    return link.link.target or link.link.url


_PARTS = {**dict.fromkeys(HEADINGS, "heading"), "Note": "note", "Table": "table", "Figure": "drawing"}
_PANEL = ["P", "Figure"]  # what is drawn with its title, which stands alone beside its own


def _parts(element: Element) -> dict[str, list[Element]]:
    """Return the headings, notes, tables and drawings of an element, which may be one itself; none inside its like.

    And all figures, which may be drawings, or be inside of one.
    """
    parts: dict[str, list[Element]] = {kind: [] for kind in (*_PARTS.values(), "figure")}
    waiting: list[tuple[Element, frozenset[str]]] = [(element, frozenset())]
    while waiting:
        found, inside = waiting.pop()
        kind = _PARTS.get(found.role, "")
        if found.role == "Div" and len(found.kids) == len(_PANEL) and [kid.role for kid in found.kids] == _PANEL:
            kind = "drawing"
        if found.role == "Figure":
            parts["figure"].append(found)
        if kind and kind not in inside:
            parts[kind].append(found)
            inside |= {kind}
        waiting += [(kid, inside) for kid in reversed(found.kids)]
    return parts
