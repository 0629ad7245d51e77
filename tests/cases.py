"""A plan in one edition twice: as the code selects it, and as plain trees that its views are held against."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from assembly import pipeline
from assembly.editions import EDITIONS, Selection, select
from tests import raw

Tree = dict[str, Any]


class Selected:
    """What the code selects of the plan below `root`, and the same measures and events as trees of strings."""

    def __init__(self, root: Path, edition: str) -> None:
        plan = pipeline.check(root).plan
        assert plan is not None
        self.selection: Selection = select(plan, EDITIONS[edition])
        self.measures = raw.measures(root, frozenset(status.value for status in EDITIONS[edition].sheets))
        self.events = raw.trees(root, "participation/*.yaml")
        self.ids = {measure["id"] for measure in self.measures}
