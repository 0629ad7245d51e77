#!/usr/bin/env python3
"""How fast the PDF is made: from HTML and as a whole build, against plain WeasyPrint and against Typst.

Prints a table: medians of whole processes, which take turns, for a machine is faster at one time than at another; and
the peak of the memory of all processes of a command, which a run of its own shows, for who watches slows. Run:
`make bench` (more than an hour on 2 cores, on a machine that does nothing else) or, to try it,
`.venv/bin/python -m benchmarks.pdf --measures 20 --runs 1`. It empties this program's caches.

WeasyPrint gets the same HTML with `target-counter` where the pages stand; Typst gets the same texts, tables, references
and figures (`benchmarks.typst_book`), compiled by a process of its own.
"""

from __future__ import annotations

import argparse
import os
import pickle
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import count
from pathlib import Path

import pikepdf

from assembly import pipeline
from assembly.document import Document
from assembly.render_pdf.html import END, Html, render_html
from assembly.theme import FONTS
from benchmarks.check import ENVIRONMENT, ROOT, SEED
from benchmarks.generator import Size, write
from benchmarks.one import BOOK, HTML, RESULT
from benchmarks.typst_book import typst_book

CACHE = ROOT / ".cache"
TYPST = CACHE / "typst"  # a venv of its own: Typst is no part of the workplace
MEASURES = (20, 80, 320, 640)
MOST_OF_WEASYPRINT = 80  # measures: beyond that one document takes too long to wait for
COUNTERS = """<style>
a.page::after { content: target-counter(attr(href), page) }
.directory a::after { content: leader(" . ") target-counter(attr(href), page) }
</style>
</head>"""


@dataclass
class Way:
    """A command that makes a book, and what its runs took: seconds, and megabytes of all its processes at their peak.

    `result` is where the PDF then lies in `folder`; `prepare` comes before each run and is not counted.
    """

    name: str
    command: list[str]
    folder: Path
    result: str
    prepare: Callable[[], object] = lambda: None
    pages: int = 0
    peak: float = 0.0
    seconds: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        """The median of the seconds."""
        return statistics.median(self.seconds)

    def run(self, *, watched: bool) -> None:
        """Run it once more, for its seconds or, watched, for its memory: who watches slows what is watched."""
        self.prepare()
        start = time.perf_counter()
        process = subprocess.Popen(
            self.command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=ENVIRONMENT, cwd=ROOT
        )
        if watched:
            self.peak = max(_memories(process))
        _, said = process.communicate()
        if not watched:
            self.seconds.append(time.perf_counter() - start)
        if process.returncode:
            raise SystemExit(f"{' '.join(self.command)}\n{said.decode()}")
        with pikepdf.open(next(self.folder.glob(self.result))) as pdf:
            self.pages = len(pdf.pages)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="benchmarks.pdf", description=__doc__)
    parser.add_argument("--measures", type=int, nargs="+", default=MEASURES, help="sizes of the plans")
    parser.add_argument("--runs", type=int, default=3, help="how often each is run (3)")
    parser.add_argument(
        "--alone", type=int, default=MOST_OF_WEASYPRINT, help="largest plan that WeasyPrint alone has to set too (80)"
    )
    parser.add_argument("--only", nargs="+", default=[""], metavar="WAY", help="ways that begin like this, not all")
    options = parser.parse_args()
    typst = _typst()
    print("| measures | pages | way | s | × Typst | ms a page | MB |\n|---|---|---|---|---|---|---|")
    for measures in options.measures:
        with tempfile.TemporaryDirectory() as folder:
            _rows(measures, Path(folder), options.runs, typst, tuple(options.only), alone=measures <= options.alone)
    return 0


def _rows(measures: int, folder: Path, runs: int, typst: Path | None, only: tuple[str, ...], *, alone: bool) -> None:
    plan = folder / "plan"
    write(Size(measures), SEED, plan)
    document, html = _book(plan)
    (folder / BOOK).write_bytes(pickle.dumps((html, replace(document, sections=()), plan / "chapters")))
    (folder / HTML).write_text(_counted(html), encoding="utf-8")
    ways = [way for way in _ways(folder, plan, html, typst, alone=alone) if way.name.startswith(only)]
    for watched in (*[False] * runs, True):
        for way in ways:
            way.run(watched=watched)
    base = next((way.median for way in ways if way.name == "Typst"), 0.0)
    for way in ways:
        share = f"{way.median / base:.2f}" if base else "–"
        pace = f"{1000 * way.median / way.pages:.1f}"
        print(f"| {measures} | {way.pages} | {way.name} | {way.median:.2f} | {share} | {pace} | {way.peak:.0f} |")


def _ways(folder: Path, plan: Path, html: Html, typst: Path | None, *, alone: bool) -> Iterator[Way]:
    """Yield what is measured, in the order in which the ways take turns."""
    one = [sys.executable, "-m", "benchmarks.one"]
    build = [sys.executable, str(ROOT / "build.py"), "build", "--plan", str(plan), "--output", str(folder / "output")]
    pdf = [*build, "--format", "pdf"]
    made = "output/*.pdf"
    if typst:
        source = typst_book(html.whole, folder)
        script = "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2], font_paths=[sys.argv[3]])"
        yield Way(
            "Typst", [str(typst), "-c", script, str(source), str(folder / "typst.pdf"), str(FONTS)], folder, "typst.pdf"
        )
    yield Way(
        "HTML to PDF, cold",
        [*one, "own", str(folder)],
        folder,
        RESULT,
        lambda: shutil.rmtree(folder / "cache", ignore_errors=True),
    )
    if alone:
        yield Way("HTML to PDF, WeasyPrint alone", [*one, "weasyprint", str(folder)], folder, RESULT)
    yield Way("build --format pdf, cold", pdf, folder, made, _empty)
    changes = count()
    yield Way("one word edited", pdf, folder, made, lambda: _edit(plan, next(changes)))
    yield Way("nothing changed", pdf, folder, made)
    yield Way("build (check, PDF, DOCX), cold", build, folder, made, _empty)


def _book(plan: Path) -> tuple[Document, Html]:
    order = pipeline.Order(("pdf",), "intern", False, date(2026, 1, 15), "")
    document = pipeline.assemble(pipeline.check(plan), order)
    return document, render_html(document, plan / "chapters")


def _counted(html: Html) -> str:
    """Return the book as one page of HTML in which WeasyPrint counts the pages itself."""
    text = re.sub(r'(<a class="page" href="[^"]*">S\.\u00a0)0', r"\1", html.whole)
    return text.replace("</head>", COUNTERS, 1).removesuffix(END) + END


def _edit(plan: Path, number: int) -> None:
    """Change one word of one measure."""
    path = sorted((plan / "measures").rglob("*.yaml"))[3]
    text = path.read_text(encoding="utf-8")
    edited = re.sub(r"\b(Region\w*|Betrieb\w*|Orte+\b)", f"Ort{'e' * (number + 1)}", text, count=1)
    if edited == text:
        raise SystemExit(f"no word to edit in {path}")
    path.write_text(edited, encoding="utf-8")


def _empty() -> None:
    for kind in ("pdf", "html", "pages", "builds", "texts"):
        shutil.rmtree(CACHE / kind, ignore_errors=True)


def _memories(process: subprocess.Popen[bytes]) -> Iterator[float]:
    """Yield again and again how many megabytes a process and its children hold; what they share counts once."""
    yield 0.0
    while process.poll() is None:
        yield sum(map(_memory, _family(process.pid))) / 1000
        time.sleep(0.1)


def _family(pid: int) -> list[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [pid, *(member for child in children for member in _family(int(child)))]


def _memory(pid: int) -> int:
    """Return the proportional set size of a process in kB, 0 where the system does not tell."""
    try:
        found = re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)
    except OSError:
        return 0
    return int(found[1]) if found else 0


def _typst() -> Path | None:
    """Return a Python that has Typst; None where it cannot be had."""
    python = TYPST / "bin/python"
    try:
        if not python.exists():
            venv.create(TYPST, with_pip=True)
            subprocess.run([python, "-m", "pip", "install", "--quiet", "typst"], check=True)
        subprocess.run([python, "-c", "import typst"], check=True)
    except (OSError, subprocess.CalledProcessError):
        print("Typst cannot be had here: its rows are left out.", file=sys.stderr)
        return None
    return python


if __name__ == "__main__":
    os.chdir(ROOT)
    sys.exit(main())
