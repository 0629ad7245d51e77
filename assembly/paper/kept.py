"""Kept: what was read of each page, kept for the next time under the hash of all that it was read from.

A build after a small change writes nearly the same pages: only those that differ are read anew. All pages of a book
are one entry of the cache, so that two hundred files need not be opened; each is a line of it, its key and JSON.
"""

from __future__ import annotations

import json
from array import array
from pathlib import Path

from assembly.cache import Cache, key_of
from assembly.paper.look import PARTING, Look

LIMIT = 60_000_000  # bytes: the pages of a dozen large books


class Kept:
    """The pages of one book, which is told apart from others by its name. Without a folder nothing is kept."""

    def __init__(self, folder: Path | None = None, name: str = "") -> None:
        self._cache = Cache(folder, LIMIT) if folder else None
        own = [path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.py"))]
        self._key = key_of(*own, name.encode())
        self._before = self._load()
        self._now: dict[str, Look] = {}

    def find(self, key: str) -> Look | None:
        """Return what there was to see on a page of this key; None where that is not known."""
        found = _look(self._before.get(key, b""))
        if found is None:
            self._before.pop(key, None)
        return found

    def keep(self, key: str, look: Look) -> None:
        """Keep what there is to see on a page."""
        self._now[key] = look

    def save(self) -> None:
        """Keep the pages for the next time, unless there is nothing new."""
        if self._cache is not None and self._now.keys() != self._before.keys():
            lines = (f"{key} ".encode() + (self._before.get(key) or _written(look)) for key, look in self._now.items())
            self._cache.put([(self._key, b"\n".join(lines))])

    def _load(self) -> dict[str, bytes]:
        packed = self._cache.get(self._key) if self._cache else None
        lines = packed.split(b"\n") if packed else []
        return {key.decode("latin-1"): written for key, _, written in (line.partition(b" ") for line in lines)}


def _written(look: Look) -> bytes:
    columns = [list(column) if isinstance(column, array) else column for column in look]
    return json.dumps(columns, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _look(written: bytes) -> Look | None:
    """Return a look as it was kept; None where there is none, or it cannot be read."""
    try:
        columns = json.loads(written.decode("utf-8", "surrogatepass"))
        mcids, words, edges, holes, covering, unseen, drawn, areas = columns
        seen = Look(
            array("q", mcids),
            words,
            array("d", edges),
            [(index, missing) for index, missing in holes],
            [(one, other) for one, other in covering],
            [(text, why) for text, why in unseen],
            array("d", drawn),
            array("d", areas),
        )
    except (TypeError, ValueError, OverflowError):
        return None
    return seen if len(seen.edges) == 4 * len(seen.mcids) == 4 * words.count(PARTING) else None
