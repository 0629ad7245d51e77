"""Tree: the structure tree (ISO 32000-1, 14.7), read as a text in reading order and its elements as stretches of it."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from assembly.paper.objects import STRING, parse, text

_COMMON = re.compile(rb"<</Type /StructElem/S /(\w+)/K \[([\dR ]*)\]/Pg (\d+) ")  # how nearly all are written here
_STRINGS = re.compile(rb"\((?:[^\\()]|\\.)*\)", re.DOTALL)
_KIDS = re.compile(rb"/K\s*(?:\[((?:[^\]<]|<<[^>]*>>)*)\]|(\d+\s+\d+\s+R|\d+|<<[^>]*>>))")
_KID = re.compile(rb"<<([^>]*)>>|(\d+)\s+\d+\s+R|(\d+)")
_TEXTS = re.compile(rb"[\d ]*")  # numbers of marked content alone
_ROLE = re.compile(rb"/S\s*/(\w+)")
_PAGE = re.compile(rb"/Pg\s+(\d+)")
_MCID = re.compile(rb"/MCID\s+(\d+)")
_OBJECT = re.compile(rb"/Obj\s+(\d+)")
_SAID = re.compile(rb"/(?:Alt|ActualText)\s*(<[0-9A-Fa-f\s]*>|" + STRING + rb")", re.DOTALL)
DEEPEST = 200
OPEN = 16  # pages whose words are at hand: elements follow each other as the pages do, but for notes and tables
ROOT = ""  # role of what holds all
# They only mark words: their content is that of the element above. Inside a link they part words and page.
_TRANSPARENT = frozenset(("Span", "NonStruct"))


class Mark(NamedTuple):
    """A run of marked content: page (from 1) and number on it."""

    page: int
    mcid: int


@dataclass(slots=True)
class Element:
    """An element: its role, and where its words begin and end in the text of the tree.

    `links` are the numbers of the annotations that it holds itself, `said` is what a figure says in words. Elements
    that only mark words are left out.
    """

    role: str
    start: int
    end: int = 0
    kids: Sequence[Element] = ()
    links: Sequence[int] = ()
    said: str = ""

    def walk(self, *roles: str) -> Iterator[Element]:
        """Yield the elements below it in reading order; only those of `roles`, where any are named."""
        for kid in self.kids:
            if not roles or kid.role in roles:
                yield kid
            yield from kid.walk(*roles)

    def outermost(self, *roles: str) -> Iterator[Element]:
        """Yield the elements of these roles below it, without those that lie inside one of them."""
        for kid in self.kids:
            if kid.role in roles:
                yield kid
            else:
                yield from kid.outermost(*roles)


@dataclass(slots=True)
class Runs:
    """The runs of marked content that the text of the tree is made of, in columns.

    `starts`: where each begins in the text, `pages` and `mcids`: which run it is; `end` is the end of the text.
    """

    starts: array[int] = field(default_factory=lambda: array("L"))
    pages: array[int] = field(default_factory=lambda: array("L"))
    mcids: array[int] = field(default_factory=lambda: array("L"))
    end: int = 0

    def add(self, page: int, mcid: int, length: int) -> None:
        """Add a run of so many signs."""
        self.starts.append(self.end)
        self.pages.append(page)
        self.mcids.append(mcid)
        self.end += length

    def between(self, start: int, end: int) -> list[Mark]:
        """Return the runs that a stretch of the text is made of."""
        first = max(bisect_right(self.starts, start) - 1, 0)
        last = bisect_right(self.starts, max(end - 1, start))
        return list(map(Mark, self.pages[first:last], self.mcids[first:last]))

    def inside(self, start: int, end: int) -> list[Mark]:
        """Return the runs that begin in a stretch of the text, or at its place where it holds no words."""
        first, last = bisect_left(self.starts, start), bisect_left(self.starts, max(end, start + 1))
        return list(map(Mark, self.pages[first:last], self.mcids[first:last]))


Visit = Callable[[Element, str], None]


def read_tree(
    kids: Sequence[int],
    raw: Callable[[int], bytes],
    pages: Mapping[int, int],
    words: Callable[[int], Mapping[int, str]],
    visit: Visit,
) -> Runs:
    """Read the tree below some objects; `raw` gives the bytes of one, `pages` number its pages.

    `words` gives those of the marks of a page (from 1), without blanks. `visit` gets each element of the first level
    with its text, whose place in the text of all is the element's: a long book has a quarter of a million of elements,
    so none is kept. ValueError where the tree runs in a circle.
    """
    reader = _Reader(raw, pages, words)
    for kid in kids:
        for element, words_of_it in reader.read(kid):
            visit(element, words_of_it)
    return reader.runs


class _Reader:
    def __init__(
        self, raw: Callable[[int], bytes], pages: Mapping[int, int], words: Callable[[int], Mapping[int, str]]
    ) -> None:
        self._raw, self._pages = raw, pages
        self._words = lru_cache(OPEN)(words)
        self._text: list[str] = []
        self.runs = Runs()

    def read(self, number: int) -> Iterator[tuple[Element, str]]:
        """Yield the element that an object is, with its text; none where it is another."""
        root = Element(ROOT, self.runs.end)
        self._text = []
        self._element(number, root, 0, 0)
        yield from ((element, "".join(self._text)) for element in root.kids)

    def _element(self, number: int, parent: Element, page: int, depth: int) -> None:
        """Add an object below `parent`: an element, or the reference of an annotation."""
        raw = self._raw(number)
        common = _COMMON.match(raw)
        if common:
            role, kids, stated = common.groups()
            page = self._pages.get(int(stated), 0)
        else:
            role, kids, page = self._parts(raw, page)
        if role:
            element = self._add(role.decode("latin-1"), kids, parent, page, depth)
            if role == b"Figure" and (said := _SAID.search(raw)):
                element.said = text(parse(said[1]))
        elif found := _OBJECT.search(raw):
            parent.links = (*parent.links, int(found[1]))

    def _parts(self, raw: bytes, page: int) -> tuple[bytes, bytes, int]:
        """Return role, content and page of an element in any form; the role is empty where it is none."""
        if b"(" in raw:
            raw = _STRINGS.sub(b"()", raw)
        role, kids = _ROLE.search(raw), _KIDS.search(raw)
        stated = _PAGE.search(raw[: kids.start()] + raw[kids.end() :] if kids else raw)
        if stated:
            page = self._pages.get(int(stated[1]), 0)
        return role[1] if role else b"", (kids[1] or kids[2] or b"") if kids else b"", page

    def _add(self, role: str, kids: bytes, parent: Element, page: int, depth: int) -> Element:
        """Add an element, or what it holds where it only marks words; return where that went."""
        if depth > DEEPEST:
            raise ValueError("a structure tree without end")
        element = parent
        if role not in _TRANSPARENT or parent.role in ("Link", ROOT):
            element = Element(role, self.runs.end)
            if isinstance(parent.kids, list):
                parent.kids.append(element)
            else:  # most have none: a hundred thousand empty lists are saved
                parent.kids = [element]
        if _TEXTS.fullmatch(kids):  # as in most
            for mcid in kids.split():
                self._mark(page, int(mcid))
        else:
            for inline, reference, mcid in _KID.findall(kids):
                if mcid:
                    self._mark(page, int(mcid))
                elif reference:
                    self._element(int(reference), element, page, depth + 1)
                else:
                    self._inline(inline, element, page)
        if element is not parent:
            element.end = self.runs.end
        return element

    def _inline(self, inline: bytes, element: Element, page: int) -> None:
        """Add a mark of another page, or an annotation, that is named in place."""
        stated, mcid, annotation = _PAGE.search(inline), _MCID.search(inline), _OBJECT.search(inline)
        if mcid:
            self._mark(self._pages.get(int(stated[1]), 0) if stated else page, int(mcid[1]))
        elif annotation:
            element.links = (*element.links, int(annotation[1]))

    def _mark(self, page: int, mcid: int) -> None:
        words = self._words(page).get(mcid, "") if page else ""  # page 0: one that is gone
        self.runs.add(page, mcid, len(words))
        self._text.append(words)
