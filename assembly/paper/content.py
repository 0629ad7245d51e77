"""Content: what a page paints (ISO 32000-1, 7.8.2 and 9.4), as texts with their font, place and mark."""

from __future__ import annotations

import re
import sys
from array import array
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from assembly.paper.objects import STRING, unescaped

_OPERAND = (
    rb"(?:[-+.\d]+|/[^\s/<>\[\]()]*|\[(?:[^\]()]|" + STRING + rb")*\]|<<(?:[^>(]|" + STRING + rb"|>(?!>))*>>"
    rb"|<[0-9A-Fa-f\s]*>|" + STRING + rb"|true\b|false\b|null\b)"
)
# A text in the form that WeasyPrint writes is read at one go, and what only draws lines is passed over: half the time.
_TEXT = rb"BT\s+((?:[-.\d]+\s+){6})Tm\s+(?:(/\S+\s+[-.\d]+)\s+Tf\s+)?(\[[^\]()]*\])\s*TJ\s+ET\b"
_LINES = rb"(?:(?:[-.\d]+\s+)+(?:l|m|c|re|rg|RG|w)\s+)*"
_INSTRUCTION = re.compile(
    _LINES + rb"(?:" + _TEXT + rb"|((?:" + _OPERAND + rb"\s*)*)([A-Za-z'\"][A-Za-z0-9*]*))\s*", re.DOTALL
)
_INLINE_IMAGE = re.compile(rb"\bBI\s.*?\sEI\b", re.DOTALL)
_PIECE = re.compile(rb"<([0-9A-Fa-f\s]*)>|(" + STRING + rb")|(-?[\d.]+)", re.DOTALL)
_MCID = re.compile(rb"/MCID\s+(\d+)")
_FONT = re.compile(rb"/(\S+)\s+([-+.\d]+)\s*\Z")
_PAINTING = frozenset((b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"sh", b"Do", b"BI"))
_NO_KERN = b">0<"

Matrix = tuple[float, float, float, float, float, float]
CAPITALS = 0.66  # height of capitals and figures, of the size: what collides is seen
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Box(NamedTuple):
    """A rectangle in points from the lower left corner of the page."""

    left: float
    bottom: float
    right: float
    top: float


class Font:
    """A font: `name` as the file has it, whether its codes are two bytes wide and mean glyphs, and its glyphs.

    `words` is what each code stands for, `widths` how wide it is in thousandths of the size (`default`: all others).
    """

    def __init__(
        self, name: str, words: Mapping[int, str], widths: Mapping[int, float], default: float, *, wide: bool
    ) -> None:
        self.name = name
        self.wide = wide
        self._words = defaultdict(str, words)
        self._widths = defaultdict(lambda: default, widths)
        self._known: dict[bytes, tuple[str, float, int]] = {}

    def read(self, operands: bytes) -> tuple[str, float, int]:
        """Return the words of what is shown, its length in thousandths of the size, and how many glyphs are missing."""
        known = self._known.get(operands)
        if known is None:
            codes, kerns = _codes(operands, wide=self.wide)
            length = sum(map(self._widths.__getitem__, codes)) - kerns
            holes = codes.count(0) if self.wide else 0
            known = self._known[operands] = "".join(map(self._words.__getitem__, codes)), length, holes
        return known


class Shown(NamedTuple):
    """A text that is painted at once. `font` is the name among the resources; `holes`: glyphs that are .notdef."""

    text: str
    font: str
    size: float
    box: Box
    holes: int


@dataclass(slots=True)
class Run:
    """Painting under one mark: of the tree (`mcid`), an artifact, or neither."""

    mcid: int | None
    artifact: bool
    shown: list[Shown] = field(default_factory=list)
    painted: bool = False

    @property
    def text(self) -> str:
        """What a reader gets of it."""
        return "".join(shown.text for shown in self.shown)

    @property
    def holes(self) -> int:
        """How many glyphs are missing."""
        return sum(shown.holes for shown in self.shown)


def read_content(content: bytes, fonts: Mapping[str, Font]) -> list[Run]:
    """Return what a page paints, in order of painting. ValueError where an operand is none."""
    page = _Page(fonts)
    if b"BI" in content:
        content = _INLINE_IMAGE.sub(b"BI ", content)
    follow = page.operators
    for place, font, shown, operands, operator in _INSTRUCTION.findall(content):
        if shown:
            page.text(place, font, shown)
        elif operator in follow:
            follow[operator](operands)
    return page.runs


class _Page:
    """A page while it is read: transformation, font, where the next text goes, and the marks that are open."""

    def __init__(self, fonts: Mapping[str, Font]) -> None:
        self._fonts = fonts
        self._kept: list[tuple[Matrix, Font | None, str, float]] = []
        self._matrix = IDENTITY
        self._text = self._line = IDENTITY
        self._font: Font | None = None
        self._name = ""
        self._size = 0.0
        self._leading = 0.0
        self._marks = [Run(None, False)]
        self.runs = [self._marks[0]]
        self.operators: dict[bytes, Callable[[bytes], None]] = {
            b"q": self._keep, b"Q": self._restore, b"cm": self._transform, b"BT": self._begin, b"Tm": self._place,
            b"Td": self._move, b"TD": self._move_leading, b"T*": self._next_line, b"TL": self._lead, b"Tf": self._take,
            b"Tj": self._show, b"TJ": self._show, b"'": self._show_line, b'"': self._show_line, b"BDC": self._mark,
            b"BMC": self._mark, b"EMC": self._unmark,
            **dict.fromkeys(_PAINTING, self._paint),
        }  # fmt: skip

    def _keep(self, _: bytes) -> None:
        self._kept.append((self._matrix, self._font, self._name, self._size))

    def _restore(self, _: bytes) -> None:
        if self._kept:
            self._matrix, self._font, self._name, self._size = self._kept.pop()

    def _transform(self, operands: bytes) -> None:
        self._matrix = _product(_matrix(operands), self._matrix)

    def _begin(self, _: bytes) -> None:
        self._text = self._line = IDENTITY

    def _place(self, operands: bytes) -> None:
        self._text = self._line = _matrix(operands)

    def _move(self, operands: bytes) -> None:
        x, y = map(float, operands.split())
        self._text = self._line = _product((1.0, 0.0, 0.0, 1.0, x, y), self._line)

    def _move_leading(self, operands: bytes) -> None:
        self._leading = -float(operands.split()[1])
        self._move(operands)

    def _next_line(self, _: bytes) -> None:
        self._text = self._line = _product((1.0, 0.0, 0.0, 1.0, 0.0, -self._leading), self._line)

    def _lead(self, operands: bytes) -> None:
        self._leading = float(operands)

    def _take(self, operands: bytes) -> None:
        found = _FONT.search(operands)
        if found:
            self._name, self._size = found[1].decode("latin-1"), float(found[2])
            self._font = self._fonts.get(self._name)

    def _mark(self, operands: bytes) -> None:
        found = _MCID.search(operands)
        outer = self._marks[-1]
        if found:
            run = Run(int(found[1]), False)
        else:  # what lies inside an artifact or inside the tree stays there
            run = Run(outer.mcid, outer.artifact or operands.startswith(b"/Artifact"))
        self._marks.append(run)
        self.runs.append(run)

    def _unmark(self, _: bytes) -> None:
        if len(self._marks) > 1:
            self._marks.pop()

    def _paint(self, _: bytes) -> None:
        self._marks[-1].painted = True

    def _show_line(self, operands: bytes) -> None:
        self._next_line(operands)
        self._show(operands)

    def text(self, place: bytes, font: bytes, shown: bytes) -> None:
        """Show a text: BT, Tm, Tf where the font changes, TJ, ET."""
        self._place(place)
        if font:
            self._take(font)
        self._show(shown)

    def _show(self, operands: bytes) -> None:
        run, font = self._marks[-1], self._font
        run.painted = True
        if font is None:
            return
        text, length, holes = font.read(operands)
        length *= self._size / 1000
        run.shown.append(Shown(text, self._name, self._size, self._box(length), holes))
        if length:
            self._text = _product((1.0, 0.0, 0.0, 1.0, length, 0.0), self._text)

    def _box(self, length: float) -> Box:
        """Return the rectangle of a text: from its baseline up to the height of its capitals."""
        a, b, c, d, x, y = _product(self._text, self._matrix)
        height = CAPITALS * self._size
        across, along = (x + a * length, y + b * length), (x + c * height, y + d * height)
        if not b and not c:  # upright
            return Box(x, min(y, along[1]), across[0], max(y, along[1]))
        xs, ys = (x, across[0], along[0]), (y, across[1], along[1])
        return Box(min(xs), min(ys), max(xs), max(ys))


def _codes(operands: bytes, *, wide: bool) -> tuple[array[int] | bytearray, float]:
    """Return the codes that are shown, and by how much they are moved together, in thousandths of the size."""
    packed, kerns = bytearray(), 0.0
    for digits, string, kern in _PIECE.findall(operands.replace(_NO_KERN, b"")):
        if digits:
            packed += bytes.fromhex(digits.decode("ascii"))
        elif kern:
            kerns += float(kern)
        elif string:
            packed += unescaped(string)
    if not wide:
        return packed, kerns
    codes = array("H", bytes(packed[: len(packed) // 2 * 2]))
    if sys.byteorder == "little":
        codes.byteswap()
    return codes, kerns


def _matrix(operands: bytes) -> Matrix:
    a, b, c, d, x, y = map(float, operands.split())
    return a, b, c, d, x, y


def _product(one: Matrix, other: Matrix) -> Matrix:
    a, b, c, d, x, y = one
    e, f, g, h, u, v = other
    return a * e + b * g, a * f + b * h, c * e + d * g, c * f + d * h, x * e + y * g + u, x * f + y * h + v


def to_unicode(cmap: bytes) -> dict[int, str]:
    """Return what each code of a font stands for (ISO 32000-1, 9.10.3)."""
    words: dict[int, str] = {}
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        for code, written in re.findall(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>", block):
            words[int(code, 16)] = _words(written)
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", cmap, re.DOTALL):
        for first, last, written in re.findall(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            low, high, start = int(first, 16), int(last, 16), _words(written)
            for step in range(min(high - low, 0xFFFF) + 1):
                words[low + step] = start[:-1] + chr(ord(start[-1]) + step) if start else ""
    return words


def _words(digits: bytes) -> str:
    return bytes.fromhex(digits.decode("ascii")).decode("utf-16-be", "replace")
