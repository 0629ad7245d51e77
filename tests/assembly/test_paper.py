"""paper: the bytes of a PDF are read as the standard has it, in whatever form they are written, and junk ends soon."""

from __future__ import annotations

import time
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from assembly.paper.content import Content, Font, read_content
from assembly.paper.kept import Kept
from assembly.paper.look import Box, Spot, look
from assembly.paper.objects import Name, Objects, Reference, parse, text
from assembly.paper.sheet import Sheet, read_sheets
from assembly.paper.tree import Element, read_tree

LETTERS = Font({65: "A", 66: "B", 1: "x"}, {65: 500, 66: 700}, 1000, wide=False)
GLYPHS = Font({1: "A", 2: "ffi"}, {1: 500}, 1000, wide=True)


def shown(content: bytes) -> list[tuple[object, ...]]:
    """Return mark, artifact, text and place of every text of a page."""
    runs = read_content(content, {"F": LETTERS, "G": GLYPHS}).runs
    return [
        (run.mcid, run.artifact, one.text, *(round(edge, 2) for edge in one[4:7])) for run in runs for one in run.shown
    ]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"BT /F 10 Tf 1 0 0 1 5 6 Tm (AB) Tj ET", (None, False, "AB", 5, 6, 17)),
        (b"BT /F 10 Tf 5 6 Td (A\\102) Tj ET", (None, False, "AB", 5, 6, 17)),
        (b"BT /F 10 Tf 5 6 Td [(A)1000(B)] TJ ET", (None, False, "AB", 5, 6, 7)),
        (b"BT /G 10 Tf 5 6 Td [<00010002>500] TJ ET", (None, False, "Affi", 5, 6, 15)),
        (b"BT /F 10 Tf 12 TL 5 30 Td T* (A)' ET", (None, False, "A", 5, 6, 10)),
        (b"2 0 0 2 1 1 cm BT /F 10 Tf 5 6 Td (A) Tj ET", (None, False, "A", 11, 13, 21)),
        (b"q 2 0 0 2 1 1 cm Q BT /F 10 Tf 5 6 Td (A) Tj ET", (None, False, "A", 5, 6, 10)),
        (b"0 1 -1 0 0 0 cm BT /F 10 Tf 5 6 Td (A) Tj ET", (None, False, "A", -12.6, 5, -6)),
        (b"/P <</MCID 3>> BDC BT /F 10 Tf 5 6 Td (A) Tj ET EMC", (3, False, "A", 5, 6, 10)),
        (b"/P <</MCID 3>> BDC /Span <</E (x)>> BDC BT /F 10 Tf 5 6 Td (A) Tj ET EMC EMC", (3, False, "A", 5, 6, 10)),
        (b"/Artifact <</Type /Pagination>> BDC BT /F 10 Tf 5 6 Td (A) Tj ET EMC", (None, True, "A", 5, 6, 10)),
        (b"/Artifact BMC 0 0 m 1 1 l S EMC BT /F 10 Tf 5 6 Td (A) Tj ET", (None, False, "A", 5, 6, 10)),
        (b"1 0 0 -1 0 100 cm BT 1 0 0 -1 5 94 Tm /F 10 Tf [<41>] TJ ET", (None, False, "A", 5, 6, 10)),
        (
            b"1 0 0 -1 0 100 cm /Span\n<</MCID 3>>\nBDC\n/a1.0 gs\n0 0 0 rg\n"
            b"BT\n1 0 0 -1 5 94 Tm\n/G 10 Tf\n[<0001>0] TJ\nET\nEMC",
            (3, False, "A", 5, 6, 10),
        ),
        (b"BI /W 1 ID (B) Tj EI BT /F 10 Tf 5 6 Td (A) Tj ET", (None, False, "A", 5, 6, 10)),
    ],
)
def test_texts_are_read_in_every_form(content: bytes, expected: tuple[object, ...]) -> None:
    assert shown(content) == [expected]


def test_a_missing_glyph_is_counted() -> None:
    runs = read_content(b"BT /G 1 Tf [<00000001>] TJ ET", {"G": GLYPHS}).runs
    assert [run.holes for run in runs if run.shown] == [1]


def test_what_is_painted_outside_all_marks_is_seen() -> None:
    assert read_content(b"0 0 m 1 1 l S", {}).runs[0].painted
    assert not read_content(b"/Artifact BMC 0 0 m 1 1 l S EMC", {}).runs[0].painted


@pytest.mark.parametrize(
    "junk", [b"1", b"1 ", b"(", b"/x ", b"<<", b"<</a ", b"[ ", b"BT ", b"1 0 0 -1 ", b"q ", b"\x80"]
)
def test_junk_is_passed_over_soon(junk: bytes) -> None:
    start = time.perf_counter()
    assert [run.shown for run in read_content(junk * 3000, {}).runs] == [[]]
    assert time.perf_counter() - start < 5


@pytest.mark.parametrize(
    ("written", "value"),
    [
        (b"<</A 1/B [2 .5 -3]/C/Name#20x>>", {"A": 1, "B": [2, 0.5, -3], "C": "Name x"}),
        (b"[1 0 R 2 true null]", [Reference(1), 2, True, None]),
        (b"(a\\(b\\)\\n\\101(c))", b"a(b)\nA(c)"),
        (b"<414>", b"A@"),
        (b"", None),
    ],
)
def test_values_are_read(written: bytes, value: object) -> None:
    assert parse(written) == value


def test_a_name_is_no_string() -> None:
    assert isinstance(parse(b"/Name"), Name)
    assert text(parse(b"<feff00e4>")) == text(parse(b"(\xe4)")) == "ä"
    assert text(parse(b"/Name")) == ""


@pytest.mark.parametrize("written", [b"<</A", b"[[" * 200, b"<</A 1/B>>", b"endobj"])
def test_what_is_no_value_is_refused(written: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse(written)


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.7", b"startxref\n9\n%%EOF", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\nstartxref\n9\n%%EOF"]
)
def test_what_is_no_pdf_is_refused(content: bytes) -> None:
    with pytest.raises(Exception, match=r".") as refused:
        Objects(content)
    assert type(refused.value).__name__ in ("PdfError", "ValueError")


WORDS = {1: {7: "eins", 8: "drei"}, 2: {0: "zwei"}}


def test_the_tree_is_a_text_in_reading_order() -> None:
    raw = {
        1: b"<</S /Sect/K [2 0 R 4 0 R]>>",
        2: b"<</Type /StructElem/S /H1/K [3 0 R]/Pg 90 0 R/P 1 0 R>>",
        3: b"<</Type /StructElem/S /Span/K [7]/Pg 90 0 R/P 2 0 R>>",
        4: b"<</S /P/Pg 91 0 R/K [0 <</Type /MCR/Pg 90 0 R/MCID 8>> <</Type /OBJR/Obj 50 0 R>> 5 0 R]/Alt (/S /X)>>",
        5: b"<</S /Link/K 6 0 R/Pg 91 0 R>>",
        6: b"<</Type /OBJR/Obj 51 0 R>>",
    }
    visited: list[tuple[Element, str]] = []
    runs = read_tree(
        [6, 1, 3], lambda number: raw.get(number, b""), {90: 1, 91: 2}, WORDS.__getitem__,
        lambda *visit: visited.append(visit),
    )  # fmt: skip
    (whole, text), (second, again) = visited
    assert text == "einszweidrei"
    assert (second.role, second.start, second.end, again) == ("Span", 12, 16, "eins")
    assert runs.between(0, runs.end) == [(1, 7), (2, 0), (1, 8), (1, 7)]
    assert runs.between(5, 9) == [(2, 0), (1, 8)]
    elements = [whole, *whole.walk()]
    assert [(element.role, text[element.start : element.end], element.links) for element in elements] == [
        ("Sect", "einszweidrei", ()), ("H1", "eins", ()), ("P", "zweidrei", (50,)), ("Link", "", (51,)),
    ]  # fmt: skip


def test_a_tree_in_a_circle_is_refused() -> None:
    with pytest.raises(ValueError, match="without end"):
        read_tree([1], lambda _: b"<</S /Sect/K [1 0 R]>>", {}, WORDS.__getitem__, print)


def sheet(words: bytes) -> Sheet:
    return Sheet([({}, b"/P <</MCID 3>> BDC BT /F 10 Tf 5 6 Td (%s) Tj ET EMC" % words)], {"F": LETTERS}, b"")


def test_pages_are_kept_by_what_they_are_read_from(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = Kept(tmp_path, "book")
    seen = read_sheets([sheet(b"A"), sheet(b"AB")], first, None)
    assert [look.texts for look in seen] == [["A"], ["AB"]]
    first.save()
    read: list[bytes] = []

    def note(content: bytes, fonts: Mapping[str, Font]) -> Content:
        read.append(content)
        return read_content(content, fonts)

    monkeypatch.setattr("assembly.paper.sheet.read_content", note)
    assert read_sheets([sheet(b"A"), sheet(b"AB")], Kept(tmp_path, "book"), None) == seen
    assert read == []
    assert read_sheets([sheet(b"B"), sheet(b"AB")], Kept(tmp_path, "book"), None)[1] == seen[1]
    assert len(read) == 1
    read_sheets([sheet(b"A")], Kept(tmp_path, "other"), None)
    assert len(read) == 2
    for path in tmp_path.rglob("*"):
        if path.is_file():
            path.write_bytes(path.read_bytes()[:-3])
    assert read_sheets([sheet(b"A"), sheet(b"AB")], Kept(tmp_path, "book"), None) == seen
    assert len(read) == 4


def test_workers_see_the_same() -> None:
    sheets = [sheet(b"AB"[: 1 + number % 2] * (1 + number)) for number in range(50)]
    alone = read_sheets(sheets, Kept(), None)
    with ProcessPoolExecutor(2) as pool:
        assert read_sheets(sheets, Kept(), pool) == alone
    assert len({look.texts[0] for look in alone}) > 40


def test_a_look_gathers_what_belongs_to_one_mark() -> None:
    content = (
        b"/P <</MCID 3>> BDC BT /F 10 Tf 5 6 Td (A) Tj ET EMC /Artifact BMC BT 50 60 Td (B) Tj ET EMC"
        b" /P <</MCID 3>> BDC BT 20 9 Td (B) Tj ET EMC"
    )
    seen = look(read_content(content, {"F": LETTERS}))
    assert [*seen.some((0, 1))] == [Spot(None, "B", Box(50, 60, 57, 66.6)), Spot(3, "A B", Box(5, 6, 27, 15.6))]
    assert seen.covering == []


@pytest.mark.parametrize(("x", "y", "covers"), [(6, 7, True), (6, 15, False), (30, 7, False), (9, 7, False)])
def test_texts_that_cover_each_other_are_seen(x: int, y: int, covers: bool) -> None:
    content = b"BT /F 10 Tf 5 6 Td (A) Tj ET BT %d %d Td (B) Tj ET" % (x, y)
    assert look(read_content(content, {"F": LETTERS})).covering == ([("A", "B")] if covers else [])


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"0 0 0 rg %b", ""),
        (b"3 Tr %b", "gone"),
        (b"/a0.1 gs %b", "gone"),
        (b"q /a0.1 gs 3 Tr 1 g Q %b", ""),
        (b"0.9 1 0.9 rg %b", "pale"),
        (b"1 g %b", "pale"),
        (b"0.1 0 0 rg 0 0 40 40 re f 1 g %b", ""),
        (b"0.1 0 0 rg 0 0 40 40 re f 0.2 g %b", "pale"),
        (b"0.1 0 0 rg 0 0 40 40 re f 1 g 0 0 40 40 re f %b", "pale"),
        (b"0.1 0 0 rg 0 0 40 40 re f %b", "pale"),
        (b"0 0 3 3 re W n %b", "cut"),
        (b"0 0 99 99 re W n %b", ""),
        (b"%b 1 g 0 0 40 40 re f", "covered"),
        (b"%b /a0.2 gs 0 0 40 40 re f", ""),
        (b"%b 0 0 40 40 re 1 1 38 38 re f*", ""),
        (b"%b 0 0 m 0 40 m 40 80 l 80 40 l 40 0 l h f", ""),
        (b"%b 0 0 m 2 2 m 60 2 l 60 40 l 2 40 l h B", "covered"),
        (b"%b 50 50 99 99 re W n 0 0 40 40 re f", ""),
        (b"%b 0 0 40 40 re S", ""),
    ],
)
def test_a_text_that_nobody_sees_is_told(content: bytes, why: str) -> None:
    page = read_content(content % b"BT /F 10 Tf 5 6 Td (A) Tj ET", {"F": LETTERS})
    assert look(page).unseen == ([("A", why)] if why else [])


@pytest.mark.parametrize(
    ("content", "edges"),
    [
        (b"0 6 m 4 6 l S", [0, 6, 4, 6]),
        (b"1 0 0 -1 0 100 cm /Artifact BMC q 0 0 0 RG 20 3 m 30 3 l S Q EMC", [20, 97, 30, 97]),
        (b"/Artifact BMC q 9 9 m 1 9 l 1 2 l 9 2 l W* n 0 0 0 rg 1 2 8 7 re 2 3 6 5 re f* Q EMC", [1, 2, 9, 9]),
        (b"q 0 0 8 8 re W n 0 0 m 1 1 m 99 1 l 99 99 l h f Q 6 7 1 1 re f", [1, 1, 8, 8]),
        (b"3 0 2 5 re f 3 2 2 9 re f", [3, 0, 5, 11]),
        (b"6 7 1 1 re f", []),
        (b"0 0 m 99 99 l n", []),
    ],
)
def test_what_is_drawn_beyond_the_words_is_told(content: bytes, edges: list[float]) -> None:
    page = read_content(b"/P <</MCID 3>> BDC BT /F 10 Tf 5 6 Td (A) Tj ET EMC " + content, {"F": LETTERS})
    assert [*look(page).drawn] == edges
