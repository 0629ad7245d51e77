"""validate: Sources → Records. Each record is held against its model by itself, and every fault of it is named.

The messages stand here, keyed by pydantic's error type; the faults of our own scalars bring their message along
(`schema.scalars.refuse`). Codes: `SCH-…`.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from assembly.diagnostics import Diagnostic, Place, Severity, near_misses, suggest
from assembly.records import Broken, Entry, Records
from assembly.sources import Source, Sources, Tree, TreePath, stem
from schema.base import Record, Term
from schema.kinds import KINDS, Kind
from schema.measure import Measure
from schema.statement import Statement


def validate(sources: Sources) -> tuple[Records, list[Diagnostic]]:
    """Return the records and all faults of schema."""
    entries: dict[str, dict[str, Entry]] = {name: {} for name in KINDS}
    partial: dict[str, dict[str, Entry]] = {name: {} for name in KINDS}
    broken: list[Broken] = []
    diagnostics: list[Diagnostic] = []
    for source in sources.files:
        if source.kind not in KINDS:
            continue
        kind = KINDS[source.kind]
        for path, tree in _records_of(source, kind, diagnostics):
            record_id = _id_of(source, kind, path, tree)
            record, found = _validate_one(source, kind, path, tree)
            readable = record or _readable_part(kind, tree, found, len(path))
            if record_id not in entries[kind.name]:
                found += _check_name(source, kind, record_id, found)
            else:
                found.append(_taken(entries[kind.name][record_id], source, kind, path, record_id))
            diagnostics += found
            if record is None or found:
                known = tree if isinstance(tree, dict) else {}
                title, status = str(known.get("titel", "")), str(known.get("status", ""))
                broken.append(Broken(kind.name, record_id, title, source.file, tuple(found), status))
                if readable is not None and record_id not in entries[kind.name]:
                    partial[kind.name][record_id] = Entry(kind.name, record_id, readable, source.file, path)
            else:
                entries[kind.name][record_id] = Entry(kind.name, record_id, record, source.file, path)
        if source.tree is None or (kind.many and not isinstance(source.tree, list)):  # unreadable as a whole
            broken.append(Broken(kind.name, stem(source.file), "", source.file, ()))
    return Records(entries, tuple(broken), partial), diagnostics


def _records_of(source: Source, kind: Kind, diagnostics: list[Diagnostic]) -> Iterable[tuple[TreePath, Tree]]:
    if source.tree is None:
        return ()
    if kind.many:
        if isinstance(source.tree, list):
            return [((index,), tree) for index, tree in enumerate(source.tree)]
        message = "Die Datei muss eine Liste sein: jeder Eintrag beginnt mit einem Bindestrich."
        diagnostics.append(Diagnostic("SCH-002", Severity.FAULT, Place(source.file, ()), message, "Beispiel: - id: …"))
        return ()
    return [((), source.tree)]


def _id_of(source: Source, kind: Kind, path: TreePath, tree: Tree) -> str:
    named = tree.get(kind.key) if kind.key and isinstance(tree, dict) else None
    if isinstance(named, str) and named.strip():
        return named.strip().lower() if kind.name == "organisation" else named.strip()
    return stem(source.file) if not kind.many else f"{source.file}[{path[0]}]"


def _check_name(source: Source, kind: Kind, record_id: str, found: list[Diagnostic]) -> list[Diagnostic]:
    """A measure's file is named by its id and lies in the folder of its field, a statement's by office and version."""
    if kind.model is Statement:
        return _check_statement(source)
    if kind.model is not Measure or not isinstance(source.tree, dict) or "id" not in source.tree:
        return []
    if any(diagnostic.place.path == ("id",) for diagnostic in found):  # the id itself is faulty: that is said
        return []
    return _check_measure(source, record_id)


def _check_statement(source: Source) -> list[Diagnostic]:
    office, version = (_at(source.tree, (key,)) for key in ("ressort", "version"))
    if not (isinstance(office, str) and isinstance(version, str)) or stem(source.file) == f"{office.upper()}-{version}":
        return []
    message = f"Der Dateiname {stem(source.file)}.yaml passt nicht zu Ressort und Version."
    hint = f"Nennen Sie die Datei {office.upper()}-{version}.yaml, oder berichtigen Sie ressort und version."
    return [Diagnostic("SCH-003", Severity.FAULT, Place(source.file, ("ressort",)), message, hint)]


def _check_measure(source: Source, record_id: str) -> list[Diagnostic]:
    found = []
    if stem(source.file) != record_id:
        hint = f"Nennen Sie die Datei {record_id}.yaml, oder ändern Sie die Kennung in {stem(source.file)}."
        message = f"Die Kennung {record_id} passt nicht zum Dateinamen {stem(source.file)}.yaml."
        found.append(Diagnostic("SCH-003", Severity.FAULT, Place(source.file, ("id",)), message, hint))
    field = source.tree.get("handlungsfeld")
    if isinstance(field, str) and not record_id.startswith(f"{field}-"):
        message = f"Die Kennung {record_id} beginnt nicht mit dem Schlüssel des Handlungsfelds {field}."
        hint = "Die ersten drei Buchstaben der Kennung nennen das Handlungsfeld."
        found.append(Diagnostic("SCH-004", Severity.FAULT, Place(source.file, ("handlungsfeld",)), message, hint))
    elif isinstance(field, str) and source.file != f"measures/{field}/{stem(source.file)}.yaml":
        message = f"Die Maßnahme {record_id} liegt im falschen Ordner."
        hint = f"Sie gehört nach measures/{field}/{stem(source.file)}.yaml."
        found.append(Diagnostic("SCH-009", Severity.FAULT, Place(source.file, ("handlungsfeld",)), message, hint))
    return found


def _taken(first: Entry, source: Source, kind: Kind, path: TreePath, record_id: str) -> Diagnostic:
    message = f"{kind.german} {record_id} gibt es schon in {first.file}."
    place = Place(source.file, (*path, kind.key))
    hint = "Jede Kennung wird nur einmal vergeben."
    if kind.model is Measure and stem(source.file) != record_id:
        hint = f"Ist {stem(source.file)} gemeint, wie die Datei heißt? {hint}"
    return Diagnostic("SCH-005", Severity.FAULT, place, message, hint)


def _validate_one(source: Source, kind: Kind, path: TreePath, tree: Tree) -> tuple[Record | None, list[Diagnostic]]:
    if not isinstance(tree, dict):
        message = "Hier wird ein Eintrag aus Schlüsseln und Werten erwartet."
        return None, [Diagnostic("SCH-002", Severity.FAULT, Place(source.file, path), message, "Beispiel: titel: …")]
    found = _unfilled_but_unknown(source, kind, path, tree)
    try:
        return kind.model.model_validate(tree), found
    except ValidationError as error:
        details = error.errors(include_url=False)
        return None, [*found, *(_translate(detail, source, kind, path) for detail in _once(kind.model, details))]


def _once(model: type[Record], details: list[ErrorDetails]) -> list[ErrorDetails]:
    """Return pydantic's errors without the follow-up of a misspelt key: the right one is missing beside it."""
    misspelt = {
        (*detail["loc"][:-1], near)
        for detail in details
        if detail["type"] == "extra_forbidden"
        for near in near_misses(str(detail["loc"][-1]), _keys_at(model, detail["loc"][:-1]))
    }
    return [detail for detail in details if not (detail["type"] == "missing" and detail["loc"] in misspelt)]


def _unfilled_but_unknown(source: Source, kind: Kind, path: TreePath, tree: Tree) -> list[Diagnostic]:
    """A key without a value is not in the tree (not yet filled in); one that does not exist is a fault all the same."""
    depth = len(path)
    unfilled = {place[depth:] for place in source.unfilled if place[:depth] == path}
    if not unfilled:
        return []
    restored = copy.deepcopy(tree)
    for steps in unfilled:
        _at(restored, steps[:-1])[steps[-1]] = ""
    try:
        kind.model.model_validate(restored)
    except ValidationError as error:
        return [
            _translate(detail, source, kind, path)
            for detail in error.errors(include_url=False)
            if (detail["type"] == "extra_forbidden" and detail["loc"] in unfilled)
            or (detail["loc"][-1] == "[key]" and detail["loc"][:-1] in unfilled)
        ]
    return []


def _at(tree: Tree, steps: TreePath) -> Tree:
    """Return what stands at the path, or None."""
    for step in steps:
        try:
            tree = tree[step]
        except (KeyError, IndexError, TypeError):
            return None
    return tree


def _readable_part(kind: Kind, tree: Tree, found: list[Diagnostic], depth: int) -> Record | None:
    """Return the record without its faulty keys, or None where it needs them: so its references are checked too."""
    if not isinstance(tree, dict):
        return None
    faulty = {diagnostic.place.path[depth] for diagnostic in found if len(diagnostic.place.path) > depth}
    try:
        return kind.model.model_validate({key: value for key, value in tree.items() if key not in faulty})
    except ValidationError:
        return None


def _translate(detail: ErrorDetails, source: Source, kind: Kind, path: TreePath) -> Diagnostic:
    """Say one of pydantic's errors in German, with its place in the YAML."""
    loc = tuple(part for part in detail["loc"] if part != "[key]")
    context: dict[str, Any] = detail.get("ctx") or {}
    place = Place(source.file, (*path, *loc), on_key="[key]" in detail["loc"])
    error_type = detail["type"]
    if error_type == "extra_forbidden":
        keys = _keys_at(kind.model, loc[:-1])
        message = f"Den Schlüssel „{loc[-1]}“ gibt es hier nicht."
        listed = f"Erlaubt sind: {', '.join(keys)}." if len(keys) <= MANY else EVERY_KEY
        hint = _unseen(loc[-1]) or suggest(str(loc[-1]), keys) or listed
        return Diagnostic("SCH-001", Severity.FAULT, Place(source.file, (*path, *loc), on_key=True), message, hint)
    if error_type == "missing":
        unfilled = (*path, *loc) in source.spans
        message = (
            f"Der Schlüssel „{loc[-1]}“ hat noch keinen Wert." if unfilled else f"Der Schlüssel „{loc[-1]}“ fehlt."
        )
        return Diagnostic("SCH-006", Severity.FAULT, place, message, _description(kind.model, loc))
    if error_type == "enum":
        allowed = _terms_at(kind.model, loc)
        given = str(detail["input"])
        message = f"„{given}“ ist hier kein erlaubter Wert."
        hint = _unseen(given) or suggest(given, allowed) or f"Erlaubt sind: {', '.join(allowed)}."
        return Diagnostic("SCH-007", Severity.FAULT, place, message, hint)
    if error_type in SHAPES:
        return Diagnostic("SCH-002", Severity.FAULT, place, SHAPES[error_type], _description(kind.model, loc))
    if "meldung" in context:
        hint = str(context.get("hilfe") or "") or _description(kind.model, loc)
        hint = _unseen(loc[-1] if place.on_key else detail["input"]) or hint
        return Diagnostic("SCH-008", Severity.FAULT, place, str(context["meldung"]), hint)
    raise NotImplementedError(f"no German message for pydantic's error type {error_type!r}")


MANY = 15  # more keys than these nobody reads in a message
EVERY_KEY = "Alle Schlüssel erklärt docs/handbuch-redaktion.md."
UNSEEN = re.compile("[\u00a0\u00ad\u200b-\u200f\u202a-\u202f\u2060\ufeff]")


def _unseen(given: object) -> str:
    """Return the hint for what cannot be seen to be wrong: an invisible sign, or no blank behind the colon."""
    text = str(given) if isinstance(given, str) else ""
    if sign := UNSEEN.search(text):
        return f"Darin steht ein unsichtbares Zeichen (U+{ord(sign[0]):04X}); tippen Sie die Angabe neu."
    if jammed := re.fullmatch(r"([\w-]+):(\S+)", text):
        return f"Nach dem Doppelpunkt fehlt ein Leerzeichen: {jammed[1]}: {jammed[2]}"
    return ""


SHAPES = {
    "string_type": "Hier wird ein Text erwartet, keine Liste und kein Block.",
    "dict_type": "Hier wird ein Block aus Schlüsseln und Werten erwartet.",
    "mapping_type": "Hier wird ein Block aus Schlüsseln und Werten erwartet.",
    "model_type": "Hier wird ein Block aus Schlüsseln und Werten erwartet.",
    "tuple_type": "Hier wird eine Liste erwartet.",
    "list_type": "Hier wird eine Liste erwartet.",
}


def _annotation_at(model: type[Record], loc: TreePath) -> Any:
    """Follow YAML keys through the models; return the type that stands there, or None."""
    current: Any = model
    for part in loc:
        inner = _record_in(current)
        if isinstance(part, int):
            current = next((arg for arg in getattr(current, "__args__", ()) if arg is not Ellipsis), None)
        elif inner is not None:
            field = next((field for field in inner.model_fields.values() if field.alias == part), None)
            current = field.annotation if field else None
        else:
            current = (getattr(current, "__args__", None) or (None,))[-1]
        if current is None:
            return None
    return current


def _record_in(annotation: Any) -> type[Record] | None:
    """Return the record that the annotation is, or holds as an optional value."""
    for option in (annotation, *getattr(annotation, "__args__", ())):
        if isinstance(option, type) and issubclass(option, Record):
            return option
    return None


def _keys_at(model: type[Record], loc: TreePath) -> list[str]:
    inner = _record_in(_annotation_at(model, loc))
    return [field.alias or name for name, field in inner.model_fields.items()] if inner else []


def _terms_at(model: type[Record], loc: TreePath) -> list[str]:
    annotation = _annotation_at(model, loc)
    for option in (annotation, *getattr(annotation, "__args__", ())):
        if isinstance(option, type) and issubclass(option, Term):
            return [term.value for term in option]
    return []


def _description(model: type[Record], loc: TreePath) -> str:
    """Return the help text of the key at `loc`."""
    for cut in range(len(loc) - 1, -1, -1):
        inner = _record_in(_annotation_at(model, loc[:cut]))
        field = next((f for f in inner.model_fields.values() if f.alias == loc[cut]), None) if inner else None
        if field is not None:
            return f"{field.title}: {field.description}"
    return ""
