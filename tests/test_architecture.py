"""The house: imports go one way, nothing goes in a circle, files stay small, the clock is read at the edge."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.plans import ROOT

MAX_LINES = 450
STAGES = ("load", "validate", "parse", "resolve", "derive", "compose", "render_pdf", "render_docx", "proofread")
# Stages do not import each other, with two exceptions: derive's views are called by compose, and the renderers
# share `draw`, which is no stage but turns the data of a figure into SVG or PNG. Nor is `paper`, which reads a PDF.
MAY_IMPORT: Mapping[str, frozenset[str]] = {"compose": frozenset({"derive"})}
# Commands that are more than the pipeline stand above it, beside each other: they call it and the stages named here.
COMMANDS: Mapping[str, frozenset[str]] = {
    "assembly.fmt": frozenset({"load"}),
    "assembly.inspect": frozenset(),
    "assembly.new": frozenset({"load"}),
    "assembly.status": frozenset({"derive"}),
}
# What one command is made of; nobody else imports it, and it may see the same stages.
PARTS_OF: Mapping[str, str] = {
    "assembly.layout": "assembly.fmt",
    "assembly.append": "assembly.new",
    "assembly.skeleton": "assembly.new",
    "assembly.taken": "assembly.new",
}


def _modules() -> dict[str, Path]:
    files = [ROOT / "build.py", *(ROOT / "schema").rglob("*.py"), *(ROOT / "assembly").rglob("*.py")]
    named = {file: list(file.relative_to(ROOT).with_suffix("").parts) for file in files}
    return {".".join(parts[:-1] if parts[-1] == "__init__" else parts): file for file, parts in named.items()}


MODULES = _modules()


def _imports(name: str) -> Iterator[tuple[str, bool]]:
    """Yield what a module imports of ours, and whether it does so when it is itself imported."""
    tree = ast.parse(MODULES[name].read_text(encoding="utf-8"))
    top = set(ast.walk(ast.Module([n for n in tree.body if not isinstance(n, ast.FunctionDef | ast.ClassDef)], [])))
    for node in ast.walk(tree):
        found: list[str] = []
        if isinstance(node, ast.Import):
            found = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name}: relative import"
            module = node.module or ""
            found = [f"{module}.{alias.name}" for alias in node.names]
        for target in found:
            while target and target not in MODULES:
                target = target.rpartition(".")[0]
            if target and target.split(".")[0] in ("schema", "assembly", "build"):
                yield target, node in top


IMPORTS = {name: set(_imports(name)) for name in MODULES}


def _stage(name: str) -> str:
    parts = name.split(".")
    return parts[1] if len(parts) > 1 and parts[0] == "assembly" and parts[1] in STAGES else ""


def test_the_modules_are_seen() -> None:
    assert len(MODULES) > 50
    assert {"build", "assembly.pipeline", "assembly.compose.chapters", "schema.measure"} <= set(MODULES)
    assert sum(len(found) for found in IMPORTS.values()) > 150
    assert {stage for name in MODULES if (stage := _stage(name))} == set(STAGES)


def test_schema_imports_nothing_of_ours() -> None:
    for name in (name for name in MODULES if name.startswith("schema")):
        assert {target for target, _ in IMPORTS[name] if not target.startswith("schema")} == set(), name


def test_build_calls_the_pipeline_and_no_stage() -> None:
    targets = {target for target, _ in IMPORTS["build"]}
    assert "assembly.pipeline" in targets
    assert {target for target in targets if _stage(target)} == set()


def test_only_the_pipeline_imports_the_stages() -> None:
    for name, found in IMPORTS.items():
        own = _stage(name)
        stages = {_stage(target) for target, _ in found} - {"", own}
        allowed = set(STAGES) if name == "assembly.pipeline" else MAY_IMPORT.get(own, frozenset())
        allowed = allowed | COMMANDS.get(PARTS_OF.get(name, name), frozenset())
        assert stages <= allowed, f"{name} imports {stages - allowed}"


def test_nobody_imports_the_pipeline_but_the_edge() -> None:
    importers = {name for name, found in IMPORTS.items() if "assembly.pipeline" in {target for target, _ in found}}
    assert importers == {"build", "assembly.fmt", "assembly.new"} <= {"build", *COMMANDS}


def test_commands_are_imported_by_the_edge_alone_and_their_parts_by_them_alone() -> None:
    for name, found in IMPORTS.items():
        targets = {target for target, _ in found}
        assert name == "build" or not targets & set(COMMANDS), name
        assert {PARTS_OF[target] for target in targets & set(PARTS_OF)} <= {PARTS_OF.get(name, name)}, name
    assert set(COMMANDS) <= {target for target, _ in IMPORTS["build"]}


def test_there_is_no_circle() -> None:
    graph = {name: {target for target, at_once in found if at_once} for name, found in IMPORTS.items()}
    done: set[str] = set()

    def visit(name: str, way: tuple[str, ...]) -> None:
        assert name not in way, " → ".join((*way, name))
        if name not in done:
            for target in sorted(graph[name] - {name}):
                visit(target, (*way, name))
            done.add(name)

    for name in sorted(graph):
        visit(name, ())
    assert done == set(MODULES)


def test_a_file_that_grows_asks_to_be_two() -> None:
    lengths = {name: len(file.read_text(encoding="utf-8").splitlines()) for name, file in MODULES.items()}
    assert {name: length for name, length in lengths.items() if length > MAX_LINES} == {}


def test_the_clock_is_read_at_the_edge_only() -> None:
    clocks = {("time", "time"), ("date", "today"), ("datetime", "now"), ("datetime", "utcnow"), ("time", "localtime")}
    readers = set()
    for name, file in MODULES.items():
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                if (node.value.id, node.attr) in clocks:
                    readers.add((name, f"{node.value.id}.{node.attr}"))
            elif isinstance(node, ast.ImportFrom) and node.module in ("time", "random"):
                readers.add((name, node.module))
    assert readers <= {("build", "date.today")}


def test_every_module_says_what_it_does() -> None:
    for name, file in MODULES.items():
        if name != "build":  # its docstring would stand before the line that moves it into .venv
            assert ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))), name
