"""The network of dependencies: which measure waits for which, and which go side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from assembly import german
from assembly.derive.cells import FigureView, groups, term_words
from assembly.derive.dependencies import Link as Dependency
from assembly.derive.dependencies import links
from assembly.drawings import Flow, Link, Network, Node
from assembly.editions import Selection
from schema.measure import DependencyKind, Measure

MOST_LINKS = 70  # that a network shows on a page or two …
DENSE = 2  # … if there are not more than so many a measure: else it is a thicket


def network(selection: Selection, field: str) -> FigureView:
    """Who waits for whom and who goes side by side; of one field what begins or ends in it."""
    found = _unique(links(selection, field))
    if not found:
        empty = "Zwischen den Maßnahmen dieser Ausgabe ist keine Abhängigkeit genannt."
        return FigureView(None, "", empty=empty)
    measures = {one.id: one for link in found for one in (link.other, link.measure)}
    if len(found) > min(MOST_LINKS, DENSE * len(measures)):
        return _between_fields(selection, found)
    order = [measure for measure in selection.measures if measure.id in measures]
    drawn = tuple(
        Link(
            link.other.id,
            link.measure.id,
            mutual=link.kind is DependencyKind.PARALLEL,
            wrong=link.fits is False,
        )
        for link in found
    )
    nodes = tuple(_node(measure) for measure in order)
    drawing = Network(nodes, drawn, groups(selection.plan, (measure.field for measure in order)))
    waiting = sum(not link.mutual for link in drawn)
    wrong = sum(link.wrong for link in drawn)
    central = max(order, key=lambda measure: sum(measure.id in (link.source, link.target) for link in drawn))
    count = sum(central.id in (link.source, link.target) for link in drawn)
    beside = len(drawn) - waiting
    kinds = (
        (f"{german.counted(waiting, 'Pfeil', 'Pfeile')} von einer Voraussetzung zu dem, was danach beginnt", waiting),
        (f"{german.counted(beside, 'Linie', 'Linien')} zwischen Maßnahmen, die nebeneinander laufen", beside),
    )
    alternative = (
        f"Netz aus {german.counted(len(order), 'Maßnahme', 'Maßnahmen')}:"
        f" {', und '.join(words for words, count in kinds if count)}. Am"
        f" stärksten verbunden ist {central.id} mit {german.counted(count, 'Verbindung', 'Verbindungen')}."
        + (f" Bei {german.integer(wrong)} passen die Termine nicht." if wrong else "")
    )
    note = "Pfeil: beginnt nach dem Ende der anderen · gestrichelt: läuft parallel · rot und „!“: Termine passen nicht."
    return FigureView(drawing, alternative, note)


def _between_fields(selection: Selection, found: Sequence[Dependency]) -> FigureView:
    """Of a plan with very many dependencies: how many lead from one action field to another."""
    plan = selection.plan
    pairs = Counter((link.other.field, link.measure.field) for link in found)
    sides = []
    for side, title in enumerate(("Voraussetzung in", "baut darauf auf")):
        counts = Counter(pair[side] for pair in pairs.elements())
        nodes = (
            Node(
                f"{key} {title}",
                action_field.title,
                german.counted(counts[key], "Abhängigkeit", "Abhängigkeiten"),
                key,
                named=False,
            )
            for key, action_field in plan.action_fields.items()
            if counts[key]
        )
        sides.append((title, tuple(nodes)))
    links = tuple(
        Link(f"{one} {sides[0][0]}", f"{other} {sides[1][0]}", count) for (one, other), count in sorted(pairs.items())
    )
    (one, other), most = max(pairs.items(), key=lambda item: item[1])
    alternative = (
        f"Fluss zwischen Handlungsfeldern: {german.counted(len(found), 'Abhängigkeit', 'Abhängigkeiten')}, links die"
        f" Voraussetzung, rechts, was auf ihr aufbaut. Die meisten führen von {plan.action_fields[one].title} nach"
        f" {plan.action_fields[other].title} ({german.integer(most)})."
    )
    note = "Je breiter ein Band, desto mehr Abhängigkeiten von Feld zu Feld, die parallelen mitgezählt."
    return FigureView(Flow(tuple(sides), links, groups(plan, plan.action_fields)), alternative, note)


def _unique(found: Iterable[Dependency]) -> list[Dependency]:
    """Return the dependencies, of two that say of each other that they run side by side only the first."""
    seen: set[frozenset[str]] = set()
    kept = []
    for link in found:
        pair = frozenset((link.measure.id, link.other.id))
        if link.kind is DependencyKind.PARALLEL:
            if pair in seen:
                continue
            seen.add(pair)
        kept.append(link)
    return kept


def _node(measure: Measure) -> Node:
    return Node(measure.id, measure.title, term_words(measure) or "ohne Laufzeit", measure.field)
