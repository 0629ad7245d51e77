"""Anchors: the places of a Document that references lead to, each with the name of its bookmark in Word.

A bookmark's name has at most 40 letters, digits and underscores and begins with a letter or an underscore; one that
begins with an underscore is hidden in Word's dialogs. pandoc keeps names that begin with a letter, so the underscore
(`HIDDEN`) is put before them at the very end, in `finish`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from assembly.document import Cell, Document, Facts, Figure, Prose, Randnummer, Rich, Shares, Table
from assembly.prose import RANDNUMMER, attributes, nodes, plain

PREFIX = "Ref_"
HIDDEN = "_"
LONGEST = 40 - len(HIDDEN)


class Anchors:
    """The bookmarks of one document.

    A key of a sheet may print twice (its bar and its table bear one Randnummer): the first place gets the bookmark.
    """

    def __init__(self, document: Document) -> None:
        """Name every place of `document`. ValueError where two sections, tables, figures or rows bear one anchor."""
        self._names: dict[str, str] = {}
        self._claimed: set[str] = set()
        taken: set[str] = set()
        numbers = [number.anchor for number in _numbers(document) if number.anchor]
        for target in (*_targets(document), *dict.fromkeys(numbers)):
            if target in self._names:
                raise ValueError(f"two places of the document bear the anchor {target!r}")
            self._names[target] = _free_name(target, taken)
            taken.add(self._names[target].lower())

    def name(self, target: str) -> str:
        """Return the bookmark that a reference to `target` leads to. LookupError where nothing bears this anchor."""
        if target not in self._names:
            raise LookupError(f"a reference leads to {target!r}, which is no place of the document")
        return self._names[target]

    def claim(self, target: str) -> str:
        """Return the bookmark to be set at `target`: empty for the empty target and where it has been set before."""
        if not target or target in self._claimed:
            return ""
        self._claimed.add(target)
        return self.name(target)


def _free_name(target: str, taken: set[str]) -> str:
    """Return a legible name for `target`; Word's names know no case, so neither does `taken`."""
    name = PREFIX + re.sub(r"[^A-Za-z0-9_]", "_", target)
    if len(name) > LONGEST or name.lower() in taken:
        name = f"{name[: LONGEST - 11]}_{hashlib.sha256(target.encode()).hexdigest()[:10]}"
    return name


def _targets(document: Document) -> Iterator[str]:
    """Yield the anchors of sections, tables, figures and rows."""
    for section in document.sections:
        yield from filter(None, [section.id])
        for block in section.blocks:
            if isinstance(block, Table | Figure):
                yield from filter(None, [block.id])
            if isinstance(block, Table):
                yield from (row.anchor for row in block.rows if row.anchor)


def _numbers(document: Document) -> Iterator[Randnummer]:
    """Yield the Randnummern."""
    for block in document.blocks():
        if isinstance(block, Table | Figure):
            yield from filter(None, [block.randnummer])
        elif isinstance(block, Prose | Shares):
            yield from filter(None, [block.number])
        elif isinstance(block, Facts):
            yield from (fact.number for fact in block.items if fact.number is not None)
            yield from (number for fact in block.items for number in _gaps(fact.value))


def _gaps(value: Cell) -> Iterator[Randnummer]:
    """Yield the Randnummern in the line of a sheet that names what is missing."""
    for node in nodes(value.blocks, "Span") if isinstance(value, Rich) else ():
        anchor, kinds, _ = attributes(node)
        if RANDNUMMER in kinds:
            yield Randnummer(plain(node), anchor)
