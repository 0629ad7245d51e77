"""Tables: how wide the columns stand, how large the type is, and which headings are turned.

A column that names its width gets that share of the line, columns of figures get what their figures need, columns of
words share the rest by how much they have to say. Where that is too narrow, named columns of words give way down to
their longest word, then the type gets smaller. Lengths are estimated from the texts, so that the layout needs no pass
of its own: `table-layout: fixed` is three times as fast as letting the page maker measure.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assembly import german
from assembly.document import (
    Align,
    Cell,
    Column,
    Field,
    Grade,
    Money,
    Quantity,
    Ref,
    Rich,
    Row,
    RowKind,
    Several,
    Table,
    Term,
    Text,
    When,
)
from assembly.prose import Node, Nodes, plain, rewrite
from assembly.render_pdf.metrics import MM
from assembly.render_pdf.metrics import width as text_width
from assembly.render_pdf.rows import SUMS
from assembly.theme import NEUTRAL, Typeface

LINE, WIDE_LINE = 166.0, 253.0  # millimetres between the margins, upright and landscape
PROSE_LINE, COLUMN = 132.0, 80.0  # millimetres of a line of prose: alone, and in one of two columns
GUTTER, EDGE = 3.2, 1.5  # room between two columns, and what of it the first and the last do not need at their edge
EXTRA = 3.0  # more of it between figures and words, which lean against each other
CLOSER = 0.8  # less of it between two columns of figures in the smallest type: words take what they leave
SIZES = ((9.1, ""), (8.3, "dense"), (7.5, "denser"))  # point sizes of a table, and their names in the style sheet
CLOSE_SIZES = ((8.3, ""), (7.5, "denser"))  # the same in a sheet
LEAST_WORDS = 34.0  # a column of words is not squeezed below this while something else can give way
LEAST_NAMED = 28.0  # the same of one that names its width
LONGEST_WORD = 26.0  # longer words are hyphenated
LONGEST_IN_COLUMN = 19.0  # the same in a table that stands in a column of text
LONGEST_HEAD, LONGEST_MARK_HEAD = 40.0, 32.0  # the same in a heading, over texts and over figures and marks
COMFORTABLE_WORDS = 58.0  # a column of words that has so much may give of it to level those of a matrix
LONGEST_FIGURE = 22  # characters of a value that does not break
LONG_UNIT = 14  # characters of a unit that may keep to its number, whatever the line
LEAST_SQUEEZED = 15.0  # a column of words that has to give way to figures keeps this
HIGH = 24.0  # a row above this is a reason to give long texts more of the line than their columns ask for
RELIEF = 0.9  # … where that makes the table lower by a tenth at least
POWERS = 0.5, 1.0  # of the texts' lengths, by which they share the line then: whichever makes the table lower
LEAST_TURNED, MOST_TURNED = 16.0, 44.0  # height of a head with turned headings; longer ones take two lines

LOW = 78.0  # a table up to this height is not split
LOW_IN_SHEET = 44.0  # the same in a sheet, which is to end on its second page: there only sums hold more together
LEADING = {9.1: 12.6 * MM, 8.3: 10.8 * MM, 7.5: 9.0 * MM}  # height of a line by the size of its type
HEAD = 600  # weight of headings and sums

_SPACE = re.compile(r"[ \n]+")
ID = re.compile(r"[A-ZÄÖÜ]{1,6}(-\d+)+(/\d+)?")
_ALPHABET = "abcdefghijklmnopqrstuvwxyzäöüß"  # by which typefaces are compared
_ID_AND_WORD = re.compile(r"(?<=^[A-ZÄÖÜ]-\d) ")  # „V-1 Arbeit“: the two are not parted


@dataclass(frozen=True, slots=True)
class Measures:
    """Widths of the columns in percent of the line, the name of the type size, and the height of turned headings.

    `heights` are those of the rows in millimetres, about.
    """

    widths: tuple[float, ...]
    size: str
    turned: float
    heights: tuple[float, ...]

    @property
    def whole(self) -> bool:
        """Tell whether the table is so low that it is better moved to the next page than split over two."""
        return sum(self.heights) <= LOW

    @property
    def low(self) -> bool:
        """Tell the same of a table in a sheet."""
        return sum(self.heights) <= LOW_IN_SHEET


@dataclass(frozen=True, slots=True)
class _Column:
    """A column as it is being measured, in millimetres. `least` is its longest word or figure, `longest` the longest of
    its texts, `full` what all texts and the heading fill when none takes a second line."""

    width: float
    least: float
    weight: float
    words: bool
    named: bool
    wish: float
    longest: float
    full: float
    mark: bool

    @property
    def cramped(self) -> bool:
        """Tell whether smaller type should make room for the column's words."""
        least = min(LEAST_NAMED, self.wish, self.longest) if self.named else min(LEAST_WORDS, self.enough)
        return self.words and self.width < least - 0.1

    @property
    def enough(self) -> float:
        """Where no text takes a second line; the heading may take two."""
        return self.longest + GUTTER

    @property
    def spare(self) -> float:
        """What of its width the column has no use for."""
        return max(self.width - max(self.least, self.full), 0.0) if self.named and self.words else 0.0

    @property
    def slack(self) -> float:
        """What the column can give to others."""
        return max(self.width - self.least, 0.0) if self.named and self.words else 0.0


def measure(table: Table, sans: Typeface, *, wide: bool = False, close: bool = False) -> Measures:
    """Return how the table's columns stand on an upright or a landscape page, set in `sans`; `close` as in a sheet."""
    return measured(table, sans, WIDE_LINE if wide else LINE, close=close)


def measured(table: Table, sans: Typeface, line: float, *, close: bool = False) -> Measures:
    """Return how the table's columns stand on a line of so many millimetres."""
    if not table.columns:
        return Measures((), "", 0.0, ())
    columns: list[_Column] = []
    sizes = CLOSE_SIZES if close else SIZES
    size, name = sizes[0]
    for size, name in sizes:  # noqa: B007  # the last one tried is the one that is taken
        columns = _fitted([_column(table, index, size, sans) for index in range(len(table.columns))], line)
        if sum(column.width for column in columns) <= line + 0.1 and not any(column.cramped for column in columns):
            break
    columns = _levelled(columns)
    widths = _filled(columns, line)
    heights = heights_of(table, widths, size, sans)
    if (close or max(heights, default=0.0) > HIGH) and sum(column.least for column in columns) <= line:
        tried = [_relieved(columns, line, power) for power in POWERS]
        relieved, lower = min(
            ((wider, heights_of(table, wider, size, sans)) for wider in tried), key=lambda pair: sum(pair[1])
        )
        if sum(lower) < (1.0 if close else RELIEF) * sum(heights):
            widths, heights = relieved, lower
    shares = tuple(round(100 * width / line, 3) for width in widths)
    return Measures(shares, name, _turned(table, widths, sans), heights)


def points(size: str, *, close: bool) -> float:
    """Return the points of a size by its name in the style sheet."""
    return next(each for each, name in (CLOSE_SIZES if close else SIZES) if name == size)


def in_column(table: Table, sans: Typeface) -> Measures:
    """Return how the columns of a table typed in Markdown stand in one of two columns of text."""
    size, name = CLOSE_SIZES[0]
    columns = [_column(table, index, size, sans) for index in range(len(table.columns))]
    narrow = [replace(column, least=min(column.least, LONGEST_IN_COLUMN)) for column in columns]
    widths = _relieved(narrow, COLUMN, POWERS[0])
    shares = tuple(round(100 * width / COLUMN, 3) for width in widths)
    return Measures(shares, name, 0.0, heights_of(table, widths, size, sans))


def _levelled(columns: list[_Column]) -> list[_Column]:
    """Return the columns, those of a matrix all as broad as the broadest where the words beside them keep enough."""
    marks = [column for column in columns if column.mark]
    broadest = max((column.width for column in marks), default=0.0)
    added = sum(broadest - column.width for column in marks)
    free = [column for column in columns if column.words and not column.named]
    if len(marks) < 2 or not added or len(free) != 1 or free[0].width - added < COMFORTABLE_WORDS:
        return columns
    give = replace(free[0], width=free[0].width - added)
    return [
        replace(column, width=broadest) if column.mark else give if column is free[0] else column for column in columns
    ]


def _filled(columns: list[_Column], line: float) -> list[float]:
    """Return widths that fill the line exactly; where figures leave too little room, the words beside them give way."""
    whole = sum(column.width for column in columns)
    words = [column.width for column in columns if column.words]
    figures = whole - sum(words)
    if whole > line and line - figures >= LEAST_SQUEEZED * len(words) > 0:
        share = (line - figures) / sum(words)
        return [column.width * share if column.words else column.width for column in columns]
    return [column.width * line / whole for column in columns]


def _relieved(columns: list[_Column], line: float, power: float) -> list[float]:
    """Return widths where long texts get more: what the figures leave is shared by powers of the texts' lengths."""
    least = [min(column.least, column.enough) if column.words else column.width for column in columns]
    widths = list(least)
    open_ = [index for index, column in enumerate(columns) if column.words]
    while open_ and (rest := line - sum(widths)) > 0.01:
        powers = sum(columns[index].longest ** power for index in open_)
        for index in open_:
            wished = widths[index] + rest * columns[index].longest ** power / powers
            widths[index] = min(wished, max(columns[index].enough, least[index]))
        open_ = [index for index in open_ if widths[index] < columns[index].enough]
    whole = sum(widths)
    return [width * line / whole for width in widths]


def heights_of(table: Table, widths: list[float], size: float, sans: Typeface) -> tuple[float, ...]:
    return tuple(_height(row, widths, size, sans) for row in table.rows)


def _height(row: Row, widths: list[float], size: float, sans: Typeface) -> float:
    """Return about how high a row stands in millimetres; money always keeps to one line."""
    if row.kind is RowKind.GROUP:
        return LEADING[size] + 5
    cells = ((cell, width) for cell, width in zip(row.cells, widths, strict=True) if not isinstance(cell, Money))
    texts = ((cell_text(cell), max(width - GUTTER, 1.0)) for cell, width in cells)
    counts = (
        sum(math.ceil(text_width(sans, line, size) / room) or 1 for line in text.split("\n")) for text, room in texts
    )
    lines = max(counts, default=1)
    return lines * LEADING[size] + 2.6


def _column(table: Table, index: int, size: float, sans: Typeface) -> _Column:
    column = table.columns[index]
    words = column.align is Align.LEFT
    rows = [row for row in table.rows if row.kind is not RowKind.GROUP]
    texts = [cell_text(row.cells[index]) for row in rows]
    longest = max(
        (
            text_width(sans, piece, size, HEAD if row.kind in SUMS and not words else 400)
            for row, text in zip(rows, texts, strict=True)
            for piece in _pieces(text, words=words)
        ),
        default=0.0,
    )
    head = [] if column.upright else _pieces(_ID_AND_WORD.sub("\u00a0", heading(column)), words=True)
    most = LONGEST_HEAD if words else LONGEST_MARK_HEAD
    heads = min(max((text_width(sans, word, size, HEAD) for word in head), default=0.0), most)
    gutter = GUTTER - EDGE * (index == 0) - EDGE * (index == len(table.columns) - 1)
    after_figures = index > 0 and table.columns[index - 1].align is Align.RIGHT
    if after_figures and column.align is Align.RIGHT and size == SIZES[-1][0]:
        gutter -= CLOSER
    extra = EXTRA if after_figures and words else 0.0
    least = extra + max(min(longest, LONGEST_WORD) if words else longest, heads) + gutter
    weight = sum(len(text) for text in texts) / max(len(texts), 1)
    wish = column.width * max(text_width(sans, _ALPHABET, size) / text_width(NEUTRAL.sans, _ALPHABET, size), 1.0)
    whole = (line for text in texts for line in text.split("\n")) if words else ()
    full = max((text_width(sans, line, size) for line in whole), default=0.0)
    weight = min(max(weight, 24.0), 72.0)
    head_width = text_width(sans, heading(column), size, HEAD)
    named = head_width / 2 if words else 0.0  # a heading may take two lines
    width = max(wish, least)
    if column.width and words:  # no less than an id with its page needs
        firm = (piece for text in texts for piece in _pieces(text, words=True) if ID.match(piece))
        needed = max((text_width(sans, piece, size) for piece in firm), default=0.0) + gutter
        least = max(least, needed)
        width = max(wish, needed)
    mark = column.align is Align.CENTRE
    return _Column(
        width,
        least,
        weight,
        words,
        bool(column.width),
        wish,
        max(full, heads, named),
        max(full, head_width) + gutter,
        mark,
    )


def _pieces(text: str, *, words: bool) -> list[str]:
    """Return what must stand on one line: words, and figures unless they are as long as a text."""
    if words:
        return [piece for word in _SPACE.split(text) for piece in _halves(word)]
    return text.split(" ") if len(text) > LONGEST_FIGURE else re.split(r"\n| (?=\()", text)


def _halves(word: str) -> list[str]:
    """Return the parts of a word that has hyphens; an id keeps to one line, with the page behind it."""
    return [word] if ID.match(word) else word.replace("-", "- ").split(" ")


def _fitted(columns: list[_Column], line: float) -> list[_Column]:
    """Return the columns with the line filled: by those of free width, or by all where each names its own."""
    free = [column for column in columns if column.words and not column.named]
    rest = line - sum(column.width for column in columns if column not in free)
    lacking = sum(column.enough for column in free) - rest
    spare = sum(column.spare for column in columns)
    if lacking > 0 and spare > 0:
        give = min(lacking / spare, 1.0)
        columns = [replace(column, width=column.width - give * column.spare) for column in columns]
        rest += give * spare
    shortage = LEAST_WORDS * len(free) - rest
    slack = sum(column.slack for column in columns)
    if shortage > 0 and slack > 0:
        give = min(shortage / slack, 1.0)
        columns = [replace(column, width=column.width - give * column.slack) for column in columns]
        rest += give * slack
    if free:
        shares = iter(_shared(free, rest))
        return [replace(column, width=max(next(shares), 1.0)) if column in free else column for column in columns]
    lacks = [max(column.full - column.width, 0.0) if column.words else 0.0 for column in columns]
    give = min(max(rest, 0.0) / (sum(lacks) or 1.0), 1.0)  # words come first: marks gain nothing by room
    columns = [replace(column, width=column.width + give * lack) for column, lack in zip(columns, lacks, strict=True)]
    growing = [column for column in columns if not column.named] or columns
    grown = max(rest - give * sum(lacks), 0.0) / len(growing)
    return [replace(column, width=column.width + grown) if column in growing else column for column in columns]


def _shared(free: Sequence[_Column], rest: float) -> list[float]:
    """Return how columns share a line by what they have to say: none is cramped while others have room, and none has
    more than its texts need while others lack some."""
    weights = sum(column.weight for column in free)
    shares = [rest * column.weight / weights for column in free]
    bounds = [(min(LEAST_WORDS, column.enough, rest / len(free)), column.enough) for column in free]
    low = [share < least - 0.01 for share, (least, _) in zip(shares, bounds, strict=True)]
    high = [share > most + 0.01 for share, (_, most) in zip(shares, bounds, strict=True)]
    settled = low if any(low) else high
    if not any(settled) or all(settled):
        return shares
    fixed = [bound[not any(low)] for bound, is_settled in zip(bounds, settled, strict=True) if is_settled]
    left = [column for column, is_settled in zip(free, settled, strict=True) if not is_settled]
    known, others = iter(fixed), iter(_shared(left, rest - sum(fixed)))
    return [next(known) if is_settled else next(others) for is_settled in settled]


def _turned(table: Table, widths: list[float], sans: Typeface) -> float:
    """Return the height of turned headings in millimetres; 0 where they fit without being turned."""
    upright = [(column, width) for column, width in zip(table.columns, widths, strict=True) if column.upright]
    words = [(_longest_word(heading(column)), width) for column, width in upright]
    if all(text_width(sans, word, SIZES[0][0], HEAD) + GUTTER <= width for word, width in words):
        return 0.0
    longest = max(text_width(sans, heading(column), SIZES[0][0], HEAD) for column, _ in upright)
    return min(max(longest + 3.0, LEAST_TURNED), MOST_TURNED)


def heading(column: Column) -> str:
    """Return the words of a column's heading."""
    return column.ref.text if column.ref else column.title


def _longest_word(text: str) -> str:
    return max(text.split(), key=len, default="")


ALIGN: Mapping[Align, str] = {Align.LEFT: "l", Align.RIGHT: "r", Align.CENTRE: "c"}


def _spelled(node: Node) -> Nodes | None:
    """Return a reference in prose as words with its page, which `plain` leaves out; None for what is no reference."""
    return [{"t": "Str", "c": cell_text(node["c"])}] if node["t"] == "Ref" else None


def parted(quantity: Quantity) -> tuple[str, str]:
    """Return what of a quantity stands on one line, and what of a long unit may stand on the next."""
    if len(quantity.unit) <= LONG_UNIT:
        return german.quantity(quantity.value, quantity.unit), ""
    first, _, rest = quantity.unit.partition(" ")
    whole = german.quantity(quantity.value, first)
    return (whole, rest) if len(whole) <= LONGEST_FIGURE else (german.number(quantity.value), quantity.unit)


def cell_text(cell: Cell) -> str:
    """Return about what a cell prints, for measuring."""
    match cell:
        case Money(amount=amount, unit=unit):
            return german.euros(amount.cents, unit=unit)
        case Quantity():
            return " ".join(filter(None, parted(cell)))
        case When(value=value):
            return german.moment(value)
        case Grade(value=value):
            return german.grade(value)
        case Ref(text=text, target=target, page=page, detail=detail):
            behind = ", ".join(part for part in (detail, "S.\u00a00000" if page and target else "") if part)
            return f"{text}\u00a0({behind})" if behind else text
        case Text(text=text) | Term(text=text):
            return text
        case Field(ref=ref):
            return f"● {ref.text}"
        case Rich(blocks=blocks):
            return plain(rewrite(blocks, _spelled))
        case Several(items=items, separator=separator):
            return separator.join(cell_text(item) for item in items)
        case _:
            return "–"
