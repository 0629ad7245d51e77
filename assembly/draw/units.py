"""Units of money in drawings: thousands, millions or billions of euros, so that numbers stay short."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from assembly import german

THOUSAND, MILLION, BILLION = 100_000, 100_000_000, 100_000_000_000  # in cents


@dataclass(frozen=True, slots=True)
class Unit:
    """What one stands for: a name as „Mio. €“, and how many cents."""

    name: str
    cents: int

    def amount(self, cents: int) -> str:
        """Write an amount with one decimal, half up; what rounds to nothing and is something as „< 0,1“."""
        value = (Decimal(cents) / self.cents).quantize(Decimal("0.1"), ROUND_HALF_UP)
        if cents and not value:
            return f"<{german.NBSP}0,1"
        whole, _, tenth = f"{value:f}".partition(".")
        return f"{german.integer(int(whole))},{tenth}"

    def mark(self, cents: int, step: int) -> str:
        """Write a mark of an axis: decimals only where the steps between marks have any."""
        places = Decimal(1) if step % self.cents == 0 else Decimal("0.01")
        return german.number((Decimal(cents) / self.cents).quantize(places))


def unit_for(highest: int) -> Unit:
    """Return the unit in which a drawing gives its amounts, the highest of which is `highest` cents."""
    if highest < MILLION:
        return Unit(f"Tsd.{german.NBSP}€", THOUSAND)
    return Unit(f"Mio.{german.NBSP}€", MILLION) if highest < 10 * BILLION else Unit(f"Mrd.{german.NBSP}€", BILLION)
