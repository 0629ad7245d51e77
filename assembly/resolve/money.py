"""Money: the rules for costs and financing (domain, section 3). Codes: `FIN-…`. All amounts are whole cents."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from assembly import german
from assembly.diagnostics import Diagnostic, Severity
from assembly.plan import Plan
from assembly.records import Entry
from schema.funding_source import FundingSource
from schema.measure import Certainty, Costs, Financing, Measure
from schema.scalars import Month


def costs_by_year(costs: Costs | None) -> dict[int, int]:
    """Return cents by year, investments and running costs together."""
    years: dict[int, int] = {}
    for part in (costs.capital, costs.running) if costs else ():
        for year, cents in part.items():
            years[year] = years.get(year, 0) + cents
    return years


def check_coverage(plan: Plan) -> Iterator[Diagnostic]:
    """FIN-001: financing exceeds the costs of a year. FIN-002: the costs are not covered (a warning)."""
    for entry, measure in _measures(plan):
        costs = costs_by_year(measure.costs)  # without costs every amount is above them
        given: dict[int, int] = {}
        for index, financing in enumerate(measure.financing):
            for year, cents in financing.amounts.items():
                before = given.get(year, 0)
                given[year] = before + cents
                limit = costs.get(year, 0)
                if given[year] > limit >= before:
                    message = (
                        f"{entry.id}: Die Finanzierung übersteigt {year} die Kosten"
                        f" um {german.euros(given[year] - limit)}."
                    )
                    hint = f"Kosten {year}: {german.euros(limit)}. Prüfen Sie kosten und alle betraege dieses Jahres."
                    yield Diagnostic(
                        "FIN-001",
                        Severity.FAULT,
                        entry.place("finanzierung", index, "betraege", str(year)),
                        message,
                        hint,
                    )
        gap = sum(costs.values()) - sum(given.values())
        if gap > 0:
            message = f"{entry.id}: {german.euros(gap)} von {german.euros(sum(costs.values()))} sind nicht finanziert."
            hint = "Der Betrag wird als „offen“ gedruckt; ergänzen Sie eine Quelle, sobald es eine gibt."
            key = "finanzierung" if measure.financing else "kosten"
            yield Diagnostic("FIN-002", Severity.WARNING, entry.place(key, on_key=True), message, hint)


def check_years(plan: Plan) -> Iterator[Diagnostic]:
    """FIN-003: an amount, begin or end lies outside the plan's period. FIN-004: outside the measure's own term."""
    period = plan.head.period
    for entry, measure in _measures(plan):
        for key, moment in (("beginn", measure.begin), ("ende", measure.end)):
            if moment and not period.begin <= moment <= period.end:
                message = f"{entry.id}: {german.month(moment)} liegt außerhalb des Plans."
                yield Diagnostic("FIN-003", Severity.FAULT, entry.place(key), message, _period_hint(plan))
        if measure.begin and measure.end and measure.begin > measure.end:
            message = f"{entry.id}: Das Ende liegt vor dem Beginn."
            yield Diagnostic("FIN-004", Severity.FAULT, entry.place("ende"), message, "Prüfen Sie beginn und ende.")
        for path, year in _years_of_amounts(measure):
            if not period.begin.year <= year <= period.end.year:
                message = f"{entry.id}: Das Jahr {year} liegt außerhalb des Plans."
                yield Diagnostic(
                    "FIN-003", Severity.FAULT, entry.place(*path, on_key=True), message, _period_hint(plan)
                )
            elif measure.begin and measure.end and not _within(year, measure.begin, measure.end):
                message = f"{entry.id}: Das Jahr {year} liegt außerhalb der Laufzeit der Maßnahme."
                hint = f"Laufzeit: {german.month(measure.begin)} bis {german.month(measure.end)}."
                yield Diagnostic("FIN-004", Severity.FAULT, entry.place(*path, on_key=True), message, hint)


def _within(year: int, begin: Month, end: Month) -> bool:
    """Tell whether the year touches the term; a term whose end lies before its begin is named by itself."""
    return begin > end or begin.year <= year <= end.year


def check_sources(plan: Plan) -> Iterator[Diagnostic]:
    """FIN-005: money where its programme does not reach. FIN-006: after its runtime. FIN-007: above its rate."""
    for entry, measure in _measures(plan):
        total_costs = sum(costs_by_year(measure.costs).values())
        for index, financing in enumerate(measure.financing):
            source = plan.funding_sources.get(financing.source)
            if source is None:
                continue
            if outside := _outside(plan, measure, source):
                message = f"{entry.id}: {source.short} darf in {outside} nicht eingesetzt werden."
                hint = f"Fördergebiet von {source.short}: {', '.join(source.places)}."
                yield Diagnostic("FIN-005", Severity.FAULT, entry.place("finanzierung", index, "quelle"), message, hint)
            yield from _after_runtime(entry, index, financing, source)
            amount = sum(financing.amounts.values())
            if source.max_rate is not None and Decimal(amount) * 100 > source.max_rate * total_costs > 0:
                message = f"{entry.id}: {source.short} trägt {german.percent(amount, total_costs)} der Kosten."
                hint = f"Der Höchstsatz ist {german.number(source.max_rate)}{german.NBSP}%."
                yield Diagnostic(
                    "FIN-007", Severity.WARNING, entry.place("finanzierung", index, "quelle"), message, hint
                )


def _outside(plan: Plan, measure: Measure, source: FundingSource) -> str:
    """Name where the measure reaches beyond the source's area: in some places, or (InvKG) in the whole region.

    An area of municipalities holds these alone; an area of districts holds their municipalities, too.
    """
    if not source.places:
        return ""
    reached = {*source.places, *(ags[:5] for ags in source.places)}
    if plan.districts and not reached & plan.districts.keys():
        return "der Region des Plans"
    return ", ".join(ags for ags in measure.places if not ags.startswith(source.places))


def _after_runtime(entry: Entry, index: int, financing: Financing, source: FundingSource) -> Iterator[Diagnostic]:
    for year in financing.amounts:
        if source.term and not source.term.begin.year <= year <= source.term.end.year:
            message = f"{entry.id}: {source.short} läuft {year} nicht."
            hint = f"Laufzeit: {german.month(source.term.begin)} bis {german.month(source.term.end)}."
            place = entry.place("finanzierung", index, "betraege", str(year), on_key=True)
            yield Diagnostic("FIN-006", Severity.FAULT, place, message, hint)


def check_certainty(plan: Plan) -> Iterator[Diagnostic]:
    """FIN-008: `beantragt` and `bewilligt` need reference and date. FIN-009: an illustrative record claims neither."""
    for entry, measure in _measures(plan):
        for index, financing in enumerate(measure.financing):
            if financing.certainty is Certainty.PLANNED:
                continue
            place = entry.place("finanzierung", index, "sicherheit")
            word = financing.certainty.label
            if financing.reference is None or financing.dated is None:
                message = f"{entry.id}: „{word}“ verlangt aktenzeichen und datum."
                hint = "Ohne beides gilt das Geld als geplant: sicherheit: geplant."
                yield Diagnostic("FIN-008", Severity.FAULT, place, message, hint)
            if measure.illustrative:
                message = f"{entry.id}: Ein Beispiel darf kein Geld als {word} ausgeben."
                yield Diagnostic("FIN-009", Severity.FAULT, place, message, "Schreiben Sie sicherheit: geplant.")


MONEY_RULES: tuple[Callable[[Plan], Iterator[Diagnostic]], ...] = (
    check_coverage,
    check_years,
    check_sources,
    check_certainty,
)


def _measures(plan: Plan) -> Iterator[tuple[Entry, Measure]]:
    for measure_id, measure in plan.measures.items():
        yield plan.entry("measure", measure_id), measure


def _period_hint(plan: Plan) -> str:
    period = plan.head.period
    return f"Zeitraum des Plans: {german.month(period.begin)} bis {german.month(period.end)} (framework/plan.yaml)."


def _years_of_amounts(measure: Measure) -> Iterator[tuple[tuple[str | int, ...], int]]:
    if measure.costs:
        for key, part in (("investiv", measure.costs.capital), ("laufend", measure.costs.running)):
            for year in part:
                yield ("kosten", key, str(year)), year
    for index, financing in enumerate(measure.financing):
        for year in financing.amounts:
            yield ("finanzierung", index, "betraege", str(year)), year
