"""Fixtures of all tests: the specimen and what the stages make of it, once a run. Nothing here is changed in place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assembly import parse, pipeline
from assembly.document import Document
from assembly.editions import EDITIONS, Selection, select
from assembly.pipeline import Checked
from assembly.plan import Plan
from assembly.prose import Node
from tests.plans import INTERN, ROOT, SPECIMEN

MEMORY: dict[str, Node] = {}


def pytest_addoption(parser: pytest.Parser) -> None:
    """`pytest --golden` writes the golden files anew instead of comparing with them."""
    parser.addoption("--golden", action="store_true", help="write tests/golden/ anew")


@pytest.fixture(scope="session")
def specimen() -> Path:
    """Return the folder of the specimen: a tiny complete plan."""
    return SPECIMEN


@pytest.fixture(scope="session")
def checked() -> Checked:
    """Return the checked specimen."""
    return pipeline.check(SPECIMEN)


@pytest.fixture(scope="session")
def plan(checked: Checked) -> Plan:
    """Return the specimen as a joined plan."""
    assert checked.plan is not None
    return checked.plan


@pytest.fixture(scope="session")
def selection(plan: Plan) -> Selection:
    """Return what the internal edition prints of the specimen."""
    return select(plan, EDITIONS["intern"])


@pytest.fixture(scope="session")
def document(checked: Checked) -> Document:
    """Return the specimen's book, internal edition, of a fixed day."""
    return pipeline.assemble(checked, INTERN)


@pytest.fixture(scope="session")
def real() -> Checked:
    """Return the checked plan of this repository: the one that is really built."""
    return pipeline.check(ROOT)


@pytest.fixture(scope="session")
def real_document(real: Checked) -> Document:
    """Return the repository's own book, internal edition, of a fixed day."""
    return pipeline.assemble(real, replace(INTERN, edition="intern"))


@pytest.fixture(scope="module")
def remembered() -> Iterator[None]:
    """Let pandoc read each text once a run: for modules that check hundreds of plans, each but a little different.

    Right because each text is parsed by itself, which `test_parse` holds.
    """
    read = parse._read

    def remember(texts: list[str], seconds: int = parse.TIMEOUT_SECONDS) -> list[Node]:
        unseen = [text for text in dict.fromkeys(texts) if text not in MEMORY]
        MEMORY.update(zip(unseen, read(unseen, seconds) if unseen else [], strict=True))
        return [MEMORY[text] for text in texts]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parse, "_read", remember)
        yield
