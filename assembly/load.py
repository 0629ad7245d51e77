"""load: files → Sources. Reads every input once: bytes, text, the tree of a YAML file and the place of each value.

Nothing is interpreted here: each scalar stays the text that was typed. What cannot be read is a diagnostic (codes
`DAT-…`), and the rest is loaded all the same.
"""

from __future__ import annotations

import codecs
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
from assembly.strays import FOLDERS, KIND_IN, is_aside, meant, stray_file
from schema.kinds import KINDS, Kind

MAX_BYTES = 1_000_000  # a record or a chapter larger than this is a mistake, not a text
MAX_DEPTH = 12
MANY_STEPS = re.compile(r"(?:[-?][ \t]+){60}")  # lists in lists and keys in keys on one line
NULLS = frozenset({"null", "Null", "NULL", "~"})  # of YAML 1.2: nothing to other programs, a word to people
EMPTY = ("Die Datei ist leer.", "Löschen Sie sie oder füllen Sie sie aus.")
LONE_BYTE = re.compile("[\udc80-\udcff]")  # what surrogateescape makes of it
SPELL_OUT = "Schreiben Sie den Wert aus; ist das Zeichen gemeint, setzen Sie ihn in Anführungszeichen."
REMARK = re.compile(r"[ \t]+(#[^\s#][^\n]*)")  # „Zentrum #1“: without a blank behind it, # was hardly meant as a remark
UNTYPED = "tag:yaml.org,2002:str"


def load(root: Path) -> tuple[Sources, list[Diagnostic]]:
    """Read the plan below `root`; return what could be read and what could not."""
    diagnostics: list[Diagnostic] = []
    sources: list[Source] = []
    digest = hashlib.sha256()
    for kind, path in _inputs(root, diagnostics):
        file = _name(path, root)
        if not path.exists() and not path.is_symlink():  # said already; its records count as unreadable, not as unknown
            sources.append(Source(file, kind, "", readable=False))
            continue
        text, readable = _read_text(path, file, digest, diagnostics)
        # What cannot be read is a source all the same: its id stays known, so that no reference to it dangles.
        unread = Source(file, kind, text, readable=False)
        sources.append(read_source(file, kind, text, diagnostics) if readable else unread)
    pictures = sorted(path for path in root.glob("chapters/bilder/*") if _is_inside(path, root, diagnostics))
    images = frozenset(path.relative_to(root / "chapters").as_posix() for path in pictures)
    return Sources(root, tuple(sources), images, digest.hexdigest()), diagnostics


def read_source(file: str, kind: str, text: str, diagnostics: list[Diagnostic]) -> Source:
    """Return the source with this text; a YAML file that cannot be read has no tree, and a diagnostic says why."""
    torn = _has_conflict(text, file, diagnostics)
    if kind == "chapter":
        if not text.strip():
            _yaml_fault(file, text, 0, *EMPTY, diagnostics)
        return Source(file, kind, text, readable=bool(text.strip()) and not torn)
    reader = None if torn else _read_yaml(text, file, diagnostics)
    if reader is None:
        return Source(file, kind, text, readable=False)
    return Source(file, kind, text, reader.tree, reader.spans, tuple(reader.unfilled))


def read_tree(text: str, file: str = "") -> tuple[Tree, list[Diagnostic]]:
    """Return the tree of a YAML text as `load` sees it (None where there is none), and what cannot be read in it."""
    diagnostics: list[Diagnostic] = []
    return read_source(file, "", text, diagnostics).tree, diagnostics


def _inputs(root: Path, diagnostics: list[Diagnostic]) -> Iterator[tuple[str, Path]]:
    """Yield kind and path of each input, sorted, so that the order of a directory listing never matters."""
    claimed: set[Path] = set()
    for kind in KINDS.values():
        matches = sorted(path for path in root.glob(kind.pattern) if not is_aside(path.name))
        claimed.update(matches)
        paths = [path for path in matches if _is_inside(path, root, diagnostics)]
        if not matches and kind.pattern.startswith("framework/") and not kind.optional:
            if kind.pattern not in {meant(_name(path, root)) for path in root.glob("framework/*")}:  # else: misnamed
                diagnostics.append(_missing_file(kind))
            yield kind.name, root / kind.pattern
        yield from ((kind.name, path) for path in paths)
    chapters = sorted(path for path in root.glob("chapters/*.md") if not is_aside(path.name))
    claimed.update(chapters)
    yield from (("chapter", path) for path in chapters if _is_inside(path, root, diagnostics))
    inputs = {_name(path, root) for path in claimed}
    for folder in FOLDERS:
        for stray in sorted((root / folder).rglob("*")):
            if stray not in claimed and not _is_picture(stray, root) and stray.is_file():
                name = _name(stray, root)
                diagnostics += filter(None, [stray_file(name, inputs)])
                wanted = "" if is_aside(stray.name) else meant(name)
                if wanted and wanted not in inputs and folder in KIND_IN:
                    yield KIND_IN[folder], root / wanted  # its id is known, so that no reference to it dangles


def _is_picture(path: Path, root: Path) -> bool:
    """Tell whether a file lies where pictures and fonts do: what names them is checked, not they themselves."""
    return path.parent in (root / "chapters/bilder", root / "framework/gestaltung")


def _is_inside(path: Path, root: Path, diagnostics: list[Diagnostic]) -> bool:
    """Tell whether the file really lies below the plan: a link that leads out of it is not followed."""
    try:
        inside = path.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError):  # RuntimeError: Python's word for a link that leads to itself
        inside = False
    if not inside:
        message = "Die Datei ist eine Verknüpfung, die aus dem Plan hinaus oder im Kreis führt."
        hint = "Legen Sie die Datei selbst an diese Stelle."
        diagnostics.append(Diagnostic("DAT-009", Severity.FAULT, Place(_name(path, root)), message, hint))
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


def _read_text(path: Path, file: str, digest: Any, diagnostics: list[Diagnostic]) -> tuple[str, bool]:
    """Return the file's text with LF line ends and composed umlauts, and whether it can be relied on."""

    def refused(code: str, message: str, hint: str, line: int = 0, column: int = 0) -> None:
        diagnostics.append(Diagnostic(code, Severity.FAULT, Place(file, line=line, column=column), message, hint))

    try:
        size = path.stat().st_size
        raw = path.read_bytes() if size <= MAX_BYTES else b""
    except OSError:
        message = "Die Datei lässt sich nicht lesen: Sie ist ein Ordner, oder es fehlt das Recht dazu."
        refused("DAT-003", message, "Benennen Sie den Ordner um, oder geben Sie sich das Recht, die Datei zu lesen.")
        return "", False
    if size > MAX_BYTES:
        message = f"Die Datei ist {size // 1000} kB groß; erlaubt sind {MAX_BYTES // 1000} kB."
        refused("DAT-004", message, "Teilen Sie den Text; Bilder gehören nach chapters/bilder/.")
        return "", False
    digest.update(file.encode() + b"\0" + hashlib.sha256(raw).digest())
    hint = "Speichern Sie sie neu: im Windows-Editor „Speichern unter“, Codierung UTF-8."
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        refused("DAT-005", "Die Datei ist in UTF-16 („Unicode“) gespeichert statt in UTF-8.", hint)
        return "", False
    try:
        return normalised(raw.decode("utf-8-sig")), True
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8-sig")
        line, column = line_and_column(before, len(before))
        message = "Die Datei ist nicht in UTF-8 gespeichert, sondern wohl in „ANSI“ (Windows-1252); hier fällt es auf."
        refused("DAT-005", message, hint, line=line, column=column)
        return normalised(LONE_BYTE.sub(_as_windows_reads, raw.decode("utf-8-sig", "surrogateescape"))), False


def _as_windows_reads(match: re.Match[str]) -> str:
    """Return a byte that is no UTF-8 as Windows-1252 has it, so that the line can be shown as it was meant."""
    return bytes([ord(match[0]) - 0xDC00]).decode("cp1252", "replace")


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
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        from assembly import syntax  # it knows many ways to go wrong: most files go none of them

        if isinstance(error, yaml.MarkedYAMLError):
            _yaml_fault(file, text, *syntax.explain(text, error), diagnostics)
        else:
            _yaml_fault(file, text, *syntax.explain_character(text), diagnostics)
        return None
    if node is None:
        _yaml_fault(file, text, 0, *EMPTY, diagnostics)
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
            self.complain(
                start,
                "Anker und Verweise (& und *) sind nicht erlaubt, ebenso zu tiefe Verschachtelung.",
                hint=SPELL_OUT,
            )
            return ""
        self.seen.add(id(node))
        if node.tag and not node.tag.startswith("tag:yaml.org,2002:"):
            self.complain(start, "Ausrufezeichen-Marken (!…) sind nicht erlaubt.", hint=SPELL_OUT)
        if isinstance(node, yaml.ScalarNode):
            if node.value in NULLS and not node.style:
                message = f"„{node.value}“ ohne Anführungszeichen bedeutet in YAML „kein Wert“."
                hint = f'Lassen Sie die Stelle leer; ist das Wort gemeint: "{node.value}".'
                self.complain(start, message, hint=hint)
                return "" if key_start is not None else str(node.value)  # said already: not once more for its form
            if not node.style and (cut := REMARK.match(self.text, node.end_mark.index)):
                message = f"Hinter dem # beginnt eine Bemerkung: „{cut[1]}“ gehört nicht zum Wert."
                hint = f'Ist es gemeint, setzen Sie den Wert in Anführungszeichen: "{node.value} {cut[1]}".'
                self.complain(cut.start(1), message, "DAT-011", hint, cut[1], Severity.WARNING)
            return str(node.value)
        if isinstance(node, yaml.MappingNode):
            return self.read_mapping(node, path)
        return [self.read(item, (*path, index)) for index, item in enumerate(node.value)]

    def read_mapping(self, node: yaml.MappingNode, path: TreePath) -> dict[str, Tree]:
        tree: dict[str, Tree] = {}
        for key_node, value_node in node.value:
            key_start = key_node.start_mark.index
            if not isinstance(key_node, yaml.ScalarNode):
                self.complain(
                    key_start,
                    "Ein Schlüssel muss ein einfaches Wort sein.",
                    hint="Prüfen Sie Klammern und ? am Zeilenanfang.",
                )
                continue
            key = str(key_node.value)
            here = (*path, key)
            if here in self.spans:
                first, _ = line_and_column(self.text, self.spans[here].key_start)
                message = f"Der Schlüssel „{key}“ steht hier zum zweiten Mal; zuerst in Zeile {first}."
                self.complain(key_start, message, "DAT-007", "Löschen Sie eine der beiden Angaben.", key)
                continue
            value = self.read(value_node, here, key_start)
            if value != "":
                tree[key] = value
            else:  # a key without a value is a key not yet filled in
                self.unfilled.append(here)
        return tree

    def complain(
        self,
        offset: int,
        message: str,
        code: str = "DAT-008",
        hint: str = "",
        words: str = "",
        severity: Severity = Severity.FAULT,
    ) -> None:
        line, column = line_and_column(self.text, offset)
        place = Place(self.file, text=words, line=line, column=column)
        self.diagnostics.append(Diagnostic(code, severity, place, message, hint))
