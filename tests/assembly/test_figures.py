"""The data of the figures: each against the same thing worked out from the plan's plain files."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from assembly import pipeline
from assembly.derive import figure
from assembly.derive.cells import FigureView
from assembly.derive.flows import MOST_NODES
from assembly.derive.network import DENSE, MOST_LINKS
from assembly.draw import draw, panels
from assembly.drawings import OPEN, Flow, HeatTable, Network, StackedRows, TileMap, Timeline
from assembly.editions import EDITIONS, Selection, select
from benchmarks.generator import Size, write
from schema.measure import Certainty
from schema.vocabulary import FIGURES
from tests import raw
from tests.assembly.test_views_any_size import made_up, with_measures
from tests.cases import Selected, Tree
from tests.plans import ROOT, SPECIMEN, copy_with, specimen_text


class Case(Selected):
    """A plan in one edition, with its figures."""

    @property
    def contributions(self) -> list[tuple[Tree, Tree]]:
        return [(event, contribution) for event in self.events for contribution in event.get("beitraege", [])]

    def of(self, field: str) -> list[Tree]:
        return [measure for measure in self.measures if field in ("", measure["handlungsfeld"])]

    def fields(self) -> list[str]:
        return ["", *self.selection.plan.action_fields]

    def view(self, name: str, field: str = "") -> FigureView:
        return figure(self.selection, name, field)


@pytest.fixture(scope="module", params=["specimen", "repository", "cabinet", "generated"])
def case(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, remembered: None) -> Case:
    del remembered
    if request.param == "generated":
        root = tmp_path_factory.mktemp("plans") / "plan"
        write(Size(90), 3, root)
        return Case(root, "intern")
    root = SPECIMEN if request.param == "specimen" else ROOT
    return Case(root, "kabinett" if request.param == "cabinet" else "intern")


def costs(measure: Tree) -> int:
    parts = measure.get("kosten") or {}
    return sum(raw.cents(typed) for part in parts.values() for typed in part.values())


def financed(measure: Tree, certainty: str = "") -> int:
    return sum(
        raw.cents(typed)
        for item in measure.get("finanzierung", [])
        if certainty in ("", item["sicherheit"])
        for typed in item["betraege"].values()
    )


def tally(measures: list[Tree], field: str) -> dict[str, list[Tree]]:
    """Return the measures by field, or of one field each by itself."""
    groups: dict[str, list[Tree]] = {}
    for measure in measures:
        groups.setdefault(measure["id"] if field else measure["handlungsfeld"], []).append(measure)
    return groups


def rows_of(drawing: StackedRows) -> dict[str, dict[str, int]]:
    """Return the layers of each row by what it is called; the sum under an empty key."""
    return {
        head.id or head.group: {name: amounts[i] for name, amounts in drawing.layers}
        for i, head in enumerate(drawing.heads)
    }


def test_money_by_field(case: Case) -> None:
    for field in case.fields():
        drawing = case.view("mittel-feld", field).drawing
        expected = {
            key: (sum(map(costs, group)), sum(costs(m) - financed(m) for m in group))
            for key, group in tally(case.of(field), field).items()
            if any(costs(m) for m in group)
        }
        if drawing is None:
            assert not expected
            continue
        assert isinstance(drawing, StackedRows)
        found = {key: (sum(layers.values()), layers[OPEN]) for key, layers in rows_of(drawing).items()}
        assert found == expected


def test_certainty(case: Case) -> None:
    for field in case.fields():
        drawing = case.view("finanzierungssicherheit", field).drawing
        groups = {k: g for k, g in tally(case.of(field), field).items() if any(map(costs, g))}
        if drawing is None:
            assert not groups
            continue
        assert isinstance(drawing, StackedRows)
        if len(groups) > 1:
            groups[""] = case.of(field)
        for key, layers in rows_of(drawing).items():
            for word in Certainty:
                assert layers[word.label] == sum(financed(m, word.value) for m in groups[key])
            assert sum(layers.values()) == sum(map(costs, groups[key]))
        assert set(rows_of(drawing)) == set(groups)


def test_maturity(case: Case) -> None:
    labels = {"": "ohne Angabe", "idee": "Idee", "konzept": "Konzept", "machbarkeit_geprueft": "Machbarkeit geprüft"}
    labels |= {"antragsreif": "antragsreif", "bewilligt": "bewilligt", "in_umsetzung": "in Umsetzung"}
    drawing = case.view("reife").drawing
    assert isinstance(drawing, StackedRows)
    for key, layers in rows_of(drawing).items():
        counts = Counter(labels[measure.get("reife", "")] for measure in case.of(key))
        assert {name: count for name, count in layers.items() if count} == counts


def test_contributions(case: Case) -> None:
    for field in case.fields():
        drawing = case.view("zielbeitrag", field).drawing
        expected = {(m["id"], key, int(g)) for m in case.of(field) for key, g in m.get("vision", {}).items()}
        if drawing is None:
            assert not expected
            continue
        assert isinstance(drawing, HeatTable)
        pairs = [
            (column, row, grade)
            for column in drawing.columns
            for row, grade in zip(drawing.rows, column.grades, strict=True)
        ]
        assert {(column.id, row.id, grade) for column, row, grade in pairs if grade} == expected
        for row in drawing.rows:
            grades = [grade for _, key, grade in expected if key == row.id]
            assert row.note.split("\u00a0")[0] == str(len(grades))
            assert row.note.endswith(f" {grades.count(3)} tragend")


def weights(drawing: Flow) -> dict[tuple[str, str], int]:
    """Return the links; both ends of each are boxes, the source in an earlier column."""
    place = {node.id: index for index, (_, nodes) in enumerate(drawing.columns) for node in nodes}
    assert len(place) == sum(len(nodes) for _, nodes in drawing.columns), "an id stands for one box"
    assert all(place[link.source] < place[link.target] for link in drawing.links)
    return {(link.source, link.target): link.weight for link in drawing.links}


def test_chain_of_effects(case: Case) -> None:
    plan = case.selection.plan
    drawing = case.view("wirkungslogik").drawing
    assert isinstance(drawing, Flow)
    serving = [measure for measure in case.measures if measure.get("vision")]
    expected: Counter[tuple[str, str]] = Counter()
    expected.update((finding.id, key) for finding in plan.findings.values() for key in finding.vision)
    expected.update((key, measure["handlungsfeld"]) for measure in serving for key in measure["vision"])
    if len(serving) <= MOST_NODES:
        expected.update((measure["handlungsfeld"], measure["id"]) for measure in serving)
    assert weights(drawing) == expected
    for field in plan.action_fields:
        narrowed = case.view("wirkungslogik", field).drawing
        assert isinstance(narrowed, Flow | None)
        if narrowed and len(case.of(field)) <= MOST_NODES:
            grades = {(key, m["id"]): int(g) for m in case.of(field) for key, g in m.get("vision", {}).items()}
            assert {pair: weight for pair, weight in weights(narrowed).items() if pair[0][:3] != "BF-"} == grades


def test_dependencies(case: Case) -> None:
    found = [
        (other["id"], measure["id"], other["art"])
        for measure in case.measures
        for other in measure.get("abhaengig_von", [])
        if other["id"] in case.ids
    ]
    arrows = {(one, other) for one, other, kind in found if kind == "nach"}
    beside = {frozenset((one, other)) for one, other, kind in found if kind == "parallel"}
    drawing = case.view("abhaengigkeiten").drawing
    if drawing is None:
        assert not found
        return
    joined = {key for one, other, _ in found for key in (one, other)}
    if len(arrows) + len(beside) > min(MOST_LINKS, DENSE * len(joined)):
        assert isinstance(drawing, Flow)
        assert sum(weights(drawing).values()) == len(arrows) + len(beside)
        return
    assert isinstance(drawing, Network)
    assert {(link.source, link.target) for link in drawing.links if not link.mutual} == arrows
    assert {frozenset((link.source, link.target)) for link in drawing.links if link.mutual} == beside
    assert {node.id for node in drawing.nodes} == joined


def test_the_timeline_tells_which_dates_do_not_fit(case: Case) -> None:
    view = case.view("zeitplan")
    assert isinstance(view.drawing, Timeline)
    bars = {bar.id: bar for bar in view.drawing.bars}
    for bar in bars.values():
        assert set(bar.wrong) == {key for key in bar.after if bars[key].end > bar.begin + 0.01}
    assert ("rot" in view.note) is any(bar.wrong for bar in bars.values())


def test_districts(case: Case) -> None:
    for field in case.fields():
        drawing = case.view("raum", field).drawing
        placed = [(m, {ags[:5] for ags in m.get("raum", [])}) for m in case.of(field) if m.get("raum")]
        if drawing is None:
            assert not placed
            continue
        assert isinstance(drawing, TileMap)
        for ags, tile in zip(case.selection.plan.districts, drawing.tiles, strict=True):
            here = [(measure, places) for measure, places in placed if ags in places]
            assert tile.count == len(here)
            assert tile.alone == sum(places == {ags} for _, places in here)
            assert tile.by_group == Counter(measure["handlungsfeld"] for measure, _ in here)
        spots = [tile.place for tile in drawing.tiles]
        assert all(max(abs(a[0] - b[0]), abs(a[1] - b[1])) >= 1 for i, a in enumerate(spots) for b in spots[:i]), (
            "no tile lies on another"
        )


def test_participation(case: Case) -> None:
    drawing = case.view("beteiligung").drawing
    assert isinstance(drawing, Flow)
    districts = {ags: district.short for ags, district in case.selection.plan.districts.items()}
    first, middle, last = (len(nodes) for _, nodes in (*drawing.columns, ("", ()))[:3])
    found = weights(drawing)
    from_districts = Counter(districts[event["kreis"][:5]] for event, _ in case.contributions)
    for name, count in from_districts.items():
        assert sum(weight for (source, _), weight in found.items() if source == name) == count
    assert sum(weight for (source, _), weight in found.items() if source in from_districts) == len(case.contributions)
    assert first >= len(from_districts)
    assert middle == len(case.contributions) or middle <= 5
    touched = {key for _, item in case.contributions for key in item.get("massnahmen", [])} & case.ids
    assert last == len(touched) if len(touched) <= MOST_NODES else last <= len(districts)


def test_no_band_from_a_district_crosses_another(case: Case) -> None:
    for field in case.fields():
        drawing = case.view("beteiligung", field).drawing
        if isinstance(drawing, Flow) and len(drawing.columns) > 1 and drawing.columns[1][0] == "Beitrag":
            (_, first), (_, middle), *_ = drawing.columns
            place = {node.id: index for index, node in enumerate(first)}
            source = {link.target: place[link.source] for link in drawing.links if link.source in place}
            found = [source[node.id] for node in middle]
            assert found == sorted(found)


@pytest.mark.parametrize("name", FIGURES)
def test_narrowed_to_a_field_the_figure_shows_no_other(case: Case, name: str) -> None:
    for field in case.selection.plan.action_fields:
        view = case.view(name, field)
        words = repr(view.drawing) if view.drawing and name != "abhaengigkeiten" else ""
        foreign = case.ids - {measure["id"] for measure in case.of(field)}
        assert not [key for key in foreign if f"'{key}'" in words], (name, field)
        assert view.drawing or view.empty.endswith(".")


@pytest.mark.parametrize("name", FIGURES)
def test_the_alternative_text_says_something_of_this_plan(case: Case, name: str) -> None:
    view = case.view(name)
    if view.drawing:
        assert view.alternative.endswith(".")
        assert 60 <= len(view.alternative) <= 500, view.alternative
        assert any(sign.isdigit() for sign in view.alternative)
        assert " 0 " not in view.alternative


def test_a_chain_that_breaks_is_said(tmp_path: Path) -> None:
    file = "framework/findings.yaml"
    text = specimen_text(file)
    plan = pipeline.check(copy_with(tmp_path, {file: text.replace("vision: [V-1]", "vision: [V-2]")})).plan
    assert plan is not None
    selection = select(plan, EDITIONS["intern"])
    gone = tuple(measure for measure in selection.measures if "V-1" not in measure.vision)
    view = figure(replace(selection, measures=gone), "wirkungslogik")
    assert isinstance(view.drawing, Flow)
    assert {node.id for _, nodes in view.drawing.columns for node in nodes if node.broken} >= {"V-1"}
    assert "unterbrochen bei" in view.alternative


@pytest.mark.parametrize("count", [1, 3, 150, 500])
def test_every_figure_of_a_plan_of_any_size_can_be_drawn(selection: Selection, count: int) -> None:
    made = with_measures(selection, made_up(selection, count, random.Random(count)))
    for name in FIGURES:
        for field in ("", *(key for key in made.plan.action_fields if made.in_field(key))):
            view = figure(made, name, field)
            for panel in panels(view.drawing, 166, 210)[-1:] if view.drawing else ():
                assert draw(panel.drawing, 166).height <= 215, (name, field)


def test_a_plan_without_findings_has_a_chain_all_the_same(selection: Selection) -> None:
    bare = replace(selection, plan=replace(selection.plan, findings={}))
    drawing = figure(bare, "wirkungslogik").drawing
    assert isinstance(drawing, Flow)
    assert [title for title, _ in drawing.columns] == ["Visionsaussage", "Handlungsfeld", "Maßnahme"]
    assert draw(drawing, 166).height > 10
