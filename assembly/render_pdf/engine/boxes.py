"""Boxes: what is asked of them most often, answered in one go or once for a style. The pages stay the same (#578)."""

from __future__ import annotations

import sys
from typing import Any

import weasyprint.layout.background
import weasyprint.layout.block
import weasyprint.layout.inline
import weasyprint.layout.percent
from weasyprint.draw.color import get_color
from weasyprint.formatting_structure import boxes

Style = Any  # the computed values of an element, a dict that fills itself
Box = Any

_FLOATING = ("left", "right", "inline-start", "inline-end", "footnote")
_ABSOLUTE = ("absolute", "fixed")


# --- where a box stands ---------------------------------------------------------------------------------------------


def _is_in_normal_flow(box: Box) -> bool:
    """Tell what stock finds out by five calls."""
    position = box.style["position"]
    return (
        box.style["float"] not in _FLOATING and position not in _ABSOLUTE and position[0] not in ("running()", "note()")
    )


def _establishes_formatting_context(box: Box) -> bool:
    """Tell what stock finds out by two calls and four looks at the kind of box."""
    style = box.style
    if box.is_column or style["position"] in _ABSOLUTE or style["float"] in _FLOATING[:4]:
        return True
    if isinstance(box, boxes.BlockContainerBox) and (
        style["overflow"] != "visible" or not isinstance(box, boxes.BlockBox)
    ):
        return True
    return "flow-root" in style["display"]


def _page_values(box: Box) -> tuple[Any, Any]:
    """Return the names of the pages on which a box begins and ends, asking no more of its children than it must."""
    page = box.style["page"]
    first = next(filter(_takes_part, box.children), None)
    if first is None:
        return page, page
    last = next(filter(_takes_part, reversed(box.children)))
    begin, end = first.page_values()
    if last is not first:
        _, end = last.page_values()
    return begin or page, end or page


def _takes_part(box: Box) -> bool:
    return bool(box.is_in_normal_flow() or box.is_floated())


def _collapse_margin(margins: list[float]) -> float:
    """Return the margin that several become, without three lists."""
    highest = lowest = 0.0
    for margin in margins:
        if margin > highest:
            highest = margin
        elif margin < lowest:
            lowest = margin
    return highest + lowest


def _relative_positioning(box: Box, containing_block: Any) -> None:
    """Move boxes that are moved from their places; stock asks each text of a line too."""
    if box.style["position"] == "relative":
        _stock_relative(box, containing_block)
    elif isinstance(box, boxes.InlineBox | boxes.LineBox):
        for child in box.children:
            if child.children or child.style["position"] == "relative":
                weasyprint.layout.block.relative_positioning(child, containing_block)


_stock_relative = weasyprint.layout.block.relative_positioning


def _avoid_collisions(context: Any, box: Box, around: Box, outer: bool = True) -> tuple[float, float, float]:
    """Return place and room of a line; where nothing floats there is nothing to avoid."""
    if context.excluded_shapes or not outer or box.style["float"] != "none" or around.style["direction"] != "ltr":
        place: tuple[float, float, float] = _stock_avoid(context, box, around, outer)
        return place
    left = around.content_box_x()
    return left, box.position_y, left + around.width - left


_stock_avoid = weasyprint.layout.inline.avoid_collisions

# Cells of a column, which stock finds to paint its background: ours have none, and a table that its columns hold is let
# go of late.
_NO_CELLS = property(lambda _column: list, lambda _column, _cells: None)


# --- lengths --------------------------------------------------------------------------------------------------------

_SIDES = ("top", "right", "bottom", "left")
_LENGTHS = (
    *(f"{kind}_{side}" for kind in ("margin", "padding") for side in ("left", "right", "top", "bottom")),
    *("width", "min_width", "max_width", "height", "min_height", "max_height"),
)
_BORDERS = tuple(f"border_{side}_width" for side in _SIDES)
_RADII = tuple(f"border_{corner}_radius" for corner in ("top_left", "top_right", "bottom_right", "bottom_left"))
_SQUARE = dict.fromkeys(_RADII, (0, 0))


def _resolve_percentages(box: Box, containing_block: Any) -> None:
    """Set the lengths of a box; those of a style without percentages are found out once."""
    lengths = _lengths(box.style)
    if lengths is None:
        _stock_resolve(box, containing_block)
        return
    box.__dict__.update(lengths)
    if box.style["border_collapse"] == "collapse":
        for name in _BORDERS:
            if not hasattr(box, name):
                setattr(box, name, box.style[name])
    else:
        for name in _BORDERS:
            setattr(box, name, box.style[name])
    if box.style["box_sizing"] != "content-box":
        weasyprint.layout.percent.adjust_box_sizing(box, "width")
        weasyprint.layout.percent.adjust_box_sizing(box, "height")


def _lengths(style: Style) -> dict[str, Any] | None:
    """Return the lengths of a style, None where one depends on the box around."""
    try:
        known: dict[str, Any] | None = style.__dict__["_lengths"]
    except KeyError:
        known = {}
        for name in _LENGTHS:
            value = style[name]
            if value == "auto":
                known[name] = 0 if name in ("min_width", "min_height") else "auto"
            elif getattr(value, "unit", None) == "px":
                known[name] = value.value
            else:
                known = None
                break
        style.__dict__["_lengths"] = known
    return known


_stock_resolve = weasyprint.layout.percent.resolve_percentages
_RESOLVERS = [
    module
    for name, module in list(sys.modules.items())
    if name.startswith("weasyprint.layout") and getattr(module, "resolve_percentages", None) is _stock_resolve
]


# --- backgrounds ----------------------------------------------------------------------------------------------------


def _layout_backgrounds(page: Box, box: Box, get_image: Any, layout_children: bool = True, style: Any = None) -> None:
    """Lay out the backgrounds of a box and of those in it; most styles have none, which is found out once."""
    if style is not None or box is page or not layout_children or not _is_bare(box.style):
        _stock_backgrounds(page, box, get_image, layout_children, style)
        return
    box.__dict__.update(_SQUARE)
    for child in box.all_children():
        weasyprint.layout.background.layout_box_backgrounds(page, child, get_image)
    box.background = None


def _is_bare(style: Style) -> bool:
    """Tell whether a style draws nothing behind its box, and has no round corners."""
    known: bool | None = style.__dict__.get("_bare")
    if known is None:
        known = style.__dict__["_bare"] = (
            all((0, "px") in style[name] for name in _RADII)
            and all(style[name][0] == "none" for name in ("border_image_source", "mask_border_source"))
            and all(kind == "none" for kind, _ in style["background_image"])
            and not style["box_shadow"]
            and get_color(style, "background_color").alpha == 0
        )
    return known


_stock_backgrounds = weasyprint.layout.background.layout_box_backgrounds


REPLACED: list[tuple[Any, str, Any]] = [
    (boxes.Box, "is_in_normal_flow", _is_in_normal_flow),
    (boxes.Box, "establishes_formatting_context", _establishes_formatting_context),
    (boxes.ParentBox, "page_values", _page_values),
    (boxes.TableColumnBox, "get_cells", _NO_CELLS),
    (weasyprint.layout.block, "collapse_margin", _collapse_margin),
    (weasyprint.layout.block, "relative_positioning", _relative_positioning),
    (weasyprint.layout.inline, "avoid_collisions", _avoid_collisions),
    (weasyprint.layout.background, "layout_box_backgrounds", _layout_backgrounds),
    *((module, "resolve_percentages", _resolve_percentages) for module in _RESOLVERS),
]
