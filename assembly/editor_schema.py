"""editor_schema: Records → the files that text editors read beside the plan: `schema/*.schema.json`.

A schema a kind of file (`schema.json_schema`, which also says what they promise) and `ids.schema.json`: the ids of the
plan with their titles, for completion. The first depend on the program alone and are held fresh by a test. The second
depends on the plan and may be stale: whoever adds a measure must not fail a test by it. A stale file proposes an id
too few or too many and refuses nothing, since a reference is `anyOf` id and form. `./build.py build` and
`./build.py schema` renew it, `check` writes nothing.
"""

from __future__ import annotations

import json
from typing import Any

from assembly.records import Entry, Records
from schema.json_schema import DRAFT, IDS, REFERRED, schemas

FOLDER = "schema"
KEYS_OF = ("vision",)  # the kinds that are keys of a mapping somewhere: `vision: {V-2: 3}`
TITLES = ("title", "name", "subject")


def editor_schemas(records: Records) -> dict[str, bytes]:
    """Return every file for text editors: path below the plan → content."""
    files = {**schemas(), IDS: ids(records)}
    return {f"{FOLDER}/{name}": _bytes(content) for name, content in sorted(files.items())}


def ids(records: Records) -> dict[str, Any]:
    """Return the ids of the plan, a definition a kind, in the order of the files; faulty but readable records too."""
    definitions: dict[str, Any] = {}
    for kind in REFERRED:
        entries = sorted(records.readable().entries[kind].values(), key=lambda entry: (entry.file, entry.path))
        definitions[kind] = {
            "enum": [_as_typed(kind, entry.id) for entry in entries],
            "enumDescriptions": [_title(entry) for entry in entries],
        }
        if kind in KEYS_OF:
            definitions[f"{kind}_keys"] = {
                "properties": {entry.id: {"description": _title(entry)} for entry in entries}
            }
    description = "Kennungen des Plans als Vorschläge für Texteditoren. Erzeugt mit ./build.py schema."
    return {"$schema": DRAFT, "title": "Kennungen", "description": description, "$defs": definitions}


def _as_typed(kind: str, record_id: str) -> str | int:
    """Return the id as editors type it: an AGS without quotation marks is a number to YAML."""
    is_number = kind == "district" and record_id == str(int(record_id))
    return int(record_id) if is_number else record_id


def _title(entry: Entry) -> str:
    return next(str(title) for name in TITLES if (title := getattr(entry.record, name, None)))


def _bytes(content: dict[str, Any]) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()
