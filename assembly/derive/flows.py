"""Flows: from the finding over vision and field to the measure, and from the event over the contribution to it.

A plan of some size shows fields instead of single measures, and outcomes instead of single contributions: the flow is
read at a glance, the tables name each one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from assembly import german
from assembly.derive.cells import FigureView, groups
from assembly.drawings import Flow, Link, Node
from assembly.editions import Selection
from assembly.plan import Plan
from schema.event import Contribution, Event, Outcome
from schema.measure import Measure

MOST_NODES = 28  # of one column, each with a line of words on a page


def chain_of_effects(selection: Selection, field: str) -> FigureView:
    """Finding → vision statement → action field → measure; of one field without the column of fields."""
    plan = selection.plan
    measures = [measure for measure in selection.in_field(field) if measure.vision]
    statements = [
        key
        for key, statement in plan.vision.items()
        if not field or field in statement.action_fields or any(key in measure.vision for measure in measures)
    ]
    if not statements:
        return FigureView(None, "", empty="Der Plan enthält noch keine Aussage der Vision.")
    shown = set(statements)
    findings = [f for f in plan.findings.values() if not field or shown & set(f.vision)]
    place = {key: index for index, key in enumerate(plan.vision)}
    findings.sort(key=lambda finding: _mean(place[key] for key in finding.vision if key in shown))
    served = {key for measure in measures for key in measure.vision}
    columns = [
        ("Befund", tuple(Node(f.id, f.title, broken=not shown & set(f.vision)) for f in findings)),
        ("Visionsaussage", tuple(Node(key, plan.vision[key].title, broken=key not in served) for key in statements)),
    ]
    links = [Link(finding.id, key) for finding in findings for key in finding.vision if key in shown]
    single = len(measures) <= MOST_NODES
    if field and single:  # one field needs no box of its own
        links += [
            Link(key, measure.id, measure.vision[key])
            for measure in measures
            for key in statements
            if key in measure.vision
        ]
    else:
        pairs = Counter((key, measure.field) for measure in measures for key in measure.vision)
        links += [Link(key, name, count) for (key, name), count in sorted(pairs.items()) if key in shown]
        columns.append(("Handlungsfeld", tuple(_field_nodes(selection, field, measures, noted=not single))))
        links += [Link(measure.field, measure.id) for measure in measures if single]
    if single and measures:
        columns.append(("Maßnahme", tuple(_measure_nodes(measures))))
    broken = [node.id for _, nodes in columns for node in nodes if node.broken]
    filled = tuple((title, nodes) for title, nodes in columns if nodes)
    drawing = Flow(filled, tuple(links), groups(plan, plan.action_fields))
    counts = Counter(key for measure in measures for key in measure.vision)
    alternative = (
        f"Fluss von links nach rechts: {german.counted(len(findings), 'Befund', 'Befunde')} führen zu"
        f" {german.counted(len(statements), 'Visionsaussage', 'Visionsaussagen')}, diese"
        f" {'' if field and single else 'über die Handlungsfelder '}zu"
        f" {german.counted(len(measures), 'Maßnahme', 'Maßnahmen')}."
    )
    if counts:
        key, count = counts.most_common(1)[0]
        alternative += f" Die meisten Maßnahmen dienen {key} ({german.integer(count)})."
    alternative += f" Die Kette ist unterbrochen bei {german.listing(broken)}." if broken else ""
    more = "stärker der Beitrag" if field and single else "mehr Maßnahmen"
    note = f"Je breiter ein Band, desto {more}. Gestrichelter Rahmen: Hier fehlt, was folgen müsste."
    return FigureView(drawing, alternative, note)


def participation(selection: Selection, field: str) -> FigureView:
    """Event → contribution → measure: where something was said, what became of it, and which measure takes it up."""
    plan = selection.plan
    measures = selection.in_field(field)
    wanted = {measure.id for measure in measures}
    given = [
        (plan.events[event], contribution)
        for event, contribution in plan.contributions.values()
        if not field or wanted & set(contribution.measures)
    ]
    events = [event for event in plan.events.values() if not field or any(event is one for one, _ in given)]
    if not events:
        return FigureView(None, "", empty="Es gibt noch keine Veranstaltung, auf die sich das zeigen ließe.")
    district, place = [*plan.districts].index, {measure.id: index for index, measure in enumerate(measures)}
    given.sort(  # no band from a district crosses another
        key=lambda pair: (district(pair[0].district[:5]), _mean(place[key] for key in pair[1].measures if key in place))
    )
    single = len(given) <= MOST_NODES
    touched = [measure for measure in measures if any(measure.id in item.measures for _, item in given)]
    some = len(touched) <= MOST_NODES
    links: Counter[tuple[str, str]] = Counter()
    for event, item in given:
        middle = item.id if single else _outcome(item)
        links[_district(plan, event), middle] += 1
        ends = [measure for measure in touched if measure.id in item.measures]
        for end in dict.fromkeys(measure.id if some else measure.field for measure in ends):
            links[middle, end] += 1
    columns = [
        ("Kreis", tuple(_district_nodes(plan, events))),
        ("Beitrag" if single else "Beiträge", tuple(_contribution_nodes(given, single=single))),
        ("Maßnahme", tuple(_measure_nodes(touched)))
        if some
        else ("Handlungsfeld", tuple(_field_nodes(selection, field, touched, noted=True))),
    ]
    drawing = Flow(
        tuple((title, nodes) for title, nodes in columns if nodes),
        tuple(Link(source, target, weight) for (source, target), weight in links.items()),
        groups(plan, plan.action_fields),
    )
    taken_up = sum(item.outcome in (Outcome.ADOPTED, Outcome.PARTLY) for _, item in given)
    districts = {_district(plan, event) for event in events}
    alternative = (
        f"Fluss von links nach rechts: {german.counted(len(events), 'Veranstaltung', 'Veranstaltungen')} in"
        f" {german.counted(len(districts), 'Kreis', 'Kreisen')} ergaben"
        f" {german.counted(len(given), 'Beitrag', 'Beiträge')}, davon {german.integer(taken_up)} ganz oder teilweise"
        f" berücksichtigt; sie betreffen {german.counted(len(touched), 'Maßnahme', 'Maßnahmen')}."
    )
    note = "Beiträge ohne Band nach rechts betreffen keine Maßnahme dieser Ausgabe."
    return FigureView(drawing, alternative, note)


def _mean(values: Iterable[int]) -> float:
    found = [*values]
    return sum(found) / len(found) if found else float("inf")


def _field_nodes(selection: Selection, field: str, measures: Sequence[Measure], *, noted: bool) -> list[Node]:
    """Return a node a field, `noted` with how many measures it has; one without measure is broken."""
    nodes = []
    for key, action_field in selection.plan.action_fields.items():
        found = [measure for measure in measures if measure.field == key]
        lighthouses = sum(measure.lighthouse for measure in found)
        note = f"{german.counted(len(found), 'Maßnahme', 'Maßnahmen')}"
        note += f", davon {german.counted(lighthouses, 'Leuchtturm', 'Leuchttürme')}" if lighthouses else ""
        if field in ("", key):
            nodes.append(Node(key, action_field.title, note if noted else "", key, broken=not found))
    return nodes


def _measure_nodes(measures: Sequence[Measure]) -> list[Node]:
    return [Node(measure.id, measure.title, group=measure.field) for measure in measures]


def _district(plan: Plan, event: Event) -> str:
    return plan.districts[event.district[:5]].short


def _district_nodes(plan: Plan, events: Sequence[Event]) -> list[Node]:
    nodes = []
    for ags, district in plan.districts.items():
        here = [event for event in events if event.district[:5] == ags]
        people = sum(event.attendance for event in here)
        note = f"{german.counted(len(here), 'Veranstaltung', 'Veranstaltungen')}, {german.integer(people)} Teilnehmende"
        if here:
            nodes.append(Node(district.short, "", note))
    return nodes


def _outcome(item: Contribution) -> str:
    return item.outcome.label if item.outcome else "noch offen"


def _contribution_nodes(given: Sequence[tuple[Event, Contribution]], *, single: bool) -> list[Node]:
    if single:
        return [Node(item.id, _outcome(item)) for _, item in given]
    counts = Counter(_outcome(item) for _, item in given)
    order = [*(outcome.label for outcome in Outcome), "noch offen"]
    return [Node(name, "", german.counted(counts[name], "Beitrag", "Beiträge")) for name in order if counts[name]]
