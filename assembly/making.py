"""Making: how the documents of a build are made, which never changes what comes out of it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path


def cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):  # Linux: a container may have fewer than the machine
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@dataclass(frozen=True, slots=True)
class Making:
    """How a build is made: by so many workers, and where pieces are kept for the next one (None: nowhere).

    `plain` is the exception that changes the PDF: WeasyPrint sets it alone, slowly, and without our repairs.
    """

    jobs: int = 1
    cache: Path | None = None
    plain: bool = False


ALONE = Making()  # one worker, and nothing is kept
