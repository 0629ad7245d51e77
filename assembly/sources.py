"""Sources: the inputs of a plan as values; what `load` makes and every later stage may name places in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

Tree = Any  # dict[str, Tree] | list[Tree] | str, as typed by the editor
TreePath = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """Where a value stands: character offsets of the value, and of its key (or list item)."""

    start: int
    end: int
    key_start: int


@dataclass(frozen=True, slots=True)
class Source:
    """One input file: path relative to the plan, text, and for YAML its tree with the span of each value.

    A key without a value is `unfilled`: it has a span, but does not stand in the tree. What is not `readable` has no
    tree and is no prose: its text, if there is any, only serves to show where it cannot be read.
    """

    file: str
    kind: str
    text: str
    tree: Tree = None
    spans: Mapping[TreePath, Span] = field(default_factory=dict)
    unfilled: tuple[TreePath, ...] = ()
    readable: bool = True


@dataclass(frozen=True, slots=True)
class Sources:
    """All inputs of a plan, in a fixed order, the pictures there are (`bilder/…`), and a hash of what was read."""

    root: Path
    files: tuple[Source, ...]
    images: frozenset[str]
    sha256: str

    def of(self, kind: str) -> tuple[Source, ...]:
        """Return the sources of one kind, in order of file name."""
        return tuple(source for source in self.files if source.kind == kind)

    def get(self, file: str) -> Source | None:
        """Return the source of this relative path, or None."""
        return next((source for source in self.files if source.file == file), None)


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    """Return line and column, both from 1, of a character offset."""
    start = text.rfind("\n", 0, offset) + 1
    return text.count("\n", 0, offset) + 1, offset - start + 1


def stem(file: str) -> str:
    """Return the file's name without folder and ending."""
    return PurePosixPath(file).stem
