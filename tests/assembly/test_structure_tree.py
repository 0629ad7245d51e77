"""Parts of the structure tree, which pages, columns and lines have made, become one again."""

from __future__ import annotations

from assembly.render_pdf.structure import Annotated, Content, Element, join

Kid = Element | Content | Annotated


def element(role: str, source: str, page: int, *kids: Kid) -> Element:
    """Return an element of a source of the HTML."""
    return Element(role, page, source, list(kids))


def text(page: int, mcid: int = 0) -> Content:
    return Content(page, mcid)


def head(page: int) -> tuple[Element, Element]:
    """Return the head of a table with one header, and that header."""
    cell = Element("TH", page, "th", [text(page)], named=True)
    return element("THead", "thead", page, element("TR", "tr", page, cell)), cell


def table(page: int, row: str) -> tuple[Element, Element, Element]:
    """Return the part of a table on a page, its header and the cell of its row."""
    top, header = head(page)
    cell = Element("TD", page, row + "d", [text(page, 1)], headers=[header])
    body = element("TBody", "tbody", page, element("TR", row, page, cell))
    return element("Table", "table", page, top, body), header, cell


def note(page: int, source: str = "note") -> Element:
    return Element("Note", page, source, [text(page, 9)], named=True)


def shape(found: Element | Content) -> object:
    """Return an element as nested roles, contents as their pages."""
    return (found.role, *map(shape, found.kids)) if isinstance(found, Element) else found.page  # type: ignore[arg-type]


def test_a_table_over_three_pages_is_one_with_one_head() -> None:
    parts = [table(page, f"row-{page}") for page in range(3)]
    (whole,), artifacts = join([element("Sect", "s", page, part) for page, (part, _, _) in enumerate(parts)])
    (found,) = whole.elements()
    assert [part.role for part in found.elements()] == ["THead", "TBody"]
    assert artifacts == {text(1), text(2)}
    assert [list(cell.headers) for _, _, cell in parts] == [[parts[0][1]]] * 3


def test_headers_are_found_over_columns_and_pages() -> None:
    parts = [table(page, row) for page, row in ((0, "first"), (1, "second"), (1, "third"))]
    columned = element("Div", "texts", 1, parts[1][0], parts[2][0])
    (whole,), _ = join([element("Div", "texts", 0, parts[0][0]), columned], [columned])
    assert len(whole.elements()) == 1
    assert [list(cell.headers) for _, _, cell in parts] == [[parts[0][1]]] * 3


def test_what_goes_on_over_pages_goes_on_after_a_note() -> None:
    sections = [element("Sect", "s", page, element("P", "p", page, text(page))) for page in range(3)]
    (whole,), _ = join([sections[0], note(0), sections[1], sections[2]])
    assert shape(whole) == ("Sect", ("P", 0, 1, 2), ("Note", 0))


def test_a_row_over_a_page_goes_on_in_its_cells() -> None:
    rows = [element("TR", "tr", page, element("TD", "a", page, text(page))) for page in (0, 1)]
    (whole,), _ = join([element("TBody", "b", page, row) for page, row in enumerate(rows)])
    assert shape(whole) == ("TBody", ("TR", ("TD", 0, 1)))


def test_the_links_of_repeated_heads_belong_to_those_of_the_first() -> None:
    """Their words are artifacts, but they lead on: an annotation stands in the tree (ISO 14289-1, 7.18.5)."""
    annotations = [Annotated(page, {"Contents": page}) for page in range(3)]

    def part(page: int) -> Element:
        top, header = head(page)
        header.kids.append(element("Link", "a", page, annotations[page], text(page, 3)))
        return element("Table", "table", page, top)

    (whole,), artifacts = join([element("Sect", "s", page, part(page)) for page in range(3)])
    (found,) = whole.elements()
    (link,) = (inner for inner in found.walk() if inner.role == "Link")
    assert link.kids == [annotations[0], text(0, 3), *annotations[1:]]
    assert artifacts == {text(page, mcid) for page in (1, 2) for mcid in (0, 3)}


def test_what_has_no_source_or_another_stays_apart() -> None:
    kids = [Element("P", 0, None, [text(0)]), Element("P", 1, None, [text(1)]), element("P", "p", 1, text(1))]
    assert join(kids) == (kids, set())
