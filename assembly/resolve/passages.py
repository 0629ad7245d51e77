"""Passages: the words that editors have typed, ready to be searched. Plan → Passage after Passage.

A passage is one paragraph, heading, list item or cell of a Markdown text, or one line of plain words. Code and
references are no words: an object replacement character stands in their place, so that no two words are joined.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from assembly.diagnostics import Place
from assembly.mentions import TOKEN
from assembly.plan import Plan
from assembly.prose import CONTAINERS, Nodes, quotation_marks
from schema.base import Markdown, PlainText
from schema.walk import marked

NO_WORD = "\ufffc"
MAIL = "mailto:"
_BLANKS = ("Space", "SoftBreak", "LineBreak")
_OPAQUE = ("Code", "Math", "RawInline")
_INLINES = frozenset({"Str", "Note", "Image", "Cite", *_BLANKS, *_OPAQUE, *CONTAINERS})


@dataclass(frozen=True, slots=True)
class Passage:
    """Words with the place of the value they stand in; `kind` is that of the record, or `chapter`."""

    text: str
    place: Place
    kind: str
    markdown: bool
    internal: bool


def passages(plan: Plan) -> Iterator[Passage]:
    """Yield all words of the chapters and of every record."""
    for file, path in plan.texts.blocks:
        if not path:
            place = Place(file)
            yield from (Passage(text, place, "chapter", True, False) for text in words(plan.texts.at(place)))
    for kind, entries in plan.records.entries.items():
        for entry in entries.values():
            for leaf in marked(entry.record, (Markdown, PlainText)):
                place, internal = entry.place(*leaf.path), leaf.path[0] == "intern"
                if isinstance(leaf.mark, PlainText):
                    yield Passage(leaf.value, place, kind, False, internal)
                else:
                    yield from (Passage(text, place, kind, True, internal) for text in words(plan.texts.at(place)))


def words(tree: Any) -> Iterator[str]:
    """Yield the text of each run of inlines below the tree; what a note or an address says follows by itself."""
    if isinstance(tree, list):
        if any(isinstance(item, dict) and item.get("t") in _INLINES for item in tree):
            aside: Nodes = []
            yield TOKEN.sub(NO_WORD, "".join(_flow(tree, aside)))
            yield from words(aside)
        else:
            for item in tree:
                yield from words(item)
    elif isinstance(tree, dict):
        yield from words(tree.get("c"))


def _flow(inlines: Nodes, aside: Nodes) -> Iterator[str]:
    for node in inlines:
        kind, content = node["t"], node.get("c", [])
        if kind == "Str":
            yield content
        elif kind in _BLANKS:
            yield " "
        elif kind == "Note":
            aside += content
        elif kind == "Quoted":
            opening, closing = quotation_marks(content[0]["t"])
            yield from (opening, *_flow(content[1], aside), closing)
        elif kind in ("Image", "Cite"):
            yield from _flow(content[1], aside)
        elif kind in CONTAINERS:
            index = CONTAINERS[kind]
            text = "".join(_flow(content if index is None else content[index], aside))
            yield text
            if kind == "Link" and content[2][0].startswith(MAIL) and content[2][0].removeprefix(MAIL) not in text:
                aside.append({"t": "Plain", "c": [{"t": "Str", "c": content[2][0].removeprefix(MAIL)}]})
        else:
            yield NO_WORD
