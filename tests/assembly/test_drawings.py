"""Every kind of drawing, of any size, with any words: nothing leaves the sheet or covers words, all can be read."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import combinations, pairwise

import pytest
from matplotlib.colors import to_hex, to_rgba
from matplotlib.font_manager import FontProperties
from matplotlib.patches import Patch, Rectangle
from matplotlib.text import Text

from assembly.colours import AA, contrast
from assembly.draw import draw, draw_png, draw_svg, panels
from assembly.draw.layers import crossings, layouts
from assembly.draw.legend import looks
from assembly.draw.marks import marks
from assembly.draw.paper import MM, Paper, width
from assembly.drawings import (
    OPEN,
    Bar,
    Drawing,
    Flow,
    Group,
    Head,
    HeatColumn,
    HeatTable,
    Link,
    Network,
    Node,
    Scale,
    StackedBars,
    StackedRows,
    Tile,
    TileMap,
    Timeline,
    wants_breadth,
)
from assembly.theme import NEUTRAL, PAPER

GROUPS = tuple(
    Group(key, title, colour)
    for key, title, colour in (
        ("WIR", "Wirtschaft", "#1f5fa8"),
        ("WIS", "Wissenschaft und Innovation", "#6a4c93"),
        ("INF", "Infrastruktur und Mobilität", "#b45309"),
        ("BIL", "Bildung und Fachkräfte", "#0f766e"),
        ("DAS", "Öffentliche Daseinsvorsorge", "#a61e4d"),
    )
)
LONG = "Aufbau einer gemeinsamen Einrichtung für die Erprobung neuer Verfahren in der gesamten Region " * 2 + "Chemnitz"
WORD = "Kreislaufwirtschaftszentrumsbetreibergesellschaftsgründungen"
TITLES = ("Transferverbund", LONG, WORD, f"{WORD} und {WORD}", "A")
SMALLEST = 7.0  # points in print


def test_the_words_are_as_long_as_they_are_meant() -> None:
    assert len(LONG) >= 190
    assert len(WORD) == 60


def ids(count: int) -> list[tuple[str, str]]:
    """Return ids of measures with their fields, in the order of a plan."""
    size = -(-count // len(GROUPS))
    return [(GROUPS[i // size].key, f"{GROUPS[i // size].key}-{i % size + 1:03d}") for i in range(count)]


def timeline(count: int) -> Timeline:
    known = ids(count)
    bars = [
        Bar(key, TITLES[i % 5], group, 2027 + i % 9, 2028 + i % 9 + 0.5, ((2027.5 + i % 9, "Start"),), (), i % 4 == 0)
        for i, (group, key) in enumerate(known)
    ]
    after = [replace(bar, after=(known[i - 5][1],)) if i >= 5 else bar for i, bar in enumerate(bars)]
    return Timeline(2027, 2038, tuple(after), GROUPS)


def stacked_bars(count: int) -> StackedBars:
    years = tuple(str(2027 + i) for i in range(min(count, 12)))
    amounts = [tuple(99_999_999_999_900 // (j + 1) // (i // 4 + 1) for i in range(len(years))) for j in range(4)]
    return StackedBars(years, tuple(zip(("EU", "Bund", "Land", OPEN), amounts, strict=True)))


def stacked_rows(count: int, scale: Scale) -> StackedRows:
    heads = tuple(Head(key, TITLES[i % 5], group) for i, (group, key) in enumerate(ids(count)))
    names = {
        Scale.TIERS: ("EU", "Bund", "Land", "Kommunen", "Privat", OPEN),
        Scale.CERTAINTY: ("bewilligt", "beantragt", "geplant", OPEN),
        Scale.STAGES: ("Idee", "Konzept", "Machbarkeit geprüft", "antragsreif", "bewilligt", "in Umsetzung"),
    }[scale]
    amounts = [tuple((j * 37 + i * 101) % 9 * 100_000_000 for i in range(count)) for j in range(len(names))]
    if scale is Scale.CERTAINTY:
        heads = (*heads, Head("", "Zusammen"))
        amounts = [(*row, sum(row)) for row in amounts]
    return StackedRows(heads, tuple(zip(names, amounts, strict=True)), scale, GROUPS, scale is Scale.CERTAINTY)


def heat_table(count: int) -> HeatTable:
    rows = tuple(Node(f"V-{i + 1}", TITLES[i % 5], "123 Maßnahmen, 45 tragend") for i in range(6))
    columns = tuple(
        HeatColumn(key, group, tuple((i + 2 * j) % 4 for j in range(6)), TITLES[i % 5])
        for i, (group, key) in enumerate(ids(count))
    )
    return HeatTable(rows, columns, GROUPS, ("ergänzend", "deutlich", "tragend"))


def flow(count: int) -> Flow:
    first = tuple(Node(f"BF-{i + 1}", TITLES[i % 5], broken=i == 1) for i in range(6))
    second = tuple(Node(f"V-{i + 1}", TITLES[(i + 1) % 5], "12 Beiträge" if i % 2 else "") for i in range(6))
    third = tuple(Node(key, TITLES[i % 5], group=group) for i, (group, key) in enumerate(ids(min(count, 28))))
    links = [Link(first[i].id, second[(i + j) % 6].id) for i in range(6) for j in range(2) if i != 1]
    links += [Link(second[i % 6].id, node.id, i % 3 + 1) for i, node in enumerate(third)]
    return Flow((("Befund", first), ("Visionsaussage", second), ("Maßnahme", third)), tuple(links), GROUPS)


def network(count: int) -> Network:
    known = ids(max(count, 2))
    nodes = tuple(Node(key, TITLES[i % 5], "01/2027 – 12/2034", group) for i, (group, key) in enumerate(known))
    links = [
        Link(known[i // 2][1], key, mutual=i % 3 == 0, wrong=i % 7 == 0)
        for i, (_, key) in enumerate(known)
        if i and i % 11
    ]
    drawn = {one for link in links for one in (link.source, link.target)}
    return Network(tuple(node for node in nodes if node.id in drawn), tuple(links), GROUPS)


def tile_map(count: int) -> TileMap:
    places = ((0.5, 0.0), (1.5, 0.0), (2.5, 0.0), (0.0, 1.0), (1.5, 1.0))
    counts = {group.key: count for group in GROUPS}
    tiles = tuple(Tile(TITLES[i], place, count * 5, count // 2, counts) for i, place in enumerate(places))
    return TileMap(tiles, GROUPS)


KINDS: dict[str, Callable[[int], Drawing]] = {
    "timeline": timeline,
    "bars": stacked_bars,
    "tiers": lambda count: stacked_rows(count, Scale.TIERS),
    "certainty": lambda count: stacked_rows(count, Scale.CERTAINTY),
    "stages": lambda count: stacked_rows(count, Scale.STAGES),
    "heat": heat_table,
    "flow": flow,
    "network": network,
    "tiles": tile_map,
}
HIGH = {166: 210.0, 252: 132.0}
CASES = [(kind, count, across) for kind in KINDS for count, across in ((1, 166), (25, 252), (80, 166))]
cases = pytest.mark.parametrize(("kind", "count", "across"), CASES)


@functools.cache
def parts(kind: str, count: int, across: int) -> tuple[Paper, ...]:
    """Return the sheets of a drawing of this kind about so many measures, on pages as broad as this."""
    return tuple(draw(panel.drawing, across) for panel in panels(KINDS[kind](count), across, HIGH[across]))


@dataclass(frozen=True)
class Written:
    """Words on a sheet, and the box that they take: left, top, right, bottom in millimetres."""

    words: str
    size: float
    colour: str
    box: tuple[float, float, float, float]
    order: float


def written(paper: Paper) -> list[Written]:
    """Return all words on a sheet, measured by the book's own font."""
    return [_written(text) for axes in paper.canvas.axes for text in axes.texts]


def _written(text: Text) -> Written:
    font: FontProperties = text.get_fontproperties()
    size, (x, y) = float(text.get_fontsize()), text.get_position()
    length = width(text.get_text(), size, int(font.get_weight()))
    high, deep = 0.66 * size / MM, 0.0  # capitals above the base line; what hangs below may come close
    if text.get_rotation():
        box = (x - high, y - length, x + deep, y)
    else:
        left = x - {"left": 0.0, "center": length / 2, "right": length}[text.get_horizontalalignment()]
        box = (left, y - high, left + length, y + deep)
    return Written(text.get_text(), size, to_hex(text.get_color()), box, text.get_zorder())


@cases
def test_nothing_leaves_the_sheet(kind: str, count: int, across: int) -> None:
    for paper in parts(kind, count, across):
        found = written(paper)
        assert found
        for text in found:
            left, top, right, bottom = text.box
            assert left >= -0.01, text
            assert top >= -0.01, text
            assert right <= paper.width + 0.01, text
            assert bottom <= paper.height + 0.01, text
        for patch in paper.canvas.axes[0].patches:
            box = patch.get_path().get_extents(patch.get_patch_transform())
            assert box.x0 >= -0.01
            assert box.y0 >= -0.01
            assert box.x1 <= paper.width + 0.01
            assert box.y1 <= paper.height + 0.01


@cases
def test_no_words_cover_others(kind: str, count: int, across: int) -> None:
    for paper in parts(kind, count, across):
        for one, other in combinations(written(paper), 2):
            across_both = min(one.box[2], other.box[2]) - max(one.box[0], other.box[0])
            down_both = min(one.box[3], other.box[3]) - max(one.box[1], other.box[1])
            assert across_both <= 0.05 or down_both <= 0.05, (one, other)


@cases
def test_all_words_can_be_read(kind: str, count: int, across: int) -> None:
    """Not smaller than 7 pt, and on whatever lies below them with the contrast of WCAG AA."""
    for paper in parts(kind, count, across):
        boxes = [
            (patch.get_zorder(), patch.get_bbox(), to_rgba(patch.get_facecolor()))
            for patch in paper.canvas.axes[0].patches
            if isinstance(patch, Rectangle)
        ]
        for text in written(paper):
            assert text.size >= SMALLEST, text
            assert text.words.strip(), "empty words are no words"
            x, y = (text.box[0] + text.box[2]) / 2, (text.box[1] + text.box[3]) / 2
            below = [
                (order, fill)
                for order, box, fill in boxes
                if order < text.order and box.x0 <= x <= box.x1 and min(box.y0, box.y1) <= y <= max(box.y0, box.y1)
            ]
            ground = to_hex(max(below)[1]) if below else PAPER
            assert contrast(text.colour, ground) >= AA, (text, ground)


@cases
def test_a_panel_fits_its_page(kind: str, count: int, across: int) -> None:
    for paper in parts(kind, count, across):
        assert paper.height <= HIGH[across] or (kind, count) == ("network", 80), paper.height  # all hangs together


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_drawing_gives_the_same_bytes(kind: str) -> None:
    drawing = KINDS[kind](25)
    assert draw_svg(drawing, 166, "Bild") == draw_svg(drawing, 166, "Bild")
    assert draw_png(drawing, 60, 72) == draw_png(drawing, 60, 72)


def test_parts_hold_every_bar_once_and_keep_fields_together() -> None:
    whole = timeline(80)
    found = panels(whole, 252, 132)
    assert len(found) >= 5
    assert [panel.title.split(":")[0] for panel in found] == [
        f"Blatt {i} von {len(found)}" for i in range(1, len(found) + 1)
    ]
    bars = [bar for panel in found for bar in (panel.drawing.bars if isinstance(panel.drawing, Timeline) else ())]
    assert tuple(bars) == whole.bars
    small = panels(timeline(15), 252, 132)
    fields = [{bar.group for bar in panel.drawing.bars} for panel in small if isinstance(panel.drawing, Timeline)]
    assert len(small) > 1
    assert not any(one & other for one, other in combinations(fields, 2)), "a field that fits a part is not torn"


def test_what_fits_has_no_title() -> None:
    assert [panel.title for panel in panels(timeline(5), 166, 210)] == [""]


def test_parts_of_rows_keep_their_scale() -> None:
    whole = stacked_rows(80, Scale.TIERS)
    found = [panel.drawing for panel in panels(whole, 166, 210)]
    assert len(found) > 1
    longest = max(sum(amounts[i] for _, amounts in whole.layers) for i in range(80))
    assert all(isinstance(part, StackedRows) and part.longest == longest for part in found)
    assert sum(len(part.heads) for part in found if isinstance(part, StackedRows)) == 80


def test_what_is_open_is_an_outline_and_what_is_applied_for_is_hatched() -> None:
    found = looks(Scale.CERTAINTY, ("bewilligt", "beantragt", "geplant", OPEN))
    assert (found[OPEN].fill, found[OPEN].edge, found[OPEN].dashed) == (PAPER, NEUTRAL.warning, True)
    assert found["beantragt"].hatched
    assert len({(look.fill, look.hatched) for look in found.values()}) == 4
    tiers = looks(Scale.TIERS, ("EU", "Bund", "Land", "Kommunen", "Privat"))
    assert not {group.colour for group in GROUPS} & {look.fill for look in (*found.values(), *tiers.values())}


def test_stages_grow_darker() -> None:
    names = ("Idee", "Konzept", "Machbarkeit geprüft", "antragsreif", "bewilligt", "in Umsetzung")
    fills = [look.fill for look in looks(Scale.STAGES, names).values()]
    against_white = [contrast(fill, PAPER) for fill in fills]
    assert against_white == sorted(against_white)
    assert fills[-1] == NEUTRAL.accent


def test_layers_lead_to_the_right_and_untangle_what_can_be() -> None:
    """Two pairs that cross in the order of their ids do not cross when drawn."""
    links = (Link("A", "Y"), Link("B", "X"), Link("B", "Y"), Link("A", "Z"), Link("Z", "X", mutual=True))
    (layout,) = layouts(("A", "B", "X", "Y", "Z"), links)
    level = {key: index for index, layer in enumerate(layout.layers) for key in layer}
    assert all(level[way[0]] < level[way[-1]] for _, way in layout.ways)
    assert len(layout.ways) == len(links)
    assert crossings(layout) == 0


def test_a_long_way_passes_every_layer() -> None:
    (layout,) = layouts(("A", "B", "C"), (Link("A", "B"), Link("B", "C"), Link("A", "C")))
    ways = {(link.source, link.target): way for link, way in layout.ways}
    assert [len(way) for way in (ways["A", "B"], ways["B", "C"], ways["A", "C"])] == [2, 2, 3]


def test_a_mutual_link_closes_no_circle() -> None:
    (layout,) = layouts(("A", "B"), (Link("A", "B"), Link("B", "A", mutual=True)))
    assert len(layout.ways) == 2
    assert [*map(len, layout.layers)] == [1, 1]


def test_what_does_not_touch_stands_apart() -> None:
    found = layouts(("A", "B", "C", "D"), (Link("A", "B"), Link("C", "D")))
    assert [layout.layers for layout in found] == [(("A",), ("B",)), (("C",), ("D",))]


def test_a_broken_chain_has_a_dashed_frame() -> None:
    svg = draw_svg(flow(5), 166, "Bild")
    assert "stroke-dasharray" in svg
    whole = replace(
        flow(5), columns=tuple((t, tuple(replace(n, broken=False) for n in ns)) for t, ns in flow(5).columns)
    )
    assert "stroke-dasharray" not in draw_svg(whole, 166, "Bild")
    assert NEUTRAL.soft in svg


def test_milestones_that_would_cover_each_other_are_one_mark_with_a_count() -> None:
    marks = ((2028.0, "a"), (2028.1, "b"), (2033.0, "c"), *((2039.0, f"d{i}") for i in range(12)))
    bar = Bar("WIR-001", "Titel", "WIR", 2027, 2039, marks, (), strong=True)
    paper = draw(Timeline(2027, 2038, (bar,), GROUPS), 166)
    assert [text.words for text in written(paper) if text.words.isdigit() and len(text.words) < 3] == ["2", "12"]
    (frame,) = {line.get_path().get_extents().x1 for line in paper.canvas.axes[0].patches if _is_last_year(line)}
    shapes = [patch for patch in paper.canvas.axes[0].patches if to_hex(patch.get_facecolor()) == PAPER]
    shapes = [patch for patch in shapes if to_rgba(patch.get_facecolor())[3]]
    boxes = sorted((box.x0, box.x1) for box in (p.get_path().get_extents(p.get_patch_transform()) for p in shapes))
    assert len(boxes) == 3
    assert all(before[1] <= after[0] for before, after in pairwise(boxes))
    assert boxes[-1][1] <= frame + 0.05, "the last one stays inside the frame"


def _is_last_year(patch: Patch) -> bool:
    """Tell whether a patch is the upright line that ends the last year."""
    box = patch.get_path().get_extents()
    return box.width < 0.01 < box.height and box.x0 > 160


def test_no_line_of_a_year_runs_through_the_heading_of_a_group() -> None:
    paper = draw(timeline(25), 252)
    headings = [text for text in written(paper) if text.words in {group.title for group in GROUPS}]
    assert len(headings) == len(GROUPS)
    for patch in paper.canvas.axes[0].patches:
        box = patch.get_path().get_extents(patch.get_patch_transform())
        if box.width < 0.01 and to_hex(patch.get_edgecolor()) == NEUTRAL.line:
            assert not any(box.y0 < text.box[3] and text.box[1] < box.y1 for text in headings)


def years(**counts: int) -> Timeline:
    """Return bars of one line, so many a field."""
    bars = (
        Bar(f"{key}-{i:03d}", "Titel", key, 2027, 2030, (), (), strong=False)
        for key, count in counts.items()
        for i in range(count)
    )
    return Timeline(2027, 2038, tuple(bars), GROUPS)


def test_a_long_field_goes_on_beside_the_next_one() -> None:
    """A page is filled before the next begins: the rest of a divided field leaves room for what follows."""
    titles = [panel.title for panel in panels(years(WIR=35, WIS=5), 166, 210)]
    assert titles == [
        "Blatt 1 von 2: Wirtschaft, WIR-000 bis WIR-029",
        "Blatt 2 von 2: Wirtschaft ab WIR-030; Wissenschaft und Innovation",
    ]


def test_a_field_is_divided_where_that_saves_a_sheet() -> None:
    def titles(**counts: int) -> list[str]:
        return [panel.title for panel in panels(years(**counts), 166, 210)]

    assert titles(WIR=20, WIS=20) == [
        "Blatt 1 von 2: Wirtschaft, WIR-000 bis WIR-019",
        "Blatt 2 von 2: Wissenschaft und Innovation, WIS-000 bis WIS-019",
    ]
    first, second = titles(WIR=18, WIS=18, INF=18)
    assert first.startswith("Blatt 1 von 2: Wirtschaft; Wissenschaft und Innovation bis WIS-0")
    assert second.endswith("; Infrastruktur und Mobilität")


def test_a_field_that_is_divided_anyway_begins_where_there_is_room() -> None:
    titles = [panel.title for panel in panels(years(WIR=35, WIS=40), 166, 210)]
    assert titles[1].startswith("Blatt 2 von 3: Wirtschaft ab WIR-030; Wissenschaft und Innovation bis WIS-0")
    foot = [panel.title for panel in panels(years(WIR=58, WIS=40), 166, 210)]
    assert foot[1:3] == [
        "Blatt 2 von 4: Wirtschaft, WIR-030 bis WIR-057",
        "Blatt 3 von 4: Wissenschaft und Innovation, WIS-000 bis WIS-029",
    ], "two rows do not begin at the foot"


def test_boxes_of_a_column_are_equally_high_and_their_notes_are_whole() -> None:
    """A taller box would seem to say that there is more of something."""
    note = "1 Veranstaltung, 1.234.567 Teilnehmende"
    left = (Node("Chemnitz", "", note), Node("Zwickau", "", "2 Beiträge"))
    right = (Node("DAS", LONG, "40 Maßnahmen, davon 10 Leuchttürme"), Node("WIR", "Wirtschaft", "1 Maßnahme"))
    drawing = Flow((("Kreis", left), ("Feld", right)), (Link("Chemnitz", "DAS"),), GROUPS)
    paper = draw(drawing, 84)
    words = " ".join(text.words for text in written(paper))
    assert "Teilnehmende" in words
    assert "Leuchttürme" in words
    boxes = [patch for patch in paper.canvas.axes[0].patches if isinstance(patch, Rectangle) and patch.get_width() > 5]
    by_column: dict[float, set[float]] = {}
    for box in boxes:
        by_column.setdefault(round(box.get_x(), 2), set()).add(round(box.get_height(), 2))
    assert len(by_column) == 2
    assert all(len(heights) == 1 for heights in by_column.values())


@pytest.mark.parametrize("count", [9, 12, 14])
@pytest.mark.parametrize("across", [166, 252])
def test_boxes_of_many_fields_fit_a_page(count: int, across: int) -> None:
    note = "40 Maßnahmen, davon 10 Leuchttürme"
    fields = tuple(Node(f"F{i:02d}", "Infrastruktur und Mobilität", note) for i in range(count))
    paper = draw(Flow((("Aussage", (Node("V-1", "Arbeit"),)), ("Feld", fields)), (), GROUPS), across)
    assert paper.height <= HIGH[across]
    whole = [text.words for text in written(paper) if text.words.endswith("Leuchttürme")]
    assert across > 166 or count > 12 or len(whole) == count, "notes are whole"


def test_milestones_close_to_each_other_are_one_mark_with_their_number() -> None:
    found = marks((10.0, 10.5, 13.2, 40.0, 95.0, 95.0), 1.75, lambda count: 2.0 * len(str(count)), (0.0, 166.0))
    assert [mark.count for mark in found] == [3, 1, 2]
    assert all(one.right <= other.left for one, other in pairwise(found))
    assert found[0].left == pytest.approx(10.0 - 1.75)
    assert found[-1].middle == 95.0
    (last,) = marks([164.3] * 12, 1.7, lambda _: 6.0, (0.2, 165.8))
    assert last.right == pytest.approx(165.8), "a broad number keeps inside"


def test_fields_over_a_heat_table_are_all_named_or_all_keys() -> None:
    for count in (25, 80):
        for panel in panels(heat_table(count), 166, 210):
            names = {text.words for text in written(draw(panel.drawing, 166)) if text.words in NAMES | KEYS}
            assert names <= NAMES or names <= KEYS


def test_a_broad_field_over_a_heat_table_has_its_name_cut_rather_than_its_key() -> None:
    columns = tuple(HeatColumn(f"WIR-{i:03d}", "WIR", (3,) * 6) for i in range(20))
    long = Group("WIR", "Wirtschaft " * 20, "#123456")
    words = {text.words for text in written(draw(replace(heat_table(1), columns=columns, groups=(long,)), 166))}
    assert any(word.startswith("Wirtschaft W") and word.endswith("…") for word in words)
    assert "WIR" not in words


def test_amounts_of_bars_stand_below_them_where_their_columns_have_room() -> None:
    for count, first in ((8, "2027"), (30, "’27")):
        years = tuple(str(2027 + i) for i in range(count))
        amounts = tuple(100_000_000 * (i + 11) for i in range(count))
        words = written(draw(StackedBars(years, (("EU", amounts), (OPEN, (0,) * count))), 166))
        years_end = next(text.box[3] for text in words if text.words == first)
        below = {text.words for text in words if text.box[1] > years_end}
        assert (below >= {f"{i + 11},0" for i in range(count)} | {"–"}) is (count == 8)
        assert below >= {"EU", OPEN}


def test_few_measures_of_a_heat_table_have_titles_and_grades_in_words() -> None:
    for count, titled in ((1, True), (4, True), (12, False)):
        words = {text.words for text in written(draw(heat_table(count), 166))}
        assert ("2 deutlich" in words) is titled
        assert {"1", "2", "3"}.isdisjoint(words) is titled
        assert {column.id for column in heat_table(count).columns} <= words


NAMES, KEYS = {group.title for group in GROUPS}, {group.key for group in GROUPS}


def test_parts_of_a_heat_table_have_one_grid() -> None:
    columns = tuple(HeatColumn(f"WIR-{i:03d}", key, (3,) * 6) for key, n in (("WIR", 40), ("WIS", 9)) for i in range(n))
    found = panels(replace(heat_table(5), columns=columns), 166, 100)
    assert len(found) > 1
    widths = {
        round(patch.get_width(), 2)
        for panel in found
        for patch in draw(panel.drawing, 166).canvas.axes[0].patches
        if isinstance(patch, Rectangle) and patch.get_height() > 5
    }
    assert len(widths) == 1


def test_every_label_is_in_the_themes_ink() -> None:
    """No black on a middle tone: stages have tints on which white or the text's colour can be read."""
    for count in range(2, 8):
        found = looks(Scale.STAGES, [str(i) for i in range(count)]).values()
        assert {look.ink for look in found} <= {NEUTRAL.text, PAPER}
        assert all(contrast(look.ink, look.fill) >= AA for look in found)


def test_totals_stand_on_quiet_ground() -> None:
    """Twice the same amount: the total lies on the line of the axis, which must not run through it."""
    paper = draw(StackedBars(("2027", "2028"), (("EU", (290_000_000, 1_000_000_000)),)), 166)
    total = next(text for text in written(paper) if text.words == "2,9" and text.colour == NEUTRAL.text)
    left, top, right, bottom = total.box
    grounds = [patch for patch in paper.canvas.axes[0].patches if isinstance(patch, Rectangle)]
    assert any(
        box.x0 <= left and right <= box.x1 and box.y0 <= top and bottom <= box.y1
        for box in (patch.get_bbox() for patch in grounds)
    )


def test_only_what_holds_much_lies_landscape() -> None:
    assert not wants_breadth(timeline(5))
    assert not wants_breadth(timeline(80)), "twelve years fit an upright page"
    assert wants_breadth(replace(timeline(80), last_year=2040))
    assert not wants_breadth(flow(20))
    four = replace(flow(20), columns=(*flow(20).columns, flow(20).columns[-1]))
    assert wants_breadth(four)
    assert not wants_breadth(replace(four, columns=(four.columns[0],) * 4))
