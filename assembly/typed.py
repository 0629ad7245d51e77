"""Typed tables: a table that an editor has typed in Markdown, as one of ours. Pandoc's AST → Table.

Such a table has no spans and no caption; what it has is a head, an alignment a column where one was typed, and cells.
"""

from __future__ import annotations

import re

from assembly.document import Align, Column, Rich, Row, Table
from assembly.prose import Node, Nodes, plain

_NUMBER = re.compile(r"[−-]?\d[\d.,\u00a0 ]*[€%]?|[–-]?")
_ALIGNS = {"AlignLeft": Align.LEFT, "AlignRight": Align.RIGHT, "AlignCenter": Align.CENTRE}


def typed(node: Node) -> Table:
    """Return a table typed in Markdown as one of ours: without an alignment, a column of numbers is one of figures."""
    head, rows = rows_of(node)
    titles = [plain(cell) for cell in head[0]] if head else [""] * len(node["c"][2])
    columns = []
    for index, (title, (align, _)) in enumerate(zip(titles, node["c"][2], strict=True)):
        texts = [plain(row[index]) for row in rows]
        numbers = index > 0 and any(texts) and all(map(_NUMBER.fullmatch, texts))
        columns.append(Column(title, _ALIGNS.get(align["t"], Align.RIGHT if numbers else Align.LEFT)))
    return Table("", [], tuple(columns), tuple(Row(tuple(map(Rich, row))) for row in rows), [])


def rows_of(node: Node) -> tuple[list[list[Nodes]], list[list[Nodes]]]:
    """Return head and body of a table typed in Markdown, each as rows of cells; such tables have no spans."""
    _, _, _, head, bodies, foot = node["c"]
    body = [row for part in bodies for row in (*part[2], *part[3])] + foot[1]
    return [[cell[4] for cell in row[1]] for row in head[1]], [[cell[4] for cell in row[1]] for row in body]
