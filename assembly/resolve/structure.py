"""Structure: what one measure says must agree with itself and with the measures it names. Codes: `STR-…`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

from assembly import german
from assembly.diagnostics import Diagnostic, Severity
from assembly.plan import Plan
from assembly.records import Entry
from assembly.resolve.cycles import find_cycles
from schema.measure import DependencyKind, Measure, Status


def check_lead(plan: Plan) -> Iterator[Diagnostic]:
    """STR-003: whoever leads a measure is named among its partners once more."""
    for entry, measure in _measures(plan):
        for index, partner in enumerate(measure.partners):
            if partner == measure.lead:
                message = f"{entry.id}: {partner} hat die Federführung und steht auch unter beteiligte."
                hint = "Federführung schließt Mitwirkung ein; streichen Sie die Kennung aus beteiligte."
                yield Diagnostic("STR-003", Severity.FAULT, entry.place("beteiligte", index), message, hint)


def check_milestones(plan: Plan) -> Iterator[Diagnostic]:
    """STR-004: a milestone falls outside the term of its measure; a term that ends before it begins is FIN-004."""
    for entry, measure in _measures(plan):
        begin, end = measure.begin, measure.end
        if begin and end and begin > end:
            continue
        for index, milestone in enumerate(measure.milestones):
            early, late = begin and milestone.due < begin, end and milestone.due > end
            if early or late:
                when = "vor dem Beginn" if early else "nach dem Ende"
                message = f"{entry.id}: Der Meilenstein im {german.month(milestone.due)} liegt {when} der Maßnahme."
                limits = [
                    f"{word} {german.month(limit)}" for word, limit in (("Beginn", begin), ("Ende", end)) if limit
                ]
                hint = f"Laufzeit: {german.listing(limits)}. Berichtigen Sie datum, beginn oder ende."
                yield Diagnostic("STR-004", Severity.FAULT, entry.place("meilensteine", index, "datum"), message, hint)


def check_self_reference(plan: Plan) -> Iterator[Diagnostic]:
    """STR-005: a measure depends on itself, or names itself as related."""
    for entry, measure in _measures(plan):
        for index, dependency in enumerate(measure.depends_on):
            if dependency.measure == measure.id:
                place = entry.place("abhaengig_von", index, "id")
                message = f"{entry.id} hängt von sich selbst ab."
                yield Diagnostic("STR-005", Severity.FAULT, place, message, "Gemeint ist wohl eine andere Maßnahme.")
        for index, related in enumerate(measure.related):
            if related == measure.id:
                place = entry.place("querbezuege", index)
                message = f"{entry.id} verweist in querbezuege auf sich selbst."
                yield Diagnostic("STR-005", Severity.FAULT, place, message, "Gemeint ist wohl eine andere Maßnahme.")


def check_order(plan: Plan) -> Iterator[Diagnostic]:
    """STR-006: measures wait for one another in a circle, named once, at the first of them."""
    waits = {measure_id: _waits_for(measure) for measure_id, measure in plan.measures.items()}
    for cycle in find_cycles(waits):
        first, second = cycle[0], cycle[1]
        place = plan.entry("measure", first).place("abhaengig_von", waits[first][second], "id")
        message = f"Diese Maßnahmen warten im Kreis aufeinander: {' → '.join((*cycle, first))}."
        hint = "Keine könnte beginnen. Streichen Sie eine der Abhängigkeiten, oder schreiben Sie art: parallel."
        yield Diagnostic("STR-006", Severity.FAULT, place, message, hint)


def check_succession(plan: Plan) -> Iterator[Diagnostic]:
    """STR-007: a measure is to follow another, yet begins before that one has ended (a warning; not in a circle)."""
    cycles = find_cycles({measure_id: _waits_for(measure) for measure_id, measure in plan.measures.items()})
    circular = {step for cycle in cycles for step in pairwise((*cycle, cycle[0]))}
    for entry, measure in _measures(plan):
        for other_id, index in _waits_for(measure).items():
            other = plan.measures.get(other_id)
            if other is None or other_id == measure.id or (measure.id, other_id) in circular:
                continue
            if not (measure.begin and other.end):
                continue
            if measure.begin <= other.end:
                message = (
                    f"{entry.id} beginnt {german.month(measure.begin)}, soll aber nach {other_id} beginnen,"
                    f" und {other_id} endet erst {german.month(other.end)}."
                )
                hint = "Verschieben Sie beginn, oder schreiben Sie art: parallel, wenn sich beide überlappen dürfen."
                place = entry.place("abhaengig_von", index, "art")
                yield Diagnostic("STR-007", Severity.WARNING, place, message, hint)


def check_former_ids(plan: Plan) -> Iterator[Diagnostic]:
    """STR-008: an id that a measure once bore stays reserved for it; here it is another's, or claimed twice."""
    taken = set(plan.records.known("measure"))
    claimed: dict[str, str] = {}
    for entry, measure in _measures(plan):
        for index, former in enumerate(measure.former_ids):
            place = entry.place("frueher", index)
            hint = "Eine Kennung wird nie ein zweites Mal vergeben; berichtigen Sie frueher oder die neue Kennung."
            if former in taken:
                whose = "ist ihre jetzige Kennung" if former == measure.id else "trägt heute eine andere Maßnahme"
                message = f"{entry.id}: Die frühere Kennung {former} {whose}."
                yield Diagnostic("STR-008", Severity.FAULT, place, message, hint)
            elif former in claimed:
                message = f"{entry.id}: Die frühere Kennung {former} beansprucht schon {claimed[former]}."
                yield Diagnostic("STR-008", Severity.FAULT, place, message, hint)
            claimed.setdefault(former, measure.id)


def check_replacement(plan: Plan) -> Iterator[Diagnostic]:
    """STR-009: `ersetzt_durch` needs `zurueckgestellt`, and leads to another measure, not back in a circle."""
    for entry, measure in _measures(plan):
        if measure.replaced_by is None:
            continue
        if measure.status is not Status.DEFERRED:
            message = f"{entry.id} ist durch {measure.replaced_by} ersetzt, hat aber den Status {measure.status.value}."
            hint = "Schreiben Sie status: zurueckgestellt, oder streichen Sie ersetzt_durch."
            yield Diagnostic("STR-009", Severity.FAULT, entry.place("ersetzt_durch", on_key=True), message, hint)
        if measure.replaced_by == measure.id:
            message = f"{entry.id} ist durch sich selbst ersetzt."
            hint = "Nennen Sie die Maßnahme, in der diese aufgegangen ist."
            yield Diagnostic("STR-009", Severity.FAULT, entry.place("ersetzt_durch"), message, hint)
    heirs = {key: [measure.replaced_by] if measure.replaced_by else [] for key, measure in plan.measures.items()}
    for cycle in find_cycles(heirs):
        message = f"Diese Maßnahmen ersetzen einander im Kreis: {' → '.join((*cycle, cycle[0]))}."
        hint = "Eine davon muss weitergeführt werden: streichen Sie bei ihr ersetzt_durch."
        yield Diagnostic(
            "STR-009", Severity.FAULT, plan.entry("measure", cycle[0]).place("ersetzt_durch"), message, hint
        )


def check_exclusion(plan: Plan) -> Iterator[Diagnostic]:
    """STR-010: a ground of exclusion holds: the measure is no part of the plan (a fault once it is up for decision)."""
    for entry, measure in _measures(plan):
        if measure.exclusion is None or measure.status is Status.DEFERRED:
            continue
        severity = Severity.FAULT if measure.status is Status.READY else Severity.WARNING
        for name, field in type(measure.exclusion).model_fields.items():
            if getattr(measure.exclusion, name):
                message = f"{entry.id} ist vom Plan ausgeschlossen: {field.title}."
                hint = "Berichtigen Sie die Antwort, oder schreiben Sie status: zurueckgestellt."
                place = entry.place("ausschlusspruefung", field.alias or name)
                yield Diagnostic("STR-010", severity, place, message, hint)


def check_illustrative(plan: Plan) -> Iterator[Diagnostic]:
    """STR-012: a measure that is no example rests on a decision that is one (a warning)."""
    for entry, measure in _measures(plan):
        for index, decision_id in enumerate(measure.decisions if not measure.illustrative else ()):
            decision = plan.decisions.get(decision_id)
            if decision is not None and decision.illustrative:
                message = f"{entry.id} ist kein Beispiel, beruht aber auf dem Beispielbeschluss {decision_id}."
                hint = "Nennen Sie einen wirklichen Beschluss, oder kennzeichnen Sie die Maßnahme mit beispiel: true."
                yield Diagnostic("STR-012", Severity.WARNING, entry.place("beschluss", index), message, hint)


STRUCTURE_RULES: tuple[Callable[[Plan], Iterator[Diagnostic]], ...] = (
    check_lead,
    check_milestones,
    check_self_reference,
    check_order,
    check_succession,
    check_former_ids,
    check_replacement,
    check_exclusion,
    check_illustrative,
)


def _measures(plan: Plan) -> Iterator[tuple[Entry, Measure]]:
    for measure_id, measure in plan.measures.items():
        yield plan.entry("measure", measure_id), measure


def _waits_for(measure: Measure) -> dict[str, int]:
    """Return the measures that this one is to follow, with the index of the (first) entry that says so."""
    waits: dict[str, int] = {}
    for index, dependency in enumerate(measure.depends_on):
        if dependency.kind is DependencyKind.AFTER:
            waits.setdefault(dependency.measure, index)
    return waits
