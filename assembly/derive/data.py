"""Data: what an edition prints, as JSON with its JSON Schema, for other systems to read.

The records as they were validated, under the keys that editors type, with typed values: euros are numbers, months
`2027-03`, days `2027-03-31`, closed lists their short words (the schema names what readers see). Value and schema come
from the same walk over the models, so they cannot disagree.

The allow-list of the editions holds here as in the book: a key that is not listed is in neither, a measure without a
sheet is not there, nor is a record whose place the book does not bear.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from assembly.document import DATA_NAME, Attachment
from assembly.editions import Selection
from schema import scalars
from schema.base import Record, Term
from schema.kinds import KINDS
from schema.measure import Measure
from schema.plan import Plan as Head

Json = dict[str, Any]

SCHEMA_NAME = "plan.schema.json"
DRAFT = "https://json-schema.org/draft/2020-12/schema"
JSON_TYPE, SCHEMA_TYPE = "application/json", "application/schema+json"

# The lists of the data: kind → name. Their order is that of the book's sources.
LISTS: Mapping[str, str] = {
    "action_field": "handlungsfelder",
    "vision": "vision",
    "finding": "befunde",
    "organisation": "organisationen",
    "funding_source": "finanzierungsquellen",
    "district": "kreise",
    "glossary": "glossar",
    "fact": "kennzahlen",
    "source": "quellen",
    "decision": "beschluesse",
    "measure": "massnahmen",
    "event": "veranstaltungen",
    "statement": "stellungnahmen",
}


@dataclass(frozen=True, slots=True)
class Printed:
    """What a finished book shows: the places that references can lead to, and the views its chapters call."""

    places: frozenset[str]
    views: frozenset[str]


def data(selection: Selection, printed: Printed, day: date) -> tuple[Attachment, Attachment]:
    """Return the data of what the edition prints, and their schema, as files to attach."""
    label = f"Daten des Plans: {selection.plan.head.document}, {selection.edition.label}"
    return (
        Attachment(DATA_NAME, label, JSON_TYPE, "Data", _bytes(values(selection, printed, day))),
        Attachment(SCHEMA_NAME, f"JSON Schema zu {DATA_NAME}", SCHEMA_TYPE, "Supplement", _bytes(schema(selection))),
    )


def _bytes(content: Json) -> bytes:
    """Return JSON in lines: one a key, and one a record, which `json` writes at once only where it does not indent."""
    lines = ",\n".join(f"{_written(key)}: {_rows(value)}" for key, value in content.items())
    return f"{{\n{lines}\n}}\n".encode()


def _rows(value: Any) -> str:
    return "[\n" + ",\n".join(map(_written, value)) + "\n]" if isinstance(value, list) and value else _written(value)


def _written(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


# --- values ---------------------------------------------------------------------------------------------------------


def values(selection: Selection, printed: Printed, day: date) -> Json:
    """Return the data as a JSON value."""
    walk = _Walk(selection)
    head = selection.plan.head
    issue = {"version": head.version, "ausgabe": selection.edition.name, "stand": day.isoformat()}
    lists = {
        LISTS[kind]: [walk.record(record, kind) for record in records]
        for kind, records in _kept(selection, printed)
        if kind in selection.edition.keys
    }
    return {"$schema": SCHEMA_NAME, "fassung": issue, "plan": walk.record(head, "plan"), **lists}


def _kept(selection: Selection, printed: Printed) -> Iterator[tuple[str, list[Record]]]:
    """Yield the records of each kind that the book shows, in the order of print."""
    plan = selection.plan

    def placed(records: Mapping[str, Record], prefix: str = "") -> list[Record]:
        return [record for key, record in records.items() if prefix + key in printed.places]

    named = {source for measure in selection.measures for source in _sources_of(measure)}
    yield "action_field", list(plan.action_fields.values())
    yield "vision", list(plan.vision.values())
    yield "finding", placed(plan.findings)
    yield "organisation", list(plan.organisations.values())
    listed = "finanzierungsquellen" in printed.views
    yield "funding_source", [source for key, source in plan.funding_sources.items() if listed or key in named]
    yield "district", list(plan.districts.values())
    yield "glossary", list(plan.glossary.values())
    yield "fact", placed(plan.facts, "fakt-")
    yield "source", placed(plan.sources, "quelle-")
    yield "decision", placed(plan.decisions)
    yield "measure", list(selection.measures)
    yield "event", list(_events(selection, printed))
    yield "statement", list(plan.statements.values()) if "stellungnahmen" in printed.views else []


def _sources_of(measure: Measure) -> set[str]:
    return {financing.source for financing in measure.financing}


def _events(selection: Selection, printed: Printed) -> Iterator[Record]:
    """Yield the events that are listed, each with the contributions that print and the measures that have a sheet."""
    for event in selection.plan.events.values():
        contributions = tuple(
            contribution.model_copy(update={"measures": tuple(filter(selection.prints, contribution.measures))})
            for contribution in event.contributions
            if contribution.id in printed.places
        )
        if contributions or "beteiligung" in printed.views:
            yield event.model_copy(update={"contributions": contributions})


# --- values and their schema, by one walk over the models -----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Scalar:
    """How a scalar of `schema.scalars` is written: its schema, and what makes the JSON value."""

    schema: Json
    write: Callable[[Any], Any] = str


def _number(value: int | Decimal) -> int | float:
    return int(value) if value == int(value) else float(value)


_MONTH_FORM, _DAY_FORM = r"[0-9]{4}-[0-9]{2}", r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_AMOUNT: Json = {"type": "number", "minimum": 0}
_SCALARS: tuple[tuple[Any, _Scalar], ...] = (
    (scalars.Money, _Scalar(_AMOUNT | {"description": "Euro"}, lambda cents: _number(Decimal(cents) / 100))),
    (scalars.Number, _Scalar(_AMOUNT, _number)),
    (scalars.Percent, _Scalar(_AMOUNT | {"maximum": 100, "description": "Prozent"}, _number)),
    (scalars.Count, _Scalar({"type": "integer", "minimum": 0}, int)),
    (scalars.Year, _Scalar({"type": "integer"}, int)),
    (scalars.Level, _Scalar({"enum": [1, 2, 3]}, int)),
    (scalars.Flag, _Scalar({"type": "boolean"}, bool)),
    (scalars.MonthOfYear, _Scalar({"type": "string", "pattern": f"^{_MONTH_FORM}$"})),
    (scalars.Day, _Scalar({"type": "string", "format": "date", "pattern": f"^{_DAY_FORM}$"})),
    (
        scalars.Stichtag,
        _Scalar(
            {"type": "string", "pattern": rf"^([0-9]{{4}}|{_MONTH_FORM}|{_DAY_FORM})$"},
            lambda when: "-".join(f"{part:02d}" for part in when if part),
        ),
    ),
)
_WORDS = _Scalar({"type": "string"})


def _scalar(annotation: Any) -> _Scalar:
    """Return how a scalar is written; what is none of those above is words."""
    return next((scalar for kind, scalar in _SCALARS if kind == annotation), _WORDS)


def _annotation(field: FieldInfo) -> tuple[Any, bool]:
    """Return the type of a key with the marks that pydantic keeps apart from it, and whether it may be missing."""
    annotation = Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation
    if get_origin(annotation) in (Union, UnionType):
        return next(option for option in get_args(annotation) if option is not type(None)), True
    return annotation, False


class _Walk:
    """Walks over records and models of one edition. A place is a kind or a part of one: `measure.kosten`."""

    def __init__(self, selection: Selection) -> None:
        self._listed = selection.edition.keys.listed
        self.definitions: Json = {}

    def _fields(self, model: type[Record], place: str) -> Iterator[tuple[str, str, FieldInfo]]:
        """Yield attribute, key and field of whatever at a place may print."""
        for name, field in model.model_fields.items():
            key = field.alias or name
            if key in self._listed.get(place, ()):
                yield name, key, field

    def record(self, record: Record, place: str) -> Json:
        """Return a record as a JSON value; what is not stated is left out."""
        written: Json = {}
        for name, key, field in self._fields(type(record), place):
            value = getattr(record, name)
            if value is not None:
                written[key] = self._value(_annotation(field)[0], value, f"{place}.{key}")
        return written

    def _value(self, annotation: Any, value: Any, place: str) -> Any:
        origin, arguments = get_origin(annotation), get_args(annotation)
        if isinstance(value, Record):
            return self.record(value, place)
        if isinstance(value, Term):
            return value.value
        if origin is tuple:
            return [self._value(arguments[0], item, place) for item in value]
        if origin is not Annotated and isinstance(value, Mapping):
            return {str(key): self._value(arguments[1], item, place) for key, item in value.items()}
        return _scalar(annotation).write(value)

    def model(self, model: type[Record], place: str) -> Json:
        """Return a reference to the schema of a model at a place."""
        if place not in self.definitions:
            self.definitions[place] = {}  # its turn in the order of print is before what it refers to
            properties, required = {}, []
            for _, key, field in self._fields(model, place):
                annotation, optional = _annotation(field)
                properties[key] = {"title": field.title, **self._schema(annotation, f"{place}.{key}")}
                if not optional:
                    required.append(key)
            self.definitions[place] = _object(properties, required)
        return {"$ref": f"#/$defs/{place}"}

    def _schema(self, annotation: Any, place: str) -> Json:
        origin, arguments = get_origin(annotation), get_args(annotation)
        if origin is tuple:
            return {"type": "array", "items": self._schema(arguments[0], place)}
        if isinstance(origin, type) and issubclass(origin, Mapping):
            return {"type": "object", "additionalProperties": self._schema(arguments[1], place)}
        if isinstance(annotation, type) and issubclass(annotation, Record):
            return self.model(annotation, place)
        if isinstance(annotation, type) and issubclass(annotation, Term):
            return {"oneOf": [{"const": term.value, "title": term.label} for term in annotation]}
        return _scalar(annotation).schema


def schema(selection: Selection) -> Json:
    """Return the JSON Schema of the edition's data."""
    walk = _Walk(selection)
    lists = {
        name: {"title": KINDS[kind].german, "type": "array", "items": walk.model(KINDS[kind].model, kind)}
        for kind, name in LISTS.items()
        if kind in selection.edition.keys
    }
    issue = _object(
        {
            "version": {"title": "Version des Plans", **_scalar(scalars.Version).schema},
            "ausgabe": {"title": "Ausgabe", "const": selection.edition.name},
            "stand": {"title": "Tag der Fassung", **_scalar(scalars.Day).schema},
        }
    )
    properties = {"$schema": {"const": SCHEMA_NAME}, "fassung": issue, "plan": walk.model(Head, "plan"), **lists}
    title = f"Daten des Plans, {selection.edition.label}"
    return {"$schema": DRAFT, "title": title, **_object(properties), "$defs": walk.definitions}


def _object(properties: Json, required: Iterable[str] | None = None) -> Json:
    keys = list(properties if required is None else required)
    return {"type": "object", "properties": properties, "required": keys, "additionalProperties": False}
