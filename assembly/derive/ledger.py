"""Ledger: all money of the measures as postings, one a line of a record. Every sum of the book is a sum of postings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from assembly.amounts import Amount, difference, line, total
from assembly.plan import Plan
from schema.funding_source import Tier
from schema.measure import Certainty, Measure


@dataclass(frozen=True, slots=True)
class Posting:
    """One amount of one measure in one year: a cost (`investiv` or `laufend`) or financing from a source.

    `item` tells the lines of one measure's financing apart (-1 for costs).
    """

    measure: str
    field: str
    year: int
    amount: Amount
    cost: str = ""
    source: str = ""
    tier: Tier | None = None
    certainty: Certainty | None = None
    item: int = -1


@dataclass(frozen=True, slots=True)
class Ledger:
    """Postings of a set of measures. `years` are those of the whole set, so that every part has the same columns."""

    postings: tuple[Posting, ...]
    years: tuple[int, ...]

    def where(self, chosen: Callable[[Posting], bool]) -> Ledger:
        """Return the part of the postings that `chosen` accepts."""
        return Ledger(tuple(posting for posting in self.postings if chosen(posting)), self.years)

    def by(self, attribute: str) -> dict[object, Ledger]:
        """Return the postings apart by one attribute, in order of first appearance."""
        groups: dict[object, list[Posting]] = {}
        for posting in self.postings:
            groups.setdefault(getattr(posting, attribute), []).append(posting)
        return {key: Ledger(tuple(postings), self.years) for key, postings in groups.items()}

    def part(self, attribute: str, value: object) -> Ledger:
        """Return the postings whose attribute has this value (none: an empty ledger)."""
        return self.where(lambda posting: getattr(posting, attribute) == value)

    def costs(self) -> Amount:
        """Return the sum of the costs."""
        return total(posting.amount for posting in self.postings if posting.cost)

    def financing(self) -> Amount:
        """Return the sum of the planned financing."""
        return total(posting.amount for posting in self.postings if posting.source)

    def gap(self) -> Amount:
        """Return the costs that no source covers."""
        return difference(self.costs(), self.financing())

    def yearly(self, measured: Callable[[Ledger], Amount]) -> tuple[Amount, ...]:
        """Return what `measured` gives for each year, and their sum as the last."""
        groups = self.by("year")
        amounts = [measured(groups.get(year, Ledger((), self.years))) for year in self.years]
        return (*amounts, total(amounts))


def ledger(plan: Plan, measures: Iterable[Measure]) -> Ledger:
    """Return the postings of these measures in order of record; the years run on from the first to the last."""
    postings = tuple(posting for measure in measures for posting in _postings(plan, measure))
    years = [posting.year for posting in postings]
    return Ledger(postings, tuple(range(min(years), max(years) + 1)) if years else ())


def _postings(plan: Plan, measure: Measure) -> Iterator[Posting]:
    if measure.costs:
        for key, part in (("investiv", measure.costs.capital), ("laufend", measure.costs.running)):
            for year, cents in sorted(part.items()):
                amount = line(cents, f"{measure.id}/kosten/{key}/{year}")
                yield Posting(measure.id, measure.field, year, amount, cost=key)
    for index, financing in enumerate(measure.financing):
        source = plan.funding_sources.get(financing.source)
        for year, cents in sorted(financing.amounts.items()):
            yield Posting(
                measure.id,
                measure.field,
                year,
                line(cents, f"{measure.id}/finanzierung/{index}/betraege/{year}"),
                source=financing.source,
                tier=source.tier if source else None,
                certainty=financing.certainty,
                item=index,
            )
