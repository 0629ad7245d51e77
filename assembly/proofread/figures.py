"""Figures: what is drawn shows the records, numbers and words that it has to show, and its words say what is seen.

Nothing is drawn again to be compared: that would take as long as all the rest.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, is_dataclass

from assembly import german
from assembly.document import Block, Figure, Schedule
from assembly.drawings import Drawing, HeatTable, Scale, StackedBars, StackedRows, TileMap, Timeline, axis
from assembly.paper import demands, solid
from assembly.paper.finding import Finding, Findings
from assembly.proofread.printed import Words
from assembly.proofread.sides import Sides

Drawn = Drawing | Schedule
ID = re.compile(r"\b[A-ZÄÖÜ]{1,6}-\d+\b")
NUMBER = re.compile(r"\d[\d.]*(?:,\d+)?(?![\d…])")  # not one that is cut short
WORD = re.compile(r"[^\W\d_]{4,}")
SHEET = re.compile(r"Blatt (\d+) von \d+: .*?(?:\. |$)")
SHEETS = re.compile(r"Blatt\s*\d+\s*von\s*\d+:?(\s*\d+\s*Maßnahmen?)?")  # which part of a figure
LONGEST = 60  # signs that a message quotes
# What drawings say beside the words that they hold.
ADDED = ("Anzahl", "Anteil an den Kosten", "Kosten", "Maßnahmen", "nur hier", "nach")


def figures(sides: Sides) -> Findings:
    """DRU-008: a figure shows the records, sums and words that it has to show, and no others.

    The figures of a section are held against it together: one of many records goes on over several sheets.
    """
    for pair in sides.pairs:
        drawings = list(_drawings(pair.expected.section.blocks))
        stretches = (stretch for stretch in pair.printed.drawings if stretch[0] < stretch[1])  # others hold no words
        marks = (mark for stretch in stretches for mark in sides.printed.runs.between(*stretch))
        texts = list(sides.book.texts(marks)) if drawings else []
        drawn = SHEETS.sub(" ", " ".join(text for text, _ in texts))
        pages = tuple(sorted({page for _, page in texts}))
        yield from (Finding("DRU-008", message, pages) for message in _faults(drawings, drawn))


def _drawings(blocks: Iterable[Block]) -> Iterator[Drawn]:
    for block in blocks:
        if isinstance(block, Schedule):
            yield block
        elif isinstance(block, Figure) and block.drawing is not None:
            yield block.drawing


def _faults(drawings: list[Drawn], drawn: str) -> Iterator[str]:
    """Say what is wrong with the words that are drawn."""
    words = [word for drawing in drawings for word in _strings(drawing)]
    wanted = {word for word in words if ID.fullmatch(word)}
    printed = set(ID.findall(drawn))
    for identifier in sorted(printed - wanted - set(ID.findall(" ".join(words)))):
        yield f"Eine Abbildung zeigt „{identifier}“, was nicht hineingehört."
    for identifier in sorted(wanted - printed):
        yield f"In einer Abbildung fehlt „{identifier}“."
    numbers = Counter(NUMBER.findall(ID.sub(" ", drawn)))
    said = (words for drawing in drawings for words in _sums(drawing, numbers))
    sums = Counter(number for words in said for number in NUMBER.findall(words))
    for number in sorted(sums - numbers):
        yield f"In einer Abbildung fehlt die berechnete Zahl „{number}“."
    more = (number for drawing in drawings for number in _others(drawing))
    known = sums.keys() | {number for text in (*words, *more) for number in NUMBER.findall(ID.sub(" ", text))}
    for number in sorted(numbers.keys() - known):
        yield f"Eine Abbildung zeigt „{number}“, was nicht berechnet ist."
    vocabulary = "\n".join(map(solid, {*words, *ADDED}))
    for word in sorted({*WORD.findall(drawn)}):
        if word not in vocabulary:
            yield f"Eine Abbildung zeigt „{word}“, was nicht hineingehört."


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


def _sums(drawing: Drawn, printed: Counter[str]) -> Iterator[str]:
    """Yield the numbers of a drawing that it prints in any case: sums of bars, counts of districts, grades, years."""
    match drawing:
        case Schedule(first_year=first, last_year=last):  # in one of two forms, of which more is printed
            forms = zip(*map(_forms, range(first, last + 1)), strict=True)
            yield from min(forms, key=lambda form: sum(number not in printed for number in form))
        case TileMap(tiles=tiles):
            yield from (german.integer(number) for tile in tiles for number in (tile.count, tile.alone))
            if len(drawing.groups) > 1:
                keys = [group.key for group in drawing.groups]
                yield from (german.integer(tile.by_group.get(key, 0)) for tile in tiles for key in keys)
        case StackedBars(layers=layers) | StackedRows(layers=layers):
            sums = [sum(layer) for layer in zip(*(amounts for _, amounts in layers), strict=True)]
            yield from map(_amounts(drawing, max(sums, default=0)), sums)
        case HeatTable(columns=columns):
            yield from (str(grade) for column in columns for grade in column.grades if grade)


def _forms(year: int) -> tuple[str, str]:
    return str(year), f"{year % 100:02d}"


def _others(drawing: Drawn) -> Iterator[str]:
    """Yield the numbers that a drawing prints where there is room, and those that it is measured by."""
    match drawing:
        case StackedBars(layers=layers) | StackedRows(layers=layers):
            sums = [sum(layer) for layer in zip(*(amounts for _, amounts in layers), strict=True)]
            written = _amounts(drawing, max(sums, default=0))
            yield from (written(amount) for _, amounts in layers for amount in amounts if amount)
            if isinstance(drawing, StackedBars):
                unit = german.unit_for(max(sums, default=0))
                step, top = axis(max(sums, default=0), unit.cents)
                yield from (unit.mark(value, step) for value in range(0, top + 1, step))
            elif drawing.whole:
                pairs = ((amount, whole) for _, amounts in layers for amount, whole in zip(amounts, sums, strict=True))
                yield from (german.percent(amount, whole) for amount, whole in pairs if whole)
        case Timeline(first_year=first, last_year=last, bars=bars):
            yield from (form for year in range(first, last + 1) for form in _forms(year))
            yield from map(str, range(2, max((len(bar.milestones) for bar in bars), default=0) + 1))
        case Schedule(milestones=milestones):
            yield from map(str, range(2, len(milestones) + 1))


def _amounts(drawing: StackedBars | StackedRows, highest: int) -> Callable[[int], str]:
    """Return how a drawing writes its amounts."""
    if isinstance(drawing, StackedRows) and drawing.scale is Scale.STAGES:
        return german.integer
    return german.unit_for(highest).amount


def alternatives(sides: Sides) -> Findings:
    """DRU-029: every picture says in words what it shows, as the book has it."""
    for pair in sides.pairs:
        wanted = Counter(map(solid, pair.expected.said))
        for words, place in _whole(pair.printed.said):
            pages = (sides.page(place),)
            if complaints := [*demands.alternative(words)]:
                yield from (Finding("DRU-029", complaint, pages) for complaint in complaints)
            elif wanted[solid(words)]:
                wanted[solid(words)] -= 1
            else:
                message = f"Der Alternativtext einer Abbildung ist ein anderer: „{words[:LONGEST]}“."
                yield Finding("DRU-029", message, pages)
        for words in +wanted:
            message = f"Der Alternativtext „{words[:LONGEST]}“ fehlt."
            yield Finding("DRU-029", message, tuple(sorted(pair.printed.pages)))


def _whole(said: list[Words]) -> Iterator[Words]:
    """Yield what pictures say; of those on several sheets the first says all, the others which they are."""
    for words, place in said:
        sheet = SHEET.match(words)
        if sheet is None:
            yield Words(words, place)
        elif sheet[1] == "1":
            yield Words(words[sheet.end() :], place)
