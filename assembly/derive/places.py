"""Places: the districts as tiles, where they lie to each other; no boundary is drawn, so no geometry is needed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from assembly import german
from assembly.derive.cells import FigureView, groups
from assembly.derive.matrices import districts_of
from assembly.drawings import Tile, TileMap
from assembly.editions import Selection

# Column and row of each district by AGS, read off a map of Saxony: Zwickau, Chemnitz and Mittelsachsen from west to
# east, Vogtlandkreis and Erzgebirgskreis to the south of them.
PLACES: Mapping[str, tuple[float, float]] = {
    "14524": (0.5, 0),
    "14511": (1.5, 0),
    "14522": (2.5, 0),
    "14523": (0, 1),
    "14521": (1.5, 1),
}


def tile_map(selection: Selection, field: str) -> FigureView:
    """How many measures lie in each district, in all and by action field; those in several count in each."""
    plan = selection.plan
    measures = [measure for measure in selection.in_field(field) if measure.places]
    if not measures or not plan.districts:
        return FigureView(None, "", empty="In dieser Ausgabe nennt keine Maßnahme ihren Raum.")
    unknown = [ags for ags in plan.districts if ags not in PLACES]
    places = {**PLACES, **{ags: (float(i % 3), float(2 + i // 3)) for i, ags in enumerate(unknown)}}
    tiles = []
    for ags, district in plan.districts.items():
        here = [measure for measure in measures if ags in districts_of(measure)]
        alone = sum(districts_of(measure) == {ags} for measure in here)
        by_group = Counter(measure.field for measure in here)
        tiles.append(Tile(district.short, places[ags], len(here), alone, by_group))
    shared = sum(len(districts_of(measure)) > 1 for measure in measures)
    most = max(tiles, key=lambda tile: tile.count)
    drawing = TileMap(tuple(tiles), groups(plan, (measure.field for measure in measures)))
    listed = german.listing([f"{tile.name} {german.integer(tile.count)}" for tile in tiles])
    alternative = (
        f"Schematische Karte: {german.counted(len(tiles), 'Kachel', 'Kacheln')}, je Kreis eine, mit der Zahl der"
        f" Maßnahmen: {listed}. Die höchste Zahl: {most.name}. In mehreren Kreisen"
        f" {'liegt' if shared == 1 else 'liegen'} {german.counted(shared, 'Maßnahme', 'Maßnahmen')}."
    )
    note = (
        "Schematische Darstellung, nicht maßstäblich. Maßnahmen in mehreren Kreisen zählen in jedem;"
        " „nur hier“ sind die übrigen."
    )
    return FigureView(drawing, alternative, note)
