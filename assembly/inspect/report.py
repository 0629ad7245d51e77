"""Report: findings and verdicts → German lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from assembly.inspect.finding import Finding
from assembly.inspect.others import Verdict

MOST_PAGES = 8
MOST_LINES = 40


def own_lines(findings: Iterable[Finding], checks: int) -> Iterator[str]:
    """Yield the lines on our own checks."""
    found = list(findings)
    yield f"  Eigene Prüfungen ({checks}): {'kein Befund' if not found else _count(len(found))}"
    for finding in found:
        often = f" ({finding.count}-mal)" if finding.count > 1 else ""
        yield f"    {finding.code} {_pages(finding.pages)}{finding.message}{often}"


def verdict_lines(verdict: Verdict) -> Iterator[str]:
    """Yield the lines on another checker."""
    if verdict.passed is None:
        yield f"  {verdict.checker}: nicht geprüft → {verdict.hint}"
    elif verdict.passed:
        yield f"  {verdict.checker}: kein Befund" + (f" ({verdict.lines[0]})" if verdict.lines else "")
    else:
        yield f"  {verdict.checker}: beanstandet"
        yield from (f"    {line}" for line in verdict.lines[:MOST_LINES])
        if len(verdict.lines) > MOST_LINES:
            yield f"    … und {len(verdict.lines) - MOST_LINES} Zeilen mehr"


def _count(number: int) -> str:
    return "1 Befund" if number == 1 else f"{number} Befunde"


def _pages(pages: tuple[int, ...]) -> str:
    """Return „S. 3–5, 9: “."""
    if not pages:
        return ""
    runs = [[page for _, page in run] for _, run in groupby(enumerate(pages), key=lambda pair: pair[1] - pair[0])]
    words = [f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs]
    more = " …" if len(words) > MOST_PAGES else ""
    return f"S. {', '.join(words[:MOST_PAGES])}{more}: "
