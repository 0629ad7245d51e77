"""Totals of each edition on a plan of many measures, against sums taken from the YAML files themselves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from assembly import german, pipeline
from assembly.derive import table
from assembly.derive.numbers import number
from assembly.document import Cell, Money, Row, RowKind, Text
from assembly.editions import EDITIONS, Selection, select
from benchmarks.generator import Size, write

FROM_AGREED = {"abgestimmt", "beschlussreif"}
COUNTED = {
    "intern": {"idee", "entwurf", "zurueckgestellt"} | FROM_AGREED,
    "ressort": {"entwurf"} | FROM_AGREED,
    "kabinett": FROM_AGREED,
    "oeffentlich": FROM_AGREED,
}
Tree = dict[str, Any]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a generated plan with measures of every status."""
    target = tmp_path_factory.mktemp("totals")
    write(Size(60, contributions=10), 11, target)
    return target


@pytest.fixture(scope="module")
def trees(root: Path) -> list[Tree]:
    """Return the measures as the files give them, read without our program."""
    return [yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted((root / "measures").rglob("*.yaml"))]


@pytest.fixture(scope="module")
def selections(root: Path) -> dict[str, Selection]:
    plan = pipeline.check(root).plan
    assert plan is not None
    return {name: select(plan, edition) for name, edition in EDITIONS.items()}


def costs(trees: list[Tree]) -> int:
    """Return the sum of all costs in euros."""
    return sum(sum(years.values()) for tree in trees for years in tree.get("kosten", {}).values())


def financing(trees: list[Tree]) -> int:
    """Return the sum of all financing in euros."""
    return sum(sum(line["betraege"].values()) for tree in trees for line in tree.get("finanzierung", ()))


def counted(trees: list[Tree], edition: str, field: str = "") -> list[Tree]:
    """Return the measures that count in the edition."""
    return [tree for tree in trees if tree["status"] in COUNTED[edition] and field in ("", tree["handlungsfeld"])]


def amounts(row: Row) -> list[int]:
    """Return the amounts of a row in euros; there are no cents in this plan."""
    return [cell.amount.cents // 100 for cell in row.cells if isinstance(cell, Money)]


def total(rows: tuple[Row, ...]) -> Row:
    """Return the one total."""
    (found,) = (row for row in rows if row.kind is RowKind.TOTAL)
    return found


def words(cell: Cell) -> str:
    """Return the words of a cell of plain text."""
    return cell.text if isinstance(cell, Text) else ""


def of_status(rows: tuple[Row, ...]) -> Iterator[tuple[str, int]]:
    """Yield the „davon …“ rows with their sums."""
    for row in rows:
        if words(row.cells[0]).startswith("davon "):
            yield words(row.cells[0]).removeprefix("davon "), amounts(row)[-1]


def test_the_plan_has_every_status(trees: list[Tree]) -> None:
    assert {tree["status"] for tree in trees} == COUNTED["intern"]
    assert len({costs(counted(trees, name)) for name in ("intern", "ressort", "kabinett")}) == 3


@pytest.mark.parametrize("name", EDITIONS)
def test_totals(name: str, selections: dict[str, Selection], trees: list[Tree]) -> None:
    selection, measures = selections[name], counted(trees, name)
    assert amounts(total(table(selection, "kosten-jahr").rows))[-1] == costs(measures)
    assert amounts(total(table(selection, "finanzierung-quelle-jahr").rows))[-1] == costs(measures)
    assert amounts(total(table(selection, "uebersicht").rows)) == [costs(measures)]
    assert amounts(total(table(selection, "felder").rows)) == [costs(measures), costs(measures) - financing(measures)]
    by_tier = amounts(total(table(selection, "finanzierung-feld-quelle").rows))
    assert by_tier[-1] == costs(measures)
    assert sum(by_tier[:-2]) == financing(measures)
    assert number(selection, "kosten") == german.roughly(100 * costs(measures))
    assert number(selection, "offen") == german.roughly(100 * (costs(measures) - financing(measures)))
    assert number(selection, "massnahmen") == str(len(measures))
    follow_up = sum(tree.get("folgekosten", 0) for tree in measures)
    assert number(selection, "folgekosten") == german.roughly(100 * follow_up)


@pytest.mark.parametrize("field", ["WIR", "DAS"])
@pytest.mark.parametrize("name", EDITIONS)
def test_totals_of_a_field(name: str, field: str, selections: dict[str, Selection], trees: list[Tree]) -> None:
    measures = counted(trees, name, field)
    assert amounts(total(table(selections[name], "kosten-jahr", field).rows))[-1] == costs(measures)
    assert number(selections[name], "finanzierung", field) == german.roughly(100 * financing(measures))


@pytest.mark.parametrize("name", EDITIONS)
def test_lines_of_status(name: str, selections: dict[str, Selection], trees: list[Tree]) -> None:
    labels = {
        "idee": "Idee",
        "entwurf": "Entwurf",
        "abgestimmt": "abgestimmt",
        "beschlussreif": "beschlussreif",
        "zurueckgestellt": "zurückgestellt",
    }
    shown = ["beschlussreif"] if name != "intern" else list(labels)
    sums = {labels[status]: costs([tree for tree in trees if tree["status"] == status]) for status in shown}
    expected = {label: euros for label, euros in sums.items() if euros}
    lines = dict(of_status(table(selections[name], "kosten-jahr").rows))
    assert lines == expected
    assert name != "intern" or sum(lines.values()) == costs(trees)
