"""Word: the finished DOCX, opened again: its sections, the amounts in its tables, and its links. Lighter than the PDF.

Pages are made by Word alone, so nothing can be said of them here.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from html import unescape

from assembly import german
from assembly.document import Document, Money, SectionKind, Table
from assembly.paper import solid
from assembly.paper.finding import Finding, Findings, gathered

PARTS = ("word/document.xml", "word/footnotes.xml")
_TEXT = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>")


def proofread_docx(document: Document, content: bytes) -> list[Finding]:
    """Return what is wrong with the DOCX of a document."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            text, notes = (archive.read(part).decode() for part in PARTS)
    except (zipfile.BadZipFile, KeyError, UnicodeDecodeError) as error:
        return [Finding("DRU-030", f"Das DOCX lässt sich nicht nachprüfen ({error}).")]
    checks = (_sections(document, text), _amounts(document, text), _links(text + notes))
    return gathered(finding for found in checks for finding in found)


def _sections(document: Document, text: str) -> Findings:
    """DRU-031: every section of the book has its heading in the DOCX: a paragraph that links lead to."""
    headings = {_solid(paragraph) for paragraph in text.split("</w:p>") if "<w:bookmarkStart" in paragraph}
    for section in document.sections:
        forms = {solid(section.title), solid(section.number + section.title)}
        if section.kind is not SectionKind.COVER and not forms & headings:
            yield Finding("DRU-031", f"Im DOCX fehlt der Abschnitt „{section.title}“.")


def _amounts(document: Document, text: str) -> Findings:
    """DRU-032: every amount of every table stands in a cell of the DOCX, as often as in the book."""
    found = Counter(_solid(cell) for cell in text.split("</w:tc>"))
    wanted = Counter(
        solid(german.euros(cell.amount.cents, unit=cell.unit))
        for block in document.blocks()
        if isinstance(block, Table)
        for row in block.rows
        for cell in row.cells
        if isinstance(cell, Money) and cell.amount.cents
    )
    for amount, count in (wanted - found).items():
        yield Finding("DRU-032", f"Im DOCX fehlt der Betrag {amount} in einer Tabelle.", (), count)


def _links(text: str) -> Findings:
    """DRU-033: every link inside the DOCX leads to a bookmark."""
    bookmarks = set(re.findall(r'<w:bookmarkStart [^>]*w:name="([^"]*)"', text))
    for anchor in dict.fromkeys(re.findall(r'w:anchor="([^"]*)"', text)):
        if anchor not in bookmarks:
            yield Finding("DRU-033", f"Im DOCX führt ein Link zu „{unescape(anchor)}“, das es nicht gibt.")


def _solid(xml: str) -> str:
    return solid(unescape("".join(_TEXT.findall(xml))))
