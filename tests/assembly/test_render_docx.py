"""The DOCX: small Documents are rendered with the real pandoc and opened again, as Word would find them."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pypdfium2
import pytest
from docx.document import Document as Opened
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from PIL import Image

from assembly.amounts import line, total
from assembly.document import (
    Align,
    Block,
    Column,
    Cover,
    Directory,
    Document,
    Entry,
    Fact,
    Facts,
    Field,
    Figure,
    Grade,
    Missing,
    Money,
    Nothing,
    Notice,
    Prose,
    Randnummer,
    Ref,
    Rich,
    Row,
    RowKind,
    Section,
    SectionKind,
    Several,
    Share,
    Shares,
    Table,
    Term,
    Text,
)
from assembly.drawings import StackedBars
from assembly.prose import GAP, RANDNUMMER, Node, Nodes, bullet_list, paragraph, passage, text_inlines
from assembly.render_docx import render_docx
from assembly.render_docx.finish import ORDER, put
from assembly.render_docx.layout import FEW, MUCH, Piece, settled
from assembly.render_docx.styles import style_sheet
from assembly.render_docx.widths import Want, clipped, comfortable, lowest, relieved, share_out, width_of
from assembly.theme import NEUTRAL
from tests.books import long_timeline

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES = {
    "w": W,
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
}
NOTE = {"t": "Note", "c": [paragraph(text_inlines("Stand 2026."))]}
QUOTE = {"t": "Quoted", "c": [{"t": "DoubleQuote"}, text_inlines("Wandel")]}
IMAGES = Path(__file__).parent


def w(name: str) -> str:
    """Return a name of WordprocessingML as lxml writes it."""
    return f"{{{W}}}{name}"


def ref(text: str, target: str | None, detail: str = "") -> Node:
    """Return a reference as it stands in prose."""
    return {"t": "Ref", "c": Ref(text, target, detail)}


def section(identifier: str, *blocks: Block, **more: Any) -> Section:
    """Return a chapter that begins a page."""
    values: dict[str, Any] = {
        "kind": SectionKind.CHAPTER,
        "level": 1,
        "number": "7",
        "title": "Geld",
        "opens_page": True,
    }
    return Section(identifier, blocks=blocks, **(values | more))


def book(*sections: Section) -> Document:
    """Return a document of these sections."""
    return Document(
        title="Masterplan",
        document="Umsetzungskonzept",
        version="0.3.0",
        edition="Ressort",
        marking="Entwurf – nicht zur Veröffentlichung",
        footer="Umsetzungskonzept · Version 0.3.0 · Beispieldaten",
        day=date(2026, 11, 20),
        language="de-DE",
        publisher="Regionalkonvent",
        subject="Vision & Maßnahmen",
        keywords=("Umsetzungskonzept", "Wirtschaft"),
        illustrative=True,
        theme=NEUTRAL,
        field_colours=(("WIR", "#1f5fa8"), ("WIS", "#6a4c93")),
        sections=sections,
        file_stem="probe",
        api_version=(1, 23, 1, 1),
    )


MONEY = Table(
    "tbl-geld",
    text_inlines("Kosten nach Jahr"),
    (Column("Maßnahme"), Column("2027", Align.RIGHT), Column("Summe", Align.RIGHT), Column("Anmerkung", width=30)),
    (
        Row((Field("WIR", Ref("Wirtschaft", "kap-geld")),), RowKind.GROUP),
        Row(
            (Text("WIR-004", strong=True), Money(line(124_000_000, "a")), Money(line(0, "b")), Nothing()), anchor="x-1"
        ),
        Row((Text("Summe"), Money(line(5, "c")), Money(line(5, "d")), Missing()), RowKind.TOTAL),
    ),
    text_inlines("In Euro."),
    number=3,
    randnummer=Randnummer("7/4", "rn-7-4"),
)
WIDE = replace(MONEY, id="tbl-weit", number=4, wide=True, rows=MONEY.rows[2:], randnummer=None)
CHAPTER = section(
    "kap-geld",
    Prose(
        [paragraph([*text_inlines("Der "), QUOTE, *text_inlines(" kostet."), NOTE])],
        Randnummer("7/1", "rn-7-1"),
        lead=True,
    ),
    Prose([paragraph([*text_inlines("Siehe "), ref("Tabelle 3", "tbl-geld", "Kosten")])], Randnummer("7/2", "rn-7-2")),
    Prose([bullet_list([text_inlines("eins"), [ref("WIR-004", "WIR-004")]])], Randnummer("7/3", "rn-7-3")),
    MONEY,
    Notice("Hinweis", [paragraph(text_inlines("Geplant ist nicht zugesagt."))], "warning"),
    Prose([paragraph([ref("Anhang", None), *text_inlines(" und "), ref("Punkt", "rn-7-3"), ref("Zeile", "x-1")])]),
    WIDE,
    kicker="Kapitel 7",
)
SHEET = section(
    "WIR-004",
    Facts(
        (
            Fact("Raum", Text("Zwickau"), Randnummer("WIR-004/7", "rn-WIR-004-7")),
            Fact("Stufe", Grade(2)),
            Fact(
                "Fehlende Angaben",
                Rich([passage(GAP, text_inlines("Ziel")), passage(RANDNUMMER, text_inlines("/4"), "rn-WIR-004-4")]),
            ),
        )
    ),
    Shares(
        total([line(750, "a"), line(250, "b")]),
        (Share("EU", "EU", line(750, "a")), Share("offen", "offen", line(250, "b"))),
        "bis 2031",
        Randnummer("WIR-004/12", "rn-WIR-004-12"),
    ),
    Prose([paragraph(text_inlines("Anfang."))], Randnummer("WIR-004/3", "rn-WIR-004-3"), label="Ausgangslage"),
    Table("WIR-004-risiken", text_inlines("Risiken"), (), (), [], empty="Keine."),
    kind=SectionKind.SHEET,
    level=2,
    number="WIR-004",
    title="Batterie",
    kicker="WIR-004 · Handlungsfeld Wirtschaft",
    field="WIR",
    tags=("Leuchtturm",),
)
COVER = section(
    "titel",
    Cover("Regionalkonvent", "Masterplan", "Konzept", "Entwurf", (("Version", "0.3.0"),), ("#1f5fa8", "#6a4c93")),
    kind=SectionKind.COVER,
    number="",
)
CONTENTS = section(
    "inhalt",
    Directory("contents", (Entry(Ref("Geld", "kap-geld"), 1, "7"), Entry(Ref("Batterie", "WIR-004"), 2, "WIR-004"))),
    kind=SectionKind.FRONT,
    number="",
    title="Inhalt",
)
WHOLE = book(COVER, CONTENTS, CHAPTER, SHEET)


class Made:
    """A rendered document: its bytes, its parts, and what python-docx sees in it."""

    def __init__(self, document: Document, images: Path = IMAGES) -> None:
        self.content = render_docx(document, images)
        with zipfile.ZipFile(io.BytesIO(self.content)) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}
        self.opened: Opened = docx.Document(io.BytesIO(self.content))
        self.root = etree.fromstring(self.parts["word/document.xml"])

    def find(self, path: str) -> list[Any]:
        """Return what an XPath finds in the text."""
        found = self.root.xpath(path, namespaces=NAMESPACES)
        assert isinstance(found, list)
        return found

    def styled(self, style: str) -> list[str]:
        """Return the texts of all paragraphs in a style, those in tables included."""
        return [
            "".join("\t" if part.tag == w("tab") else part.text or "" for part in place.iter(w("t"), w("tab")))
            for place in self.find(f'//w:p[w:pPr/w:pStyle/@w:val="{style}"]')
        ]


@pytest.fixture(scope="module")
def made() -> Made:
    """Render the sample once."""
    return Made(WHOLE)


# --- text and styles ------------------------------------------------------------------------------------------------


def test_every_kind_of_text_stands_in_its_own_style(made: Made) -> None:
    """Cover, headings, lead, captions, labels, notices, notes and directories are told apart by style."""
    expected = {
        "Title": ["Masterplan"],
        "Subtitle": ["Konzept"],
        "Heading1": ["Inhalt", "7\tGeld"],
        "Steckbrief2": ["WIR-004\tBatterie"],
        "Dachzeile": ["Kapitel"],
        "EinleitungmitRandnummer": ["7/1\tDer „Wandel“ kostet."],
        "AbsatzmitRandnummer": ["7/2\tSiehe Tabelle 3 (Kosten)"],
        "RandnummeramRand": ["7/3"],
        "ListParagraph": ["eins", "WIR-004"],
        "Zwischentitel3": ["WIR-004/3\tAusgangslage"],
        "WarnungTitel": ["Hinweis"],
        "Anmerkung": ["In Euro.", "In Euro."],
        "TOC1": ["7\tGeld\t"],
        "TOC2": ["WIR-004\tBatterie\t"],
        "Merkmal": ["Raum /7", "Stufe", "Fehlende Angaben"],
        "Mittel": ["WIR-004/12\t10\u00a0€ bis 2031 · EU\u00a075\u00a0% · offen\u00a025\u00a0%"],
    }
    assert {style: made.styled(style) for style in expected} == expected
    assert made.styled("Tabellentitel")[0] == "Tabelle\u00a03\tKosten nach Jahr  7/4"


def test_every_style_that_is_used_is_declared_with_our_names(made: Made) -> None:
    """pandoc adds styles that it misses: none may be, and custom ones have German names."""
    declared = {style.style_id for style in made.opened.styles}
    used = {place.get(w("val")) for place in made.find("//w:pStyle | //w:rStyle | //w:tblStyle")}
    assert used
    assert used <= declared
    sheet = etree.fromstring(made.parts["word/styles.xml"])
    names = [style.get(w("styleId"), "") for style in sheet.iter(w("style"))]
    assert len(names) == len(set(names))
    ours = re.findall(r'w:styleId="([^"]+)"', style_sheet(WHOLE))
    assert sorted(names) == sorted(ours)
    bases = {base.get(w("val")) for base in sheet.iter(w("basedOn"), w("next"))}
    assert bases <= set(names)


def test_headings_keep_their_outline_level(made: Made) -> None:
    """Sheets are headings of level 2, labels of level 3: Word's navigation shows them."""
    styles = made.opened.styles
    assert styles["Steckbrief 2"].base_style == styles["Heading 2"]
    assert styles["Zwischentitel 3"].base_style == styles["Heading 3"]
    levels = etree.fromstring(made.parts["word/styles.xml"]).xpath(
        '//w:style[w:name/@w:val="heading 2"]//w:outlineLvl/@w:val', namespaces=NAMESPACES
    )
    assert levels == ["1"]


def test_chapters_and_sheets_begin_a_page(made: Made) -> None:
    """What opens a page says so, except where a new kind of page begins anyway."""
    opening = [
        made.styled(place.find(f"{w('pPr')}/{w('pStyle')}").get(w("val")))[0]
        for place in made.find("//w:p[w:pPr/w:pageBreakBefore]")
    ]
    assert opening == ["Kapitel"]  # „Inhalt“ follows the cover, the sheet follows wide pages


def test_missing_and_open_stand_in_the_warning_colour(made: Made) -> None:
    """„fehlt“, what is missing and the open gap are told by word and by style."""
    missing = [run.getparent().findtext(w("t")) for run in made.find('//w:rPr[w:rStyle/@w:val="Fehlt"]')]
    assert missing == ["fehlt", "fehlt", "Ziel"]
    assert len(made.find('//w:bookmarkStart[@w:name="_Ref_rn_WIR_004_4"]')) == 1
    assert made.styled("Tabelleleer") == ["Keine."]
    assert len(made.find('//w:rPr[w:rStyle/@w:val="Offen"]')) == 1


def test_footnotes_are_words_own(made: Made) -> None:
    """A note is a footnote with a mark in the text, and no section begins to count anew."""
    assert len(made.find("//w:footnoteReference")) == 1
    assert "Stand 2026." in made.parts["word/footnotes.xml"].decode()
    assert not made.find("//w:sectPr/w:footnotePr")


def test_language_fonts_and_decimal_sign_are_set(made: Made) -> None:
    """German throughout; our fonts are embedded and name what to take instead."""
    styles, fonts = made.parts["word/styles.xml"].decode(), made.parts["word/fontTable.xml"].decode()
    assert 'w:lang w:bidi="ar-SA" w:eastAsia="de-DE" w:val="de-DE"' in styles or 'w:lang w:val="de-DE"' in styles
    assert re.findall(r'w:name="([^"]+)"><w:altName w:val="([^"]+)"', fonts) == [
        ("Source Sans 3", "Calibri"),
        ("Source Serif 4", "Cambria"),
    ]
    assert len([name for name in made.parts if name.endswith(".odttf")]) == 6
    settings = made.parts["word/settings.xml"].decode()
    assert '<w:decimalSymbol w:val=","/>' in settings
    assert "updateFields" not in settings


def test_embedded_fonts_can_be_read_again(made: Made) -> None:
    """The first 32 bytes are XORed with the key; undone, the font is the one in templates/fonts."""
    key = re.findall(
        r'w:embedRegular r:id="rIdFont1" w:fontKey="\{([^}]+)\}"', made.parts["word/fontTable.xml"].decode()
    )
    mask = bytes.fromhex(key[0].replace("-", ""))[::-1] * 2
    content = made.parts["word/fonts/font1.odttf"]
    plain = bytes(a ^ b for a, b in zip(content[:32], mask, strict=True)) + content[32:]
    assert plain == (Path(__file__).parents[2] / "templates/fonts/SourceSans3-Regular.ttf").read_bytes()


def test_properties_come_from_the_document(made: Made) -> None:
    """Title, subject, keywords, creator and dates; nothing else leaks into the file."""
    core = made.opened.core_properties
    assert (core.title, core.subject, core.author) == ("Masterplan", "Vision & Maßnahmen", "Regionalkonvent")
    assert (core.keywords, core.language) == ("Umsetzungskonzept; Wirtschaft", "de-DE")
    assert core.created is not None
    assert core.created.date() == core.modified.date() == date(2026, 11, 20)
    assert "docProps/custom.xml" not in made.parts
    assert b"custom" not in made.parts["[Content_Types].xml"] + made.parts["_rels/.rels"]


# --- tables ---------------------------------------------------------------------------------------------------------


def test_tables_repeat_their_head_and_keep_rows_whole(made: Made) -> None:
    """Head rows repeat, no row breaks, the layout is fixed and the grid fills the line."""
    money = made.find('//w:tbl[w:tblPr/w:tblCaption/@w:val="Tabelle 3: Kosten nach Jahr"]')[0]
    rows = money.findall(w("tr"))
    assert [row.find(f"{w('trPr')}/{w('tblHeader')}") is not None for row in rows] == [True, False, False, False]
    assert all(row.find(f"{w('trPr')}/{w('cantSplit')}") is not None for row in made.find("//w:tr"))
    assert money.find(f"{w('tblPr')}/{w('tblLayout')}").get(w("type")) == "fixed"
    assert sum(int(column.get(w("w"))) for column in money.iter(w("gridCol"))) == 9411
    assert money.find(f"{w('tblPr')}/{w('tblLook')}").get(w("val")) == "06A0"
    assert "Spalten: Maßnahme, 2027, Summe" in money.find(f"{w('tblPr')}/{w('tblDescription')}").get(w("val"))


def test_cells_stand_as_their_columns_and_rows_say(made: Made) -> None:
    """Figures to the right, groups over all columns, sums in their own style; zero is a dash."""
    assert made.styled("Tabellentextrechts") == ["1.240.000", "–"]
    assert made.styled("Tabellengruppe") == ["●\u00a0Wirtschaft"]
    assert made.styled("Tabellensummerechts") == ["0,05"] * 4
    assert [span.get(w("val")) for span in made.find("//w:gridSpan")] == ["4", "3"], (
        "a group, and a fact alone in its row"
    )


def test_facts_have_row_heads_and_no_head_row(made: Made) -> None:
    """Labelled values are a table whose first column is a head; two short ones share a row, the third has its own."""
    facts = made.find('//w:tbl[w:tblPr/w:tblStyle/@w:val="Steckbrieftabelle"]')[0]
    look = facts.find(f"{w('tblPr')}/{w('tblLook')}")
    assert (look.get(w("firstRow")), look.get(w("firstColumn"))) == ("0", "1")
    assert [len(row.findall(w("tc"))) for row in facts.findall(w("tr"))] == [4, 2]


def test_a_long_fact_has_its_row_to_itself() -> None:
    """Facts stand in their order, one below the other where they need more than half a line."""
    words = ("a", "Zwickau, " * 9, "b", "c", "d")
    made = Made(book(section("a", Facts(tuple(Fact(str(place), Text(text)) for place, text in enumerate(words))))))
    rows = made.find("//w:tr")
    assert [len(row.findall(w("tc"))) for row in rows] == [2, 2, 4, 2]
    assert [span.get(w("val")) for span in made.find("//w:gridSpan")] == ["3", "3", "3"]
    assert made.styled("Angabe") == list(words)


def test_tables_that_follow_each_other_stay_two() -> None:
    """Word would join two tables without a paragraph between them."""
    facts = Facts((Fact("Raum", Text("Zwickau")),))
    assert not Made(book(section("a", facts, facts))).find("//w:tbl/following-sibling::*[1][self::w:tbl]")


def test_lists_of_ids_break_between_ids() -> None:
    """A line may break after a hyphen, so a narrow cell gets its breaks between the ids."""
    ids = Several(tuple(Ref(f"WIR-00{number}", None) for number in range(1, 5)))
    columns = (Column("Aufgabe"), Column("beteiligt", width=36))
    table = Table("t", [], columns, (Row((Text("lang " * 40), ids)),), [])
    made = Made(book(section("a", table)))
    assert len(made.find("//w:tc[2]//w:br")) == 1
    assert made.styled("Tabellentext")[1] == "WIR-001, WIR-002,WIR-003, WIR-004"
    graded = replace(table, rows=(Row((Text("lang " * 40), Several((Grade(2), ids), "\u00a0"))),))
    assert Made(book(section("a", graded))).styled("Tabellentext")[1] == "●●○\u00a0WIR-001, WIR-002,WIR-003, WIR-004"


def test_turned_headings_have_the_whole_width_of_their_column() -> None:
    """No margin takes from the line of a turned heading what it needs; what stands below is centred like it."""
    columns = (Column("Maßnahme"), *(Column("Projekt", Align.CENTRE, upright=True) for _ in range(29)))
    cells = (Text("WIR-001 Transformationsfonds Zulieferer der Region"), *(Text("F") for _ in range(29)))
    made = Made(book(section("a", Table("t", [], columns, (Row(cells),), [], wide=True))))
    widths = [int(column.get(w("w"))) for column in made.find("//w:gridCol")]
    line = 10.5 + 3  # the small type of such a table: line and air in points
    assert min(widths[1:]) >= 20 * line
    for row in made.find("//w:tr"):
        margins = [cell.find(f"{w('tcPr')}/{w('tcMar')}/{w('right')}") for cell in row.findall(w("tc"))]
        assert [margin is not None and margin.get(w("w")) for margin in margins] == [False, *["0"] * 29]


def test_short_tables_stay_whole_and_long_ones_keep_their_beginning() -> None:
    """All rows but the last keep with the next; of a long table only the head's neighbours do."""
    row = Row((Text("x"),))
    for count, kept in ((4, 4), (60, 3)):
        table = Table("t", text_inlines("T"), (Column("A"),), (row,) * count, [])
        made = Made(book(section("a", table)))
        assert len(made.find("//w:tr[.//w:keepNext]")) == kept


def test_the_few_lines_that_end_a_page_hold_on_to_what_stands_before() -> None:
    """The last rows of the table before a short end stay with it, those before a long end do not."""
    rows = Table("t", text_inlines("T"), (Column("A"),), (Row((Text("x"),)),) * 60, [])
    for words, kept in ((10, True), (100, False)):
        made = Made(book(section("a", rows, Prose([paragraph(text_inlines("kurzer Text " * words))]))))
        assert bool(made.find("//w:tr[last()]//w:keepNext")) is kept
        made = Made(book(section("a", rows, Prose([paragraph(text_inlines("kurzer Text " * words))]), WIDE)))
        assert bool(made.find("//w:tbl[1]/w:tr[last()]//w:keepNext")) is kept, "a wide page follows"


def test_dense_tables_of_figures_never_break_a_number() -> None:
    """Many years are set smaller, and lie wide where even that is not enough; in a sheet, still smaller before that."""
    chapter, sheet = section("a"), section("a", kind=SectionKind.SHEET, level=2)
    for place, years, style, wide in (
        (chapter, 3, "Tabellentextrechts", 0),
        (chapter, 8, "Tabellentextrechtsklein", 0),
        (chapter, 11, "Tabellentextrechts", 1),
        (sheet, 3, "Tabellentextrechtsklein", 0),
        (sheet, 9, "Tabellentextrechtssehrklein", 0),
        (sheet, 10, "Tabellentextrechtsklein", 1),
    ):
        columns = (Column("Maßnahme"), *(Column(str(2027 + year), Align.RIGHT) for year in range(years)))
        amounts = tuple(Money(line(12_345_678_00, "a")) for _ in range(years))
        table = Table("t", text_inlines("T"), columns, (Row((Text("Weiterbildungsverbund Antrieb"), *amounts)),), [])
        made = Made(book(replace(place, blocks=(table,))))
        assert len(made.styled(style)) == years
        assert made.opened.sections[-1].orientation == wide


def typed(words: str) -> Node:
    """Return a table of two columns as pandoc reads it from Markdown: a head and a row, the same words in all cells."""
    cell: list[Any] = [["", [], []], {"t": "AlignDefault"}, 1, 1, [{"t": "Plain", "c": text_inlines(words)}]]
    row = [["", [], []], [cell, cell]]
    spec = [{"t": "AlignDefault"}, {"t": "ColWidthDefault"}]
    body = [["", [], []], 0, [], [row]]
    return {
        "t": "Table",
        "c": [["", [], []], [None, []], [spec, spec], [["", [], []], [row]], [body], [["", [], []], []]],
    }


def test_markdown_in_cells_and_tables_in_markdown_print() -> None:
    """Several lines in a cell are paragraphs; a pipe table gets the look of all tables."""
    made = Made(book(section("a", Prose([typed("x")]), Facts((Fact("Ziele", Several((Text("a"), Term("b")), "\n")),)))))
    assert made.styled("Tabellentext") == ["x", "x"]
    assert made.styled("Angabe") == ["a", "b"]
    assert made.styled("Tabellenkopf") == ["x", "x"]


# --- links ----------------------------------------------------------------------------------------------------------


def test_links_land_and_bookmarks_are_single(made: Made) -> None:
    """Every link of the text leads to a bookmark; names and numbers of bookmarks are given once."""
    names = [start.get(w("name")) for start in made.find("//w:bookmarkStart")]
    anchors = {link.get(w("anchor")) for link in made.find("//w:hyperlink")}
    assert anchors == {"_Ref_tbl_geld", "_Ref_WIR_004", "_Ref_kap_geld", "_Ref_rn_7_3", "_Ref_x_1"}
    assert anchors <= set(names)
    assert len(names) == len(set(names))
    assert all(len(name) <= 40 for name in names)
    starts = [start.get(w("id")) for start in made.find("//w:bookmarkStart")]
    assert starts == [str(number) for number in range(1, len(starts) + 1)]
    assert sorted(starts) == sorted(end.get(w("id")) for end in made.find("//w:bookmarkEnd"))


def test_a_reference_without_target_is_plain_words(made: Made) -> None:
    """What is no part of this edition is named and not linked."""
    place = made.find('//w:t[starts-with(., "Anhang")]')[0]
    assert place.getparent().getparent().tag == w("p")


def test_directories_are_linked_without_underline(made: Made) -> None:
    """In a directory everything is a link, so none is marked as one."""
    assert len(made.find('//w:p[w:pPr/w:pStyle/@w:val="TOC1"]//w:hyperlink')) == 1
    assert not made.find('//w:p[w:pPr/w:pStyle/@w:val="TOC1"]//w:rStyle[@w:val="Hyperlink"]')


def test_a_chapter_holds_on_to_its_first_section_in_the_contents() -> None:
    """Chapters without sections do not: many of them would leave a page together."""
    entries = tuple(Entry(Ref(f"Geld {level}", None), level, "7") for level in (1, 1, 2, 2, 1))
    made = Made(book(replace(CONTENTS, blocks=(Directory("contents", entries),))))
    kept = [
        place.findall(f".//{w('keepNext')}") for place in made.find("//w:p[contains(w:pPr/w:pStyle/@w:val, 'TOC')]")
    ]
    assert [[each.get(w("val")) for each in place] for place in kept] == [["0"], [], ["0"], [], []]


def test_entries_ask_for_the_pages_of_their_places(made: Made) -> None:
    """Each entry has a field with the bookmark it links to; no page is claimed that Word has not counted."""
    fields = ["".join(place.itertext()).split() for place in made.find("//w:instrText")]
    links = made.find('//w:p[starts-with(w:pPr/w:pStyle/@w:val, "TOC")]/w:hyperlink')
    assert fields == [["PAGEREF", link.get(w("anchor")), "\\h"] for link in links]
    assert len(links) == 2
    assert not made.find('//w:r[preceding-sibling::w:r[1]/w:fldChar[@w:fldCharType="separate"]]/w:t')


def test_a_dead_reference_is_a_bug_that_shows() -> None:
    """A reference to a place that the document does not have stops the rendering."""
    with pytest.raises(LookupError, match="kap-nirgends"):
        Made(book(section("a", Prose([paragraph([ref("Kapitel 9", "kap-nirgends")])]))))


def test_two_places_with_one_anchor_are_a_bug_that_shows() -> None:
    """Two sections cannot bear the same id."""
    with pytest.raises(ValueError, match="anchor 'a'"):
        Made(book(section("a"), section("a")))


def test_names_that_word_cannot_tell_apart_are_told_apart() -> None:
    """Bookmarks know neither case nor hyphens, and end after 40 characters."""
    ids = ("a-b", "a_b", "A-B", "z" * 60 + "1", "z" * 60 + "2", "ü-1", "ö-1")
    words = [ref(identifier, identifier) for identifier in ids]
    made = Made(book(*(section(identifier) for identifier in ids[1:]), section(ids[0], Prose([paragraph(words)]))))
    anchors = [link.get(w("anchor")) for link in made.find("//w:hyperlink")]
    assert len({anchor.lower() for anchor in anchors}) == len(ids)
    assert all(re.fullmatch(r"_Ref_\w{1,35}", anchor, re.ASCII) for anchor in anchors)


# --- pages ----------------------------------------------------------------------------------------------------------


def test_sections_lie_as_the_document_says(made: Made) -> None:
    """Cover, upright, wide, a sheet: four sections; the cover shows neither head nor foot."""
    kinds = [
        (section.page_width > section.page_height, section.different_first_page_header_footer)  # type: ignore[operator]
        for section in made.opened.sections
    ]
    assert kinds == [(False, True), (False, False), (True, False), (False, False)]
    above = [round(section.top_margin.mm) for section in made.opened.sections]  # type: ignore[union-attr]
    assert above == [26, 26, 24, 21], "pages of sheets hold more"
    assert not made.find("//processing-instruction()")


def test_heads_and_feet_fit_their_pages(made: Made) -> None:
    """A field for the chapter and the marking above, footer and page number below, as wide as the page's line."""
    for name, end in (("upright", "9411"), ("wide", "14343")):
        head = etree.fromstring(made.parts[f"word/header-{name}.xml"])
        foot = made.parts[f"word/footer-{name}.xml"].decode()
        assert [place.text for place in head.iter(w("t"))] == ["Masterplan", WHOLE.marking]
        assert [place.text for place in head.iter(w("instrText"))] == [' STYLEREF "Kolumnentitel" ']
        assert [stop.get(w("pos")) for stop in head.iter(w("tab")) if stop.get(w("pos"))] == [end]
        assert " PAGE " in foot
        assert "Beispieldaten" in foot


def test_the_running_head_finds_chapters_and_sheets() -> None:
    """Their titles alone bear the style that it looks for, without number; sections within a chapter do not."""
    chapter = replace(section("a"), number="1", title="Ein Kapitel")
    within = replace(section("b", level=2, opens_page=False), title="Ein Abschnitt")
    sheet = replace(section("c", level=2), kind=SectionKind.SHEET, number="WIR-001", title="Ein Steckbrief")
    found = Made(book(chapter, within, sheet)).find("//w:r[w:rPr/w:rStyle/@w:val='Kolumnentitel']")
    assert ["".join(run.itertext()) for run in found] == ["Ein Kapitel", "Ein Steckbrief"]


def test_the_heading_of_a_wide_table_goes_with_it() -> None:
    """A heading alone on an upright page would make that page empty."""
    lone = section("b", WIDE, level=2, opens_page=False)
    made = Made(
        book(section("a", Prose([paragraph(text_inlines("x" * 2 * FEW))])), lone, replace(lone, id="c", blocks=()))
    )
    wide = made.opened.sections[1]
    assert [each.orientation for each in made.opened.sections] == [0, 1]
    assert wide.page_width is not None
    assert made.find("//w:p[w:pPr/w:sectPr]")[0].findtext(f".//{w('t')}") == "x" * 2 * FEW


def nothing(_: bool) -> Nodes:
    """Make no blocks, wide or not."""
    return []


def piece(letter: str) -> Piece:
    """Return a piece: W wide, O opens a page, H heading, s short text, L long text."""
    kinds = {
        "W": Piece(nothing, wide=True, weight=MUCH),
        "O": Piece(nothing, opens=True, heading=True),
        "H": Piece(nothing, heading=True),
        "s": Piece(nothing, weight=100),
        "L": Piece(nothing, weight=MUCH),
    }
    return kinds[letter]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("OLHW", "--ww"),  # the heading goes with its table
        ("OsW", "www"),  # a short opening too
        ("OLsW", "---w"),  # text that follows other text stays
        ("WsW", "www"),  # a few lines between wide pages
        ("WLW", "w-w"),
        ("WsO", "ww-"),  # a last remark before a new page
        ("WsL", "w--"),
        ("Ws", "ww"),
    ],
)
def test_lonely_lines_lie_wide(before: str, after: str) -> None:
    """Upright pages with next to nothing on them between wide ones are avoided."""
    assert "".join("w" if each.wide else "-" for each in settled(map(piece, before))) == after


@given(st.text("WOHsL", max_size=20))
def test_no_piece_is_lost_and_wide_ones_stay_wide(letters: str) -> None:
    """Laying out changes nothing but how pieces lie."""
    before = [piece(letter) for letter in letters]
    after = settled(before)
    assert [replace(each, wide=False) for each in after] == [replace(each, wide=False) for each in before]
    assert all(new.wide for old, new in zip(before, after, strict=True) if old.wide)


@given(st.lists(st.tuples(st.sampled_from([0, 12, 40, 90]), st.floats(4, 40), st.booleans()), min_size=1, max_size=20))
def test_columns_fill_the_line(columns: list[tuple[int, float, bool]]) -> None:
    """Widths add up to the line; where all needs can be met, they are."""
    wants = [Want(width, need, figures) for width, need, figures in columns]
    widths = share_out(wants, 166)
    assert sum(widths) == pytest.approx(166)
    if sum(want.need for want in wants) <= 166:
        assert all(width >= want.need - 1e-6 for width, want in zip(widths, wants, strict=True))


def test_a_column_of_names_takes_the_air_between_figures() -> None:
    """A long name gets what figures would only have as air; they keep what they need and a little more."""
    wants = comfortable([Want(0, 20), *(Want(0, 18, figures=True) for _ in range(5))], ["Vorhaben " * 9], NEUTRAL.sans)
    name, *figures = share_out(wants, 166)
    assert name > 60
    assert min(figures) >= 18


def test_long_texts_get_more_of_the_line_where_rows_would_be_very_high() -> None:
    """A title of 200 characters does not stand in twenty lines beside columns that have air."""
    columns = (
        Column("Kennung", width=30),
        Column("Titel", width=30),
        Column("Status", width=50),
        Column("Ort", width=50),
    )
    title = "Ein Vorhaben mit einem langen Titel, der sich wiederholt. " * 5
    rows = tuple(Row((Text("WIR-001"), Text(words), Text("abgestimmt"), Text("Zwickau"))) for words in (title, "kurz"))
    made = Made(book(section("a", Table("tbl-a", text_inlines("A"), columns, rows, []))))
    widths = [int(place.get(w("w"))) for place in made.find("//w:gridCol")]
    assert widths[1] > sum(widths) / 2
    assert widths[3] / 1440 * 25.4 > width_of("Zwickau", NEUTRAL.sans, bold=True), "no word is broken for it"


def test_words_beside_a_very_high_row_may_break_for_it() -> None:
    """A long word keeps its column as wide as it is, but not beside a text of a page."""
    wants = [Want(0, 20, whole=60), Want(0, 20, whole=20)]
    assert lowest(wants, [[50, 400]], 166)[0] >= 60
    assert 20 <= lowest(wants, [[50, 4000]], 166)[0] < 60


def test_the_line_goes_where_it_saves_lines() -> None:
    """Of two texts the one gets more that is long in more rows; a column of short words stays narrow."""
    wants = [Want(0, 20), Want(0, 20), Want(0, 20)]
    rows = [[300, 60, 10], [300, 60, 10], [20, 60, 10]]
    first, second, third = relieved(wants, rows, 166)
    assert first > second > third
    assert sum(max(int(row[0] / first), int(row[1] / second)) + 1 for row in rows) <= 10


@given(
    st.lists(st.tuples(st.floats(4, 20), st.floats(1, 500), st.booleans()), min_size=1, max_size=8),
)
def test_relieved_columns_fill_the_line(columns: list[tuple[float, float, bool]]) -> None:
    """Nothing gets less than it needs."""
    wants = [Want(0, need, figures) for need, _, figures in columns]
    widths = relieved(wants, [[length for _, length, _ in columns]], 166)
    assert sum(widths) == pytest.approx(166)
    assert all(width >= each.need - 1e-6 for width, each in zip(widths, wants, strict=True))


def test_a_long_text_is_clipped_to_its_line() -> None:
    """A running head stays on one line."""
    shown = clipped("Masterplan " * 40, NEUTRAL.sans, 100)
    assert ("Masterplan " * 40).startswith(shown.removesuffix("\u00a0…"))
    assert width_of(f"{shown} Masterplan", NEUTRAL.sans, bold=False) > 100
    assert width_of(shown, NEUTRAL.sans, bold=False) <= 100
    assert clipped("Masterplan", NEUTRAL.sans, 100) == "Masterplan"


def test_a_kicker_loses_its_number_and_nothing_else() -> None:
    """„Anlage A“ is „Anlage“ above the number A; a heading without a number is not indented."""
    annex = section("kap-a", Prose([paragraph(text_inlines("Wort"))]), number="A", kicker="Anlage A", title="Glossar")
    bare = section("kap-b", Prose([paragraph(text_inlines("Wort"))]), number="", title="Nachwort")
    made = Made(book(annex, bare))
    assert made.styled("Dachzeile") == ["Anlage"]
    indents = [place.find(f"{w('pPr')}/{w('ind')}") for place in made.find('//w:p[w:pPr/w:pStyle/@w:val="Heading1"]')]
    assert [None if indent is None else indent.get(w("left")) for indent in indents] == [None, "0"]


def test_only_a_very_high_row_may_break() -> None:
    """Other rows stay on one page."""
    rows = tuple(Row((Text(words), Text("b"))) for words in ("kurz", "Ein Satz, der sich wiederholt. " * 90))
    made = Made(book(section("a", Table("tbl-a", text_inlines("A"), (Column("Was"), Column("Wie")), rows, []))))
    assert [bool(row.findall(f".//{w('cantSplit')}")) for row in made.find("//w:tr")] == [True, True, False]


@pytest.mark.parametrize(("repeated", "whole"), [(1, True), (200, False)])
def test_a_very_high_row_may_break_in_facts_and_typed_tables_too(repeated: int, whole: bool) -> None:
    """LibreOffice loses what stands below a row that is higher than a page and may not break."""
    words = "Ein Satz, der sich wiederholt. " * repeated
    made = Made(book(section("a", Prose([typed(words)]), Facts((Fact("Raum", Text(words)),)))))
    lasts = made.find("//w:tbl/w:tr[last()]")
    assert [bool(row.findall(f".//{w('cantSplit')}")) for row in lasts] == [whole, whole]


def test_a_sheet_that_begins_no_page_stays_whole() -> None:
    """All of it holds on to what follows, but for its end; a sheet that begins a page breaks where it is full."""
    held = [
        [bool(place.findall(f".//{w('keepNext')}")) for place in Made(book(CHAPTER, made)).find("//w:body/*")][-8:-1]
        for made in (replace(SHEET, opens_page=False), SHEET)
    ]
    assert held[0] == [True] * 6 + [False]
    assert held[1] != held[0]


def test_the_title_of_the_cover_is_as_large_as_its_length_allows() -> None:
    """A title of 200 characters leaves room for the rest of the cover."""
    sizes = [
        int(re.findall(r'w:styleId="Title".*?<w:sz w:val="(\d+)"', style_sheet(replace(WHOLE, title=title)))[0])
        for title in ("Masterplan", "Masterplan Südwestsachsen " * 4, "Masterplan Südwestsachsen " * 8)
    ]
    assert sizes == [76, 48, 40]


@given(st.lists(st.sampled_from(ORDER), max_size=12))
def test_properties_keep_the_order_of_the_schema(names: list[str]) -> None:
    """Word refuses a paragraph whose properties stand in another order."""
    place = etree.Element(w("p"))
    for name in names:
        put(place, name)
    found = [etree.QName(child).localname for child in place.iter() if child is not place][1:]
    assert found == sorted(set(names), key=ORDER.index)


# --- pictures -------------------------------------------------------------------------------------------------------


def picture(folder: Path, name: str, size: tuple[int, int]) -> Nodes:
    """Write a picture below `folder`/bilder and return a paragraph that shows it."""
    path = folder / "bilder" / name
    path.parent.mkdir(exist_ok=True)
    if name.endswith("svg"):
        path.write_text(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size[0]} {size[1]}"/>')
    else:
        Image.new("RGB", size).save(path, dpi=(100, 100))
    image = {"t": "Image", "c": [["", [], []], text_inlines("Eine Halle"), [f"bilder/{name}", "Foto: Stadt"]]}
    return [paragraph([image])]


@pytest.mark.parametrize("name", ["halle.png", "halle.jpg", "halle.svg"])
def test_pictures_of_the_prose_are_embedded(tmp_path: Path, name: str) -> None:
    """A picture has its alternative text, its source below, its own proportions and not more than the line."""
    made = Made(book(section("a", Prose(picture(tmp_path, name, (1000, 500))))), tmp_path)
    inline = made.find("//wp:inline")[0]
    extent, named = inline.find("wp:extent", NAMESPACES), inline.find("wp:docPr", NAMESPACES)
    assert int(extent.get("cx")) <= 142 * 36000
    assert int(extent.get("cx")) == pytest.approx(2 * int(extent.get("cy")), abs=2)
    assert (named.get("descr"), named.get("id")) == ("Eine Halle", "1")
    assert made.styled("Bildnachweis") == ["Foto: Stadt"]
    embedded = made.opened.part.related_parts[made.find("//a:blip/@r:embed")[0]]
    assert embedded.blob[:4] in (b"\x89PNG", b"\xff\xd8\xff\xe0")


def test_figures_fill_the_line_with_their_words() -> None:
    """A figure stands below its caption, as wide as the line, and says what it shows."""
    bars = StackedBars(("2027", "2028"), (("EU", (100, 200)), ("offen", (50, 0))))
    shown = Figure("fig-geld", 1, text_inlines("Mittel"), "Balken: 2027 niedriger", bars, text_inlines("In Euro."))
    empty = Figure("fig-leer", 2, text_inlines("Leer"), "", None, [], empty="Dazu liegt nichts vor.")
    made = Made(book(section("a", shown, empty)))
    assert made.find("//wp:extent/@cx") == [str(166 * 36000)]
    assert made.find("//wp:docPr/@descr") == ["Balken: 2027 niedriger"]
    assert made.styled("Abbildungstitel") == ["Abbildung\u00a01\tMittel", "Abbildung\u00a02\tLeer"]
    assert made.styled("Tabelleleer") == ["Dazu liegt nichts vor."]


def test_a_figure_higher_than_a_page_is_several_pictures_below_one_caption() -> None:
    made = Made(book(section("a", long_timeline())))
    assert made.styled("Abbildungstitel") == ["Abbildung\u00a01\tZeitplan"]
    titles = made.styled("BildTitel")
    assert [title.split(":")[0] for title in titles] == ["Blatt 1 von 2", "Blatt 2 von 2"]
    assert made.find("//wp:docPr/@descr") == [f"{titles[0]}. Balkenplan von 2027 bis 2029.", titles[1]]
    assert all(int(high) <= 200 * 36000 for high in made.find("//wp:extent/@cy"))


# --- the whole ------------------------------------------------------------------------------------------------------


def test_the_same_document_gives_the_same_bytes(made: Made) -> None:
    """Nothing of the clock, of chance or of the folder gets into the file."""
    assert render_docx(WHOLE, IMAGES / "elsewhere") == made.content
    with zipfile.ZipFile(io.BytesIO(made.content)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_specimen_renders(document: Document, specimen: Path) -> None:
    """The tiny complete plan becomes a document in which every heading and table stands."""
    made = Made(document, specimen / "chapters")
    assert made.opened.core_properties.title == document.title
    tables = [block for block in document.blocks() if isinstance(block, Table) and block.number]
    numbers = [caption.split("\t")[0] for caption in made.styled("Tabellentitel")]
    assert numbers == [f"Tabelle\u00a0{table.number}" for table in tables]


@pytest.mark.slow
def test_libreoffice_opens_it(made: Made, tmp_path: Path) -> None:
    """LibreOffice makes pages of it: the cover alone, the marking on all others, the wide table on a wide one."""
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("LibreOffice (soffice) is not installed: the DOCX was NOT opened by a word processor")
    path = tmp_path / "probe.docx"
    path.write_bytes(made.content)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    with pypdfium2.PdfDocument(tmp_path / "probe.pdf") as pdf:
        texts = [page.get_textpage().get_text_bounded() for page in pdf]
        wide = [page.get_width() > page.get_height() for page in pdf]
    assert wide == [False, False, False, True, False]
    assert [WHOLE.marking in text for text in texts] == [False, True, True, True, True]
    assert "Tabelle 4" in texts[3].replace("\u00a0", " ")
