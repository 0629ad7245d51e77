"""Ahead: where a figure or a table has no room on a page any more, the text after it goes ahead of it.

Stock leaves the rest of the page empty. What goes ahead is of the same section, and neither figures nor tables pass
each other: they stay in the order of their numbers. Boxes change places before they are laid out, as a typesetter
would move them, so what is read aloud follows what is printed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import weasyprint.layout.block as stock
from weasyprint.layout.block import block_level_page_break, remove_placeholders

from assembly.render_pdf.engine.stock import replaced

Box = Any  # a box of WeasyPrint's layout
Layout = Any  # what a child has become: abort, stop, where to go on, position, margins, next page, children, lines


@contextmanager
def filling() -> Iterator[None]:
    """Let text go ahead inside."""
    with replaced(stock, "_in_flow_layout", _in_flow_layout):
        yield


def _in_flow_layout(context: Any, box: Box, index: int, child: Box, placed: list[Box], *more: Any) -> Layout:
    """Lay out a child of a box; or, where that has to wait for the next page, the one after it in its place."""
    own = box.children[index]
    if own is not child:  # they have changed places since the caller took the list
        own.position_x, own.position_y = child.position_x, child.position_y
        child = own
    after = _next(box, index) if placed and _waits(child) else None
    if after is None:
        return _stock(context, box, index, child, placed, *more)
    place = child.position_x, child.position_y
    page_is_empty, absolute, fixed, margins, *rest = more
    first = [*margins]  # the layout adds to them
    result = _stock(context, box, index, child, placed, page_is_empty, absolute, fixed, first, *rest)
    if result[2] != {index: None} or result[6] is not placed:  # it has room, or is bound to what is before
        return result
    after.position_x, after.position_y = place
    ahead = _stock(context, box, index, after, [*placed], page_is_empty, absolute, fixed, [*margins], *rest)
    fresh = ahead[6][len(placed) :]
    if not fresh or (ahead[2] is not None and not _is(after, "prose")):  # tables do not go ahead in parts
        remove_placeholders(context, fresh, absolute, fixed)
        return result
    box.children = [*box.children[:index], after, child, *box.children[index + 2 :]]
    return ahead


def _waits(child: Box) -> bool:
    """Tell whether a child is a figure or a table; a sheet keeps the order of its parts."""
    return (child.element_tag == "figure" or _is(child, "table")) and not child.style["page"].startswith("sheet")


def _next(box: Box, index: int) -> Box | None:
    """Return what may go ahead of a child: text that does not lead on to what follows it; of a figure a table too."""
    child, *following = box.children[index : index + 2]
    if not following:
        return None
    after = following[0]
    if not _is(after, "prose") and (child.element_tag != "figure" or not _is(after, "table")):
        return None
    return None if block_level_page_break(after, child) in ("avoid", "avoid-page") else after


def _is(child: Box, kind: str) -> bool:
    return child.element_tag == "div" and kind in child.element.get("class", "").split()


_stock = stock._in_flow_layout
