"""inspect: PDF → findings. What was made is opened again, and checked as a reader and a screen reader would meet it.

`book` reads a PDF once, `content` its pages; `declared`, `pages`, `structure` and `tables` hold the checks, small
functions in a list each; `others` calls the checkers of others. Standards: ISO 14289-1 (PDF/UA-1), ISO 19005-3
(PDF/A-3) and ISO 32000-1 (PDF 1.7); each check names its clause.
"""

from __future__ import annotations

from pathlib import Path

import pikepdf

from assembly.inspect import declared, pages, structure, tables
from assembly.inspect.book import Book
from assembly.inspect.finding import Finding, Findings, gathered
from assembly.refusal import Refusal

__all__ = ["CHECKS", "Finding", "inspect_pdf"]

CHECKS = (*declared.CHECKS, *pages.CHECKS, *structure.CHECKS, *tables.CHECKS)
# What pikepdf raises where an object is not what the standard says that it is: the file's fault, not ours.
DAMAGED = (pikepdf.PdfError, AttributeError, KeyError, TypeError, ValueError, OverflowError)


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
        return [Finding("PDF-001", f"Die Datei ist kein lesbares PDF ({_short(error)}).")]


def _found(pdf: pikepdf.Pdf) -> Findings:
    for problem in pdf.check_pdf_syntax():
        yield Finding("PDF-001", f"Der Aufbau der Datei ist beschädigt ({problem}).")
    book = Book(pdf)
    for check in CHECKS:
        try:
            yield from check(book)
        except DAMAGED as error:
            what = (check.__doc__ or "").partition(":")[0]
            yield Finding(
                "PDF-001", f"Der Aufbau ist so beschädigt, dass {what} nicht zu prüfen ist ({_short(error)})."
            )


def _short(error: Exception) -> str:
    return str(error).splitlines()[0][:120] if str(error) else type(error).__name__
