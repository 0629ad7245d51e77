"""Misprints: ways to spoil the printed specimen on purpose, each with code and words of the finding it must give."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import pikepdf

from assembly.document import DATA_NAME
from assembly.paper.content import to_unicode
from tests.damages import elements

Misprint = Callable[[pikepdf.Pdf], None]
_OPERATOR = re.compile(rb"/(\w+) [\d.]+ Tf|\[[^\]]*\] TJ")


def _glyphs(font: pikepdf.Object) -> Mapping[str, bytes]:
    """Return the code of each sign that the font has."""
    return {sign: b"%04x" % code for code, sign in to_unicode(font.ToUnicode.read_bytes()).items()}


def reprinted(old: str, new: str, *, page: int = 0, whole: bool = False) -> Misprint:
    """Return a misprint: where `old` is first printed stands `new`, as long. `whole`: as a text by itself."""

    def change(pdf: pikepdf.Pdf) -> None:
        for number, leaf in enumerate(pdf.pages, start=1):
            if page in (0, number) and _reprint(leaf, old, new, whole=whole):
                return
        raise AssertionError(f"nowhere: {old}")

    return change


def _reprint(leaf: pikepdf.Page, old: str, new: str, *, whole: bool) -> bool:
    """Change the first text of a page that holds `old`; tell whether there was one."""
    fonts = {name[1:].encode(): _glyphs(font) for name, font in leaf.Resources.Font.items()}
    glyphs: Mapping[str, bytes] = {}
    content = leaf.Contents.read_bytes()
    for found in _OPERATOR.finditer(content):
        if found[1]:
            glyphs = fonts[found[1]]
            continue
        signs = {code: sign for sign, code in glyphs.items()}
        codes = re.findall(rb"[0-9a-f]{4}", b"".join(re.findall(rb"<([0-9a-f]*)>", found[0])))
        text = "".join(signs.get(code, "?") for code in codes)
        place = text.find(old)
        if place >= 0 and (text == old or not whole):
            codes[place : place + len(old)] = [glyphs.get(sign, b"0000") for sign in new]
            shown = b"[<" + b"".join(codes) + b">] TJ"
            leaf.Contents.write(content[: found.start()] + shown + content[found.end() :])
            return True
    return False


def drawn_otherwise(words: str, place: int, instead: str = "0") -> Misprint:
    """Return a misprint: in the first of these words that a figure shows one sign becomes another.

    Figures are painted letter by letter.
    """

    def change(pdf: pikepdf.Pdf) -> None:
        assert any(_repaint(leaf, words, place, instead) for leaf in pdf.pages), "no figure shows it"

    return change


def _repaint(leaf: pikepdf.Page, words: str, place: int, instead: str) -> bool:
    """Change a sign of what a figure of this page shows; tell whether it shows that."""
    fonts = {name[1:].encode(): _glyphs(font) for name, font in leaf.Resources.Font.items()}
    content = leaf.Contents.read_bytes()
    letters: list[tuple[str, int, bytes]] = []
    glyphs: Mapping[str, bytes] = {}
    for found in _OPERATOR.finditer(content):
        if found[1]:
            glyphs = fonts[found[1]]
        elif codes := re.fullmatch(rb"\[<([0-9a-f]{4})>[^<]*\] TJ", found[0]):
            sign = next((sign for sign, code in glyphs.items() if code == codes[1]), "?")
            letters.append((sign, found.start() + 2, glyphs.get(instead, b"")))
    begin = "".join(sign for sign, _, _ in letters).find(words)
    if begin < 0:
        return False
    _, start, code = letters[begin + place]
    leaf.Contents.write(content[:start] + code + content[start + 4 :])
    return True


def _files(pdf: pikepdf.Pdf) -> pikepdf.NameTree:
    return pikepdf.NameTree(pdf.Root.Names.EmbeddedFiles)


def other_data(pdf: pikepdf.Pdf) -> None:
    stream = _files(pdf)[DATA_NAME].EF.F
    stream.write(stream.read_bytes().replace(b"2027", b"2028"))


def more_data(pdf: pikepdf.Pdf) -> None:
    _files(pdf)["intern.json"] = _files(pdf)[DATA_NAME]


def painted(operators: bytes, *, page: int = 3) -> Misprint:
    """Return a misprint: a page paints more than it ought to."""

    def change(pdf: pikepdf.Pdf) -> None:
        leaf = pdf.pages[page - 1]
        leaf.Contents.write(leaf.Contents.read_bytes() + b"\n" + operators)

    return change


def moved(old: bytes, new: bytes, *, page: int) -> Misprint:
    """Return a misprint: something in the content of a page is another, once."""

    def change(pdf: pikepdf.Pdf) -> None:
        content = pdf.pages[page - 1].Contents.read_bytes()
        assert re.search(old, content)
        pdf.pages[page - 1].Contents.write(re.sub(old, new, content, count=1))

    return change


def before(operators: bytes, *, page: int) -> Misprint:
    """Return a misprint: the content of a page begins with more than it ought to."""

    def change(pdf: pikepdf.Pdf) -> None:
        leaf = pdf.pages[page - 1]
        leaf.Contents.write(operators + b"\n" + leaf.Contents.read_bytes())

    return change


def coloured(red: bytes, *, page: int) -> Misprint:
    """Return a misprint: all that is dark on a page is of another colour."""

    def change(pdf: pikepdf.Pdf) -> None:
        leaf = pdf.pages[page - 1]
        content, count = re.subn(rb"\n0\.[1-5]\d* [.\d]+ [.\d]+ rg", b"\n" + red + b" rg", leaf.Contents.read_bytes())
        assert count
        leaf.Contents.write(content)

    return change


def _links(pdf: pikepdf.Pdf, page: int) -> list[pikepdf.Object]:
    return list(pdf.pages[page - 1].Annots.as_list())


def a_link_leads_elsewhere(pdf: pikepdf.Pdf) -> None:
    one, *others = _links(pdf, 3)
    one.Dest = next(other.Dest for other in others if other.Dest != one.Dest)


def a_link_leads_nowhere(pdf: pikepdf.Pdf) -> None:
    _links(pdf, 3)[0].Dest = pikepdf.String("nirgends")


def two_links_change_places(pdf: pikepdf.Pdf) -> None:
    one, *others = _links(pdf, 4)
    other = next(other for other in others if other.Dest != one.Dest)
    one.Dest, other.Dest = other.Dest, one.Dest


def a_link_is_gone(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[2].Annots[0]


def a_link_lies_elsewhere(pdf: pikepdf.Pdf) -> None:
    _links(pdf, 3)[0].Rect = pikepdf.Array([300, 300, 320, 310])


def _place(pdf: pikepdf.Pdf, name: str) -> pikepdf.Object:
    return pikepdf.NameTree(pdf.Root.Names.Dests)[name]


def a_target_lies_on_another_page(pdf: pikepdf.Pdf) -> None:
    _place(pdf, "WIR-001")[0] = pdf.pages[2].obj


def a_target_lies_elsewhere_on_its_page(pdf: pikepdf.Pdf) -> None:
    _place(pdf, "WIR-001")[3] = 300


def a_target_is_gone(pdf: pikepdf.Pdf) -> None:
    del pikepdf.NameTree(pdf.Root.Names.Dests)["rn-WIR-001-3"]


def _page_of(pdf: pikepdf.Pdf, anchor: str) -> int:
    """Return the place among the pages of that on which a record begins."""
    return pdf.pages.index(pikepdf.Page(_place(pdf, anchor)[0]))


def a_page_is_gone(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[_page_of(pdf, "WIS-001")]


def two_pages_change_places(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[9]
    pdf.pages.insert(8, page)
    del pdf.pages[10]


def a_page_is_blank(pdf: pikepdf.Pdf) -> None:
    pdf.pages[_page_of(pdf, "WIS-001")].Contents.write(b"")


def a_font_file_is_gone(pdf: pikepdf.Pdf) -> None:
    for item in pdf.objects:
        if isinstance(item, pikepdf.Dictionary) and "/FontFile2" in item:
            del item["/FontFile2"]
            return


def a_foreign_font(pdf: pikepdf.Pdf) -> None:
    _, font = next(iter(pdf.pages[2].Resources.Font.items()))
    font.BaseFont = pikepdf.Name("/ABCDEF+DejaVu-Sans")


def no_tree(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.StructTreeRoot


def a_bookmark_leads_elsewhere(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Outlines.Last.Dest[0] = pdf.pages[1].obj


def a_bookmark_is_gone(pdf: pikepdf.Pdf) -> None:
    outlines: pikepdf.Object = pdf.Root.Outlines
    outlines.First = outlines.First.Next


def two_cells_change_places(pdf: pikepdf.Pdf) -> None:
    row = next(row for row in elements(pdf, "TR") if len(row.K) > 3 and row.K[1].S == "/TD")
    row.K[1], row.K[2] = row.K[2], row.K[1]


def _a_figure(pdf: pikepdf.Pdf) -> pikepdf.Object:
    return next(elements(pdf, "Figure"))


def a_figure_is_empty(pdf: pikepdf.Pdf) -> None:
    figure = next(figure for figure in elements(pdf, "Figure") if str(figure.Alt).startswith("Balkenplan"))
    content = figure.Pg.Contents.read_bytes()
    figure.Pg.Contents.write(re.sub(rb"(?s)(/Figure\s+<</MCID \d+>>\s+BDC\s).*?(EMC)", rb"\1\2", content))


def shorter(said: str, pattern: bytes, share: float) -> Misprint:
    """Return a misprint: of the picture that so begins to speak, one length is but a share of what it ought to be."""

    def change(pdf: pikepdf.Pdf) -> None:
        figure = next(figure for figure in elements(pdf, "Figure") if str(figure.Alt).startswith(said))
        content = figure.Pg.Contents.read_bytes()
        begin = content.index(b"/Figure\n<</MCID %d>>" % int(figure.K[0]))
        found = re.compile(pattern).search(content, begin)
        assert found
        length = b"%.3f" % (float(found[1]) * share)
        figure.Pg.Contents.write(content[: found.start(1)] + length + content[found.end(1) :])

    return change


def no_alternative(pdf: pikepdf.Pdf) -> None:
    del _a_figure(pdf).Alt


def another_alternative(pdf: pikepdf.Pdf) -> None:
    _a_figure(pdf).Alt = pikepdf.String("Ein Bild")


def two_alternatives_change_places(pdf: pikepdf.Pdf) -> None:
    one, *_, other = elements(pdf, "Figure")
    one.Alt, other.Alt = other.Alt, one.Alt


A_STAMP = b"/Artifact BMC BT 1 0 0 1 200 400 Tm /%b 12 Tf [<%b>] TJ ET EMC"


def a_stamp(pdf: pikepdf.Pdf) -> None:
    font = next(iter(pdf.pages[2].Resources.Font.items()))
    codes = list(_glyphs(font[1]).values())[5:12]
    painted(A_STAMP % (font[0][1:].encode(), b"".join(codes)))(pdf)


def a_page_is_turned(pdf: pikepdf.Pdf) -> None:
    pdf.pages[4].Rotate = 90


def a_page_is_larger(pdf: pikepdf.Pdf) -> None:
    pdf.pages[4].MediaBox = pikepdf.Array([0, 0, 842, 1191])


def a_page_is_cut(pdf: pikepdf.Pdf) -> None:
    pdf.pages[4].CropBox = pikepdf.Array([0, 0, 595, 500])


def no_language(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Lang


def another_language(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Lang = pikepdf.String("en")


def no_title_is_shown(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.ViewerPreferences


def no_marks(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.MarkInfo


def tabs_go_elsewhere(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[4].Tabs


def a_level_is_skipped(pdf: pikepdf.Pdf) -> None:
    next(elements(pdf, "H2")).S = pikepdf.Name.H4


def a_link_says_nothing(pdf: pikepdf.Pdf) -> None:
    del _links(pdf, 3)[0].Contents


A_LINE, THE_NEXT = rb"(?s)1 0 0 -1 (211[.\d]+) ([.\d]+) Tm", rb"1 0 0 -1 \1 ([.\d]+) Tm"

MISPRINTS: tuple[tuple[str, str, Misprint], ...] = (
    ("DRU-001", "lässt sich nicht nachprüfen", no_tree),
    ("DRU-002", "Steckbrief WIS-001 fehlt im Druck", a_page_is_gone),
    ("DRU-002", "Steckbrief WIS-001 fehlt im Druck", a_page_is_blank),
    ("DRU-003", "gehört nicht auf die Seite", a_stamp),
    ("DRU-003", "„WIS“ gehört nicht auf die Seite", reprinted("WIR", "WIS", page=13, whole=True)),
    ("DRU-003", "„Tabelle 10 (Fortsetzung)", reprinted("Tabelle 11 (Fort", "Tabelle 10 (Fort")),
    ("DRU-004", "statt", reprinted("Dieses Dokument", "Dieser Dokument")),
    ("DRU-005", "lautet anders", reprinted("29.09.2025", "28.09.2025")),
    ("DRU-006", "Summe: Gedruckt ist „4.850.000,60“", reprinted("4.850.000,50", "4.850.000,60")),
    ("DRU-006", "Gedruckt ist", two_cells_change_places),
    ("DRU-008", "zeigt „WIS-000“", drawn_otherwise("WIS-001", 6)),
    ("DRU-008", "fehlt „WIS-001“", drawn_otherwise("WIS-001", 6)),
    ("DRU-008", "fehlt die berechnete Zahl „3,3“", drawn_otherwise("3,3", 0)),
    ("DRU-008", "zeigt „0,0“, was nicht berechnet ist", drawn_otherwise("0,7", 2)),
    ("DRU-008", "zeigt „9“, was nicht berechnet ist", drawn_otherwise("01234", 2, "9")),
    ("DRU-008", "zeigt „2022“, was nicht berechnet ist", drawn_otherwise("2027", 3, "2")),
    ("DRU-008", "zeigt „Ratteriezentrum“", drawn_otherwise("Batteriezentrum", 0, "R")),
    ("DRU-008", "fehlt die berechnete Zahl „2032“", drawn_otherwise("20312032", 7, "8")),
    ("DRU-008", "zeigt „2038“", drawn_otherwise("20312032", 7, "8")),
    ("DRU-008", "zeigt „Lang“", drawn_otherwise("Land", 3, "g")),
    ("DRU-008", "fehlt „WIS-001“", a_figure_is_empty),
    ("DRU-008", "Balken der Mittel: Die Längen", shorter("Ein Balken", rb"([.\d]+) 4 re", 0.7)),
    ("DRU-008", "Zeitbalken: Die Längen", shorter("Zeitbalken", rb"(?s)re.*?([.\d]+) 3\.6 re", 0.8)),
    ("DRU-008", "Abbildung 2: Die Längen", shorter("Gestapelte", rb"l\n[.\d]+ ([.\d]+) l\n", 0.9)),
    ("DRU-009", "ist ein anderer", other_data),
    ("DRU-009", "gehört nicht in dieses Buch", more_data),
    ("DRU-010", "statt zu", a_link_leads_elsewhere),
    ("DRU-010", "statt zu", two_links_change_places),
    ("DRU-010", "ist kein Link", a_link_is_gone),
    ("DRU-011", "das es nicht gibt", a_link_leads_nowhere),
    ("DRU-011", "„WIR-001“ liegt auf Seite 3", a_target_lies_on_another_page),
    ("DRU-011", "„WIR-001“ liegt nicht an seiner Stelle", a_target_lies_elsewhere_on_its_page),
    ("DRU-011", "„rn-WIR-001-3“ fehlt", a_target_is_gone),
    ("DRU-012", "Gedruckt ist S. 7, das Ziel „kap-auftrag“ steht auf S. 6", reprinted("S. 6", "S. 7", page=2)),
    ("DRU-012", "Gedruckt ist S. 18", reprinted("17", "18", page=4)),
    ("DRU-012", "das Ziel", two_pages_change_places),
    ("DRU-013", "nicht auf seinen Wörtern", a_link_lies_elsewhere),
    ("DRU-014", "führt auf Seite 2", a_bookmark_leads_elsewhere),
    ("DRU-014", "Lesezeichen", a_bookmark_is_gone),
    ("DRU-020", "nicht eingebettet", a_font_file_is_gone),
    ("DRU-020", "gehört nicht zum Buch", a_foreign_font),
    ("DRU-021", "Ein Zeichen fehlt", reprinted("Landkreis", "\0andkreis")),
    ("DRU-022", "Die Seitenzahl „5“ fehlt", reprinted("5", "6", page=5, whole=True)),
    ("DRU-022", "Die Kennzeichnung", reprinted("Entwurf – nicht", "Entwarf – nicht", page=6)),
    ("DRU-023", "außerhalb", moved(rb"1 0 0 -1 211[.\d]+ ([.\d]+) Tm", rb"1 0 0 -1 20 \1 Tm", page=3)),
    ("DRU-024", "übereinander", moved(A_LINE + b"(?=.*?" + THE_NEXT + b")", rb"1 0 0 -1 \1 \3 Tm", page=3)),
    ("DRU-026", "gedreht", a_page_is_turned),
    ("DRU-026", "297 × 420 mm", a_page_is_larger),
    ("DRU-026", "nur ein Teil", a_page_is_cut),
    ("DRU-023", "Etwas Gezeichnetes (7 × 71 mm)", painted(b"/Artifact BMC q 1 0 0 rg 0 300 20 200 re f Q EMC")),
    ("DRU-023", "Etwas Gezeichnetes", painted(b"/Artifact BMC q 0 g 10 w 5 400 m 300 400 l S Q EMC")),
    ("DRU-023", "Etwas Gezeichnetes", painted(b"/P <</MCID 0>> BDC 1 0 0 rg 580 20 m 580 90 l 590 60 l h f EMC")),
    ("DRU-027", "ist unsichtbar gesetzt", before(b"3 Tr", page=5)),
    ("DRU-027", "ist unsichtbar gesetzt", moved(rb"(?s)/a1.0 gs(?=.{,99}Tm)", b"/a0.0 gs", page=5)),
    ("DRU-027", "Farbe seines Grunds", coloured(b"1 1 1", page=5)),
    ("DRU-027", "Farbe seines Grunds", coloured(b"0.8 0.9 0.8", page=5)),
    ("DRU-027", "ist abgeschnitten", before(b"0 0 300 800 re W n", page=5)),
    ("DRU-027", "ist übermalt", painted(b"/Artifact BMC q 1 1 1 rg 90 100 400 600 re f Q EMC")),
    ("DRU-027", "ist übermalt", painted(b"1 g 90 100 m 500 100 l 500 700 l 90 700 l h f")),
    ("DRU-028", "nennt seine Sprache nicht", no_language),
    ("DRU-028", "„en“ angegeben statt „de-DE“", another_language),
    ("DRU-028", "Dateinamen statt", no_title_is_shown),
    ("DRU-028", "nicht als ausgezeichnet", no_marks),
    ("DRU-028", "Tabulatortaste", tabs_go_elsewhere),
    ("DRU-028", "Auf Ebene 1 folgt Ebene 4", a_level_is_skipped),
    ("DRU-028", "sagt nicht in Worten", a_link_says_nothing),
    ("DRU-029", "keinen Alternativtext", no_alternative),
    ("DRU-029", "ein anderer: „Ein Bild“", another_alternative),
    ("DRU-029", "ein anderer", two_alternatives_change_places),
    ("DRU-029", "fehlt", no_alternative),
)  # fmt: skip
