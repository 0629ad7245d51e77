"""Targets: every id that the book bears, and every reference that must lead to one.

A link that leads nowhere is a bug of ours (the plan's own references are checked long before), so it stops the
rendering and names all of them at once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from assembly.document import (
    Cell,
    Directory,
    Document,
    Facts,
    Field,
    Figure,
    Notice,
    Prose,
    Ref,
    Rich,
    Several,
    Shares,
    Table,
)
from assembly.prose import Nodes, nodes


class DanglingReferencesError(ValueError):
    """References lead to ids that the document does not bear, or bears twice."""

    def __init__(self, dangling: list[str], doubled: list[str]) -> None:
        self.dangling, self.doubled = dangling, doubled
        parts = [f"no target: {', '.join(dangling)}"] if dangling else []
        parts += [f"more than one target: {', '.join(doubled)}"] if doubled else []
        super().__init__("; ".join(parts))


def check_targets(document: Document) -> None:
    """Raise DanglingReferencesError unless every reference of the document has exactly one target.

    A Randnummer may print twice (a measure's money as a bar and as a table): the first place is the target.
    """
    counts = Counter(places(document))
    numbers = set(randnummern(document))
    wanted = dict.fromkeys(ref.target for ref in references(document) if ref.target)
    dangling = [target for target in wanted if target not in counts and target not in numbers]
    doubled = [target for target, count in counts.items() if count + (target in numbers) > 1]
    if dangling or doubled:
        raise DanglingReferencesError(dangling, doubled)


def places(document: Document) -> Iterator[str]:
    """Yield the ids of sections, tables, figures and rows, in reading order."""
    for section in document.sections:
        yield section.id
        for block in section.blocks:
            if isinstance(block, Table | Figure):
                yield block.id
            if isinstance(block, Table):
                yield from (row.anchor for row in block.rows if row.anchor)


def randnummern(document: Document) -> Iterator[str]:
    """Yield the anchors of the Randnummern, in reading order."""
    for block in document.blocks():
        match block:
            case Prose(number=number) | Shares(number=number) | Table(randnummer=number) | Figure(randnummer=number):
                numbers = [number]
            case Facts(items=facts):
                numbers = [fact.number for fact in facts]
            case _:
                numbers = []
        yield from (number.anchor for number in numbers if number is not None)


def references(document: Document) -> Iterator[Ref]:
    """Yield every reference of the document, in reading order."""
    for block in document.blocks():
        match block:
            case Prose(blocks=tree) | Notice(blocks=tree):
                yield from _prose_references(tree)
            case Figure():
                yield from _prose_references(block.caption + block.note)
            case Table():
                yield from _prose_references(block.caption + block.note)
                yield from (column.ref for column in block.columns if column.ref)
                for row in block.rows:
                    for cell in row.cells:
                        yield from _cell_references(cell)
            case Facts(items=facts):
                for fact in facts:
                    yield from _cell_references(fact.value)
            case Directory(entries=entries):
                yield from (entry.ref for entry in entries)
            case _:
                pass


def _prose_references(tree: Nodes) -> Iterator[Ref]:
    for node in nodes(tree, "Ref"):
        yield node["c"]


def _cell_references(cell: Cell) -> Iterator[Ref]:
    match cell:
        case Ref():
            yield cell
        case Field(ref=ref):
            yield ref
        case Rich(blocks=tree):
            yield from _prose_references(tree)
        case Several(items=items):
            for item in items:
                yield from _cell_references(item)
        case _:
            pass
