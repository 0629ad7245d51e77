"""report: Diagnostics → text for people and for programs. The only place that looks up line and column.

`text` is for people; `json`, `github` (workflow commands) and `sarif` (2.1.0) are for programs. All of them hold the
same findings in the same order; none of them knows the clock or where the plan lies on a machine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from assembly.diagnostics import Diagnostic
from assembly.report.location import Location, locate, sort, where
from assembly.report.text import render, summary
from assembly.sources import Sources

__all__ = ["FORMATS", "Location", "locate", "render", "sort", "summary", "where", "write"]

FORMATS = ("text", "json", "github", "sarif")


def write(
    form: str, sources: Sources, diagnostics: Iterable[Diagnostic], *, colour: bool = False, base: Path = Path()
) -> str:
    """Return all findings in one of `FORMATS`.

    `colour` matters for text alone. `github` and `sarif` name files relative to `base`, the folder that the program
    reading them works in; where the plan lies outside of it, relative to the plan. KeyError for an unknown format.
    """
    if form == "text":
        return render(sources, diagnostics, colour=colour)
    from assembly.report.machine import as_github, as_json, as_sarif

    writers: dict[str, Callable[[Sources, Iterable[Diagnostic]], str]] = {
        "json": as_json,
        "github": partial(as_github, base=base),
        "sarif": partial(as_sarif, base=base),
    }
    return writers[form](sources, diagnostics)
