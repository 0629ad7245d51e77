"""Shapes: what a page draws beside its texts: lines and areas, each as the rectangle that it fills, and its colour."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, partial
from itertools import chain, groupby
from operator import itemgetter
from typing import Any, NamedTuple

Matrix = tuple[float, float, float, float, float, float]
Edges = tuple[float, float, float, float]
Rule = tuple[Matrix, Edges | None, tuple[bytes, bytes, bytes, bytes]]  # with its clip, and corners as they are written

WHOLE = 0.9  # share of its rectangle that an area fills at least, where it is taken for all of it
OPAQUE = 0.5  # what is more transparent is as good as not there
HIDDEN, UNKNOWN, BLACK = b"", b"?", b"0 0 0"  # colours as they are written: of what leaves nothing to see; not known
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
SHORT = 80  # letters of what is drawn again and again
COLOUR, ACT, PATH, ALPHA, RENDERING = range(5)  # kinds of steps
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
        self.colour, self.opaque, self.rendering = BLACK, True, 0
        self.clip: Edges | None = None
        self.shapes: list[Shape] = []
        self._path, self._clips = b"", False  # the path that is being made, and whether it will clip what comes
        self._acts: dict[bytes, Callable[[], None]] = {
            b"q": self.save, b"Q": self.restore, b"n": self._end, b"W": self._will_clip, b"W*": self._will_clip,
            **{sign: partial(self._paint, area=sign not in b"sS") for sign in PAINTING},
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

    def ink(self) -> bytes:
        """Return the colour of texts; `HIDDEN` where they leave nothing to see."""
        return self.colour if self.opaque and self.rendering not in _UNSEEN else HIDDEN

    def draw(self, drawn: bytes) -> None:
        """Draw lines and areas, as they are written one after the other, and heed what is said of their look."""
        for kind, value in _steps(drawn) if len(drawn) < SHORT else map(_step, _PART.findall(drawn)):
            if kind == COLOUR:
                self.colour = value
            elif kind == ACT:
                self._acts[value]()
            elif kind == PATH:
                self._path += value
            elif kind == ALPHA:
                self.opaque = value
            else:
                self.rendering = value

    def _will_clip(self) -> None:
        self._clips = True

    def _end(self) -> None:
        """End the path, which may clip what comes."""
        if self._clips and (found := _outline(self._path, self.matrix)):
            self.clip = _inside(found[0], self.clip) or NOTHING
        self._path, self._clips = b"", False

    def _paint(self, *, area: bool) -> None:
        """Paint the path: as an area, or its lines alone."""
        before, mcid = self.painted()
        found = _outline(self._path, self.matrix)
        edges = _inside(found[0], self.clip) if found and (self.opaque or not area) else None
        if found and edges:
            whole = area and _fills(self._path, found[1], found[2])
            self.shapes.append(Shape(*edges, before, self.colour if area else HIDDEN, whole, mcid))
        self._end()


def ruled(rules: Iterable[Rule]) -> Iterator[Edges]:
    """Yield the rectangles around rules, one for all that follow each other in the same transformation and clip."""
    for ((a, b, c, d, e, f), clip), group in groupby(rules, key=itemgetter(0, 1)):
        numbers = list(map(float, chain.from_iterable(corners for _, _, corners in group)))
        xs, ys = numbers[::2], numbers[1::2]
        left, right, low, high = min(xs), max(xs), min(ys), max(ys)
        across = [x * a + y * c + e for x in (left, right) for y in (low, high)]
        along = [x * b + y * d + f for x in (left, right) for y in (low, high)]
        if edges := _inside((min(across), min(along), max(across), max(along)), clip):
            yield edges


def _step(part: tuple[bytes, bytes]) -> tuple[int, Any]:
    """Return what kind of step is written, and what it says."""
    path, operator = part
    if path:
        return PATH, path
    if operator[:1] == b"/":
        return ALPHA, float(operator[2:]) >= OPAQUE
    if operator[-1:] == b"r":
        return RENDERING, int(float(operator.split()[0]))
    return (ACT if operator.isalpha() or operator[1:] == b"*" else COLOUR), operator


@lru_cache(maxsize=512)
def _steps(drawn: bytes) -> list[tuple[int, Any]]:
    return list(map(_step, _PART.findall(drawn)))


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
