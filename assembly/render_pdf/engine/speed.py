"""Speed: what WeasyPrint does more often than it must is done once. The pages stay the same to the byte (#578).

Found by profiling a book of 160 pages: no single function is slow, so each of these takes off a few per cent. Together
they halve the time of a chunk.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from xml.etree import ElementTree

import tinyhtml5
import weasyprint.css
import weasyprint.html
from tinycss2 import serialize
from weasyprint import CSS
from weasyprint.css.computed_values import PHYSICAL_FUNCTIONS
from weasyprint.css.counters import CounterStyle
from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES

from assembly.render_pdf.engine.boxes import REPLACED as BOXES
from assembly.render_pdf.engine.lines import REPLACED as LINES
from assembly.render_pdf.engine.shaping import REPLACED as SHAPING
from assembly.render_pdf.engine.stock import replaced

SHARED = 4000  # styles that are kept for chunks to come

Style = Any  # the computed values of an element, a dict that fills itself


@contextmanager
def fast() -> Iterator[None]:
    """Lay out and paint faster inside."""
    with ExitStack() as stack:
        for owner, name, value in _REPLACED:
            stack.enter_context(replaced(owner, name, value))
        yield


# --- parsing --------------------------------------------------------------------------------------------------------

_VOID = re.compile(r"<(meta|link|br|hr|img|col)\b([^>]*?)/?>")  # our templates write > inside attributes as &gt;


def _parse(file: Any, **options: Any) -> ElementTree.Element:
    """Return the tree of HTML that our templates have written, which is all but XML; of other HTML as WeasyPrint does.

    The parser of HTML is written in Python, the one of XML in C.
    """
    text = file.read() if hasattr(file, "read") else file
    content = text.decode() if isinstance(text, bytes) else text
    try:
        return ElementTree.fromstring(_VOID.sub(r"<\1\2/>", content.removeprefix("<!doctype html>")))
    except ElementTree.ParseError:
        return _stock_parse(text, **options)  # type: ignore[no-any-return]  # it ships no types


_stock_parse = tinyhtml5.parse


# --- styles ---------------------------------------------------------------------------------------------------------

# Stock gives each element markers and calls of notes, six styles that nearly none of them ever shows.
_MARKERS = re.compile(r"^::(marker|footnote-call|footnote-marker|note-call|note-marker|note-callback)", re.MULTILINE)
_SHEET = CSS(
    string=_MARKERS.sub(lambda rule: ("li" if rule[1] == "marker" else ".footnote") + rule[0], weasyprint.html.UA),
    counter_style=CounterStyle(),
)


def _own_sheets(_html: Any, forms: bool = False) -> list[Any]:
    assert not forms
    return [_SHEET]


_SIDES = ("top", "right", "bottom", "left")

# What a box hands down where no rule says more; decoration of text and kind of page too, which are not inherited.
_ALSO = ("page", *(name for name in INITIAL_VALUES if name.startswith("text_decoration_")))
_HANDED_DOWN = tuple(sorted({*INHERITED, *_ALSO} & INITIAL_VALUES.keys()))
_FLOW = {name: INITIAL_VALUES[name] for name in ("position", "float", "display")}
_INITIAL = {
    name: value
    for name, value in sorted(INITIAL_VALUES.items())
    if name not in _HANDED_DOWN and name not in _FLOW and name not in INITIAL_NOT_COMPUTED
}
_EDGES = [(f"{edge}_style", f"{edge}_width") for edge in ("outline", *(f"border_{side}" for side in _SIDES))]
_LOGICAL = frozenset(
    function(block="ttb", inline=inline) for function in PHYSICAL_FUNCTIONS.values() for inline in ("ltr", "rtl")
)


def _style(style: Style, parent_style: Style | None, cascaded: dict[str, Any], *more: Any) -> None:
    """Fill a style with what no rule sets, inherited or initial: stock finds each value by itself, after many tests."""
    _stock_style(style, parent_style, cascaded, *more)
    if parent_style is None:
        return
    style.update(_INITIAL)
    style.update(_inherited(parent_style))
    if "position" not in cascaded and "float" not in cascaded:  # else each depends on the other
        style.update(_FLOW)
        style.specified.update(position=_FLOW["position"], float=_FLOW["float"])
    for style_name, width in _EDGES:
        if style_name not in cascaded and width not in cascaded:
            style[width] = 0  # no edge is drawn unless a rule says how
    for name in cascaded:
        style.pop(name, None)
    if not _LOGICAL.isdisjoint(cascaded):
        for name in PHYSICAL_FUNCTIONS:
            style.pop(name, None)


def _anonymous(style: Style, parent_style: Style) -> None:
    """Fill the style of a box that no rule knows."""
    _stock_anonymous(style, parent_style)
    style.update({**_INITIAL, **_FLOW, **_inherited(parent_style)})


def _inherited(style: Style) -> dict[str, Any]:
    """Return what a style hands down, found once for all its children."""
    known: dict[str, Any] | None = style.__dict__.get("_inherited")
    if known is None:
        known = style.__dict__["_inherited"] = {name: style[name] for name in _HANDED_DOWN}
    return known


def _share_style(
    styles: Any,
    element: Any,
    parent: Any,
    root: Any = None,
    pseudo_type: str | None = None,
    base_url: str | None = None,
    target_collector: Any = None,
) -> None:
    """Give an element the style of one before it, in whatever chunk, that has the same rules and the same above it.

    Stock does so within a document, and not below elements with a name. Styles of generated boxes are written to
    later, so each has its own; what is written to those of pages and their margins is always the same.
    """
    if pseudo_type and not pseudo_type.startswith("@"):
        _stock_set(styles, element, parent, root, pseudo_type, base_url, target_collector)
        return
    computed = styles.get_computed_styles()
    above = styles.font_config if parent is None else computed[parent, None].__dict__["_kin"]
    cascaded = styles.get_cascaded_styles().get((element, pseudo_type), {})
    rules = (
        (name, _named(name, value), *weight[:2], *weight[2])
        for name, (value, weight) in cascaded.items()
        if name not in _OWN
    )
    key = (above, pseudo_type, base_url, *rules)
    known = _styles.get(key)
    if known is None:
        _stock_set(styles, element, parent, root, pseudo_type, base_url, target_collector)
        if len(_styles) == SHARED:
            _styles.clear()
        style = _styles[key] = computed[element, pseudo_type]
        style.__dict__["_kin"] = object()
        return
    style = computed[element, pseudo_type] = known
    if any(name in cascaded or name in known.cascaded for name in _OWN):
        style = computed[element, pseudo_type] = _relative(known, cascaded)
    if target_collector and style["anchor"]:
        target_collector.collect_anchor(style["anchor"])


def _relative(known: Style, cascaded: dict[str, Any]) -> Style:
    """Return a style that is like the known one, but for what an element has for itself."""
    style = weasyprint.css.ComputedStyle.__new__(weasyprint.css.ComputedStyle)
    style.__dict__.update(known.__dict__)
    style.__dict__.pop("anonymous_style", None)
    style.specified = known.specified.copy()
    style.cascaded = cascaded
    style.update(known)
    for name in _OWN:
        style.pop(name, None)
    return style


def _named(name: str, value: Any) -> Any:
    """Return what tells a value of a rule from others: those of attributes are read anew in each chunk."""
    if name.startswith("__"):
        return serialize(getattr(value, "tokens", value))
    try:
        hash(value)
    except TypeError:
        return id(value)  # whoever keeps the style keeps the value
    return value


_OWN = ("anchor", "link")  # from attributes, and not inherited
_styles: dict[tuple[Any, ...], Style] = {}
_stock_set = weasyprint.css.StyleFor.set_computed_styles
_stock_style = weasyprint.css.ComputedStyle.__init__
_stock_anonymous = weasyprint.css.AnonymousStyle.__init__


_REPLACED: list[tuple[Any, str, Any]] = [
    (tinyhtml5, "parse", _parse),
    (weasyprint.HTML, "_ua_stylesheets", _own_sheets),
    (weasyprint.css.StyleFor, "set_computed_styles", _share_style),
    (weasyprint.css.ComputedStyle, "__init__", _style),
    (weasyprint.css.AnonymousStyle, "__init__", _anonymous),
    *BOXES,
    *LINES,
    *SHAPING,
]
