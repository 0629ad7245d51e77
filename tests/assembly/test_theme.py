"""The theme: what it sets reaches every format, what it cannot set well is said, and no colour stands anywhere else."""

from __future__ import annotations

import io
import os
import re
import zipfile
from base64 import b64decode
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import lxml.html
import pytest
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables._k_e_r_n import KernTable_format_0
from PIL import Image

from assembly import pipeline
from assembly.colours import AA, contrast, legible
from assembly.document import Document, SectionKind
from assembly.paper import Book
from assembly.proofread import proofread
from assembly.render_docx import render_docx
from assembly.render_pdf import render_html, render_pdf
from assembly.render_pdf.stylesheet import stylesheet
from assembly.render_pdf.workshop import Place, Workshop
from assembly.resolve.fonts import unfit_font
from assembly.resolve.logos import unfit_logo
from assembly.theme import COLOURS, FONTS, NEUTRAL, Face, Theme, Typeface
from tests.plans import ROOT, codes, copy_with, document_of

HOME = ROOT / "assembly/theme.py"
COLOUR = re.compile(r"#[0-9a-fA-F]{6}\b|#[0-9a-fA-F]{3}\b(?=[;\s\"'}])|\brgba?\(|\bhsla?\(")
WORD_COLOUR = re.compile(
    r"(?:color|background|fill|stroke|border[\w-]*)\s*[:=]\s*\"?(?:black|white|gr[ae]y|red|blue)\b"
)
OTHER = {"accent": "#7a1f1f", "text": "#202020", "soft": "#4f4f4f", "line": "#c0c0b0", "warning": "#8a3b00",
         "surface": "#f1f1ea"}  # fmt: skip
THEME = """\
farben:
  akzent: "#7a1f1f"
  text: "#202020"
  text_leise: "#4f4f4f"
  linie: "#c0c0b0"
  warnung: "#8a3b00"
  flaeche: "#f1f1ea"
schriften:
  grundschrift: {normal: gestaltung/P-R.ttf, kursiv: gestaltung/P-I.ttf, fett: gestaltung/P-B.ttf}
  lesetext: {normal: gestaltung/Q-R.ttf, kursiv: gestaltung/Q-I.ttf, fett: gestaltung/Q-B.ttf}
"""


def renamed(file: str, family: str) -> bytes:
    """Return a shipped font under another family name."""
    with TTFont(FONTS / file) as font:
        for record in font["name"].names:
            if record.nameID in (1, 4, 6, 16):
                record.string = family
        output = io.BytesIO()
        font.save(output)
    return output.getvalue()


@pytest.fixture(scope="module")
def themed(tmp_path_factory: pytest.TempPathFactory) -> Document:
    """Return the specimen's book in a theme of which everything is its own."""
    files: dict[str, str | bytes | None] = {"framework/theme.yaml": THEME}
    for letter, family, stem in (("P", "Probe Sans", "SourceSans3"), ("Q", "Probe Serif", "SourceSerif4")):
        for short, face in (("R", "Regular"), ("I", "It"), ("B", "Bold")):
            files[f"framework/gestaltung/{letter}-{short}.ttf"] = renamed(f"{stem}-{face}.ttf", family)
    return document_of(copy_with(tmp_path_factory.mktemp("theme"), files))


# --- one home, and every format ---------------------------------------------------------------------------------------


def test_no_colour_stands_outside_the_home_of_the_theme() -> None:
    files = [
        *(ROOT / "assembly").rglob("*.py"),
        *(ROOT / "templates").rglob("*.css"),
        *(ROOT / "templates").rglob("*.j2"),
    ]
    assert len(files) > 100
    assert len(COLOUR.findall(HOME.read_text(encoding="utf-8"))) >= len(COLOURS), "the pattern sees colours"
    for file in files:
        code = re.sub(r'""".*?"""|^\s*#.*$', "", file.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
        assert file == HOME or not COLOUR.findall(code) + WORD_COLOUR.findall(code), file


def test_the_neutral_colours_can_be_read() -> None:
    assert all(contrast(colour, "#ffffff") >= AA for name, colour in NEUTRAL.colours.items() if name in
               ("accent", "text", "soft", "warning"))  # fmt: skip
    assert contrast(NEUTRAL.text, NEUTRAL.surface) >= AA


def test_the_theme_is_in_effect(themed: Document) -> None:
    assert dict(themed.theme.colours) == OTHER
    assert (themed.theme.sans.family, themed.theme.serif.family) == ("Probe Sans", "Probe Serif")
    assert themed.theme.sans.file(600).name == "P-B.ttf", "without a semibold face the bold one"
    assert themed.theme.sans.file(italic=True).name == "P-I.ttf"


def test_the_pdf_is_set_in_the_theme_alone(themed: Document, specimen: Path) -> None:
    html = render_html(themed, specimen / "chapters").whole
    for name, colour in OTHER.items():
        assert html.count(colour) >= 1, name
        assert NEUTRAL.colours[name] not in html, name
    drawn = "".join(re.findall(r"<svg.*?</svg>", html, re.DOTALL))
    assert OTHER["text"] in drawn
    assert "Probe Sans" in drawn
    assert NEUTRAL.sans.family not in drawn
    assert "P-R.ttf" in html
    assert '"Probe Serif"' in html.rpartition("@font-face")[2], "in the rules, not only where the fonts are named"


def test_the_docx_is_set_in_the_theme_alone(themed: Document, specimen: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(render_docx(themed, specimen / "chapters"))) as package:
        xml = {name: package.read(name).decode() for name in package.namelist() if name.endswith(".xml")}
        fonts = [name for name in package.namelist() if name.endswith(".odttf")]
    styles = xml["word/styles.xml"]
    for name, colour in OTHER.items():
        assert colour[1:].upper() in styles, name
        assert not any(NEUTRAL.colours[name][1:].upper() in part.upper() for part in xml.values()), name
    assert "Source S" not in "".join(xml.values())
    assert 'w:name="Probe Sans"' in xml["word/fontTable.xml"]
    assert 'typeface="Probe Serif"' in xml["word/theme/theme1.xml"]
    assert len(fonts) == 6


def test_pictures_of_the_docx_are_drawn_in_the_theme(themed: Document, specimen: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(render_docx(themed, specimen / "chapters"))) as package:
        names = [name for name in package.namelist() if name.endswith(".png")]
        colours = {colour for name in names for colour in _colours(package.read(name))}
    assert names
    assert OTHER["accent"] in colours
    assert NEUTRAL.accent not in colours


def _colours(png: bytes) -> set[str]:
    with Image.open(io.BytesIO(png)) as image:
        found = image.convert("RGB").getcolors(1 << 24) or []
    return {"#" + bytes(colour).hex() for _, colour in found if isinstance(colour, tuple)}


def test_without_a_file_the_book_is_neutral(tmp_path: Path) -> None:
    assert document_of(copy_with(tmp_path, {"framework/theme.yaml": None})).theme == NEUTRAL


def test_a_name_of_a_font_cannot_end_its_string(themed: Document) -> None:
    hostile = replace(NEUTRAL.serif, family='x"; } </style> * { color: red')
    html = render_html(replace(themed, theme=replace(themed.theme, serif=hostile)), Path("/nowhere")).whole
    assert '"x; } /style> * { color: red"' in html
    assert html.count("</style>") == 1


def test_what_is_kept_of_pages_is_of_one_theme(tmp_path: Path) -> None:
    page = "<p>Wort</p>"

    def key(theme: Theme) -> str:
        return Workshop(Place(stylesheet(theme), ()), None, None)._key(page)

    font = tmp_path / "Schrift.ttf"
    font.write_bytes(b"eins")
    own = replace(NEUTRAL, serif=Typeface("Schrift", (Face(font),)))
    keys = [key(NEUTRAL), key(replace(NEUTRAL, accent="#7a1f1f")), key(own)]
    font.write_bytes(b"zwei")
    keys.append(key(own))
    assert len({*keys, key(NEUTRAL)}) == len(keys) == 4


# --- logos and tabs ---------------------------------------------------------------------------------------------------


def test_logos_stand_on_the_cover_and_in_the_imprint_with_their_words(document: Document, specimen: Path) -> None:
    words = "Zeichen des Musterplans, ein M auf dunklem Grund"
    tree = lxml.html.document_fromstring(render_html(document, specimen / "chapters").whole)
    found = tree.cssselect(".cover .logos img") + tree.cssselect("#impressum .logos img")
    assert [image.get("alt") for image in found] == [words, words]
    drawing = (specimen / "framework/gestaltung/logo.svg").read_bytes()
    assert {b64decode(image.get("src", "").removeprefix("data:image/svg+xml;base64,")) for image in found} == {drawing}
    with zipfile.ZipFile(io.BytesIO(render_docx(document, specimen / "chapters"))) as package:
        body = package.read("word/document.xml").decode()
        assert body.count(f'descr="{words}"') == 2
        assert drawing in [package.read(name) for name in package.namelist() if name.endswith(".svg")]


def test_every_field_has_a_tab_at_a_height_of_its_own() -> None:
    fields = [(f"F{number:02d}", colour) for number, colour in enumerate(("#1f5fa8", "#ffcc00", "#0f766e") * 10)]
    css = stylesheet(NEUTRAL, fields).css
    tab = r'@page sheet-(\w+) { @right-top { content: "\w+"; background: (#\w+); color: (#\w+); margin-top: ([\d.]+)mm'
    tabs = re.findall(tab, css)
    assert [key for key, *_ in tabs] == [key for key, _ in fields]
    assert all(contrast(ground, ink) >= AA for _, ground, ink, _ in tabs)
    heights = [float(height) for *_, height in tabs]
    assert heights == sorted(set(heights))
    assert max(heights) + 14 <= 252, "the last one still stands beside the text"
    assert ", sheet-F29 {" in css, "their pages have the margins of sheets"


def test_the_tab_of_a_sheet_is_no_content(document: Document, specimen: Path) -> None:
    sheets = tuple(section for section in document.sections if section.kind is SectionKind.SHEET)
    plain = [replace(section, blocks=section.blocks[:1]) for section in sheets]
    anchored = replace(document, sections=tuple(plain), attachments=())
    content = render_pdf(anchored, specimen / "chapters")
    pages = Book(content).pages
    assert len(pages) == len(sheets) == 2
    for page, section in zip(pages, sheets, strict=True):
        (tab,) = page.look.some([place for place, text in enumerate(page.look.texts) if text.strip() == section.field])
        assert tab.mcid is None
        assert tab.box.left > 190 * 72 / 25.4


# --- what is said of what cannot be set -------------------------------------------------------------------------------


@pytest.mark.parametrize("ground", ["#ffffff", "#f3f5f7", "#000000", "#0f4c5c"])
@pytest.mark.parametrize("colour", ["#ffcc00", "#999999", "#ff0000", "#00ffff", "#123456"])
def test_the_proposed_colour_is_legible(colour: str, ground: str) -> None:
    found = legible(colour, ground, AA)
    assert contrast(found, ground) >= AA
    assert (found == colour) == (contrast(colour, ground) >= AA), "what is good enough is left alone"


def test_the_proposed_colours_are_taken(tmp_path: Path) -> None:
    theme = 'farben: {akzent: "#7fb2c0", flaeche: "#777777"}\n'
    plan = copy_with(tmp_path, {"framework/theme.yaml": theme})
    faults = pipeline.check(plan).faults
    assert {fault.code for fault in faults} == {"THM-001"}
    for _ in range(2):  # what was too faint on white is held against the surface when it is not
        for fault in faults:
            theme = re.sub(rf'{fault.place.path[-1]}: "#\w+"', f'{fault.place.path[-1]}: "{fault.hint[-7:]}"', theme)
        (plan / "framework/theme.yaml").write_text(theme, encoding="utf-8")
        faults = pipeline.check(plan).faults
    assert faults == [], theme


def _with(change: Callable[[TTFont], object]) -> bytes:
    with TTFont(FONTS / "SourceSerif4-Regular.ttf") as font:
        change(font)
        output = io.BytesIO()
        font.save(output)
    return output.getvalue()


def _licence(bits: int) -> bytes:
    return _with(lambda font: setattr(font["OS/2"], "fsType", bits))


def _without(sign: str) -> bytes:
    def drop(font: TTFont) -> None:
        for table in font["cmap"].tables:
            getattr(table, "cmap", {}).pop(ord(sign), None)

    return _with(drop)


@pytest.mark.parametrize("bits", [0, 0x008, 0x004 | 0x008])
def test_a_font_that_may_be_edited_is_taken(bits: int, tmp_path: Path) -> None:
    (tmp_path / "x.ttf").write_bytes(_licence(bits))
    assert unfit_font(tmp_path / "x.ttf") is None


@pytest.mark.parametrize("bits", [0x002, 0x004, 0x100, 0x200, 0x008 | 0x100])
def test_a_font_that_may_not_be_embedded_is_refused(bits: int, tmp_path: Path) -> None:
    (tmp_path / "x.ttf").write_bytes(_licence(bits))
    problem = unfit_font(tmp_path / "x.ttf")
    assert problem is not None
    assert re.search("einbetten|Einbetten|eingebettet|einzubetten", problem[0])


@pytest.mark.parametrize("sign", ["ß", "„", "€", "Ä"])
def test_a_font_without_a_german_sign_is_refused(sign: str, tmp_path: Path) -> None:
    (tmp_path / "x.ttf").write_bytes(_without(sign))
    problem = unfit_font(tmp_path / "x.ttf")
    assert problem is not None
    assert problem[0].endswith(f": {sign}")


def _proportional(*, tabular: bool) -> bytes:
    """Return a font with proportional figures; with tabular ones as a feature, or without any."""

    def change(font: TTFont) -> None:
        features = font["GSUB"].table.FeatureList.FeatureRecord
        (index,) = next(record.Feature.LookupListIndex for record in features if record.FeatureTag == "pnum")
        (rule,) = font["GSUB"].table.LookupList.Lookup[index].SubTable
        for table in font["cmap"].tables:
            table.cmap.update({code: rule.mapping.get(name, name) for code, name in table.cmap.items()})
        if not tabular:
            del font["GSUB"]

    return _with(change)


def test_a_font_without_figures_of_one_width_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.ttf").write_bytes(_proportional(tabular=False))
    problem = unfit_font(tmp_path / "x.ttf")
    assert problem is not None
    assert "verschieden breit" in problem[0]
    (tmp_path / "x.ttf").write_bytes(_proportional(tabular=True))
    assert unfit_font(tmp_path / "x.ttf") is None


def test_a_font_whose_figures_draw_near_is_set(document: Document, specimen: Path, tmp_path: Path) -> None:
    """Office fonts bring pairs of figures closer, „11“ above all: not where a number is filled in later."""

    def draw_near(font: TTFont) -> None:
        del font["GPOS"]
        subtable = KernTable_format_0()
        subtable.coverage, subtable.kernTable = 1, {("one", "one"): -80, ("zero", "zero"): -80}
        font["kern"] = newTable("kern")
        font["kern"].version, font["kern"].kernTables = 0, [subtable]

    faces = []
    for name, weight, italic in (("Regular", 400, False), ("It", 400, True), ("Semibold", 600, False)):
        with TTFont(FONTS / f"SourceSans3-{name}.ttf") as font:
            draw_near(font)
            font.save(tmp_path / f"{name}.ttf")
        assert unfit_font(tmp_path / f"{name}.ttf") is None
        faces.append(Face(tmp_path / f"{name}.ttf", weight, italic))
    book = replace(document, theme=replace(document.theme, sans=Typeface("Nah", tuple(faces))))
    assert len(document.sections) > 10
    assert proofread(book, render_pdf(book, specimen / "chapters")) == []


def test_a_damaged_font_is_refused_without_a_traceback(tmp_path: Path) -> None:
    whole = (FONTS / "SourceSans3-It.ttf").read_bytes()
    for cut in (0, 3, 12, 40, 400, 4000, len(whole) // 2):
        (tmp_path / "x.ttf").write_bytes(whole[:cut])
        assert unfit_font(tmp_path / "x.ttf") is not None, cut
    for place in range(0, 400, 7):
        (tmp_path / "x.ttf").write_bytes(whole[:place] + b"\xff\xff\xff" + whole[place + 3 :])
        unfit_font(tmp_path / "x.ttf")


def _svg(inside: str, attributes: str = 'viewBox="0 0 100 40"') -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}>{inside}</svg>'.encode()


def _picture(kind: str, size: tuple[int, int] = (400, 200), mode: str = "RGB") -> bytes:
    output = io.BytesIO()
    Image.new(mode, size).save(output, kind)
    return output.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.svg", _svg('<rect width="9" height="9" fill="url(#a)"/><use href="#b"/>')),
        ("x.svg", _svg("<style>.a{fill:url(#b)}</style>")),
        ("x.png", _picture("PNG", mode="RGBA")),
        ("x.jpeg", _picture("JPEG")),
        ("x.JPG", _picture("JPEG", mode="L")),
    ],
)
def test_a_sound_logo_is_taken(name: str, content: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    assert unfit_logo(tmp_path / name) is None


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("x.gif", _picture("GIF"), "SVG, PNG oder JPEG"),
        ("x.svg", _svg("<script/>"), "Skript"),
        ("x.svg", _svg('<rect onload="x()"/>'), "Skript"),
        ("x.svg", _svg("<foreignObject/>"), "Skript"),
        ("x.svg", _svg('<image href="http://example.org/x.png"/>'), "von außen"),
        ("x.svg", _svg('<image xlink:href="../x.png" xmlns:xlink="http://www.w3.org/1999/xlink"/>'), "von außen"),
        ("x.svg", _svg('<a href="javascript:x()"/>'), "von außen"),
        ("x.svg", _svg('<rect style="fill:url(http://example.org/#x)"/>'), "von außen"),
        ("x.svg", _svg("<style>@import 'x.css';</style>"), "von außen"),
        ("x.svg", _svg("<text>Wort</text>"), "Pfade"),
        ("x.svg", _svg('<g id="a"><use href="#b"/><use href="#b"/></g>'), "Symbole"),
        ("x.svg", _svg("", 'width="10"'), "Maße"),
        ("x.svg", _svg("", 'viewBox="0 0 a 40"'), "Maße"),
        ("x.svg", _svg("", 'viewBox="0 0 0 40"'), "Maße"),
        ("x.svg", b'<!DOCTYPE svg [<!ENTITY a "b">]>' + _svg("&a;"), "DOCTYPE"),
        ("x.svg", b"<html/>", "kein SVG"),
        ("x.svg", b"\x00\x01", "kein lesbares SVG"),
        ("x.svg", _svg(" " * 1_000_000), "1000 kB"),
        ("x.png", _picture("JPEG"), "ist aber ein JPEG"),
        ("x.png", b"kein Bild", "kein lesbares PNG"),
        ("x.jpg", _picture("JPEG", mode="CMYK"), "RGB"),
        ("x.png", _picture("PNG", (40, 20)), "40 Bildpunkte"),
        ("x.png", _picture("PNG", (7000, 2)), "7000 Bildpunkte"),
    ],
)
def test_an_unfit_logo_is_refused(name: str, content: bytes, why: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    problem = unfit_logo(tmp_path / name)
    assert problem is not None
    assert why in " ".join(problem)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_said(tmp_path: Path) -> None:
    theme = "logos: [{datei: gestaltung/x.svg, alternativtext: Logo}]\n"
    plan = copy_with(tmp_path, {"framework/theme.yaml": theme, "framework/gestaltung/x.svg": _svg("")})
    (plan / "framework/gestaltung/x.svg").chmod(0)
    assert codes(pipeline.check(plan)) == ["THM-002"]


def test_a_link_out_of_the_plan_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "out.svg").write_bytes(_svg(""))
    theme = "logos: [{datei: gestaltung/x.svg, alternativtext: Logo}]\n"
    plan = copy_with(tmp_path, {"framework/theme.yaml": theme, "framework/gestaltung/.halt": ""})
    (plan / "framework/gestaltung/x.svg").symlink_to(tmp_path / "out.svg")
    assert codes(pipeline.check(plan)) == ["THM-002"]
    (plan / "framework/gestaltung/x.svg").unlink()
    (plan / "framework/gestaltung/x.svg").symlink_to(plan / "framework/gestaltung/x.svg")
    assert codes(pipeline.check(plan)) == ["THM-002"]
