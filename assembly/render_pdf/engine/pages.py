"""Pages: laid out one after the other, so that whoever takes one can let go of it before the next is made (#578).

Stock lays out all pages before it gives the first one away, since a page could print how many there are or where
another part of the document stands. Ours print neither: the merger fills such numbers in.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from weasyprint import CSS, DEFAULT_OPTIONS, HTML
from weasyprint.css.counters import CounterStyle
from weasyprint.document import Document, Page
from weasyprint.formatting_structure.build import build_formatting_structure
from weasyprint.layout import initialize_page_maker
from weasyprint.layout.background import layout_backgrounds
from weasyprint.layout.page import make_all_pages, make_margin_boxes
from weasyprint.text.fonts import FontConfiguration

from assembly.render_pdf.engine.lines import forget_all_lines, forget_lines

Context = Any  # weasyprint.layout.LayoutContext
Box = Any  # a box of WeasyPrint's layout


def laid_out(html: HTML, stylesheets: Sequence[CSS], fonts: FontConfiguration) -> Iterator[Page]:
    """Yield the pages of a document, without boxes that are fixed on all of them."""
    counters = CounterStyle()
    options = {**DEFAULT_OPTIONS, "stylesheets": stylesheets}
    context = Document._build_layout_context(html, fonts, counters, {}, options)
    root = build_formatting_structure(
        html.etree_element,
        context.style_for,
        context.get_image_from_uri,
        html.base_url,
        context.target_collector,
        counters,
        context.footnotes,
    )
    initialize_page_maker(context, root)
    marked: set[tuple[Any, str]] = set()
    try:
        for number, page in enumerate(make_all_pages(context, root, html, []), start=1):
            _note_names(page, number, context, marked)
            _finish(page, number, context)
            yield Page(page)
            forget_lines()
    finally:
        # The context holds all of the layout, and is held by it: left to the sweeper, the memory is free much later,
        # and freeing it takes a tenth of the time of the layout.
        vars(context).clear()
        forget_all_lines()


def _note_names(page: Box, number: int, context: Context, marked: set[tuple[Any, str]]) -> None:
    """Note the words for running heads, and leave each element one bookmark, where it begins (#1145)."""
    for box in page.descendants():
        if box.bookmark_label:
            source = (box.element, box.element_tag)
            if source in marked:
                box.bookmark_label = ""
            marked.add(source)
        if box.string_set and box.string_set != "none":
            for name, text in box.string_set:
                context.string_set[name][number].append(text)


def _finish(page: Box, number: int, context: Context) -> None:
    """Put head, foot and backgrounds on a page."""
    root, *areas = page.children
    context.current_page = number
    state = context.page_maker[number][3]
    noted = (area for area in areas if area.children)
    page.children = (root, *noted, *make_margin_boxes(context, page, state))
    layout_backgrounds(page, context.get_image_from_uri)
