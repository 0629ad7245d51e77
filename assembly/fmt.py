"""fmt: YAML files → the same in canonical form, written only where nothing that was typed is lost.

Before a file is written, it is read again as `load` reads it: the tree of texts and all comments must be the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path, PurePosixPath

from assembly.diagnostics import Diagnostic, faults, suggest
from assembly.layout import canonical, comments
from assembly.load import load, read_tree
from assembly.pipeline import write_whole
from assembly.refusal import Refusal
from assembly.sources import Source, Sources
from schema.kinds import KINDS


class Fate(Enum):
    """What became of a file."""

    FINE = "fine"
    CHANGED = "changed"
    FAULTY = "faulty"  # left alone: it cannot be read
    KEPT = "kept"  # left alone: something would be lost


@dataclass(frozen=True, slots=True)
class Outcome:
    """The fate of every file, and the faults that kept files from being read."""

    fates: dict[str, Fate]
    sources: Sources
    faults: tuple[Diagnostic, ...]

    def files(self, fate: Fate) -> list[str]:
        """Return the files of this fate."""
        return [file for file, found in self.fates.items() if found is fate]


def fmt(root: Path, files: Sequence[Path], *, check: bool) -> Outcome:
    """Write the files (none: all records of the plan) in canonical form; with `check` nothing is written.

    Refusal where a file named is no record of the plan. OSError where a file cannot be written.
    """
    sources, diagnostics = load(root)
    chosen = _chosen(root, sources, files)
    unreadable = {diagnostic.place.file for diagnostic in faults(diagnostics)}
    fates: dict[str, Fate] = {}
    changed: list[tuple[Path, bytes]] = []
    for source in chosen:
        if source.tree is None or source.file in unreadable:
            fates[source.file] = Fate.FAULTY
            continue
        path = (root / source.file).resolve()  # a link stays a link
        text = rewritten(source)
        if text is None:
            fates[source.file] = Fate.KEPT
        elif path.read_bytes() == text.encode():
            fates[source.file] = Fate.FINE
        else:
            fates[source.file] = Fate.CHANGED
            changed.append((path, text.encode()))
    if not check:
        write_whole(changed)
    named = tuple(found for found in faults(diagnostics) if fates.get(found.place.file) is Fate.FAULTY)
    return Outcome(fates, sources, named)


def rewritten(source: Source) -> str | None:
    """Return the source's text in canonical form; None where it cannot be rewritten without loss."""
    kind = KINDS[source.kind]
    text = canonical(source.text, kind.model, many=kind.many)
    if text is None:
        return None
    tree, found = read_tree(text)
    same = not found and tree == source.tree and comments(text) == comments(source.text)
    return text if same and canonical(text, kind.model, many=kind.many) == text else None


def _chosen(root: Path, sources: Sources, files: Sequence[Path]) -> list[Source]:
    records = {source.file: source for source in sources.files if source.kind in KINDS}
    if not files:
        return list(records.values())
    chosen: dict[str, Source] = {}
    for path in files:
        name = _name(root, path)
        below = [file for file in records if PurePosixPath(file).is_relative_to(name)]
        if not below:
            message = f"„{path}“ ist keine YAML-Datei dieses Plans."
            raise Refusal(message, suggest(name, records) or "Beispiel: measures/WIR/WIR-004.yaml")
        chosen.update((file, records[file]) for file in below)
    return list(chosen.values())


def _name(root: Path, path: Path) -> str:
    """Return a path as typed, from the current folder or from the plan's, relative to the plan."""
    for candidate in (path.absolute(), root.absolute() / path):
        if candidate.exists() and candidate.is_relative_to(root.absolute()):
            return candidate.relative_to(root.absolute()).as_posix()
    return path.as_posix()


def is_fine(outcome: Outcome, *, check: bool) -> bool:
    """Tell whether all files are in canonical form now."""
    wanted = {Fate.FINE} if check else {Fate.FINE, Fate.CHANGED}
    return set(outcome.fates.values()) <= wanted


def summary(outcome: Outcome, *, check: bool) -> str:
    """Return a line for each file that is not simply in order, and one that counts them all."""
    words = {
        Fate.CHANGED: "wäre zu ändern" if check else "neu geschrieben",
        Fate.FAULTY: "nicht angerührt: Die Datei hat einen Fehler, der zuerst zu beheben ist",
        Fate.KEPT: "nicht angerührt: Sie ließe sich nicht ohne Verlust umschreiben",
    }
    lines = [f"{file}: {words[fate]}" for file, fate in outcome.fates.items() if fate in words]
    counts = {fate: len(outcome.files(fate)) for fate in Fate}
    left = counts[Fate.FAULTY] + counts[Fate.KEPT]
    parts = [f"{counts[Fate.FINE]} in Ordnung", f"{counts[Fate.CHANGED]} {'zu ändern' if check else 'neu geschrieben'}"]
    return "\n".join([*lines, f"Dateien: {', '.join(parts)}, {left} nicht angerührt"])
