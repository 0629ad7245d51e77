"""cache: results kept on disk under a hash of all that they depend on. Safe to delete, and never trusted.

An entry carries the hash of its own content, so that a truncated or damaged one counts as missing. It is written beside
its place and then moved there: two commands at once cannot harm each other, and one that is killed leaves nothing that
a later one would take for good. What cannot be written is not kept; no command fails for the sake of a cache.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

_DIGEST = hashlib.sha256().digest_size


class Cache:
    """Entries of one kind in `folder`, `limit` bytes at most; those unused for longest are the first to go."""

    def __init__(self, folder: Path, limit: int) -> None:
        self.folder = folder
        self.limit = limit

    def get(self, key: str) -> bytes | None:
        """Return what was kept under the key, or None; what is returned counts as used now."""
        path = self._path(key)
        try:
            entry = path.read_bytes()
        except OSError:
            return None
        digest, content = entry[:_DIGEST], entry[_DIGEST:]
        if digest != _digest(key, content):
            return None
        with suppress(OSError):
            os.utime(path)
        return content

    def put(self, entries: Iterable[tuple[str, bytes]]) -> None:
        """Keep the entries, key and content each, and drop old ones where there are too many."""
        with suppress(OSError):
            for key, content in entries:
                path = self._path(key)
                path.parent.mkdir(parents=True, exist_ok=True)
                temporary = path.with_name(f"{path.name}.{os.getpid()}")
                temporary.write_bytes(_digest(key, content) + content)
                temporary.replace(path)
            self._prune()

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / key

    def _prune(self) -> None:
        found = [(path.stat(), path) for path in self.folder.glob("*/*")]
        total = sum(status.st_size for status, _ in found)
        for status, path in sorted(found, key=lambda item: item[0].st_mtime_ns):
            if total <= self.limit:
                return
            path.unlink(missing_ok=True)
            total -= status.st_size


def key_of(*parts: bytes) -> str:
    """Return the key of all that a result depends on; the parts cannot run into each other."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()


def digest_of(path: Path) -> str:
    """Return a digest of a file, empty where there is none."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def _digest(key: str, content: bytes) -> bytes:
    return hashlib.sha256(key.encode() + content).digest()
