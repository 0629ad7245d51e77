"""derive: Plan → views. Pure functions: the tables and figures that chapters call, and the numbers that texts cite.

A view takes the selection of an edition and gives a `TableView` or a `FigureView`; it never has a number, a caption or
a page. Views that may be narrowed (`by_field` in the vocabulary, which alone says so) also take a field's key, empty
for all fields.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from assembly.derive import charts, finance, flows, matrices, measures, registers
from assembly.derive.cells import FigureView, TableView
from assembly.derive.dependencies import dependencies
from assembly.derive.logic import chain_of_effects
from assembly.derive.network import network
from assembly.derive.places import tile_map
from assembly.derive.timeline import schedule, timeline
from assembly.editions import Selection
from schema.vocabulary import VIEWS

TABLES: Mapping[str, Callable[..., TableView]] = {
    "uebersicht": measures.overview,
    "felder": measures.fields_in_numbers,
    "leuchttuerme": measures.lighthouses,
    "leuchttuerme-kurz": measures.greatest_lighthouses,
    "massnahmen-kurz": measures.others_by_name,
    "kosten-jahr": finance.costs_by_year,
    "finanzierung-quelle-jahr": finance.financing_by_source_and_year,
    "finanzierung-feld-quelle": finance.financing_by_field_and_tier,
    "finanzierungssicherheit": finance.financing_by_certainty,
    "finanzierungsquellen": finance.funding_sources,
    "zeitplan": schedule,
    "abhaengigkeiten": dependencies,
    "zustaendigkeit": matrices.responsibilities,
    "raum": matrices.districts,
    "raum-felder": matrices.districts_by_field,
    "reife": matrices.maturity,
    "zielbeitrag": matrices.vision_contributions,
    "wirkungslogik": chain_of_effects,
    "indikatoren": measures.indicators,
    "risiken": measures.risks,
    "beschlussbedarf": measures.decision_needs,
    "beschlussbedarf-gremien": measures.deciding_bodies,
    "beschluesse": registers.decisions,
    "beteiligung": registers.events,
    "beteiligung-kreise": registers.participation_by_district,
    "abwaegung": registers.weighing,
    "stellungnahmen": registers.statements,
    "leitsaetze": registers.claims,
    "befunde": registers.findings,
    "organisationen": registers.organisations,
    "kennzahlen": registers.facts,
    "quellen": registers.sources,
    "glossar": registers.glossary,
    "abkuerzungen": registers.abbreviations,
    "aenderungen": registers.changes,
}

FIGURES: Mapping[str, Callable[..., FigureView]] = {
    "zeitplan": timeline,
    "mittel-jahr": finance.money_by_year,
    "mittel-quelle": finance.money_by_source,
    "mittel-feld": charts.money_by_field,
    "finanzierungssicherheit": charts.certainty,
    "reife": charts.maturity,
    "zielbeitrag": charts.contributions,
    "wirkungslogik": flows.chain_of_effects,
    "abhaengigkeiten": network,
    "raum": tile_map,
    "beteiligung": flows.participation,
}


def table(selection: Selection, view: str, field: str = "") -> TableView:
    """Return the table view of this name. KeyError for an unknown name."""
    return TABLES[view](selection, field) if VIEWS["tabelle"][view].by_field else TABLES[view](selection)


def figure(selection: Selection, view: str, field: str = "") -> FigureView:
    """Return the figure view of this name. KeyError for an unknown name."""
    return FIGURES[view](selection, field) if VIEWS["abbildung"][view].by_field else FIGURES[view](selection)
