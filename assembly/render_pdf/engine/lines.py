"""Lines: what is laid out again at the same width is moved, not made anew.

WeasyPrint tries columns at several heights before it takes one, looks ahead over the end of a page and lays the rest
out again on the next. Each time it breaks the same text into the same lines, which is most of what a layout costs.
"""

from __future__ import annotations

from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline

Box = Any
Place = Any  # where a text goes on: the skip stack of WeasyPrint

# Texts that were asked for lines while this page was laid out, and the one before: by identity, held so that it lasts.
_asked: dict[int, Box] = {}
_asked_before: dict[int, Box] = {}

_PLAIN = frozenset({boxes.TextBox, boxes.InlineBox, boxes.LineBox})


def _next_line(
    context: Any,
    linebox: Box,
    position_y: float,
    bottom_space: float,
    skip_stack: Place,
    containing_block: Box,
    *more: Any,
) -> tuple[Box | None, Place]:
    """Return the next line of a text and where the text goes on, as `get_next_linebox` does.

    Lines beside floats, with a style of their own for the first one, or with more in them than text are left to stock.
    """
    *_, letter_style, line_style = more

    def made() -> tuple[Box | None, Place]:
        return _stock(  # type: ignore[no-any-return]  # it ships no types
            context, linebox, position_y, bottom_space, skip_stack, containing_block, *more
        )

    if context.excluded_shapes or letter_style or line_style or not _is_plain(linebox):
        return made()
    key = (repr(skip_stack), containing_block.width, linebox.text_indent)
    known = linebox.__dict__.setdefault("_lines", {})
    _asked[id(linebox)] = linebox
    x = containing_block.content_box_x()
    if key in known:
        line, resume_at, old_x, old_y = known[key]
        return _moved(line, x - old_x, position_y - old_y), resume_at
    line, resume_at = made()
    if line is not None:
        line.__dict__.pop("_lines", None)  # which would hold itself, and wait for a sweep to be let go
        known[key] = _moved(line, 0, 0), resume_at, x, position_y
    return line, resume_at


def forget_lines() -> None:
    """Let go of the lines of texts that this page did not ask for: they stand on the pages before."""
    for key, linebox in _asked_before.items():
        if key not in _asked:
            linebox.__dict__.pop("_lines", None)
    _asked_before.clear()
    _asked_before.update(_asked)
    _asked.clear()


def forget_all_lines() -> None:
    """Let go of all lines: the layout has ended."""
    forget_lines()
    forget_lines()


def _is_plain(box: Box) -> bool:
    known: bool | None = box.__dict__.get("_plain")
    if known is None:
        known = type(box) in _PLAIN and box.style["position"] == "static" and not box.is_leader
        known = known and (type(box) is boxes.TextBox or all(map(_is_plain, box.children)))
        box.__dict__["_plain"] = known
    return known


def _moved(box: Box, dx: float, dy: float) -> Box:
    """Return a copy, for the same text may stand twice: the head of a table on every page it goes over."""
    copy = box.copy()
    copy.position_x += dx
    copy.position_y += dy
    if type(box) is not boxes.TextBox:
        copy.children = [_moved(child, dx, dy) for child in box.children]
    return copy


def _handle_leader(context: Any, line: Box, containing_block: Box) -> None:
    """Fill a line with dots where it has any: stock looks for them at all ends of each line."""
    if not line.__dict__.get("_plain"):
        _stock_leader(context, line, containing_block)


_stock = inline.get_next_linebox
_stock_leader = inline.handle_leader


REPLACED: list[tuple[Any, str, Any]] = [
    (inline, "get_next_linebox", _next_line),
    (inline, "handle_leader", _handle_leader),
]
