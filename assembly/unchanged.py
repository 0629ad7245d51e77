"""Unchanged: a build whose inputs are those of an earlier one, whose documents are still there, need not be made again.

All that decides what a build makes goes into one key: the call, the day, every file of the plan and of the program, and
the versions of the libraries. This is asked before anything heavy is imported, so this module imports nothing heavy.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from assembly.cache import Cache, digest_of, key_of
from assembly.versions import LIBRARIES, library

PLAN = ("framework", "measures", "participation", "statements", "chapters")
PROGRAM = ("assembly", "schema", "templates", "build.py", "requirements.lock")
MADE = "ids.schema.json"  # a build renews it: no input
LIMIT = 1_000_000  # bytes: some thousand builds


def key(program: Path, plan: Path, call: Sequence[str]) -> str:
    """Return the key of a build: its call (arguments, folder, day, commit), all its files and all versions."""
    parts = [f"python {sys.version}", *(library(*name) for name in LIBRARIES), *call]
    for root, names in ((program, PROGRAM), (plan, PLAN)):
        for path in _files(root, names):
            parts += [path.relative_to(root).as_posix(), digest_of(path)]
    return key_of(*(part.encode() for part in parts))


def recall(cache: Cache, key: str) -> list[Path] | None:
    """Return the documents that the build of this key has made, None where it is not known or one is not as it was."""
    content = cache.get(key)
    made: dict[str, str] = json.loads(content) if content else {}
    paths = [Path(path) for path in made]
    return paths if paths and all(digest_of(path) == made[str(path)] for path in paths) else None


def remember(cache: Cache, key: str, documents: Sequence[Path]) -> None:
    """Remember what the build of this key has made."""
    made = {str(path): digest_of(path) for path in documents}  # as they were named: the folder is part of the key
    cache.put([(key, json.dumps(made).encode())])


def _files(root: Path, names: Sequence[str]) -> Iterator[Path]:
    for name in names:
        path = root / name
        found = [path] if path.is_file() else sorted(path.rglob("*"))
        yield from (file for file in found if file.is_file() and file.suffix != ".pyc" and file.name != MADE)
