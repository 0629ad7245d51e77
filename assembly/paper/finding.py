"""Finding: one thing that is wrong with a PDF, as a value."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

MOST_PAGES = 8  # that are named


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding: a stable code (explained in `docs/regeln.md`), a German message, and pages from 1 (empty: the file).

    `count` tells how often it occurs.
    """

    code: str
    message: str
    pages: tuple[int, ...] = ()
    count: int = 1

    @property
    def where(self) -> str:
        """The pages as words before the message: „S. 3–5, 9: “; empty where it is about the whole file."""
        if not self.pages:
            return ""
        runs = [
            [page for _, page in run] for _, run in groupby(enumerate(self.pages), key=lambda pair: pair[1] - pair[0])
        ]
        words = [f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs]
        return f"S. {', '.join(words[:MOST_PAGES])}{' …' if len(words) > MOST_PAGES else ''}: "


Findings = Iterator[Finding]


def gathered(findings: Findings) -> list[Finding]:
    """Return the findings by code and message, each once, in the order they were found; pages in order."""
    by_message: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        by_message.setdefault((finding.code, finding.message), []).append(finding)
    return [
        Finding(code, message, tuple(sorted({page for f in found for page in f.pages})), sum(f.count for f in found))
        for (code, message), found in by_message.items()
    ]
