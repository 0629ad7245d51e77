"""walk: the leaves of a record with their YAML path and the marks on their types.

So that a rule such as „every reference must resolve“ stands once, beside the type, and no list of keys is kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from schema.base import Record

LeafPath = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Leaf:
    """One scalar: its YAML path, its value, the mark found on its type, and whether it is the key of a mapping."""

    path: LeafPath
    value: Any
    mark: Any
    is_key: bool = False


def marked(record: Record, mark: type) -> Iterator[Leaf]:
    """Yield every scalar of the record whose type bears a mark of the class `mark`."""
    for name, alias, annotation in _fields(type(record)):
        value = getattr(record, name)
        if value is not None:
            yield from _leaves(annotation, value, (alias,), mark)


@cache
def _fields(model: type[Record]) -> tuple[tuple[str, str, Any], ...]:
    """Return attribute, YAML key and full annotation of each field (pydantic keeps outer marks apart)."""
    return tuple(
        (
            name,
            field.alias or name,
            Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation,
        )
        for name, field in model.model_fields.items()
    )


def _leaves(annotation: Any, value: Any, path: LeafPath, mark: type, is_key: bool = False) -> Iterator[Leaf]:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        for found in (meta for meta in arguments[1:] if isinstance(meta, mark)):
            yield Leaf(path, value, found, is_key)
        yield from _leaves(arguments[0], value, path, mark, is_key)
    elif origin in (Union, UnionType):
        yield from _leaves(next(arg for arg in arguments if arg is not type(None)), value, path, mark, is_key)
    else:
        for inner, part, step, inner_is_key in _parts(value, arguments):
            yield from _leaves(inner, part, (*path, step), mark, inner_is_key)


def _parts(value: Any, arguments: tuple[Any, ...]) -> Iterator[tuple[Any, Any, str | int, bool]]:
    """Yield type, value and YAML step of what a record, a list or a mapping holds; nothing for a scalar."""
    if isinstance(value, Record):
        for name, alias, inner in _fields(type(value)):
            if (part := getattr(value, name)) is not None:
                yield inner, part, alias, False
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield arguments[0], key, str(key), True
            yield arguments[1], item, str(key), False
    elif arguments and isinstance(value, tuple):
        for index, item in enumerate(value):
            yield arguments[0], item, index, False
