"""editor_schema: what is written for text editors is fresh, wired up, and never keeps an editor from going on."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

import build
from assembly import pipeline
from assembly.editor_schema import editor_schemas
from assembly.load import load
from assembly.validate import validate
from schema.json_schema import IDS, REFERRED, file_name, schemas
from schema.kinds import KINDS
from tests.plans import IDEA, ROOT, SPECIMEN, copy_with, specimen_text
from tests.yaml_core import as_editor_reads

pytestmark = pytest.mark.usefixtures("remembered")


def read(path: Path) -> Any:
    """Return the JSON value of a file."""
    return json.loads(path.read_text(encoding="utf-8"))


def written(plan: Path) -> Path:
    """Let `build.py schema` write the files of a plan; return their folder."""
    assert build.main(["schema", "--plan", str(plan)]) == 0
    return plan / "schema"


def test_the_committed_schemas_are_fresh() -> None:
    stale = [path.name for path in pipeline.stale_schemas(ROOT) if pipeline.is_held_fresh(path)]
    assert stale == [], "./build.py schema writes them anew"
    names = {path.name for path in (ROOT / "schema").glob("*.schema.json")}
    assert names == {*schemas(), IDS}, "a schema of no kind"


def test_the_committed_ids_are_of_the_right_shape_however_old_they_are() -> None:
    content = read(ROOT / "schema" / IDS)
    Draft202012Validator.check_schema(content)
    assert set(content["$defs"]) == {*REFERRED, "vision_keys"}
    for kind in REFERRED:
        definition = content["$defs"][kind]
        assert len(definition["enum"]) == len(definition["enumDescriptions"]) > 0, kind
        assert all(definition["enumDescriptions"]), kind


def test_the_ids_are_those_of_the_plan_with_their_titles() -> None:
    definitions = json.loads(editor_schemas(validate(load(SPECIMEN)[0])[0])[f"schema/{IDS}"])["$defs"]
    assert definitions["measure"] == {
        "enum": ["WIR-001", "WIS-001"],
        "enumDescriptions": ["Batteriezentrum", "Reallabor"],
    }
    assert definitions["district"]["enum"] == [14511, 14524], "as they are typed: without quotation marks"
    assert definitions["decision"]["enumDescriptions"] == ["Status der WIR-001"]
    assert definitions["vision_keys"]["properties"]["V-2"] == {"description": "Gemeinsames Handeln"}


def test_a_faulty_record_that_can_be_read_is_proposed_too(tmp_path: Path) -> None:
    plan = copy_with(tmp_path, {"measures/WIR/WIR-002.yaml": IDEA + "xyz: 1\n", "measures/WIR/WIR-003.yaml": "a: [\n"})
    assert read(written(plan) / IDS)["$defs"]["measure"]["enum"] == ["WIR-001", "WIR-002", "WIS-001"]


def test_only_what_changed_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan = copy_with(tmp_path, {})
    written(plan)
    assert len(capsys.readouterr().out.splitlines()) == len(KINDS) + 1
    written(plan)
    assert capsys.readouterr().out == ""


def test_a_stale_schema_fails_the_check_and_stale_ids_do_not(tmp_path: Path) -> None:
    plan = copy_with(tmp_path, {})
    asked = ["schema", "--check", "--plan", str(plan)]
    assert build.main(asked) == 1
    assert not (plan / "schema").exists(), "--check writes nothing"
    folder = written(plan)
    assert build.main(asked) == 0
    (plan / "measures/WIR/WIR-002.yaml").write_text(IDEA, encoding="utf-8")
    assert build.main(asked) == 0
    assert build.main(["check", "--plan", str(plan)]) == 0
    assert "WIR-002" not in (folder / IDS).read_text(encoding="utf-8"), "check renews nothing"
    (folder / "vision.schema.json").write_text("{}", encoding="utf-8")
    assert build.main(asked) == 1


def test_a_build_renews_the_ids_where_the_plan_keeps_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "_render", lambda *_: b"")
    plan = copy_with(tmp_path, {})
    order = ["build", "--quiet", "--format", "docx", "--plan", str(plan), "--output", str(tmp_path / "out")]
    assert build.main(order) == 0
    assert not (plan / "schema").exists()
    folder = written(plan)
    (folder / "vision.schema.json").write_text("{}", encoding="utf-8")
    (plan / "measures/WIR/WIR-002.yaml").write_text(IDEA, encoding="utf-8")
    assert build.main(order) == 0
    assert "WIR-002" in (folder / IDS).read_text(encoding="utf-8")
    assert read(folder / "vision.schema.json") == {}, "the program's own schemas are renewed by `schema` alone"


def test_the_editor_is_wired_to_every_kind_of_file() -> None:
    settings = read(ROOT / ".vscode/settings.json")
    assert settings["yaml.schemas"] == {f"./schema/{file_name(kind)}": kind.pattern for kind in KINDS.values()}
    assert settings["yaml.yamlVersion"] == "1.2"
    assert (settings["files.encoding"], settings["files.eol"], settings["editor.tabSize"]) == ("utf8", "\n", 2)
    assert settings["files.insertFinalNewline"] is True
    assert "redhat.vscode-yaml" in read(ROOT / ".vscode/extensions.json")["recommendations"]


WIR = "measures/WIR/WIR-001.yaml"
CHANGES = (
    ("status: beschlussreif", "status: geprüft"),
    ("risiken:", "risken:"),
    ("folgekosten: 48000", "folgekosten: 1.250"),
    ("folgekosten: 48000", "folgekosten: 1,2 Mio."),
    ("folgekosten: 48000", "folgekosten:"),
    ("beschluss: [BS-2026-01]", "beschluss: []"),
    ("prioritaet: hoch\n", ""),
    ("raum: [14524, 14511]", "raum: 14524"),
    ("vision: {V-1: 3, V-2: 1}", "vision: {V-1: 4}"),
    ("beginn: 2027-03", "beginn: März 2027"),
    ("beispiel: true", "beispiel: vielleicht"),
    ("handlungsfeld: WIR", "handlungsfeld: WIR\nfederführung:"),
    ("quelle: EFRE", "quelle: efre"),
    ("titel: Batteriezentrum", "titel: [Batteriezentrum]"),
)


@pytest.mark.parametrize(("old", "new"), CHANGES)
def test_what_the_editor_marks_the_whole_check_reports(old: str, new: str, tmp_path: Path) -> None:
    text = specimen_text(WIR, (old, new))
    plan = copy_with(tmp_path, {WIR: text})
    folder = written(plan)
    registry: Registry[Any] = Registry().with_resource(IDS, Resource.from_contents(read(folder / IDS)))
    validator = Draft202012Validator(read(folder / "measure.schema.json"), registry=registry)
    assert validator.is_valid(as_editor_reads(specimen_text(WIR)))
    assert not validator.is_valid(as_editor_reads(text))
    shutil.rmtree(folder)
    found = {
        diagnostic.severity.value for diagnostic in pipeline.check(plan).diagnostics if diagnostic.place.file == WIR
    }
    assert found & {"Fehler", "Lücke"}
