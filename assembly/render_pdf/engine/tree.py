"""Tree: the structure tree, which screen readers follow, with WeasyPrint's faults mended."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pydyf
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

from assembly.german import NBSP
from assembly.render_pdf.fragments import Fragments
from assembly.render_pdf.marks import OpenString

POINTS = 0.75  # points a CSS pixel
PRINTED = 4  # annotation flag: the link belongs to the printed page

SCOPES = {"col": "/Column", "colgroup": "/Column", "row": "/Row", "rowgroup": "/Row"}
# Block and inline elements, which may hold content themselves (ISO 32000-1, 14.8.4); links do so in stock.
HOLDS_TEXT = frozenset(
    {"/P", *(f"/H{level}" for level in range(1, 7)), "/TH", "/TD", "/LBody", "/Lbl", "/Caption", "/Span"}
)
MEANINGLESS = frozenset({"/Span", "/NonStruct"})  # where they have no more than all have
BARE = frozenset({"Type", "S", "P", "Pg", "K"})
HOLLOW = frozenset({"/Span", "/NonStruct", "/Div", "/P"})  # say nothing when they hold nothing

Element = Any  # pydyf.Dictionary: a structure element
Box = Any  # a box of WeasyPrint's layout


class Tree:
    """Builds the structure tree of one PDF, page after page."""

    def __init__(self, pdf: Any, stock_build: Callable[..., Iterator[Element]]) -> None:
        self._pdf = pdf
        self._stock_build = stock_build
        self._numbers = pydyf.Array()
        self._document = _add(pdf, {"Type": "/StructElem", "S": "/Document", "K": pydyf.Array()})
        parents = _add(pdf, {"Nums": self._numbers})
        kids = pydyf.Array([self._document.reference])
        root = _add(pdf, {"Type": "/StructTreeRoot", "K": kids, "ParentTree": parents.reference})
        self._document["P"] = pdf.catalog["StructTreeRoot"] = root.reference
        self._height = 0.0
        self._annotations: list[Any] = []
        self._artifacts: dict[int, set[int]] = {}
        self._sources: dict[int, tuple[int, str, str]] = {}
        self._columned: list[Element] = []
        self._notes = 0

    def make_note(self, element: Element) -> None:
        """Make an element a note, which needs an ID."""
        self._notes += 1
        element["S"] = "/Note"
        element["ID"] = pydyf.String(f"note-{self._notes}")

    def add_page(self, page: Any, marked: dict[Any, Any]) -> None:
        """Add what a page holds; `marked` says of its boxes which marked content of the page they are."""
        index = len(self._numbers) // 2
        self._height = page.height
        contents: dict[int, bytes] = {}
        elements = self.build(page._page_box, self._document, self._pdf, index, contents, self._annotations, marked)
        self._document["K"].extend([element.reference for element in elements])
        assert not marked
        self._numbers.extend([index, pydyf.Array(reference for _, reference in sorted(contents.items()))])

    def finish(self) -> dict[int, set[int]]:
        """Join what pages have parted. Returns which marked contents of pages (from 0) are artifacts."""
        for place, (reference, annotation) in enumerate(self._annotations, start=len(self._numbers) // 2):
            self._numbers.extend([place, reference])
            annotation["StructParent"] = place
        Fragments(self._pdf, self._sources, self._artifacts).join(self._columned)
        return self._artifacts

    def build(
        self,
        box: Box,
        parent: Element,
        pdf: Any,
        page: int,
        nums: dict[int, bytes],
        annotations: list[Any],
        marked: dict[Any, Any],
    ) -> Iterator[Element]:
        """Yield the elements of one box, mended."""
        if isinstance(box, AbsolutePlaceholder):
            box = box._box
        if box.is_column:  # the layout's, not the text's
            for child in box.children:
                yield from self.build(child, parent, pdf, page, nums, annotations, marked)
            return
        running = isinstance(box, boxes.MarginBox)
        before = set(nums) if running else set()
        elements = list(self._stock_build(box, parent, pdf, page, nums, annotations, marked))
        if running:
            for mcid in set(nums) - before:  # a running head is no part of what is read (#1836)
                nums[mcid] = b"null"
                self._artifacts.setdefault(page, set()).add(mcid)
            return
        for element in elements:
            if element["S"] in HOLLOW and not element["K"]:
                continue
            self._mend(box, element, parent)
            _hold_texts(element, pdf, nums)
            if isinstance(box, boxes.BlockBox) and any(child.is_column for child in box.children):
                self._columned.append(element)
            if box.element is not None:
                self._sources.setdefault(id(element), (id(box.element), box.element_tag, element["S"]))
            yield element

    def _mend(self, box: Box, element: Element, parent: Element) -> None:
        tag = box.element_tag if box.element is not None else ""
        if box.link_annotation:
            # Stock: the bare name of the anchor, and no mark that the link prints.
            box.link_annotation["Contents"] = OpenString(_words(box))
            box.link_annotation["F"] = PRINTED
        elif element["S"] == "/Link":
            element["S"] = "/Span"  # generated inside a link, not one of its own
        if element["S"] == "/Figure":
            _mend_bounds(element, self._height)
        mend = _BY_TAG.get(tag)
        if mend:
            mend(box, element, parent, self)


def _hold_texts(element: Element, pdf: Any, nums: dict[int, bytes]) -> None:
    """Let an element hold its texts itself: stock puts one around each, which says nothing and makes half the tree."""
    if element["S"] not in HOLDS_TEXT:
        return
    kids: list[Any] = []
    for kid in element["K"]:
        texts = _texts(kid, pdf, element["Pg"])
        if texts is None:
            kids.append(kid)
        else:
            kids += texts
            nums.update(dict.fromkeys(texts, element.reference))
    element["K"][:] = kids


def _texts(kid: Any, pdf: Any, page: bytes) -> list[int] | None:
    """Return the marked contents of a kid that is nothing but texts of this page, None for others."""
    if isinstance(kid, int):
        return [kid]
    found = pdf.objects[int(kid.split()[0])]
    if found.keys() != BARE or found["S"] not in MEANINGLESS or found["Pg"] != page:
        return None
    inside = [_texts(inner, pdf, page) for inner in found["K"]]
    return None if None in inside else [mcid for texts in inside if texts is not None for mcid in texts]


def _add(pdf: Any, entries: dict[str, Any]) -> Any:
    item = pydyf.Dictionary(entries)
    pdf.add_object(item)
    return item


def _words(box: Box) -> list[str | tuple[str]]:
    """Return what a link prints; the page that ends it stays open."""
    texts = [inner for inner in box.descendants() if isinstance(inner, boxes.TextBox)]
    last = getattr(texts[-1], "open_page", None) if texts else None
    words = "".join(text.text for text in texts)
    if last is None:
        return [" ".join(words.split()) or " ".join("".join(box.element.itertext()).split())]
    target, room, _ = last
    return [" ".join(words[: len(words) - room].split()) + NBSP, (target,)]


def _mend_bounds(element: Element, height: float) -> None:
    """Stock writes CSS pixels from above; PDF counts points from below."""
    left, top, right, bottom = element["A"]["BBox"]
    corners = (left, height - bottom, right, height - top)
    element["A"]["BBox"] = pydyf.Array([round(value * POINTS, 3) for value in corners])


def _mend_header(box: Box, element: Element, _parent: Element, _tree: Tree) -> None:
    """Stock never writes the scope (upstream #2508)."""
    scope = SCOPES.get(box.element.get("scope", ""))
    if scope and element["S"] == "/TH":
        element["A"]["Scope"] = scope


def _mend_division(box: Box, element: Element, parent: Element, tree: Tree) -> None:
    """A pair of a description list, <dl><div><dt><dd>, is one item of it; an item's paragraphs, <li><div>, its body.

    What is noted below a table is a note.
    """
    if parent["S"] == "/L":
        element["S"] = "/LI"
    elif parent["S"] == "/LI":
        element["S"] = "/LBody"
    elif box.element.get("class") == "noted":
        tree.make_note(element)


def _mend_term(box: Box, element: Element, parent: Element, _tree: Tree) -> None:
    """Stock makes an item of its own of term and description, with a body inside."""
    if parent["S"] == "/LI":
        element["S"] = "/NonStruct"
    elif element["S"] == "/LI":
        element["S"] = "/Lbl" if box.element_tag == "dt" else "/LBody"


def _mend_span(box: Box, element: Element, _parent: Element, tree: Tree) -> None:
    """Marks such as ●●○ say what they mean, foreign words their language; a footnote is a note, which needs an ID."""
    label = box.element.get("aria-label")
    if label:
        element["Alt"] = pydyf.String(label)
    if "lang" in box.element.attrib:
        element["Lang"] = pydyf.String(box.element.attrib["lang"])
    if box.element.get("class") == "footnote" and box.element_tag == "span" and isinstance(box, boxes.BlockBox):
        tree.make_note(element)


def _mend_abbreviation(box: Box, element: Element, _parent: Element, _tree: Tree) -> None:
    """Stock knows no abbreviation; it says what it stands for."""
    element["S"] = "/Span"
    element["E"] = pydyf.String(box.element.attrib["title"])


_BY_TAG: dict[str, Callable[[Box, Element, Element, Tree], None]] = {
    "th": _mend_header,
    "div": _mend_division,
    "dt": _mend_term,
    "dd": _mend_term,
    "span": _mend_span,
    "abbr": _mend_abbreviation,
}
