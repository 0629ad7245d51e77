"""inspect: PDF → findings. What was made is opened again, and checked as a reader and a screen reader would meet it.

`book` reads a PDF once, its pages by `paper`; `declared`, `pages`, `structure` and `tables` hold the checks, small
functions in a list each; `others` calls the checkers of others. Standards: ISO 14289-1 (PDF/UA-1), ISO 19005-3
(PDF/A-3) and ISO 32000-1 (PDF 1.7); each check names its clause.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pikepdf

from assembly.inspect import declared, pages, structure, tables
from assembly.inspect.book import Book
from assembly.inspect.others import verdicts
from assembly.inspect.report import own_lines, verdict_lines
from assembly.paper.finding import Finding, Findings, gathered
from assembly.refusal import Refusal

__all__ = ["CHECKS", "Finding", "inspect_pdf", "report_lines"]

CHECKS = (*declared.CHECKS, *pages.CHECKS, *structure.CHECKS, *tables.CHECKS)
UNREADABLE = "PDF-001"
# What pikepdf raises where an object is not what the standard says that it is: the file's fault, not ours.
DAMAGED = (pikepdf.PdfError, AttributeError, KeyError, IndexError, TypeError, ValueError, OverflowError)


def inspect_pdf(path: Path) -> list[Finding]:
    """Return everything that our own checks find in a PDF. Refusal where there is no such file."""
    try:
        with pikepdf.open(path) as pdf:
            return gathered(_found(pdf))
    except OSError as error:
        raise Refusal(f"{path} lässt sich nicht lesen.", "Stimmt der Name, und ist es eine Datei?") from error
    except pikepdf.PasswordError:
        return [Finding("PDF-002", "Die Datei ist verschlüsselt und lässt sich ohne Kennwort nicht öffnen.")]
    except pikepdf.PdfError as error:
        return [Finding(UNREADABLE, f"Die Datei ist kein lesbares PDF ({_short(error)}).")]


def report_lines(path: Path, *, own_only: bool = False) -> Iterator[tuple[str, bool]]:
    """Yield the lines of the report on a PDF, each with whether it tells of a fault; checkers run as they are asked.

    Refusal where there is no such file.
    """
    findings = inspect_pdf(path)
    yield str(path), False
    for line in own_lines(findings, len(CHECKS)):
        yield line, bool(findings)
    if own_only or not _can_be_opened(path):
        return
    for verdict in verdicts(path):
        for line in verdict_lines(verdict):
            yield line, verdict.passed is False


def _can_be_opened(path: Path) -> bool:
    """Tell whether other checkers can make anything of the file."""
    try:
        with pikepdf.open(path) as pdf:
            return not pdf.is_encrypted
    except (pikepdf.PdfError, pikepdf.PasswordError):
        return False


def _found(pdf: pikepdf.Pdf) -> Findings:
    book = Book(pdf)
    for check in CHECKS:
        try:
            yield from check(book)
        except DAMAGED as error:
            code = (check.__doc__ or "").partition(":")[0]
            yield Finding(UNREADABLE, f"Der Aufbau ist beschädigt; {code} war nicht zu prüfen ({_short(error)}).")


def _short(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:120]
