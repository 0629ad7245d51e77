"""shape: what stands below a key, read from the models: for whatever follows a YAML tree without a record at hand."""

from __future__ import annotations

from collections.abc import Mapping
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from schema.base import Record, Term


def keys_of(model: type[Record]) -> dict[str, FieldInfo]:
    """Return the fields of a model by YAML key, in the order of the model."""
    return {field.alias or name: field for name, field in model.model_fields.items()}


def bare(annotation: Any) -> Any:
    """Return the type without its marks and without `None`."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return bare(arguments[0])
    if origin in (Union, UnionType):
        return bare(next(argument for argument in arguments if argument is not type(None)))
    return annotation


def below(annotation: Any, step: str | int) -> Any:
    """Return the type of what stands below `step` (a key, or the index of a list's item); None where it is unknown."""
    known = bare(annotation)
    if isinstance(step, int):
        return get_args(known)[0] if get_origin(known) is tuple else None
    model = record_in(known)
    if model is not None:
        field = keys_of(model).get(step)
        return field.annotation if field else None
    return get_args(known)[1] if get_origin(known) is Mapping else None


def record_in(annotation: Any) -> type[Record] | None:
    """Return the record that the type is, or None."""
    known = bare(annotation)
    return known if isinstance(known, type) and issubclass(known, Record) else None


def term_in(annotation: Any) -> type[Term] | None:
    """Return the closed list of words that the type is, or None."""
    known = bare(annotation)
    return known if isinstance(known, type) and issubclass(known, Term) else None
