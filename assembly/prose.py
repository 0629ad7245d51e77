"""Prose: parsed Markdown as pandoc's AST (the JSON form), and the few ways in which we look into it.

A block or inline is `{"t": kind, "c": content}` as pandoc-types 1.23 defines it, plus one inline of our own:
`{"t": "Ref", "c": Ref}`, a resolved cross-reference (see `assembly.document.Ref`). Values are never changed in place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from operator import is_
from typing import Any, TypeVar

Node = dict[str, Any]
Nodes = list[Node]
S = TypeVar("S", bound=Sequence[Any])

# Inlines that only hold other inlines, and where in `c` those stand (None: `c` itself).
CONTAINERS: dict[str, int | None] = {
    "Emph": None,
    "Strong": None,
    "Underline": None,
    "Strikeout": None,
    "Superscript": None,
    "Subscript": None,
    "SmallCaps": None,
    "Quoted": 1,
    "Span": 1,
    "Link": 1,
}


LANGUAGE = re.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")  # the forms of BCP 47 that occur: en, cs, de-AT


def text_inlines(text: str) -> Nodes:
    """Return plain text as inlines, spaces as pandoc has them."""
    inlines: Nodes = []
    for word in re.split("([ \n]+)", text):
        if word:
            inlines.append({"t": "Space"} if word[0] in " \n" else {"t": "Str", "c": word})
    return inlines


def paragraph(inlines: Nodes) -> Node:
    """Return a paragraph of these inlines."""
    return {"t": "Para", "c": inlines}


def bullet_list(items: Sequence[Nodes]) -> Node:
    """Return a bullet list; each item is a list of inlines."""
    return {"t": "BulletList", "c": [[{"t": "Plain", "c": item}] for item in items]}


GAP, RANDNUMMER = "fehlt", "randnummer"  # what a passage of a sheet may be


def passage(what: str, inlines: Nodes, anchor: str = "") -> Node:
    """Return inlines that say that something is missing, or where it belongs: a number with its anchor."""
    return {"t": "Span", "c": [[anchor, [what], []], inlines]}


def attributes(node: Node) -> tuple[str, list[str], dict[str, str]]:
    """Return id, classes and key-values of a Div, Header, Span, Link, Image or Code."""
    content = node["c"]
    attr = content[1] if node["t"] == "Header" else content[0]
    return attr[0], attr[1], dict(attr[2])


def nodes(tree: Any, *kinds: str) -> Iterator[Node]:
    """Yield every node below `tree`, notes included, in reading order; only those of `kinds`, where any are named."""
    todo = [tree]
    while todo:
        item = todo.pop()
        if type(item) is list:
            todo += item[::-1]
        elif type(item) is dict and "t" in item:
            if not kinds or item["t"] in kinds:
                yield item
            if type(content := item.get("c")) in (list, dict):  # else a text, or a Ref
                todo.append(content)


def rewrite(tree: Any, change: Callable[[Node], Nodes | None]) -> Any:
    """Return `tree` with those nodes replaced that `change` replaces; where it returns None, the node is walked into.

    What stays as it was is not copied.
    """
    if type(tree) is not list:
        return tree
    written: list[Any] = []
    for item in tree:
        if type(item) is dict and "t" in item:
            replaced = change(item)
            if replaced is None:
                written.append(_inside(item, change))
            else:
                written += replaced
        else:
            written.append(rewrite(item, change))
    return unless_same(tree, written)


def unless_same(items: S, written: S) -> S:
    """Return what was written anew, or the old items where it holds the very same: most texts stay as they were."""
    return items if len(items) == len(written) and all(map(is_, items, written)) else written


def _inside(node: Node, change: Callable[[Node], Nodes | None]) -> Node:
    if "c" not in node or node["t"] == "Ref":
        return node
    content = rewrite(node["c"], change)
    return node if content is node["c"] else {**node, "c": content}


def plain(tree: Any) -> str:
    """Return the text of inlines or blocks without markup and notes; references as they print without page."""
    return re.sub(" +", " ", "".join(_words(tree))).strip()


_BLANKS = ("Space", "SoftBreak", "LineBreak")


def _leaf(kind: str, content: Any) -> str | None:
    """Return the words of an inline that holds no others, or None where there is more to walk into."""
    if kind in _BLANKS:
        return " "
    words = {"Str": content, "Note": ""}.get(kind)
    if kind == "Code":
        words = content[1]
    elif kind == "Ref":
        words = content.text
    return words


def _words(tree: Any) -> Iterator[str]:
    if isinstance(tree, list):
        for item in tree:
            yield from _words(item)
    elif isinstance(tree, dict):
        kind, content = tree["t"], tree.get("c")
        if (words := _leaf(kind, content)) is not None:
            yield words
        elif kind == "Quoted" and content:
            opening, closing = quotation_marks(content[0]["t"])
            yield opening
            yield from _words(content[1])
            yield closing
        else:
            yield " " if kind in ("Para", "Plain", "Header") else ""
            yield from _words(content)


def quotation_marks(kind: str) -> tuple[str, str]:
    """Return the German marks for pandoc's `DoubleQuote` or `SingleQuote`."""
    return ("„", "“") if kind == "DoubleQuote" else ("‚", "‘")
