"""Paint: laid out pages → objects of a PDF, with fonts left out, links kept, and numbers of pages left open.

Stock paints all pages and then builds the structure tree of all; here each page is done before the next is laid out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pydyf
import weasyprint.draw.text
from weasyprint.document import Page
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.matrix import Matrix
from weasyprint.pdf import _use_references
from weasyprint.pdf.anchors import add_links
from weasyprint.pdf.stream import Stream

from assembly.render_pdf.chunk import Number, Segment
from assembly.render_pdf.engine.stock import replaced
from assembly.render_pdf.engine.tree import POINTS, Tree
from assembly.render_pdf.extract import Open, segments
from assembly.render_pdf.marks import glyphs, number

PAGE_NUMBER = "@bottom-right"  # the margin box that prints it

Box = Any  # a box of WeasyPrint's layout


class Painter:
    """Paints pages into one PDF. `contents`: what each page shows, by the number of that object."""

    def __init__(self) -> None:
        self.pdf = pydyf.PDF()
        self.tree = Tree()
        self.contents: dict[int, tuple[Segment, ...]] = {}
        self.fonts: dict[Any, Any] = {}
        self.font_dictionary = pydyf.Dictionary()
        self.pdf.add_object(self.font_dictionary)
        kinds = ("ExtGState", "XObject", "Pattern", "Shading", "ColorSpace")
        self._resources = pydyf.Dictionary({kind: pydyf.Dictionary() for kind in kinds})
        self._resources["Font"] = self.font_dictionary.reference
        self.pdf.add_object(self._resources)
        self._images: dict[str, Any] = {}
        self._numerals = _Numerals(weasyprint.draw.text.draw_first_line)

    def paint(self, page: Page) -> None:
        """Paint a page."""
        find_numbers(page._page_box)
        marked: dict[Box, Any] = {}
        width, height = page.width * POINTS, page.height * POINTS
        area = (0, 0, page.width, page.height)
        stream = Stream(self.fonts, area, self._resources, self._images, marked, {}, None, compress=True)
        stream.transform(d=-1, f=height)
        self.pdf.add_object(stream)
        edges = pydyf.Array([0, 0, width, height])
        painted = pydyf.Dictionary(
            {
                "Type": "/Page",
                "Parent": self.pdf.pages.reference,
                "MediaBox": edges,
                "Contents": stream.reference,
                "Resources": self._resources.reference,
                "Tabs": "/S",
                "TrimBox": edges,
                "BleedBox": edges,
            }
        )
        self.pdf.add_page(painted)
        # Generated boxes inside a link (dots and number of a directory) would each get an annotation of their own.
        links = [link for link in page.links if link[3].element_tag == "a"]
        add_links((links, []), Matrix(POINTS, 0, 0, -POINTS, 0, height), self.pdf, painted, [], marked)
        page.paint(stream, POINTS)
        self.tree.add_page(page, marked)
        self.contents[stream.number] = segments(stream.stream)
        stream.stream.clear()

    def finish(self) -> None:
        """Add what the pages share."""
        _use_references(self.pdf, self._resources, self._images, {})


@contextmanager
def painting() -> Iterator[Painter]:
    """Give a painter, which paints inside."""
    painter = Painter()
    with (
        replaced(weasyprint.draw.text, "draw_first_line", painter._numerals.draw),
        replaced(pydyf, "_to_bytes", written),
    ):
        yield painter


def written(item: Any) -> bytes:
    """Return a number or another item as pydyf writes it, but what is whole to six decimals as a whole number.

    Stock writes 194 and 194.00000000000003 differently; lines that were moved (`lines`) are that far off.
    """
    return number(item) if isinstance(item, float) else _stock_written(item)


_stock_written = pydyf._to_bytes


# --- numbers of pages -----------------------------------------------------------------------------------------------


def find_numbers(page: Box) -> None:
    """Note at each text that prints the number of a page whose it is, and whether it keeps to the right edge.

    The dots before it become one text.
    """
    for child in page.children:
        if isinstance(child, boxes.MarginBox) and child.at_keyword == PAGE_NUMBER:
            for box in child.descendants():
                if isinstance(box, boxes.TextBox) and box.text.isdigit():
                    box.open_page = ("", len(box.text), True)
    for box in _all_boxes(page):
        if isinstance(box, boxes.TextBox):
            _find_reference(box)
        elif box.is_leader:
            _set_as_one(box)


def _all_boxes(box: Box) -> Iterator[Box]:
    if isinstance(box, AbsolutePlaceholder):
        box = box._box
    yield box
    for child in box.all_children():
        yield from _all_boxes(child)


def _set_as_one(leader: Box) -> None:
    """Make one text of the dots that lead to a page: stock has a text for each, six thousand in a short book."""
    if leader.children:
        first, *more = leader.children
        first.more_places = [dots.position_x for dots in more]
        leader.children = (first,)


def _find_reference(box: Box) -> None:
    """A page is the text of a link of its own, „S. 00“, or ends a line of a directory."""
    element = box.element
    if element is None or element.tag != "a" or not box.text.endswith("0") or box.text.strip("S.\u00a00"):
        return
    listed = box.element_tag == "a::after" and element.get("data-page") == box.text
    if listed or element.get("class") == "page":
        box.open_page = (str(element.get("href"))[1:], len(box.text) - len(box.text.rstrip("0")), listed)


class _Numerals:
    """Paints texts in which the number of a page stands open, and the dots that lead to it."""

    def __init__(self, stock: Callable[..., Any]) -> None:
        self._stock = stock
        self._known: dict[tuple[str, str, str], tuple[tuple[str, ...], float]] = {}

    def draw(self, stream: Any, textbox: Box, text_overflow: str, block_ellipsis: str, matrix: Any) -> Any:
        """Paint a text as WeasyPrint does, then open its number, or paint it in all its places."""
        start = len(stream.stream)
        emojis = self._stock(stream, textbox, text_overflow, block_ellipsis, matrix)
        if hasattr(textbox, "open_page") and len(stream.stream) > start:
            self._open(stream, textbox, start, matrix.values)
        if hasattr(textbox, "more_places"):
            shown, (*shape, _, y) = stream.stream[-1], matrix.values
            for x in textbox.more_places:
                stream.set_text_matrix(*shape, x, y)
                stream.stream.append(shown)
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
            place = tuple(round(value, 6) for value in matrix)  # see `written`
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
