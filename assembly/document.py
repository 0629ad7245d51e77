"""The Document: one book as a value. `compose` makes it, the renderers read it and decide only how a thing looks.

Numbering, cross-references, captions, totals and texts are settled here once, so that PDF, DOCX and web cannot
disagree. Cells hold values, not strings; `assembly.german` says how each value is written.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from assembly.amounts import Amount
from assembly.drawings import Drawing
from assembly.prose import Nodes
from assembly.theme import Logo, Theme
from schema.scalars import Month, PartialDate

# --- what stands in a cell ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Ref:
    """A cross-reference. It names its target, never a page: pages exist only where pages are made.

    `text` is the words of the link, `detail` what follows them in brackets together with the page: „Batterie
    (WIR-004, S. 45)“. `page` tells whether the page is printed; `in_brackets` that the reference stands in brackets
    already and goes on with a comma. Where `target` is None the record is no part of this edition: plain words.
    """

    text: str
    target: str | None
    detail: str = ""
    page: bool = True
    in_brackets: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """Plain words; `strong` for ids and other words that lead a row."""

    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Rich:
    """Parsed Markdown inside a cell."""

    blocks: Nodes


@dataclass(frozen=True, slots=True)
class Money:
    """An amount of money; zero prints as a dash. `unit` False where the caption or the column gives the unit."""

    amount: Amount
    unit: bool = False


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit (may be empty), as „900 t/a“."""

    value: Decimal
    unit: str = ""


@dataclass(frozen=True, slots=True)
class When:
    """A point in time."""

    value: date | Month | PartialDate


@dataclass(frozen=True, slots=True)
class Term:
    """A word of a closed list: `key` lets a renderer add a symbol or colour."""

    text: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade from 1 to 3, as „●●○“, spoken as „2 von 3“."""

    value: int


@dataclass(frozen=True, slots=True)
class Field:
    """An action field: dot in its colour together with a link of its name, never the colour alone."""

    key: str
    ref: Ref


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that the status asks for and that is not there: prints as „fehlt“."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """An empty place that is right to be empty: prints as a dash."""


@dataclass(frozen=True, slots=True)
class Several:
    """Several values in one place, written one after the other with `separator`, or a line each (`\\n`)."""

    items: tuple[Cell, ...]
    separator: str = ", "


Cell = Ref | Text | Rich | Money | Quantity | When | Term | Grade | Field | Missing | Nothing | Several

# --- blocks ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Randnummer:
    """The fixed number that a ministry cites: `7/12` in a chapter, `WIR-004/3` in a sheet. The anchor is its link."""

    text: str
    anchor: str

    @property
    def short(self) -> str:
        """The number below the id of its sheet: „/3“ for „WIR-004/3“."""
        return f"/{self.text.rpartition('/')[2]}"


@dataclass(frozen=True, slots=True)
class Prose:
    """Running text. `label` is a heading in the margin (a sheet's „Ausgangslage“), `lead` the first paragraph."""

    blocks: Nodes
    number: Randnummer | None = None
    label: str = ""
    lead: bool = False


class Align(StrEnum):
    """How a column stands: words to the left, figures to the right, marks in the middle."""

    LEFT = "left"
    RIGHT = "right"
    CENTRE = "centre"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: heading, alignment, and its share of the width in millimetres of a 166 mm line (0: what is left).

    `ref` makes the heading a link; `upright` turns a long heading by a quarter in narrow matrices.
    """

    title: str
    align: Align = Align.LEFT
    width: int = 0
    ref: Ref | None = None
    upright: bool = False


class RowKind(StrEnum):
    """What a row is: an ordinary one, the heading of a group, a subtotal, or the total."""

    BODY = "body"
    GROUP = "group"
    SUBTOTAL = "subtotal"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Row:
    """One row: as many cells as columns (a group: one cell over all). The first cell heads the row.

    `anchor` is what references to the row's record lead to, empty where they lead elsewhere.
    """

    cells: tuple[Cell, ...]
    kind: RowKind = RowKind.BODY
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table. With a `number` it bears a caption „Tabelle 7 …“ and stands in the directory; without, a title only.

    `note` stands below in small type: unit, source, what to mind. `empty` is the sentence printed instead of rows.
    """

    id: str
    caption: Nodes
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    note: Nodes
    number: int = 0
    empty: str = ""
    wide: bool = False
    randnummer: Randnummer | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: what is drawn stays data (`assembly.draw` turns it into SVG or PNG), so every format draws the same."""

    id: str
    number: int
    caption: Nodes
    alternative: str
    drawing: Drawing | None
    note: Nodes
    empty: str = ""
    wide: bool = False
    randnummer: Randnummer | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """One labelled value of a sheet; the Randnummer belongs to the label."""

    label: str
    value: Cell
    number: Randnummer | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """Labelled values. `minor` ones are for looking up: where room is dear they run on in lines of text."""

    items: tuple[Fact, ...]
    minor: bool = False


@dataclass(frozen=True, slots=True)
class Share:
    """One part of a whole: `key` is the tier (`EU` …) or `offen`."""

    key: str
    label: str
    amount: Amount


@dataclass(frozen=True, slots=True)
class Shares:
    """One bar that shows how a whole divides, with its legend: the money of a measure."""

    whole: Amount
    parts: tuple[Share, ...]
    until: str
    number: Randnummer | None = None


@dataclass(frozen=True, slots=True)
class Schedule:
    """A small bar that shows when something runs within the plan's period, with ticks for its milestones.

    Times are years as decimals, see `assembly.drawings`; `first_year` and `last_year` are both included. All that it
    shows stands beside it as words; `alternative` says it once more to those who cannot see the bar.
    """

    first_year: int
    last_year: int
    begin: float
    end: float
    milestones: tuple[float, ...]
    colour: str
    alternative: str


@dataclass(frozen=True, slots=True)
class Notice:
    """A marked box: what must not be overlooked. `tone` warning is for faults and markings."""

    title: str
    blocks: Nodes
    tone: Literal["plain", "warning"] = "plain"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a directory."""

    ref: Ref
    level: int = 1
    number: str = ""


@dataclass(frozen=True, slots=True)
class Directory:
    """A directory of sections, tables or figures with their pages."""

    kind: Literal["contents", "tables", "figures"]
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Logos:
    """Logos side by side, each with its words."""

    items: tuple[Logo, ...]


@dataclass(frozen=True, slots=True)
class Cover:
    """What stands on the cover."""

    publisher: str
    title: str
    subtitle: str
    marking: str
    facts: tuple[tuple[str, str], ...]
    stripes: tuple[str, ...]
    logos: tuple[Logo, ...] = ()


Block = Prose | Table | Figure | Facts | Shares | Schedule | Notice | Directory | Logos | Cover

# --- the book -------------------------------------------------------------------------------------------------------


BETWEEN = " · "  # parts of a running head: what stands there alone, and what is added where others are on the page


class SectionKind(StrEnum):
    """What a section is; renderers style by it."""

    COVER = "cover"
    FRONT = "front"
    CHAPTER = "chapter"
    ANNEX = "annex"
    SECTION = "section"
    PORTRAIT = "portrait"
    SHEET = "sheet"


@dataclass(frozen=True, slots=True)
class Section:
    """A section, flat in reading order: `level` 1 is a chapter, 2 and 3 lie below the one before.

    `number` is „7“, „7.2“, „A“ or empty; `title` is words, `heading` the same with references resolved. `opens_page`
    and `running` (the running head) hold for the section; sheets and portraits bear a field and its colour.
    """

    id: str
    kind: SectionKind
    level: int
    number: str
    title: str
    blocks: tuple[Block, ...]
    opens_page: bool = False
    wide: bool = False
    running: str = ""
    kicker: str = ""
    field: str = ""
    colour: str = ""
    tags: tuple[str, ...] = ()
    listed: bool = True


DATA_NAME = "plan.json"  # the attached data of the plan


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that travels inside the PDF: name, German description, media type and content.

    `relationship` says what it is to the book: a word of ISO 32000-2, 7.11.3, such as Data or Supplement.
    """

    name: str
    description: str
    media_type: str
    relationship: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Document:
    """The book: what it is called and marked as, and its sections in reading order.

    `abbreviations` gives what short forms stand for.
    """

    title: str
    document: str
    version: str
    edition: str
    marking: str
    footer: str
    day: date
    language: str
    publisher: str
    subject: str
    keywords: tuple[str, ...]
    illustrative: bool
    theme: Theme
    field_colours: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    file_stem: str
    api_version: tuple[int, ...]
    abbreviations: tuple[tuple[str, str], ...] = ()
    attachments: tuple[Attachment, ...] = ()

    @property
    def full_title(self) -> str:
        """The title as readers, window and library see it."""
        return f"{self.title} – {self.document}"

    def blocks(self) -> Iterator[Block]:
        """Yield every block in reading order."""
        for section in self.sections:
            yield from section.blocks
