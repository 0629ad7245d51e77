"""The specimen's whole book as text: a change of wording, number or order shows as a difference. `pytest --golden`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from assembly.document import Document
from tests.dump import dump
from tests.plans import SPECIMEN, document_of

GOLDEN = Path(__file__).with_name("golden")
EDITIONS: Mapping[str, str] = {"specimen.txt": "intern", "specimen-oeffentlich.txt": "oeffentlich"}


@pytest.mark.parametrize("name", EDITIONS)
def test_the_book_reads_as_it_did(name: str, pytestconfig: pytest.Config) -> None:
    text = dump(document_of(SPECIMEN, EDITIONS[name]))
    if pytestconfig.getoption("--golden"):
        (GOLDEN / name).write_text(text, encoding="utf-8")
    assert text.split("\n") == (GOLDEN / name).read_text(encoding="utf-8").split("\n"), "meant? pytest --golden"


def test_no_golden_file_is_left_over() -> None:
    assert {path.name for path in GOLDEN.iterdir()} >= set(EDITIONS)
    assert {path.name for path in GOLDEN.iterdir() if path.name.startswith("specimen")} == set(EDITIONS)


def test_what_is_internal_is_in_the_internal_edition_only(document: Document) -> None:
    assert "Geheime Notiz" in dump(document)
    assert "Geheime Notiz" not in repr(document_of(SPECIMEN, "oeffentlich"))
