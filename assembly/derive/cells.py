"""Cells that several views share: references to records, terms of measures, organisations."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from assembly import german
from assembly.document import (
    Cell,
    Column,
    Field,
    Nothing,
    Ref,
    Row,
    RowKind,
    Several,
    Term,
    Text,
)
from assembly.drawings import Drawing, Group
from assembly.editions import Selection
from assembly.plan import Plan
from schema.measure import Measure

HEAD_LETTERS = 42  # of a name that heads a column
MOST_LISTED = 12  # measures that a note below a table names


@dataclass(frozen=True, slots=True)
class TableView:
    """What a table view is, before it has a number and a caption: `note` is plain words, `empty` a sentence.

    `wide`: it has too many columns for an upright page, whatever the chapter that calls it thinks. `by_year`: between
    its first and its last column stand years, so it may go on in a second table.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    note: str = ""
    empty: str = "Dazu liegen in dieser Ausgabe keine Angaben vor."
    wide: bool = False
    by_year: bool = False


@dataclass(frozen=True, slots=True)
class FigureView:
    """What a figure view is: the drawing (None: nothing to show), the alternative text and the note."""

    drawing: Drawing | None
    alternative: str
    note: str = ""
    empty: str = "Dazu liegen in dieser Ausgabe keine Angaben vor."


def groups(plan: Plan, keys: Iterable[str]) -> tuple[Group, ...]:
    """Return the action fields of these keys as groups of a drawing, in official order."""
    wanted = set(keys)
    return tuple(Group(key, field.title, field.colour) for key, field in plan.action_fields.items() if key in wanted)


def measure_ref(measure_id: str, *, page: bool = False) -> Ref:
    """Return a reference that shows a measure's id."""
    return Ref(measure_id, measure_id, page=page)


def measure_refs(ids: Iterable[str], *, page: bool = False) -> Cell:
    """Return references to measures, or a dash."""
    items = tuple(measure_ref(measure_id, page=page) for measure_id in ids)
    return Several(items) if items else Nothing()


def measure_cell(measure: Measure, *, page: bool = False) -> Cell:
    """Return a measure's id, as a reference, and its title."""
    return Several((measure_ref(measure.id, page=page), Text(measure.title)), " ")


def count_cell(count: int) -> Cell:
    """Return a count, or a dash for none."""
    return Text(german.integer(count)) if count else Nothing()


def in_head(name: str) -> str:
    """Return a name as it heads a column: a very long one would make the head of the table as high as its rows."""
    return german.shortened(name, HEAD_LETTERS)


def short_cell(unit: german.Unit, cents: int) -> Cell:
    """Return an amount in a unit that the table names, or a dash."""
    return Text(unit.amount(cents)) if cents else Nothing()


def listed_or_counted(ids: Sequence[str]) -> str:
    """Return ids as a note names them: „WIR-001 und WIR-004“, of very many only how many there are."""
    return german.listing([*ids]) if len(ids) <= MOST_LISTED else german.counted(len(ids), "Maßnahme", "Maßnahmen")


def field_cell(plan: Plan, key: str, *, page: bool = True) -> Cell:
    """Return an action field: dot, name and link."""
    return Field(key, Ref(plan.action_fields[key].title, key, page=page))


def organisation_ref(plan: Plan, organisation_id: str) -> Cell:
    """Return the short name of an organisation as a link to its entry in the index."""
    organisation = plan.organisations.get(organisation_id)
    name = organisation.short if organisation else organisation_id
    return Ref(name, f"org-{organisation_id}", page=False)


def organisation_refs(plan: Plan, ids: Iterable[str]) -> Cell:
    """Return several organisations, or a dash."""
    items = tuple(organisation_ref(plan, organisation_id) for organisation_id in ids)
    return Several(items) if items else Nothing()


def vision_ref(plan: Plan, vision_id: str, *, title: bool = True) -> Ref:
    """Return a vision statement as „V-2 Neue Wertschöpfung“ or „V-2“."""
    statement = plan.vision.get(vision_id)
    return Ref(f"{vision_id} {statement.title}" if statement and title else vision_id, vision_id, page=False)


def term_words(measure: Measure) -> str:
    """Return a measure's begin and end, „03/2027 – 12/2031“, the dash never alone on a line; empty without a term."""
    if measure.begin is None or measure.end is None:
        return ""
    return f"{german.month(measure.begin)}{german.NBSP}– {german.month(measure.end)}"


def term_cell(measure: Measure) -> Cell:
    """Return a measure's begin and end, or a dash."""
    words = term_words(measure)
    return Text(words) if words else Nothing()


def horizon(plan: Plan, measure: Measure) -> str:
    """Return kurzfristig, mittelfristig or langfristig by the length of the term; empty without a term."""
    if measure.begin is None or measure.end is None:
        return ""
    months = (measure.end.year - measure.begin.year) * 12 + measure.end.month - measure.begin.month + 1
    if months <= 12 * plan.head.horizons.short:
        return "kurzfristig"
    return "mittelfristig" if months <= 12 * plan.head.horizons.medium else "langfristig"


def lead_cell(plan: Plan, measure: Measure) -> Cell:
    """Return the lead organisation of a measure."""
    return organisation_ref(plan, measure.lead) if measure.lead else Nothing()


def status_cell(measure: Measure) -> Cell:
    """Return a measure's status as a word."""
    return Term(measure.status.label, measure.status.value)


def place_names(plan: Plan, places: Iterable[str]) -> str:
    """Return districts by short name, municipalities by AGS and district."""
    names = []
    for ags in places:
        district = plan.districts.get(ags[:5])
        name = district.short if district else ags[:5]
        names.append(name if len(ags) == 5 else f"{ags} ({name})")
    return ", ".join(names)


def rows_by_field(
    selection: Selection, measures: Iterable[Measure], field: str, row: Callable[[Measure], Row]
) -> list[Row]:
    """Return a row a measure, each field's under its name; without the name where the view is narrowed to one field."""
    rows: list[Row] = []
    group = field
    for measure in measures:
        if measure.field != group:
            group = measure.field
            rows.append(Row((field_cell(selection.plan, group, page=False),), RowKind.GROUP))
        rows.append(row(measure))
    return rows


def parts(selection: Selection, field: str) -> Iterator[tuple[Cell, tuple[Measure, ...]]]:
    """Yield head and measures of each row of a summary: the fields, or the measures of the field it is narrowed to."""
    if field:
        yield from ((measure_cell(measure), (measure,)) for measure in selection.in_field(field))
    else:
        for key in selection.plan.action_fields:
            yield field_cell(selection.plan, key, page=False), selection.in_field(key)
