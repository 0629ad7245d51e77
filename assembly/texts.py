"""Texts: the parsed Markdown of a plan; what `parse` makes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from assembly.diagnostics import Place
from assembly.prose import Nodes
from assembly.sources import TreePath

TextKey = tuple[str, TreePath]

# What stands in code prints as it is typed: nothing there refers to, opens or calls anything.
FENCED = re.compile(r"^ *(`{3,}(?!`)|~{3,}(?!~))[^\n]*\n(?:.*?\n)?? *(?:\1[`~]*[ \t]*$|\Z)", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"(?<!`)(`+)(?!`)[^\n]+?(?<!`)\1(?!`)")


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts by file and YAML path (an empty path: a chapter): parsed, and as they were typed."""

    blocks: Mapping[TextKey, Nodes]
    typed: Mapping[TextKey, str]
    api_version: tuple[int, ...]

    def at(self, place: Place) -> Nodes:
        """Return the blocks of the text at this place; an empty list where there is none."""
        return self.blocks.get((place.file, place.path), [])


def without_blocks_of_code(text: str) -> str:
    """Return the text with blanks in place of its fenced code; every offset keeps its meaning."""
    return FENCED.sub(_blank, text)


def without_code(text: str) -> str:
    """Return the text with blanks in place of all its code; every offset keeps its meaning."""
    return INLINE.sub(_blank, without_blocks_of_code(text))


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])
