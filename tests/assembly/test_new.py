"""new: the next free id, never one that was given before; a record that guides; and nothing else is changed."""

from __future__ import annotations

import re
import subprocess
from datetime import date
from pathlib import Path

import pytest

from assembly import pipeline, taken
from assembly.fmt import rewritten
from assembly.load import load
from assembly.new import FORMS, Made, create
from assembly.refusal import Refusal
from assembly.theme import NEUTRAL
from schema.kinds import KINDS
from schema.measure import Measure
from schema.shape import keys_of
from schema.status import REQUIRED
from schema.theme import Colours, Faces, Logo, Typefaces
from tests.plans import IDEA, SPECIMEN, copy_with

TODAY = date(2026, 11, 20)
EVENT = "participation/2026-01-werkstatt-chemnitz.yaml"
LISTED = [
    name for name in FORMS if name not in ("massnahme", "veranstaltung", "stellungnahme", "beitrag", "gestaltung")
]


def make(root: Path, name: str, **values: str) -> Made:
    return create(root, name, values, TODAY)


def measure(root: Path, **values: str) -> str:
    return make(root, "massnahme", handlungsfeld="WIR", **values).id


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return copy_with(tmp_path, {})


def test_a_new_measure_is_sound_once_title_and_two_sentences_are_in(root: Path) -> None:
    made = make(root, "massnahme", handlungsfeld="WIR", titel="Netz: Werkstätten")
    assert made.path == root / "measures/WIR/WIR-002.yaml"
    text = made.path.read_text(encoding="utf-8")
    made.path.write_text(text.replace("kurzbeschreibung:", "kurzbeschreibung: Es geschieht. Es nützt."))
    checked = pipeline.check(root)
    assert [found for found in checked.diagnostics if found.place.file == "measures/WIR/WIR-002.yaml"] == []
    assert checked.plan is not None
    assert checked.plan.measures["WIR-002"].title == "Netz: Werkstätten"


def test_a_new_theme_is_the_neutral_one_and_explains_every_key(root: Path) -> None:
    (root / "framework/theme.yaml").unlink()
    made = make(root, "gestaltung")
    checked = pipeline.check(root)
    assert checked.faults == []
    assert checked.plan is not None
    assert checked.plan.theme == NEUTRAL
    text = made.path.read_text(encoding="utf-8")
    for model in (Colours, Typefaces, Faces, Logo):
        for field in model.model_fields.values():
            assert f"{field.alias}:" in text
            assert str(field.description) in text
    with pytest.raises(Refusal, match="gibt es schon"):
        make(root, "gestaltung")


def test_a_new_theme_is_sound_where_all_its_comments_are_filled_in(root: Path) -> None:
    (root / "framework/theme.yaml").unlink()
    path = make(root, "gestaltung").path
    lines = path.read_text(encoding="utf-8").split("\n")
    opened = [re.sub(r"^# (?=schriften:|logos:| )", "", line) for line in lines]
    files = {"datei": "gestaltung/logo.svg", "alternativtext": "Ein Zeichen"}
    filled = [re.sub(r"^( +-? ?(\w+):)  #.*", lambda m: f"{m[1]} {files.get(m[2], '')}", line) for line in opened]
    path.write_text("\n".join(filled).replace("gestaltung: ", "gestaltung:"), encoding="utf-8")
    found = pipeline.check(root)
    assert {fault.code for fault in found.faults} == {"SCH-006"}, "faces that are named without a file"
    assert {fault.place.path[0] for fault in found.faults} == {"schriften"}


def test_a_new_measure_lists_every_key_in_the_blocks_of_the_status_table(root: Path) -> None:
    text = make(root, "massnahme", handlungsfeld="WIR").path.read_text(encoding="utf-8")
    for key, field in keys_of(Measure).items():
        assert f"\n{key}:" in text
        assert f"# {field.title}" in text
        assert str(field.description) in text
    blocks = text.split("\n# --- ")
    assert [block.split("\n")[0] for block in blocks[1:]] == [
        "ab Entwurf",
        "ab abgestimmt",
        "für Beschlussreife",
        "jederzeit",
    ]
    for block, keys in zip(blocks, list(REQUIRED.values())[:4], strict=False):
        assert all(f"\n{key}:" in block for key in keys)


@pytest.mark.parametrize(
    "content",
    [
        IDEA,
        IDEA.replace("id: WIR-002", "id: WIR-001\nfrueher: [WIR-002]"),
        IDEA.replace("id: WIR-002", "id: WIR-001\nersetzt_durch: WIR-002"),
        IDEA.replace("titel: Weitere Idee", "titel: a: b"),
        "\tid: WIR-002\n",
        "",
        b"\xff\xfe",
    ],
    ids=["record", "former", "replaced", "broken", "unreadable", "empty", "bytes"],
)
def test_an_id_that_stands_anywhere_is_taken(tmp_path: Path, content: str | bytes) -> None:
    root = copy_with(tmp_path, {"measures/WIR/WIR-002.yaml": content})
    assert measure(root) == "WIR-003"


def test_examples_in_comments_take_no_id(root: Path) -> None:
    assert [measure(root), measure(root), measure(root)] == ["WIR-002", "WIR-003", "WIR-004"]


def test_a_gap_is_filled_only_when_nothing_follows_the_highest() -> None:
    assert taken.free({1, 4}, 999) == 5
    assert taken.free(set(), 999) == 1
    assert taken.free({1, 3, 999}, 999) == 2
    assert taken.free({1, 2}, 2) is None


def test_an_id_that_ever_stood_in_history_is_taken(tmp_path: Path) -> None:
    moved = IDEA.replace("beispiel:", "frueher: [WIR-007]\nbeispiel:")
    root = copy_with(tmp_path, {"measures/WIR/WIR-005.yaml": moved.replace("WIR-002", "WIR-005")})

    def git(*arguments: str) -> None:
        identity = ["-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false"]
        subprocess.run(["git", "-C", str(root), *identity, *arguments], check=True, capture_output=True)

    try:
        git("init")
    except OSError:
        pytest.skip("no git here")
    make(root, "befund")
    make(root, "quelle", kennung="einmal-da")
    git("add", ".")
    git("commit", "-m", "x")
    git("rm", "measures/WIR/WIR-005.yaml")
    for file in ("findings", "sources"):
        (root / f"framework/{file}.yaml").write_bytes((SPECIMEN / f"framework/{file}.yaml").read_bytes())
    git("commit", "-am", "y")
    assert measure(root) == "WIR-008"
    assert make(root, "befund").id == "BF-4"
    with pytest.raises(Refusal, match="schon vergeben"):
        make(root, "quelle", kennung="einmal-da")


@pytest.mark.parametrize("name", LISTED)
def test_a_list_file_gets_an_entry_and_keeps_every_byte(root: Path, name: str) -> None:
    before = {path: path.read_bytes() for path in root.rglob("*.yaml")}
    made = make(root, name)
    old = before.pop(made.path)
    assert made.path.read_bytes().startswith(old)
    assert all(path.read_bytes() == content for path, content in before.items())
    again = make(root, name, **({"titel": "Ein Name"} if any(o.name == "titel" for o in FORMS[name].options) else {}))
    assert again.id != made.id
    source = next(source for source in load(root)[0].files if root / source.file == made.path)
    assert rewritten(source) == source.text, "a new entry is in canonical form"
    kind = next(kind for kind in KINDS.values() if root / kind.pattern == made.path)
    added = source.text[len(old.decode()) :]
    assert all(f" {key}:" in added and str(field.description) in added for key, field in keys_of(kind.model).items())


@pytest.mark.parametrize(
    ("name", "values", "wanted"),
    [
        ("befund", {}, "BF-3"),
        ("visionsaussage", {}, "V-3"),
        ("beschluss", {}, "BS-2026-02"),
        ("beschluss", {"datum": "31.03.2027"}, "BS-2027-01"),
        ("organisation", {"titel": "Landkreis Süd & West"}, "landkreis-sued-west"),
        ("organisation", {"kennung": "LK-Sued"}, "lk-sued"),
        ("quelle", {}, "neu"),
        ("finanzierungsquelle", {"titel": "2. Fonds"}, "FONDS"),
        ("begriff", {"titel": "Reallabor"}, "Reallabor"),
    ],
)
def test_ids_of_list_files(root: Path, name: str, values: dict[str, str], wanted: str) -> None:
    assert make(root, name, **values).id == wanted


@pytest.mark.parametrize(
    "content",
    [
        "# nur ein Kommentar\n",
        "",
        "[]\n",
        "# x\n[]  # y\n",
        "- begriff: A\n  erklaerung: B",
        "  -  begriff: A\n     erklaerung: B\n\n# Ende\n",
        "\ufeff- begriff: A\r\n  erklaerung: |\r\n    B\r\n",
        "- begriff: Gro\u0308ße\n  erklaerung: B # c\n",
        None,
    ],
)
def test_any_way_of_typing_a_list_can_be_added_to(tmp_path: Path, content: str | None) -> None:
    root = copy_with(tmp_path, {"framework/glossary.yaml": None if content is None else content.encode()})
    make(root, "begriff", titel="Neu")
    raw = (root / "framework/glossary.yaml").read_bytes().decode()
    tree = next(source.tree for source in load(root)[0].files if source.file == "framework/glossary.yaml")
    assert tree[-1] == {"begriff": "Neu"}
    assert raw.startswith((content or "").replace("[]", "").rstrip("\n ").split("#")[0].rstrip(" "))
    assert ("\r\n" in (content or "")) == ("\n" not in raw.replace("\r\n", ""))


@pytest.mark.parametrize("content", ["[{begriff: A, erklaerung: B}]\n", "a: b\n", "- a: b: c\n", "- a: 1\n  a: 2\n"])
def test_a_list_that_cannot_be_added_to_is_left_alone(tmp_path: Path, content: str) -> None:
    root = copy_with(tmp_path, {"framework/glossary.yaml": content})
    with pytest.raises(Refusal) as refused:
        make(root, "begriff")
    assert not refused.value.usage
    assert (root / "framework/glossary.yaml").read_text() == content


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", ""),
        ("beitraege:", "beitraege:  # Liste"),
        ("    begruendung: Das wirkt rein lokal.\n", "    begruendung: |\n      Das wirkt.\n\n      Lokal.\n"),
        ("    begruendung: Das wirkt rein lokal.\n", "    begruendung: Lokal. # x\n    massnahmen: []\n# nach\n"),
    ],
)
def test_a_contribution_goes_behind_the_last_one(tmp_path: Path, old: str, new: str) -> None:
    text = (SPECIMEN / EVENT).read_text(encoding="utf-8").replace(old, new) + "\n"
    root = copy_with(tmp_path, {EVENT: text})
    made = make(root, "beitrag", veranstaltung="2026-01-werkstatt-chemnitz")
    after = made.path.read_text(encoding="utf-8").splitlines()
    tree = next(source.tree for source in load(root)[0].files if source.file == EVENT)
    assert tree["beitraege"][-1] == {"id": made.id}
    assert [line for line in text.splitlines() if line not in after] == []


@pytest.mark.parametrize("value", ["", " []", " [ ]  # noch keine", None])
def test_the_first_contribution(tmp_path: Path, value: str | None) -> None:
    head = (SPECIMEN / EVENT).read_text(encoding="utf-8").split("beitraege:")[0]
    for tail in ("\n", "\nort: x\n"):
        text = head.replace("ort: Chemnitz\n", "") if "ort" in tail else head
        text += "" if value is None else f"beitraege:{value}"
        root = copy_with(tmp_path / f"{len(tail)}", {EVENT: text + tail})
        made = make(root, "beitrag", veranstaltung="2026-01-werkstatt-chemnitz.yaml")
        tree = next(source.tree for source in load(root)[0].files if source.file == EVENT)
        assert tree["beitraege"] == [{"id": made.id}]


def test_events_and_statements(root: Path) -> None:
    values = {"datum": "12.05.2026", "ort": "Annaberg-Buchholz", "kreis": "Chemnitz"}
    made = make(root, "veranstaltung", **values)
    assert made.path == root / "participation/2026-05-werkstatt-annaberg-buchholz.yaml"
    assert "datum: 2026-05-12\n" in made.path.read_text(encoding="utf-8")
    assert "kreis: 14511\n" in made.path.read_text(encoding="utf-8")
    with pytest.raises(Refusal, match="gibt es schon"):
        make(root, "veranstaltung", **values)
    assert make(root, "veranstaltung", **{**values, "datum": "2026-05-13"}).id.startswith("2026-05-13-")
    assert make(root, "stellungnahme", ressort="SMWA", version="0.7.0").path.name == "SMWA-0.7.0.yaml"
    with pytest.raises(Refusal, match="gibt es schon"):
        make(root, "stellungnahme", ressort="smwa", version="0.1.0")
    for source in load(root)[0].files:
        assert source.kind == "chapter" or rewritten(source) == source.text


@pytest.mark.parametrize(
    ("name", "values", "message", "hint"),
    [
        ("massnahme", {"handlungsfeld": "WIRR"}, "„WIRR“ gibt es nicht", "WIR"),
        ("massnahme", {"handlungsfeld": "../x"}, "gibt es nicht", ""),
        ("veranstaltung", {"datum": "31.02.2026", "ort": "x", "kreis": "14511"}, "gibt es im Kalender nicht", ""),
        ("veranstaltung", {"datum": "2026-02-01", "ort": "x", "kreis": "Chemnitzz"}, "gibt es nicht", "Chemnitz"),
        ("veranstaltung", {"datum": "2026-02-01", "ort": "/", "kreis": "14511"}, "kein Ort", ""),
        (
            "veranstaltung",
            {"datum": "2026-02-01", "ort": "x", "kreis": "14511", "format": "werkstat"},
            "werkstat",
            "werkstatt",
        ),
        ("stellungnahme", {"ressort": "smwaa"}, "gibt es nicht", "smwa"),
        ("stellungnahme", {"ressort": "smwa", "version": "0.7"}, "Versionsnummer", "0.7.0"),
        ("beitrag", {"veranstaltung": "2026-01-werkstatt-chemnit"}, "gibt es nicht", "2026-01-werkstatt-chemnitz"),
        ("organisation", {"kennung": "mit leer"}, "keine Kennung", "lk-zwickau"),
        ("quelle", {"kennung": "beispieldaten"}, "schon vergeben", ""),
        ("begriff", {"titel": "änderung"}, "gibt es schon", ""),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_hint(
    root: Path, name: str, values: dict[str, str], message: str, hint: str
) -> None:
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    with pytest.raises(Refusal, match=message) as refused:
        make(root, name, **values)
    assert hint in refused.value.hint
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before
