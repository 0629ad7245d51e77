"""Styles: the style sheet of the DOCX, one line a style; everything in the document stands in one of them.

Names that Word builds in stay English (Word shows them in the reader's language), ours are German. Sizes are points,
distances of paragraphs points, indents millimetres. The look follows the PDF: the theme's sans for what is looked up,
its serif for what is read, rules instead of boxes.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assembly.document import Cover, Document
from assembly.render_docx.widths import TYPE_SIZE, Size, width_of
from assembly.render_docx.wordml import AXIS, LINE, RUNNING_TITLE, colour, escape, style_id, twips
from assembly.theme import Theme

SHEET_NUMBER = 32.0
TITLE_SIZES = ((38.0, 43.0), (30.0, 35.0), (24.0, 28.0), (20.0, 24.0))
"""Points of the cover's title and of its lines: the first that takes no more than `TITLE_HEIGHT` is used."""
TITLE_HEIGHT = 130.0
"""Room for the id before the title of a sheet, in millimetres."""


@dataclass(frozen=True, slots=True)
class Type:
    """How letters look: font, size in points, weight, colour; empty or 0: as the style it is based on."""

    font: str = ""
    size: float = 0
    bold: bool | None = None
    italic: bool | None = None
    colour: str = ""
    spacing: float = 0
    more: str = ""
    """What comes last in w:rPr: underline, border, position."""

    def xml(self) -> str:
        """Return the contents of w:rPr, in the order of the schema."""
        parts = []
        if self.font:
            parts.append(
                "<w:rFonts " + " ".join(f'w:{k}="{self.font}"' for k in ("ascii", "hAnsi", "eastAsia", "cs")) + "/>"
            )
        for name, flag in (("b", self.bold), ("i", self.italic)):
            if flag is not None:
                value = "" if flag else ' w:val="0"'
                parts.append(f"<w:{name}{value}/><w:{name}Cs{value}/>")
        if self.colour:
            parts.append(f'<w:color w:val="{self.colour}"/>')
        if self.spacing:
            parts.append(f'<w:spacing w:val="{round(self.spacing * 20)}"/>')
        if self.size:
            parts.append(f'<w:sz w:val="{round(self.size * 2)}"/><w:szCs w:val="{round(self.size * 2)}"/>')
        return "".join((*parts, self.more))


@dataclass(frozen=True, slots=True)
class Shape:
    """How a paragraph stands: distances in points, indents in millimetres; None: as the style it is based on.

    Texts begin at the `stops`, and end at `last_stop` where there is one.
    """

    before: float | None = None
    after: float | None = None
    line: float | None = None
    left: float | None = None
    hanging: float | None = None
    right: float | None = None
    align: str = ""
    stops: tuple[float, ...] = ()
    last_stop: float = 0
    keep_next: bool | None = None
    keep_lines: bool = False
    hyphens: bool = True
    level: int = 0
    border: str = ""
    shade: str = ""
    exact: bool = False

    def xml(self) -> str:
        """Return the contents of w:pPr, in the order of the schema."""
        parts = []
        if self.keep_next is not None:
            parts.append("<w:keepNext/>" if self.keep_next else '<w:keepNext w:val="0"/>')
        parts += ["<w:keepLines/>"] * self.keep_lines
        if self.border:
            parts.append(f"<w:pBdr>{self.border}</w:pBdr>")
        if self.shade:
            parts.append(f'<w:shd w:val="clear" w:color="auto" w:fill="{self.shade}"/>')
        stops = [f'<w:tab w:val="left" w:pos="{twips(stop)}"/>' for stop in self.stops]
        stops += [f'<w:tab w:val="right" w:pos="{twips(self.last_stop)}"/>'] if self.last_stop else []
        parts += [f"<w:tabs>{''.join(stops)}</w:tabs>"] if stops else []
        parts += [] if self.hyphens else ["<w:suppressAutoHyphens/>"]
        spacing = [("before", self.before), ("after", self.after), ("line", self.line)]
        attributes = [f'w:{name}="{round(20 * value)}"' for name, value in spacing if value is not None]
        if attributes:
            rule = [f'w:lineRule="{"exact" if self.exact else "atLeast"}"'] if self.line is not None else []
            parts.append(f"<w:spacing {' '.join(attributes + rule)}/>")
        indents = [("left", self.left), ("right", self.right), ("hanging", self.hanging)]
        attributes = [f'w:{name}="{twips(value)}"' for name, value in indents if value is not None]
        if attributes:
            parts.append(f"<w:ind {' '.join(attributes)}/>")
        if self.align:
            parts.append(f'<w:jc w:val="{self.align}"/>')
        if self.level:
            parts.append(f'<w:outlineLvl w:val="{self.level - 1}"/>')
        return "".join(parts)


@dataclass(frozen=True, slots=True)
class Style:
    """A style: `kind` paragraph or character, `own` where Word does not build it in, `then` the one that follows."""

    name: str
    base: str = ""
    type: Type = Type()
    shape: Shape = Shape()
    then: str = ""
    kind: str = "paragraph"
    own: bool = True
    priority: int = 1

    def xml(self) -> str:
        """Return the style as an element."""
        base = f'<w:basedOn w:val="{style_id(self.base)}"/>' if self.base else ""
        then = f'<w:next w:val="{style_id(self.then)}"/>' if self.then else ""
        shape, letters = self.shape.xml(), self.type.xml()
        default = ' w:default="1"' if self.name in ("Normal", "Default Paragraph Font") else ""
        own = ' w:customStyle="1"' if self.own else ""
        return (
            f'<w:style w:type="{self.kind}"{default}{own} w:styleId="{style_id(self.name)}">'
            f'<w:name w:val="{escape(self.name)}"/>{base}{then}<w:uiPriority w:val="{self.priority}"/><w:qFormat/>'
            + (f"<w:pPr>{shape}</w:pPr>" if shape else "")
            + (f"<w:rPr>{letters}</w:rPr>" if letters else "")
            + "</w:style>"
        )


@dataclass(frozen=True, slots=True)
class Look:
    """The theme as Word writes it: names of typefaces, and colours as RRGGBB."""

    sans: str
    serif: str
    accent: str
    text: str
    soft: str
    line: str
    warning: str
    surface: str

    @classmethod
    def of(cls, theme: Theme) -> Look:
        """Return the look of a theme."""
        colours = {name: colour(value) for name, value in theme.colours.items()}
        return cls(escape(theme.sans.family), escape(theme.serif.family), **colours)


def style_sheet(document: Document) -> str:
    """Return word/styles.xml for this document: its theme and its fields' colours are in it."""
    look = Look.of(document.theme)
    groups = (
        _text(look),
        _headings(look),
        _cover(look, document),
        _tables(look),
        _marks(look),
        _notices(look),
    )
    styles = [style for group in groups for style in group]
    styles += [style for key, value in document.field_colours for style in _field(key, colour(value), look)]
    default = Type(look.serif, 10.5).xml()
    language = f'<w:lang w:val="{document.language}" w:eastAsia="{document.language}" w:bidi="ar-SA"/>'
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f"<w:docDefaults><w:rPrDefault><w:rPr>{default}{language}</w:rPr></w:rPrDefault>"
        "<w:pPrDefault/></w:docDefaults>"
        '<w:latentStyles w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="0" w:defUnhideWhenUsed="0"'
        ' w:defQFormat="0" w:count="376"/>'
        + "".join(style.xml() for style in styles)
        + "".join(_table_styles(look))
        + "</w:styles>"
    )


def _text(look: Look) -> Iterator[Style]:
    axis = Shape(left=AXIS)
    hanging = Shape(left=AXIS, hanging=AXIS)
    yield Style("Normal", type=Type(colour=look.text), shape=Shape(line=14), own=False)
    yield Style("Default Paragraph Font", kind="character", own=False)
    yield Style("Body Text", "Normal", shape=Shape(after=7, line=15, left=AXIS), own=False)
    yield Style("First Paragraph", "Body Text")
    yield Style("Compact", "Body Text", shape=Shape(after=2))
    yield Style("Absatz mit Randnummer", "Body Text", shape=hanging, then="Body Text")
    yield Style(
        "Einleitung", "Body Text", Type(size=13), Shape(after=12, line=19, left=AXIS, hyphens=False), "Body Text"
    )
    yield Style("Einleitung mit Randnummer", "Einleitung", shape=hanging, then="Body Text")
    yield Style("List Paragraph", "Body Text", shape=Shape(after=3), own=False)
    yield Style("Steckbrieftext", "Body Text", Type(size=9), Shape(after=3, line=11))
    yield Style("Steckbrieftext mit Randnummer", "Steckbrieftext", shape=hanging, then="Steckbrieftext")
    yield Style("Steckbriefpunkt", "Steckbrieftext", shape=Shape(after=1))
    lead = Shape(after=4, line=14, left=AXIS, hyphens=False)
    yield Style("Steckbriefeinleitung", "Einleitung", Type(size=10.5), lead, "Steckbrieftext")
    yield Style("Steckbriefeinleitung mit Randnummer", "Steckbriefeinleitung", shape=hanging, then="Steckbrieftext")
    yield Style("Block Text", "Body Text", Type(italic=True), Shape(left=AXIS + 6, right=6), own=False)
    yield Style(
        "Definition Term",
        "Body Text",
        Type(look.sans, bold=True),
        Shape(before=4, after=0, keep_next=True),
        "Definition",
    )
    yield Style("Definition", "Body Text", shape=axis)
    yield Style(
        "Source Code", "Body Text", Type("Liberation Mono", 9), Shape(line=12, shade=look.surface, hyphens=False)
    )
    yield Style("Verbatim Char", "Default Paragraph Font", Type("Liberation Mono", 9.5), kind="character")
    yield Style(
        "Trennlinie",
        "Normal",
        Type(size=4),
        Shape(before=6, after=6, left=AXIS, border=_border("bottom", 4, look.line)),
    )
    yield Style("Mittel", "Normal", Type(look.sans, 9), Shape(before=3, after=2, line=12, left=AXIS, hanging=AXIS))
    yield Style(
        "Bild Titel",
        "Normal",
        Type(look.sans, 9.1, bold=True, colour=look.soft),
        Shape(before=4, after=2, line=12.6, keep_next=True),
    )
    yield Style("Bild", "Normal", shape=Shape(before=2, after=4, keep_next=False))
    yield Style("Bild im Text", "Bild", shape=axis)
    yield Style("Anmerkung", "Normal", Type(look.sans, 8.5, colour=look.soft), Shape(before=3, after=8, line=11))
    yield Style("Bildnachweis", "Anmerkung", shape=axis)
    yield Style("Abstand", "Normal", Type(size=1), Shape(before=0, after=0, line=1))
    marginal = Shape(3, 0, 9, exact=True, keep_next=True)
    yield Style("Randnummer am Rand", "Normal", Type(look.sans, 7.5), marginal, "Body Text")
    small = Type(look.sans, 8.5, colour=look.soft)
    yield Style("header", "Normal", small, Shape(after=0, line=11), own=False, priority=99)
    yield Style("footer", "Normal", small, Shape(after=0, line=11), own=False, priority=99)
    yield Style(
        "footnote text",
        "Normal",
        Type(look.sans, 8.5),
        Shape(after=2, line=11.5, left=3, hanging=3),
        own=False,
    )
    raised = Type(more='<w:vertAlign w:val="superscript"/>')
    yield Style("footnote reference", "Default Paragraph Font", raised, kind="character", own=False)
    line = Type(more=f'<w:u w:val="single" w:color="{look.soft}"/>')
    yield Style("Hyperlink", "Default Paragraph Font", line, kind="character", own=False, priority=99)


def _headings(look: Look) -> Iterator[Style]:
    yield Style(
        "heading 1",
        "Normal",
        Type(look.sans, 24, True, colour=look.accent),
        Shape(0, 20, 29, AXIS, AXIS, keep_next=True, keep_lines=True, hyphens=False, level=1),
        "Body Text",
        own=False,
        priority=9,
    )
    for level, size, before, after, line in ((2, 14.5, 20, 6, 19), (3, 11.5, 14, 4, 15), (4, 10.5, 10, 3, 14)):
        shape = Shape(before, after, line, AXIS, AXIS, keep_next=True, keep_lines=True, hyphens=False, level=level)
        yield Style(
            f"heading {level}", "Normal", Type(look.sans, size, True), shape, "Body Text", own=False, priority=9
        )
    for level in (1, 2, 3):
        name, base = f"Steckbrief {level}", f"heading {level}"
        yield Style(
            name,
            base,
            Type(look.sans, 18, True, colour=look.text),
            Shape(0, 3, 22, SHEET_NUMBER, SHEET_NUMBER),
            "Steckbriefeinleitung",
            priority=10,
        )
    for level in (2, 3, 4):
        shape = Shape(5, 0, 12, AXIS, AXIS)
        yield Style(f"Zwischentitel {level}", f"heading {level}", Type(size=9.5), shape, "Steckbrieftext", priority=10)
    yield Style("Zwischentitel", "heading 4", shape=Shape(10, 2, 14, AXIS, 0), then="Body Text", priority=10)
    kicker = Type(look.sans, 9.5, True, colour=look.soft, spacing=0.3)
    yield Style("Dachzeile", "Normal", kicker, Shape(0, 4, 13, keep_next=True, hyphens=False))
    for level in (1, 2, 3):
        shape = Shape(
            before=6 if level == 1 else 0,
            after=1,
            line=13.5,
            left=AXIS + 6 * (level > 2),
            hanging=AXIS,
            right=0,
            last_stop=LINE,
            keep_next=level == 1,
            hyphens=False,
        )
        kind = Type(look.sans, 9.5 if level > 2 else 10, level == 1, colour=look.text)
        yield Style(f"toc {level}", "Normal", kind, shape, own=False, priority=39)
    entry = Shape(0, 1, 13.5, AXIS, AXIS, last_stop=LINE, hyphens=False)
    yield Style("table of figures", "Normal", Type(look.sans, 10), entry, own=False, priority=99)


def _cover(look: Look, document: Document) -> Iterator[Style]:
    stripes = len(document.field_colours)
    publisher = Type(look.sans, 12, True, colour=look.accent)
    yield Style("Herausgeber", "Normal", publisher, Shape(after=150, line=16), "Title", priority=11)
    stops = tuple(LINE * (index + 1) / stripes for index in range(stripes))
    yield Style("Farbstreifen", "Normal", Type(look.sans, 5), Shape(after=14, line=6, stops=stops), priority=11)
    yield Style("Logos", "Normal", shape=Shape(before=6, after=24), priority=11)
    (size, line), lines = _title(document)
    title = Type(look.sans, size, True, colour=look.accent)
    yield Style("Title", "Normal", title, Shape(0, 16, line, hyphens=False), "Subtitle", own=False, priority=10)
    subtitle = Shape(0, 40, 23, right=20, hyphens=False)
    yield Style("Subtitle", "Normal", Type(look.serif, 16), subtitle, own=False, priority=11)
    below = next((block.subtitle for block in document.blocks() if isinstance(block, Cover)), "")
    more = max(lines * line - 86, 0) + max(_lines(below, 16, document) * 23 - 46, 0)
    mark = Shape(after=max(150 - more, 20), line=18)
    yield Style("Titelblatt Kennzeichnung", "Normal", Type(look.sans, 12), mark, priority=11)
    facts = Shape(after=3, line=14, left=34, hanging=34)
    yield Style("Titelblatt Angabe", "Normal", Type(look.sans, 10), facts, priority=11)


def _title(document: Document) -> tuple[tuple[float, float], int]:
    """Return size and line of the cover's title in points, and on how many lines it stands."""
    found = [(sizes, _lines(document.title, sizes[0], document)) for sizes in TITLE_SIZES]
    return next((pair for pair in found if pair[1] * pair[0][1] <= TITLE_HEIGHT), found[-1])


def _lines(text: str, size: float, document: Document) -> int:
    """Return on about how many lines a text stands; broken lines are never quite full."""
    return math.ceil(1.1 * width_of(text, document.theme.sans, bold=True) * size / TYPE_SIZE / LINE)


def _tables(look: Look) -> Iterator[Style]:
    title = Type(look.sans, 9.5, True)
    yield Style(
        "caption",
        "Normal",
        title,
        Shape(12, 3, 13, AXIS, AXIS, keep_next=True, keep_lines=True, hyphens=False),
        own=False,
    )
    yield Style("Tabellentitel", "caption", then="Body Text")
    yield Style("Abbildungstitel", "caption", then="Body Text")
    yield Style("Tabellentitel ohne Nummer", "caption", shape=Shape(6, 1, 12, left=0, hanging=0), then="Body Text")
    yield Style("Tabelle leer", "Normal", Type(look.sans, 9.5, colour=look.soft), Shape(2, 10, 13))
    sides = (("", ""), (" rechts", "right"), (" Mitte", "center"))
    for size, line, gap in ((Size.USUAL, 11.5, 2), (Size.SMALL, 10.0, 1.0), (Size.LEAST, 9.0, 1.0)):
        points, ending = size.value
        words, strong = Type(look.sans, points), Type(look.sans, points, True)
        for side, align in sides:
            yield Style(f"Tabellentext{side}{ending}", "Normal", words, Shape(gap - 0.5, gap, line, align=align))
            head = Shape(gap - 0.5, gap, line, align=align, keep_next=True)
            yield Style(f"Tabellenkopf{side}{ending}", "Normal", strong, head)
            yield Style(f"Tabellensumme{side}{ending}", "Normal", strong, Shape(gap, gap, line, align=align))
        yield Style(f"Tabellengruppe{ending}", "Normal", strong, Shape(5, gap, line, keep_next=True))
    yield Style("Angabe", "Normal", Type(look.sans, 8.8), Shape(0.5, 1, 11))
    yield Style("Merkmal", "Angabe", Type(colour=look.soft), Shape(hyphens=False))


def _marks(look: Look) -> Iterator[Style]:
    base = "Default Paragraph Font"
    warning = Type(bold=True, colour=look.warning)
    box = f'<w:bdr w:val="single" w:sz="8" w:space="0" w:color="{look.warning}"/>'
    character: Iterable[tuple[str, Type]] = (
        ("Randnummer", Type(look.sans, 7.5, False, False, look.soft)),
        ("Nummer", Type(colour=look.accent, bold=True)),
        ("Kapitelnummer", Type(colour=look.accent)),
        ("Marke", Type(look.sans, 8.5, True, more='<w:bdr w:val="single" w:sz="6" w:space="0" w:color="auto"/>')),
        ("Stufe", Type(look.sans)),
        ("Fehlt", warning),
        ("Offen", Type(colour=look.warning)),
        ("Kennzeichnung", warning),
        ("Kennzeichnung Kasten", Type(bold=True, colour=look.warning, more=box)),
        ("Titelblatt Merkmal", Type(colour=look.soft)),
        (RUNNING_TITLE, Type()),
        ("Seitenzahl", Type(look.sans, 9.5, True, colour=look.text)),
    )
    for name, letters in character:
        yield Style(name, base, letters, kind="character")


def _notices(look: Look) -> Iterator[Style]:
    for name, edge in (("Hinweis", look.accent), ("Warnung", look.warning)):
        border = _border("left", 24, edge, 8)
        shape = Shape(0, 0, 13, AXIS + 4, 0, 2, border=border, shade=look.surface)
        yield Style(name, "Normal", Type(look.sans, 9.5), shape)
        titled = Shape(0, 0, 13, AXIS + 4, 0, 2, border=border, shade=look.surface, keep_next=True)
        yield Style(f"{name} Titel", name, Type(bold=True, colour=edge), titled, name)


def _field(key: str, value: str, look: Look) -> Iterator[Style]:
    """Yield the styles of an action field: the band over a sheet, its id, the dot, the box of a tag."""
    band = Shape(0, 3, 13, keep_next=True, hyphens=False, border=_border("top", 48, value, 6))
    yield Style(f"Feld {key}", "Dachzeile", Type(colour=value), band)
    yield Style(f"Punkt {key}", "Default Paragraph Font", Type(look.sans, 11, colour=value), kind="character")
    yield Style(f"Kennung {key}", "Default Paragraph Font", Type(colour=value), kind="character")
    box = f'<w:bdr w:val="single" w:sz="6" w:space="0" w:color="{value}"/>'
    yield Style(f"Marke {key}", "Marke", Type(colour=value, more=box), kind="character")


def _border(side: str, eighths: int, value: str, space: int = 1) -> str:
    return f'<w:{side} w:val="single" w:sz="{eighths}" w:space="{space}" w:color="{value}"/>'


def _table_styles(look: Look) -> Iterator[str]:
    """Yield the table styles; what one row has that others have not stands at its cells (`frames`)."""
    hair = f'w:val="single" w:sz="4" w:space="0" w:color="{look.line}"'
    margins = "".join(
        f'<w:{side} w:w="{width}" w:type="dxa"/>'
        for side, width in (("top", 0), ("left", 0), ("bottom", 0), ("right", 113))
    )
    yield (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
        f"<w:tblCellMar>{margins}</w:tblCellMar></w:tblPr></w:style>"
    )
    for name in ("Plantabelle", "Steckbrieftabelle", "Table"):
        yield (
            f'<w:style w:type="table" w:customStyle="1" w:styleId="{name}"><w:name w:val="{name}"/>'
            '<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="1"/><w:qFormat/><w:tblPr>'
            f"<w:tblBorders><w:bottom {hair}/><w:insideH {hair}/></w:tblBorders>"
            f"<w:tblCellMar>{margins}</w:tblCellMar></w:tblPr></w:style>"
        )
