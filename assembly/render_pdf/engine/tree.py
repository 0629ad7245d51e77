"""Tree: boxes of a layout → elements of the structure tree, which screen readers follow.

Stock makes some too, which are not good enough: running heads are content (#1836), headers have no scope (#2508), each
text has an element of its own, terms of a description list are items without a label, links are called by their
address, and abbreviations, marks, foreign words and hyphens say nothing of themselves. A directory is a list whose dots
are read one by one, and a heading with a line above it is a heading within a heading.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pydyf
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

from assembly.german import NBSP
from assembly.render_pdf.marks import OpenString
from assembly.render_pdf.structure import JOINED, Annotated, Content, Element, join

POINTS = 0.75  # points a CSS pixel
PRINTED = 4  # annotation flag: the link belongs to the printed page

SVG, SVG_TITLE = ("{http://www.w3.org/2000/svg}" + name for name in ("svg", "title"))
ROLES = {
    **{tag: tag.upper() for tag in ("p", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "th", "td")},
    **{tag: tag[:2].upper() + tag[2:] for tag in ("thead", "tbody", "tfoot")},
    **dict.fromkeys(("ul", "ol", "dl"), "L"),
    **dict.fromkeys(("caption", "figcaption"), "Caption"),
    **dict.fromkeys(("img", SVG), "Figure"),
    **dict.fromkeys(("span", "abbr", "a::before", "a::after"), "Span"),
    "a": "Link",
    "article": "Art",
    "blockquote": "BlockQuote",
    "dd": "LBody",
    "div": "Div",
    "dt": "Lbl",
    "li": "LI",
    "li::marker": "Lbl",
    "main": "Part",
    "section": "Sect",
    "table": "Table",
}
OTHER = "NonStruct"  # role of what has none
SCOPES = {"col": "/Column", "colgroup": "/Column", "row": "/Row", "rowgroup": "/Row"}
HEADINGS = ("H1", "H2", "H3", "H4", "H5", "H6")
# Block and inline elements, which may hold content themselves (ISO 32000-1, 14.8.4).
HOLDS_TEXT = frozenset({"P", *HEADINGS, "TH", "TD", "LBody", "Lbl", "Caption", "Span", "Link"})
TAKES_TEXTS = HOLDS_TEXT - {"Link"}  # in a link they part words and page
MEANINGLESS = frozenset({"Span", OTHER})  # where nothing is said of them
HOLLOW = frozenset({"Span", OTHER, "Div", "P"})  # say nothing when they hold nothing
HYPHEN, SOFT_HYPHEN = "-", "\u00ad"
LAYOUT, PAGINATION = "Layout", "Pagination"  # kinds of artifacts

Box = Any  # a box of WeasyPrint's layout
Marked = dict[Any, Any]  # which marked content of the page a box is


class Tree:
    """Builds the structure tree of one chunk, page after page."""

    def __init__(self) -> None:
        self._elements: list[Element] = []
        self._parted: list[Element] = []  # by columns or lines
        self._artifacts: dict[Content, str] = {}
        self._cells: dict[Box, Element] = {}  # of the table that is being built
        self._marked: Marked = {}
        self._page = -1
        self._height = 0.0

    def add_page(self, page: Any, marked: Marked) -> None:
        """Add what a page holds; all of `marked` is taken."""
        self._page += 1
        self._height = page.height
        self._marked = marked
        self._elements += [element for box in page._page_box.children for element in self._built(box, None)]
        assert not marked

    def finish(self) -> tuple[list[Element], dict[Content, str]]:
        """Return the elements, with what pages have parted joined, and which content is an artifact of what kind."""
        elements, heads = join(self._elements, self._parted)
        return elements, self._artifacts | dict.fromkeys(heads, PAGINATION)

    def _built(self, box: Box, parent: Element | None) -> list[Element]:
        """Return the elements that a box becomes inside `parent`: nearly always one."""
        if isinstance(box, AbsolutePlaceholder):
            box = box._box
        if isinstance(box, boxes.MarginBox):
            self._leave_out(box, PAGINATION)
            return []
        tag = box.element_tag if box.element is not None else ""
        if box.is_column or tag in ("html", "body") or (parent is None and not tag):  # the layout's, not the text's
            return [element for child in box.children for element in self._built(child, parent)]
        source = (id(box.element), tag) if tag else None
        element = Element(_role(box, tag, source, parent), self._page, source)
        if element.role == "LI" and tag == "li" and not _has_label(box):  # it is all body
            element.kids += self._built(box, element)
            return [element]
        beside = self._fill(box, element, tag, parent)
        if element.role == "TOCI":
            element.kids = _entry(element)
        if not element.kids and (beside or element.role in HOLLOW):
            return beside
        return [element, *beside]

    def _fill(self, box: Box, element: Element, tag: str, parent: Element | None) -> list[Element]:
        """Put in what an element holds and what is said of it; return lists in a list item, which stand beside it."""
        self._describe(box, element, tag)
        if box.link_annotation:
            self._link(box, element)
        beside: list[Element] = []
        for child in _children(box, element):
            if child.is_leader:
                self._leave_out(child, LAYOUT)
            elif isinstance(child, boxes.TextBox):
                self._hold(child, element)
            elif element.role == "LI" and child.element_tag in ("ul", "ol"):
                beside += self._built(child, parent)
            else:
                self._hold_elements(element, self._built(child, element))
        if isinstance(box, boxes.ReplacedBox):
            element.kids.append(self._content(box))
        if _is_parted(box) and any(kid.role in JOINED for kid in element.elements()):
            self._parted.append(element)
        if element.role == "Table":
            _name_headers(_rows(box), self._cells)
        return beside

    def _hold(self, text: Box, element: Element) -> None:
        content = self._content(text)
        if text.text.endswith(HYPHEN) and _is_broken(text):
            spoken = {"ActualText": pydyf.String(text.text.removesuffix(HYPHEN) + SOFT_HYPHEN)}
            element.kids.append(Element("Span", self._page, kids=[content], entries=spoken))
        elif element.role in HOLDS_TEXT:
            element.kids.append(content)
        else:
            element.kids.append(Element("Span", self._page, kids=[content]))  # or it has no role

    def _hold_elements(self, element: Element, inner: list[Element]) -> None:
        """Let an element hold others; of those that say nothing, what they hold, where it may hold texts itself."""
        for one in inner:
            texts = _texts(one) if element.role in TAKES_TEXTS else None
            if texts is None:
                element.kids.append(one)
            else:
                element.kids += texts

    def _content(self, box: Box) -> Content:
        return Content(self._page, self._marked.pop(box)["mcid"])

    def _leave_out(self, box: Box, kind: str) -> None:
        """Make an artifact of a running head, or of dots that lead to a page: it is no part of what is read."""
        for inner in box.descendants():
            if inner in self._marked:
                self._artifacts[self._content(inner)] = kind

    def _link(self, box: Box, element: Element) -> None:
        """Let a link say where it leads: stock has the bare name of the anchor, and no mark that the link prints."""
        box.link_annotation["Contents"] = OpenString(_words(box))
        box.link_annotation["F"] = PRINTED
        element.kids.append(Annotated(self._page, box.link_annotation))

    def _describe(self, box: Box, element: Element, tag: str) -> None:
        """Say of an element what its role does not."""
        source = box.element
        if element.role == "Figure":
            element.attributes |= {"O": "/Layout", "BBox": self._bounds(box)}
            if alternative := source.findtext(SVG_TITLE) if tag == SVG else source.get("alt"):
                element.entries["Alt"] = pydyf.String(alternative)
        elif element.role in ("TH", "TD"):
            self._describe_cell(box, element)
        elif tag == "table" and (summary := source.get("summary")):  # of one without caption
            element.attributes |= {"O": "/Table", "Summary": pydyf.String(summary)}
        elif tag == "span":  # marks such as ●●○ say what they mean, foreign words their language
            if label := source.get("aria-label"):
                element.entries["Alt"] = pydyf.String(label)
            if "lang" in source.attrib:
                element.entries["Lang"] = pydyf.String(source.attrib["lang"])
        elif tag == "abbr":
            element.entries["E"] = pydyf.String(source.attrib["title"])
        element.named = element.named or element.role == "Note"

    def _describe_cell(self, box: Box, element: Element) -> None:
        spans = {"ColSpan": box.colspan, "RowSpan": box.rowspan}
        element.attributes |= {"O": "/Table", **{name: span for name, span in spans.items() if span != 1}}
        self._cells[box] = element
        if element.role == "TH":
            element.named = True
            if scope := SCOPES.get(box.element.get("scope", "")):
                element.attributes["Scope"] = scope

    def _bounds(self, box: Box) -> Any:
        """Return where a figure stands, in points from below."""
        left, top = box.content_box_x(), box.content_box_y()
        corners = (left, self._height - top - box.height, left + box.width, self._height - top)
        return pydyf.Array([round(value * POINTS, 3) for value in corners])


def _role(box: Box, tag: str, source: object, parent: Element | None) -> str:
    """Return the role of a box in a parent; boxes that the layout adds have the source of the element around."""
    role = ROLES.get(tag, OTHER)
    if parent and (role, parent.role) in _INSIDE:
        return _INSIDE[role, parent.role]
    if parent and parent.role == OTHER and parent.source == source:
        return OTHER
    name = box.element.get("class") if tag in ("div", "span", "ul") else ""
    if name == "noted" or (name == "footnote" and isinstance(box, boxes.BlockBox)):
        return "Note"
    if role == "L" and name and name.startswith("directory"):
        return "TOC"
    return "Span" if role == "Link" and not box.link_annotation else role


_INSIDE = {  # role of what stands in such a parent: parts of list items, and what the layout adds
    ("Div", "L"): "LI",  # a pair of a description list
    ("Div", "LI"): "LBody",  # of an item that holds more than words
    ("Div", "Note"): OTHER,
    ("LI", "TOC"): "TOCI",
    ("Span", "TOCI"): "Lbl",  # the number of an entry
    ("LI", "LI"): "LBody",
    ("LI", "LBody"): OTHER,
    ("Lbl", "Lbl"): OTHER,
    ("LBody", "LBody"): OTHER,
    **{(inner, outer): OTHER for inner in ("TH", "TD") for outer in ("TH", "TD")},
    **{(one, one): OTHER for one in ("Caption", *HEADINGS)},  # what stands beside a line of its own
}


def _children(box: Box, element: Element) -> Iterator[Box]:
    """Yield what a box holds, lines taken apart, and of the box around a table what the table holds."""
    for child in box.children:
        if isinstance(child, boxes.LineBox) or (element.role == "Table" and isinstance(child, boxes.TableBox)):
            yield from child.children
        else:
            yield child


def _is_parted(box: Box) -> bool:
    """Tell whether a box holds columns or several lines, which part what they hold."""
    return len(box.children) > 1 and (box.children[0].is_column or isinstance(box.children[0], boxes.LineBox))


def _texts(element: Element) -> list[Content] | None:
    """Return the texts of an element that says nothing and holds nothing else, None for others."""
    if element.role not in MEANINGLESS or element.entries or element.named:
        return None
    texts: list[Content] = []
    for kid in element.kids:
        inner = [kid] if isinstance(kid, Content) else _texts(kid) if isinstance(kid, Element) else None
        if inner is None:
            return None
        texts += inner
    return texts


def _is_broken(text: Box) -> bool:
    """Tell whether the hyphen that ends a line is none of the text's (ISO 32000-1, 14.8.2.2.3).

    The tree says so. The page does not: the font has one glyph for all hyphens, and where the page itself says that
    this one is soft, Poppler no longer finds the word.
    """
    source = _BLANKS.sub(" ", "".join(text.element.itertext()))
    return text.text.lstrip(" ") not in source


_BLANKS = re.compile("[ \\t\\n]+")  # which are one, unlike others


def _entry(entry: Element) -> list[Any]:
    """Return what an entry of a directory holds: its number, and the reference that all else is."""
    labels = [kid for kid in entry.elements() if kid.role == "Lbl"]
    rest = [kid for kid in entry.kids if kid not in labels]
    return [*labels, Element("Reference", entry.page, kids=rest)]


def _has_label(item: Box) -> bool:
    return "list-item" in item.style["display"] and item.style["list_style_type"] != "none"


def _words(box: Box) -> list[str | tuple[str]]:
    """Return what a link prints; the page that ends it stays open."""
    texts = [inner for inner in box.descendants() if isinstance(inner, boxes.TextBox)]
    last = getattr(texts[-1], "open_page", None) if texts else None
    words = "".join(text.text for text in texts)
    if last is None:
        return [" ".join(words.split()) or " ".join("".join(box.element.itertext()).split())]
    target, room, _ = last
    return [" ".join(words[: len(words) - room].split()) + NBSP, (target,)]


# --- tables ---------------------------------------------------------------------------------------------------------


def _rows(box: Box) -> Iterator[Box]:
    for child in box.children:
        if child.element_tag == "tr" and isinstance(child, boxes.TableRowBox):
            yield child
        else:
            yield from _rows(child)


def _name_headers(rows: Iterator[Box], cells: dict[Box, Element]) -> None:
    """Tell each cell its headers: those of its row and those of its columns. Takes them from `cells`."""
    of_rows: dict[int, list[Element]] = defaultdict(list)
    of_columns: dict[int, list[Element]] = defaultdict(list)
    data: list[tuple[Element, range, range]] = []
    taken: set[tuple[int, int]] = set()  # by cells of rows above
    for row, box in enumerate(rows):
        column = 0
        for cell in box.children:
            while (row, column) in taken:
                column += 1
            down, across = range(row, row + cell.rowspan), range(column, column + cell.colspan)
            taken.update((place, other) for place in down[1:] for other in across)
            column += cell.colspan
            element = cells.pop(cell)
            if element.role == "TD":
                data.append((element, down, across))
            elif element.attributes.get("Scope") == "/Row":
                of_rows[row].append(element)
            else:
                of_columns[across[0]].append(element)
    for element, down, across in data:
        element.headers = [
            *(header for place in down for header in of_rows[place]),
            *(header for place in across for header in of_columns[place]),
        ]
