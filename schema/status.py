"""What each status asks for: the one table that check, status, `new`, the JSON Schema and the handbook read.

An incomplete record is still a record; what is missing is a gap, no fault (section 4 of the format).
"""

from __future__ import annotations

from itertools import pairwise

from schema.measure import Measure, Status

# Keys (YAML) that a status asks for in addition to those of the status before it.
REQUIRED: dict[Status, tuple[str, ...]] = {
    Status.IDEA: ("kurzbeschreibung",),
    Status.DRAFT: (
        "ausgangslage",
        "ziel",
        "umsetzung",
        "vision",
        "prioritaet",
        "reife",
        "herkunft",
        "federfuehrung",
        "raum",
    ),
    Status.AGREED: (
        "beginn",
        "ende",
        "beteiligte",
        "kosten",
        "finanzierung",
        "folgekosten",
        "meilensteine",
        "indikatoren",
        "beschluss",
    ),
    Status.READY: ("risiken", "beschlussbedarf", "ausschlusspruefung", "wirtschaftlichkeit"),
    Status.DEFERRED: (),
}

LADDER = (Status.IDEA, Status.DRAFT, Status.AGREED, Status.READY)


def required_keys(status: Status) -> tuple[str, ...]:
    """Return the YAML keys that `status` asks for, those of the steps below it included."""
    if status not in LADDER:
        return REQUIRED[status]
    return tuple(key for step in LADDER[: LADDER.index(status) + 1] for key in REQUIRED[step])


def missing_keys(measure: Measure) -> tuple[str, ...]:
    """Return the YAML keys that the measure's status asks for and that it lacks, in the order of the table."""
    return missing_for(measure, measure.status)


def next_status(status: Status) -> Status | None:
    """Return the step above `status`; None on the top one and beside the ladder."""
    return dict(pairwise(LADDER)).get(status)


def missing_for(measure: Measure, status: Status) -> tuple[str, ...]:
    """Return the YAML keys that the measure lacks for `status`, whatever its own is, in the order of the table."""
    empty = {
        field.alias or name
        for name, field in Measure.model_fields.items()
        if (value := getattr(measure, name)) is None or value in ((), {})
    }
    return tuple(key for key in required_keys(status) if key in empty)
