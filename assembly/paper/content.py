"""Content: what a page paints (ISO 32000-1, 7.8.2 and 9.4): texts with their font, place and mark, and shapes."""

from __future__ import annotations

import re
import sys
from array import array
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NamedTuple

from assembly.paper.objects import STRING, unescaped
from assembly.paper.shapes import (
    ASIDE,
    DRAWN,
    IDENTITY,
    LOOKS,
    PAINTING,
    RULE,
    UNKNOWN,
    Canvas,
    Edges,
    Matrix,
    Rule,
    Shape,
    ruled,
)

_OPERAND = (
    rb"(?:[-+.\d]++|/[^\s/<>\[\]()]*|\[(?:[^\[\]()]|"
    + STRING
    + rb")*\]|<<(?:[^<>(]|"
    + STRING
    + rb"|<[0-9A-Fa-f\s]*>)*>>"
    rb"|<[0-9A-Fa-f\s]*>|" + STRING + rb"|true\b|false\b|null\b)"
)
# Most of a page is read at one go in the forms that WeasyPrint writes: what is drawn, then a text, mostly under a mark.
# That takes a third of the time of reading one instruction after the other.
# Pictures are written letter by letter: each has its place, and so has the next.
_TEXT = (
    rb"(?:BT\s+)?1 0 0 -1 ([-.\d]+) ([-.\d]+) Tm\s+(?:(/\S+\s+[-.\d]+)\s+Tf\s+)?(\[[^\]()]*\])\s*TJ\s+"
    rb"(?:ET\s+|(?=(?:\d\s+Tr\s+)*(?:ET\s|1 0 0 -1 )))"
)
_MARKED = rb"/\w+\s+<</MCID (\d+)>>\s+BDC\s+((?:" + LOOKS + rb")*)" + _TEXT + rb"EMC\b"
_OTHER = rb"((?:" + _OPERAND + rb"\s*+)*)([A-Za-z'\"][A-Za-z0-9*]*|)"  # operands of nothing are passed
_INSTRUCTION = re.compile(
    rb"(" + DRAWN + rb")(?:" + rb"|".join((_MARKED, _TEXT, RULE, rb"(" + ASIDE + rb")", _OTHER)) + rb")\s*", re.DOTALL
)
_INLINE_IMAGE = re.compile(rb"\bBI\s.*?\sEI\b", re.DOTALL)
_PIECE = re.compile(rb"<([0-9A-Fa-f\s]*)>|(" + STRING + rb")|(-?[\d.]+)", re.DOTALL)
_MCID = re.compile(rb"/MCID\s+(\d+)")
_KERN, _GAP, _HEX = re.compile(rb">\s*(-?[\d.]+)"), re.compile(rb">[^<>]*(?:<|\Z)"), re.compile(rb"[^0-9A-Fa-f]")

CAPITALS = 0.66  # height of capitals and figures, of the size: what collides is seen


class _Missing(dict[int, Any]):
    """A mapping with a value for all keys that it does not hold."""

    def __init__(self, value: Any, held: Mapping[int, Any]) -> None:
        super().__init__(held)
        self.value = value

    def __missing__(self, key: int) -> Any:
        return self.value

    def __reduce__(self) -> tuple[Any, ...]:
        return _Missing, (self.value, dict(self))


class Font:
    """A font: what each code stands for, and how wide it is in thousandths of the size (`default`: all others).

    `wide`: codes are two bytes and mean glyphs.
    """

    def __init__(self, words: Mapping[int, str], widths: Mapping[int, float], default: float, *, wide: bool) -> None:
        self.wide = wide
        self._words = _Missing("", words)
        self._widths = _Missing(default, widths)
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
    """A text that is painted at once. `font` is the name among the resources; `holes`: glyphs that are .notdef.

    Its place is that of its baseline up to the height of its capitals, in points from the lower left corner. Its colour
    is as it is written, `HIDDEN` where it leaves nothing to see; `cut`: it lies outside of what it is clipped to.
    """

    text: str
    font: str
    size: float
    holes: int
    left: float
    bottom: float
    right: float
    top: float
    colour: bytes
    cut: bool


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
        return "".join([shown.text for shown in self.shown])

    @property
    def holes(self) -> int:
        """How many glyphs are missing."""
        return sum(shown.holes for shown in self.shown)


class Content(NamedTuple):
    """What a page paints: runs under marks, without artifacts that are but drawn; all texts, and what else there is."""

    runs: list[Run]
    texts: list[Shown]
    shapes: list[Shape]
    rules: list[Edges]


def read_content(content: bytes, fonts: Mapping[str, Font]) -> Content:
    """Return what a page paints, in order of painting. ValueError where an operand is none."""
    page = _Page(fonts)
    if b"BI" in content:
        content = _INLINE_IMAGE.sub(b"BI ", content)
    other = page.operators
    rules: list[Rule] = []
    for found in _INSTRUCTION.findall(content + b"\n"):
        drawn, mcid, look, x, y, font, marked, x2, y2, font2, shown, rule, _, _, _, aside, operands, operator = found
        if drawn:
            page.draw(drawn)
        if rule:
            rules.append((page.matrix, page.clip, found[11:15]))
        elif marked:
            page.mark(int(mcid))
            if look:
                page.draw(look)
            page.text(float(x), float(y), font, marked)
            page.unmark(b"")
        elif shown:
            page.text(float(x2), float(y2), font2, shown)
        elif aside:
            page.draw_aside(aside)
        elif operator in other:
            other[operator](operands)
    return Content(page.runs, page.texts, page.shapes, list(ruled(rules)))


class _Page(Canvas):
    """A page while it is read: its font, where the next text goes, and the marks that are open."""

    def __init__(self, fonts: Mapping[str, Font]) -> None:
        super().__init__()
        self._fonts = fonts
        self._taken: dict[bytes, tuple[Font | None, str, float]] = {}
        self._kept: list[tuple[Any, ...]] = []
        self._text = self._line = IDENTITY
        self._font: Font | None = None
        self._name = ""
        self._size = 0.0
        self._leading = 0.0
        self._marks = [Run(None, False)]
        self.runs = [self._marks[0]]
        self.texts: list[Shown] = []
        self.operators: dict[bytes, Callable[[bytes], None]] = {
            b"cm": self._transform, b"BT": self._begin, b"Tm": self._place, b"Td": self._move,
            b"TD": self._move_leading, b"T*": self._next_line, b"TL": self._lead, b"Tf": self._take, b"Tj": self._show,
            b"TJ": self._show, b"'": self._show_line, b'"': self._show_line, b"BDC": self._open, b"BMC": self._open,
            b"EMC": self.unmark, b"g": self._grey, **dict.fromkeys((b"k", b"sc", b"scn"), self._other_colour),
            **dict.fromkeys((b"Do", b"BI", b"sh"), self._picture),
            **{sign: partial(self._alone, sign) for sign in (b"q", b"Q", b"n", *PAINTING)},
        }  # fmt: skip

    # --- the forms that are read at one go --------------------------------------------------------------------------

    def mark(self, mcid: int) -> None:
        """Open a mark of the tree."""
        run = Run(mcid, False)
        self._marks.append(run)
        self.runs.append(run)

    def unmark(self, _: bytes) -> None:
        """Close the mark opened last."""
        if len(self._marks) > 1:
            self._marks.pop()

    def text(self, x: float, y: float, font: bytes, shown: bytes) -> None:
        """Show a text that stands upright in a page that counts from above."""
        if font:
            self._take(font)
        a, b, c, d, e, f = self.matrix
        if b or c:
            self._text = (1.0, 0.0, 0.0, -1.0, x, y)
            self._show(shown)
            return
        run = self._marks[-1]
        run.painted = True
        if self._font is not None:
            words, length, holes = self._font.read(shown)
            left, one = x * a + e, y * d + f
            right, other = left + length * self._size * a / 1000, one - CAPITALS * self._size * d
            low, high = (one, other) if one < other else (other, one)
            self._add(run, Shown(words, self._name, self._size, holes, left, low, right, high, self.ink(), False))

    def _add(self, run: Run, text: Shown) -> None:
        if self.clip is not None and _is_out(text, self.clip):
            text = text._replace(cut=True)
        run.shown.append(text)
        self.texts.append(text)

    def save(self) -> None:
        """Put the state aside."""
        self._kept.append((
            self.matrix, self.clip, self.colour, self.opaque, self.rendering, self._font, self._name, self._size,
        ))  # fmt: skip

    def restore(self) -> None:
        """Take up the state that was put aside last."""
        if self._kept:
            (
                self.matrix, self.clip, self.colour, self.opaque, self.rendering, self._font, self._name, self._size,
            ) = self._kept.pop()  # fmt: skip

    def draw_aside(self, drawn: bytes) -> None:
        """Draw what is an artifact by itself."""
        self._marks.append(Run(None, True))
        self.draw(drawn)
        self._marks.pop()

    def painted(self) -> tuple[int, int | None]:
        """Note that something is painted; return how many texts are painted before, and the mark that it is under."""
        run = self._marks[-1]
        run.painted = True
        return len(self.texts), run.mcid

    # --- one instruction after the other ----------------------------------------------------------------------------

    def _transform(self, operands: bytes) -> None:
        self.matrix = _product(_matrix(operands), self.matrix)

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
        if operands not in self._taken:
            name, size = operands.split()
            word = name[1:].decode("latin-1")
            self._taken[operands] = self._fonts.get(word), word, float(size)
        self._font, self._name, self._size = self._taken[operands]

    def _open(self, operands: bytes) -> None:
        found = _MCID.search(operands)
        if found:
            self.mark(int(found[1]))
            return
        outer = self._marks[-1]  # what lies inside an artifact or inside the tree stays there
        run = Run(outer.mcid, outer.artifact or operands.startswith(b"/Artifact"))
        self._marks.append(run)
        self.runs.append(run)

    def _picture(self, _: bytes) -> None:
        self._marks[-1].painted = True

    def _alone(self, sign: bytes, _: bytes) -> None:
        self.draw(sign + b" ")

    def _grey(self, operands: bytes) -> None:
        self.colour = b" ".join(operands.split() * 3)

    def _other_colour(self, _: bytes) -> None:
        self.colour = UNKNOWN

    def _show_line(self, operands: bytes) -> None:
        self._next_line(operands)
        self._show(operands)

    def _show(self, operands: bytes) -> None:
        run, font = self._marks[-1], self._font
        run.painted = True
        if font is None:
            return
        text, length, holes = font.read(operands)
        length *= self._size / 1000
        a, b, c, d, x, y = _product(self._text, self.matrix)
        height = CAPITALS * self._size
        xs = x, x + a * length, x + c * height, x + a * length + c * height
        ys = y, y + b * length, y + d * height, y + b * length + d * height
        edges = min(xs), min(ys), max(xs), max(ys)
        self._add(run, Shown(text, self._name, self._size, holes, *edges, self.ink(), False))
        self._text = _product((1.0, 0.0, 0.0, 1.0, length, 0.0), self._text)


def _codes(operands: bytes, *, wide: bool) -> tuple[array[int] | bytes, float]:
    """Return the codes that are shown, and by how much they are moved together, in thousandths of the size."""
    if b"(" in operands:
        packed, kerns = _pieces(operands)
    else:
        shown = operands.replace(b">0<", b"")
        kerns = sum(map(float, _KERN.findall(shown)))
        packed = bytes.fromhex(_HEX.sub(b"", _GAP.sub(b"", shown)).decode("ascii"))
    if not wide:
        return packed, kerns
    codes = array("H", packed[: len(packed) // 2 * 2])
    if sys.byteorder == "little":
        codes.byteswap()
    return codes, kerns


def _pieces(operands: bytes) -> tuple[bytes, float]:
    """Return the same of strings in round brackets."""
    packed, kerns = bytearray(), 0.0
    for digits, string, kern in _PIECE.findall(operands):
        if kern:
            kerns += float(kern)
        else:
            packed += unescaped(string) if string else bytes.fromhex(digits.decode("ascii"))
    return bytes(packed), kerns


def _is_out(text: Shown, clip: Edges) -> bool:
    """Tell whether the middle of a text lies outside of what it is clipped to."""
    left, bottom, right, top = clip
    return not (2 * left <= text.left + text.right <= 2 * right and 2 * bottom <= text.bottom + text.top <= 2 * top)


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
