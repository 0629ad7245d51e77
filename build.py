#!/usr/bin/env python3
from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
CACHE = ROOT / ".cache"

if __name__ == "__main__" and Path(sys.prefix).resolve() != VENV.resolve():
    # "./build.py …" needs nothing activated: it goes on inside .venv. The stamp there says that set-up is complete.
    if not all((VENV / part).exists() for part in ("requirements.lock", "pyvenv.cfg", "bin/python")):
        print("Die Einrichtung fehlt noch: bitte einmal »make setup« ausführen.", file=sys.stderr)
        sys.exit(2)
    os.execv(VENV / "bin/python", [str(VENV / "bin/python"), __file__, *sys.argv[1:]])

import subprocess
from datetime import UTC, date, datetime

from assembly import unchanged
from assembly.cache import Cache


def _today() -> date:
    """Return the day of the build: the one place where the clock is read."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdecimal():
        return datetime.fromtimestamp(int(epoch), UTC).date()
    return date.today()  # noqa: TID251 the edge: from here on the day is a value


def _commit(plan: Path) -> str:
    """Return the short commit of the plan, or an empty text where there is none."""
    command = ["git", "-C", str(plan), "rev-parse", "--short=8", "HEAD"]
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""


class Known:
    """What is known of a build before anything heavy is imported: whether it has been made already."""

    def __init__(self, arguments: list[str]) -> None:
        self._plan = ROOT
        for name, value in zip(arguments, [*arguments[1:], ""], strict=True):
            if name.startswith("--plan"):
                self._plan = Path(name.partition("=")[2] or value)
        self._call = [*arguments, str(Path.cwd()), _today().isoformat(), _commit(self._plan)]
        self._cache = Cache(CACHE / "builds", unchanged.LIMIT)
        self._key = self._now()

    def _now(self) -> str:
        return unchanged.key(ROOT, self._plan, self._call)

    def documents(self) -> list[Path] | None:
        """Return the documents where they are there, made from what is there now."""
        return unchanged.recall(self._cache, self._key)

    def remember(self, documents: list[Path]) -> None:
        """Remember that they are made, unless something has changed meanwhile."""
        if self._now() == self._key:
            unchanged.remember(self._cache, self._key, documents)


KNOWN = None
if __name__ == "__main__" and sys.argv[1:2] == ["build"] and "--no-cache" not in sys.argv:
    KNOWN = Known(sys.argv[1:])
    if documents := KNOWN.documents():
        if "--quiet" not in sys.argv:
            print("Seit dem letzten Bau hat sich nichts geändert, die Dokumente sind noch da:", file=sys.stderr)
        print("\n".join(map(str, documents)))
        sys.exit(0)

import argparse
import gc
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"  # what else is installed neither slows nor changes a check

from assembly import pipeline, report
from assembly.diagnostics import Diagnostic, Severity, faults
from assembly.making import Making, cores
from assembly.memory import give_back
from assembly.refusal import Refusal
from assembly.sources import Sources
from assembly.usage import EXIT_USAGE, GermanParser, not_among
from assembly.workers import workers
from schema.vocabulary import EDITION_NAMES

EXIT_FINE, EXIT_FAULTS, EXIT_STOPPED = 0, 1, 130


def main(arguments: list[str]) -> int:
    """Run one command; return its exit code: 0 fine, 1 faults in the plan, 2 a call that makes no sense."""
    options = _parser().parse_args(arguments)
    if "plan" in options and not (options.plan / "framework").is_dir():
        print(f"In {options.plan} liegt kein Plan: Der Ordner framework/ fehlt.", file=sys.stderr)
        return EXIT_USAGE
    command: Callable[[argparse.Namespace], int] = options.run
    try:
        return command(options)
    except Refusal as refusal:
        print("\n→ ".join(filter(None, (refusal.message, refusal.hint))), file=sys.stderr)
        return EXIT_USAGE if refusal.usage else EXIT_FAULTS


def check(options: argparse.Namespace) -> int:
    """Print everything that is wrong or missing."""
    checked = pipeline.check(options.plan, cache=CACHE)
    form, colour = options.report, _has_colour(sys.stdout)
    print(report.write(form, checked.sources, checked.diagnostics, colour=colour, base=Path.cwd()))
    failed = checked.faults or (options.strict and checked.diagnostics)
    return EXIT_FAULTS if failed else EXIT_FINE


def build(options: argparse.Namespace) -> int:
    """Check the plan, build its documents and proofread them; with faults nothing is written, unless in a draft."""
    jobs = options.jobs if "pdf" in options.format and options.engine != "plain" else 1
    with workers(jobs, pipeline.import_engine) as pool:
        return _built(options, Making(pool, None if options.no_cache else CACHE, options.engine == "plain"))


def _built(options: argparse.Namespace, making: Making) -> int:
    progress = Steps(quiet=options.quiet)
    book, diagnostics = _ready(options, progress)  # of the plan itself nothing is held: a long book takes much memory
    give_back()
    if book is None:
        return EXIT_FAULTS
    built = pipeline.build(book, options.output, progress, making)
    progress.end()
    if built.findings:
        nowhere = Sources(options.plan, (), frozenset(), "")  # what is found in a document stands in no source
        print(report.render(nowhere, built.findings, colour=_has_colour(sys.stderr)), file=sys.stderr)
    if not built.paths:
        print("Es wurde nichts geschrieben: Das Ergebnis stimmt nicht mit dem Plan überein.", file=sys.stderr)
        return EXIT_FAULTS
    gaps, warnings = (sum(d.severity is severity for d in diagnostics) for severity in (Severity.GAP, Severity.WARNING))
    if not options.quiet:
        print(f"Lücken: {gaps}, Warnungen: {warnings} (./build.py check zeigt sie)", file=sys.stderr)
    for path in built.paths:
        print(path)
    if KNOWN and not faults(diagnostics) and not built.findings:  # what was found is to be seen again
        KNOWN.remember(built.paths)
    return EXIT_FINE


def _ready(options: argparse.Namespace, progress: Steps) -> tuple[pipeline.Ready | None, tuple[Diagnostic, ...]]:
    """Check the plan and say what is wrong; return the book ready to be made, None where it cannot be."""
    progress("Angaben und Texte prüfen")
    checked = pipeline.check(options.plan, tolerant=options.draft, cache=CACHE)
    if checked.faults:
        progress.end()
        print(report.render(checked.sources, checked.faults, colour=_has_colour(sys.stderr)), file=sys.stderr)
    if not pipeline.can_build(checked, draft=options.draft):
        way = "Fehler in framework/ halten auch den Entwurf auf." if options.draft else "Oder bauen Sie mit --draft."
        print(f"Es wurde nichts gebaut. Beheben Sie die Fehler. {way}", file=sys.stderr)
        return None, checked.diagnostics
    order = pipeline.Order(
        options.format, options.edition, options.draft, _today(), _commit(options.plan), options.strict
    )
    progress("Dokument zusammenstellen")
    return pipeline.ready(checked, order), checked.diagnostics


def editor_schema(options: argparse.Namespace) -> int:
    """Write the files that help text editors; with `--check` only name those that are stale."""
    stale = pipeline.stale_schemas(options.plan)
    if not options.check:
        pipeline.write_whole(stale.items())
    for path in stale:
        print(path)
    return EXIT_FAULTS if options.check and any(map(pipeline.is_held_fresh, stale)) else EXIT_FINE


def explain(options: argparse.Namespace) -> int:
    """Print what a code means, or all codes where none is given."""
    from assembly import explain as rulebook

    code = options.code.upper()
    if not code:
        print(rulebook.overview())
    elif code in rulebook.rules():
        print(rulebook.explain(code))
    else:
        near = rulebook.near(code)
        meant = f"Meinten Sie {' oder '.join(near)}?" if near else "Alle Codes nennt: ./build.py explain"
        print(f"Den Code „{options.code}“ gibt es nicht. {meant}", file=sys.stderr)
        return EXIT_USAGE
    return EXIT_FINE


def new(options: argparse.Namespace) -> int:
    """Make a new record, print where it is and what to do next."""
    from assembly import new as maker

    values = {name.name: getattr(options, name.name) for name in maker.FORMS[options.form].options}
    with _writing(options.plan):
        made = maker.create(options.plan, options.form, values, _today())
    print(made.path)
    print("\n".join(made.advice), file=sys.stderr)
    return EXIT_FINE


def status(options: argparse.Namespace) -> int:
    """Print how far the plan and its measures are; ends with 1 where faulty records are left out."""
    from assembly import status as statuses

    checked = pipeline.check(options.plan, cache=CACHE)
    if checked.plan is None:
        print("framework/plan.yaml lässt sich nicht lesen. ./build.py check zeigt, warum.", file=sys.stderr)
        return EXIT_FAULTS
    found = statuses.overview(checked.plan, options.feld)
    print(statuses.as_json(found) if options.json else statuses.as_text(found))
    return EXIT_FAULTS if found.broken else EXIT_FINE


def fmt(options: argparse.Namespace) -> int:
    """Write records in canonical form; with `--check` only name those that are not."""
    from assembly import fmt as formatter

    with _writing(options.plan):
        outcome = formatter.fmt(options.plan, options.files, check=options.check)
    if outcome.faults:
        print(report.render(outcome.sources, outcome.faults, colour=_has_colour(sys.stderr)), file=sys.stderr)
    print(formatter.summary(outcome, check=options.check))
    return EXIT_FINE if formatter.is_fine(outcome, check=options.check) else EXIT_FAULTS


def inspect(options: argparse.Namespace) -> int:
    """Open PDFs again and print what our own checks and the installed ones of others find."""
    from assembly import inspect as inspector

    faulty = False
    for file in options.files:
        for line, fault in inspector.report_lines(file, own_only=options.eigene):
            print(line, flush=True)
            faulty |= fault
    return EXIT_FAULTS if faulty else EXIT_FINE


@contextmanager
def _writing(plan: Path) -> Iterator[None]:
    """Say in German where a file cannot be written: the folder's rights are no bug of ours."""
    try:
        yield
    except OSError as error:
        place = Path(error.filename).parent if error.filename else plan
        hint = "Fehlt das Recht dazu, oder ist der Datenträger voll?"
        raise Refusal(f"In {place} lässt sich nicht schreiben.", hint, usage=False) from error


class Steps:
    """Progress by stage on standard error: what is being done, and how long it took."""

    def __init__(self, *, quiet: bool) -> None:
        self.quiet = quiet
        self.started = 0.0

    def __call__(self, step: str) -> None:
        """End the step before and begin this one."""
        self.end()
        self.started = time.perf_counter()
        if not self.quiet:
            print(f"{step} …", end=" ", file=sys.stderr, flush=True)

    def end(self) -> None:
        """End the running step, if there is one."""
        if self.started and not self.quiet:
            print(f"{time.perf_counter() - self.started:.1f} s".replace(".", ","), file=sys.stderr)
        self.started = 0.0


def _formats(text: str) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(text.lower().split(",")))
    for name in names:
        if name not in pipeline.FORMATS:
            raise argparse.ArgumentTypeError(not_among(name, pipeline.FORMATS))
    return names


def _jobs(text: str) -> int:
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(f"„{text}“ ist keine Zahl von Kernen.")
    return int(text)


def _has_colour(stream: TextIO) -> bool:
    """Tell whether the stream is a terminal whose owner wants colour (no-color.org)."""
    return stream.isatty() and not os.environ.get("NO_COLOR")


def _parser() -> GermanParser:
    parser = GermanParser(
        prog="build.py",
        description="Prüft den Plan und baut daraus das Umsetzungskonzept.",
        epilog="Beispiel: ./build.py check",
        add_help=False,
    )
    parser.add_argument("-h", "--help", action="help", help="diese Hilfe zeigen")
    commands = parser.add_subparsers(title="Befehle", metavar="BEFEHL", required=True)
    checker = _command(commands, "check", check, "alle Angaben und Texte prüfen", "./build.py check --strict")
    checker.add_argument("--strict", action="store_true", help="auch Lücken und Warnungen gelten als Fehler (Ende 1)")
    checker.add_argument(
        "--report",
        choices=report.FORMATS,
        default="text",
        help="Form der Ausgabe: text, json, github (Anmerkungen in Actions), sarif (2.1.0)",
    )
    explainer = _command(
        commands, "explain", explain, "einen Code der Meldungen erklären", "./build.py explain FIN-002"
    )
    explainer.add_argument("code", nargs="?", default="", metavar="CODE", help="ein Code; ohne Angabe: alle Codes")
    builder = _command(
        commands, "build", build, "PDF und DOCX bauen", "./build.py build --format pdf --edition ressort"
    )
    builder.add_argument(
        "--format", type=_formats, default=pipeline.FORMATS, metavar="LISTE", help="pdf, docx oder beides: pdf,docx"
    )
    builder.add_argument(
        "--output", type=Path, default=ROOT / "output", metavar="ORDNER", help="wohin geschrieben wird (output/)"
    )
    builder.add_argument(
        "--draft", action="store_true", help="trotz Fehlern bauen: fehlerhafte Einträge werden markierte Seiten"
    )
    builder.add_argument("--strict", action="store_true", help="was beim Nachprüfen auffällt, gilt als Fehler (Ende 1)")
    builder.add_argument(
        "--edition", choices=EDITION_NAMES, default="intern", help="Ausgabe: intern, ressort, kabinett, oeffentlich"
    )
    builder.add_argument(
        "--jobs", type=_jobs, default=cores(), metavar="ZAHL", help="so viele Kerne setzen das PDF (alle)"
    )
    builder.add_argument("--no-cache", action="store_true", help="alles neu setzen und nichts in .cache/ aufheben")
    builder.add_argument(
        "--engine",
        choices=("eigen", "plain"),
        default="eigen",
        help="plain: WeasyPrint allein setzt das PDF, langsam und ohne unsere Nachbesserungen",
    )
    builder.add_argument("--quiet", action="store_true", help="nur die Namen der gebauten Dateien ausgeben")
    writer = _command(
        commands,
        "schema",
        editor_schema,
        "Hilfen für Texteditoren schreiben (schema/*.schema.json)",
        "./build.py schema",
    )
    writer.add_argument(
        "--check", action="store_true", help="nur nennen, was veraltet ist (Ende 1; nicht bei bloßen Kennungen)"
    )
    _new_parser(commands)
    overview = _command(
        commands, "status", status, "zeigen, wie weit die Maßnahmen sind", "./build.py status --feld WIR"
    )
    overview.add_argument("--feld", default="", metavar="FELD", help="nur ein Handlungsfeld, zum Beispiel WIR")
    overview.add_argument("--json", action="store_true", help="für Programme statt für Menschen; Beträge in Cent")
    tidier = _command(commands, "fmt", fmt, "YAML-Dateien einheitlich schreiben", "./build.py fmt measures/WIR")
    tidier.add_argument(
        "files", nargs="*", type=Path, metavar="DATEI", help="Dateien oder Ordner des Plans (ohne Angabe: alle)"
    )
    tidier.add_argument("--check", action="store_true", help="nichts schreiben; Ende 1, wenn etwas zu ändern wäre")
    text, example = "ein PDF auf Barrierefreiheit und Archivierbarkeit prüfen", "./build.py inspect output/*.pdf"
    inspector = _command(commands, "inspect", inspect, text, example, plan=False)
    inspector.add_argument("files", nargs="+", type=Path, metavar="DATEI", help="ein PDF oder mehrere")
    inspector.add_argument("--eigene", action="store_true", help="nur die eigenen Prüfungen, kein fremdes Programm")
    return parser


def _new_parser(commands: argparse._SubParsersAction[GermanParser]) -> None:
    text = "einen neuen Eintrag mit der nächsten freien Kennung anlegen"
    example = "./build.py new massnahme --handlungsfeld WIR"
    _command(commands, "new", new, text, example, plan=False).configure = _kinds_of_new


def _kinds_of_new(parser: GermanParser) -> None:
    from assembly.new import FORMS

    kinds = parser.add_subparsers(title="Arten von Einträgen", metavar="ART", required=True)
    for name, form in FORMS.items():
        kind = _command(kinds, name, new, form.text, form.example)
        kind.set_defaults(form=name)
        for option in form.options:
            kind.add_argument(f"--{option.name}", required=option.required, default="", metavar="…", help=option.text)


def _command(
    commands: argparse._SubParsersAction[GermanParser],
    name: str,
    run: Callable[[argparse.Namespace], int],
    text: str,
    example: str,
    *,
    plan: bool = True,
) -> GermanParser:
    parser = commands.add_parser(
        name, help=text, description=text[0].upper() + text[1:] + ".", epilog=f"Beispiel: {example}", add_help=False
    )
    parser.add_argument("-h", "--help", action="help", help="diese Hilfe zeigen")
    if plan:
        parser.add_argument(
            "--plan", type=Path, default=ROOT, metavar="ORDNER", help="der Plan, wenn es nicht dieser hier ist"
        )
    parser.set_defaults(run=run)
    return parser


def _ended_by_people(call: Callable[[], int]) -> int:
    """Run the call; whoever stops it, or reads no further (`| head`), is shown no traceback."""
    try:
        code = call()
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python complains once more at its end
        return EXIT_FAULTS
    except KeyboardInterrupt:
        print("\nAbgebrochen.", file=sys.stderr)
        return EXIT_STOPPED
    return code


if __name__ == "__main__":
    gc.disable()  # a command is many small values that nearly all live to its end: looking for garbage is in vain
    sys.exit(_ended_by_people(lambda: main(sys.argv[1:])))
