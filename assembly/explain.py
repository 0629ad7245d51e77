"""explain: docs/regeln.md → what a code means, as a value and as text for the terminal; the one source is the docs."""

from __future__ import annotations

import difflib
import re
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assembly.diagnostics import Severity

RULES = Path(__file__).resolve().parent.parent / "docs/regeln.md"
WIDTH = 88
ENTRY = re.compile(
    r"^## (?P<code>[A-Z]{3}-\d{3}) (?P<title>.+)\n(?P<text>(?:.*\n)*?)"
    r"- Beispiel: (?P<example>.+)\n- Abhilfe: (?P<remedy>.+)$",
    re.MULTILINE,
)
GROUP = re.compile(r"^# (?P<group>.+)$", re.MULTILINE)
SEVERITY = re.compile(r"\*(Warnung|Lücke)\.\*\s*")
CODE_SPAN = re.compile(r"(`+) ?(.+?) ?\1")


@dataclass(frozen=True, slots=True)
class Rule:
    """One entry of docs/regeln.md: the texts as Markdown; `text` may be empty where the title says it all."""

    code: str
    title: str
    group: str
    severity: Severity
    text: str
    example: str
    remedy: str


@cache
def rules(path: Path = RULES) -> Mapping[str, Rule]:
    """Return all rules by code, in the order of the document. OSError where it cannot be read."""
    document = path.read_text(encoding="utf-8")
    groups = [(match.start(), match["group"]) for match in GROUP.finditer(document)]
    found = {}
    for match in ENTRY.finditer(document):
        group = [name for start, name in groups if start < match.start()][-1]
        text = match["text"].strip()
        stated = SEVERITY.match(text)
        severity = Severity(stated[1]) if stated else Severity.FAULT
        text = SEVERITY.sub("", text, count=1) if stated else text
        found[match["code"]] = Rule(
            match["code"], match["title"], group, severity, text, match["example"], match["remedy"]
        )
    return found


def explain(code: str) -> str:
    """Return the entry of a code as text. KeyError for a code that there is not."""
    rule = rules()[code]
    lines = [f"{rule.code}  {plain(rule.title)}", f"{rule.severity.value} · {rule.group}", ""]
    if rule.text:
        lines += [textwrap.fill(plain(rule.text), WIDTH), ""]
    for label, words in (("Beispiel: ", rule.example), ("Abhilfe:  ", rule.remedy)):
        lines.append(textwrap.fill(label + plain(words), WIDTH, subsequent_indent=" " * len(label)))
    return "\n".join(lines)


def overview() -> str:
    """Return all codes with their titles, by group."""
    lines: list[str] = []
    group = ""
    for rule in rules().values():
        if rule.group != group:
            lines += ["", rule.group] if group else [rule.group]
            group = rule.group
        lines.append(f"  {rule.code}  {plain(rule.title)}")
    return "\n".join(lines)


def near(code: str) -> list[str]:
    """Return up to three codes that may have been meant."""
    return difflib.get_close_matches(code, list(rules()), n=3, cutoff=0.6)


def plain(markdown: str) -> str:
    """Return one paragraph of Markdown without its marks; what stands in code stays as it is."""
    pieces: list[str] = []
    position = 0
    for match in CODE_SPAN.finditer(markdown):
        pieces += [_unmarked(markdown[position : match.start()]), match[2]]
        position = match.end()
    return "".join([*pieces, _unmarked(markdown[position:])])


def _unmarked(markdown: str) -> str:
    text = re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", markdown)
    return re.sub(r"(\*{1,2})(.+?)\1", r"\2", text).replace("\n", " ")
