"""A blank at the end of a line hangs over its edge."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from weasyprint import HTML

from assembly.render_pdf.engine.hanging import hanging
from assembly.render_pdf.hyphens import use_german
from assembly.theme import FONTS

TEXT = "Strukturwandel. Den Weg zur Arbeit behandelt das "
FACE = f"@font-face {{ font-family: S; src: url({(FONTS / 'SourceSerif4-Regular.ttf').as_uri()}) }}"


def lines(text: str, width: float) -> list[str]:
    """Return the lines of a text with a link at its end, set in so many millimetres."""
    style = f"{FACE} p {{ font: 10pt S; hyphens: auto; width: {width}mm }}"
    html = f'<html lang="de"><style>{style}</style><p>{text}<a href="#x">Handlungsfeld Infrastruktur</a></p></html>'
    (page,) = HTML(string=html).render().pages
    boxes = (box for box in page._page_box.descendants() if type(box).__name__ == "LineBox")
    return ["".join(_words(line)) for line in boxes]


def _words(box: Any) -> Iterator[str]:
    return (inner.text for inner in box.descendants() if type(inner).__name__ == "TextBox")


@pytest.mark.parametrize("width", [79.7, 80.0, 80.3])
def test_a_text_that_fits_but_for_its_blank_stays_whole(width: float) -> None:
    use_german()
    with hanging():
        first, *_ = lines(TEXT, width)
    assert first.startswith(TEXT.rstrip())


def test_a_word_that_is_too_long_is_hyphenated_still() -> None:
    use_german()
    with hanging():
        assert lines("Strukturwandelbeschleunigung ", 30)[0] == "Strukturwandelbe‐"
        assert lines(TEXT, 60)[0] == "Strukturwandel. Den Weg zur Arbeit"
