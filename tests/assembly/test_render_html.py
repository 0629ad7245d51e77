"""The HTML of the book: everything is escaped, every reference leads somewhere, tables tell heads from cells."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import lxml.html
import pytest

from assembly.amounts import Amount, line, total
from assembly.document import (
    Align,
    Block,
    Cell,
    Column,
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
    Prose,
    Quantity,
    Randnummer,
    Ref,
    Rich,
    Row,
    RowKind,
    Schedule,
    Section,
    SectionKind,
    Several,
    Share,
    Shares,
    Text,
    When,
)
from assembly.prose import paragraph, text_inlines
from assembly.render_pdf import DanglingReferencesError, render_html
from assembly.render_pdf.metrics import width
from assembly.render_pdf.numbers import put_pages, targets_in
from assembly.render_pdf.prose import Abbreviations, ProseWriter, RefWriter
from assembly.render_pdf.tables import measure
from assembly.theme import NEUTRAL
from schema.scalars import Month
from tests.books import NBSP, book, long_timeline, money, one, page, para, table, typed_table

# --- references -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ref", "text", "hrefs"),
    [
        (Ref("Kapitel 3", "kap-eins"), f"Kapitel{NBSP}3{NBSP}(S.{NBSP}0)", ["#kap-eins", "#kap-eins"]),
        (Ref("Batterie", "kap-eins", "WIR-004"), f"Batterie{NBSP}(WIR-004, S.{NBSP}0)", ["#kap-eins", "#kap-eins"]),
        (Ref("Batterie", "kap-eins", "WIR-004", page=False), f"Batterie{NBSP}(WIR-004)", ["#kap-eins"]),
        (Ref("Tabelle 2", "kap-eins", in_brackets=True), f"Tabelle{NBSP}2, S.{NBSP}0", ["#kap-eins", "#kap-eins"]),
        (Ref("WIR-004", "kap-eins", page=False), "WIR-004", ["#kap-eins"]),
        (Ref("Idee", None, "WIR-009"), f"Idee{NBSP}(WIR-009)", []),
        (Ref("Idee", None), "Idee", []),
    ],
)
def test_reference_prints_words_detail_and_page(ref: Ref, text: str, hrefs: list[str]) -> None:
    fragment = lxml.html.fromstring(f"<p>{RefWriter().html(ref)}</p>")
    assert fragment.text_content() == text
    assert [link.get("href") for link in fragment.iter("a")] == hrefs


def test_reference_in_a_table_may_break_anywhere() -> None:
    writer = RefWriter()
    writer.narrow = True
    assert lxml.html.fromstring(f"<p>{writer.html(Ref('Pflege 3', 'kap-eins'))}</p>").text_content() == (
        f"Pflege 3 (S.{NBSP}0)"
    )


def test_pages_are_put_where_zeros_stand() -> None:
    document = book(
        para({"t": "Ref", "c": Ref("hier", "kap-eins")}), Directory("contents", (Entry(Ref("x", "kap-eins")),))
    )
    html = render_html(document, Path("/nowhere")).whole
    tree = lxml.html.document_fromstring(put_pages(html, {"kap-eins": "123"}, "0"))
    assert one(tree, "a.page").text_content() == f"S.{NBSP}123"
    assert one(tree, ".directory a").get("data-page") == "123"
    assert targets_in(html) == {"kap-eins"}


def test_every_reference_of_the_specimen_is_a_link(document: Document, specimen: Path) -> None:
    tree = page(document, specimen / "chapters")
    ids = [node.get("id") for node in tree.iter() if node.get("id")]
    assert len(ids) == len(set(ids)), "an id stands once"
    hrefs = {str(link.get("href")) for link in tree.iter("a")}
    assert {href[1:] for href in hrefs if href.startswith("#")} <= set(ids)
    assert len(hrefs) > 20


def test_dangling_references_are_named_all_at_once() -> None:
    blocks: tuple[Block, ...] = (
        para({"t": "Ref", "c": Ref("a", "weg-1")}),
        table(Row((Several((Text("x"), Field("WIR", Ref("b", "weg-2")))), Nothing()))),
        Facts((Fact("l", Ref("c", "weg-3")),)),
        Directory("contents", (Entry(Ref("d", "weg-4")),)),
        Figure("fig", 1, [{"t": "Ref", "c": Ref("e", "weg-5")}], "", None, []),
        Facts((Fact("l", Rich([{"t": "Ref", "c": Ref("f", "weg-6")}])),)),
        para({"t": "Ref", "c": Ref("ohne Ziel", None)}),
    )
    with pytest.raises(DanglingReferencesError) as caught:
        render_html(book(*blocks), Path("/nowhere"))
    assert caught.value.dangling == [f"weg-{i}" for i in range(1, 7)]


def test_targets_are_sections_tables_figures_rows_and_randnummern() -> None:
    number = Randnummer("1/1", "rn-1-1")
    rows = replace(table(Row((Text("x"), Nothing()), anchor="zeile")), randnummer=Randnummer("1/2", "rn-1-2"))
    targets = ("kap-eins", "tbl", "zeile", "fig", "rn-1-1", "rn-1-2", "rn-1-3")
    refs = [para({"t": "Ref", "c": Ref("x", target)}) for target in targets]
    figure = Figure("fig", 1, [], "Bild", None, [], "leer")
    facts = Facts((Fact("l", Text("x"), Randnummer("1/3", "rn-1-3")),))
    tree = page(book(Prose([], number), rows, figure, facts, *refs))
    assert {node.get("id") for node in tree.iter() if node.get("id")} == set(targets)


def test_a_figure_higher_than_a_page_has_one_number_and_several_drawings() -> None:
    tree = page(book(long_timeline()))
    assert [node.text_content().split()[:2] for node in tree.cssselect("figcaption")] == [["Abbildung", "1"]]
    titles = ["Blatt 1 von 2: Wirtschaft, WIR-001 bis WIR-020", "Blatt 2 von 2: Wissenschaft, WIS-001 bis WIS-020"]
    assert [node.text_content() for node in tree.cssselect(".panel-title")] == titles
    assert len(tree.cssselect("figcaption + .note + .panel")) == 1, "the legend stands before all that it explains"
    assert len(tree.cssselect(".note")) == 1
    spoken = [node.text_content() for node in tree.cssselect("svg > title")]
    assert spoken == [f"{titles[0]}. Balkenplan von 2027 bis 2029.", titles[1]]
    for svg in tree.cssselect("svg"):
        assert float(str(svg.get("height")).removesuffix("mm")) <= 210


def test_an_id_that_stands_twice_is_refused_and_a_randnummer_keeps_its_first_place() -> None:
    with pytest.raises(DanglingReferencesError) as caught:
        render_html(book(table(), table()), Path("/nowhere"))
    assert caught.value.doubled == ["tbl"]
    number = Randnummer("1/1", "rn-1-1")
    tree = page(book(Prose([], number), Prose([], number)))
    assert len(tree.cssselect("#rn-1-1")) == 1
    assert [node.text for node in tree.cssselect(".rn")] == ["1/1", "1/1"]


# --- tables ---------------------------------------------------------------------------------------------------------


def test_heads_have_scopes_and_groups_bodies_of_their_own() -> None:
    grouped = table(
        Row((Field("WIR", Ref("Wirtschaft", "kap-eins")),), RowKind.GROUP),
        Row((Text("a"), money(100)), anchor="a"),
        Row((Text("b"),), RowKind.GROUP),
        Row((Text("c"), money(0))),
        Row((Text("Summe"), money(100)), RowKind.TOTAL),
    )
    tree = page(book(grouped))
    scopes = [(cell.get("scope"), cell.get("colspan")) for cell in tree.cssselect("table th")]
    assert scopes == [
        ("col", None),
        ("col", None),
        ("rowgroup", "2"),
        ("row", None),
        ("rowgroup", "2"),
        ("row", None),
        ("row", None),
    ]
    assert [len(body) for body in tree.cssselect("tbody")] == [2, 3]
    assert [row.get("class") for row in tree.cssselect("tbody tr")] == [
        "group held",
        "body",
        "group held",
        "body held",
        "total",
    ]
    assert one(tree, "caption").text_content() == "Tabelle 7 Übersicht"
    assert one(tree, ".dot").get("style") == "background:#1f5fa8"


def test_table_of_a_sheet_has_no_number_and_an_empty_one_a_sentence() -> None:
    tree = page(book(replace(table(), number=0, empty="Noch nichts.")))
    assert one(tree, ".caption").text_content() == "Übersicht"
    assert one(tree, ".empty").text_content() == "Noch nichts."
    assert not tree.cssselect("table")


def test_row_of_wrong_length_is_a_bug() -> None:
    with pytest.raises(IndexError):
        render_html(book(table(Row((Text("a"),)))), Path("/nowhere"))


def test_figures_get_the_room_they_need_and_words_the_rest() -> None:
    years = tuple(Column(str(year), Align.RIGHT) for year in range(2027, 2036))
    amounts = [money(1_234_567_800 * factor) for factor in range(1, 10)]
    rows = (Row((Text("Ein Titel aus mehreren Wörtern"), *amounts)),)
    measures = measure(table(*rows, columns=(Column("Was"), *years)), NEUTRAL.sans, wide=False)
    assert sum(measures.widths) == pytest.approx(100, abs=0.01)
    assert measures.widths[0] * 1.66 >= 26
    assert min(measures.widths[1:]) * 1.66 >= 10
    assert measures.size == "denser", "nine amounts of ten digits and a title need smaller type"


def test_named_widths_hold() -> None:
    rows = (Row((Text("a"), Text("b"), Text("c"))),)
    columns = (Column("A", width=26), Column("B"), Column("C", width=40))
    first, second, third = measure(table(*rows, columns=columns), NEUTRAL.sans, wide=False).widths
    assert first * 1.66 == pytest.approx(26, abs=0.1)
    assert third * 1.66 == pytest.approx(40, abs=0.1)
    assert second * 1.66 == pytest.approx(100, abs=0.2)


def test_long_headings_of_narrow_matrices_are_turned() -> None:
    columns = (Column("Was", width=66), *(Column("Verkehrsverbund", Align.CENTRE, upright=True) for _ in range(15)))
    rows = (Row((Text("a"), *(Text("F") for _ in range(15)))),)
    tree = page(book(table(*rows, columns=columns)))
    assert len(tree.cssselect("th.turned span")) == 15
    few = (Row((Text("a"), Text("F"))),)
    assert not page(book(table(*few, columns=columns[:2]))).cssselect(".turned")


# --- values ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (Money(Amount(1_240_000_000)), "12.400.000"),
        (Money(Amount(1_240_000_000), unit=True), f"12.400.000{NBSP}€"),
        (Money(Amount(0)), "–"),
        (Money(total([line(250, "a"), line(50, "b")])), "3"),
        (Quantity(Decimal("900"), "t/a"), f"900{NBSP}t/a"),
        (When(Month(2027, 3)), "03/2027"),
        (Grade(2), "●●○"),
        (Missing(), "fehlt"),
        (Nothing(), "–"),
        (Several((Text("a"), Text("b")), " · "), "a · b"),
    ],
)
def test_values_are_written_as_german_says(cell: Cell, text: str) -> None:
    tree = page(book(table(Row((Text("x"), cell)))))
    assert one(tree, "tbody td").text_content() == text


def test_grades_are_spoken_and_what_is_missing_is_marked() -> None:
    tree = page(book(table(Row((Missing(), Grade(3))))))
    assert one(tree, ".grade").get("aria-label") == "3 von 3"
    assert one(tree, ".missing").text_content() == "fehlt"


def test_shares_fill_the_bar_and_say_so() -> None:
    parts = (Share("EU", "EU", Amount(7500)), Share("Bund", "Bund", Amount(0)), Share("offen", "offen", Amount(2500)))
    tree = page(book(Shares(Amount(10000), parts, "bis 2031")))
    widths = [float(part.get("width", "0")) for part in tree.cssselect(".shares rect")]
    assert sum(widths) == pytest.approx(166, abs=1)
    assert "EU 75" in str(one(tree, ".shares title").text)
    assert [" ".join(part.text_content().split()) for part in tree.cssselect(".share")] == ["EU 75 %", "offen 25 %"]
    assert not page(book(Shares(Amount(0), parts, ""))).cssselect(".shares svg")


def test_two_short_facts_share_a_line_and_a_long_one_has_its_own() -> None:
    long = "Ein langer Wert, der auf einer halben Zeile nicht steht"
    values = ["kurz", long, "kurz", "kurz", "kurz", long]
    tree = page(book(Facts(tuple(Fact("l", Text(value)) for value in values))))
    assert [node.get("class") for node in tree.cssselect(".facts > div")] == [None, None, "half", "half", None, None]


def test_minor_facts_run_on() -> None:
    tree = page(book(Facts((Fact("Herkunft", Text("Aufruf")), Fact("Beteiligung", Text("B-01"))), minor=True)))
    assert not tree.cssselect(".facts")
    assert one(tree, "dl.minor").text_content() == "HerkunftAufruf BeteiligungB-01 "  # a line may end between two


def test_the_bar_of_a_term_lies_within_the_period_and_says_what_it_shows() -> None:
    tree = page(book(Schedule(2027, 2036, 2028.0, 2033.0, (2029.5, 2040.0), "#1f5fa8", "Von 2028 bis 2032.")))
    assert one(tree, ".schedule title").text == "Von 2028 bis 2032."
    ground, bar = tree.cssselect(".schedule rect")
    assert (ground.get("width"), bar.get("fill")) == ("166.0", "#1f5fa8")
    assert (float(str(bar.get("x"))), float(str(bar.get("width")))) == pytest.approx((16.6, 83.0))
    assert [node.text for node in tree.cssselect(".schedule text")] == [str(year) for year in range(2027, 2037)]
    marks = [str(node.get("transform")) for node in tree.cssselect(".schedule path[transform]")]
    assert marks == ["translate(41.500 2.2)", "translate(164.300 2.2)"], "a milestone at the end is seen whole"


def test_milestones_that_would_cover_each_other_are_one_with_their_number() -> None:
    tree = page(book(Schedule(2027, 2036, 2028.0, 2033.0, (2029.5, 2031.0, 2031.1), "#1f5fa8", "Von 2028 bis 2032.")))
    assert len(tree.cssselect(".schedule path[transform]")) == 1
    number = tree.cssselect(".schedule text")[0]
    assert number.text == "2"
    half = width(NEUTRAL.sans, "2", 7.5, 600) / 2
    assert float(str(number.get("x"))) == pytest.approx(16.6 * 4.05 - half, abs=0.001)


# --- sections and prose ---------------------------------------------------------------------------------------------


def test_only_landscape_blocks_lie_landscape() -> None:
    wide = replace(table(Row((Text("a"), Nothing()))), wide=True)
    tree = page(book(para({"t": "Str", "c": "davor"}), wide, Prose([paragraph(text_inlines("lang " * 300))])))
    assert len(one(tree, ".wide").cssselect("table")) == 1
    assert not tree.cssselect(".wide .prose")
    assert not tree.cssselect(".wide h1"), "the heading stays with the text that follows it"
    assert len(tree.cssselect(".prose.ends")) == 2, "the last lines before a page know it, upright and landscape"


def test_a_few_last_words_stay_below_a_landscape_table() -> None:
    wide = replace(table(Row((Text("a"), Nothing()))), wide=True)
    tree = page(book(para({"t": "Str", "c": "davor"}), wide, para({"t": "Str", "c": "danach"})))
    assert one(tree, ".wide .prose").text_content().strip() == "danach"


def test_labelled_texts_of_a_sheet_stand_in_columns_one_after_the_other() -> None:
    texts = [Prose([paragraph(text_inlines("Text"))], label=label) for label in ("Ausgangslage", "Ziel", "Wirkung")]
    document = book(*texts[:2], table(Row((Text("a"), Nothing()))), texts[2])
    columns = page(_as_sheet(document)).cssselect(".texts")
    assert [[label.text_content() for label in text.cssselect(".label")] for text in columns] == [
        ["Ausgangslage", "Ziel"],
        ["Wirkung"],
    ]
    assert not page(document).cssselect(".texts")


def test_texts_of_a_sheet_have_headings() -> None:
    typed = {"t": "Header", "c": [1, ["", [], []], text_inlines("Schritte")]}
    tree = page(_as_sheet(book(Prose([typed], label="Umsetzung"), Prose([typed]))))
    headings = [(each.tag, each.get("class"), each.get("data-bookmark")) for each in tree.cssselect("h1, h2, h3, h4")]
    (section,) = book().sections
    below, deeper = (f"h{section.level + step}" for step in (1, 2))
    assert [each[:2] for each in headings[1:]] == [(below, "label"), (deeper, "subhead"), (below, "subhead")]
    assert not any(bookmark for _, _, bookmark in headings[1:])


def _as_sheet(document: Document) -> Document:
    (section,) = document.sections
    return replace(document, sections=(replace(section, kind=SectionKind.SHEET),))


def test_a_typed_table_in_a_column_of_text_gives_long_texts_the_room() -> None:
    typed = typed_table(("Baustein", "Ansatz", "Leer"), ("Zugbildungsgleise und Ladestraße", "10,8 Mio.\u00a0€", ""))
    tree = page(_as_sheet(book(Prose([typed], label="Umsetzung"))))
    assert one(tree, ".texts .typed").get("class") == "typed kept"
    assert one(tree, ".texts .typed").get("summary") == "Umsetzung: Baustein, Ansatz, Leer"
    styles = [str(column.get("style")) for column in tree.cssselect(".typed col")]
    text, money, empty_one = (float(style.removeprefix("width:").rstrip("%")) for style in styles)
    assert text + money + empty_one == pytest.approx(100, abs=0.1)
    assert text > money > empty_one > 5


def test_a_typed_table_that_would_be_high_in_a_column_stands_between_the_texts() -> None:
    typed = typed_table(
        ("Korridor", "Transporte"), *[("Glauchau, Meerane, Zwickau", "Anlagen, Aggregate und Stahlbau " * 3)] * 4
    )
    texts = [paragraph(text_inlines("Davor")), typed, paragraph(text_inlines("Danach"))]
    section = one(
        page(
            _as_sheet(book(Prose(texts, Randnummer("1/1", "rn-1-1"), label="Umsetzung"), Prose([typed], label="Ziel")))
        ),
        "section",
    )
    parts = [part for part in section if part.get("class") in ("texts", "prose labelled")]
    assert [(part.get("class"), part.text_content().split()[0][:8]) for part in parts] == [
        ("texts", "Umsetzun"),
        ("prose labelled", "Korridor"),
        ("texts", "Danach"),
        ("prose labelled", "Korridor"),
    ]
    assert [label.text_content() for label in section.cssselect(".label")] == ["Umsetzung 1/1", "Ziel"]


def test_bookmarks_name_number_and_title() -> None:
    document = book()
    sheet = Section(
        "WIR-004", SectionKind.SHEET, 2, "WIR-004", "Batterie", (), kicker="WIR-004 · Feld", colour="#1f5fa8"
    )
    third = Section("s3", SectionKind.SECTION, 3, "", "Drei", ())
    tree = page(replace(document, sections=(*document.sections, sheet, third)))
    assert one(tree, "h1").get("data-bookmark") == "1 Eins"
    assert one(tree, "h2").get("data-bookmark") == "WIR-004 Batterie"
    assert one(tree, "h2").text_content() == "Batterie", "the kicker says the id already"
    assert one(tree, "h3").get("class") == "unmarked"


def test_notes_are_numbered_anew_where_a_page_opens() -> None:
    note = {"t": "Note", "c": [paragraph(text_inlines("Stand 2026"))]}
    document = book(para(note), para(note))
    second = replace(document.sections[0], id="kap-zwei")
    tree = page(replace(document, sections=(*document.sections, second)))
    assert [note.get("data-n") for note in tree.cssselect(".footnote")] == ["1", "2", "1", "2"]


def test_notes_of_a_table_stand_below_it() -> None:
    """At the foot of the page WeasyPrint 70 leaves a note even where its row goes to the next page."""
    note = {"t": "Note", "c": [paragraph(text_inlines("Stand 2026"))]}
    noted = Row((Rich([paragraph([{"t": "Str", "c": "Zahl"}, note])]), Nothing()))
    tree = page(book(para(note), table(noted), para(note)))
    assert [call.text_content() for call in tree.cssselect("td .call, th .call")] == ["2"]
    assert [below.text_content() for below in tree.cssselect(".table > .noted")] == ["2\u2002Stand 2026"]
    assert [at_foot.get("data-n") for at_foot in tree.cssselect(".footnote")] == ["1", "3"]


def test_prose_of_all_kinds() -> None:
    """What pandoc's Markdown reader can yield is written as HTML, quotation marks as in German."""
    kinds = json.loads(
        """[{"t":"Para","c":[{"t":"Emph","c":[{"t":"Str","c":"a"}]},{"t":"Space"},{"t":"Strong","c":[{"t":"Str","c":"b"}]},
        {"t":"Quoted","c":[{"t":"DoubleQuote"},[{"t":"Str","c":"q"}]]},{"t":"Code","c":[["",[],[]],"c<d"]},{"t":"LineBreak"},
        {"t":"Str","c":"Ende:"}]},
        {"t":"OrderedList","c":[[3,{"t":"LowerAlpha"},{"t":"Period"}],[[{"t":"Plain","c":[{"t":"Str","c":"eins"}]}]]]},
        {"t":"BlockQuote","c":[{"t":"Para","c":[{"t":"Str","c":"Zitat"}]}]},
        {"t":"DefinitionList","c":[[[{"t":"Str","c":"Wort"}],[[{"t":"Plain","c":[{"t":"Str","c":"Sinn"}]}]]]]},
        {"t":"CodeBlock","c":[["",[],[]],"x < y"]},{"t":"HorizontalRule"}]"""
    )
    html = str(ProseWriter(Path("/nowhere"), RefWriter(), Abbreviations(()), NEUTRAL.sans).blocks(kinds))
    assert '<p class="leads-on"><em>a</em> <strong>b</strong>„q“<code>c&lt;d</code><br>Ende:</p>' in html
    assert '<ol start="3" type="a"><li>eins</li></ol>' in html
    assert "<blockquote><p>Zitat</p></blockquote>" in html
    assert '<dl class="terms"><div><dt>Wort</dt><dd>Sinn</dd></div></dl>' in html
    assert "<pre>x &lt; y</pre>" in html


def test_an_abbreviation_is_explained_at_its_first_use_where_a_page_opens() -> None:
    words = para(*text_inlines("EFRE (ESF+), EFRE-Mittel; <EFREX>, A-EFRE"))
    pairs = (("ESF", "falsch"), ("ESF+", "Sozialfonds"), ("EFRE", "Fonds & Co."))
    tree = page(book(words, words, abbreviations=pairs))
    found = [(item.text, item.get("title")) for item in tree.cssselect("abbr")]
    assert found == [("EFRE", "Fonds & Co."), ("ESF+", "Sozialfonds")]
    again = book(words, abbreviations=pairs)
    twice = replace(again, sections=(*again.sections, replace(again.sections[0], id="kap-zwei")))
    assert len(page(twice).cssselect("abbr")) == 4
    assert page(book(words)).cssselect("abbr") == []


def test_a_foreign_passage_says_its_language() -> None:
    span = {"t": "Span", "c": [["", [], [["lang", "en"]]], text_inlines("Just Transition Fund")]}
    plain_span = {"t": "Span", "c": [["x", ["y"], []], text_inlines("Fonds")]}
    tree = page(book(para(span, plain_span)))
    assert one(tree, "[lang=en]").text == "Just Transition Fund"
    assert "Fonds</p>" in lxml.html.tostring(one(tree, ".prose p"), encoding="unicode")


def test_same_document_gives_the_same_html(document: Document, specimen: Path) -> None:
    assert render_html(document, specimen / "chapters") == render_html(document, specimen / "chapters")
