"""validate: every fault of schema in German, in its place, whatever was typed."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assembly.diagnostics import Diagnostic
from assembly.load import load
from assembly.sources import Source, Sources
from assembly.validate import SHAPES, validate
from schema.kinds import KINDS
from tests.plans import SPECIMEN

SOURCES, _ = load(SPECIMEN)
WRONG: tuple[Any, ...] = ("x", "-1", "1.250", [], ["x"], [["x"]], {}, {"x": "y"}, {"2027": ["x"]}, [{"x": "y"}])
ENGLISH = re.compile(r"\b(input|valid|should|field|required|error|string|value|must|be|the|type|permitted)\b", re.I)


def _paths(tree: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    if isinstance(tree, dict | list):
        for key, item in tree.items() if isinstance(tree, dict) else enumerate(tree):
            yield from _paths(item, (*path, key))


def _changed(tree: Any, path: tuple[Any, ...], value: Any) -> Any:
    """Return the tree with the value at the path replaced; None takes it away."""
    if not path:
        return value
    tree = copy.deepcopy(tree)
    inner = tree
    for step in path[:-1]:
        inner = inner[step]
    if value is None:
        del inner[path[-1]]
    else:
        inner[path[-1]] = value
    return tree


def _validate(source: Source) -> list[Diagnostic]:
    return validate(Sources(root=Path(), files=(source,), images=frozenset(), sha256=""))[1]


@pytest.mark.parametrize("kind", list(KINDS))
def test_any_wrong_value_gives_german_messages(kind: str) -> None:
    source = SOURCES.of(kind)[0]
    assert not _validate(source)
    seen: set[str] = set()
    for path in _paths(source.tree):
        for value in (None, *WRONG) if path else WRONG:
            for found in _validate(replace(source, tree=_changed(source.tree, path, value))):
                seen.add(found.code)
                assert not ENGLISH.search(re.sub("„.*?“", "", found.message)), found.message
                assert found.message.endswith((".", "?")), found.message
                assert found.place.file == source.file
    assert {"SCH-001", "SCH-002", "SCH-006"} <= seen


def test_the_table_of_shapes_is_german() -> None:
    assert len(SHAPES) > 3
    assert not [text for text in SHAPES.values() if ENGLISH.search(text)]


def _one(kind: str, path: tuple[Any, ...], value: Any) -> Diagnostic:
    source = next(source for source in SOURCES.of(kind) if "WIS" not in source.file)
    (found,) = _validate(replace(source, tree=_changed(source.tree, path, value)))
    return found


def test_near_misses_are_named() -> None:
    assert _one("measure", ("status",), "beschlussreiff").hint == "Meinten Sie „beschlussreif“?"
    assert _one("measure", ("Priorität",), "hoch").hint == "Meinten Sie „prioritaet“?"
    assert "Erlaubt sind: idee, entwurf" in _one("measure", ("status",), "???").hint


def test_the_hint_is_the_help_text_of_the_key() -> None:
    found = _one("measure", ("kosten",), "100")
    assert found.message == "Hier wird ein Block aus Schlüsseln und Werten erwartet."
    assert found.hint.startswith("Kosten: Kosten je Jahr")


def test_the_place_is_the_yaml_path() -> None:
    found = _one("measure", ("meilensteine", 1, "datum"), "2027-13")
    assert (found.code, found.place.path) == ("SCH-008", ("meilensteine", 1, "datum"))
    key = _one("measure", ("kosten", "investiv", "27"), "1")
    assert (key.place.path, key.place.on_key) == (("kosten", "investiv", "27"), True)


def test_one_record_names_all_its_faults_and_keeps_its_id() -> None:
    source = SOURCES.of("measure")[0]
    tree = {**source.tree, "status": "x", "beginn": "x", "xyz": "x"}
    records, found = validate(Sources(root=Path(), files=(replace(source, tree=tree),), images=frozenset(), sha256=""))
    assert sorted(item.code for item in found) == ["SCH-001", "SCH-007", "SCH-008"]
    assert records.entries["measure"] == {}
    assert records.known("measure") == ["WIR-001"]
    assert records.broken[0].title == "Batteriezentrum"
