"""Tree: the structure tree (ISO 32000-1, 14.7), read as a text in reading order and its elements as stretches of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

_STRINGS = re.compile(rb"\((?:[^\\()]|\\.)*\)", re.DOTALL)
_KIDS = re.compile(rb"/K\s*(?:\[((?:[^\]<]|<<[^>]*>>)*)\]|(\d+\s+\d+\s+R|\d+|<<[^>]*>>))")
_KID = re.compile(rb"<<([^>]*)>>|(\d+)\s+\d+\s+R|(\d+)")
_ROLE = re.compile(rb"/S\s*/(\w+)")
_PAGE = re.compile(rb"/Pg\s+(\d+)")
_MCID = re.compile(rb"/MCID\s+(\d+)")
_OBJECT = re.compile(rb"/Obj\s+(\d+)")
DEEPEST = 200


class Mark(NamedTuple):
    """A run of marked content: page (from 1) and number on it."""

    page: int
    mcid: int


@dataclass(slots=True)
class Element:
    """An element: its role, and where its words begin and end in the text of the tree.

    `links` are the numbers of the annotations that it holds itself.
    """

    role: str
    start: int
    end: int = 0
    kids: list[Element] = field(default_factory=list)
    links: list[int] = field(default_factory=list)

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
class Tree:
    """The whole tree. `text` is all that is to be read, without blanks; `marks`: where each run begins in it."""

    root: Element
    text: str
    starts: list[int]
    marks: list[Mark]


def read_tree(
    kids: Sequence[int], raw: Callable[[int], bytes], pages: Mapping[int, int], words: Callable[[Mark], str]
) -> Tree:
    """Return the tree below some objects; `raw` gives the bytes of one, `pages` number its pages, `words` read a mark.

    ValueError where it runs in a circle.
    """
    return _Reader(raw, pages, words).tree(kids)


class _Reader:
    def __init__(self, raw: Callable[[int], bytes], pages: Mapping[int, int], words: Callable[[Mark], str]) -> None:
        self._raw, self._pages, self._words = raw, pages, words
        self._text: list[str] = []
        self._length = 0
        self._starts: list[int] = []
        self._marks: list[Mark] = []

    def tree(self, kids: Sequence[int]) -> Tree:
        root = Element("", 0)
        for kid in kids:
            self._element(kid, root, 0, 0)
        root.end = self._length
        return Tree(root, "".join(self._text), self._starts, self._marks)

    def _element(self, number: int, parent: Element, page: int, depth: int) -> None:
        """Add an object below `parent`: an element, or the reference of an annotation."""
        if depth > DEEPEST:
            raise ValueError("a structure tree without end")
        raw = self._raw(number)
        if b"(" in raw:
            raw = _STRINGS.sub(b"()", raw)
        role = _ROLE.search(raw)
        if role is None:
            found = _OBJECT.search(raw)
            if found:
                parent.links.append(int(found[1]))
            return
        element = Element(role[1].decode("latin-1"), self._length)
        kids = _KIDS.search(raw)
        own = raw[: kids.start()] + raw[kids.end() :] if kids else raw
        stated = _PAGE.search(own)
        if stated:
            page = self._pages.get(int(stated[1]), 0)
        for inline, reference, mcid in _KID.findall((kids[1] or kids[2] or b"") if kids else b""):
            if mcid:
                self._mark(page, int(mcid))
            elif reference:
                self._element(int(reference), element, page, depth + 1)
            else:
                self._inline(inline, element, page)
        element.end = self._length
        parent.kids.append(element)

    def _inline(self, inline: bytes, element: Element, page: int) -> None:
        """Add a mark of another page, or an annotation, that is named in place."""
        stated, mcid, annotation = _PAGE.search(inline), _MCID.search(inline), _OBJECT.search(inline)
        if mcid:
            self._mark(self._pages.get(int(stated[1]), 0) if stated else page, int(mcid[1]))
        elif annotation:
            element.links.append(int(annotation[1]))

    def _mark(self, page: int, mcid: int) -> None:
        mark = Mark(page, mcid)
        words = self._words(mark)
        self._starts.append(self._length)
        self._marks.append(mark)
        self._text.append(words)
        self._length += len(words)
