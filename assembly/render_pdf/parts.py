"""Parts: tables of a section as they stand; those that are parts of one, each with some of its years, stand alike."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from assembly.document import Block, Nothing, RowKind, Table
from assembly.render_pdf.below import Laid, laid
from assembly.render_pdf.tables import LINE, WIDE_LINE, Measures, heights_of, measure, points
from assembly.theme import Typeface


def lay_all(blocks: Iterable[Block], sans: Typeface, *, wide: bool, close: bool) -> dict[str, Laid]:
    """Return by their ids how tables stand on an upright or a landscape page, set in `sans`; `close` as in a sheet."""
    found: dict[str, Laid] = {}
    tables = (block for block in blocks if isinstance(block, Table))
    for _, group in groupby(tables, key=_counter()):
        parts = [*group]
        if len(parts) > 1:
            pairs = zip(parts, _alike(parts, sans, wide, close), strict=True)
            found.update((part.id, Laid(part, measures, {})) for part, measures in pairs)
        else:
            found[parts[0].id] = laid(parts[0], sans, wide=wide, close=close)
    return found


def _alike(parts: Sequence[Table], sans: Typeface, wide: bool, close: bool) -> list[Measures]:
    """Return how the parts stand: in type of one size, the heads of the rows equally broad; the years take the rest."""
    broad = max(parts, key=lambda part: len(part.columns))
    rows = (row for part in parts for row in part.rows if row.kind is not RowKind.GROUP)
    filled = (replace(row, cells=row.cells + (Nothing(),) * (len(broad.columns) - len(row.cells))) for row in rows)
    whole = measure(replace(broad, rows=tuple(filled)), sans, wide=wide, close=close)
    size = points(whole.size, close=close)
    line = WIDE_LINE if wide else LINE
    found: list[Measures] = []
    for part in parts:
        head, *figures = whole.widths[: len(part.columns)]
        stretch = (100 - head) / sum(figures)
        widths = (head, *(round(width * stretch, 3) for width in figures))
        heights = heights_of(part, [share * line / 100 for share in widths], size, sans)
        found.append(replace(whole, widths=widths, heights=heights))
    return found


def _counter() -> Callable[[Table], int]:
    """Return a key function that rises at every table that is no part of the one before.

    The id of a part is that of the table which it goes on from, and the year that it begins with.
    """
    count, name = 0, ""

    def key(table: Table) -> int:
        nonlocal count, name
        if not (name and re.fullmatch(rf"{re.escape(name)}-\d{{4}}", table.id)):
            count, name = count + 1, table.id
        return count

    return key
