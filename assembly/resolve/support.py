"""Support: what the plan promises must be borne by something in it. Codes: `STR-…`, `STA-003`.

These rules look for what is missing. So they keep silent where an unreadable record may be what they look for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from assembly.diagnostics import Diagnostic, Severity
from assembly.plan import Plan
from schema.event import Outcome
from schema.measure import Measure, Status


def check_vision(plan: Plan) -> Iterator[Diagnostic]:
    """STR-001: no printed measure contributes to a vision statement; asked once there are measures at all."""
    printed = _printed(plan)
    supported = {statement for measure in printed for statement in measure.vision}
    for statement_id, statement in plan.vision.items() if printed and not _has_broken(plan, "measure") else ():
        if statement_id not in supported:
            place = plan.entry("vision", statement_id).place("id")
            message = f"Zur Visionsaussage {statement_id} „{statement.title}“ trägt keine Maßnahme bei."
            hint = f"Nennen Sie sie bei einer Maßnahme: vision: {{{statement_id}: 2}}, oder streichen Sie die Aussage."
            yield Diagnostic("STR-001", Severity.FAULT, place, message, hint)


def check_fields(plan: Plan) -> Iterator[Diagnostic]:
    """STR-002: an action field has no printed measure; asked once there are measures at all."""
    printed = _printed(plan)
    supported = {measure.field for measure in printed}
    for key, field in plan.action_fields.items() if printed and not _has_broken(plan, "measure") else ():
        if key not in supported:
            message = f"Im Handlungsfeld {key} „{field.title}“ gibt es keine Maßnahme."
            hint = f"Legen Sie eine in measures/{key}/ an; zurückgestellte zählen nicht."
            yield Diagnostic("STR-002", Severity.FAULT, plan.entry("action_field", key).place("id"), message, hint)


def check_events(plan: Plan) -> Iterator[Diagnostic]:
    """STR-011: a member district has no event of the participation (a warning; a release may refuse it)."""
    held = {event.district[:5] for event in plan.events.values()}
    for ags, district in plan.districts.items() if not _has_broken(plan, "event") else ():
        if ags[:5] not in held:
            message = f"Für {district.name} ({ags}) gibt es keine Veranstaltung der Beteiligung."
            hint = f"Legen Sie eine in participation/ an, mit kreis: {ags}."
            yield Diagnostic("STR-011", Severity.WARNING, plan.entry("district", ags).place("ags"), message, hint)


def check_adopted(plan: Plan) -> Iterator[Diagnostic]:
    """STA-003: a contribution counts as adopted, yet no measure takes it up (a warning)."""
    for event_id, event in plan.events.items():
        for index, contribution in enumerate(event.contributions):
            if contribution.outcome is Outcome.ADOPTED and not contribution.measures:
                place = plan.entry("event", event_id).place("beitraege", index, "ergebnis")
                message = f"Der Beitrag {contribution.id} gilt als berücksichtigt, nennt aber keine Maßnahme."
                hint = "Ergänzen Sie massnahmen: [WIR-001], oder wählen Sie ein anderes ergebnis."
                yield Diagnostic("STA-003", Severity.WARNING, place, message, hint)


SUPPORT_RULES: tuple[Callable[[Plan], Iterator[Diagnostic]], ...] = (
    check_vision,
    check_fields,
    check_events,
    check_adopted,
)


def _printed(plan: Plan) -> list[Measure]:
    return [measure for measure in plan.measures.values() if measure.status is not Status.DEFERRED]


def _has_broken(plan: Plan, kind: str) -> bool:
    return any(broken.kind == kind for broken in plan.broken)
