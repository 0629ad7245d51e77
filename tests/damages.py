"""Damages: ways to spoil a sound PDF on purpose, each with the code and words of the finding that must come of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pikepdf

from assembly.document import DATA_NAME

Damage = Callable[[pikepdf.Pdf], None]


def elements(pdf: pikepdf.Pdf, *roles: str) -> Iterator[pikepdf.Object]:
    """Yield the elements of these types, in reading order."""

    def inside(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
        if isinstance(element, pikepdf.Dictionary) and "/S" in element:
            if str(element.S).lstrip("/") in roles:
                yield element
            kids = element.get("/K", pikepdf.Array())
            for kid in kids.as_list() if isinstance(kids, pikepdf.Array) else ():
                yield from inside(kid)

    for kid in pdf.Root.StructTreeRoot.K.as_list():
        yield from inside(kid)


def first(pdf: pikepdf.Pdf, role: str) -> pikepdf.Object:
    return next(elements(pdf, role))


def link(pdf: pikepdf.Pdf) -> pikepdf.Object:
    return next(link for page in pdf.pages for link in page.get("/Annots", []))


def page_with_links(pdf: pikepdf.Pdf) -> pikepdf.Object:
    return next(page.obj for page in pdf.pages if "/Annots" in page)


def data_file(pdf: pikepdf.Pdf) -> pikepdf.Object:
    return pikepdf.NameTree(pdf.Root.Names.EmbeddedFiles)[DATA_NAME]


def packet(old: bytes, new: bytes) -> Damage:
    """Return a damage to the XMP packet."""

    def change(pdf: pikepdf.Pdf) -> None:
        content = pdf.Root.Metadata.read_bytes()
        assert old in content
        pdf.Root.Metadata.write(content.replace(old, new))

    return change


def pages(old: bytes, new: bytes) -> Damage:
    """Return a damage to the contents of all pages."""

    def change(pdf: pikepdf.Pdf) -> None:
        changed = 0
        for page in pdf.pages:
            content = page.Contents.read_bytes()
            changed += re.search(old, content) is not None
            page.Contents.write(re.sub(old, new, content))
        assert changed

    return change


def without(get: Callable[[pikepdf.Pdf], pikepdf.Object], *names: str) -> Damage:
    """Return a damage: entries of an object are gone."""

    def change(pdf: pikepdf.Pdf) -> None:
        thing = get(pdf)
        for name in names:
            assert name in thing
            del thing[name]

    return change


def setting(get: Callable[[pikepdf.Pdf], pikepdf.Object], name: str, value: object) -> Damage:
    """Return a damage: an entry of an object is another."""

    def change(pdf: pikepdf.Pdf) -> None:
        get(pdf)[name] = value

    return change


def all_running_heads_are_read(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        numbers = iter(range(90000, 99999))
        content = page.Contents.read_bytes()
        page.Contents.write(
            re.sub(
                rb"/Artifact\s+<</Type /Pagination>>\s+BDC",
                lambda _, numbers=numbers: b"/Span <</MCID %d>> BDC" % next(numbers),  # type: ignore[misc]
                content,
            )
        )


def an_empty_tag(pdf: pikepdf.Pdf) -> None:
    parent = first(pdf, "Sect")
    parent.K.append(pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.StructElem, S=pikepdf.Name.P, P=parent)))


def a_tag_twice(pdf: pikepdf.Pdf) -> None:
    parent = first(pdf, "Sect")
    parent.K.append(parent.K[0])


def a_circle(pdf: pikepdf.Pdf) -> None:
    parent = first(pdf, "Sect")
    parent.K[0].K.append(parent)


def content_of_two(pdf: pikepdf.Pdf) -> None:
    one = next(element for element in elements(pdf, "P", "Span") if isinstance(element.K[0], int))
    section = first(pdf, "Sect")
    twin = pikepdf.Dictionary(S=pikepdf.Name.P, P=section, Pg=one.Pg, K=pikepdf.Array([one.K[0]]))
    section.K.append(pdf.make_indirect(twin))


def the_same_id(pdf: pikepdf.Pdf) -> None:
    heads = list(elements(pdf, "TH"))
    heads[1].ID = heads[0].ID


def a_row_without_its_last_cell(pdf: pikepdf.Pdf) -> None:
    row = next(row for row in elements(pdf, "TR") if len(row.K) > 2)
    del row.K[len(row.K) - 1]


def a_wider_cell(pdf: pikepdf.Pdf) -> None:
    first(pdf, "TD").A.ColSpan = 2


def the_caption_of_a_table(pdf: pikepdf.Pdf) -> pikepdf.Object:
    return next(caption for caption in elements(pdf, "Caption") if caption.P.S == "/Table")


def a_skipped_level(pdf: pikepdf.Pdf) -> None:
    first(pdf, "H2").S = pikepdf.Name.H4


def a_heading_in_a_heading(pdf: pikepdf.Pdf) -> None:
    heading = first(pdf, "H2")
    inner = pikepdf.Dictionary(S=pikepdf.Name.H2, P=heading, Pg=heading.Pg, K=heading.K)
    heading.K = pikepdf.Array([pdf.make_indirect(inner)])


def a_cut_font(pdf: pikepdf.Pdf) -> None:
    for item in pdf.objects:
        if isinstance(item, pikepdf.Dictionary) and "/FontFile2" in item:
            del item["/FontFile2"]


def a_missing_page_of_content(pdf: pikepdf.Pdf) -> None:
    pdf.pages[3].Contents.write(b"")


def no_abbreviation(pdf: pikepdf.Pdf) -> None:
    for element in elements(pdf, "Span"):
        if "/E" in element:
            del element["/E"]


def an_empty_abbreviation(pdf: pikepdf.Pdf) -> None:
    next(element for element in elements(pdf, "Span") if "/E" in element).E = pikepdf.String("")


def root(pdf: pikepdf.Pdf) -> pikepdf.Object:
    return pdf.Root


OFF_THE_PAGE = pikepdf.Array([0, 0, 1000, 9])

DAMAGES: tuple[tuple[str, str, Damage], ...] = (
    ("PDF-001", "beschädigt", setting(root, "/Names", pikepdf.Name.Unsinn)),
    ("PDF-001", "beschädigt", setting(page_with_links, "/Annots", pikepdf.Array([1]))),
    ("PDF-003", "fehlen", without(root, "/Metadata")),
    ("PDF-003", "rdf:RDF", packet(b"</rdf:RDF>", b"</rdf:RDF><rdf:RDF xmlns:rdf='x'></rdf:RDF>")),
    ("PDF-003", "PDF/A-3a", packet(b"<pdfaid:conformance>A", b"<pdfaid:conformance>B")),
    ("PDF-003", "PDF/UA-1", packet(b"<pdfuaid:part>1</pdfuaid:part>", b"")),
    ("PDF-003", "/Title", packet(b"Musterplan", b"Masterplan")),
    ("PDF-003", "/CreationDate", packet(b"<xmp:CreateDate>2026-01-15", b"<xmp:CreateDate>2026-01-16")),
    ("PDF-004", "keinen Titel", packet("Musterplan Specimen – Umsetzungskonzept".encode(), b"")),
    ("PDF-004", "Dateinamen", without(lambda pdf: pdf.Root.ViewerPreferences, "/DisplayDocTitle")),
    ("PDF-005", "seine Sprache", without(root, "/Lang")),
    ("PDF-005", "englisch", setting(lambda pdf: first(pdf, "P"), "/Lang", pikepdf.String("auf englisch"))),
    ("PDF-006", "keine Lesezeichen", without(root, "/Outlines")),
    ("PDF-006", "nirgendwohin", without(lambda pdf: pdf.Root.Outlines.First, "/Dest")),
    ("PDF-006", "keinen Titel", setting(lambda pdf: pdf.Root.Outlines.First, "/Title", pikepdf.String(" "))),
    ("PDF-007", "OutputIntents", without(root, "/OutputIntents")),
    ("PDF-008", "Beziehung", without(data_file, "/AFRelationship")),
    ("PDF-008", "nicht zugeordnet", without(root, "/AF")),
    ("PDF-008", "Beschreibung", without(data_file, "/Desc")),
    ("PDF-008", "Änderungsdatum", without(lambda pdf: data_file(pdf).EF.F.Params, "/ModDate")),
    ("PDF-008", "mehrfach", lambda pdf: pdf.Root.AF.append(pdf.Root.AF[0])),
    ("PDF-009", "nicht eingebettet", a_cut_font),
    ("PDF-010", "Ein Zeichen fehlt", pages(rb"\[<[0-9a-fA-F]{4}", b"[<0000")),
    ("PDF-011", "Tabs", without(lambda pdf: pdf.pages[4].obj, "/Tabs")),
    ("PDF-012", "keinen Strukturbaum", without(root, "/StructTreeRoot")),
    ("PDF-012", "weder", pages(rb"(?s)/Artifact\s+<</Type /Pagination>>\s+BDC(.*?)EMC", rb"q\1Q")),
    ("PDF-012", "fehlt im Strukturbaum", all_running_heads_are_read),
    ("PDF-012", "den es nicht gibt", a_missing_page_of_content),
    ("PDF-013", "Kolumnentitel", all_running_heads_are_read),
    ("PDF-014", "ist leer", an_empty_tag),
    ("PDF-014", "mehrfach", a_tag_twice),
    ("PDF-014", "mehrfach", a_circle),
    ("PDF-014", "zu zwei Elementen", content_of_two),
    ("PDF-015", "mehr als ein Element", the_same_id),
    ("PDF-015", "IDTree", without(lambda pdf: pdf.Root.StructTreeRoot, "/IDTree")),
    ("PDF-015", "Fußnote", without(lambda pdf: first(pdf, "Note"), "/ID")),
    ("PDF-016", "was sie zeigt", setting(the_caption_of_a_table, "/S", pikepdf.Name.P)),
    ("PDF-016", "Scope", without(lambda pdf: first(pdf, "TH").A, "/Scope")),
    ("PDF-016", "die es nicht gibt", setting(lambda pdf: first(pdf, "TD").A, "/Headers", pikepdf.Array(["nirgends"]))),
    ("PDF-016", "nennt keine Kopfzelle", without(lambda pdf: first(pdf, "TD").A, "/Headers")),
    ("PDF-017", "ungleich breit", a_row_without_its_last_cell),
    ("PDF-017", "ungleich breit", a_wider_cell),
    ("PDF-017", "nicht hingehört", setting(lambda pdf: first(pdf, "TR"), "/S", pikepdf.Name.Div)),
    ("PDF-018", "Alternativtext", without(lambda pdf: first(pdf, "Figure"), "/Alt")),
    ("PDF-018", "BBox", without(lambda pdf: first(pdf, "Figure").A, "/BBox")),
    ("PDF-018", "auf ihrer Seite", setting(lambda pdf: first(pdf, "Figure").A, "/BBox", OFF_THE_PAGE)),
    ("PDF-019", "in Worten", without(link, "/Contents")),
    ("PDF-019", "druckbar", without(link, "/F")),
    ("PDF-019", "nicht gibt", setting(link, "/Dest", pikepdf.String("nirgends"))),
    ("PDF-019", "nirgendwohin", without(link, "/Dest")),
    ("PDF-019", "fehlt im Strukturbaum", setting(lambda pdf: first(pdf, "Link"), "/S", pikepdf.Name.Span)),
    ("PDF-019", "auf keiner Seite", without(page_with_links, "/Annots")),
    ("PDF-020", "hingehört", setting(lambda pdf: first(pdf, "LI"), "/S", pikepdf.Name.P)),
    ("PDF-020", "steht nicht in", setting(lambda pdf: first(pdf, "L"), "/S", pikepdf.Name.Div)),
    ("PDF-020", "hingehört", setting(lambda pdf: first(pdf, "TOCI"), "/S", pikepdf.Name.P)),
    ("PDF-021", "folgt Ebene 4", a_skipped_level),
    ("PDF-021", "noch eine", a_heading_in_a_heading),
    ("PDF-022", "nirgends aufgelöst", no_abbreviation),
    ("PDF-022", "nicht aufgelöst", an_empty_abbreviation),
)  # fmt: skip
