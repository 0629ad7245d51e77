"""Amounts: sums of money that know their addends, from the record's line up to the printed cell.

All values are whole cents. Rounding happens in print alone; sums are of the unrounded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in cents: a leaf names the record's line it comes from, a sum holds its addends.

    `less` are what is taken off the sum of the addends.
    """

    cents: int
    origin: str = ""
    addends: tuple[Amount, ...] = ()
    less: tuple[Amount, ...] = ()

    def leaves(self) -> Iterator[Amount]:
        """Yield the lines of records that this amount is made of, those that are taken off with their sign turned."""
        if self.addends or self.less:
            for addend in self.addends:
                yield from addend.leaves()
            for part in self.less:
                yield from (Amount(-leaf.cents, leaf.origin) for leaf in part.leaves())
        elif self.origin:
            yield self


def line(cents: int, origin: str) -> Amount:
    """Return an amount that stands in a record; `origin` is `<id>/<YAML path>`, as `WIR-004/kosten/investiv/2027`."""
    return Amount(cents, origin)


def total(addends: Iterable[Amount]) -> Amount:
    """Return the sum of the addends; of none it is zero."""
    kept = tuple(addend for addend in addends if addend.cents or addend.addends or addend.less)
    return Amount(sum(addend.cents for addend in kept), "", kept)


def difference(whole: Amount, part: Amount) -> Amount:
    """Return what is left of `whole` without `part`; both stay known."""
    return Amount(whole.cents - part.cents, "", total([whole]).addends, total([part]).addends)
