"""Cache: what was made once, kept under a digest of all it was made from. Safe to delete, and never trusted.

An entry names its key and bears a digest of its content: one that is cut short, or stands under a foreign name, counts
as not there. It is written beside its place and then moved, so that no build sees half an entry of another. Where the
folder cannot be written, things are made anew each time.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from contextlib import suppress
from pathlib import Path

LIMIT = 400_000_000  # bytes: some ten books; what was used longest ago goes first
_MAGIC = b"masterplan-cache 1\n"


class Cache:
    """Entries in a folder; without a folder nothing is kept."""

    def __init__(self, folder: Path | None, limit: int = LIMIT) -> None:
        self._folder = folder
        self._limit = limit

    def get(self, key: str) -> bytes | None:
        """Return what is kept under `key`, None where there is nothing whole."""
        path = self._path(key)
        if path is None:
            return None
        try:
            entry = path.read_bytes()
        except OSError:
            return None
        content = entry[len(_head(key, b"")) :]
        if not entry.startswith(_head(key, content)):
            return None
        with suppress(OSError):
            os.utime(path)
        return content

    def put(self, key: str, content: bytes) -> None:
        """Keep `content` under `key`."""
        path = self._path(key)
        if path is None:
            return
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".new-")
            try:
                with os.fdopen(handle, "wb") as stream:
                    stream.write(_head(key, content) + content)
                Path(temporary).replace(path)
            finally:
                Path(temporary).unlink(missing_ok=True)

    def trim(self) -> None:
        """Delete what was used longest ago, until the folder holds no more than its limit."""
        if self._folder is None:
            return
        with suppress(OSError):
            found = [(entry.stat().st_mtime, entry.stat().st_size, entry.path) for entry in os.scandir(self._folder)]
            held = sum(size for _, size, _ in found)
            for _, size, path in sorted(found):
                if held <= self._limit:
                    break
                Path(path).unlink(missing_ok=True)
                held -= size

    def _path(self, key: str) -> Path | None:
        return self._folder / key if self._folder is not None else None


def _head(key: str, content: bytes) -> bytes:
    return _MAGIC + f"{key}\n{hashlib.sha256(content).hexdigest()}\n".encode()
