"""Shapes: what a page draws beside its texts: lines and areas, each as the rectangle that it fills, and its colour."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache, partial
from typing import NamedTuple

Matrix = tuple[float, float, float, float, float, float]
Edges = tuple[float, float, float, float]

WHOLE = 0.9  # share of its rectangle that an area fills at least, where it is taken for all of it
OPAQUE = 0.5  # what is more transparent is as good as not there
HIDDEN, UNKNOWN, BLACK = b"", b"?", b"0 0 0"  # colours as they are written: of what leaves nothing to see; not known
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
SHORT = 80  # letters of what is drawn again and again
NOTHING: Edges = (0.0, 0.0, 0.0, 0.0)
_UNSEEN = (3, 7)  # ways to render a text that leave nothing to see (9.3.6)

# What is written in the forms of WeasyPrint is read at one go. Only single signs are taken for good (`++`): of groups
# Python 3.11.2, which Debian 12 has, loses what is in brackets then.
_NUMBERS = rb"(?:[-.\d]++\s++)+"
_DASHES = rb"\[[-.\d\s]*\]\s+[-.\d]+\s+d\s+"
LOOKS = _NUMBERS + rb"(?:l|m|c|re|rg|RG|w|J|j|M|Tr)\s+|/\w\S*\s+gs\s+"
_DRAWN = LOOKS + rb"|[qQnhS]\s+|W\*?\s+|[fBb]\*?\s+|" + _DASHES
DRAWN = rb"(?:" + _DRAWN + rb")*"
ASIDE = rb"/Artifact\s+BMC\s+" + DRAWN + rb"EMC\b"
# What tables and boxes are ruled with, by two corners: a line; or a side of a frame, to which two areas are clipped.
_PLACE, _COLOURS = rb"([-.\d]+)\s+([-.\d]+)\s+", rb"(?:" + _NUMBERS + rb"(?:RG|rg|w)\s+|/\w\S*\s+gs\s+)*"
_SIDE = _NUMBERS + rb"l\s+W\*\s+n\s+" + _COLOURS + rb"(?:" + _NUMBERS + rb"re\s+){2}f\*\s+"
RULE = (
    rb"/Artifact\s+BMC\s+(?:q\s+)+" + _COLOURS + _PLACE + rb"m\s+(?:" + _NUMBERS + rb"l\s+)??" + _PLACE + rb"l\s+"
    rb"(?:S\s+|" + _SIDE + rb")(?:Q\s+)+EMC\b"
)
_PASSED = rb"(?:" + _NUMBERS + rb"(?:w|RG|J|j|M)\s+|" + _DASHES + rb"|/(?!a[.\d])\w\S*\s+gs\s+)*"
_PATH = rb"((?:" + _NUMBERS + rb"(?:[mlc]|re)\s+|h\s+)+)"
_LOOK = rb"[-.\d]+\s+[-.\d]+\s+[-.\d]+(?=\s+rg\s)|[-.\d]+\s+Tr|/a[.\d]+"
_OPERATOR = rb"(" + _LOOK + rb"|[qQnS]|W\*?|[fBb]\*?)(?:\s+(?:rg|gs))?\s+"
_PART = re.compile(_PASSED + rb"(?:" + _PATH + rb"|" + _OPERATOR + rb")")
_RECTANGLE = re.compile(rb"([-.\d]+)\s+([-.\d]+)\s+([-.\d]+)\s+([-.\d]+)\s+re\b")
_LETTERS = b"mlchre"


class Shape(NamedTuple):
    """A line or an area, in points from the lower left corner of the page, as far as it is not clipped away.

    `before`: how many texts were painted before it; `colour` is that of an area, `HIDDEN` for lines; `whole`: it fills
    its rectangle; `mcid` is the mark of the tree that it belongs to.
    """

    left: float
    bottom: float
    right: float
    top: float
    before: int
    colour: bytes
    whole: bool
    mcid: int | None


class Canvas:
    """What a page is drawn on: its transformation, the look of what comes next, and all shapes so far."""

    def __init__(self) -> None:
        self.matrix = IDENTITY
        self.ink = BLACK  # what areas and texts are filled with
        self.clip: Edges | None = None
        self.shapes: list[Shape] = []
        self.rules: list[Edges] = []
        self._colour, self._opaque, self._rendering = BLACK, True, 0
        self._path, self._clips = b"", False  # the path that is being made, and whether it will clip what comes
        self._acts: dict[bytes, Callable[[], None]] = {
            b"q": self.save, b"Q": self.restore, b"n": self._end, b"W": self._will_clip, b"W*": self._will_clip,
            **{sign: partial(self.paint, area=sign not in b"sS") for sign in PAINTING},
        }  # fmt: skip

    def save(self) -> None:
        """Put the state aside."""
        raise NotImplementedError

    def restore(self) -> None:
        """Take up the state that was put aside last."""
        raise NotImplementedError

    def painted(self) -> tuple[int, int | None]:
        """Note that something is painted; return how many texts are painted before, and the mark that it is under."""
        raise NotImplementedError

    def rule(self, x: float, y: float, far: float, down: float) -> None:
        """Draw a rule, from one of its corners to another."""
        a, b, c, d, e, f = self.matrix
        one, other, low, high = x * a + y * c + e, far * a + down * c + e, x * b + y * d + f, far * b + down * d + f
        if edges := _inside((min(one, other), min(low, high), max(one, other), max(low, high)), self.clip):
            self.rules.append(edges)

    def draw(self, drawn: bytes) -> None:
        """Draw lines and areas, as they are written one after the other, and heed what is said of their look."""
        acts = self._acts
        for path, operator in _parts(drawn) if len(drawn) < SHORT else _PART.findall(drawn):
            if path:
                self._path += path
            elif operator in acts:
                acts[operator]()
            elif operator[:1] == b"/":
                self._opaque = float(operator[2:]) >= OPAQUE
                self._mix()
            elif operator.endswith(b"Tr"):
                self._rendering = int(float(operator.split()[0]))
                self._mix()
            else:
                self.colour(operator)

    def colour(self, written: bytes) -> None:
        """Fill from now on with a colour."""
        self._colour = written
        self._mix()

    def _mix(self) -> None:
        self.ink = self._colour if self._opaque and self._rendering not in _UNSEEN else HIDDEN

    def _will_clip(self) -> None:
        self._clips = True

    def _end(self) -> None:
        """End the path, which may clip what comes."""
        if self._clips and (found := _outline(self._path, self.matrix)):
            self.clip = _inside(found[0], self.clip) or NOTHING
        self._path, self._clips = b"", False

    def paint(self, *, area: bool) -> None:
        """Paint the path: as an area, or its lines alone."""
        before, mcid = self.painted()
        found = _outline(self._path, self.matrix)
        edges = _inside(found[0], self.clip) if found and (self._opaque or not area) else None
        if found and edges:
            whole = area and _fills(self._path, found[1], found[2])
            self.shapes.append(Shape(*edges, before, self._colour if area else HIDDEN, whole, mcid))
        self._end()


@lru_cache(maxsize=512)
def _parts(drawn: bytes) -> list[tuple[bytes, bytes]]:
    return _PART.findall(drawn)


PAINTING = (b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*")


def _outline(path: bytes, matrix: Matrix) -> tuple[Edges, list[float], list[float]] | None:
    """Return the rectangle around a path, and its points as they are written; None for a path without any."""
    if b"re" in path:
        path = _RECTANGLE.sub(_corners, path)
    numbers = list(map(float, path.translate(None, _LETTERS).split()))
    if path.count(b"m") > 1 and path.startswith(b"0 0 m"):  # so begins each path of a picture, wherever it goes then
        del numbers[:2]
    xs, ys = numbers[::2], numbers[1::2]
    if not ys:
        return None
    a, b, c, d, e, f = matrix
    if b or c:
        across = [x * a + y * c + e for x, y in zip(xs, ys, strict=False)]
        along = [x * b + y * d + f for x, y in zip(xs, ys, strict=False)]
        return (min(across), min(along), max(across), max(along)), xs, ys
    left, right, low, high = min(xs) * a + e, max(xs) * a + e, min(ys) * d + f, max(ys) * d + f
    return (min(left, right), min(low, high), max(left, right), max(low, high)), xs, ys


def _corners(found: re.Match[bytes]) -> bytes:
    x, y, wide, high = map(float, found.groups())
    return b"%f %f %f %f %f %f %f %f" % (x, y, x + wide, y, x + wide, y + high, x, y + high)


def _fills(path: bytes, xs: list[float], ys: list[float]) -> bool:
    """Tell whether a path fills nearly all of the rectangle around it: it is no frame, no diamond, no ribbon."""
    parts = path.count(b"m") - (path.count(b"m") > 1 and path.startswith(b"0 0 m"))
    if parts + path.count(b"re") != 1:
        return False
    area = abs(sum(x * ys[i - 1] - xs[i - 1] * y for i, (x, y) in enumerate(zip(xs, ys, strict=False)))) / 2
    return area >= WHOLE * (max(xs) - min(xs)) * (max(ys) - min(ys)) > 0


def _inside(edges: Edges, clip: Edges | None) -> Edges | None:
    """Return what is left of a rectangle inside another; None where that is nothing."""
    if clip is None:
        return edges
    left, bottom, right, top = edges
    left, bottom, right, top = max(left, clip[0]), max(bottom, clip[1]), min(right, clip[2]), min(top, clip[3])
    return (left, bottom, right, top) if left <= right and bottom <= top else None
