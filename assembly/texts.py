"""Texts: the parsed Markdown of a plan; what `parse` makes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assembly.diagnostics import Place
from assembly.prose import Nodes
from assembly.sources import TreePath

TextKey = tuple[str, TreePath]


@dataclass(frozen=True, slots=True)
class Texts:
    """The parsed texts by file and YAML path (an empty path: a chapter)."""

    blocks: Mapping[TextKey, Nodes]
    api_version: tuple[int, ...]

    def at(self, place: Place) -> Nodes:
        """Return the blocks of the text at this place; an empty list where there is none."""
        return self.blocks.get((place.file, place.path), [])
