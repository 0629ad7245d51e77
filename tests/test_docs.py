"""The documents say what is true: codes, views, numbers, keys and links are held against code and files."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

import schema.measure
from assembly.editions import EDITIONS, Part
from schema.base import Record, Term
from schema.kinds import KINDS, Kind
from schema.measure import Measure
from schema.status import REQUIRED
from schema.vocabulary import LISTINGS, NUMBERS, NUMBERS_BY_FIELD, VIEWS

ROOT = Path(__file__).resolve().parent.parent
RULES = ROOT / "docs/regeln.md"
EDITORS = ROOT / "docs/handbuch-redaktion.md"
LEAD = ROOT / "docs/handbuch-projektleitung.md"
PAGES = (ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md")))
CODE = re.compile(r"[A-Z]{3}-\d{3}")
FIELDS = {"WIR", "WIS", "INF", "BIL", "DAS"}  # `WIR-004` in the source is an example of a measure's id, no code
MACHINE_PATHS = tuple(f"/{folder}/" for folder in ("work", "root", "home", "Users"))


def text(path: Path) -> str:
    """Return the file's text; without it there is nothing to hold."""
    return path.read_text(encoding="utf-8")


def codes_of_the_source() -> set[str]:
    """Return every string of the program that is a diagnostic's code."""
    found = set()
    for file in [*(ROOT / "schema").rglob("*.py"), *(ROOT / "assembly").rglob("*.py")]:
        for node in ast.walk(ast.parse(text(file))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value):
                found.add(node.value)
    return {code for code in found if code[:3] not in FIELDS}


def keys_of(model: type[Record]) -> list[str]:
    """Return the YAML keys of a model."""
    return [field.alias or name for name, field in model.model_fields.items()]


def defined_in_measure(base: type) -> list[type]:
    """Return the classes of `schema.measure` below `base`."""
    members = vars(schema.measure).values()
    return [item for item in members if isinstance(item, type) and issubclass(item, base) and item is not base]


def rows(path: Path) -> list[str]:
    """Return the table rows of a document."""
    return [line for line in text(path).splitlines() if line.startswith("|")]


def row_of(path: Path, first_cell: str) -> str:
    """Return the one row that begins with this cell."""
    found = [line for line in rows(path) if line.startswith(f"| `{first_cell}` |")]
    assert found, f"{path.name}: no row of {first_cell}"
    return found[0]


def view_rows() -> list[str]:
    """Return the rows of the handbook's table of views."""
    return text(EDITORS).split("| Sicht |")[1].split("\n\n")[0].splitlines()[2:]


def form_of(line: str) -> str:
    """Return whether a row of the table of views is about a table or a figure."""
    return "abbildung" if "`.abbildung`" in line.split("|")[1] else "tabelle"


def links(path: Path) -> Iterator[str]:
    """Yield the relative targets of links and images outside code."""
    prose = re.sub(r"^```.*?^```", "", text(path), flags=re.MULTILINE | re.DOTALL)
    prose = re.sub(r"(`+).+?\1", "", prose)
    for target in re.findall(r"\]\(([^)\s]+)", prose):
        if not re.match(r"[a-z]+:|#", target):
            yield target.split("#")[0]


def tracked_files() -> list[Path]:
    """Return what git tracks or would add."""
    command = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        names = subprocess.run(command, capture_output=True, check=True).stdout.decode().split("\0")
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no git repository here")
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


def test_every_code_is_explained_and_every_explained_code_exists() -> None:
    codes = codes_of_the_source()
    assert len(codes) > 30
    headings = re.findall(rf"^## ({CODE.pattern}) \S", text(RULES), re.MULTILINE)
    assert sorted(headings) == sorted(codes)


def test_each_rule_has_an_example_and_a_remedy() -> None:
    entries = re.split(r"^## ", text(RULES), flags=re.MULTILINE)[1:]
    assert entries
    for entry in entries:
        body = re.split(r"^# ", entry, flags=re.MULTILINE)[0].strip().splitlines()
        assert 3 <= len(body) <= 6, body[0]
        assert sum(line.startswith("- Beispiel: ") for line in body) == 1, body[0]
        assert body[-1].startswith("- Abhilfe: "), body[0]


@pytest.mark.parametrize(("form", "view"), [(form, view) for form, views in VIEWS.items() for view in views])
def test_every_view_is_in_the_handbook(form: str, view: str) -> None:
    heads = {form_of(line): line for line in view_rows() if f"`{view}`" in line.split("|")[1]}
    assert form in heads, view
    assert VIEWS[form][view].by_field == (heads[form].split("|")[3].strip() == "●"), view


def test_the_handbook_names_no_view_that_does_not_exist() -> None:
    named = {(form_of(line), name) for line in view_rows() for name in re.findall(r"`([a-z-]+)`", line.split("|")[1])}
    assert named == {(form, name) for form, views in VIEWS.items() for name in views}


@pytest.mark.parametrize("number", [*NUMBERS, *NUMBERS_BY_FIELD])
def test_every_number_is_in_the_handbook(number: str) -> None:
    assert f"`@zahl-{number}`" in text(EDITORS)
    assert (number in NUMBERS_BY_FIELD) == any(f"`@zahl-{number}`" in line for line in rows(EDITORS))


def test_the_handbook_names_no_number_that_does_not_exist() -> None:
    named = set(re.findall(r"`@zahl-([a-z-]+)", text(EDITORS)))
    assert named == {*NUMBERS, *NUMBERS_BY_FIELD}


def test_every_key_and_every_word_of_a_measure_is_in_the_handbook() -> None:
    records, terms = defined_in_measure(Record), defined_in_measure(Term)
    assert Measure in records
    assert schema.measure.Status in terms
    handbook = text(EDITORS)
    wanted = [key for model in records if issubclass(model, Record) for key in keys_of(model)]
    wanted += [term.value for terms_ in terms if issubclass(terms_, Term) for term in terms_]
    assert [key for key in wanted if f"`{key}`" not in handbook] == []


@pytest.mark.parametrize("status", REQUIRED)
def test_the_table_of_the_status_is_that_of_the_code(status: schema.measure.Status) -> None:
    cells = row_of(EDITORS, status.value).split("|")
    assert tuple(re.findall(r"`(\w+)`", cells[2])) == REQUIRED[status]


def test_every_listing_is_in_the_handbook() -> None:
    assert [name for name in LISTINGS if f"{{.{name}}}" not in text(EDITORS)] == []


@pytest.mark.parametrize("kind", [kind for kind in KINDS.values() if kind.many or kind.name == "plan"])
def test_every_key_of_the_framework_is_in_the_handbook(kind: Kind) -> None:
    cell = row_of(LEAD, Path(kind.pattern).name).split("|")[3]
    optional = [field.alias for field in kind.model.model_fields.values() if not field.is_required()]
    top = re.sub(r"\(mit .*?\)", "", cell)
    assert re.findall(r"`(\w+)`", top) == keys_of(kind.model)
    assert re.findall(r"\(`(\w+)`\)", top) == optional


def test_the_tables_of_the_editions_are_those_of_the_code() -> None:
    every = list(schema.measure.Status)
    for edition in EDITIONS.values():
        printed = [status.label for status in every if status in edition.sheets]
        words = "alle Status" if len(printed) == len(every) else ", ".join(printed)
        assert any(line.startswith(f"| `{edition.name}` | {words} |") for line in rows(LEAD)), edition.name
    head = f"| Teil | {' | '.join(f'`{name}`' for name in EDITIONS)} |"
    table = text(LEAD).split(head)[1].split("\n\n")[0].splitlines()[2:]
    marks = {part: ["●" if part in edition.parts else "–" for edition in EDITIONS.values()] for part in Part}
    assert table == [f"| {part.value} | {' | '.join(marks[part])} |" for part in Part]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_to_a_file(page: Path) -> None:
    assert [target for target in links(page) if not (page.parent / target).exists()] == []


def test_the_readme_has_links() -> None:
    assert len(list(links(ROOT / "README.md"))) > 5


def test_no_file_names_a_path_of_one_machine() -> None:
    files = tracked_files()
    assert len(files) > 50
    found = []
    for file in files:
        content = file.read_bytes()
        if b"\0" not in content[:8000]:
            words = content.decode("utf-8", "replace")
            found += [f"{file.relative_to(ROOT)}: {path}" for path in MACHINE_PATHS if path in words]
    assert found == []
