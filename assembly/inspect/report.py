"""Report: findings and verdicts → German lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assembly.inspect.others import Verdict
from assembly.paper.finding import Finding

MOST_LINES = 40


def own_lines(findings: Iterable[Finding], checks: int) -> Iterator[str]:
    """Yield the lines on our own checks."""
    found = list(findings)
    yield f"  Eigene Prüfungen ({checks}): {'kein Befund' if not found else _count(len(found))}"
    for finding in found:
        often = f" ({finding.count}-mal)" if finding.count > 1 else ""
        yield f"    {finding.code} {finding.where}{finding.message}{often}"


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
