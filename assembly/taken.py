"""taken: the ids that are given away: those that stand anywhere in the plan, and those that ever stood in its history.

An id is never given a second time, so what is doubtful counts as taken: ids of broken records, earlier ids, ids that
a text or another record names already, and ids in files that cannot be read.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

from assembly.sources import Source, Sources, Tree, stem

FOLDERS = ("measures", "framework", "participation", "statements")
_COMMENT = re.compile(r"(^|\s)#.*")
_ID_LINE = re.compile(
    r"[+-]\s*(?:- )?\{?\s*(?:id|ags|begriff|frueher|ersetzt_durch): *(.+)|[+-]\s*- *([A-Z]+-[\d-]+)\s*$"
)


def numbered(sources: Sources, pattern: str) -> set[int]:
    """Return the numbers that stand as the one group of `pattern` anywhere in the plan or its history."""
    found = re.compile(rf"(?<![\w-]){pattern}(?![\w])")
    texts = [*(text for source in sources.files for text in _texts(source)), *history(sources.root)]
    return {int(match[1]) for text in texts for match in found.finditer(text)}


def named(sources: tuple[Source, ...], key: str) -> set[str]:
    """Return what stands under `key` in the entries of list files, case folded; broken entries included."""
    entries = [entry for source in sources if isinstance(source.tree, list) for entry in source.tree]
    return {str(entry.get(key, "")).strip().casefold() for entry in entries if isinstance(entry, dict)} - {""}


def past(root: Path) -> set[str]:
    """Return the ids that ever stood in the plan's history, case folded."""
    return {text.strip("\"' ").casefold() for text in history(root)}


def free(taken: set[int], limit: int) -> int | None:
    """Return the number after the highest; where that is above `limit`, the lowest that is free (None: none is)."""
    following = max(taken, default=0) + 1
    return following if following <= limit else next((n for n in range(1, limit + 1) if n not in taken), None)


def _texts(source: Source) -> Iterator[str]:
    """Yield all words of a source but its comments; of a file that cannot be read, all that may be words."""
    yield stem(source.file)
    if source.kind == "chapter":
        yield source.text
    elif source.tree is None:
        yield from (_COMMENT.sub("", line) for line in source.text.split("\n"))
    else:
        yield from _leaves(source.tree)


def _leaves(tree: Tree) -> Iterator[str]:
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield key
            yield from _leaves(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from _leaves(value)
    else:
        yield str(tree)


def history(root: Path) -> list[str]:
    """Return what ever stood as an id in git's history of the plan, and the names of its files; nothing without git."""
    command = ["git", "-C", str(root), "log", "--all", "--no-renames", "--format=", "-p", "-U0", "--no-color",
               "--no-ext-diff", "--no-textconv", "--", *FOLDERS]  # fmt: skip
    try:
        done = subprocess.run(command, capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return []
    found: dict[str, None] = {}
    for line in done.stdout.decode("utf-8", "replace").split("\n"):
        if line.startswith(("+++ ", "--- ")):
            found[line[4:].removesuffix(".yaml")] = None
        elif match := _ID_LINE.match(line):
            found[_COMMENT.sub("", match[1] or match[2])] = None
    return list(found)
