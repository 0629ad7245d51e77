"""Cells: one value → markup, written as `assembly.german` says."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup, escape

from assembly import german
from assembly.document import (
    Cell,
    Field,
    Grade,
    Missing,
    Money,
    Nothing,
    Quantity,
    Ref,
    Rich,
    Several,
    Term,
    Text,
    When,
)
from assembly.render_pdf.prose import ProseWriter, is_unbroken
from assembly.render_pdf.tables import parted

Look = tuple[str, Markup]  # the class of a value, and its words

OF_A_CELL = ("nb", "soft", "term")  # classes that a cell of a table may carry itself, without a span inside
NOTHING: Look = ("soft", Markup("–"))


class CellWriter:
    """Writes cells; `colours` are those of the action fields."""

    def __init__(self, prose: ProseWriter, colours: Mapping[str, str]) -> None:
        self._prose = prose
        self._colours = colours

    def cell(self, cell: Cell) -> Markup:
        """Return the markup of one cell."""
        return spanned(*self.look(cell))

    def look(self, cell: Cell) -> Look:
        """Return the class of all that a cell holds, empty for none, and its markup without it."""
        match cell:
            case Ref():
                return "", self._prose.refs.html(cell)
            case Text(text=text, strong=strong):
                return self._words(text, "strong" if strong else "")
            case Rich(blocks=blocks):
                return "", self._prose.flat(blocks)
            case Term(text=text, key=key):
                return self._words(text, "term-leuchtturm" if key == "leuchtturm" else "term")
            case Field(key=key, ref=ref):
                return "", Markup('<span class="dot" style="background:{}"></span>{}').format(
                    self._colours[key], self._prose.refs.html(ref)
                )
            case Several(items=items, separator=separator):
                between = Markup("<br>") if separator == "\n" else escape(separator)
                return "", between.join(self.cell(item) for item in items)
            case Missing():
                return "missing", Markup("fehlt")
            case Nothing():
                return NOTHING
            case _:
                return _value(cell)

    def _words(self, text: str, name: str) -> Look:
        """Return words; an id stays on its line."""
        names = " ".join(part for part in (name, "nb" if is_unbroken(text) else "") if part)
        return names, self._prose.abbreviations.html(text)


def spanned(name: str, words: Markup) -> Markup:
    """Return words in a span of this class; as they are without one."""
    return Markup('<span class="{}">{}</span>').format(name, words) if name else words


def _value(cell: Money | Quantity | When | Grade) -> Look:
    match cell:
        case Money(amount=amount, unit=unit):
            return _number(german.euros(amount.cents, unit=unit)) if amount.cents else NOTHING
        case Quantity():
            kept, rest = parted(cell)
            return ("", Markup("{} {}").format(spanned(*_number(kept)), rest)) if rest else _number(kept)
        case When(value=value):
            return _number(german.moment(value))
        case Grade(value=value):
            return "", Markup('<span class="grade" role="img" aria-label="{} von 3">{}</span>').format(
                value, german.grade(value)
            )


def _number(text: str) -> Look:
    return "nb", Markup("{}").format(text)
