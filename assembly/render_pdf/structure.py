"""Structure: the elements of a structure tree (ISO 32000-1, 14.7), and how the parts of one become one again.

A layout gives an element for each page, column and line that it stands on: a paragraph over two pages is two, a table
over three pages is three with three heads. Here the parts of one element of the HTML are joined, and repeated heads
become artifacts of their pages; the links in these belong to those of the first head. Notes, which stand at the foot of
a page, are read after what goes on over its end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

JOINED = frozenset(
    {"Sect", "Div", "P", "L", "LI", "LBody", "TOC", "Table", "TBody", "TR", "BlockQuote", "NonStruct", "Note"}
)


class Content(NamedTuple):
    """Marked content: page (from 0) and number on it."""

    page: int
    mcid: int


class Annotated(NamedTuple):
    """An annotation that belongs to an element: page and the annotation itself."""

    page: int
    annotation: Any


@dataclass(slots=True, eq=False)
class Element:
    """An element: its role, the page it begins on, what it holds, and what is said of it.

    `source` is what it was made of: parts of the same source are one. `attributes` and `entries` are written as they
    are; `headers` are the headers of a cell; `named` elements can be referred to.
    """

    role: str
    page: int
    source: object = None
    kids: list[Element | Content | Annotated] = field(default_factory=list)
    attributes: dict[str, Any] = field(default_factory=dict)
    entries: dict[str, Any] = field(default_factory=dict)
    headers: Sequence[Element] = ()
    named: bool = False

    def elements(self) -> list[Element]:
        """Return the elements that it holds itself."""
        return [kid for kid in self.kids if isinstance(kid, Element)]

    def walk(self) -> Iterator[Element]:
        """Yield it and all below it, in reading order."""
        yield self
        for kid in self.elements():
            yield from kid.walk()


def join(elements: Iterable[Element], parted: Iterable[Element] = ()) -> tuple[list[Element], set[Content]]:
    """Return the elements of all pages with their parts joined, and what becomes an artifact thereby.

    `parted` are elements set in columns or lines, inner ones first: what these have parted is joined before.
    """
    joiner = _Joiner()
    for element in parted:
        element.kids[:] = joiner.joined(element.kids)
    return joiner.finish(joiner.joined(elements, notes_apart=True)), joiner.artifacts


class _Joiner:
    def __init__(self) -> None:
        self.artifacts: set[Content] = set()
        self._same: dict[Element, Element] = {}  # a part of a header → the header

    def joined(self, kids: Iterable[Any], *, notes_apart: bool = False) -> list[Any]:
        """Return kids, neighbours of the same source joined; notes between them go in where they meet, if wanted."""
        whole: list[Any] = []
        notes: list[Element] = []
        last: Element | None = None
        for kid in kids:
            if notes_apart and _is_note(kid) and last is not None:
                notes.append(kid)
                continue
            if last is not None and isinstance(kid, Element) and _is_same(last, kid):
                self._merge(last, kid, notes)
            else:
                whole += [*notes, kid]
                last = kid if isinstance(kid, Element) else None
            notes = []
        return [*whole, *notes]

    def finish(self, elements: list[Element]) -> list[Element]:
        """Let cells name the headers that are left."""
        for element in elements if self._same else ():
            for cell in element.walk():
                if cell.headers:
                    cell.headers = [self._whole(header) for header in cell.headers]
        return elements

    def _whole(self, header: Element) -> Element:
        while header in self._same:
            header = self._same[header]
        return header

    def _merge(self, first: Element, second: Element, notes: Sequence[Element] = ()) -> None:
        """Append what `second` holds to `first`; `notes` stand between them."""
        if first.role == "TR":
            self._merge_cells(first, second)
            return
        kids = second.kids
        if first.role == "Table":
            kids = [kid for kid in kids if not self._is_repeated_head(first, kid)]
        tail = next((kid for kid in reversed(first.kids) if not _is_note(kid)), None)
        head = kids[0] if kids else None
        if isinstance(tail, Element) and isinstance(head, Element) and _is_same(tail, head):
            self._merge(tail, head)
            kids = kids[1:]
        first.kids += [*notes, *kids]

    def _merge_cells(self, first: Element, second: Element) -> None:
        """Let each cell of a row go on with its part on the next page."""
        for cell, more in zip(first.elements(), second.elements(), strict=True):
            self._same[more] = cell
            self._merge(cell, more)

    def _is_repeated_head(self, table: Element, kid: Any) -> bool:
        """Turn the head that is printed again into artifacts; tell whether `kid` was one."""
        if not isinstance(kid, Element) or kid.role != "THead":
            return False
        head = next((part for part in table.elements() if part.role == "THead"), None)
        if head is None or head.source != kid.source:
            return False
        for cell, again in zip(_named(head), _named(kid), strict=True):
            self._same[again] = cell
        for link, again in zip(_links(head), _links(kid), strict=True):
            link.kids += [inner for inner in again.kids if isinstance(inner, Annotated)]
        for element in kid.walk():
            self.artifacts.update(content for content in element.kids if isinstance(content, Content))
        return True


def _is_note(kid: Any) -> bool:
    return isinstance(kid, Element) and kid.role == "Note"


def _is_same(one: Element, other: Element) -> bool:
    return one.source is not None and one.source == other.source and one.role == other.role and one.role in JOINED


def _named(head: Element) -> list[Element]:
    return [cell for cell in head.walk() if cell.named]


def _links(head: Element) -> list[Element]:
    return [element for element in head.walk() if element.role == "Link"]
