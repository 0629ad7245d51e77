"""The scale: all type of the printed book is of few sizes, and its lines stand on one rhythm."""

from __future__ import annotations

import re

import pytest

from assembly.document import Document, Figure
from assembly.draw import draw
from assembly.draw.paper import Paper
from assembly.render_pdf.stylesheet import BOOK
from assembly.render_pdf.tables import LEADING

SCALE = {7.5, 8.3, 9.1, 10.0, 10.6, 12.6, 14.5, 18.0, 21.0, 25.0}  # points
BEAT = 1.8  # points: lines stand so many times 5 to 17 apart


def test_the_style_sheet_keeps_to_the_scale() -> None:
    css = BOOK.read_text(encoding="utf-8")
    sizes = [float(size) for size in re.findall(r"font(?:-size)?:[^;}]*?\b([\d.]+)pt\b", css)]
    assert len(sizes) > 50
    assert set(sizes) == SCALE


def test_lines_stand_on_one_rhythm() -> None:
    css = BOOK.read_text(encoding="utf-8")
    leadings = [float(line) for line in re.findall(r"(?:pt/|line-height: )([\d.]+)pt", css)]
    assert len(leadings) > 40
    assert {line for line in leadings if abs(line / BEAT - round(line / BEAT)) > 1e-6} == set()


def test_tables_are_measured_in_sizes_of_the_scale() -> None:
    assert set(LEADING) < SCALE


def test_drawings_keep_to_the_scale(real_document: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    sizes: set[float] = set()
    write = Paper.text

    def note(self: Paper, at: tuple[float, float], text: str, size: float, *more: object, **options: object) -> None:
        sizes.add(size)
        write(self, at, text, size, *more, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(Paper, "text", note)
    figures = [block for section in real_document.sections for block in section.blocks if isinstance(block, Figure)]
    drawings = [figure.drawing for figure in figures if figure.drawing is not None]
    assert len(drawings) > 8
    for drawing in drawings:
        draw(drawing, 166.0)
    assert sizes
    assert sizes <= SCALE
