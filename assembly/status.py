"""status: Plan → an overview for whoever leads the work: what stands where, what is lacking, what is open.

Counts and sums are those of the internal edition: every measure that can be read, and amounts as the ledger adds
them. Printed in at most 100 columns without colour, or as JSON whose keys stay as they are.
"""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from assembly import german
from assembly.derive.ledger import Ledger, ledger
from assembly.diagnostics import suggest
from assembly.editions import EDITIONS, select
from assembly.plan import Plan
from assembly.refusal import Refusal
from schema.event import Contribution
from schema.measure import Measure, Status
from schema.status import missing_for, next_status

WIDTH = 100


@dataclass(frozen=True, slots=True)
class Money:
    """Costs, planned financing, and costs that no source covers, in cents."""

    costs: int
    planned: int
    gap: int


@dataclass(frozen=True, slots=True)
class Line:
    """One measure: what it lacks for the status it has, and for the next one (None: there is no next one)."""

    measure: Measure
    lacking: tuple[str, ...]
    next: Status | None
    lacking_next: tuple[str, ...]
    money: Money


@dataclass(frozen=True, slots=True)
class Group:
    """Measures that belong together: a field's, a leading organisation's (id empty: none named), a district's."""

    id: str
    name: str
    lines: tuple[Line, ...]
    money: Money


@dataclass(frozen=True, slots=True)
class Overview:
    """The plan, or one field of it, at a glance. A measure counts in each district that it names."""

    title: str
    version: str
    fields: tuple[Group, ...]
    leads: tuple[Group, ...]
    districts: tuple[Group, ...]
    money: Money
    contributions: int
    open: tuple[tuple[str, Contribution], ...]
    broken: tuple[tuple[str, str], ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        """All measures, in official order."""
        return tuple(line for field in self.fields for line in field.lines)


def overview(plan: Plan, field: str = "") -> Overview:
    """Return the overview, of one field where `field` names one. Refusal where there is no such field."""
    if field and field not in plan.action_fields:
        known = ", ".join(plan.action_fields)
        raise Refusal(
            f"Das Handlungsfeld „{field}“ gibt es nicht.", suggest(field, plan.action_fields) or f"Es gibt: {known}."
        )
    every = select(plan, EDITIONS["intern"]).in_field(field)
    measures = [measure for measure in every if measure.field in plan.action_fields]
    lost = [(measure.id, plan.entry("measure", measure.id).file) for measure in every if measure not in measures]
    book = ledger(plan, measures)
    lines = [_line(measure, book) for measure in measures]
    ids = {measure.id for measure in measures}
    contributions = [
        (event_id, contribution)
        for event_id, event in plan.events.items()
        for contribution in event.contributions
        if not field or ids & set(contribution.measures)
    ]
    fields = [key for key in plan.action_fields if not field or key == field]
    return Overview(
        plan.head.title,
        plan.head.version,
        tuple(_group(key, plan.action_fields[key].title, [x for x in lines if x.measure.field == key], book)
              for key in fields),
        tuple(_leads(plan, lines, book)),
        tuple(_group(ags, district.short, [x for x in lines if ags in {place[:5] for place in x.measure.places}], book)
              for ags, district in plan.districts.items()),
        _money(book),
        len(contributions),
        tuple(item for item in contributions if item[1].outcome is None or item[1].reason is None),
        tuple(
            (broken.id, broken.file)
            for broken in plan.broken
            if broken.kind in ("measure", "event") and (not field or broken.id.startswith(f"{field}-"))
        )
        + tuple(lost),
    )  # fmt: skip


def _line(measure: Measure, book: Ledger) -> Line:
    following = next_status(measure.status)
    return Line(
        measure,
        missing_for(measure, measure.status),
        following,
        missing_for(measure, following) if following else (),
        _money(book.part("measure", measure.id)),
    )


def _money(book: Ledger) -> Money:
    return Money(book.costs().cents, book.financing().cents, book.gap().cents)


def _group(key: str, name: str, lines: list[Line], book: Ledger) -> Group:
    ids = {line.measure.id for line in lines}
    return Group(key, name, tuple(lines), _money(book.where(lambda posting: posting.measure in ids)))


def _leads(plan: Plan, lines: list[Line], book: Ledger) -> Iterator[Group]:
    """Yield the measures by leading organisation, most first; those that name none come last."""
    named: dict[str, list[Line]] = {}
    for line in lines:
        named.setdefault(line.measure.lead or "", []).append(line)
    for key, found in sorted(named.items(), key=lambda item: (not item[0], -len(item[1]), item[0])):
        organisation = plan.organisations.get(key)
        yield _group(key, organisation.name if organisation else key or "noch offen", found, book)


def as_text(found: Overview) -> str:
    """Return the overview for people, no line longer than 100 characters."""
    parts = [
        f"{found.title} {found.version}: {german.counted(len(found.lines), 'Maßnahme', 'Maßnahmen')}",
        *([f"  {_by_status(found.lines)}", *_money_lines(found.money)] if found.lines else []),
    ]
    for field in found.fields:
        parts += ["", *_wrap(f"{field.id} {field.name}", "", "  ")]
        if not field.lines:
            parts.append("  noch keine Maßnahme")
            continue
        parts += [f"  {_by_status(field.lines)}", *_money_lines(field.money)]
        for line in field.lines:
            parts += _measure_lines(line)
    if found.lines:
        parts += ["", *_table("Federführung", found.leads), "", *_table("Kreis (eine Maßnahme kann mehrere nennen)",
                                                                         found.districts)]  # fmt: skip
    parts += ["", _contributions(found)]
    for event, contribution in found.open:
        parts += _wrap(f"{contribution.id} ({event}): {contribution.statement}", "  ", "       ")
    if found.broken:
        parts += ["", "Nicht gezählt, weil fehlerhaft (./build.py check zeigt die Fehler):"]
        parts += [line for key, file in found.broken for line in _wrap(f"{key} in {file}", "  ", "    ")]
    return "\n".join(part.replace(german.NBSP, " ").rstrip() for part in parts)


def _by_status(lines: Iterable[Line]) -> str:
    counts = {status: sum(line.measure.status is status for line in lines) for status in reversed(Status)}
    return " · ".join(f"{count} {status.label}" for status, count in counts.items() if count)


def _money_lines(money: Money) -> list[str]:
    costs, planned, gap = map(german.roughly, (money.costs, money.planned, money.gap))
    return [f"  Kosten {costs} · geplante Mittel {planned} · offen {gap}"]


def _measure_lines(line: Line) -> Iterator[str]:
    costs, gap = german.roughly(line.money.costs), german.roughly(line.money.gap)
    head = f"  {line.measure.id}  {line.measure.status.label:15}{costs:>15}  offen {gap:>15}  "
    yield head + german.shortened(line.measure.title, WIDTH - len(head))
    if line.lacking:
        yield from _wrap(f"fehlt für „{line.measure.status.label}“: {', '.join(line.lacking)}", " " * 11, " " * 13)
    if line.next is None:
        return
    more = [key for key in line.lacking_next if key not in line.lacking]
    also = "außerdem " if line.lacking and more else ""
    if more:
        yield from _wrap(f"für „{line.next.label}“ fehlt {also}{', '.join(more)}", " " * 11, " " * 13)
    elif not line.lacking:
        yield f"{'':11}für „{line.next.label}“ fehlt keine Angabe"


def _table(heading: str, groups: Iterable[Group]) -> Iterator[str]:
    yield f"{heading:46}{'Maßnahmen':>10}{'Kosten':>15}{'offen':>15}"
    for group in groups:
        costs, gap = german.roughly(group.money.costs), german.roughly(group.money.gap)
        yield f"  {german.shortened(group.name, 42):44}{len(group.lines):>10}{costs:>15}{gap:>15}"


def _contributions(found: Overview) -> str:
    total = german.counted(found.contributions, "Beitrag", "Beiträge")
    return f"Beteiligung: {total}, {len(found.open) or 'keiner'} noch ohne Antwort"


def _wrap(text: str, first: str, rest: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False)


def as_json(found: Overview) -> str:
    """Return the overview for programs; amounts in whole cents."""
    data = {
        "titel": found.title,
        "version": found.version,
        "summe": {"massnahmen": len(found.lines), "status": _statuses(found.lines), **_cents(found.money)},
        "handlungsfelder": [
            {**_summary(group), "massnahmen_liste": [_measure(line) for line in group.lines]} for group in found.fields
        ],
        "federfuehrung": [_summary(group) for group in found.leads],
        "kreise": [_summary(group) for group in found.districts],
        "beitraege": {
            "anzahl": found.contributions,
            "offen": [{"id": c.id, "veranstaltung": event, "massnahmen": [*c.measures]} for event, c in found.open],
        },
        "fehlerhaft": [{"id": key, "datei": file} for key, file in found.broken],
    }
    return json.dumps(data, ensure_ascii=False, indent=2)


def _summary(group: Group) -> dict[str, Any]:
    counted = {"massnahmen": len(group.lines), "status": _statuses(group.lines)}
    return {"id": group.id, "titel": group.name, **counted, **_cents(group.money)}


def _statuses(lines: Iterable[Line]) -> dict[str, int]:
    return {status.value: sum(line.measure.status is status for line in lines) for status in Status}


def _cents(money: Money) -> dict[str, int]:
    return {"kosten_cent": money.costs, "geplant_cent": money.planned, "offen_cent": money.gap}


def _measure(line: Line) -> dict[str, Any]:
    return {
        "id": line.measure.id,
        "titel": line.measure.title,
        "status": line.measure.status.value,
        "fehlt": [*line.lacking],
        "naechster_status": line.next.value if line.next else None,
        "fehlt_fuer_naechsten": [*line.lacking_next],
        "federfuehrung": line.measure.lead,
        "kreise": sorted({place[:5] for place in line.measure.places}),
        **_cents(line.money),
    }
