"""load: files → Sources. Reads every input once: bytes, text, the tree of a YAML file and the place of each value.

Nothing is interpreted here: each scalar stays the text that was typed. What cannot be read is a diagnostic (codes
`DAT-…`), and the rest is loaded all the same.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined]  # the stubs do not re-export it

from assembly.diagnostics import Diagnostic, Place, Severity
from assembly.sources import Source, Sources, Span, Tree, TreePath, line_and_column
from schema.kinds import KINDS, Kind

MAX_BYTES = 1_000_000  # a record or a chapter larger than this is a mistake, not a text
OPEN_QUOTATION = re.compile(r'^[ -]*[\w-]+:[ ]+("[^"\n]*)$', re.MULTILINE)  # key: "a value that is not closed
MAX_DEPTH = 12
MANY_STEPS = re.compile(r"(?:[-?][ \t]+){60}")  # lists in lists and keys in keys on one line
UNTYPED = "tag:yaml.org,2002:str"


def load(root: Path) -> tuple[Sources, list[Diagnostic]]:
    """Read the plan below `root`; return what could be read and what could not."""
    diagnostics: list[Diagnostic] = []
    sources: list[Source] = []
    digest = hashlib.sha256()
    for kind, path in _inputs(root, diagnostics):
        file = _name(path, root)
        if not path.exists() and not path.is_symlink():  # said already; its records count as unreadable, not as unknown
            sources.append(Source(file, kind, ""))
            continue
        text = _read_text(path, file, digest, diagnostics)
        if text is None:
            if kind != "chapter":
                sources.append(Source(file, kind, ""))  # its id stays known, so that no reference to it dangles
            continue
        sources.append(read_source(file, kind, text, diagnostics))
    pictures = sorted(path for path in root.glob("chapters/bilder/*") if _is_inside(path, root, diagnostics))
    images = frozenset(path.relative_to(root / "chapters").as_posix() for path in pictures)
    return Sources(root, tuple(sources), images, digest.hexdigest()), diagnostics


def read_source(file: str, kind: str, text: str, diagnostics: list[Diagnostic]) -> Source:
    """Return the source with this text; a YAML file that cannot be read has no tree, and a diagnostic says why."""
    torn = _has_conflict(text, file, diagnostics)
    reader = None if kind == "chapter" or torn else _read_yaml(text, file, diagnostics)
    if reader is None:
        return Source(file, kind, text)
    return Source(file, kind, text, reader.tree, reader.spans, tuple(reader.unfilled))


def read_tree(text: str, file: str = "") -> tuple[Tree, list[Diagnostic]]:
    """Return the tree of a YAML text as `load` sees it (None where there is none), and what cannot be read in it."""
    diagnostics: list[Diagnostic] = []
    return read_source(file, "", text, diagnostics).tree, diagnostics


def _inputs(root: Path, diagnostics: list[Diagnostic]) -> Iterator[tuple[str, Path]]:
    """Yield kind and path of each input, sorted, so that the order of a directory listing never matters."""
    claimed: set[Path] = set()
    for kind in KINDS.values():
        matches = sorted(root.glob(kind.pattern))
        claimed.update(matches)
        paths = [path for path in matches if _is_inside(path, root, diagnostics)]
        if not matches and kind.pattern.startswith("framework/"):
            diagnostics.append(_missing_file(kind))
            yield kind.name, root / kind.pattern
        yield from ((kind.name, path) for path in paths)
    for chapter in sorted(root.glob("chapters/*.md")):
        if _is_inside(chapter, root, diagnostics):
            yield "chapter", chapter
    for folder in ("framework", "measures", "participation", "statements"):
        for stray in sorted((root / folder).rglob("*")):
            if stray.is_file() and stray not in claimed and not stray.name.startswith("."):
                diagnostics.append(_stray_file(_name(stray, root)))


def _is_inside(path: Path, root: Path, diagnostics: list[Diagnostic]) -> bool:
    """Tell whether the file really lies below the plan: a link that leads out of it is not followed."""
    try:
        inside = path.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError):  # RuntimeError: Python's word for a link that leads to itself
        inside = False
    if not inside:
        message = "Die Datei ist ein Verweis, der aus dem Plan hinaus oder im Kreis führt."
        diagnostics.append(Diagnostic("DAT-009", Severity.FAULT, Place(_name(path, root)), message))
    return inside


def _name(path: Path, root: Path) -> str:
    """Return the path relative to the plan; bytes that are no UTF-8 (possible on Linux) become question marks."""
    return path.relative_to(root).as_posix().encode("utf-8", "replace").decode()


def _missing_file(kind: Kind) -> Diagnostic:
    return Diagnostic(
        "DAT-001",
        Severity.FAULT,
        Place(kind.pattern),
        f"Die Datei {kind.pattern} fehlt.",
        "Legen Sie sie an (eine Liste ohne Einträge ist []), oder prüfen Sie das Verzeichnis (--plan).",
    )


def _stray_file(file: str) -> Diagnostic:
    hint = "Maßnahmen liegen in measures/<FELD>/<KENNUNG>.yaml; Dateinamen enden auf .yaml."
    return Diagnostic("DAT-002", Severity.WARNING, Place(file), "Diese Datei gehört zu keiner Art von Eintrag.", hint)


def _read_text(path: Path, file: str, digest: Any, diagnostics: list[Diagnostic]) -> str | None:
    """Return the file's text with LF line ends and composed umlauts, or None with a diagnostic."""
    try:
        size = path.stat().st_size
        raw = path.read_bytes() if size <= MAX_BYTES else b""
    except OSError:
        message = "Die Datei lässt sich nicht lesen: Sie ist ein Ordner, oder es fehlt das Recht dazu."
        diagnostics.append(Diagnostic("DAT-003", Severity.FAULT, Place(file), message))
        return None
    if size > MAX_BYTES:
        message = f"Die Datei ist {size // 1000} kB groß; erlaubt sind {MAX_BYTES // 1000} kB."
        diagnostics.append(Diagnostic("DAT-004", Severity.FAULT, Place(file), message))
        return None
    digest.update(file.encode() + b"\0" + hashlib.sha256(raw).digest())
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        column = error.start - raw.rfind(b"\n", 0, error.start)
        diagnostics.append(
            Diagnostic(
                "DAT-005",
                Severity.FAULT,
                Place(file, line=line, column=column),
                "Die Datei ist nicht in UTF-8 gespeichert; hier steht ein unlesbares Zeichen.",
                "Speichern Sie die Datei mit der Zeichenkodierung UTF-8.",
            )
        )
        return None
    return normalised(text)


def normalised(text: str) -> str:
    """Return the text with LF line ends and composed umlauts, whatever system it was typed on."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def _read_yaml(text: str, file: str, diagnostics: list[Diagnostic]) -> _TreeReader | None:
    """Return the reader with the tree that it has read, or None with a diagnostic."""
    try:
        if _too_deep(text):
            message = f"Die Angaben sind tiefer als {MAX_DEPTH} Stufen verschachtelt."
            _yaml_fault(file, text, 0, message, "Prüfen Sie Klammern und Einrückung.", diagnostics)
            return None
        node = _Composer(text).get_single_node()
    except yaml.MarkedYAMLError as error:
        offset = _offset_of(text, error)
        _yaml_fault(file, text, offset, *_explain(text, offset), diagnostics)
        return None
    except (yaml.YAMLError, RecursionError, ValueError):
        control = re.search(r"[^\n\t\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", text)
        offset = control.start() if control else 0
        message = "Hier steht ein Zeichen oder eine Verschachtelung, die YAML nicht kennt."
        _yaml_fault(file, text, offset, message, "", diagnostics)
        return None
    if node is None:
        _yaml_fault(file, text, 0, "Die Datei ist leer.", "Löschen Sie sie oder füllen Sie sie aus.", diagnostics)
        return None
    return _TreeReader(file, text, diagnostics, node)


def _has_conflict(text: str, file: str, diagnostics: list[Diagnostic]) -> bool:
    """Tell whether two versions of the file were never merged. A row of = alone may underline a heading."""
    conflict = re.search(r"^(<{7}|>{7})( |$)", text, re.MULTILINE)
    if conflict:
        message = "Hier steht eine Konfliktmarke: zwei Fassungen sind nicht zusammengeführt."
        hint = "Behalten Sie eine der beiden Fassungen und löschen Sie die Zeilen mit <<<<<<<, ======= und >>>>>>>."
        _yaml_fault(file, text, conflict.start(), message, hint, diagnostics)
    return conflict is not None


def _too_deep(text: str) -> bool:
    """Tell whether composing the text would nest so deep that libyaml's recursion could end the process.

    Counting events is safe at any depth but not free, so it is done only where the text is suspicious.
    """
    if not (MANY_STEPS.search(text) or text.count("[") + text.count("{") > 200):
        return False
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > 10 * MAX_DEPTH:
            return True
    return False


def _yaml_fault(file: str, text: str, offset: int, message: str, hint: str, diagnostics: list[Diagnostic]) -> None:
    line, column = line_and_column(text, offset)
    diagnostics.append(Diagnostic("DAT-006", Severity.FAULT, Place(file, line=line, column=column), message, hint))


def _offset_of(text: str, error: yaml.MarkedYAMLError) -> int:
    """Return where to point: at a quotation left open above, at the problem, or where that runs on to the end of the
    file, at the bracket left open."""
    marks = [mark for mark in (error.problem_mark, error.context_mark) if mark]
    offsets = [_offset(text, mark.line, mark.column) for mark in marks]
    end = text.find("\n", offsets[0]) if offsets else -1
    opened = list(OPEN_QUOTATION.finditer(text[:end] if end >= 0 else text))
    if opened:
        return opened[0].start(1)
    if len(offsets) == 2 and offsets[0] >= len(text.rstrip()):
        return offsets[1]
    return offsets[0] if offsets else 0


def _explain(text: str, offset: int) -> tuple[str, str]:
    """Say in German what most likely broke the YAML, judged by the line itself and not by libyaml's English."""
    line = text[text.rfind("\n", 0, offset) + 1 :].split("\n", 1)[0]
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return "Die Zeile ist mit einem Tabulator eingerückt.", "Rücken Sie mit Leerzeichen ein (zwei je Stufe)."
    if line.count('"') % 2:
        return "Ein Anführungszeichen wird nicht geschlossen.", 'Schließen Sie den Text mit einem zweiten ".'
    if re.search(r":\s+[^\"'|>\[{][^#]*:\s", line):
        return (
            "In der Zeile steht ein zweiter Doppelpunkt.",
            'Setzen Sie den Wert in Anführungszeichen: titel: "Netz: Ausbau".',
        )
    if re.search(r"[\[{]", line):
        return "Eine Klammer [ oder { wird nicht geschlossen.", "Prüfen Sie, ob jede Klammer ihr Gegenstück hat."
    if re.match(r"\s*[\w-]+\s*$", line):
        return "Nach dem Schlüssel fehlt der Doppelpunkt.", "Schreiben Sie schlüssel: wert."
    return (
        "Die Zeile lässt sich nicht lesen.",
        "Prüfen Sie Einrückung, Doppelpunkt und Anführungszeichen in dieser und der vorigen Zeile.",
    )


class _Composer(CParser):
    """libyaml's composer without YAML's own types: a scalar is the text that was typed, whatever it looks like."""

    def resolve(self, _kind: type[yaml.Node], _value: object, _implicit: object) -> str:
        return UNTYPED

    def descend_resolver(self, _parent: object, _index: object) -> None:
        pass

    def ascend_resolver(self) -> None:
        pass


class _TreeReader:
    """Turns composed YAML nodes into a tree of texts, and notes the span of each."""

    def __init__(self, file: str, text: str, diagnostics: list[Diagnostic], root: yaml.Node) -> None:
        self.file = file
        self.text = text
        self.diagnostics = diagnostics
        self.spans: dict[TreePath, Span] = {}
        self.unfilled: list[TreePath] = []
        self.seen: set[int] = set()
        self.tree = self.read(root, ())

    def read(self, node: yaml.Node, path: TreePath, key_start: int | None = None) -> Tree:
        start = node.start_mark.index  # libyaml counts characters from the start of the text, as Python does
        self.spans[path] = Span(start, node.end_mark.index, start if key_start is None else key_start)
        if id(node) in self.seen or len(path) > MAX_DEPTH:
            self.complain(start, "Anker und Verweise (& und *) sind nicht erlaubt, ebenso zu tiefe Verschachtelung.")
            return ""
        self.seen.add(id(node))
        if node.tag and not node.tag.startswith("tag:yaml.org,2002:"):
            self.complain(start, "Ausrufezeichen-Marken (!…) sind nicht erlaubt.")
        if isinstance(node, yaml.ScalarNode):
            return str(node.value)
        if isinstance(node, yaml.MappingNode):
            return self.read_mapping(node, path)
        return [self.read(item, (*path, index)) for index, item in enumerate(node.value)]

    def read_mapping(self, node: yaml.MappingNode, path: TreePath) -> dict[str, Tree]:
        tree: dict[str, Tree] = {}
        for key_node, value_node in node.value:
            key_start = key_node.start_mark.index
            if not isinstance(key_node, yaml.ScalarNode):
                self.complain(key_start, "Ein Schlüssel muss ein einfaches Wort sein.")
                continue
            key = str(key_node.value)
            here = (*path, key)
            if here in self.spans:
                self.complain(key_start, f"Der Schlüssel „{key}“ steht hier zum zweiten Mal.", "DAT-007")
                continue
            value = self.read(value_node, here, key_start)
            if value != "":
                tree[key] = value
            else:  # a key without a value is a key not yet filled in
                self.unfilled.append(here)
        return tree

    def complain(self, offset: int, message: str, code: str = "DAT-008") -> None:
        line, column = line_and_column(self.text, offset)
        self.diagnostics.append(Diagnostic(code, Severity.FAULT, Place(self.file, line=line, column=column), message))


def _offset(text: str, line: int, column: int) -> int:
    start = 0
    for _ in range(line):
        start = text.find("\n", start) + 1
        if start == 0:
            return len(text)
    return min(start + column, len(text))
