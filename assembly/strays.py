"""strays: the name of a file that is no input → what was probably meant, and how to mend it.

Codes: `DAT-002`, `DAT-010`. A record under a wrong name would be missing from the plan without a word, so it is a
fault; any other file that lies among the records is a warning.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import PurePosixPath

from assembly.diagnostics import Diagnostic, Place, Severity, suggest
from schema.kinds import KINDS

FOLDERS = ("framework", "measures", "participation", "statements", "chapters")
KIND_IN = {"measures": "measure", "participation": "event", "statements": "statement", "chapters": "chapter"}
FRAMEWORK = tuple(kind.pattern for kind in KINDS.values() if kind.pattern.startswith("framework/"))
# What a record's name looks like even where its ending says nothing (notepad saves `WIR-004.txt`).
STEMS = {
    "framework": "|".join(re.escape(PurePosixPath(file).stem) for file in FRAMEWORK),
    "measures": r"[A-Z]{3}-\d{3}",
    "participation": r"\d{4}-\d{2}-[\w-]+",
    "statements": r"[A-Z]+-\d+\.\d+\.\d+",
    "chapters": r"\d{2}-[\w-]+",
}
OF_THE_SYSTEM = re.compile(r"\..*|thumbs\.db|desktop\.ini|icon\r", re.IGNORECASE)  # put there by no person
BACKUP = re.compile(r"~\$.*|#.*#|.*(~|\.(bak|backup|old|orig|rej|sav|swp|tmp|sicherung))", re.IGNORECASE)
COPY = re.compile(
    r"(?:Kopie von |Copy of )(?P<of>.+)|(?P<first>.+?)(?:[ _-]+(?:Kopie|Copy|copy|kopie)(?: ?\(?\d+\)?)?| ?\(\d+\))"
)
ENDING = re.compile(r"(?P<stem>.+?)\.(?P<ending>ya?ml|md|markdown|txt)(?P<text>\.txt)?", re.IGNORECASE)


def is_aside(name: str) -> bool:
    """Tell whether a file of this name is a copy or a backup, which is not read even where its ending is right."""
    return BACKUP.fullmatch(name) is not None or original(name) is not None


def original(name: str) -> str | None:
    """Return the name of the file that this one is a copy of, by the names that file managers give to copies."""
    copied = COPY.fullmatch(PurePosixPath(name).stem)
    return f"{copied['of'] or copied['first']}{PurePosixPath(name).suffix}" if copied else None


def meant(file: str) -> str:
    """Return the path that a file would have to have to be read, or nothing where it does not look like an input."""
    path = PurePosixPath(file)
    folder = path.parts[0]
    found = ENDING.fullmatch(path.name)
    wanted = "md" if folder == "chapters" else "yaml"
    if not found:
        return ""
    ending = found["ending"].lower().replace("yml", "yaml").replace("markdown", "md")
    if ending != wanted and not (ending == "txt" and re.fullmatch(STEMS[folder], found["stem"])):
        return ""
    name = f"{found['stem']}.{wanted}"
    if folder == "measures":
        is_id = re.fullmatch(STEMS[folder], found["stem"])
        return f"measures/{name[:3]}/{name}" if is_id else str(path.with_name(name))
    if folder == "framework":
        return f"framework/{name}" if f"framework/{name}" in FRAMEWORK else file
    return f"{folder}/{name}"


def stray_file(file: str, inputs: Collection[str]) -> Diagnostic | None:
    """Return what is to be said of a file that is not read; `inputs` are the files that are. None: nothing."""
    path = PurePosixPath(file)
    if OF_THE_SYSTEM.fullmatch(path.name):
        return None
    if BACKUP.fullmatch(path.name):
        message = "Das ist eine Sicherungskopie oder eine Datei auf Zeit; sie wird nicht gelesen."
        return _said("DAT-002", Severity.WARNING, file, message, "Löschen Sie sie, wenn Sie sie nicht mehr brauchen.")
    of = original(path.name)
    wanted = meant(str(path.with_name(of)) if of else file)
    if of and wanted:
        message = f"Die Datei sieht nach einer Kopie von {of} aus; sie wird nicht gelesen."
        hint = f"Übernehmen Sie, was in {of} fehlt, und löschen Sie die Kopie. Neue Einträge legt ./build.py new an."
        return _said("DAT-010", Severity.FAULT, file, message, hint)
    if wanted and wanted != file:
        what = "liegt im falschen Ordner" if path.name == PurePosixPath(wanted).name else "heißt falsch"
        hint = f"Sie gehört nach {wanted}." if what.startswith("liegt") else f"Benennen Sie sie um in {wanted}."
        if wanted in inputs:
            hint = f"{wanted} gibt es schon: Übernehmen Sie, was dort fehlt, und löschen Sie diese Datei."
        elif path.name.lower().endswith(".txt"):
            hint += " Zeigt Windows die Endung .txt nicht: im Explorer unter Ansicht „Dateinamenerweiterungen“ wählen."
        return _said("DAT-010", Severity.FAULT, file, f"Die Datei {what} und wird darum nicht gelesen.", hint)
    if wanted:  # only framework/ knows its files by name
        stems = [PurePosixPath(known).stem for known in FRAMEWORK]
        hint = suggest(path.stem, stems) or f"Hier liegen nur: {', '.join(stems)}, jeweils mit der Endung .yaml."
        return _said("DAT-010", Severity.FAULT, file, "Diese Datei wird nicht gelesen: Sie heißt falsch.", hint)
    message = "Diese Datei gehört zu keiner Art von Eintrag und wird nicht gelesen."
    return _said("DAT-002", Severity.WARNING, file, message, PLACES[path.parts[0]])


PLACES = {
    "framework": "Hier liegt nur, was alle Maßnahmen gemeinsam haben; Notizen gehören nicht in den Plan.",
    "measures": "Maßnahmen liegen in measures/<FELD>/<KENNUNG>.yaml; Dateinamen enden auf .yaml.",
    "participation": "Veranstaltungen heißen 2026-02-werkstatt-plauen.yaml; Dateinamen enden auf .yaml.",
    "statements": "Stellungnahmen heißen SMWA-0.7.0.yaml; Dateinamen enden auf .yaml.",
    "chapters": "Kapitel enden auf .md; Bilder liegen in chapters/bilder/.",
}


def _said(code: str, severity: Severity, file: str, message: str, hint: str) -> Diagnostic:
    return Diagnostic(code, severity, Place(file), message, hint)
