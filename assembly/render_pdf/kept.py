"""Kept: HTML of chunks that an earlier build has made of the same values, by the same program."""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable, Sequence
from dataclasses import fields, is_dataclass
from operator import attrgetter
from pathlib import Path
from typing import Any

from assembly.cache import Cache, digest_of, key_of
from assembly.versions import versions

ASSEMBLY = Path(__file__).resolve().parent.parent
LIMIT = 100_000_000  # bytes of HTML: some dozens of books
DRAWING = ("matplotlib", "jinja2", "markupsafe")  # what decides how HTML looks, besides what decides of pages


class Kept:
    """Remembers HTML under all that it depends on: `values` for all chunks, `files` that are read for them."""

    def __init__(self, folder: Path, values: Any, files: Sequence[Path]) -> None:
        self._cache = Cache(folder, LIMIT)
        program = (*sorted(ASSEMBLY.rglob("*.py")), *sorted((ASSEMBLY.parent / "templates").rglob("*.j2")))
        texts = (*map(digest_of, (*program, *files)), *versions(DRAWING))
        self._base = key_of("\n".join(texts).encode(), _pickled(values))

    def key(self, values: Any) -> str:
        """Return the key of a chunk that is made of `values`: equal keys mean equal values."""
        return key_of(self._base.encode(), _pickled(values))

    def get(self, key: str) -> str | None:
        """Return the HTML, None where it is not known."""
        content = self._cache.get(key)
        return content.decode() if content is not None else None

    def put(self, made: dict[str, str]) -> None:
        """Keep HTML for builds to come."""
        self._cache.put((key, html.encode()) for key, html in made.items())


class _Reducers(dict[type, Callable[[Any], tuple[Any, ...]]]):
    """How frozen values are taken apart: by their attributes in one go, where `pickle` asks for each by its name."""

    def __missing__(self, kind: type) -> Callable[[Any], tuple[Any, ...]]:
        if not is_dataclass(kind):
            raise KeyError(kind)
        taken = attrgetter("__module__", "__class__", *(attribute.name for attribute in fields(kind)))
        self[kind] = lambda value: (kind, taken(value))
        return self[kind]


_REDUCERS = _Reducers()


def _pickled(values: Any) -> bytes:
    """Return bytes that tell values from others; they are never read again."""
    target = io.BytesIO()
    pickler = pickle.Pickler(target)
    pickler.dispatch_table = _REDUCERS
    pickler.dump(values)
    return target.getvalue()
