"""paper: the bytes of a PDF → what stands on its pages: texts with their places, reading order, links and targets.

`objects` reads the file, `content` a page (`kept` remembers it), `tree` the structure tree, `book` puts them together.
Nothing here knows what ought to be printed.
"""

from __future__ import annotations

from assembly.paper.book import Book, Face, Link, Page, Target, solid
from assembly.paper.content import Box, Run, Shown
from assembly.paper.kept import Kept
from assembly.paper.tree import Element, Mark, Tree

__all__ = ["Book", "Box", "Element", "Face", "Kept", "Link", "Mark", "Page", "Run", "Shown", "Target", "Tree", "solid"]
