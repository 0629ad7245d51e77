"""Records: the validated records with the places they stand at; what `validate` makes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assembly.diagnostics import Diagnostic, Place
from assembly.sources import TreePath, stem
from schema.base import Record


@dataclass(frozen=True, slots=True)
class Entry:
    """One record with the place it stands at: file, and path of the record inside the file."""

    kind: str
    id: str
    record: Record
    file: str
    path: TreePath

    def place(self, *path: str | int, on_key: bool = False, text: str = "", nth: int = 0) -> Place:
        """Return the place of a value of this record, by its YAML keys."""
        return Place(self.file, (*self.path, *path), on_key, text, nth)


@dataclass(frozen=True, slots=True)
class Broken:
    """One record that cannot be used; its id is taken all the same, so that no reference to it dangles."""

    kind: str
    id: str
    title: str
    file: str
    diagnostics: tuple[Diagnostic, ...]
    status: str = ""  # of a measure, as typed: an edition shows a broken one only where it would print it


@dataclass(frozen=True, slots=True)
class Records:
    """All records that are sound, by kind and id in order of the files, and those that are not.

    `partial` holds of the broken ones what can be read without their faulty keys: good for checking, not for printing.
    """

    entries: Mapping[str, Mapping[str, Entry]]
    broken: tuple[Broken, ...]
    partial: Mapping[str, Mapping[str, Entry]]

    def readable(self) -> Records:
        """Return the sound records together with what can be read of the broken ones."""
        merged = {kind: {**found, **self.partial[kind]} for kind, found in self.entries.items()}
        return Records(merged, self.broken, self.partial)

    def known(self, kind: str) -> list[str]:
        """Return all ids of the kind, broken records included; a measure's also by its file, if its id is mistyped."""
        broken = [broken for broken in self.broken if broken.kind == kind]
        by_file = [stem(one.file) for one in broken if kind == "measure"]
        return list(dict.fromkeys([*self.entries[kind], *(one.id for one in broken), *by_file]))

    def without(self, faults: Mapping[str, tuple[Diagnostic, ...]]) -> Records:
        """Return the records with those of the faulty files put aside as broken; `faults` by file."""
        kept = {kind: {k: e for k, e in found.items() if e.file not in faults} for kind, found in self.entries.items()}
        put_aside = tuple(
            Broken(
                entry.kind,
                entry.id,
                str(getattr(entry.record, "title", "")),
                entry.file,
                faults[entry.file],
                str(getattr(entry.record, "status", "")),
            )
            for found in self.entries.values()
            for entry in found.values()
            if entry.file in faults
        )
        return Records(kept, (*self.broken, *put_aside), self.partial)
