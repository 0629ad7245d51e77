"""proofread: the finished files, opened again and held against the Document. Document, bytes → findings.

`expected` says what has to be printed, `printed` what is, `matching` and `sides` bring the two together; `words`,
`figures`, `leads`, `sheets` and `declared` hold the checks, small functions in a tuple each. `word` looks at the DOCX.
"""

from __future__ import annotations

import zlib

from assembly.document import Document
from assembly.making import ALONE, Making
from assembly.paper import Book, Kept
from assembly.paper.finding import Finding, gathered
from assembly.proofread import declared, leads, sheets, words
from assembly.proofread.sides import hold_against
from assembly.proofread.word import proofread_docx

__all__ = ["CHECKS", "Finding", "proofread", "proofread_docx"]

CHECKS = (*words.CHECKS, *leads.CHECKS, *sheets.CHECKS, *declared.CHECKS)
UNREADABLE = "DRU-001"
MOST = 12  # findings of one check that are told one by one
DAMAGED = (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError, zlib.error)


def proofread(document: Document, content: bytes, making: Making = ALONE) -> list[Finding]:
    """Return what is wrong with the PDF of a document; pages are read, and kept, as `making` says."""
    try:
        kept = Kept(making.cache and making.cache / "pages", f"{document.full_title} · {document.edition}")
        sides = hold_against(document, Book(content, kept, making.pool))
        kept.save()
        return [finding for check in CHECKS for finding in _first(gathered(check(sides)))]
    except DAMAGED as error:
        words = (str(error).splitlines() or [type(error).__name__])[0][:120]
        return [Finding(UNREADABLE, f"Das PDF lässt sich nicht nachprüfen ({words}).")]


def _first(found: list[Finding]) -> list[Finding]:
    """Return the first findings of a check: a page that is gone leaves hundreds."""
    rest = len(found) - MOST
    return found if rest <= 0 else [*found[:MOST], Finding(found[0].code, f"… und {rest} weitere dieser Art.")]
