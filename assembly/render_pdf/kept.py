"""Kept: HTML of chunks that an earlier build has made of the same values, by the same program."""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from assembly.cache import Cache, key_of
from assembly.versions import versions

ASSEMBLY = Path(__file__).resolve().parent.parent
LIMIT = 100_000_000  # bytes of HTML: some dozens of books
DRAWING = ("matplotlib", "jinja2", "markupsafe")  # what decides how HTML looks, besides what decides of pages


class Kept:
    """Remembers HTML under all that it depends on: `values` for all chunks, `files` that are read for them."""

    def __init__(self, folder: Path, values: Any, files: Sequence[Path]) -> None:
        self._cache = Cache(folder, LIMIT)
        program = (*sorted(ASSEMBLY.rglob("*.py")), *sorted((ASSEMBLY.parent / "templates").rglob("*.j2")))
        digests = (hashlib.sha256(path.read_bytes()).digest() for path in (*program, *files))
        self._base = key_of(*digests, "\n".join(versions(DRAWING)).encode(), pickle.dumps(values))

    def key(self, values: Any) -> str:
        """Return the key of a chunk that is made of `values`: equal keys mean equal values."""
        return key_of(self._base.encode(), pickle.dumps(values))

    def get(self, key: str) -> str | None:
        """Return the HTML, None where it is not known."""
        content = self._cache.get(key)
        return content.decode() if content is not None else None

    def put(self, made: dict[str, str]) -> None:
        """Keep HTML for builds to come."""
        self._cache.put((key, html.encode()) for key, html in made.items())
