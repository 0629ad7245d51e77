"""Sheets: every page by itself: its number, its running heads, its fonts, and where its texts stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping

from assembly.document import RowKind, SectionKind
from assembly.paper import Box, Page, Spot, sight, solid
from assembly.paper.finding import Finding, Findings
from assembly.proofread.expected import PAGE, ExpectedTable
from assembly.proofread.layout import POINTS, Margins, margins
from assembly.proofread.sides import Pair, Sides
from assembly.proofread.tables import TablePair
from assembly.prose import plain
from assembly.theme import NEUTRAL

LEEWAY = 1.5  # points that a text may stand out of the type area: what is rounded, and the overhang of a glyph
BLANK = 2.6  # points of the broadest blank
TAB = 25 * POINTS  # how wide and high the tab of a field is at most
_WHY = {
    sight.GONE: "ist unsichtbar gesetzt",
    sight.CUT: "ist abgeschnitten",
    sight.PALE: "hat fast die Farbe seines Grunds",
    sight.COVERED: "ist übermalt",
}
A4 = 210 * POINTS, 297 * POINTS
LONGEST = 40
HIGH = 300  # letters in a cell of a row that may go over pages
CUT, BETWEEN = "…", "·"
SUMMARY, SUMMARY_PAGES = "kap-kurzfassung", 5


def fonts(sides: Sides) -> Findings:
    """DRU-020: every font is embedded, and is one of the theme's."""
    theme = sides.document.theme
    own = tuple(face.family.replace(" ", "-") for face in (theme.sans, theme.serif, NEUTRAL.sans))
    for face in dict.fromkeys(sides.book.faces.values()):
        if not face.embedded:
            yield Finding("DRU-020", f"Die Schrift „{face.name}“ ist nicht eingebettet.")
        elif not face.name.startswith(own):
            yield Finding("DRU-020", f"Die Schrift „{face.name}“ gehört nicht zum Buch.")


def glyphs(sides: Sides) -> Findings:
    """DRU-021: no character is missing in its font."""
    for number, page in enumerate(sides.book.pages, start=1):
        for index, missing in page.look.holes:
            words = page.look.texts[index].strip()[:LONGEST]
            yield Finding("DRU-021", f"Ein Zeichen fehlt in der Schrift: „{words}“.", (number,), missing)


def forms(sides: Sides) -> Findings:
    """DRU-026: every page is a sheet of A4, upright or landscape, and is shown whole and unturned."""
    for number, page in enumerate(sides.book.pages, start=1):
        width, height = page.size.right - page.size.left, page.size.top - page.size.bottom
        if any(abs(one - other) > LEEWAY for one, other in zip(sorted((width, height)), A4, strict=True)):
            message = f"Die Seite ist {width / POINTS:.0f} × {height / POINTS:.0f} mm groß, nicht A4."
            yield Finding("DRU-026", message, (number,))
        elif page.turned % 360:
            yield Finding("DRU-026", "Die Seite ist gedreht.", (number,))
        elif _is_out(page.size, page.shown):
            yield Finding("DRU-026", "Von der Seite ist nur ein Teil zu sehen.", (number,))


def feet(sides: Sides) -> Findings:
    """DRU-022: every page but the cover bears its number, the marking and the footer."""
    document = sides.document
    for number, spots in enumerate(sides.beside, start=1):
        if number == 1 and document.sections[0].kind is SectionKind.COVER:
            continue
        around = {solid(spot.text) for spot in spots}
        parts = (("Seitenzahl", str(number)), ("Kennzeichnung", document.marking), ("Fußzeile", document.footer))
        for what, words in parts:
            if words and not any(_is_said(solid(words), said) for said in around):
                yield Finding("DRU-022", f"Die {what} „{words}“ fehlt auf der Seite.", (number,))


def _is_said(words: str, said: str) -> bool:
    """Tell whether words are printed, cut short where there is no room for all of them."""
    return said == words or (said.endswith(CUT) and words.startswith(said.removesuffix(CUT)))


def beside(sides: Sides) -> Findings:
    """DRU-003: beside the text stand running heads, marks of the field, repeated heads of tables, and nothing else.

    The dots that lead to a page are nothing.
    """
    document = sides.document
    everywhere = "\n".join(map(solid, (document.marking, *document.footer.split(BETWEEN))))
    known = _known_beside(sides)
    for number, spots in enumerate(sides.beside, start=1):
        own = (everywhere, str(number), *known[number])
        for spot in spots:
            words = (solid(part).strip(".") for part in spot.text.removesuffix(CUT).split(BETWEEN))
            if not all(any(part in said for said in own) for part in words):
                yield Finding("DRU-003", f"„{spot.text.strip()[:LONGEST]}“ gehört nicht auf die Seite.", (number,))


def _known_beside(sides: Sides) -> Mapping[int, list[str]]:
    """Return what may stand beside the text of each page, of its sections and of the tables that go on there.

    Each is a string of all words, one after the other: lines may part them.
    """
    known: defaultdict[int, list[str]] = defaultdict(list)
    for pair in sides.pairs:
        section = pair.expected.section
        said = "\n".join((*map(solid, (section.running, section.field, section.title)), *pair.expected.heads))
        for page in pair.printed.pages:
            known[page].append(said)
        for table in pair.tables.pairs:
            said = "\n".join(_continued(table.expected))
            for page in _further(sides, pair, table):
                known[page].append(said)
    return known


def _further(sides: Sides, pair: Pair, table: TablePair) -> range:
    """Return the pages on which a table goes on, after the first; a last row that is high may go on itself."""
    starts = [next((cell.start for cell in row or () if cell.text), -1) for row in (table.rows[0], table.rows[-1])]
    first, last = (sides.page(start) if start >= 0 else 0 for start in starts)
    is_high = max(map(len, table.expected.rows[-1]), default=0) > HIGH
    return range(first + 1, (max(pair.printed.pages) if is_high or not last else last) + 1)


def _continued(table: ExpectedTable) -> Iterator[str]:
    """Yield what may stand over a table that goes on: which it is, its caption, groups, and rows that may be parted."""
    number, caption = table.table.number, solid(plain(table.table.caption))
    goes_on = "" if caption.startswith("Fortsetzung") else "(Fortsetzung)"
    yield f"Tabelle{number}(Fortsetzung)\n{caption}" if number else f"{caption}{goes_on}"
    yield from (
        cells[0].replace(f"(S.{PAGE})", "")
        for row, cells in zip(table.table.rows, table.rows, strict=True)
        if row.kind is RowKind.GROUP or max(map(len, cells)) > HIGH
    )


def area(sides: Sides) -> Findings:
    """DRU-023: nothing stands outside the type area; running heads and the like may, but not off the page."""
    kinds = _kinds(sides)
    for number, page in enumerate(sides.book.pages, start=1):
        inside = _area(page, margins()[_name(page, kinds.get(number))])
        edges = page.look.edges
        boxes = map(Box, edges[0::4], edges[1::4], edges[2::4], edges[3::4])
        for spot in page.look.some([index for index, box in enumerate(boxes) if _is_out(box, inside)]):
            words = spot.text.strip()[:LONGEST]
            if (
                words
                and not _hangs(spot, inside)
                and (spot not in sides.beside[number - 1] or _is_out(spot.box, page.size))
            ):
                yield Finding("DRU-023", f"„{words}“ steht außerhalb des Satzspiegels.", (number,))
        drawn = page.look.drawn
        for box in map(Box, drawn[0::4], drawn[1::4], drawn[2::4], drawn[3::4]):
            if _is_out(box, inside) and not any(_is_tab(box, spot.box) for spot in sides.beside[number - 1]):
                wide, high = (box.right - box.left) / POINTS, (box.top - box.bottom) / POINTS
                what = f"Etwas Gezeichnetes ({wide:.0f} × {high:.0f} mm) ragt aus dem Satzspiegel."
                yield Finding("DRU-023", what, (number,))


def _hangs(spot: Spot, inside: Box) -> bool:
    """Tell whether a text stands inside but for the blank at its end."""
    return spot.text.endswith(" ") and not _is_out(spot.box._replace(right=spot.box.right - BLANK), inside)


def _is_tab(box: Box, words: Box) -> bool:
    """Tell whether something drawn is what words beside the text stand on, and little more."""
    return not _is_out(words, box) and box.right - box.left < TAB and box.top - box.bottom < TAB


def _kinds(sides: Sides) -> dict[int, SectionKind]:
    """Return the kind of the section that each page belongs to."""
    return {page: pair.expected.section.kind for pair in sides.pairs for page in pair.printed.pages}


def _name(page: Page, kind: SectionKind | None) -> str:
    """Return the name of a page in the style sheet."""
    if page.size.right - page.size.left > page.size.top - page.size.bottom:
        return "wide"
    return (
        {SectionKind.COVER: "cover", SectionKind.SHEET: "sheet", SectionKind.PORTRAIT: "sheet"}.get(kind, "")
        if kind
        else ""
    )


def _area(page: Page, edges: Margins) -> Box:
    left, bottom, right, top = page.size
    return Box(left + edges.left, bottom + edges.bottom, right - edges.right, top - edges.top)


def _is_out(box: Box, limit: Box) -> bool:
    return (
        box.left < limit.left - LEEWAY
        or box.right > limit.right + LEEWAY
        or box.bottom < limit.bottom - LEEWAY
        or box.top > limit.top + LEEWAY
    )


def overlaps(sides: Sides) -> Findings:
    """DRU-024: no text is printed over another."""
    for number, page in enumerate(sides.book.pages, start=1):
        for one, other in page.look.covering:
            yield Finding("DRU-024", f"„{one}“ und „{other}“ stehen übereinander.", (number,))


def unseen(sides: Sides) -> Findings:
    """DRU-027: what is printed is to be seen."""
    for number, page in enumerate(sides.book.pages, start=1):
        for words, why in page.look.unseen:
            yield Finding("DRU-027", f"„{words}“ {_WHY[why]}.", (number,))


def summary(sides: Sides) -> Findings:
    """DRU-025: the summary has five pages at most, as a submission to the cabinet wants it."""
    pages: set[int] = set()
    chapter = ""
    for pair in sides.pairs:
        section = pair.expected.section
        chapter = section.id if section.level == 1 else chapter
        pages |= pair.printed.pages if chapter == SUMMARY else set()
    if len(pages) > SUMMARY_PAGES:
        words = f"Die Kurzfassung hat {len(pages)} Seiten; es sollen höchstens {SUMMARY_PAGES} sein."
        yield Finding("DRU-025", words, tuple(sorted(pages)))


CHECKS: tuple[Callable[[Sides], Findings], ...] = (fonts, glyphs, forms, feet, beside, area, overlaps, unseen, summary)
