"""derive: Plan → views. Pure functions: the tables and figures that chapters call, and the numbers that texts cite.

A view takes the selection of an edition and a field's key (empty: all fields) and gives a `TableView` or a
`FigureView`; it never has a number, a caption or a page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from assembly.derive import finance, measures, registers
from assembly.derive.cells import FigureView, TableView
from assembly.derive.timeline import timeline
from assembly.editions import Selection

TABLES_BY_FIELD: Mapping[str, Callable[[Selection, str], TableView]] = {
    "uebersicht": measures.overview,
    "leuchttuerme": measures.lighthouses,
    "kosten-jahr": finance.costs_by_year,
    "finanzierung-quelle-jahr": finance.financing_by_source_and_year,
    "zustaendigkeit": measures.responsibilities,
    "zielbeitrag": measures.vision_contributions,
    "indikatoren": measures.indicators,
    "risiken": measures.risks,
    "beschlussbedarf": measures.decision_needs,
}

TABLES: Mapping[str, Callable[[Selection], TableView]] = {
    "felder": measures.fields_in_numbers,
    "finanzierung-feld-quelle": finance.financing_by_field_and_tier,
    "beteiligung": registers.events,
    "abwaegung": registers.weighing,
    "stellungnahmen": registers.statements,
    "befunde": registers.findings,
    "beschluesse": registers.decisions,
    "organisationen": registers.organisations,
    "kennzahlen": registers.facts,
    "quellen": registers.sources,
    "glossar": registers.glossary,
    "aenderungen": registers.changes,
}

FIGURES_BY_FIELD: Mapping[str, Callable[[Selection, str], FigureView]] = {
    "zeitplan": timeline,
    "mittel-jahr": finance.money_by_year,
}


def table(selection: Selection, view: str, field: str = "") -> TableView:
    """Return the table view of this name. KeyError for an unknown name."""
    if view in TABLES_BY_FIELD:
        return TABLES_BY_FIELD[view](selection, field)
    return TABLES[view](selection)


def figure(selection: Selection, view: str, field: str = "") -> FigureView:
    """Return the figure view of this name. KeyError for an unknown name."""
    return FIGURES_BY_FIELD[view](selection, field)
