"""The engine: WeasyPrint 70, its faults mended. All that we touch of its private parts stands here, with why.

The version is pinned, for every name below may change with the next one; another version is refused. What is touched
is put back after each chunk, so that `plain` can use WeasyPrint as it comes.

- `weasyprint.pdf.generate_pdf`: gives the objects, where the public `write_pdf` gives the written file (#578: speed).
- `weasyprint.pdf.resolve_links`: drops links to what is not in this document; ours lead to other chunks (#578).
- `weasyprint.pdf.build_fonts_dictionary`: one set of fonts for the book, not one a chunk (#578).
- `weasyprint.draw.text.draw_first_line`: leaves numbers of pages open (#578; `target-counter` lays out three times).
- `weasyprint.pdf.add_tags`, `weasyprint.pdf.tags._build_box_tree`: the structure tree, which screen readers follow:
  running heads become artifacts (#1836), table headers get their scope (#2508), a description list becomes labels and
  bodies, links and marks say in words what they are, notes are notes.
- `pydyf.PDF.page_references`: stock builds them anew for every structure element, which is quadratic.
- `Page._page_box`: the boxes of a page, to find the numbers of pages in them.
"""

from __future__ import annotations

import ctypes.util
import hashlib
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assembly.refusal import Refusal

VERSION = "70.0"


@contextmanager
def _replaced(owner: Any, name: str, value: Any) -> Iterator[None]:
    stock = getattr(owner, name)
    setattr(owner, name, value)
    try:
        yield
    finally:
        setattr(owner, name, stock)


def _import() -> None:
    """Import WeasyPrint, without the twenty calls of gcc and ldconfig by which cffi looks for libraries on Linux.

    Under their plain names the libraries are found at once; where they are not, the import goes the long way.
    """
    if "weasyprint" not in sys.modules and sys.platform == "linux":
        with _replaced(ctypes.util, "find_library", lambda _: None):
            try:
                import weasyprint.text.ffi
            except OSError:
                for name in [name for name in sys.modules if name.split(".")[0] == "weasyprint"]:
                    del sys.modules[name]
    import weasyprint

    if weasyprint.__version__ != VERSION:
        raise Refusal(
            f"Gesetzt wird mit WeasyPrint {VERSION}; eingerichtet ist {weasyprint.__version__}.",
            "»make setup« richtet die passende Fassung ein; ohne sie setzt: ./build.py build --engine plain",
        )


_import()

import pydyf
import weasyprint.draw.text
import weasyprint.pdf
import weasyprint.pdf.tags
from weasyprint import CSS, DEFAULT_OPTIONS, HTML
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.matrix import Matrix
from weasyprint.text.fonts import FontConfiguration

from assembly.german import NBSP
from assembly.render_pdf.chunk import Bookmark, Font, Number, Objects, Outside, pack
from assembly.render_pdf.extract import Extractor, Open, extract
from assembly.render_pdf.fetcher import BookFetcher
from assembly.render_pdf.fonts import specimen, used
from assembly.render_pdf.fragments import Fragments
from assembly.render_pdf.marks import OpenString, glyphs

POINTS = 0.75  # points a CSS pixel
PRINTED = 4  # annotation flag: the link belongs to the printed page
PAGE_NUMBER = "@bottom-right"  # the margin box that prints it

SCOPES = {"col": "/Column", "colgroup": "/Column", "row": "/Row", "rowgroup": "/Row"}
HOLLOW = frozenset({"/Span", "/NonStruct", "/Div", "/P"})  # say nothing when they hold nothing

Element = Any  # pydyf.Dictionary: a structure element
Box = Any  # a box of WeasyPrint's layout


class Engine:
    """Lays out chunks. It reads style sheet and fonts once: one engine does many chunks, also in forked workers."""

    def __init__(self, stylesheet: Path, folders: tuple[Path, ...]) -> None:
        """Prepare an engine that fetches nothing but what lies in `folders`."""
        self._base = stylesheet.parent.as_uri() + "/"
        self._fetcher = BookFetcher(*folders)
        self._fonts = FontConfiguration()
        self._css = CSS(
            string=stylesheet.read_text(encoding="utf-8"),
            base_url=self._base,
            url_fetcher=self._fetcher,
            font_config=self._fonts,
        )

    def lay_out(self, html: str) -> bytes:
        """Return the chunk that a page of HTML becomes, packed. ForbiddenAddressError for what is not in `folders`."""
        rendered = self._rendered(html)
        targets = [target for page in rendered.pages for kind, target, _, _ in page.links if kind == "internal"]
        name = hashlib.sha256("\n".join(_anchors(rendered)).encode()).hexdigest()[:10]
        for page in rendered.pages:
            _find_numbers(page._page_box)
        painted = _paint(rendered)
        inside = extract(painted.pdf, painted.streams, painted.dictionary.number, name)
        outside = Outside(
            len(rendered.pages),
            _anchors(rendered),
            tuple(dict.fromkeys([*targets, *inside.open])),
            tuple(_bookmarks(rendered)),
            used(painted.fonts),
        )
        return pack(outside, inside)

    def embed(self, fonts: Mapping[str, Font]) -> Objects:
        """Return the fonts with just these glyphs; the first place after the shared ones is their dictionary."""
        found = {font.hash: font for font in _paint(self._rendered(specimen(fonts))).fonts}
        for name, font in fonts.items():
            found[name].widths = dict(sorted(font.widths.items()))
            found[name].to_unicode = dict(sorted(font.texts.items()))
        pdf = pydyf.PDF()
        ordered = {name: found[name] for name in sorted(fonts)}
        dictionary = weasyprint.pdf.build_fonts_dictionary(pdf, ordered, True, True, DEFAULT_OPTIONS)
        pdf.add_object(dictionary)
        extractor = Extractor(pdf, {})
        extractor.place(dictionary.number)
        return extractor.objects()

    def _rendered(self, html: str) -> Any:
        source = HTML(string=html, base_url=self._base, url_fetcher=self._fetcher)
        return source.render(font_config=self._fonts, stylesheets=[self._css])


def _anchors(rendered: Any) -> dict[str, tuple[int, float, float]]:
    anchors: dict[str, tuple[int, float, float]] = {}
    for index, page in enumerate(rendered.pages):
        for name, (x, y, _, _) in page.anchors.items():
            anchors.setdefault(name, (index, x * POINTS, (page.height - y) * POINTS))
    return anchors


def _bookmarks(rendered: Any) -> Iterator[Bookmark]:
    for index, page in enumerate(rendered.pages):
        for level, label, (x, y), _ in page.bookmarks:
            yield Bookmark(level, label, index, x * POINTS, (page.height - y) * POINTS)


# --- painting -------------------------------------------------------------------------------------------------------


@dataclass
class _Painted:
    """What comes of painting a laid out document: its PDF, the streams of its pages, its fonts and their dictionary."""

    pdf: Any = None
    streams: tuple[Any, ...] = ()
    fonts: tuple[Any, ...] = ()
    dictionary: Any = None


def _paint(rendered: Any) -> _Painted:
    """Return the objects of a laid out document, its faults mended."""
    painted = _Painted(dictionary=pydyf.Dictionary())
    numerals = _Numerals(weasyprint.draw.text.draw_first_line)
    tree = _Tree(weasyprint.pdf.add_tags, weasyprint.pdf.tags._build_box_tree)

    def keep_fonts(_pdf: Any, fonts: Mapping[int, Any], *_options: Any) -> Any:
        painted.fonts = tuple(fonts.values())
        return painted.dictionary

    def add_tags(pdf: Any, document: Any, version: Any, streams: list[Any]) -> None:
        painted.streams = tuple(streams)
        tree.add(pdf, document, version, streams)

    with ExitStack() as stack:
        for owner, name, value in (
            (pydyf.PDF, "page_references", property(_page_references)),
            (weasyprint.pdf, "resolve_links", _all_links),
            (weasyprint.pdf, "build_fonts_dictionary", keep_fonts),
            (weasyprint.pdf, "add_tags", add_tags),
            (weasyprint.pdf.tags, "_build_box_tree", tree.build),
            (weasyprint.draw.text, "draw_first_line", numerals.draw),
        ):
            stack.enter_context(_replaced(owner, name, value))
        painted.pdf = weasyprint.pdf.generate_pdf(rendered, None, 1, **{**DEFAULT_OPTIONS, "pdf_tags": True})
    return painted


def _page_references(pdf: Any) -> tuple[bytes, ...]:
    numbers = pdf.pages["Kids"][::3]
    known: tuple[bytes, ...] = pdf.__dict__.get("_page_references", ())
    if len(known) != len(numbers):
        known = tuple(f"{number} 0 R".encode("ascii") for number in numbers)
        pdf.__dict__["_page_references"] = known
    return known


def _all_links(pages: list[Any]) -> Iterator[tuple[list[Any], list[Any]]]:
    """Yield the links of each page; anchors are written by the merger.

    Generated boxes inside a link (dots and number of a directory) would each get an annotation of their own.
    """
    for page in pages:
        yield [link for link in page.links if link[3].element_tag == "a"], []


# --- numbers of pages -----------------------------------------------------------------------------------------------


def _find_numbers(page: Box) -> None:
    """Note at each text that prints the number of a page whose it is, and whether it keeps to the right edge."""
    for child in page.children:
        if isinstance(child, boxes.MarginBox) and child.at_keyword == PAGE_NUMBER:
            for box in child.descendants():
                if isinstance(box, boxes.TextBox) and box.text.isdigit():
                    box.open_page = ("", len(box.text), True)
    for box in _all_boxes(page):
        if isinstance(box, boxes.TextBox):
            _find_reference(box)


def _all_boxes(box: Box) -> Iterator[Box]:
    if isinstance(box, AbsolutePlaceholder):
        box = box._box
    yield box
    for child in box.all_children():
        yield from _all_boxes(child)


def _find_reference(box: Box) -> None:
    """A page is the text of a link of its own, „S. 00“, or ends a line of a directory."""
    element = box.element
    if element is None or element.tag != "a" or not box.text.endswith("0") or box.text.strip("S.\u00a00"):
        return
    listed = box.element_tag == "a::after" and element.get("data-page") == box.text
    if listed or element.get("class") == "page":
        box.open_page = (str(element.get("href"))[1:], len(box.text) - len(box.text.rstrip("0")), listed)


class _Numerals:
    """Paints texts in which the number of a page stands open."""

    def __init__(self, stock: Callable[..., Any]) -> None:
        self._stock = stock
        self._known: dict[tuple[str, str, str], tuple[tuple[str, ...], float]] = {}

    def draw(self, stream: Any, textbox: Box, text_overflow: str, block_ellipsis: str, matrix: Any) -> Any:
        """Paint a text as WeasyPrint does, then open its number."""
        start = len(stream.stream)
        emojis = self._stock(stream, textbox, text_overflow, block_ellipsis, matrix)
        if hasattr(textbox, "open_page") and len(stream.stream) > start:
            self._open(stream, textbox, start, matrix.values)
        return emojis

    def _open(self, stream: Any, textbox: Box, start: int, matrix: tuple[float, ...]) -> None:
        target, room, right = textbox.open_page
        shown = glyphs(stream.stream.pop())
        name, size = stream._current_font
        figure, gap = shown[-room]
        digits, unit = self._figures(stream, textbox, (name, figure, textbox.text[-room]))
        if any(glyph not in digits or behind != gap for glyph, behind in shown[-room:]):
            raise AssertionError(f"no tabular figures: {textbox.text}")
        place: tuple[float, ...] = ()
        if right:
            del stream.stream[start]  # the position of the text, which is written with the number
            place = matrix
        before = "".join(glyph + behind for glyph, behind in shown[:-room])
        unit -= float(gap.strip("><") or 0) / 1000
        figures = tuple(digit + gap for digit in digits)
        stream.stream.append(Open(Number(target, room, "[<" + before, figures, ">] TJ", unit * size, place)))

    def _figures(self, stream: Any, textbox: Box, key: tuple[str, str, str]) -> tuple[tuple[str, ...], float]:
        """Return the glyphs of all ten figures, which thereby enter the font, and their width at size 1."""
        if key not in self._known:
            layout, text = textbox.pango_layout, textbox.pango_layout.text
            layout.set_text("0123456789")
            scratch = stream.clone(tags=None)
            self._stock(scratch, textbox, "clip", "none", Matrix())
            layout.set_text(text)
            digits = tuple(glyph for glyph, _ in glyphs(scratch.stream[-1]))
            font = next(font for font in stream._fonts.values() if font.hash == key[0])
            widths = {font.widths[int(digit, 16)] for digit in digits}
            if len(digits) != 10 or len(widths) != 1:
                raise AssertionError(f"the figures of {font.family} are not ten of one width")
            self._known[key] = digits, widths.pop() / 1000
        return self._known[key]


# --- the structure tree ---------------------------------------------------------------------------------------------


class _Tree:
    """Builds the structure tree of one PDF."""

    def __init__(self, stock_add: Callable[..., None], stock_build: Callable[..., Iterator[Element]]) -> None:
        self._stock_add = stock_add
        self._stock_build = stock_build
        self._artifacts: dict[int, set[int]] = {}
        self._sources: dict[int, tuple[int, str, str]] = {}
        self._heights: list[float] = []
        self.notes = 0

    def add(self, pdf: Any, document: Any, version: Any, streams: list[Any]) -> None:
        """Add the tree, its fragments joined."""
        self._heights = [page.height for page in document.pages]
        self._stock_add(pdf, document, version, streams)
        Fragments(pdf, self._sources, self._artifacts).join()
        for page, mcids in self._artifacts.items():
            _make_artifacts(streams[page].stream, mcids)

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
            self._mend(box, element, parent, page)
            if box.element is not None:
                self._sources.setdefault(id(element), (id(box.element), box.element_tag, element["S"]))
            yield element

    def _mend(self, box: Box, element: Element, parent: Element, page: int) -> None:
        tag = box.element_tag if box.element is not None else ""
        if box.link_annotation:
            # Stock: the bare name of the anchor, and no mark that the link prints.
            box.link_annotation["Contents"] = OpenString(_words(box))
            box.link_annotation["F"] = PRINTED
        elif element["S"] == "/Link":
            element["S"] = "/Span"  # generated inside a link, not one of its own
        if element["S"] == "/Figure":
            _mend_bounds(element, self._heights[page])
        mend = _BY_TAG.get(tag)
        if mend:
            mend(box, element, parent, self)


def _make_artifacts(stream: list[Any], mcids: set[int]) -> None:
    """Turn the marked content of running and repeated heads into artifacts of the page."""
    for index, item in enumerate(stream):
        if isinstance(item, pydyf.Dictionary) and item.get("MCID") in mcids:
            stream[index - 1] = b"/Artifact"
            stream[index] = b"<</Type /Pagination>>"


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


def _mend_header(box: Box, element: Element, _parent: Element, _tree: _Tree) -> None:
    """Stock never writes the scope (upstream #2508)."""
    scope = SCOPES.get(box.element.get("scope", ""))
    if scope and element["S"] == "/TH":
        element["A"]["Scope"] = scope


def _mend_pair(_box: Box, element: Element, parent: Element, _tree: _Tree) -> None:
    """A pair of a description list, <dl><div><dt><dd>, is one item of it."""
    if parent["S"] == "/L":
        element["S"] = "/LI"


def _mend_term(box: Box, element: Element, parent: Element, _tree: _Tree) -> None:
    """Stock makes an item of its own of term and description, with a body inside."""
    if parent["S"] == "/LI":
        element["S"] = "/NonStruct"
    elif element["S"] == "/LI":
        element["S"] = "/Lbl" if box.element_tag == "dt" else "/LBody"


def _mend_span(box: Box, element: Element, _parent: Element, tree: _Tree) -> None:
    """Marks such as ●●○ say what they mean; a footnote is a note, which needs an ID."""
    label = box.element.get("aria-label")
    if label:
        element["Alt"] = pydyf.String(label)
    if box.element.get("class") == "footnote" and box.element_tag == "span" and isinstance(box, boxes.BlockBox):
        tree.notes += 1
        element["S"] = "/Note"
        element["ID"] = pydyf.String(f"note-{tree.notes}")


_BY_TAG: dict[str, Callable[[Box, Element, Element, _Tree], None]] = {
    "th": _mend_header,
    "div": _mend_pair,
    "dt": _mend_term,
    "dd": _mend_term,
    "span": _mend_span,
}
