"""The flow: columns of boxes from left to right, and bands between them, as broad as what they carry."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from assembly.colours import mix
from assembly.draw.boxes import Placed, box_height, box_room, draw_box, line_width
from assembly.draw.paper import Paper
from assembly.draw.style import SIZE, theme
from assembly.drawings import Flow, Group, Link, Node

HEAD = 6.0  # the headings of the columns
GAP, TIGHT = 2.0, 0.4  # between two boxes of a column, where there is room and where there is none
BROADEST = 2.0  # a band that carries one
TALLEST, WIDEST_GAP = 15.0, 16.0  # a box that has grown, and the space to the next
BROAD, ROOM, ROOM_BROAD = 200.0, 203.0, 128.0  # a drawing that lies landscape, and how high columns may be on a page
BAND = 0.36  # room for the bands, as a share of a column
SINGLE = (1.3, 1.9)  # shares of a column whose boxes hold a single line: the least, and the most if words need it
PALE = 0.64  # share of white in a band


def flow(drawing: Flow, width_mm: float) -> Paper:
    """Draw `drawing`; it is as high as its fullest column."""
    room = ROOM_BROAD if width_mm > BROAD else ROOM
    lines = [_lines(len(nodes), room) for _, nodes in drawing.columns]
    spans = _spans(drawing, lines, width_mm)
    heights = [
        max(box_height(node, across, most) for node in nodes)
        for (_, nodes), (_, across), most in zip(drawing.columns, spans, lines, strict=True)
    ]
    pairs = zip(drawing.columns, heights, lines, strict=True)
    tall = max(len(nodes) * down + (len(nodes) - 1) * _gap(most) for (_, nodes), down, most in pairs)
    paper = Paper(width_mm, HEAD + tall + 0.4)
    groups = {group.key: group for group in drawing.groups}
    placed: dict[str, Placed] = {}
    for i, (title, nodes) in enumerate(drawing.columns):
        x, across = spans[i]
        paper.text((x, 3), title, SIZE, theme().soft)
        for one in _column(nodes, heights[i], x, across, tall):
            placed[one.node.id] = one
    _bands(paper, drawing, placed, groups)
    for (_, nodes), most in zip(drawing.columns, lines, strict=True):
        for node in nodes:
            draw_box(paper, placed[node.id], groups, theme().accent, most)
    return paper


def _spans(drawing: Flow, lines: Sequence[int], width_mm: float) -> list[tuple[float, float]]:
    """Return where each column begins and how broad it is; one whose boxes hold a single line gets more."""
    least, most = SINGLE
    shares = [least if count == 1 else 1.0 for count in lines]
    needs = [
        max(map(line_width, nodes)) if count == 1 else 0.0
        for (_, nodes), count in zip(drawing.columns, lines, strict=True)
    ]
    while True:
        unit = (width_mm - 0.6) / (sum(shares) + BAND * (len(shares) - 1))
        short = [i for i, need in enumerate(needs) if need > shares[i] * unit and shares[i] < most]
        if not short:
            break
        for i in short:
            shares[i] = min(shares[i] + 0.05, most)
    spans, x = [], 0.3
    for share in shares:
        spans.append((x, share * unit))
        x += (share + BAND) * unit
    return spans


def _lines(count: int, room: float) -> int:
    """Return how many lines so many boxes of a column may have, to stand in so many millimetres."""
    fits = (most for most in (4, 3) if count * (box_room(most) + _gap(most)) - _gap(most) <= room)
    return next(fits, 1)


def _gap(most: int) -> float:
    return TIGHT if most == 1 else GAP


def _column(nodes: Sequence[Node], height: float, x: float, across: float, tall: float) -> Iterator[Placed]:
    """Spread the boxes of one column evenly over the whole height; where there is room they grow, for broader bands.

    All are equally high: what they carry is said by the bands, and a taller box would seem to say it too.
    """
    down = max(min(0.5 * tall / len(nodes), TALLEST), height)
    gap = (tall - down * len(nodes)) / max(len(nodes) - 1, 1)
    y = HEAD + 0.2
    if gap > WIDEST_GAP:
        gap = (tall - down * len(nodes)) / (len(nodes) + 1)
        y += gap
    for node in nodes:
        yield Placed(node, x, y, across, down)
        y += down + gap


def _bands(paper: Paper, drawing: Flow, placed: Mapping[str, Placed], groups: Mapping[str, Group]) -> None:
    """Draw the links; at each box they lie side by side in the order in which their other ends lie."""
    for x in sorted({one.x for one in placed.values()}):
        step = [link for link in drawing.links if placed[link.source].x == x]
        unit = _unit(step, placed)
        starts, ends = _ports(step, placed, unit, leaving=True), _ports(step, placed, unit, leaving=False)
        for link in sorted(step, key=lambda link: -link.weight):
            source, target = placed[link.source], placed[link.target]
            key = target.node.group or source.node.group
            colour = groups[key].colour if key in groups else theme().accent
            start = (source.x + source.width, starts[link.source, link.target])
            end = (target.x, ends[link.source, link.target])
            paper.ribbon(start, end, max(link.weight * unit, 0.9), mix(colour, PALE))


def _unit(links: Sequence[Link], placed: Mapping[str, Placed]) -> float:
    """Return how broad a band is that carries one: so that all bands of every box find room at its side."""
    unit = BROADEST
    for leaving in (True, False):
        whole = Counter[str]()
        for link in links:
            whole[link.source if leaving else link.target] += link.weight
        unit = min([unit, *((placed[key].height - 0.8) / weight for key, weight in whole.items())])
    return unit


def _ports(
    links: Sequence[Link], placed: Mapping[str, Placed], unit: float, *, leaving: bool
) -> dict[tuple[str, str], float]:
    """Return for each link at which height it leaves its source, or meets its target."""
    ports: dict[tuple[str, str], float] = {}
    for key in {link.source if leaving else link.target for link in links}:
        one = placed[key]
        here = [link for link in links if (link.source if leaving else link.target) == key]
        here.sort(key=lambda link: placed[link.target if leaving else link.source].middle)
        y = one.middle - unit * sum(link.weight for link in here) / 2
        for link in here:
            ports[link.source, link.target] = y + unit * link.weight / 2
            y += unit * link.weight
    return ports
