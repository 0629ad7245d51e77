"""Theme: the settings of `framework/theme.yaml` → the theme in effect, and what is wrong with them. Codes: `THM-…`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from assembly.diagnostics import Diagnostic, Severity
from assembly.records import Entry, Records
from assembly.theme import FOLDER, NEUTRAL, Theme, in_effect
from schema.theme import Faces
from schema.theme import Theme as Settings


def read_theme(records: Records, root: Path) -> tuple[Theme, list[Diagnostic]]:
    """Return the theme of the plan below `root`; the neutral one where its files are not sound."""
    entry = next(iter(records.entries["theme"].values()), None)
    if entry is None or not isinstance(entry.record, Settings):
        return NEUTRAL, []
    found = list(_check_files(entry, entry.record, root / "framework"))
    return NEUTRAL if found else in_effect(entry.record, root / "framework"), found


def _check_files(entry: Entry, settings: Settings, folder: Path) -> Iterator[Diagnostic]:
    """THM-002: a file is missing, or lies elsewhere than the files of a theme do."""
    for path, name in _named_files(settings):
        place = entry.place(*path)
        file = folder / name
        if not file.resolve().is_relative_to((folder / FOLDER).resolve()):
            message = f"Die Datei „{name}“ liegt nicht in framework/{FOLDER}/."
            hint = f"Legen Sie sie dorthin, und schreiben Sie: {FOLDER}/{Path(name).name}"
            yield Diagnostic("THM-002", Severity.FAULT, place, message, hint)
        elif not file.is_file():
            message = f"Die Datei framework/{name} gibt es nicht."
            hint = "Legen Sie sie dort an, oder berichtigen Sie den Namen; groß und klein zählt."
            yield Diagnostic("THM-002", Severity.FAULT, place, message, hint)


def _named_files(settings: Settings) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield where a file is named and what it is called."""
    for key, faces in (("grundschrift", settings.typefaces.sans), ("lesetext", settings.typefaces.serif)):
        for name, field in Faces.model_fields.items() if faces else ():
            if file := getattr(faces, name):
                yield ("schriften", key, str(field.alias)), file
    for index, logo in enumerate(settings.logos):
        yield ("logos", index, "datei"), logo.file
