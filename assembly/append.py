"""append: one more item for a list in a YAML file, all else in it byte for byte as it was.

The new text is read again as `load` reads it and must hold exactly the old tree and the new item; else nothing is
written. So whatever odd way a list was typed in, nothing is lost.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from assembly.load import normalised, read_tree
from assembly.refusal import Refusal
from assembly.sources import Source, line_and_column

_LINES = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
Write = Callable[[int], str]  # indentation of the dash → the lines of the item


def with_item(root: Path, source: Source | None, file: str, key: str, write: Write, values: dict[str, str]) -> bytes:
    """Return the file's bytes with one more item in the list below `key` (empty: in the list that the file is).

    `source` is the file as it was loaded, None where there is none; `values` is what the item is to hold when read.
    Refusal where the file cannot be read, or where its list is typed in a way that cannot be added to.
    """
    raw = (root / file).read_bytes() if (root / file).is_file() else b""
    if source and source.tree is None and _has_content(source.text):
        hint = "Beheben Sie den Fehler zuerst: ./build.py check zeigt ihn."
        raise Refusal(f"{file} lässt sich nicht lesen.", hint, usage=False)
    lines = _LINES.findall(raw.decode("utf-8"))
    end = next((re.sub(r"[^\r\n]", "", line) for line in lines if line.endswith(("\r", "\n"))), "\n")
    tree: Any = source.tree if source and source.tree is not None else ({} if key else [])
    old = tree.get(key, []) if key and isinstance(tree, dict) else tree
    if isinstance(old, list) and isinstance(tree, dict if key else list):
        position, indent, opening, blank = _where(source, lines, key, len(old))
        if opening is not None:
            lines[position - 1 : position] = opening
        piece = ("\n" if blank else "") + write(indent)
        if position == len(lines) and lines and not lines[-1].endswith(("\r", "\n")):
            lines[-1] += end
        text = "".join([*lines[:position], piece.replace("\n", end), *lines[position:]])
        wanted: Any = {**tree, key: [*old, values]} if isinstance(tree, dict) else [*old, values]
        if read_tree(normalised(text.removeprefix("\ufeff"))) == (wanted, []):
            return text.encode()
    raise Refusal(
        f"In {file} lässt sich kein Eintrag von selbst ergänzen.",
        "Die Liste braucht je Eintrag einen Bindestrich auf einer eigenen Zeile. Ergänzen Sie den Eintrag von Hand.",
        usage=False,
    )


def _where(source: Source | None, lines: list[str], key: str, count: int) -> tuple[int, int, list[str] | None, bool]:
    """Return after which line the item goes, its indentation, what replaces that line, and if a blank comes first."""
    path = (key,) if key else ()
    if source is None or path not in source.spans or not source.spans:
        if not key:
            return len(lines), 0, None, bool(lines)
        lines.append(f"{key}:\n")
        return len(lines), 2, None, False
    text = source.text
    if count:
        item = source.spans[(*path, count - 1)]
        dash = text.rfind("-", 0, item.start + 1)
        number, column = line_and_column(text, dash)
        typed = text.split("\n")
        above = next((line for line in reversed(typed[: number - 1]) if not line.lstrip().startswith("#")), "x")
        blank = not above.strip() or (not key and count == 1)
        last = len(lines) if not key else line_and_column(text, _last(source, (*path, count - 1)))[0]
        return last, column - 1, None, blank
    number, _ = line_and_column(text, source.spans[path].start)
    opening = re.sub(r"\s*\[\s*\]", "", lines[number - 1], count=1)
    return number, 2 if key else 0, [opening], False


def _last(source: Source, path: tuple[str | int, ...]) -> int:
    """Return the offset of the last character of the value at `path`."""
    inside = {way: span for way, span in source.spans.items() if way[: len(path)] == path}
    holders = {way[:-1] for way in inside}
    ends = [
        span.start + len(source.text[span.start : span.end].rstrip())
        for way, span in inside.items()
        if way not in holders or source.text[span.start] in "[{"
    ]
    return max(ends) - 1


def _has_content(text: str) -> bool:
    return any(line.strip() and not line.lstrip().startswith("#") for line in text.split("\n"))
