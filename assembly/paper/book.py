"""Book: the bytes of a PDF → what a reader meets: texts and their places, reading order, links, targets, fonts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import groupby
from operator import attrgetter

from assembly.paper.content import Font, to_unicode
from assembly.paper.kept import Kept
from assembly.paper.look import PARTING, Box, Look
from assembly.paper.objects import Objects, Reference, Value, parse, text
from assembly.paper.sheet import Sheet, read_sheets
from assembly.paper.tree import OPEN, Mark, Runs, Visit, read_tree

# What is no part of a word: blanks of all kinds, and hyphens, which may have been set to break a line.
_BLANKS = dict.fromkeys(map(ord, " \t\n\r\u00a0\u202f\u2002\u2003\u2009\u200b\u00ad-\u2010\u2011"))
# A link inside the book, in the form in which it is written here.
_LINK = re.compile(
    rb"<</Type /Annot/Subtype /Link/Rect \[([-\d. ]+)\]/BS <</W 0>>/Contents (<[0-9a-f]+>|\([^\\()]+\))"
    rb"/Dest \(([^\\()]*)\)/"
)
_INHERITED = ("Resources", "MediaBox", "CropBox", "Rotate")
FONT_FILES = ("FontFile", "FontFile2", "FontFile3")


def solid(words: str) -> str:
    """Return words without blanks and hyphens: what is the same however lines are broken."""
    return words.translate(_BLANKS)


@dataclass(frozen=True, slots=True)
class Face:
    """A font of the file: its name without the tag of a subset, and whether its glyphs are embedded."""

    name: str
    embedded: bool


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its size in points, what there is to see, and its annotations, by object number.

    `shown` is what windows show of it, `turned` by how many degrees; `tabs` is the order that the tab key follows.
    """

    size: Box
    shown: Box
    turned: int
    tabs: str
    look: Look
    annotations: list[int]


@dataclass(frozen=True, slots=True)
class Link:
    """A link: its page (from 1), its place, and the name of its target; empty where it leads out of the book.

    `said` is what it says of that in words.
    """

    page: int
    box: Box
    target: str
    url: str
    said: str


@dataclass(frozen=True, slots=True)
class Target:
    """A place that links can lead to: page (from 1, 0 for none) and position."""

    page: int
    x: float
    y: float


class Book:
    """A PDF. Everything is read when it is first asked for; ValueError where the bytes are damaged.

    `kept` are the pages of the book as it was read before; `pool` are workers that read those which are new.
    """

    def __init__(self, content: bytes, kept: Kept | None = None, pool: Executor | None = None) -> None:
        self._objects = Objects(content)
        self._kept, self._pool = kept or Kept(), pool
        self._used: dict[str, Mapping[str, Value]] = {}  # the fonts that pages name
        self._fonts_of: dict[bytes, tuple[Mapping[str, Font], bytes]] = {}  # by the dictionary of resources as written
        self._spots = lru_cache(OPEN)(self._spots_of)
        self._root = self._dictionary(self._objects.trailer.get("Root"))
        self._numbers: dict[int, int] = {}
        self._dictionaries: list[Mapping[str, Value]] = []
        for number, page in self._leaves(self._root.get("Pages"), {}):
            self._dictionaries.append(page)
            self._numbers.setdefault(number, len(self._dictionaries))

    @cached_property
    def pages(self) -> list[Page]:
        """All pages in order."""
        looks = read_sheets([self._sheet(page) for page in self._dictionaries], self._kept, self._pool)
        return [self._page(*both) for both in zip(self._dictionaries, looks, strict=True)]

    def read(self, visit: Visit) -> Runs:
        """Read the structure tree as `read_tree` does; ValueError where there is none."""
        root = self._dictionary(self._root.get("StructTreeRoot"))
        kids = root.get("K", [])
        numbers = [kid.number for kid in (kids if isinstance(kids, list) else [kids]) if isinstance(kid, Reference)]
        if len(numbers) == 1:  # one element for the whole document
            whole = self._dictionary(Reference(numbers[0]))
            inner = whole.get("K", [])
            numbers = (
                [kid.number for kid in inner if isinstance(kid, Reference)] if isinstance(inner, list) else numbers
            )
        if not numbers:
            raise ValueError("der Strukturbaum fehlt")
        return read_tree(numbers, self._objects.raw, self._numbers, self._words, visit)

    def _words(self, page: int) -> Mapping[int, str]:
        """Return the words under the marks of a page, solid."""
        seen = self.pages[page - 1].look
        return dict(zip(seen.mcids, solid(seen.words).split(PARTING)[1:], strict=True))

    def box(self, mark: Mark) -> Box | None:
        """Return the place of a run of marked content; None where it shows no words."""
        index = self._spots(mark.page).get(mark.mcid) if mark.page else None
        return None if index is None else self.pages[mark.page - 1].look.box(index)

    def _spots_of(self, page: int) -> Mapping[int, int]:
        """Return which spot of a page stands under which mark."""
        return {mcid: index for index, mcid in enumerate(self.pages[page - 1].look.mcids)}

    def texts(self, marks: Iterable[Mark]) -> Iterator[tuple[str, int]]:
        """Yield the words of those runs of marked content that show any, each with its page."""
        for number, runs in groupby(marks, key=attrgetter("page")):
            seen = self.pages[number - 1].look if number else None
            texts = dict(zip(seen.mcids, seen.texts, strict=True)) if seen else {}
            yield from ((texts[run.mcid], number) for run in runs if run.mcid in texts)

    def areas(self, marks: Iterable[Mark]) -> Iterator[tuple[float, float]]:
        """Yield breadth and height of the areas that are painted under marks."""
        for number, runs in groupby(marks, key=attrgetter("page")):
            areas = self.pages[number - 1].look.areas if number else ()
            wanted = {run.mcid for run in runs}
            for mcid, wide, high in zip(areas[0::3], areas[1::3], areas[2::3], strict=True):
                if mcid in wanted:
                    yield wide, high

    @cached_property
    def links(self) -> Mapping[int, Link]:
        """All links, by object number."""
        found: dict[int, Link] = {}
        for number, page in enumerate(self.pages, start=1):
            for annotation in page.annotations:
                link = self._link(number, annotation)
                if link is not None:
                    found[annotation] = link
        return found

    def _link(self, page: int, annotation: int) -> Link | None:
        """Return a link; None for annotations of other kinds."""
        raw = self._objects.raw(annotation)
        common = _LINK.match(raw)
        if common:
            said = common[2].decode("latin-1")
            return Link(page, _box(list(map(float, common[1].split()))), common[3].decode("latin-1"), "", said)
        value = parse(raw)
        if not isinstance(value, dict) or value.get("Subtype") != "Link":
            return None
        action = self._dictionary(value.get("A"))
        target, said = text(value.get("Dest", action.get("D"))), text(value.get("Contents"))
        return Link(page, _box(value.get("Rect")), target, text(action.get("URI")), said)

    @cached_property
    def targets(self) -> Mapping[str, Target]:
        """All named places."""
        names = self._dictionary(self._root.get("Names"))
        return {text(name): self._target(place) for name, place in self._pairs(names.get("Dests"), 0)}

    @cached_property
    def attachments(self) -> Mapping[str, bytes]:
        """The files that travel inside, by name."""
        names = self._dictionary(self._root.get("Names"))
        found: dict[str, bytes] = {}
        for name, specification in self._pairs(names.get("EmbeddedFiles"), 0):
            stream = self._dictionary(self._dictionary(specification).get("EF")).get("F")
            found[text(name)] = self._objects.stream(stream.number) if isinstance(stream, Reference) else b""
        return found

    @property
    def language(self) -> str:
        """The language that the book says it is in; empty for none."""
        return text(self._root.get("Lang"))

    @property
    def shows_title(self) -> bool:
        """Whether windows show the title of the book, and not the name of its file."""
        return bool(self._dictionary(self._root.get("ViewerPreferences")).get("DisplayDocTitle"))

    @property
    def is_marked(self) -> bool:
        """Whether the book says that its structure tree is to be followed."""
        return bool(self._dictionary(self._root.get("MarkInfo")).get("Marked"))

    @cached_property
    def outline(self) -> list[tuple[str, Target]]:
        """The bookmarks in order, with where they lead."""
        found: list[tuple[str, Target]] = []
        waiting = [self._dictionary(self._root.get("Outlines")).get("First")]
        while waiting and len(found) < 100_000:
            item = self._dictionary(waiting.pop())
            if item:
                found.append((text(item.get("Title")), self._target(item.get("Dest"))))
                waiting += [item.get("Next"), item.get("First")]
        return found

    @cached_property
    def faces(self) -> Mapping[str, Face]:
        """The fonts, by their name among the resources of the pages."""
        return {name: self._face(font) for name, font in self._used.items()} if self.pages else {}

    # --- pages ------------------------------------------------------------------------------------------------------

    def _leaves(
        self, node: Value, inherited: Mapping[str, Value], depth: int = 0
    ) -> Iterator[tuple[int, Mapping[str, Value]]]:
        """Yield number and dictionary of each page, with what it inherits (7.7.3.4)."""
        value = {**inherited, **self._dictionary(node)}
        if depth > 50:
            raise ValueError("a tree of pages without end")
        if value.get("Type") == "Pages":
            passed: dict[str, Value] = {name: value[name] for name in _INHERITED if name in value}
            for kid in self._objects.value(value.get("Kids")) or []:
                yield from self._leaves(kid, passed, depth + 1)
        elif isinstance(node, Reference):
            yield node.number, value

    def _sheet(self, page: Mapping[str, Value]) -> Sheet:
        contents = page.get("Contents")
        streams = [item.number for item in (contents if isinstance(contents, list) else [contents]) if item is not None]
        return Sheet([self._objects.packed(number) for number in streams], *self._fonts(page.get("Resources")))

    def _page(self, page: Mapping[str, Value], seen: Look) -> Page:
        annotations = self._objects.value(page.get("Annots")) or []
        size = page.get("MediaBox")
        return Page(
            _box(size),
            _box(page.get("CropBox", size)),
            int(page.get("Rotate", 0)),
            str(page.get("Tabs", "")),
            seen,
            [item.number for item in annotations],
        )

    def _fonts(self, resources: Value) -> tuple[Mapping[str, Font], bytes]:
        """Return the fonts among the resources of a page, and all bytes that they are read from."""
        found = self._dictionary(self._dictionary(resources).get("Font"))
        key = repr(found).encode()
        if key not in self._fonts_of:
            dictionaries = {name: self._dictionary(font) for name, font in found.items()}
            self._used.update(dictionaries)
            self._fonts_of[key] = (
                {name: self._font(font) for name, font in dictionaries.items()},
                b"".join(self._written(name, font) for name, font in dictionaries.items()),
            )
        return self._fonts_of[key]

    def _written(self, name: str, font: Mapping[str, Value]) -> bytes:
        """Return the bytes that decide what the codes of a font stand for, and how wide they are."""
        unicode, below = font.get("ToUnicode"), self._objects.value(font.get("DescendantFonts"))
        words = self._objects.stream(unicode.number) if isinstance(unicode, Reference) else b""
        plain = {key: value for key, value in font.items() if not isinstance(value, Reference)}
        return repr((name, words, plain, self._dictionary(below[0]) if below else "")).encode()

    def _font(self, font: Mapping[str, Value]) -> Font:
        unicode = font.get("ToUnicode")
        words = to_unicode(self._objects.stream(unicode.number)) if isinstance(unicode, Reference) else {}
        below = self._objects.value(font.get("DescendantFonts"))
        if below:
            inner = self._dictionary(below[0])
            wide = font.get("Encoding") in ("Identity-H", "Identity-V")
            widths = dict(_widths(self._objects.value(inner.get("W")) or []))
            return Font(words, widths, inner.get("DW", 1000), wide=wide)
        listed, first = self._objects.value(font.get("Widths")) or [], font.get("FirstChar", 0)
        return Font(words, dict(enumerate(listed, start=first)), 0, wide=False)

    def _face(self, font: Mapping[str, Value]) -> Face:
        below = self._objects.value(font.get("DescendantFonts"))
        inner = self._dictionary(below[0]) if below else font
        descriptor = self._dictionary(inner.get("FontDescriptor"))
        name = str(font.get("BaseFont", "?"))
        return Face(name[7:] if name[6:7] == "+" else name, any(file in descriptor for file in FONT_FILES))

    # --- values -----------------------------------------------------------------------------------------------------

    def _dictionary(self, value: Value) -> Mapping[str, Value]:
        found = self._objects.value(value)
        return found if isinstance(found, dict) else {}

    def _target(self, place: Value) -> Target:
        value = self._objects.value(place)
        if isinstance(value, dict):
            value = self._objects.value(value.get("D"))
        if not isinstance(value, list) or not value or not isinstance(value[0], Reference):
            return Target(0, 0.0, 0.0)
        x, y = (float(part) if isinstance(part, int | float) else 0.0 for part in (*value[2:4], 0, 0)[:2])
        return Target(self._numbers.get(value[0].number, 0), x, y)

    def _pairs(self, node: Value, depth: int) -> Iterator[tuple[Value, Value]]:
        """Yield names and values of a name tree (7.9.6)."""
        value = self._dictionary(node)
        names = self._objects.value(value.get("Names")) or []
        yield from zip(names[::2], names[1::2], strict=True)
        for kid in self._objects.value(value.get("Kids")) or [] if depth < 50 else []:
            yield from self._pairs(kid, depth + 1)


def _box(value: Value) -> Box:
    if not isinstance(value, list) or len(value) != 4:
        return Box(0.0, 0.0, 0.0, 0.0)
    left, bottom, right, top = map(float, value)
    return Box(min(left, right), min(bottom, top), max(left, right), max(bottom, top))


def _widths(written: list[Value]) -> Iterator[tuple[int, float]]:
    """Yield the widths of codes (9.7.4.3): a code and a list from it on, or first, last and the width of all."""
    index = 0
    while index + 1 < len(written):
        first, following = written[index], written[index + 1]
        if isinstance(following, list):
            yield from enumerate(following, start=first)
            index += 2
        else:
            yield from ((code, written[index + 2]) for code in range(first, min(following, first + 0xFFFF) + 1))
            index += 3
