"""Reports for programs: JSON for scripts, workflow commands for GitHub, SARIF 2.1.0 for code scanning and editors."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from assembly.diagnostics import Diagnostic, Severity
from assembly.explain import Rule, plain, rules
from assembly.report.location import Location, sort
from assembly.sources import Sources

# A gap is no mistake but work to come, so programs are told of it as of a note.
LEVELS = {Severity.FAULT: "error", Severity.WARNING: "warning", Severity.GAP: "note"}
COMMANDS = {**LEVELS, Severity.GAP: "notice"}
SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def as_json(sources: Sources, diagnostics: Iterable[Diagnostic]) -> str:
    """Return a JSON list; each finding has the keys file, line, column, code, severity, message, hint.

    `severity` is fault, gap or warning; line and column count from 1 and are 0 where the whole file is meant.
    """
    findings = [
        {
            "file": found.place.file,
            "line": location.line,
            "column": location.column,
            "code": found.code,
            "severity": found.severity.name.lower(),
            "message": found.message,
            "hint": found.hint,
        }
        for found, location in sort(sources, diagnostics)
    ]
    return json.dumps(findings, ensure_ascii=False, indent=2)


def as_github(sources: Sources, diagnostics: Iterable[Diagnostic], *, base: Path) -> str:
    """Return a workflow command a finding: `::error file=…,line=…,col=…,title=…::message`."""
    return "\n".join(_command(found, location, sources, base) for found, location in sort(sources, diagnostics))


def _command(found: Diagnostic, location: Location, sources: Sources, base: Path) -> str:
    properties = {"file": _file(sources, found.place.file, base)}
    if location.line:
        properties |= {"line": str(location.line), "col": str(location.column)}
    rule = rules().get(found.code)
    properties["title"] = f"{found.code} {plain(rule.title)}" if rule else found.code
    written = ",".join(f"{name}={_escaped(value, property_value=True)}" for name, value in properties.items())
    return f"::{COMMANDS[found.severity]} {written}::{_escaped(_said(found))}"


def _escaped(text: str, *, property_value: bool = False) -> str:
    """Escape as GitHub's toolkit does: the percent sign first, and in properties what would end them."""
    pairs = [("%", "%25"), ("\r", "%0D"), ("\n", "%0A")]
    for character, code in [*pairs, (":", "%3A"), (",", "%2C")] if property_value else pairs:
        text = text.replace(character, code)
    return text


def as_sarif(sources: Sources, diagnostics: Iterable[Diagnostic], *, base: Path) -> str:
    """Return one SARIF run: the rules with their help from docs/regeln.md, and a result a finding."""
    known = list(rules().values())
    index = {rule.code: position for position, rule in enumerate(known)}
    driver = {"name": "build.py check", "rules": [_rule(rule) for rule in known]}
    results = [_result(found, location, sources, base, index) for found, location in sort(sources, diagnostics)]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return json.dumps({"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def _rule(rule: Rule) -> dict[str, Any]:
    parts = [*([rule.text] if rule.text else []), f"Beispiel: {rule.example}", f"Abhilfe: {rule.remedy}"]
    return {
        "id": rule.code,
        "shortDescription": {"text": plain(rule.title)},
        "fullDescription": {"text": plain(rule.text or rule.title)},
        "help": {"text": "\n".join(map(plain, parts)), "markdown": "\n\n".join(parts)},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
    }


def _result(
    found: Diagnostic, location: Location, sources: Sources, base: Path, index: dict[str, int]
) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": quote(_file(sources, found.place.file, base))}}
    if location.line:
        physical["region"] = {"startLine": location.line, "startColumn": max(1, location.column)}
        if location.length:
            physical["region"]["endColumn"] = max(1, location.column) + location.length
    position = {"ruleIndex": index[found.code]} if found.code in index else {}
    return {
        "ruleId": found.code,
        **position,
        "level": LEVELS[found.severity],
        "message": {"text": _said(found)},
        "locations": [{"physicalLocation": physical}],
    }


def _said(found: Diagnostic) -> str:
    return f"{found.message} {found.hint}".strip()


def _file(sources: Sources, file: str, base: Path) -> str:
    """Return the file's path relative to `base`, or to the plan where that lies elsewhere."""
    path = (sources.root / file).absolute()
    return path.relative_to(base.absolute()).as_posix() if path.is_relative_to(base.absolute()) else file
