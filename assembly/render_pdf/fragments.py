"""Fragments: what the break of a page or a column has split becomes one element of the structure tree again.

WeasyPrint writes an element a page and column: a paragraph over two pages is two, a table over three pages is three
with three heads. Here the parts of one element of the HTML are joined, and repeated heads become artifacts of their
pages.
Notes, which stand at the foot of a page, are read after the paragraph that the page ends with.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pydyf

JOINED = frozenset(
    {"/Sect", "/Div", "/P", "/L", "/LI", "/LBody", "/Table", "/TBody", "/TR", "/BlockQuote", "/NonStruct", "/Note"}
)

Element = Any  # pydyf.Dictionary: a structure element
Source = tuple[int, str, str]  # the element of the HTML, its tag, its structure type


class Fragments:
    """The structure tree of one PDF while its fragments are joined.

    `sources` says by the identity of a structure element where it comes from; `artifacts` (page → marked content)
    collects what stops being content.
    """

    def __init__(self, pdf: Any, sources: dict[int, Source], artifacts: dict[int, set[int]]) -> None:
        self._pdf = pdf
        self._sources = sources
        self._artifacts = artifacts
        self._pages = {reference: index for index, reference in enumerate(pdf.page_references)}
        self._renamed: dict[str, str] = {}
        root = self._object(pdf.catalog["StructTreeRoot"])
        self._document = self._object(root["K"][0])
        self._numbers = self._object(root["ParentTree"])["Nums"]

    def join(self, columned: Sequence[Element]) -> None:
        """Join all fragments, in place: first inside each element that is set in columns, then over the pages."""
        for element in columned:
            self._join_columns(element)
        kids: list[Any] = []
        last: Element | None = None
        notes: list[Any] = []
        for kid in self._document["K"]:
            element = self._element(kid)
            if element is not None and element["S"] == "/Note" and last is not None:
                notes.append(kid)
            elif element is not None and last is not None and self._is_same(last, element):
                self._merge(last, element, notes)
                notes = []
            else:
                kids += [*notes, kid]
                notes = []
                last = element
        self._document["K"][:] = kids + notes
        self._rename_headers()

    def _join_columns(self, columned: Element) -> None:
        kids: list[Any] = []
        for kid in columned["K"]:
            last, element = self._element(kids[-1]) if kids else None, self._element(kid)
            if last is not None and element is not None and self._is_same(last, element):
                self._merge(last, element)
            else:
                kids.append(kid)
        columned["K"][:] = kids

    def _object(self, reference: bytes) -> Any:
        return self._pdf.objects[int(reference.split()[0])]

    def _element(self, kid: Any) -> Element | None:
        found = self._object(kid) if isinstance(kid, bytes) else None
        return found if isinstance(found, dict) and found.get("Type") == "/StructElem" else None

    def _is_same(self, one: Element, other: Element) -> bool:
        source = self._sources.get(id(one))
        return source is not None and source == self._sources.get(id(other)) and one["S"] in JOINED

    def _merge(self, first: Element, second: Element, notes: Sequence[Any] = ()) -> None:
        """Append what `second` holds to `first`; `notes` stand between them."""
        if first["S"] == "/TR":
            self._merge_cells(first, second)
            return
        kids = list(second["K"])
        if first["S"] == "/Table":
            kids = [kid for kid in kids if not self._is_repeated_head(first, kid)]
        tail = self._element(first["K"][-1]) if first["K"] else None
        head = self._element(kids[0]) if kids else None
        if tail is not None and head is not None and self._is_same(tail, head) and self._may_join(tail, head):
            self._merge(tail, head)
            kids = kids[1:]
        for kid in (*notes, *kids):
            element = self._element(kid)
            if element is not None:
                element["P"] = first.reference
            first["K"].append(self._content(kid, second) if isinstance(kid, int) else kid)
        if any(isinstance(kid, int) for kid in kids):
            content = self._content_of(second)
            content[:] = [first.reference if entry == second.reference else entry for entry in content]

    def _merge_cells(self, first: Element, second: Element) -> None:
        """Let each cell of a row go on with its part on the next page."""
        for cell, more in zip(map(self._element, first["K"]), map(self._element, second["K"]), strict=True):
            if cell is not None and more is not None:
                if "ID" in cell:
                    self._renamed[more["ID"].string] = cell["ID"].string
                self._merge(cell, more)

    def _may_join(self, first: Element, second: Element) -> bool:
        """Tell whether the parts can be joined: not where a repeated head holds links, which cannot be artifacts."""
        heads = [self._element(kid) for kid in second["K"]] if first["S"] == "/Table" else []
        return not any(head is not None and head["S"] == "/THead" and self._has_link(head) for head in heads)

    def _has_link(self, element: Element) -> bool:
        kids = [self._element(kid) for kid in element["K"]]
        return element["S"] == "/Link" or any(kid is not None and self._has_link(kid) for kid in kids)

    def _content(self, mcid: int, element: Element) -> Any:
        """Return marked content as a reference that names its page, for it now stands below one of another page."""
        return pydyf.Dictionary({"Type": "/MCR", "Pg": element["Pg"], "MCID": mcid})

    def _content_of(self, element: Element) -> list[Any]:
        """Return which element each marked content of the element's page belongs to."""
        entries: list[Any] = self._numbers[2 * self._pages[element["Pg"]] + 1]
        return entries

    def _is_repeated_head(self, table: Element, kid: Any) -> bool:
        """Turn the head that is printed again into artifacts; tell whether `kid` was one."""
        repeated = self._element(kid)
        if repeated is None or repeated["S"] != "/THead":
            return False
        heads = [head for head in map(self._element, table["K"]) if head is not None and head["S"] == "/THead"]
        if not heads or self._sources.get(id(heads[0])) != self._sources.get(id(repeated)):
            return False
        for cell, again in zip(self._cells(heads[0]), self._cells(repeated), strict=True):
            self._renamed[again["ID"].string] = cell["ID"].string
        self._drop(repeated)
        return True

    def _cells(self, head: Element) -> list[Element]:
        rows = [row for row in map(self._element, head["K"]) if row is not None]
        return [cell for row in rows for cell in map(self._element, row["K"]) if cell is not None and "ID" in cell]

    def _drop(self, element: Element) -> None:
        for kid in element["K"]:
            inner = self._element(kid)
            if inner is not None:
                self._drop(inner)
            elif isinstance(kid, int):
                self._artifacts.setdefault(self._pages[element["Pg"]], set()).add(kid)
                self._content_of(element)[kid] = b"null"

    def _rename_headers(self) -> None:
        """Let the cells of later pages name the headers of the first."""
        if not self._renamed:
            return
        for item in self._pdf.objects:
            if isinstance(item, dict) and item.get("S") == "/TD" and "Headers" in item.get("A", {}):
                names = [header.string for header in item["A"]["Headers"]]
                item["A"]["Headers"] = pydyf.Array(pydyf.String(self._renamed.get(name, name)) for name in names)
