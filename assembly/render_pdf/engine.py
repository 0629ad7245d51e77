"""The engine: WeasyPrint 70 with its faults mended. All that we touch of its private parts stands here, with why.

The version is pinned (`pyproject.toml`), for every name below may change with the next one. `prepare` is called once a
process, before anything is laid out; `tests/assembly/test_render_html.py` holds what it promises.

What is mended is the structure tree, which screen readers follow: running heads become artifacts, table headers get
their scope, a description list becomes labels and bodies, links and marks say in words what they are, notes are notes.
What is sped up: looking up pages, which was quadratic in their count. (Remembering shaped lines, which helps tables of
automatic width, was measured and gains nothing here.)
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from typing import Any

import pydyf
import weasyprint.pdf
import weasyprint.pdf.tags
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

from assembly.render_pdf.fragments import Fragments

POINTS = 0.75  # points a CSS pixel
PRINTED = 4  # annotation flag: the link belongs to the printed page

SCOPES = {"col": "/Column", "colgroup": "/Column", "row": "/Row", "rowgroup": "/Row"}
HOLLOW = frozenset({"/Span", "/NonStruct", "/Div", "/P"})  # say nothing when they hold nothing

Element = Any  # pydyf.Dictionary: a structure element
Box = Any  # a box of WeasyPrint's layout


@functools.cache
def prepare() -> None:
    """Mend WeasyPrint in this process."""
    pydyf.PDF.page_references = property(_page_references)
    _mend_tags()


def _page_references(pdf: Any) -> tuple[bytes, ...]:
    """Return the references of all pages; stock pydyf builds them anew for every structure element."""
    numbers = pdf.pages["Kids"][::3]
    known: tuple[bytes, ...] = pdf.__dict__.get("_page_references", ())
    if len(known) != len(numbers):
        known = tuple(f"{number} 0 R".encode("ascii") for number in numbers)
        pdf.__dict__["_page_references"] = known
    return known


# --- the structure tree ---------------------------------------------------------------------------------------------


def _mend_tags() -> None:
    tags = weasyprint.pdf.tags
    build_box_tree, add_tags = tags._build_box_tree, tags.add_tags

    def mended_tree(
        box: Box,
        parent: Element,
        pdf: Any,
        page: int,
        nums: dict[int, bytes],
        annotations: list[Any],
        marked: dict[Any, Any],
    ) -> Iterator[Element]:
        if isinstance(box, AbsolutePlaceholder):
            box = box._box
        before = set(nums)
        elements = list(build_box_tree(box, parent, pdf, page, nums, annotations, marked))
        if isinstance(box, boxes.MarginBox):
            for mcid in set(nums) - before:  # a running head is no part of what is read (upstream #1836)
                nums[mcid] = b"null"
                pdf.artifacts.setdefault(page, set()).add(mcid)
            return
        for element in elements:
            if element["S"] in HOLLOW and not element["K"]:
                continue
            _mend(box, element, parent, pdf, page)
            if box.element is not None:
                pdf.sources.setdefault(id(element), (id(box.element), box.element_tag, element["S"]))
            yield element

    def add_mended_tags(pdf: Any, document: Any, version: Any, streams: list[Any]) -> None:
        pdf.artifacts, pdf.sources = {}, {}
        pdf.heights = [page.height for page in document.pages]
        pdf.notes = 0
        add_tags(pdf, document, version, streams)
        Fragments(pdf, pdf.sources, pdf.artifacts).join()
        for page, mcids in pdf.artifacts.items():
            _make_artifacts(streams[page].stream, mcids)

    tags._build_box_tree = mended_tree
    tags.add_tags = weasyprint.pdf.add_tags = add_mended_tags


def _make_artifacts(stream: list[Any], mcids: set[int]) -> None:
    """Turn the marked content of running and repeated heads into artifacts of the page."""
    for index, item in enumerate(stream):
        if isinstance(item, pydyf.Dictionary) and item.get("MCID") in mcids:
            stream[index - 1] = b"/Artifact"
            stream[index] = b"<</Type /Pagination>>"


def _mend(box: Box, element: Element, parent: Element, pdf: Any, page: int) -> None:
    tag = box.element_tag if box.element is not None else ""
    if box.link_annotation:
        # Stock: the bare name of the anchor, and no mark that the link prints.
        box.link_annotation["Contents"] = pydyf.String(_words(box))
        box.link_annotation["F"] = PRINTED
    elif element["S"] == "/Link":
        element["S"] = "/Span"  # generated inside a link, not one of its own
    if element["S"] == "/Figure":
        _mend_bounds(element, pdf.heights[page])
    mend = _BY_TAG.get(tag)
    if mend:
        mend(box, element, parent, pdf)


def _words(box: Box) -> str:
    """Return what a box prints, pages included."""
    texts = [inner.text for inner in box.descendants() if isinstance(inner, boxes.TextBox)]
    return " ".join("".join(texts).split()) or " ".join("".join(box.element.itertext()).split())


def _mend_bounds(element: Element, height: float) -> None:
    """Stock writes CSS pixels from above; PDF counts points from below."""
    left, top, right, bottom = element["A"]["BBox"]
    corners = (left, height - bottom, right, height - top)
    element["A"]["BBox"] = pydyf.Array([round(value * POINTS, 3) for value in corners])


def _mend_header(box: Box, element: Element, _parent: Element, _pdf: Any) -> None:
    """Stock never writes the scope (upstream #2508)."""
    scope = SCOPES.get(box.element.get("scope", ""))
    if scope and element["S"] == "/TH":
        element["A"]["Scope"] = scope


def _mend_pair(_box: Box, element: Element, parent: Element, _pdf: Any) -> None:
    """A pair of a description list, <dl><div><dt><dd>, is one item of it."""
    if parent["S"] == "/L":
        element["S"] = "/LI"


def _mend_term(box: Box, element: Element, parent: Element, _pdf: Any) -> None:
    """Stock makes an item of its own of term and description, with a body inside."""
    if parent["S"] == "/LI":
        element["S"] = "/NonStruct"
    elif element["S"] == "/LI":
        element["S"] = "/Lbl" if box.element_tag == "dt" else "/LBody"


def _mend_span(box: Box, element: Element, _parent: Element, pdf: Any) -> None:
    """Marks such as ●●○ say what they mean, foreign words their language; a footnote is a note, which needs an ID."""
    label = box.element.get("aria-label")
    if label:
        element["Alt"] = pydyf.String(label)
    if "lang" in box.element.attrib:
        element["Lang"] = pydyf.String(box.element.attrib["lang"])
    if box.element.get("class") == "footnote" and box.element_tag == "span" and isinstance(box, boxes.BlockBox):
        pdf.notes += 1
        element["S"] = "/Note"
        element["ID"] = pydyf.String(f"note-{pdf.notes}")


def _mend_abbreviation(box: Box, element: Element, _parent: Element, _pdf: Any) -> None:
    """Stock knows no abbreviation; it says what it stands for."""
    element["S"] = "/Span"
    element["E"] = pydyf.String(box.element.attrib["title"])


_BY_TAG: dict[str, Callable[[Box, Element, Element, Any], None]] = {
    "th": _mend_header,
    "div": _mend_pair,
    "dt": _mend_term,
    "dd": _mend_term,
    "span": _mend_span,
    "abbr": _mend_abbreviation,
}
