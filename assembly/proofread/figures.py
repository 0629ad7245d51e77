"""Figures: what is drawn names the records and prints the sums that it has to show."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from assembly import german
from assembly.document import Figure
from assembly.drawings import Drawing, Scale, StackedBars, StackedRows, TileMap
from assembly.paper.finding import Finding, Findings
from assembly.proofread.sides import Sides

ID = re.compile(r"\b[A-ZÄÖÜ]{1,6}-\d+\b")
NUMBER = re.compile(r"\d[\d.]*(?:,\d+)?")


def figures(sides: Sides) -> Findings:
    """DRU-008: a figure names the records that it has to show, and no others, and prints the sums that it stands for.

    The figures of a section are held against it together: one of many records goes on over several sheets.
    """
    for pair in sides.pairs:
        blocks = (block for block in pair.expected.section.blocks if isinstance(block, Figure))
        drawings = [block.drawing for block in blocks if block.drawing is not None]
        marks = (mark for stretch in pair.printed.drawings for mark in sides.printed.runs.between(*stretch))
        texts = list(sides.book.texts(marks))
        drawn = " ".join(text for text, _ in texts)
        pages = tuple(sorted({page for _, page in texts}))
        yield from (Finding("DRU-008", message, pages) for message in _faults(drawings, drawn))


def _faults(drawings: list[Drawing], drawn: str) -> Iterator[str]:
    """Say what is wrong with the words that are drawn."""
    words = [word for drawing in drawings for word in _strings(drawing)]
    wanted = {word for word in words if ID.fullmatch(word)}
    printed = set(ID.findall(drawn))
    for identifier in sorted(printed - wanted - set(ID.findall(" ".join(words)))):
        yield f"Eine Abbildung zeigt „{identifier}“, was nicht hineingehört."
    for identifier in sorted(wanted - printed):
        yield f"In einer Abbildung fehlt „{identifier}“."
    sums = Counter(number for drawing in drawings for words in _sums(drawing) for number in NUMBER.findall(words))
    for number in sorted(sums - Counter(NUMBER.findall(drawn))):
        yield f"In einer Abbildung fehlt die berechnete Summe „{number}“."


def _strings(value: object) -> Iterator[str]:
    """Yield all words that a drawing holds."""
    if isinstance(value, str):
        yield value
    elif is_dataclass(value):
        for attribute in fields(value):
            yield from _strings(getattr(value, attribute.name))
    elif isinstance(value, tuple):
        for item in value:
            yield from _strings(item)


def _sums(drawing: Drawing) -> Iterator[str]:
    """Yield the sums of a drawing as they print: of each bar, and of each district."""
    match drawing:
        case TileMap(tiles=tiles):
            yield from (german.integer(number) for tile in tiles for number in (tile.count, tile.alone))
        case StackedBars(layers=layers) | StackedRows(layers=layers):
            sums = [sum(layer) for layer in zip(*(amounts for _, amounts in layers), strict=True)]
            counts = isinstance(drawing, StackedRows) and drawing.scale is Scale.STAGES
            unit = german.unit_for(max(sums, default=0))
            yield from (german.integer(number) if counts else unit.amount(number) for number in sums)
