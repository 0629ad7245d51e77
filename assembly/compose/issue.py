"""Issue: what of a build is not in the plan: its day, its commit, whether it is a draft, and what the checks found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from assembly.sources import TreePath


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding of the checks as it prints: where it stands, how grave it is, its code, and the message."""

    where: str
    severity: str
    code: str
    message: str
    file: str
    path: TreePath = ()  # where in the file's tree; an edition that does not print that key does not print the finding


@dataclass(frozen=True, slots=True)
class Issue:
    """One build: `day` prints on the cover, `commit` (may be empty) marks a draft's file name."""

    day: date
    commit: str
    findings: tuple[Finding, ...]

    def of(self, file: str) -> tuple[Finding, ...]:
        """Return the findings of one file."""
        return tuple(finding for finding in self.findings if finding.file == file)
