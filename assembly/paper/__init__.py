"""paper: the bytes of a PDF → what stands on its pages: texts with their places, reading order, links and targets.

`objects` reads the file, `content` a page, `look` says what is to be seen there (`sheet` shares pages out, `kept`
remembers them), `tree` reads the structure tree, `book` puts all together; `demands` are those of screen readers.
Nothing here knows what ought to be printed.
"""

from __future__ import annotations

from assembly.paper.book import Book, Face, Link, Page, Target, solid
from assembly.paper.kept import Kept
from assembly.paper.look import Box, Spot
from assembly.paper.tree import Element, Runs

__all__ = ["Book", "Box", "Element", "Face", "Kept", "Link", "Page", "Runs", "Spot", "Target", "solid"]
