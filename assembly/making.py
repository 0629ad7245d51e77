"""Making: how the documents of a build are made, which never changes what comes out of it."""

from __future__ import annotations

import os
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path


def cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):  # Linux: a container may have fewer than the machine
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@dataclass(frozen=True, slots=True)
class Making:
    """How a build is made: by which workers, and below which folder pieces are kept; by none, and nowhere, where None.

    `plain` is the exception that changes the PDF: WeasyPrint sets it alone, slowly, and without our repairs.
    """

    pool: Executor | None = None
    cache: Path | None = None
    plain: bool = False


ALONE = Making()  # no workers, and nothing is kept
