"""Finish: what pandoc wrote → the document as Word shall find it; the orders of `assemble` are carried out here.

Orders are processing instructions between the blocks: `layout cover|upright|sheet|wide` (from here on pages are so, on
a new page), `page` (the next paragraph begins a page), `after-table` (the next paragraph keeps its distance), `close`
(the next paragraph belongs to the one before it), `apart` (a heading follows that does not begin a page), `whole` (the
next table stays on one page), `flush` (the next heading or entry has no number, so nothing of it is indented),
`with-next` (the next paragraph stays on the page of what follows), `with-previous` (what stands before does, and the
next paragraph does not break), `hold` and `release` (all between them stays on one page).
"""

from __future__ import annotations

import io
import itertools
import zipfile
from collections import Counter
from collections.abc import Iterator

from lxml import etree

from assembly.document import Document
from assembly.render_docx.anchors import HIDDEN, PREFIX
from assembly.render_docx.package import OFFICE, Parts, W, furnish, running_id, zipped
from assembly.render_docx.pictures import Pictures
from assembly.render_docx.wordml import AXIS, LINE, MARGIN, MARK, PAGE, WIDE_LINE, twips

Element = etree._Element

WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
TEXT = "word/document.xml"
NOTES = "word/footnotes.xml"
NUMBERING = "word/numbering.xml"
SCHEMA = """pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr pBdr shd tabs suppressAutoHyphens
spacing ind contextualSpacing jc textDirection outlineLvl rPr sectPr"""
ORDER = tuple(SCHEMA.split())
"""The children of w:pPr in the order of the schema, as far as they occur here."""
RUNNING = """BodyText Absatzmit Einleitung ListPara BlockText Definition Hinweis Warnung Mittel
Steckbrieftext Steckbriefpunkt Steckbriefeinleitung"""
RUNNING_TEXT = tuple(RUNNING.split())
"""How the ids of styles of running text begin."""
MARGINAL = "RandnummeramRand"
ITEMS = {"ListParagraph": 140, "Steckbriefpunkt": 80}
"""The styles of items of running text, and the distance in twips that the end of a list keeps."""
APART = 400
MARGINS = {"wide": (24.0, 20.0), "upright": (26.0, 23.0), "sheet": (21.0, 18.0)}
"""Millimetres above and below the text of a page."""
CELLS = ("Tabellen", "Merkmal", "Angabe")
EDGE_ROWS = 2
"""So many rows at either end of a table, its head among them, hold on to the next one."""
LIST_STEP = 5.0
CELL_STEP = 3.5
BULLETS = "•–•–•–•–•"


def w(name: str) -> str:
    """Return a name of WordprocessingML as lxml writes it."""
    return f"{{{W}}}{name}"


def finished(content: bytes, document: Document, pictures: Pictures) -> bytes:
    """Return pandoc's DOCX as ours: pages, links, tables, properties. ValueError where a link would lead nowhere."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts: Parts = {name: archive.read(name) for name in archive.namelist()}
    text, notes = _read(parts[TEXT]), _read(parts[NOTES])
    body = text.find(w("body"))
    if body is None:
        raise ValueError("pandoc wrote a document without a body")
    _hold(body)
    _pages(body)
    _tables(body)
    _lists(body)
    _directories(body)
    _number(text)
    _links(text, notes)
    parts[TEXT], parts[NOTES] = _written(text), _written(notes)
    if NUMBERING in parts:
        parts[NUMBERING] = _numbering(parts[NUMBERING])
    furnish(parts, document, pictures)
    return zipped(parts)


def _read(content: bytes) -> Element:
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))


def _written(root: Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


# --- paragraphs -----------------------------------------------------------------------------------------------------


def style_of(paragraph: Element) -> str:
    """Return the id of a paragraph's style, empty where it has none."""
    style = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
    return str(style.get(w("val"), "")) if style is not None else ""


def put(paragraph: Element, name: str, **values: int | str) -> Element:
    """Set a property of a paragraph at its place in the order of the schema, and return it."""
    properties = paragraph.find(w("pPr"))
    if properties is None:
        properties = etree.Element(w("pPr"))
        paragraph.insert(0, properties)
    found = properties.find(w(name))
    if found is None:
        found = etree.Element(w(name))
        before = [w(other) for other in ORDER[: ORDER.index(name)]]
        properties.insert(sum(1 for child in properties if child.tag in before), found)
    for key, value in values.items():
        found.set(w(key), str(value))
    return found


def _spacer() -> Element:
    """Return an empty paragraph of next to no height: what Word wants between tables and after a last one."""
    paragraph = etree.Element(w("p"))
    put(paragraph, "pStyle", val="Abstand")
    return paragraph


# --- pages ----------------------------------------------------------------------------------------------------------


def _hold(body: Element) -> None:
    """Let what stands between `hold` and `release` stay on one page: all but the last of it is kept with the next."""
    for first in [each for each in body.iterchildren(etree.PI) if each.text == "hold"]:
        held = itertools.takewhile(lambda each: each.text != "release", first.itersiblings())
        blocks = [each for each in held if each.tag in (w("p"), w("tbl"))]
        for block in blocks[:-1]:
            _keep_with_next(block)


def _pages(body: Element) -> None:
    """Carry out the orders between the blocks."""
    lying = ""
    orders: set[str] = set()
    for child in list(body):
        if isinstance(child, etree._ProcessingInstruction) and child.target == MARK:
            order, _, value = (child.text or "").partition(" ")
            if order == "layout":
                if lying:
                    _close_section(child, lying)
                lying = value
                orders = set()
            elif order == "with-previous":
                _keep_before(child)
                orders.add(order)
            else:
                orders.add(order)
            body.remove(child)
        elif child.tag == w("tbl") and "whole" in orders:
            for row in child.findall(w("tr"))[:-1]:
                _keep_with_next(row)
            orders.discard("whole")
        elif child.tag == w("p"):
            _draw_near(child)
            _place(child, orders, wide=lying == "wide")
            orders = set()
    last = body.find(w("sectPr"))
    if last is not None:
        body.remove(last)
    body.append(_section(lying or "upright"))


def _place(paragraph: Element, orders: set[str], *, wide: bool) -> None:
    """Carry out the orders for one paragraph; on wide pages running text keeps to the measure of upright ones."""
    running = style_of(paragraph).startswith(RUNNING_TEXT)
    if "page" in orders:
        put(paragraph, "pageBreakBefore")
    elif "apart" in orders:
        put(paragraph, "spacing", before=APART)
    elif "close" in orders:
        put(paragraph, "spacing", before=0)
    elif "after-table" in orders and running:
        put(paragraph, "spacing", before=200)
    if "with-next" in orders:
        put(paragraph, "keepNext")
    if "with-previous" in orders:
        put(paragraph, "keepLines")
    if "flush" in orders:
        put(paragraph, "ind", left=0, firstLine=0)
    if wide and running:
        put(paragraph, "ind", right=twips(WIDE_LINE - LINE))


def _draw_near(paragraph: Element) -> None:
    """Let a Randnummer with a line of its own, and the end of a list, stand in the usual distance of paragraphs."""
    before, after = paragraph.getprevious(), paragraph.getnext()
    if _is_item(paragraph) and not (before is not None and _is_item(before)) and after is not None and _is_item(after):
        put(paragraph, "keepNext")  # a first item does not stay alone
    if before is None or before.tag != w("p"):
        return
    if style_of(paragraph) == MARGINAL and style_of(before).startswith(RUNNING_TEXT):
        put(before, "spacing", after=0)
    elif _is_item(before) and not _is_item(paragraph) and style_of(before) in ITEMS:
        put(before, "spacing", after=ITEMS[style_of(before)])


def _is_item(paragraph: Element) -> bool:
    return paragraph.find(f"{w('pPr')}/{w('numPr')}") is not None


def _close_section(place: Element, lying: str) -> None:
    """End the section before `place`, in its last paragraph, so that no empty one makes an empty page."""
    before = place.getprevious()
    if before is None or before.tag != w("p"):
        before = _spacer()
        place.addprevious(before)
    put(before, "sectPr").extend(list(_section(lying)))


def _section(lying: str) -> Element:
    """Return the properties of a section of pages; the cover shows neither head nor foot."""
    wide = lying == "wide"
    width, height = PAGE[::-1] if wide else PAGE
    section = etree.Element(w("sectPr"))
    for kind in ("header", "footer"):
        reference = etree.SubElement(section, w(f"{kind}Reference"))
        reference.set(w("type"), "default")
        reference.set(f"{{{OFFICE}}}id", running_id(kind, "wide" if wide else "upright"))
    etree.SubElement(section, w("type")).set(w("val"), "nextPage")
    size = etree.SubElement(section, w("pgSz"))
    size.set(w("w"), str(twips(width)))
    size.set(w("h"), str(twips(height)))
    if wide:
        size.set(w("orient"), "landscape")
    margins = etree.SubElement(section, w("pgMar"))
    top, bottom = MARGINS.get(lying, MARGINS["upright"])
    lengths = {"top": top, "right": MARGIN, "bottom": bottom, "left": MARGIN, "header": 12, "footer": 11, "gutter": 0}
    for side, length in lengths.items():
        margins.set(w(side), str(twips(length)))
    if lying == "cover":
        etree.SubElement(section, w("titlePg"))
    return section


# --- tables and lists -----------------------------------------------------------------------------------------------


def _tables(body: Element) -> None:
    """Part tables that follow each other, end every cell with a paragraph, keep together what belongs together."""
    for table in body.iter(w("tbl")):
        following = table.getnext()
        if following is not None and following.tag == w("tbl"):
            spacer = _spacer()
            put(spacer, "spacing", before=100)
            table.addnext(spacer)
            if table.find(f"{w('tr')}[last()]//{w('keepNext')}") is not None:
                put(spacer, "keepNext")
        for cell in table.iter(w("tc")):
            if cell[-1].tag != w("p"):
                cell.append(_spacer())
        rows = table.findall(w("tr"))
        noted = _next_paragraph_style(table) == "Anmerkung"
        for index, row in enumerate(rows):
            last = index == len(rows) - 1
            before_sum = not last and _row_style(rows[index + 1]).startswith("Tabellensumme")
            breaks = row.find(f"{w('trPr')}/{w('cantSplit')}") is None  # held to others, it would begin a page
            at_edge = index < EDGE_ROWS or index >= len(rows) - EDGE_ROWS
            if not breaks and ((last and noted) or (not last and (before_sum or at_edge))):
                _keep_with_next(row)


def _keep_with_next(element: Element) -> None:
    for paragraph in element.iter(w("p")):
        put(paragraph, "keepNext")


def _keep_before(place: Element) -> None:
    """Let what stands before `place`, of a table its last row, stay on the page of what follows."""
    before = next(place.itersiblings(w("p"), w("tbl"), preceding=True), None)
    row = before.find(f"{w('tr')}[last()]") if before is not None and before.tag == w("tbl") else None
    if row is not None:
        _keep_with_next(row)
    elif before is not None:
        put(before, "keepNext")


def _next_paragraph_style(element: Element) -> str:
    following = element.getnext()
    return style_of(following) if following is not None and following.tag == w("p") else ""


def _row_style(row: Element) -> str:
    paragraph = next(row.iter(w("p")), None)
    return style_of(paragraph) if paragraph is not None else ""


def _directories(body: Element) -> None:
    """Take the underline from the links of directories, for there everything is a link.

    An entry holds on to the next one only where that belongs to it.
    """
    for paragraph in body.iter(w("p")):
        if style_of(paragraph).startswith(("TOC", "TableofFigures")):
            if _next_paragraph_style(paragraph) == style_of(paragraph):
                put(paragraph, "keepNext", val=0)
            for style in paragraph.iterfind(f".//{w('rPr')}/{w('rStyle')}"):
                if style.get(w("val")) == "Hyperlink":
                    style.getparent().remove(style)  # type: ignore[union-attr]


def _lists(body: Element) -> None:
    """Indent the items of lists from where the text around them begins."""
    for paragraph in body.iter(w("p")):
        numbering = paragraph.find(f"{w('pPr')}/{w('numPr')}")
        level = numbering.find(w("ilvl")) if numbering is not None else None
        if level is None:
            continue
        style = style_of(paragraph)
        if style not in ITEMS:
            start = 0.0 if style.startswith(CELLS) or style == "Anmerkung" else AXIS + 4
            step = CELL_STEP if style.startswith(CELLS) else LIST_STEP
            depth = int(level.get(w("val"), "0")) + 1
            put(paragraph, "ind", left=twips(start + step * depth), hanging=twips(step))


def _numbering(content: bytes) -> bytes:
    """Return the lists' levels with our indents and signs; their numbers stay."""
    root = _read(content)
    for abstract in root.iter(w("abstractNum")):
        for depth, level in enumerate(abstract.findall(w("lvl")), start=1):
            indent = level.find(f"{w('pPr')}/{w('ind')}")
            if indent is not None:
                indent.set(w("left"), str(twips(AXIS + LIST_STEP * depth)))
                indent.set(w("hanging"), str(twips(LIST_STEP)))
            kind, sign, letters = level.find(w("numFmt")), level.find(w("lvlText")), level.find(w("rPr"))
            bullet = kind is not None and kind.get(w("val")) == "bullet"
            if bullet and sign is not None and (sign.get(w("val")) or " ").strip():
                sign.set(w("val"), BULLETS[depth - 1])
                if letters is not None:
                    level.remove(letters)
    return _written(root)


# --- numbers and links ----------------------------------------------------------------------------------------------


def _number(text: Element) -> None:
    """Number the drawings, so that no two have the same id."""
    for number, drawing in enumerate(text.iter(f"{{{WP}}}inline"), start=1):
        for place in (*drawing.iter(f"{{{WP}}}docPr"), *drawing.iter(f"{{{PIC}}}cNvPr")):
            place.set("id", str(number))
            place.set("name", f"Bild {number}")


def _links(text: Element, notes: Element) -> None:
    """Hide and number our bookmarks and the links to them. ValueError for a dead link and for a name given twice."""
    starts = list(text.iter(w("bookmarkStart")))
    numbers = {start.get(w("id")): str(number) for number, start in enumerate(starts, start=1)}
    for place in (*starts, *text.iter(w("bookmarkEnd"))):
        place.set(w("id"), numbers[place.get(w("id"))])
    for start in starts:
        start.set(w("name"), _hidden(start.get(w("name"), "")))
    names = Counter(start.get(w("name")) for start in starts)
    twice = [name for name, count in names.items() if count > 1]
    dead = []
    for link in _internal_links(text, notes):
        anchor = _hidden(link.get(w("anchor"), ""))
        link.set(w("anchor"), anchor)
        link.set(w("history"), "1")
        dead += [] if anchor in names else [anchor]
    if twice or dead:
        raise ValueError(f"bookmarks that occur twice: {twice}; links that lead nowhere: {sorted(set(dead))}")


def _internal_links(*roots: Element) -> Iterator[Element]:
    for root in roots:
        yield from (link for link in root.iter(w("hyperlink")) if link.get(w("anchor")))


def _hidden(name: str) -> str:
    return HIDDEN + name if name.startswith(PREFIX) else name
