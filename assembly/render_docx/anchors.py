"""Anchors: the places of a Document that references lead to, each with the name of its bookmark in Word.

A bookmark's name has at most 40 letters, digits and underscores and begins with a letter or an underscore; one that
begins with an underscore is hidden in Word's dialogs. pandoc keeps names that begin with a letter, so the underscore
(`HIDDEN`) is put before them at the very end, in `finish`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from assembly.document import Document, Facts, Figure, Prose, Randnummer, Shares, Table

PREFIX = "Ref_"
HIDDEN = "_"
LONGEST = 40 - len(HIDDEN)


class Anchors:
    """The bookmarks of one document. ValueError where two places of the document bear the same anchor."""

    def __init__(self, document: Document) -> None:
        """Name every place of `document`; the same document always gives the same names."""
        self._names: dict[str, str] = {}
        taken: set[str] = set()
        for target in _targets(document):
            if target in self._names:
                raise ValueError(f"two places of the document bear the anchor {target!r}")
            self._names[target] = _free_name(target, taken)
            taken.add(self._names[target].lower())

    def name(self, target: str) -> str:
        """Return the bookmark of `target`; empty for the empty target. LookupError where nothing bears this anchor."""
        if not target:
            return ""
        if target not in self._names:
            raise LookupError(f"a reference leads to {target!r}, which is no place of the document")
        return self._names[target]


def _free_name(target: str, taken: set[str]) -> str:
    """Return a legible name for `target`; Word's names know no case, so neither does `taken`."""
    name = PREFIX + re.sub(r"[^A-Za-z0-9_]", "_", target)
    if len(name) > LONGEST or name.lower() in taken:
        name = f"{name[: LONGEST - 11]}_{hashlib.sha256(target.encode()).hexdigest()[:10]}"
    return name


def _targets(document: Document) -> Iterator[str]:
    for section in document.sections:
        yield from _given(section.id)
        for block in section.blocks:
            if isinstance(block, Table | Figure):
                yield from _given(block.id)
                yield from _number(block.randnummer)
            if isinstance(block, Table):
                yield from (row.anchor for row in block.rows if row.anchor)
            elif isinstance(block, Prose | Shares):
                yield from _number(block.number)
            elif isinstance(block, Facts):
                for fact in block.items:
                    yield from _number(fact.number)


def _given(target: str) -> Iterator[str]:
    if target:
        yield target


def _number(number: Randnummer | None) -> Iterator[str]:
    if number is not None:
        yield from _given(number.anchor)
