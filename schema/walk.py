"""walk: the leaves of a record with their YAML path and the marks on their types.

So that a rule such as „every reference must resolve“ stands once, beside the type, and no list of keys is kept.
Where the marks lie below a model is found out once; a walk then visits nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from schema.base import Record

LeafPath = tuple[str | int, ...]
Marks = type | tuple[type, ...]


@dataclass(frozen=True, slots=True)
class Leaf:
    """One scalar: its YAML path, its value, the mark found on its type, and whether it is the key of a mapping."""

    path: LeafPath
    value: Any
    mark: Any
    is_key: bool = False


@dataclass(frozen=True, slots=True)
class _Way:
    """Where marks lie below one type: on it, in the fields of a record, the items of a list, keys and values."""

    found: tuple[Any, ...] = ()
    fields: tuple[tuple[str, str, _Way], ...] = ()
    items: _Way | None = None
    keys: _Way | None = None
    values: _Way | None = None


def marked(record: Record, mark: Marks) -> Iterator[Leaf]:
    """Yield every scalar of the record whose type bears a mark of the class `mark` (or of one of them)."""
    way = _way_into(type(record), mark)
    if way is not None:
        yield from _leaves(way, record, ())


@cache
def _way_into(model: type[Record], mark: Marks) -> _Way | None:
    ways = []
    for name, field in model.model_fields.items():
        # pydantic keeps the outer marks of a field apart from its type
        full = Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation
        if (way := _way(full, mark)) is not None:
            ways.append((name, field.alias or name, way))
    return _Way(fields=tuple(ways)) if ways else None


def _way(annotation: Any, mark: Marks) -> _Way | None:
    """Return the way to the marks below a type, or None where there are none."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        found = tuple(meta for meta in arguments[1:] if isinstance(meta, mark))
        return _Way(found=found) if found else _way(arguments[0], mark)
    if origin in (Union, UnionType):
        return _way(next(arg for arg in arguments if arg is not type(None)), mark)
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return _way_into(annotation, mark)
    if origin is tuple:
        items = _way(arguments[0], mark)
        return _Way(items=items) if items else None
    if len(arguments) == 2:  # a mapping
        keys, values = (_way(argument, mark) for argument in arguments)
        return _Way(keys=keys, values=values) if keys or values else None
    return None


def _leaves(way: _Way, value: Any, path: LeafPath, is_key: bool = False) -> Iterator[Leaf]:
    for mark in way.found:
        yield Leaf(path, value, mark, is_key)
    for name, alias, below in way.fields:
        if (part := getattr(value, name)) is not None:
            yield from _leaves(below, part, (*path, alias))
    if way.items is not None:
        for index, item in enumerate(value):
            yield from _leaves(way.items, item, (*path, index))
    elif isinstance(value, Mapping):
        for key, item in value.items():
            if way.keys is not None:
                yield from _leaves(way.keys, key, (*path, str(key)), is_key=True)
            if way.values is not None:
                yield from _leaves(way.values, item, (*path, str(key)))
