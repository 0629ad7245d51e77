"""Hanging: a blank at the end of a line needs no room (CSS Text 3, 4.1.2).

Where a text ends with a blank before a link, and fits its line but for that blank, stock takes its first word for one
that is too long, and leaves a part of it alone on the line.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint.layout import inline

from assembly.render_pdf.engine.stock import replaced

Line = tuple[Any, int, int | None, float, float, float]  # layout, length, where to go on, width, height, base line


@contextmanager
def hanging() -> Iterator[None]:
    """Let blanks hang over the edge inside; lines are split by whatever splits them outside."""
    split = inline.split_first_line

    def split_first_line(
        text: str, style: Any, context: Any, max_width: float | None, *more: Any, **named: Any
    ) -> Line:
        line: Line = split(text, style, context, max_width, *more, **named)
        if line[2] is not None and text.endswith(" ") and style["white_space"] in ("normal", "pre-line"):
            word, _, _ = text.partition(" ")
            if line[2] < len(word.encode()):
                whole: Line = split(text.rstrip(" "), style, context, max_width, *more, **named)
                return whole if whole[2] is None else line
        return line

    with replaced(inline, "split_first_line", split_first_line):
        yield
