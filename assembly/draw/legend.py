"""How layers look and their legend: by tint, pattern and word, so that they survive grey print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assembly.colours import AA, contrast, legible, mix, tier_colours, tints
from assembly.draw.paper import Paper, Point, width
from assembly.draw.style import SIZE, theme
from assembly.drawings import OPEN, Scale
from assembly.theme import PAPER
from schema.measure import Certainty

LINE = 6.5  # millimetres that a line of the legend takes
NAME = 4.2  # … and where a name begins, after its swatch


@dataclass(frozen=True, slots=True)
class Look:
    """How a layer is drawn: filled, with an edge; hatched with white lines, or dashed and empty for what is open."""

    fill: str
    edge: str
    hatched: bool = False
    dashed: bool = False

    @property
    def ink(self) -> str:
        """The colour of words on it."""
        return theme().warning if self.dashed else theme().ink_on(self.fill)


def looks(scale: Scale, names: Sequence[str]) -> dict[str, Look]:
    """Return the look of each layer.

    Tiers are tints by their rank, other sources of money by their place; stages grow darker, granted money is solid.
    """
    accent = theme().accent
    named = [name for name in names if name != OPEN]
    fills = dict(zip(named, tints(accent, len(named)), strict=True))
    if scale is Scale.TIERS:
        tiers = tier_colours(accent)
        fills = {name: tiers[name] for name in named} if tiers.keys() >= fills.keys() else fills
    elif scale is Scale.STAGES:
        fills = dict(zip(named, reversed(tints(accent, len(named))), strict=True))
        fills = {name: _readable(tint) for name, tint in fills.items()}
    else:
        fills = {
            Certainty.GRANTED.label: accent,
            Certainty.APPLIED.label: accent,
            Certainty.PLANNED.label: mix(accent, 0.8),
        }
    faint = mix(accent, 0.35)  # light tints need an edge to stand out from the paper
    found = {
        name: Look(
            fills[name],
            PAPER if contrast(fills[name], PAPER) >= 3 else faint,
            hatched=scale is Scale.CERTAINTY and name == Certainty.APPLIED.label,
        )
        for name in named
    }
    return {name: found.get(name, Look(PAPER, theme().warning, dashed=True)) for name in names}


def _readable(tint: str) -> str:
    """Return the tint, or where it is too dark for the theme's text and too light for white words a darker one."""
    inks = (theme().text, PAPER)
    return tint if any(contrast(ink, tint) >= AA for ink in inks) else legible(tint, PAPER, AA)


def segment(paper: Paper, corner: Point, size: tuple[float, float], look: Look, *labels: str) -> None:
    """Draw one part of a bar; in it stands the first of the labels that has room there."""
    (x, y), (across, down) = corner, size
    paper.box(corner, size, look.fill, look.edge, width=0.6, dashed=look.dashed)
    label = next((words for words in labels if down >= 3.6 and width(words, SIZE) < across - 1.4), "")
    if look.hatched:
        _hatch(paper, corner, size)
        if label:  # words need quiet ground
            room = width(label, SIZE) + 1.6
            paper.box((x + (across - room) / 2, y + down / 2 - 1.8), (room, 3.6), look.fill, look.fill, width=0.0)
    if label:
        paper.text((x + across / 2, y + down / 2 + 1), label, SIZE, look.ink, align="center")


def _hatch(paper: Paper, corner: Point, size: tuple[float, float]) -> None:
    """Draw white lines from lower left to upper right, cut at the edges."""
    (x, y), (across, down) = corner, size
    offset = 1.0
    while offset < across + down:
        start = (x + max(offset - down, 0.0), y + min(offset, down))
        end = (x + min(offset, across), y + max(offset - across, 0.0))
        paper.line(start, end, PAPER, 0.7)
        offset += 1.7


def legend_height(names: Sequence[str], room: float) -> float:
    """Return how high the legend is, in millimetres."""
    return LINE * len(_lines(names, room))


def legend(paper: Paper, corner: Point, room: float, styles: dict[str, Look]) -> None:
    """Draw the legend from its upper left corner, in as many lines as it needs."""
    for i, line in enumerate(_lines([*styles], room)):
        base = corner[1] + LINE * i + 4.6
        for x, name in line:
            look = styles[name]
            swatch(paper, (corner[0] + x, base - 2.4), look)
            paper.text((corner[0] + x + NAME, base), name, SIZE, theme().warning if look.dashed else theme().text)


def swatch(paper: Paper, corner: Point, look: Look) -> None:
    """Draw a small piece of a layer."""
    framed = look if look.dashed else replace(look, edge=theme().accent)  # all of one size on the paper
    segment(paper, corner, (2.8, 2.6), framed)


def _lines(names: Sequence[str], room: float) -> list[list[tuple[float, str]]]:
    """Place the names side by side; return lines of (x, name)."""
    lines: list[list[tuple[float, str]]] = [[]]
    x = 0.0
    for name in names:
        length = NAME + width(name, SIZE) + 6
        if lines[-1] and x + length - 6 > room:
            lines.append([])
            x = 0.0
        lines[-1].append((x, name))
        x += length
    return lines
