"""Rows: which rows of a table stand together on a page, and which may break over two."""

from __future__ import annotations

from collections.abc import Container, Sequence

from assembly.document import RowKind

# Heights in millimetres.
TALL = 60.0  # a row that is higher may break over two pages
HELD = 80.0  # rows that stand together on a page are no higher than this
LAST = 30.0  # the last two rows of a table up to this height are not alone on a page
HIGH = 24.0  # a row from this height on is not held with the two below it
LONE = 20.0  # … and from this on it may stand alone at the foot or the head of a page
STEEP = 40.0  # a row from this height on is not waited for: the first one above it may stand alone at the foot
SUMS = (RowKind.SUBTOTAL, RowKind.TOTAL)


def held(kinds: Sequence[RowKind], heights: Sequence[float]) -> list[bool]:
    """Return which rows of a table stand on the page of the next one.

    The heading of a group is not parted from the row below it, a sum not from the two low rows above it, or one. No
    low row of a group or of the table stands alone at the foot of a page, no last one at its head; low ones are three.
    All that unless together they would be very high.
    """
    found: list[bool] = []
    last, together = len(kinds) - 1, 0.0
    for index, (kind, height) in enumerate(zip(kinds, heights, strict=True)):
        together = together + height if found and found[-1] else height
        if index == last:
            return [*found, False]
        following, next_but_one = kinds[index + 1], kinds[min(index + 2, last)]
        opens = index == 0 or kinds[index - 1] is RowKind.GROUP
        begins = opens and height < LONE and heights[index + 1] < STEEP
        ends = (index + 1 == last and height + heights[last] < 2 * LAST) or (
            index + 2 == last and following is kind and height < HIGH and sum(heights[index + 1 :]) < LAST
        )
        low = height < HIGH and heights[index + 1] < LONE
        sums = following in SUMS or (low and kind is following is RowKind.BODY and next_but_one in SUMS)
        wished = following is not RowKind.GROUP and (begins or ends or sums)
        found.append(kind is RowKind.GROUP or (wished and together + heights[index + 1] <= HELD))
    return found


def row_names(
    kinds: Sequence[RowKind], heights: Sequence[float], below: Container[int] = (), *, alone: bool = False
) -> list[str]:
    """Return the classes of rows: their kind, whether they may break, whether they are `held`; `alone`: none is.

    `below` are the places of rows that are one with the row before.
    """
    holds = [False] * len(kinds) if alone else held(kinds, heights)
    parts = may_part(heights)
    names = (
        (
            kind.value,
            "tall" if index in parts else "",
            "held" if holds[index] else "",
            "open held" if index + 1 in below else "",
        )
        for index, kind in enumerate(kinds)
    )
    return [" ".join(filter(None, each)) for each in names]


def may_part(heights: Sequence[float]) -> set[int]:
    """Return the places of the rows that are so high that they may break over two pages."""
    return {index for index, height in enumerate(heights) if height > TALL}
