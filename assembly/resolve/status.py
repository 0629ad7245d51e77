"""Status: what a measure still lacks, and the conditions of a lighthouse. Codes: `STA-…` (gaps), `LTP-…` (faults)."""

from __future__ import annotations

from collections.abc import Iterator

from assembly.diagnostics import Diagnostic, Severity
from assembly.plan import Plan
from schema.measure import Measure
from schema.status import missing_keys

_FIELDS = {field.alias: field for field in Measure.model_fields.values()}


def check_status(plan: Plan) -> Iterator[Diagnostic]:
    """STA-001: the status asks for a key that is not there. STA-002: a contribution is not answered yet."""
    for measure_id, measure in plan.measures.items():
        place = plan.entry("measure", measure_id).place("status")
        for key in missing_keys(measure):
            field = _FIELDS[key]
            message = f"{measure_id}: Für den Status „{measure.status.label}“ fehlt {key} ({field.title})."
            yield Diagnostic("STA-001", Severity.GAP, place, message, field.description or "")
    for event_id, event in plan.events.items():
        for index, contribution in enumerate(event.contributions):
            if contribution.outcome is None or contribution.reason is None:
                place = plan.entry("event", event_id).place("beitraege", index)
                message = f"Der Beitrag {contribution.id} ist noch nicht beantwortet: ergebnis und begruendung fehlen."
                yield Diagnostic("STA-002", Severity.GAP, place, message)


def check_lighthouses(plan: Plan) -> Iterator[Diagnostic]:
    """LTP-001: a lighthouse states its supraregional effect; LTP-002: it spans two districts or says why not."""
    for measure_id, measure in plan.measures.items():
        if not measure.lighthouse:
            continue
        place = plan.entry("measure", measure_id).place("leuchtturm")
        if measure.supraregional_effect is None:
            message = f"{measure_id} ist ein Leuchtturm, nennt aber keine überregionale Wirkung."
            yield Diagnostic("LTP-001", Severity.FAULT, place, message, "Ergänzen Sie ueberregionale_wirkung.")
        if len({ags[:5] for ags in measure.places}) < 2 and measure.places_reason is None:
            message = f"{measure_id} ist ein Leuchtturm, liegt aber in nur einem Kreis."
            hint = "Nennen Sie mindestens zwei Kreise in raum, oder begründen Sie es in raum_begruendung."
            yield Diagnostic("LTP-002", Severity.FAULT, place, message, hint)
