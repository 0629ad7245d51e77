"""pipeline: runs the stages in order. `check` stops before anything is made, `build` goes on to the files.

What a fault, a gap and a warning do to each command stands in the format, section 4.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from assembly import report
from assembly.cache import Cache
from assembly.diagnostics import Diagnostic, Place, Severity, faults
from assembly.load import load
from assembly.making import ALONE, Making
from assembly.memory import give_back
from assembly.parse import parse
from assembly.plan import Chapter, Plan
from assembly.records import Records
from assembly.resolve import resolve
from assembly.sources import Sources
from assembly.validate import validate

# `check` is what people wait for most often: whatever only a build needs is imported where it is used.
if TYPE_CHECKING:
    from assembly.document import Document

FORMATS = ("pdf", "docx")
TEXTS_LIMIT = 200_000_000  # bytes of parsed texts to keep; a book of 500 measures takes 50 MB
SET_ASIDE = ("measures/", "participation/", "statements/")
UNSUPPORTED = ("STR-001", "STR-002")  # the frame is sound there, but no measure fills it yet: a draft may go on

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Checked:
    """What the checks know of a plan: its sources and records, all that was found, the plan where it was joined."""

    sources: Sources
    records: Records
    plan: Plan | None
    diagnostics: tuple[Diagnostic, ...]

    @property
    def faults(self) -> list[Diagnostic]:
        """What keeps a build from being made."""
        return faults(self.diagnostics)


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be built: formats, edition, whether faults become marked pages, and of which day and commit.

    `strict`: whatever is found in the finished files is a fault, as it is where the book is no draft.
    """

    formats: tuple[str, ...]
    edition: str
    draft: bool
    day: date
    commit: str
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Ready:
    """A book that is ready to be made: all that is needed of its plan, which itself may be let go of.

    `images` is the folder of the chapters; `ids` are the files that hold what ids text editors are to propose.
    """

    order: Order
    document: Document
    images: Path
    ids: Mapping[Path, bytes]


@dataclass(frozen=True, slots=True)
class Built:
    """What came of a build: the files that were written (none where one has faults), and what was found in them."""

    paths: list[Path]
    findings: list[Diagnostic]


def check(root: Path, *, tolerant: bool = False, cache: Path | None = None) -> Checked:
    """Read and check the plan below `root`; `tolerant` puts faulty records aside, so that the rest can be built.

    `cache` is the folder where texts that were read are remembered; None: nowhere.
    """
    sources, diagnostics = load(root)
    records, found = validate(sources)
    diagnostics += found
    remembered = Cache(cache / "texts", TEXTS_LIMIT) if cache else None
    texts, found = parse(sources, records.readable(), remembered)
    diagnostics += found
    files = tuple(source.file for source in sources.of("chapter"))
    plan, found = resolve(records, texts, files, sources.root)
    diagnostics += found
    if tolerant and plan is not None and faults(diagnostics):
        by_file: dict[str, tuple[Diagnostic, ...]] = {}
        for diagnostic in faults(diagnostics):
            by_file[diagnostic.place.file] = (*by_file.get(diagnostic.place.file, ()), diagnostic)
        aside = {file: found for file, found in by_file.items() if file.startswith(SET_ASIDE)}
        plan, _ = resolve(records.without(aside), texts, files, sources.root)
        plan = plan and replace(plan, chapters=tuple(_marked(chapter, by_file) for chapter in plan.chapters))
    return Checked(sources, records, plan, tuple(dict.fromkeys(diagnostics)))


def _marked(chapter: Chapter, by_file: dict[str, tuple[Diagnostic, ...]]) -> Chapter:
    """Return the chapter; one whose own structure is faulty loses its blocks, and prints its faults instead."""
    if not any(diagnostic.code.startswith("KAP-") for diagnostic in by_file.get(chapter.file, ())):
        return chapter
    return replace(chapter, id=f"fehlerhaft-{Path(chapter.file).stem}", blocks=[])


def can_build(checked: Checked, *, draft: bool) -> bool:
    """Tell whether a build may go on: without faults, or as a draft with a sound framework."""
    if checked.plan is None:
        return False
    broken_frame = any(
        diagnostic.place.file.startswith("framework/") and diagnostic.code not in UNSUPPORTED
        for diagnostic in checked.faults
    )
    return not checked.faults or (draft and not broken_frame)


def assemble(checked: Checked, order: Order) -> Document:
    """Return the Document of one edition. ValueError where there is no plan to build."""
    if checked.plan is None:
        raise ValueError("there is no plan to build")
    from assembly.compose import Finding, Issue, compose
    from assembly.editions import EDITIONS, select

    findings = tuple(
        Finding(
            report.where(found, location),
            found.severity.value,
            found.code,
            found.message,
            found.place.file,
            found.place.path,
        )
        for found, location in report.sort(checked.sources, checked.diagnostics)
    )
    return compose(select(checked.plan, EDITIONS[order.edition]), Issue(order.day, order.commit, findings))


def ready(checked: Checked, order: Order) -> Ready:
    """Return one edition of a checked plan, ready to be made. ValueError where there is no plan to build."""
    document, root = assemble(checked, order), checked.sources.root
    return Ready(order, document, root / "chapters", _stale_ids(root, checked.records))


def build(book: Ready, output: Path, progress: Progress, making: Making = ALONE) -> Built:
    """Render all formats, hold them against the Document, and write the files to `output`, all or none."""
    order, document, images = book.order, book.document, book.images
    made: dict[Path, bytes] = {}
    findings: list[Diagnostic] = []
    # The PDF keeps all workers busy but at its beginning and end: there is time for the others beside it.
    formats = sorted(order.formats, key=lambda name: name != "pdf")
    others = formats[1:] if formats[0] == "pdf" else []
    beside = {name: making.pool.submit(_render, name, document, images) for name in others} if making.pool else {}
    for name in formats:
        progress(f"{name.upper()} setzen")
        path = output / f"{document.file_stem}.{name}"
        made[path] = beside[name].result() if name in beside else _render(name, document, images, making)
        give_back()  # much is free now, and reading the book takes as much
        progress(f"{name.upper()} nachprüfen")
        findings += _proofread(document, path, made[path], making, strict=order.strict)
    if faults(findings):
        return Built([], findings)
    progress("Dateien schreiben")
    write_whole(made.items())
    with suppress(OSError):  # no build fails for the sake of what is proposed in a text editor
        write_whole(book.ids.items())
    return Built(list(made), findings)


def _proofread(document: Document, path: Path, content: bytes, making: Making, *, strict: bool) -> list[Diagnostic]:
    """Return what is wrong with a finished file: faults where it goes out as it is, warnings in a draft."""
    from assembly.editions import DRAFT_MARKING
    from assembly.proofread import proofread, proofread_docx

    severity = Severity.FAULT if strict or document.marking != DRAFT_MARKING else Severity.WARNING
    is_pdf = path.suffix == ".pdf"
    found = proofread(document, content, making) if is_pdf else proofread_docx(document, content)
    return [Diagnostic(each.code, severity, Place(path.name), f"{each.where}{each.message}") for each in found]


def stale_schemas(root: Path) -> dict[Path, bytes]:
    """Return the files for text editors that are not there, or not as they should be: path → what it should hold."""
    return _stale(root, validate(load(root)[0])[0])


def _stale(root: Path, records: Records) -> dict[Path, bytes]:
    from assembly.editor_schema import editor_schemas

    wanted = {root / name: content for name, content in editor_schemas(records).items()}
    return {path: content for path, content in wanted.items() if not path.is_file() or path.read_bytes() != content}


def is_held_fresh(path: Path) -> bool:
    """Tell whether the file for text editors depends on the program alone, so that a stale one is a fault of ours."""
    from schema.json_schema import IDS

    return path.name != IDS


def _stale_ids(root: Path, records: Records) -> dict[Path, bytes]:
    """Return the files of ids that editors are proposed, where the plan keeps them and they are stale."""
    try:
        stale = _stale(root, records)
    except OSError:
        return {}
    return {path: content for path, content in stale.items() if not is_held_fresh(path) and path.is_file()}


def _render(name: str, document: Document, images: Path, making: Making = ALONE) -> bytes:
    """Return the bytes of one format; the engines are imported only where they are used, for `check` to stay fast."""
    if name == "pdf":
        from assembly.render_pdf import render_pdf

        return render_pdf(document, images, making)
    from assembly.render_docx import render_docx

    return render_docx(document, images)


def import_engine() -> None:
    """Import what lays out pages: it takes so long that workers do so while the plan is checked."""
    from assembly.render_pdf.workshop import import_engine

    import_engine()


def write_whole(files: Iterable[tuple[Path, bytes]]) -> None:
    """Write the files whole or not at all: first all beside their places, then each is moved into its own."""
    ready: list[tuple[str, Path]] = []
    try:
        for path, content in files:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
            ready.append((temporary, path))
            with os.fdopen(handle, "wb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
            Path(temporary).chmod(0o644)
        while ready:
            temporary, path = ready[0]
            Path(temporary).replace(path)
            ready.pop(0)
    finally:
        for temporary, _ in ready:
            Path(temporary).unlink(missing_ok=True)
