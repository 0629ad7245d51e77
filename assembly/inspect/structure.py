"""Structure: the tree that screen readers follow: what each element must say, hold and lead to."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator

import pikepdf

from assembly.document import DATA_NAME
from assembly.inspect.book import Book, Element
from assembly.paper import demands
from assembly.paper.finding import Finding, Findings

GROUPING = frozenset({"Document", "Part", "Art", "Sect", "Div", "TOC", "L", "Table", "THead", "TBody", "TFoot", "TR"})
EMPTY_ALLOWED = frozenset({"TD", "TH"})  # a cell without a value is a value
LIST_PARTS = {
    "L": {"LI", "L", "Caption"},
    "LI": {"Lbl", "LBody"},
    "TOC": {"TOCI", "TOC", "Caption"},
    "TOCI": {"Lbl", "Reference", "NonStruct", "P", "TOC"},
}
LIST_OF = {"LI": "L", "LBody": "LI", "TOCI": "TOC"}
PRINTED = 4  # flag of an annotation
HEADINGS = tuple(f"H{level}" for level in range(1, 7))


def tags(book: Book) -> Findings:
    """PDF-014: no element is empty, none stands twice in the tree, and no content belongs to two."""
    if book.tree.doubled:
        yield Finding("PDF-014", "Ein Element steht mehrfach im Strukturbaum.", (), book.tree.doubled)
    for element in book.tree.elements:
        if not (element.kids or element.marks or element.objects) and element.role not in EMPTY_ALLOWED:
            page = element.first_page() or (element.parent.first_page() if element.parent else ())
            yield Finding("PDF-014", f"Ein Element <{element.role}> ist leer.", page)
    owners = Counter(mark for element in book.tree.elements for mark in element.marks)
    owned = Counter(item for element in book.tree.elements for item in element.objects)
    for mark, count in owners.items():
        if count > 1:
            yield Finding("PDF-014", "Derselbe Inhalt gehört zu zwei Elementen.", (mark.page,))
    if any(count > 1 for count in owned.values()):
        yield Finding("PDF-014", "Dieselbe Anmerkung gehört zu zwei Elementen.", (), max(owned.values()) - 1)


def identifiers(book: Book) -> Findings:
    """PDF-015: IDs are unique and listed in the IDTree (ISO 32000-1, 14.7.2); each note has one (14289-1, 7.9)."""
    counts = Counter(str(element.raw.ID) for element in book.tree.elements if "/ID" in element.raw)
    doubled = [name for name, count in counts.items() if count > 1]
    if doubled:
        yield Finding("PDF-015", f"Die Kennung „{doubled[0]}“ trägt mehr als ein Element.", (), len(doubled))
    root: pikepdf.Object = book.pdf.Root.get("/StructTreeRoot", pikepdf.Dictionary())
    listed = {str(name) for name in pikepdf.NameTree(root.IDTree)} if "/IDTree" in root else set()
    if counts.keys() - listed:
        yield Finding("PDF-015", "Kennungen fehlen im Verzeichnis (IDTree).", (), len(counts.keys() - listed))
    for note in book.tree.of("Note"):
        if "/ID" not in note.raw:
            yield Finding("PDF-015", "Eine Fußnote hat keine Kennung.", note.first_page())


def figures(book: Book) -> Findings:
    """PDF-018: a figure has an alternative text and a bounding box on its page (ISO 14289-1, 7.3)."""
    for figure in book.tree.of("Figure", "Formula"):
        for words in demands.alternative(str(figure.raw.get("/Alt", figure.raw.get("/ActualText", "")))):
            yield Finding("PDF-018", words, figure.first_page())
        box = figure.attribute("/BBox")
        if box is None:
            yield Finding("PDF-018", "Eine Abbildung nennt ihre Umrisse nicht (BBox).", figure.first_page())
        elif figure.page and not _lies_on(box, book.pages[figure.page - 1]):
            yield Finding("PDF-018", "Die Umrisse einer Abbildung liegen nicht auf ihrer Seite (BBox).", (figure.page,))


def _lies_on(box: pikepdf.Object, page: pikepdf.Page) -> bool:
    left, bottom, right, top = (float(value) for value in box.as_list())
    edges = [float(value) for value in page.mediabox.as_list()]
    return edges[0] - 1 <= left < right <= edges[2] + 1 and edges[1] - 1 <= bottom < top <= edges[3] + 1


def links(book: Book) -> Findings:
    """PDF-019: a link says where it leads, leads there, prints, and stands in the tree (ISO 14289-1, 7.18.5)."""
    names: pikepdf.Object = book.pdf.Root.get("/Names", pikepdf.Dictionary())
    known = {str(name) for name in pikepdf.NameTree(names.Dests)} if "/Dests" in names else set()
    tagged = {item: element for element in book.tree.of("Link") for item in element.objects}
    lost = tagged.keys() - {link.objgen for _, link in book.links}
    if lost:
        yield Finding("PDF-019", "Ein Link des Strukturbaums liegt auf keiner Seite.", (), len(lost))
    for page, link in book.links:
        shown = book.text(tagged[link.objgen]) if link.objgen in tagged else None
        for message in _of_link(link, shown, known):
            yield Finding("PDF-019", message, (page,))


def _of_link(link: pikepdf.Object, shown: str | None, known: set[str]) -> Iterator[str]:
    """Yield what is wrong with a link; `shown` is what the tree reads of it (None: it does not stand there)."""
    said = str(link.get("/Contents", "")).strip()
    yield from demands.aim("" if said in known and said not in (shown or "") else said)
    if not int(link.get("/F", 0)) & PRINTED:
        yield "Ein Link ist nicht als druckbar markiert (F)."
    if shown is None:
        yield "Ein Link fehlt im Strukturbaum."
    target = link.get("/Dest", link.get("/A", pikepdf.Dictionary()).get("/D"))
    if isinstance(target, pikepdf.String) and str(target) not in known:
        yield f"Der Link „{said}“ führt zu einem Ziel, das es nicht gibt."
    if target is None and "/A" not in link:
        yield f"Der Link „{said}“ führt nirgendwohin."


def lists(book: Book) -> Findings:
    """PDF-020: a list holds items, an item its label and its body; directories likewise (ISO 32000-1, 14.8.4)."""
    for element in book.tree.of(*LIST_PARTS):
        wrong = {kid.role for kid in element.kids} - LIST_PARTS[element.role]
        if wrong:
            message = f"In <{element.role}> steht, was dort nicht hingehört: <{'>, <'.join(sorted(wrong))}>."
            yield Finding("PDF-020", message, element.first_page())
    for element in book.tree.of(*LIST_OF):
        expected = LIST_OF[element.role]
        if element.parent is None or element.parent.role != expected:
            yield Finding("PDF-020", f"<{element.role}> steht nicht in <{expected}>.", element.first_page())


def headings(book: Book) -> Findings:
    """PDF-021: headings begin with the first level, skip none (ISO 14289-1, 7.4.2), and stand in no other."""
    before = 0
    for heading in book.tree.of(*HEADINGS):
        if heading.parent is not None and heading.parent.role in HEADINGS:
            words = book.text(heading.parent).strip()[:50]
            yield Finding("PDF-021", f"In einer Überschrift steht noch eine: „{words}“.", heading.first_page())
        level = int(heading.role[1])
        for words in demands.level(before, level, book.text(heading)):
            yield Finding("PDF-021", words, heading.first_page())
        before = level


def expansions(book: Book) -> Findings:
    """PDF-022: an abbreviation says what it stands for, at least once where the attached glossary explains it.

    The words of links are left out: a link has a description of its own.
    """
    told: set[str] = set()
    for element in book.tree.elements:
        if "/E" in element.raw:
            said, short = str(element.raw.E).strip(), book.text(element).strip()
            told.add(said)
            if not said or said == short:
                yield Finding("PDF-022", f"Die Abkürzung „{short}“ ist nicht aufgelöst (E).", _page(element))
    read = " ".join(book.words.get(mark, "") for element in _outside_links(book) for mark in element.marks)
    for short, long in _glossary(book):
        if long not in told and re.search(rf"(?<![\w-]){re.escape(short)}(?!\w)", read):
            yield Finding("PDF-022", f"Die Abkürzung „{short}“ ist nirgends aufgelöst (E).")


def _outside_links(book: Book) -> Iterator[Element]:
    inside = {id(inner) for link in book.tree.of("Link") for inner in link.walk()}
    return (element for element in book.tree.elements if id(element) not in inside)


def _glossary(book: Book) -> list[tuple[str, str]]:
    """Return the abbreviations that the attached data explain; none where there are no such data."""
    names: pikepdf.Object = book.pdf.Root.get("/Names", pikepdf.Dictionary())
    files = pikepdf.NameTree(names.EmbeddedFiles) if "/EmbeddedFiles" in names else {}
    if DATA_NAME not in files:
        return []
    terms = json.loads(files[DATA_NAME].EF.F.read_bytes()).get("glossar", [])
    return [(term["kurz"], term["begriff"]) for term in terms if "kurz" in term]


def _page(element: Element) -> tuple[int, ...]:
    return (element.page,) if element.page else ()


CHECKS: tuple[Callable[[Book], Findings], ...] = (
    tags, identifiers, figures, links, lists, headings, expansions,
)  # fmt: skip
