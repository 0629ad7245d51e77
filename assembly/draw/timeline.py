"""The timeline: a row a measure, its bar from beginning to end, milestones, and what waits for what."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from assembly import german
from assembly.colours import mix
from assembly.draw.marks import Mark, marks
from assembly.draw.paper import Paper, width
from assembly.draw.style import LARGE, SIZE, SMALL, theme
from assembly.draw.words import shortened, wrapped
from assembly.drawings import Bar, Timeline
from assembly.theme import PAPER

HEAD, FOOT = 6.6, 0.8  # the years above, room for the last line below
ROW, LEADING, GROUP = 6.7, 3.4, 8.2  # a row of one line, every further line, a group's heading
BAR, DIAMOND = 3.4, 1.75  # height of a bar, half the diagonal of a milestone
TINT = 0.55  # share of white in the bars that are no lighthouse; they have a full outline

Across = Callable[[float], float]


@dataclass(frozen=True)
class _Row:
    """One row and where it lies; the heading of a group has no bar."""

    y: float
    height: float
    colour: str
    words: tuple[str, ...]
    bar: Bar | None = None

    @property
    def middle(self) -> float:
        return self.y + self.height / 2


def height(drawing: Timeline, width_mm: float) -> float:
    """Return how high the drawing is, in millimetres."""
    return _bottom(tuple(_rows(drawing, width_mm))) + FOOT


def timeline(drawing: Timeline, width_mm: float) -> Paper:
    """Draw `drawing`; the sheet is as high as its rows need."""
    ids = _ids(drawing)
    label = _room(width_mm)
    rows = tuple(_rows(drawing, width_mm))
    paper = Paper(width_mm, _bottom(rows) + FOOT)
    first, last = drawing.first_year, drawing.last_year + 1
    scale = (width_mm - label - 0.3) / (last - first)

    def across(time: float) -> float:
        return label + (min(max(time, first), last) - first) * scale

    _ground(paper, rows, range(first, last + 1), across)
    measures = {row.bar.id: (row, row.bar) for row in rows if row.bar}
    for row, bar in measures.values():  # arrows run behind the bars that lie between
        for before in bar.after:
            if before in measures:
                _arrow(paper, *measures[before], row, bar, across)
    for row in rows:
        _label(paper, row, ids)
        if row.bar:
            _bar(paper, row, row.bar, across)
    for row, bar in measures.values():
        _elsewhere(paper, row, bar, [before for before in bar.after if before not in measures], across)
    for row, bar in measures.values():
        inside = [min(max(across(time), across(first) + DIAMOND), across(last) - DIAMOND) for time, _ in bar.milestones]
        for mark in marks(inside, DIAMOND, lambda count: width(str(count), SMALL, 600), (across(first), across(last))):
            _mark(paper, mark, row.middle)
    return paper


def _ids(drawing: Timeline) -> float:
    """Return the breadth of the column of ids, with its gap."""
    return max((width(bar.id, SIZE, 600) for bar in drawing.bars), default=0.0) + 3


def _room(width_mm: float) -> float:
    """Return the breadth of the names: the years begin after them."""
    return min(max(0.34 * width_mm, 62), 86)


def _bottom(rows: tuple[_Row, ...]) -> float:
    return rows[-1].y + rows[-1].height if rows else HEAD


def _rows(drawing: Timeline, width_mm: float) -> Iterator[_Row]:
    room = _room(width_mm) - _ids(drawing) - 4
    groups = [group for group in drawing.groups if any(bar.group == group.key for bar in drawing.bars)]
    y = HEAD
    for group in groups:
        key, name, colour = group.key, group.title, group.colour
        if len(groups) > 1:
            yield _Row(y, GROUP, colour, (shortened(name, width_mm - 2, LARGE, 600),))
            y += GROUP
        for bar in drawing.bars:
            if bar.group == key:
                words = wrapped(bar.title, room, SIZE)
                height = ROW if len(words) == 1 else ROW + LEADING - 1.2
                yield _Row(y, height, colour, words, bar)
                y += height


def _ground(paper: Paper, rows: tuple[_Row, ...], years: range, across: Across) -> None:
    """Draw what lies behind the bars: the lines of rows and years, and the years' names."""
    bottom = paper.height - FOOT
    for row in rows:
        paper.line((0, row.y), (paper.width, row.y), theme().line if row.bar is None else theme().hair, 0.5)
    paper.line((0, bottom), (paper.width, bottom), theme().line, 0.5)
    stretches = [[HEAD - 1.6, HEAD]]  # the lines of the years leave out the headings of groups, which run across
    for row in rows:
        if row.bar and row.y == stretches[-1][1]:
            stretches[-1][1] = row.y + row.height
        elif row.bar:
            stretches.append([row.y, row.y + row.height])
    for year in years:
        for top, end in stretches:
            paper.line((across(year), top), (across(year), end), theme().line, 0.5)
    narrow = across(years[1]) - across(years[0]) < width("2027", SIZE) + 1
    for year in years[:-1]:
        name = f"’{year % 100:02d}" if narrow else str(year)
        paper.text(((across(year) + across(year + 1)) / 2, HEAD - 2.6), name, SIZE, theme().soft, align="center")


def _label(paper: Paper, row: _Row, ids: float) -> None:
    if row.bar is None:
        paper.text((0, row.y + row.height - 2.6), row.words[0], LARGE, row.colour, 600)
        return
    base = row.middle + 1.05 - (len(row.words) - 1) * LEADING / 2
    paper.text((0, base), row.bar.id, SIZE, theme().text, 600)
    for i, words in enumerate(row.words):
        paper.text((ids, base + i * LEADING), words, SIZE)


def _bar(paper: Paper, row: _Row, bar: Bar, across: Across) -> None:
    begin = across(bar.begin)
    length = max(across(bar.end) - begin, 1.2)  # even a month has to be seen
    fill = row.colour if bar.strong else mix(row.colour, TINT)
    paper.bar((begin, row.middle - BAR / 2), (length, BAR), fill, row.colour)


def _mark(paper: Paper, mark: Mark, y: float) -> None:
    if mark.count == 1:
        corners = ((mark.middle, y - DIAMOND), (mark.right, y), (mark.middle, y + DIAMOND), (mark.left, y))
        paper.path(corners, theme().text, 0.8, PAPER)
    else:
        size = (mark.right - mark.left, 2 * DIAMOND)
        paper.box((mark.left, y - DIAMOND), size, PAPER, theme().text, width=0.8)
        paper.text((mark.middle, y + 0.85), str(mark.count), SMALL, theme().text, 600, "center")


def _arrow(paper: Paper, row: _Row, before: Bar, target: _Row, bar: Bar, across: Across) -> None:
    """Draw the arrow from the end of `before` to the beginning of `bar`, which lies in the row `target`."""
    down = 1 if target.middle > row.middle else -1
    x = across(bar.begin) + 0.9
    tip = target.middle - down * (BAR / 2 + 0.25)
    end = across(before.end)
    start = (end, row.middle) if end < x else (x, row.middle + down * BAR / 2)
    points = [start, (x, row.middle), (x, tip - down)] if end < x else [start, (x, tip - down)]
    colour = _ink(bar, [before.id])
    paper.path(points, colour, 1.0)
    paper.path(((x, tip), (x - 0.85, tip - down * 1.7), (x + 0.85, tip - down * 1.7)), colour, 0.3, colour)


def _elsewhere(paper: Paper, row: _Row, bar: Bar, before: list[str], across: Across) -> None:
    """Name what the measure waits for and another part of the figure shows: no arrow can lead there."""
    if not before:
        return
    colour = _ink(bar, before)
    words = f"nach {german.listing(before)}"
    room = across(bar.begin) - across(0) - 1.6
    if width(words, SMALL) <= room:
        paper.text((across(bar.begin) - 1.2, row.middle + 0.9), words, SMALL, colour, align="right")
    else:
        begin = max(across(bar.end), across(bar.begin) + 1.2) + DIAMOND + 0.8
        words = shortened(words, paper.width - begin, SMALL)
        paper.text((begin, row.middle + 0.9), words, SMALL, colour)


def _ink(bar: Bar, before: Sequence[str]) -> str:
    """Return the colour of an arrow or words: red where something ends too late, as in the network."""
    return theme().text if set(before).isdisjoint(bar.wrong) else theme().warning
