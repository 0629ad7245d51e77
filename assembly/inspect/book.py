"""Book: a PDF opened to be inspected: its pages' content and its structure tree, read once for all checks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import pikepdf

from assembly.paper.content import Font, Run, read_content, to_unicode


class Mark(NamedTuple):
    """A run of marked content: page (from 1) and number on it."""

    page: int
    mcid: int


@dataclass(slots=True, eq=False)
class Element:
    """An element of the structure tree. `role` is its standard type, after the role map; `page` is 0 for none.

    `marks` and `objects` (annotations, by object number) are its own content.
    """

    raw: pikepdf.Object
    role: str
    page: int
    parent: Element | None
    kids: list[Element] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    objects: list[tuple[int, int]] = field(default_factory=list)

    def walk(self) -> Iterator[Element]:
        """Yield this element and all below it, in reading order."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting += reversed(element.kids)

    def attribute(self, name: str) -> pikepdf.Object | None:
        """Return an attribute of the element (ISO 32000-1, 14.7.5), or None."""
        owners: pikepdf.Object | None = self.raw.get("/A")
        for owner in owners.as_list() if isinstance(owners, pikepdf.Array) else [owners]:
            if isinstance(owner, pikepdf.Dictionary) and name in owner:
                return owner[name]
        return None

    def first_page(self) -> tuple[int, ...]:
        """Return the page it begins on, for a finding."""
        pages = (inner.page for inner in self.walk() if inner.page)
        return tuple(list(pages)[:1])


@dataclass(slots=True)
class Tree:
    """The structure tree in reading order; `doubled` counts elements that stand in it more than once."""

    elements: list[Element]
    doubled: int

    def of(self, *roles: str) -> list[Element]:
        """Return the elements of these standard types."""
        return [element for element in self.elements if element.role in roles]


class Book:
    """A PDF. Everything is read when first asked for."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.pdf = pdf
        self.pages = list(pdf.pages)
        self.numbers: Mapping[tuple[int, int], int] = {
            page.obj.objgen: number for number, page in enumerate(self.pages, start=1)
        }

    @cached_property
    def runs(self) -> list[list[Run]]:
        """What each page paints."""
        fonts: dict[tuple[int, int], Font] = {}
        return [read_content(_content(page), _fonts(page, fonts)).runs for page in self.pages]

    @cached_property
    def tree(self) -> Tree:
        """The structure tree; empty where there is none."""
        root: pikepdf.Object | None = self.pdf.Root.get("/StructTreeRoot")
        return _Builder(self.numbers, root.get("/RoleMap", pikepdf.Dictionary())).tree(root) if root else Tree([], 0)

    @cached_property
    def words(self) -> Mapping[Mark, str]:
        """The words of each run of marked content."""
        found: dict[Mark, str] = {}
        for number, runs in enumerate(self.runs, start=1):
            for run in runs:
                if run.mcid is not None:
                    mark = Mark(number, run.mcid)
                    found[mark] = found.get(mark, "") + run.text
        return found

    def text(self, element: Element) -> str:
        """Return the words of an element and all below it."""
        return "".join(self.words.get(mark, "") for inner in element.walk() for mark in inner.marks)

    @cached_property
    def links(self) -> list[tuple[int, pikepdf.Object]]:
        """The link annotations, each with its page."""
        return [
            (number, annotation)
            for number, page in enumerate(self.pages, start=1)
            for annotation in page.get("/Annots", pikepdf.Array()).as_list()
            if annotation.get("/Subtype") == "/Link"
        ]


def _content(page: pikepdf.Page) -> bytes:
    contents = page.obj.get("/Contents")
    streams = contents.as_list() if isinstance(contents, pikepdf.Array) else [contents]
    return b"\n".join(stream.read_bytes() for stream in streams if isinstance(stream, pikepdf.Stream))


def _fonts(page: pikepdf.Page, known: dict[tuple[int, int], Font]) -> dict[str, Font]:
    """Return the fonts of a page; `known` are those that were read. How wide glyphs are is no matter here."""
    found: dict[str, Font] = {}
    fonts: pikepdf.Object = page.resources.get("/Font", pikepdf.Dictionary())
    for name, font in fonts.items():
        if font.objgen not in known or not font.is_indirect:
            wide = font.get("/Subtype") == "/Type0" and font.get("/Encoding") in ("/Identity-H", "/Identity-V")
            words = to_unicode(font.ToUnicode.read_bytes()) if "/ToUnicode" in font else {}
            known[font.objgen] = Font(words, {}, 0, wide=wide)
        found[name.removeprefix("/")] = known[font.objgen]
    return found


class _Builder:
    """Builds the tree without recursion: a file from elsewhere may be nested as deep as it likes, or in a circle."""

    def __init__(self, numbers: Mapping[tuple[int, int], int], roles: pikepdf.Object) -> None:
        self._numbers = numbers
        self._roles = {str(key): str(value) for key, value in roles.items()}
        self._seen: set[tuple[int, int]] = set()
        self._doubled = 0

    def tree(self, root: pikepdf.Object) -> Tree:
        elements: list[Element] = []
        waiting: list[tuple[pikepdf.Object, Element | None, int]] = [(kid, None, 0) for kid in reversed(_kids(root))]
        while waiting:
            raw, parent, inherited = waiting.pop()
            element = self._element(raw, parent, inherited)
            if element is None:
                continue
            elements.append(element)
            if parent is not None:
                parent.kids.append(element)
            below = [kid for kid in _kids(raw) if not self._is_content(kid, element)]
            waiting += [(kid, element, element.page) for kid in reversed(below)]
        return Tree(elements, self._doubled)

    def _element(self, raw: pikepdf.Object, parent: Element | None, inherited: int) -> Element | None:
        if not isinstance(raw, pikepdf.Dictionary) or "/S" not in raw:
            return None
        if raw.is_indirect and raw.objgen in self._seen:
            self._doubled += 1
            return None
        self._seen.add(raw.objgen)
        role = str(raw.S)
        for _ in range(len(self._roles)):
            role = self._roles.get(role, role)
        return Element(raw, role.removeprefix("/"), self._page(raw, inherited), parent)

    def _page(self, raw: pikepdf.Object, inherited: int) -> int:
        page = raw.get("/Pg")
        return self._numbers.get(page.objgen, inherited) if isinstance(page, pikepdf.Dictionary) else inherited

    def _is_content(self, kid: pikepdf.Object, element: Element) -> bool:
        """Note content at its element; tell whether `kid` was content."""
        if isinstance(kid, int):
            element.marks.append(Mark(element.page, kid))
        elif isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/MCR":
            element.marks.append(Mark(self._page(kid, element.page), int(kid.MCID)))
        elif isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/OBJR":
            element.objects.append(kid.Obj.objgen)
        else:
            return False
        return True


def _kids(raw: pikepdf.Object) -> list[pikepdf.Object]:
    kids = raw.get("/K")
    if kids is None:
        return []
    return list(kids.as_list()) if isinstance(kids, pikepdf.Array) else [kids]
