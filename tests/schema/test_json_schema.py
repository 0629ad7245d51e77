"""The schemas for text editors: whatever one refuses, `check` reports, and of single scalars the converse too."""

from __future__ import annotations

import copy
import json
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pydantic import TypeAdapter, ValidationError, WithJsonSchema
from referencing import Registry, Resource

import schema.scalars
from assembly.diagnostics import Diagnostic
from assembly.editor_schema import ids
from assembly.load import load, read_source
from assembly.sources import Source, Sources
from assembly.validate import validate
from schema.base import Record, Term
from schema.json_schema import IDS, REFERRED, file_name, schemas
from schema.kinds import KINDS
from schema.measure import Measure, Status
from schema.status import LADDER, REQUIRED, missing_keys, required_keys
from tests.plans import ROOT, SPECIMEN, specimen_text
from tests.yaml_core import NULLS, as_editor_reads, plain, written

SCHEMAS = schemas()
SOURCES, _ = load(SPECIMEN)
FILES = [source for source in SOURCES.files if source.kind in KINDS]
REGISTRY: Registry[Any] = Registry().with_resource(IDS, Resource.from_contents(ids(validate(SOURCES)[0])))
VALIDATORS = {name: Draft202012Validator(SCHEMAS[file_name(kind)], registry=REGISTRY) for name, kind in KINDS.items()}
BROKEN = ROOT / "tests/broken"


def refused(kind: str, text: str) -> str:
    """Return what the schema says against the file, or nothing."""
    error = next(VALIDATORS[kind].iter_errors(as_editor_reads(text)), None)
    return f"{error.json_path}: {error.message}" if error else ""


def reported(source: Source, text: str) -> bool:
    """Tell whether `check` finds a fault or a gap in the file, taken by itself: a part of what it finds in all."""
    diagnostics: list[Diagnostic] = []
    alone = Sources(Path(), (read_source(source.file, source.kind, text, diagnostics),), frozenset(), "")
    records, faults = validate(alone)
    measures = [entry.record for entry in records.entries["measure"].values()]
    gaps = any(missing_keys(record) for record in measures if isinstance(record, Measure))
    return bool(diagnostics or faults or gaps)


# --- what is right is accepted -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SCHEMAS)
def test_each_schema_is_a_schema_in_german(name: str) -> None:
    Draft202012Validator.check_schema(SCHEMAS[name])
    assert SCHEMAS[name]["title"]
    for where, node in _nodes(SCHEMAS[name]):
        if "enum" in node and "enumDescriptions" in node:
            assert len(node["enum"]) == len(node["enumDescriptions"]) > 0, where
        if "properties" in node and "additionalProperties" in node:
            assert node["additionalProperties"] is False, where
            for key, value in node["properties"].items():
                assert value["title"], (where, key)
                assert value["description"], (where, key)


def _nodes(node: Any, where: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(node, dict):
        yield where, node
    for key, item in node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ():
        yield from _nodes(item, f"{where}/{key}")


def test_there_is_a_schema_for_every_kind_of_file() -> None:
    assert len(SCHEMAS) == len(KINDS) == 15
    assert {"measure.schema.json", "organisations.schema.json", "event.schema.json"} <= set(SCHEMAS)


@pytest.mark.parametrize("plan", [SPECIMEN, ROOT], ids=["specimen", "plan"])
def test_a_sound_plan_is_accepted(plan: Path) -> None:
    files = [source for source in load(plan)[0].files if source.kind in KINDS]
    assert len(files) >= 14
    assert [(file.file, error) for file in files if (error := refused(file.kind, file.text))] == []


# --- what is refused is reported ---------------------------------------------------------------------------------

TEXTS = (
    *(
        "",
        "null",
        "~",
        "true",
        "TRUE",
        "False",
        "ja",
        "NEIN",
        "no",
        "0",
        "010",
        "01067",
        "1",
        "3",
        "4",
        "+5",
        "-1",
        "1e3",
    ),
    *(
        "0x10",
        ".5",
        "1.",
        "1_000",
        ".inf",
        ".nan",
        "1250000",
        "1.250",
        "1.250.000",
        "1.250.000,50 €",
        "12 500",
        "12,5 %",
    ),
    *("1 EUR", "101 %", "2027", "1827", "2027-03", "03/2027", "13/2027", "2027-03-31", "31.03.2027", "2027-02-31"),
    *("  ", "\n", " WIR-001 ", "WIR-999", "V-1\n", "BF-7", "B-01", "BS-2026-01", "Kabinett", "XYZ", "TRUE-1", "14524"),
    *("14524330", "#1f5fa8", "0.7.0", "hoch", "geplant", "Zwei Wörter", "<<", "- x", "a: b"),
)
KEYS = ("xyz", "Titel", "2027", " 2028 ", "27", "V-1", "V-x", "null", "<<", "federführung")
ALL_KEYS = sorted({field.alias or "" for kind in KINDS.values() for field in kind.model.model_fields.values()})
EXAMPLES = [value for source in FILES for _, value in _nodes({"": source.tree})]
words = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn", "Co"]), max_size=8).map(
    lambda text: unicodedata.normalize("NFC", text)
)
scalars = st.sampled_from(TEXTS) | st.sampled_from([status.value for status in Status]) | words
trees = st.recursive(
    scalars | st.sampled_from(EXAMPLES),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(KEYS) | words, inner, max_size=2),
    max_leaves=3,
)


def _paths(tree: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    for key, item in tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ():
        yield from _paths(item, (*path, key))


def _mutated(tree: Any, draw: Any) -> Any:
    """Return the tree with one value replaced, emptied, lost, wrapped or added, or one key renamed."""
    tree = {"": copy.deepcopy(tree)}
    path = draw(st.sampled_from(sorted(_paths(tree[""]), key=len)))
    parent: Any = tree
    for step in ("", *path)[:-1]:
        parent = parent[step]
    last = ("", *path)[-1]
    change = draw(st.sampled_from(("replace", "empty", "lose", "wrap", "add", "rename", "status")))
    if change == "add" and isinstance(parent[last], dict):
        parent[last][draw(st.sampled_from(KEYS) | st.sampled_from(ALL_KEYS))] = draw(trees)
    elif change == "add" and isinstance(parent[last], list):
        parent[last].append(draw(trees))
    elif change == "lose" and path:
        del parent[last]
    elif change == "rename" and path and isinstance(parent, dict):
        parent[draw(st.sampled_from(KEYS) | st.sampled_from(ALL_KEYS))] = parent.pop(last)
    elif change == "status" and isinstance(tree[""], dict) and "status" in tree[""]:
        tree[""]["status"] = draw(st.sampled_from([status.value for status in Status]))
    elif change == "empty":
        parent[last] = draw(st.sampled_from(("", [], {})))
    else:
        parent[last] = [parent[last]] if change == "wrap" else draw(trees)
    return tree[""]


@pytest.mark.slow
@given(st.data())
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_the_schema_refuses_is_a_fault_or_a_gap(data: st.DataObject) -> None:
    source = data.draw(st.sampled_from(FILES))
    tree = source.tree
    for _ in range(data.draw(st.integers(1, 3))):
        tree = _mutated(tree, data.draw)
    text = written(tree, lambda: data.draw(st.booleans()))
    error = refused(source.kind, text)
    assert not error or reported(source, text), f"{error}\n{text}"


@pytest.mark.slow
@pytest.mark.parametrize("source", FILES, ids=lambda source: source.file)
def test_each_value_changed_alone_is_refused_only_where_it_is_reported(source: Source) -> None:
    refusals = 0
    for path in _paths(source.tree):
        for value in (None, "", "x", "1", "2027", "true", [], {}, ["x"], {"x": ""}):
            tree = {"": copy.deepcopy(source.tree)}
            parent: Any = tree
            for step in ("", *path)[:-1]:
                parent = parent[step]
            if value is not None:
                parent[("", *path)[-1]] = value
            elif path:
                del parent[path[-1]]
            text = written(tree[""], lambda: False)
            error = refused(source.kind, text)
            refusals += bool(error)
            assert not error or reported(source, text), f"{error}\n{text}"
    assert refusals > 20, "or the schema refuses nothing"


# --- and what is wrong by itself is refused ----------------------------------------------------------------------

OF_FORM = ("SCH-001", "SCH-002", "SCH-006", "SCH-007", "SCH-008", "STA-001")


@pytest.mark.parametrize("case", sorted(path.name for path in BROKEN.iterdir() if path.name.startswith(OF_FORM)))
def test_faults_of_form_are_refused(case: str) -> None:
    files = [source for source in load(BROKEN / case)[0].files if source.kind in KINDS]
    assert files
    assert any(refused(source.kind, source.text) for source in files)


def _ready() -> dict[str, Any]:
    """Return the specimen's measure that lacks nothing, as an editor reads it."""
    value: dict[str, Any] = as_editor_reads(specimen_text("measures/WIR/WIR-001.yaml"))
    return value


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("key", [key for keys in REQUIRED.values() for key in keys])
@pytest.mark.parametrize("empty", ["lost", "null", "nothing"])
def test_the_gates_ask_for_what_the_status_asks_for(status: Status, key: str, empty: str) -> None:
    measure = {**_ready(), "status": status.value}
    assert VALIDATORS["measure"].is_valid(measure)
    if empty == "lost":
        del measure[key]
    else:
        measure[key] = None if empty == "null" else [] if isinstance(measure[key], list) else ""
    assert VALIDATORS["measure"].is_valid(measure) == (key not in required_keys(status))


def test_the_gates_are_those_of_the_ladder() -> None:
    gates = SCHEMAS["measure.schema.json"]["allOf"]
    assert [tuple(gate["then"]["required"]) for gate in gates] == [REQUIRED[step] for step in LADDER]


SCALARS = {
    name: item
    for name, item in vars(schema.scalars).items()
    if any(isinstance(mark, WithJsonSchema) for mark in getattr(item, "__metadata__", ()))
}
KNOWS_NO_CALENDAR = ("Day", "Stichtag")


def _form_of(scalar: Any) -> dict[str, Any]:
    found = next(mark for mark in scalar.__metadata__ if isinstance(mark, WithJsonSchema))
    assert found.json_schema is not None
    return found.json_schema


def _patterns(form: dict[str, Any]) -> list[str]:
    return [node["pattern"] for _, node in _nodes(form) if "pattern" in node]


def test_the_scalars_are_seen() -> None:
    assert len(SCALARS) > 20
    assert all(_patterns(_form_of(scalar)) for scalar in SCALARS.values())


@pytest.mark.slow
@pytest.mark.parametrize("name", SCALARS)
@given(st.data())
@settings(max_examples=150, deadline=None)
def test_a_text_is_accepted_exactly_where_the_parser_takes_it(name: str, data: st.DataObject) -> None:
    form = _form_of(SCALARS[name])
    matching = st.sampled_from(_patterns(form)).flatmap(lambda pattern: st.from_regex(pattern, fullmatch=True))
    text = data.draw(st.sampled_from(TEXTS) | words | matching)
    if data.draw(st.booleans()):  # a near miss
        at = data.draw(st.integers(0, len(text)))
        piece = data.draw(st.sampled_from(("", "0", "1", ".", ",", " ", "-", "A", "€", "%", "٣", "\u00a0")))
        text = text[:at] + piece + text[at + data.draw(st.integers(0, 1)) :]
    if re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", text) or text != unicodedata.normalize("NFC", text):
        return
    validator = Draft202012Validator(form)
    taken = _is_taken(SCALARS[name], text)
    assert validator.is_valid(text) == taken or (name in KNOWS_NO_CALENDAR and not taken), repr(text)
    if taken and text not in NULLS and text == text.strip():
        assert validator.is_valid(plain(text)), repr(text)


def _is_taken(scalar: Any, text: str) -> bool:
    try:
        TypeAdapter(scalar).validate_python(text)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize(
    ("name", "value", "accepted"),
    [
        ("Money", 1250000, True), ("Money", 12.5, False), ("Money", -1, False), ("Money", True, False),
        ("Money", "1.250.000,50 €", True), ("Money", "1.250", False), ("Number", 25, True), ("Number", 12.5, False),
        ("Year", 2027, True), ("Year", 27, False), ("Flag", True, True), ("Flag", "ja", True), ("Flag", "x", False),
        ("Flag", 1, False), ("Day", "2027-03-31", True), ("Day", "2027-13-31", False), ("MonthOfYear", "03/2027", True),
        ("Level", 3, True), ("Level", 4, False), ("Percent", 101, False), ("Percent", "12,5 %", True),
        ("Ags", 1067000, True), ("Ags", "145", False), ("Line", 2027, True), ("Line", " ", False), ("Line", [], False),
        ("OrganisationId", "Kabinett", True), ("OrganisationId", "lk_zwickau", False), ("SourceId", 2025, True),
    ],
)  # fmt: skip
def test_scalars_as_an_editor_reads_them(name: str, value: object, accepted: bool) -> None:
    assert Draft202012Validator(_form_of(SCALARS[name])).is_valid(value) == accepted


def test_thousands_with_a_point_are_for_check_alone() -> None:
    """`640.000` is the number 640 to YAML, so no schema can ask what was meant; `check` does (SCH-008)."""
    assert plain("640.000") == 640
    assert Draft202012Validator(_form_of(SCALARS["Money"])).is_valid(plain("640.000"))
    assert not _is_taken(SCALARS["Money"], "640.000")


def test_every_word_of_a_closed_list_is_a_word_to_yaml_too() -> None:
    terms = [
        node for content in SCHEMAS.values() for where, node in _nodes(content) if re.fullmatch(r"/\$defs/\w+", where)
    ]
    values = [value for node in terms for value in node.get("enum", ())]
    assert len(values) > 40
    assert [value for value in values if plain(value) != value] == []
    assert issubclass(Status, Term)
    assert issubclass(Measure, Record)


# --- ids ---------------------------------------------------------------------------------------------------------


def test_an_unknown_id_is_no_fault_of_form() -> None:
    measure = {**_ready(), "federfuehrung": "neue-organisation", "querbezuege": ["DAS-999"], "raum": [99999]}
    assert VALIDATORS["measure"].is_valid(measure)
    assert not VALIDATORS["measure"].is_valid({**measure, "querbezuege": ["DAS-99"]})


def test_references_propose_ids_and_a_records_own_id_does_not() -> None:
    proposed = {
        node["$ref"].split("/")[-1]
        for content in SCHEMAS.values()
        for _, node in _nodes(content)
        if node.get("$ref", "").startswith(IDS)
    }
    assert proposed - {"vision_keys"} <= set(REFERRED)
    assert {"organisation", "measure", "vision_keys", "district", "funding_source", "decision", "fact"} <= proposed
    assert IDS not in json.dumps(SCHEMAS["measure.schema.json"]["properties"]["id"])
    assert IDS in json.dumps(SCHEMAS["measure.schema.json"]["properties"]["federfuehrung"])
