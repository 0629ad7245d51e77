"""Models: every key speaks German, carries a label and a help text, and is declared once."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from pydantic import ValidationError

from schema.base import Record, Term
from schema.event import Outcome
from schema.kinds import KINDS
from schema.measure import Measure, Status


def _models() -> Iterator[type[Record]]:
    todo: list[type[Record]] = [Record]
    while todo:
        model = todo.pop()
        todo += model.__subclasses__()
        if model is not Record and model.__module__.startswith("schema."):
            yield model


MODELS = sorted(_models(), key=lambda model: model.__name__)


def test_all_models_are_seen() -> None:
    assert {kind.model for kind in KINDS.values()} <= set(MODELS)
    assert len(MODELS) > 20


@pytest.mark.parametrize("model", MODELS)
def test_every_key_has_alias_label_and_help(model: type[Record]) -> None:
    assert re.match(r"[A-Z].* \(.+\)|One ", model.__doc__ or ""), "docstrings begin „Measure (Maßnahme): …“"
    for name, field in model.model_fields.items():
        assert re.fullmatch(r"[a-z][a-z_]*", field.alias or ""), name
        assert field.title, name
        assert (field.description or "").endswith((".", "…", "?", "“")) or field.description, name


def test_the_words_of_a_closed_list_are_ascii_and_have_a_label() -> None:
    terms = [term for cls in Term.__subclasses__() for term in cls]
    assert len(terms) > 40
    for term in terms:
        assert term.value.isascii(), term
        assert term.label, term
    assert Status.READY.value == "beschlussreif"
    assert Outcome.PARTLY.label == "teilweise berücksichtigt"


def test_records_are_frozen_and_take_only_german_keys() -> None:
    tree = {"id": "WIR-002", "titel": "x", "handlungsfeld": "WIR", "status": "idee"}
    measure = Measure.model_validate(tree)
    with pytest.raises(ValidationError):
        measure.title = "y"  # type: ignore[misc]
    with pytest.raises(ValidationError):
        Measure.model_validate({**tree, "title": "x"})
    assert Measure.label("lead") == "Federführung"
