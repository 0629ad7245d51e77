"""Charts: money by field, how sure it is, maturity, and what the measures give to the vision."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assembly import german
from assembly.derive.cells import FigureView, groups
from assembly.derive.finance import shared
from assembly.derive.ledger import Ledger, ledger
from assembly.drawings import OPEN, Head, HeatColumn, HeatTable, Node, Scale, StackedRows
from assembly.editions import Selection
from schema.funding_source import Tier
from schema.measure import Certainty, Maturity, Measure

Part = tuple[Head, tuple[Measure, ...]]
GRADES = ("ergänzend", "deutlich", "tragend")  # what 1 to 3 say of a contribution


def money_by_field(selection: Selection, field: str) -> FigureView:
    """Bars of the costs by action field (of one field: by measure), divided by tier, the open gap last."""
    found = [(head, ledger(selection.plan, measures)) for head, measures in _parts(selection, field)]
    parts = [(head, book) for head, book in found if book.postings]
    if not parts:
        return FigureView(None, "", empty="In dieser Ausgabe nennt keine Maßnahme Kosten oder Mittel.")
    tiers = [tier for tier in Tier if any(book.part("tier", tier).postings for _, book in parts)]
    layers = [(tier.label, [book.part("tier", tier).financing().cents for _, book in parts]) for tier in tiers]
    layers.append((OPEN, [book.gap().cents for _, book in parts]))
    drawing = _rows(selection, parts, layers, Scale.TIERS)
    most, book = max(parts, key=lambda part: part[1].costs().cents)
    whole = ledger(selection.plan, selection.in_field(field))
    alternative = (
        f"Waagerechte Balken der Kosten, je {_what(field)} einer, geteilt nach der Ebene, von der das Geld geplant"
        f" ist. Am längsten ist {_name(most)} mit {german.roughly(book.costs().cents)}; zusammen sind es"
        f" {german.roughly(whole.costs().cents)}, davon {german.roughly(whole.gap().cents)} offen."
    )
    note = "Geplante Mittel, keine Zusagen; „offen“ sind Kosten ohne geplante Mittel."
    return FigureView(drawing, alternative, note + shared(selection.plan, whole) + _left_out(found))


def certainty(selection: Selection, field: str) -> FigureView:
    """Bars of equal length by action field (of one field: by measure): which share is granted, which is open."""
    found = [(head, ledger(selection.plan, measures)) for head, measures in _parts(selection, field)]
    parts = [(head, book) for head, book in found if book.costs().cents]
    if not parts:
        return FigureView(None, "", empty="In dieser Ausgabe nennt keine Maßnahme Kosten oder Mittel.")
    whole = ledger(selection.plan, selection.in_field(field))
    if len(parts) > 1:
        parts.append((Head("", "Zusammen"), whole))
    surest_first = list(reversed(Certainty))
    layers = [
        (word.label, [book.part("certainty", word).financing().cents for _, book in parts]) for word in surest_first
    ]
    layers.append((OPEN, [book.gap().cents for _, book in parts]))
    drawing = _rows(selection, parts, layers, Scale.CERTAINTY, whole=True)
    costs = whole.costs().cents
    shares = [
        (name, german.percent(amounts[-1] if len(parts) > 1 else sum(amounts), costs)) for name, amounts in layers
    ]
    words = german.listing([f"{share} {name}" for name, share in shares])
    alternative = (
        f"Gleich lange Balken, je {_what(field)} einer, geteilt danach, wie sicher das Geld ist. Von"
        f" {german.roughly(costs)} Kosten sind {words}."
    )
    note = "Anteile an den Kosten, gerundet. Nur bewilligte Mittel sind zugesagt."
    return FigureView(drawing, alternative, note + _left_out(found))


def maturity(selection: Selection, field: str) -> FigureView:
    """Bars of the number of measures by action field, divided by stage of maturity."""
    keys = [field] if field else [*selection.plan.action_fields]
    parts = [(key, measures) for key in keys if (measures := selection.in_field(key))]
    if not parts:
        return FigureView(None, "", empty="Diese Ausgabe enthält noch keine Maßnahme.")
    every = [measure for _, measures in parts for measure in measures]
    layers: list[tuple[str, list[int]]] = [
        (stage.label, [sum(measure.maturity is stage for measure in measures) for _, measures in parts])
        for stage in Maturity
    ]
    unsaid = [sum(measure.maturity is None for measure in measures) for _, measures in parts]
    if sum(unsaid) == len(every):
        return FigureView(None, "", empty="In dieser Ausgabe nennt keine Maßnahme die Reife ihres Vorhabens.")
    if any(unsaid):
        layers.insert(0, ("ohne Angabe", unsaid))
    heads = tuple(Head("", selection.plan.action_fields[key].title, key) for key, _ in parts)
    drawing = StackedRows(
        heads,
        tuple((name, tuple(counts)) for name, counts in layers),
        Scale.STAGES,
        groups(selection.plan, (key for key, _ in parts)),
    )
    reached = [f"{sum(counts)} {name}" for name, counts in layers if sum(counts)]
    alternative = (
        f"Waagerechte Balken der Zahl der Maßnahmen, je Handlungsfeld einer, geteilt nach der Reife der Vorhaben."
        f" {_measures(len(every))}: {german.listing(reached)}."
    )
    note = "Anzahl der Maßnahmen. Je dunkler ein Abschnitt, desto weiter ist das Vorhaben."
    return FigureView(drawing, alternative, note)


def contributions(selection: Selection, field: str) -> FigureView:
    """Vision statements against measures: the darker a place, the stronger the contribution."""
    plan = selection.plan
    measures = [measure for measure in selection.in_field(field) if measure.vision]
    if not measures or not plan.vision:
        return FigureView(None, "", empty="In dieser Ausgabe nennt keine Maßnahme einen Beitrag zur Vision.")
    columns = tuple(
        HeatColumn(measure.id, measure.field, tuple(measure.vision.get(key, 0) for key in plan.vision), measure.title)
        for measure in measures
    )
    rows = tuple(Node(key, statement.title, _carried(measures, key)) for key, statement in plan.vision.items())
    drawing = HeatTable(rows, columns, groups(plan, (m.field for m in measures)), GRADES)
    counts = {key: sum(key in measure.vision for measure in measures) for key in plan.vision}
    most, least = max(counts, key=lambda key: counts[key]), min(counts, key=lambda key: counts[key])
    carrying = sum(3 in measure.vision.values() for measure in measures)
    across = f"{_measures(len(measures))} in {'Spalten' if len(measures) > 1 else 'einer Spalte'}"
    alternative = (
        f"Matrix: {german.counted(len(rows), 'Visionsaussage', 'Visionsaussagen')} in Zeilen, {across}; je dunkler ein"
        f" Feld, desto stärker der Beitrag. {_measures(carrying)} {'leistet' if carrying == 1 else 'leisten'} einen"
        " tragenden Beitrag."
    )
    if counts[most] > counts[least]:
        alternative += (
            f" Am breitesten getragen ist {most} mit {_measures(counts[most])}, am schmalsten {least} mit"
            f" {_measures(counts[least])}."
        )
    grades = " · ".join(f"{grade} {GRADES[grade - 1]}" for grade in (3, 2, 1))
    note = f"{grades} · leer: kein Beitrag beansprucht."
    return FigureView(drawing, alternative, note)


def _carried(measures: Sequence[Measure], key: str) -> str:
    count = sum(key in measure.vision for measure in measures)
    strong = sum(measure.vision.get(key) == 3 for measure in measures)
    return f"{_measures(count)}, {german.integer(strong)} tragend"


def _measures(count: int) -> str:
    return german.counted(count, "Maßnahme", "Maßnahmen")


def _what(field: str) -> str:
    return "Maßnahme" if field else "Handlungsfeld"


def _name(head: Head) -> str:
    return head.id or head.title


def _parts(selection: Selection, field: str) -> Iterator[Part]:
    """Yield head and measures of each row: the fields, or the measures of the field that the figure is narrowed to."""
    if field:
        yield from ((Head(m.id, m.title, m.field), (m,)) for m in selection.in_field(field))
    else:
        for key, action_field in selection.plan.action_fields.items():
            yield Head("", action_field.title, key), selection.in_field(key)


def _rows(
    selection: Selection,
    parts: Sequence[tuple[Head, Ledger]],
    layers: Sequence[tuple[str, Sequence[int]]],
    scale: Scale,
    *,
    whole: bool = False,
) -> StackedRows:
    return StackedRows(
        tuple(head for head, _ in parts),
        tuple((name, tuple(cents)) for name, cents in layers),
        scale,
        groups(selection.plan, (head.group for head, _ in parts)),
        whole,
    )


def _left_out(found: Sequence[tuple[Head, Ledger]]) -> str:
    names = [_name(head) for head, book in found if not book.costs().cents]
    return f" Ohne Kosten: {german.listing(names)}." if names else ""
