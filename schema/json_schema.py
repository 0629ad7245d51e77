"""json_schema: the models → one JSON Schema (draft 2020-12) a kind of file, for completion and hints in text editors.

Input: `schema.kinds.KINDS`, the marks beside the scalars, the table of `schema.status`. Output: JSON values by file
name. `assembly.editor_schema` adds the ids of the plan; `./build.py schema` writes it all.

**What a schema promises.** An editor reads YAML's own types (core schema of YAML 1.2): `1250000` is a number to it,
`true` a truth value, a key without a value is null. Our loader reads every scalar as text and drops a key without a
value. A schema is held against the first reading, and judges one file by itself. For every file holds:

    what the schema refuses, `check` reports, as a fault or as a gap;
    in other words: what `check` takes without a fault and without a gap, the schema accepts.

So an editor never marks what is right. The gates of the status refuse what is a *gap* to `check` (exit 0): on the way
to a status an editor marks what is still missing. The converse does not hold: a schema knows no other file, no calendar
(31 February), no sum and no rule across keys, and to YAML `640.000` is the number 640; those are for `check` alone. It
holds for texts in quotation marks, the calendar aside: a scalar's schema accepts one exactly where our parser takes it.

A plain `null` (or `~`) is nothing to an editor, and `check` refuses it: whoever means the word puts it in quotation
marks, whoever means nothing leaves the place empty. Texts are in NFC and without control characters.

**Ids.** A reference is `anyOf` the ids that there are (`ids.schema.json`, for completion) and the form of such an id:
an id that is not there yet is no fault of form, whether it dangles is the business of `check`.

Keywords are those that the YAML extension of VS Code shows: `enumDescriptions`, `errorMessage`. What must be accepted
but never proposed (a key without a value) is said by `not`: editors propose whatever `enum`, `const` and `type` name.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import WithJsonSchema
from pydantic.fields import FieldInfo

import schema.scalars
from schema.base import Record, Reference, Term
from schema.kinds import KINDS, Kind
from schema.measure import Measure, Status
from schema.status import LADDER, REQUIRED

Json = dict[str, Any]

DRAFT = "https://json-schema.org/draft/2020-12/schema"
IDS = "ids.schema.json"
# The kinds whose ids are proposed where a key refers to one of them.
REFERRED = (
    "organisation", "measure", "vision", "district", "funding_source", "decision", "finding", "action_field",
    "source", "fact",
)  # fmt: skip

UNFILLED: Json = {"not": {"type": ["number", "boolean", "array", "object"]}, "maxLength": 0}
# Said by `if`, since editors have no wording of their own for `not`; no number is unfilled, so `then` always fails.
STATED: Json = {"if": UNFILLED, "then": {"type": "number", "errorMessage": "Der Status verlangt diese Angabe."}}
STATED_ITEMS: Json = {**STATED, "minItems": 1, "minProperties": 1}
ANY_SCALAR: Json = {"not": {"type": ["array", "object"]}}


def file_name(kind: Kind) -> str:
    """Return the name of the kind's schema: the file's own where there is one file, else the kind's."""
    stem = kind.name if "*" in kind.pattern else PurePosixPath(kind.pattern).stem
    return f"{stem}.schema.json"


def schemas() -> dict[str, Json]:
    """Return the schema of every kind of file, by file name."""
    return {file_name(kind): _Writer(kind).write() for kind in KINDS.values()}


class _Writer:
    """Writes the schema of one kind; what is needed more than once goes to `$defs`."""

    def __init__(self, kind: Kind) -> None:
        self.kind = kind
        self.definitions: dict[str, Json] = {}

    def write(self) -> Json:
        head: Json = {
            "$schema": DRAFT,
            "title": self.kind.german,
            "description": f"{self.kind.german}: {self.kind.pattern}. Erzeugt mit ./build.py schema.",
        }
        if self.kind.many:
            head |= {"type": "array", "items": self.record(self.kind.model)}
        else:
            head |= self.properties(self.kind.model)
        return head | {"$defs": dict(sorted(self.definitions.items()))}

    def define(self, name: str, definition: Json) -> Json:
        self.definitions.setdefault(name, definition)
        return {"$ref": f"#/$defs/{name}"}

    def record(self, model: type[Record]) -> Json:
        if model.__name__ not in self.definitions:
            self.definitions[model.__name__] = self.properties(model)
        return {"$ref": f"#/$defs/{model.__name__}"}

    def properties(self, model: type[Record]) -> Json:
        fields = {field.alias or name: field for name, field in model.model_fields.items()}
        written: Json = {
            "type": "object",
            "properties": {key: self.property(model, key, field) for key, field in fields.items()},
            "required": [key for key, field in fields.items() if field.is_required()],
            "additionalProperties": False,
        }
        if model is Measure:
            written["allOf"] = self.gates(fields)
        return written

    def property(self, model: type[Record], key: str, field: FieldInfo) -> Json:
        own_id = model is self.kind.model and key == self.kind.key
        value = self.value(_full(field), proposes_ids=not own_id)
        if not field.is_required():
            value = {"anyOf": [value, self.define("leer", UNFILLED)]}
        return {"title": field.title, "description": field.description, **value}

    def value(self, annotation: Any, *, proposes_ids: bool = True) -> Json:
        """Return the schema of a type as it stands in a model."""
        origin, arguments = get_origin(annotation), get_args(annotation)
        if origin is Annotated:
            return self.scalar(annotation, proposes_ids=proposes_ids)
        if origin in (Union, UnionType):
            option = next(option for option in arguments if option is not type(None))
            return self.value(option, proposes_ids=proposes_ids)
        if origin is tuple:
            return {
                "type": "array",
                "items": self.value(arguments[0]),
                "errorMessage": "Hier wird eine Liste erwartet.",
            }
        if origin is not None and issubclass(origin, Mapping):
            return self.mapping(*arguments)
        if annotation is str:
            return self.define("Word", ANY_SCALAR)
        if issubclass(annotation, Term):
            return self.define(annotation.__name__, _terms(annotation))
        return self.record(annotation)

    def scalar(self, annotation: Any, *, proposes_ids: bool) -> Json:
        inner, *marks = get_args(annotation)
        mark = next((mark for mark in marks if isinstance(mark, WithJsonSchema)), None)
        if mark is None:
            return self.value(inner, proposes_ids=proposes_ids)
        form = self.define(_SCALARS[_text_of(mark)], mark.json_schema or {})
        kind = next((mark.kind for mark in marks if isinstance(mark, Reference)), "")
        if proposes_ids and kind in REFERRED:
            return {"anyOf": [{"$ref": f"{IDS}#/$defs/{kind}"}, form]}
        return form

    def mapping(self, key: Any, value: Any) -> Json:
        """Return the schema of a mapping; the form of its keys is that of the scalar."""
        marks = get_args(key)[1:]
        form = next(mark.json_schema or {} for mark in marks if isinstance(mark, WithJsonSchema))
        written: Json = {
            "type": "object",
            "patternProperties": {form["pattern"]: {"anyOf": [self.value(value), self.define("leer", UNFILLED)]}},
            "additionalProperties": False,
        }
        kind = next((mark.kind for mark in marks if isinstance(mark, Reference)), "")
        if kind in REFERRED:
            written["allOf"] = [{"$ref": f"{IDS}#/$defs/{kind}_keys"}]
        return written

    def gates(self, fields: Mapping[str, FieldInfo]) -> list[Json]:
        """Return for each step of the ladder what it asks for of a measure that stands on it or above."""
        return [
            {
                "if": {"properties": {"status": {"enum": _from(step)}}, "required": ["status"]},
                "then": {
                    "required": list(REQUIRED[step]),
                    "properties": {key: self.stated(fields[key]) for key in REQUIRED[step]},
                },
            }
            for step in LADDER
        ]

    def stated(self, field: FieldInfo) -> Json:
        """Return what counts as stated: an empty list or mapping does not (as in `schema.status.missing_keys`)."""
        origin = get_origin(field.annotation)
        if origin is not None and (origin is tuple or (isinstance(origin, type) and issubclass(origin, Mapping))):
            return self.define("angegeben_nicht_leer", STATED_ITEMS)
        return self.define("angegeben", STATED)


def _from(step: Status) -> list[str]:
    return [status.value for status in LADDER[LADDER.index(step) :]]


def _terms(terms: type[Term]) -> Json:
    values, labels = [term.value for term in terms], [term.label for term in terms]
    return {"enum": values, "enumDescriptions": labels, "errorMessage": f"Erlaubt sind: {', '.join(values)}."}


def _full(field: FieldInfo) -> Any:
    """Return the field's type with the marks that pydantic keeps apart from it."""
    return Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation


def _text_of(mark: WithJsonSchema) -> str:
    return repr(mark.json_schema)


def _scalars() -> dict[str, str]:
    """Return the name of each scalar by its schema; where two share one (Line, Prose), the first names it."""
    names: dict[str, str] = {}
    for name, item in vars(schema.scalars).items():
        for mark in getattr(item, "__metadata__", ()):
            if isinstance(mark, WithJsonSchema):
                names.setdefault(_text_of(mark), name)
    return names


_SCALARS = _scalars()
