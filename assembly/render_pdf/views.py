"""Views: what the templates see of blocks that are laid out with a ruler: cover, logos, bars of time and of money."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping, Sequence
from typing import Any

from assembly import german
from assembly.document import Cover, Schedule, Shares
from assembly.draw.marks import marks
from assembly.drawings import OPEN
from assembly.render_pdf.metrics import MM, lines, width
from assembly.render_pdf.stylesheet import checked
from assembly.render_pdf.tables import LINE
from assembly.theme import PAPER, Logo, Typeface

YEAR = 9.0  # millimetres that a year of a bar needs to be named in full
DIAMOND = 1.7  # millimetres: half a milestone with its outline
OUTLINE = 0.2  # millimetres that the line around a mark reaches beyond it
NUMBER = 7.5  # points of years, and of the number of several milestones
COVER_SIZES = ((40.0, 45.0), (32.0, 37.0), (26.0, 31.0), (21.0, 26.0))  # points of the title, and of its lines
COVER_LINE, COVER_ROOM = 160.0, 64.0  # millimetres that the title of the cover is wide, and may be high

View = dict[str, Any]


def schedule_view(block: Schedule, sans: Typeface) -> View:
    """Return where bar, years and milestones lie, in millimetres; numbers of milestones are measured in `sans`."""
    years = range(block.first_year, block.last_year + 1)
    scale = LINE / len(years)

    def across(time: float) -> float:
        return (min(max(time, years[0]), years[-1] + 1) - years[0]) * scale

    def centred(middle: float, text: str, weight: int = 400) -> tuple[str, str]:
        """Return where a text begins, and the text; see `assembly.draw.paper.Paper.text`."""
        return f"{middle - width(sans, text, NUMBER, weight) / 2:.3f}", text

    begin, narrow = across(block.begin), scale < YEAR
    inside = [min(max(across(time), DIAMOND), LINE - DIAMOND) for time in block.milestones]
    shown = marks(inside, DIAMOND, lambda count: width(sans, str(count), NUMBER, 600), (OUTLINE, LINE - OUTLINE))
    return {
        "title": block.alternative,
        "line": LINE,
        "colour": checked(block.colour),
        "begin": f"{begin:.3f}",
        "length": f"{max(across(block.end) - begin, 1.2):.3f}",  # even a month has to be seen
        "borders": [f"{across(year):.3f}" for year in years[1:]],
        "size": f"{NUMBER * MM:.3f}",
        "years": [centred(across(year + 0.5), f"’{year % 100:02d}" if narrow else str(year)) for year in years],
        "marks": [f"{mark.middle:.3f}" for mark in shown if mark.count == 1],
        "several": [
            (f"{mark.left:.3f}", f"{mark.right - mark.left:.3f}", *centred(mark.middle, str(mark.count), 600))
            for mark in shown
            if mark.count > 1
        ],
    }


def shares_view(block: Shares, tiers: Mapping[str, str]) -> View:
    """Return where the parts of a bar of money lie, in millimetres, in the colours of their tiers."""
    whole = block.whole.cents
    parts: list[View] = []
    left = 0.0
    for part in block.parts:
        if part.amount.cents > 0 and whole > 0:
            length = LINE * part.amount.cents / whole
            words = {"label": part.label, "share": german.percent(part.amount.cents, whole)}
            colour = tiers.get(part.key, PAPER)
            parts.append({"colour": colour, **words, **_segment(left, length, gap=part.key == OPEN)})
            left += length
    listed = german.listing([f"{part['label']} {part['share']}" for part in parts])
    return {
        "parts": parts,
        "title": f"Ein Balken zeigt, wie sich {german.euros(whole)} verteilen: {listed}." if parts else "",
        "whole": german.euros(whole),
        "until": block.until,
    }


def _segment(x: float, width: float, *, gap: bool) -> View:
    """Return where a part of the bar lies, in millimetres; the outline of the gap keeps clear of its neighbours."""
    inset, stroke = (0.35, 0.2) if gap else (0.0, 0.0)
    return {
        "gap": gap,
        "x": f"{x + inset:.3f}",
        "y": f"{stroke:g}",
        "width": f"{max(width - 0.3 - inset + stroke / 2, 0.1):.3f}",
        "height": f"{4 - 2 * stroke:g}",
    }


def cover_view(block: Cover, sans: Typeface) -> View:
    """Return what stands on the cover; a long title, measured in `sans`, gets smaller type."""
    stripes = [checked(colour) for colour in block.stripes]
    size, leading = next(
        (
            (size, leading)
            for size, leading in COVER_SIZES
            if lines(sans, block.title, COVER_LINE, size, 600) * leading * MM <= COVER_ROOM
        ),
        COVER_SIZES[-1],
    )
    return {
        "cover": block,
        "size": f"{size:g}",
        "leading": f"{leading:g}",
        "stripes": stripes,
        "logos": logo_views(block.logos),
        "share": 100 / max(len(stripes), 1),
    }


def logo_views(logos: Sequence[Logo]) -> list[View]:
    """Return logos as data: URIs, with their words."""
    types = {"svg": "image/svg+xml", "png": "image/png", "jpeg": "image/jpeg"}
    return [
        {"source": f"data:{types[logo.kind]};base64,{b64encode(logo.content).decode()}", "words": logo.alternative}
        for logo in logos
    ]
