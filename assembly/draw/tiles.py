"""The map of tiles: a tile a district, as they lie to each other; its tint and number say how many measures it has."""

from __future__ import annotations

from assembly import german
from assembly.colours import mix
from assembly.draw.paper import Paper, width
from assembly.draw.style import LARGE, SMALL, theme
from assembly.draw.words import shortened
from assembly.drawings import Tile, TileMap

TILE, LOW, GAP = 40.0, 17.0, 3.0  # height of a tile, of one without bars, and the space between two
LIGHT, DARK = 0.94, 0.74  # share of white where there is nothing, and where most lies
COUNT = 18.0  # points of the number of measures
BARS = 10.5  # height of the highest bar


def tile_map(drawing: TileMap, width_mm: float) -> Paper:
    """Draw `drawing`; tiles are as broad as the width allows."""
    columns = max(tile.place[0] for tile in drawing.tiles) + 1
    rows = max(tile.place[1] for tile in drawing.tiles) + 1
    pitch = min((width_mm - 0.6 + GAP) / columns, 62.0)
    tall = TILE if len(drawing.groups) > 1 else LOW
    paper = Paper(width_mm, rows * (tall + GAP) - GAP + 0.4)
    most = max(tile.count for tile in drawing.tiles)
    highest = max((count for tile in drawing.tiles for count in tile.by_group.values()), default=0)
    left = (width_mm + GAP - pitch * columns) / 2
    for tile in drawing.tiles:
        corner = (left + tile.place[0] * pitch, 0.2 + tile.place[1] * (tall + GAP))
        _tile(paper, drawing, tile, (corner, (pitch - GAP, tall)), (most, highest))
    return paper


def _tile(
    paper: Paper,
    drawing: TileMap,
    tile: Tile,
    place: tuple[tuple[float, float], tuple[float, float]],
    scale: tuple[int, int],
) -> None:
    ((x, y), (across, tall)), (most, highest) = place, scale
    ground = mix(theme().accent, LIGHT - (LIGHT - DARK) * tile.count / max(most, 1))
    paper.box((x, y), (across, tall), ground, theme().accent, width=0.8)
    paper.text((x + 2.6, y + 5.2), shortened(tile.name, across - 5, LARGE, 600), LARGE, weight=600)
    count = german.integer(tile.count)
    paper.text((x + 2.6, y + 13.4), count, COUNT, weight=600)
    beside = x + 2.6 + width(count, COUNT, 600) + 1.6
    paper.text((beside, y + 10.1), "Maßnahme" if tile.count == 1 else "Maßnahmen", SMALL)
    paper.text((beside, y + 13.4), f"nur hier: {german.integer(tile.alone)}", SMALL)
    if len(drawing.groups) > 1:
        _bars(paper, drawing, tile, (x + 2.6, across - 5.2, y + tall - 5.4), highest)


def _bars(paper: Paper, drawing: TileMap, tile: Tile, place: tuple[float, float, float], highest: int) -> None:
    """Draw a bar a field, its number above and its key below."""
    x, room, base = place
    pitch = min(room / max(len(drawing.groups), 1), 9.0)
    for i, group in enumerate(drawing.groups):
        count = tile.by_group.get(group.key, 0)
        tall = BARS * count / max(highest, 1)
        middle = x + (i + 0.5) * pitch
        if count:
            paper.box((middle - pitch * 0.32, base - tall), (pitch * 0.64, tall), group.colour, group.colour, width=0.0)
        weight = 600 if count else 400
        paper.text((middle, base - tall - 0.9), german.integer(count), SMALL, weight=weight, align="center")
        paper.text((middle, base + 3.4), group.key, SMALL, align="center")
    paper.line((x, base), (x + pitch * len(drawing.groups), base), theme().soft, 0.5)
