"""Declared: what a PDF says of itself: standards, title, language, bookmarks, colours, attachments."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pikepdf

from assembly.inspect.book import Book
from assembly.paper import demands
from assembly.paper.finding import Finding, Findings
from assembly.prose import LANGUAGE

UA_PART = "{http://www.aiim.org/pdfua/ns/id/}part"
# What Info and XMP both say: entry of Info → property of XMP (ISO 19005-3, 6.6.2.1).
BOTH = {
    "/Title": "dc:title",
    "/Author": "dc:creator",
    "/Subject": "dc:description",
    "/Keywords": "pdf:Keywords",
    "/Producer": "pdf:Producer",
    "/CreationDate": "xmp:CreateDate",
    "/ModDate": "xmp:ModifyDate",
}


def encryption(book: Book) -> Findings:
    """PDF-002: no encryption, not even with an empty password (ISO 19005-3, 6.1.3)."""
    if book.pdf.is_encrypted:
        yield Finding("PDF-002", "Die Datei ist verschlüsselt.")


def metadata(book: Book) -> Findings:
    """PDF-003: one XMP packet declares PDF/A-3a and PDF/UA-1, and agrees with the Info dictionary."""
    stream: pikepdf.Object | None = book.pdf.Root.get("/Metadata")
    if not isinstance(stream, pikepdf.Stream):
        yield Finding("PDF-003", "Die XMP-Metadaten fehlen.")
        return
    blocks = len(re.findall(rb"<rdf:RDF[\s>]", stream.read_bytes()))
    if blocks != 1:
        yield Finding("PDF-003", f"Das XMP-Paket enthält {blocks} rdf:RDF; Leseprogramme beachten nur das erste.")
    with book.pdf.open_metadata() as told:
        if told.pdfa_status != "3A":
            yield Finding("PDF-003", f"Die Metadaten erklären nicht PDF/A-3a, sondern: {told.pdfa_status or 'nichts'}.")
        if told.get(UA_PART) != "1":
            yield Finding("PDF-003", "Die Metadaten erklären nicht PDF/UA-1.")
        for entry, name in BOTH.items():
            if entry in book.pdf.docinfo and not _agree(str(book.pdf.docinfo[entry]), told.get(name)):
                yield Finding("PDF-003", f"Info-Verzeichnis und XMP-Metadaten widersprechen sich: {entry} und {name}.")


def _agree(info: str, told: object) -> bool:
    """Tell whether an entry of Info says what XMP says; of dates only the digits count."""
    if isinstance(told, list):
        return info == ", ".join(map(str, told))
    if info.startswith("D:"):
        return re.sub(r"\D", "", info)[:8] == re.sub(r"\D", "", str(told or ""))[:8]
    return info == told


def title(book: Book) -> Findings:
    """PDF-004: there is a title, and windows show it in place of the file's name (ISO 14289-1, 7.1)."""
    with book.pdf.open_metadata() as told:
        if not str(told.get("dc:title") or "").strip():
            yield Finding("PDF-004", "Das Dokument hat keinen Titel (dc:title).")
    preferences: pikepdf.Object = book.pdf.Root.get("/ViewerPreferences", pikepdf.Dictionary())
    for words in demands.window(shows_title=bool(preferences.get("/DisplayDocTitle", False))):
        yield Finding("PDF-004", words)


def language(book: Book) -> Findings:
    """PDF-005: the document and every passage in another language say which (ISO 14289-1, 7.2)."""
    for words in demands.language(str(book.pdf.Root.get("/Lang", ""))):
        yield Finding("PDF-005", words)
    for element in book.tree.elements:
        if "/Lang" in element.raw and not LANGUAGE.fullmatch(str(element.raw.Lang)):
            yield Finding("PDF-005", f"„{element.raw.Lang}“ ist keine Sprachangabe.", element.first_page())


def bookmarks(book: Book) -> Findings:
    """PDF-006: a document of more than a few pages has bookmarks, and each leads somewhere."""
    items = list(_outline(book.pdf))
    if not items and len(book.pages) > 5:
        yield Finding("PDF-006", f"{len(book.pages)} Seiten, aber keine Lesezeichen.")
    for item in items:
        if not str(item.get("/Title", "")).strip():
            yield Finding("PDF-006", "Ein Lesezeichen hat keinen Titel.")
        if "/Dest" not in item and "/A" not in item:
            yield Finding("PDF-006", f"Das Lesezeichen „{item.get('/Title', '')}“ führt nirgendwohin.")


def _outline(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Yield the bookmarks, each once: a damaged chain may run in a circle."""
    outlines: pikepdf.Object | None = pdf.Root.get("/Outlines")
    waiting = [outlines.get("/First")] if outlines is not None else []
    seen = set()
    while waiting:
        item = waiting.pop()
        if item is not None and item.objgen not in seen:
            seen.add(item.objgen)
            yield item
            waiting += [item.get("/Next"), item.get("/First")]


def colours(book: Book) -> Findings:
    """PDF-007: an output intent with an ICC profile says what colours mean (ISO 19005-3, 6.2.3)."""
    intents: pikepdf.Object = book.pdf.Root.get("/OutputIntents", pikepdf.Array())
    sound = [i for i in intents.as_list() if i.get("/S") == "/GTS_PDFA1" and "/DestOutputProfile" in i]
    if len(sound) != 1:
        yield Finding("PDF-007", "Die Ausgabeabsicht mit Farbprofil fehlt (OutputIntents, GTS_PDFA1).")


def attachments(book: Book) -> Findings:
    """PDF-008: each attachment has relationship, description, media type and dates (ISO 19005-3, 6.8), once."""
    associated = [file.objgen for file in book.pdf.Root.get("/AF", pikepdf.Array()).as_list()]
    names: pikepdf.Object = book.pdf.Root.get("/Names", pikepdf.Dictionary())
    files = pikepdf.NameTree(names.EmbeddedFiles).items() if "/EmbeddedFiles" in names else ()
    for name, file in files:
        for complaint in (words for words, holds in _of_attachment(file, associated) if not holds):
            yield Finding("PDF-008", f"Anhang „{name!s}“: {complaint}.")
    if len(set(associated)) != len(associated):
        yield Finding("PDF-008", "Ein Anhang ist dem Dokument mehrfach zugeordnet (AF).")


def _of_attachment(file: pikepdf.Object, associated: list[tuple[int, int]]) -> Iterator[tuple[str, bool]]:
    content = file.EF.F
    parameters = content.get("/Params", pikepdf.Dictionary())
    yield "die Beziehung zum Dokument fehlt (AFRelationship)", "/AFRelationship" in file
    yield "er ist dem Dokument nicht zugeordnet (AF)", file.objgen in associated
    yield "der Name in Unicode fehlt (UF)", "/UF" in file
    yield "die Beschreibung fehlt (Desc)", bool(str(file.get("/Desc", "")).strip())
    yield "der Dateityp fehlt (Subtype)", "/Subtype" in content
    yield "das Änderungsdatum fehlt (ModDate)", "/ModDate" in parameters
    yield "das Erstellungsdatum fehlt (CreationDate)", "/CreationDate" in parameters


CHECKS: tuple[Callable[[Book], Findings], ...] = (
    encryption, metadata, title, language, bookmarks, colours, attachments,
)  # fmt: skip
