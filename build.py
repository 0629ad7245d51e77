#!/usr/bin/env python3
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"

if __name__ == "__main__" and Path(sys.prefix).resolve() != VENV.resolve():
    # "./build.py …" needs nothing activated: it goes on inside .venv. The stamp there says that set-up is complete.
    if not all((VENV / part).exists() for part in ("requirements.lock", "pyvenv.cfg", "bin/python")):
        print("Die Einrichtung fehlt noch: bitte einmal »make setup« ausführen.", file=sys.stderr)
        sys.exit(2)
    os.execv(VENV / "bin/python", [str(VENV / "bin/python"), __file__, *sys.argv[1:]])

import argparse
import subprocess
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import NoReturn

from assembly import pipeline, report
from assembly.diagnostics import Severity
from assembly.editions import EDITIONS

EXIT_FINE, EXIT_FAULTS, EXIT_USAGE = 0, 1, 2


class GermanParser(argparse.ArgumentParser):
    """argparse in German: usage errors end with exit code 2 and name the way to the help."""

    def error(self, message: str) -> NoReturn:
        """Print what was wrong with the call and leave with exit code 2."""
        del message  # argparse words it in English; the usage line shows what is allowed
        self.print_usage(sys.stderr)
        print(f"Der Aufruf ist nicht vollständig oder enthält Unbekanntes. Hilfe: {self.prog} --help", file=sys.stderr)
        sys.exit(EXIT_USAGE)

    def format_usage(self) -> str:
        """Return the usage line under a German heading."""
        return super().format_usage().replace("usage:", "Aufruf:", 1)

    def format_help(self) -> str:
        """Return the help under a German heading."""
        return super().format_help().replace("usage:", "Aufruf:", 1).replace("options:", "Optionen:", 1)


def main(arguments: list[str]) -> int:
    """Run one command; return its exit code: 0 fine, 1 faults in the plan, 2 a call that makes no sense."""
    options = _parser().parse_args(arguments)
    if not (options.plan / "framework").is_dir():
        print(f"In {options.plan} liegt kein Plan: Der Ordner framework/ fehlt.", file=sys.stderr)
        return EXIT_USAGE
    command: Callable[[argparse.Namespace], int] = options.run
    return command(options)


def check(options: argparse.Namespace) -> int:
    """Print everything that is wrong or missing."""
    checked = pipeline.check(options.plan)
    colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    print(report.render(checked.sources, checked.diagnostics, colour=colour))
    failed = checked.faults or (options.strict and checked.diagnostics)
    return EXIT_FAULTS if failed else EXIT_FINE


def build(options: argparse.Namespace) -> int:
    """Check the plan and build its documents; with faults nothing is written, unless it is a draft."""
    progress = Steps(quiet=options.quiet)
    progress("Angaben und Texte prüfen")
    checked = pipeline.check(options.plan, tolerant=options.draft)
    if checked.faults:
        progress.end()
        print(report.render(checked.sources, checked.faults, colour=sys.stderr.isatty()), file=sys.stderr)
    if not pipeline.can_build(checked, draft=options.draft):
        print("Es wurde nichts gebaut. Beheben Sie die Fehler, oder bauen Sie mit --draft.", file=sys.stderr)
        return EXIT_FAULTS
    order = pipeline.Order(options.format, options.edition, options.draft, _today(), _commit(options.plan))
    paths = pipeline.build(checked, order, options.output, progress)
    progress.end()
    gaps, warnings = (
        sum(d.severity is severity for d in checked.diagnostics) for severity in (Severity.GAP, Severity.WARNING)
    )
    if not options.quiet:
        print(f"Lücken: {gaps}, Warnungen: {warnings} (./build.py check zeigt sie)", file=sys.stderr)
    for path in paths:
        print(path)
    return EXIT_FINE


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
    if not names or any(name not in pipeline.FORMATS for name in names):
        raise argparse.ArgumentTypeError(text)
    return names


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
    builder.add_argument(
        "--edition", choices=list(EDITIONS), default="intern", help="Ausgabe: intern, ressort, kabinett, oeffentlich"
    )
    builder.add_argument("--quiet", action="store_true", help="nur die Namen der gebauten Dateien ausgeben")
    return parser


def _command(
    commands: "argparse._SubParsersAction[GermanParser]",
    name: str,
    run: Callable[[argparse.Namespace], int],
    text: str,
    example: str,
) -> GermanParser:
    parser = commands.add_parser(
        name, help=text, description=text[0].upper() + text[1:] + ".", epilog=f"Beispiel: {example}", add_help=False
    )
    parser.add_argument("-h", "--help", action="help", help="diese Hilfe zeigen")
    parser.add_argument(
        "--plan", type=Path, default=ROOT, metavar="ORDNER", help="der Plan, wenn es nicht dieser hier ist"
    )
    parser.set_defaults(run=run)
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
