"""Typography: no-break spaces where German sets them, over the inlines of a text (DIN 5008).

A number stays with its unit, „§“ and „Nr.“ with their number, the day with its month; „z. B.“ is set with a narrow
no-break space.
"""

from __future__ import annotations

import re
from typing import Any

from assembly.german import NBSP
from assembly.prose import Node, Nodes, rewrite, unless_same

BEFORE_NUMBER = re.compile(r"(§§?|Nr\.|Abs\.|Art\.|S\.|Kap\.|Abb\.|Tab\.|ca\.|rund|bis zu)$")
UNITS = re.compile(r"(%|€|Mio\.?|Mrd\.?|km|m|t|kW|MW|GWh|MWh|Uhr|Euro|Prozent)\b|[%€]")
MONTHS = re.compile(r"(Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)\b")
ABBREVIATED = re.compile(r"\b(z|d|u|i|o) ?\. ?(B|h|a|d|ä)\.")
INITIALS = frozenset(("z.", "d.", "u.", "i.", "o."))
NARROW = "\u202f"


def typeset(tree: Nodes) -> Nodes:
    """Return the tree with no-break spaces in place; nothing else changes."""
    bound = _bind(tree)
    return rewrite(bound, _inside)  # type: ignore[no-any-return]


def _inside(node: Node) -> Nodes | None:
    content: Any = node.get("c")
    if node["t"] == "Str":
        words = ABBREVIATED.sub(rf"\1.{NARROW}\2.", content) if "." in content else content
        return [node if words == content else {"t": "Str", "c": words}]
    if isinstance(content, list) and node["t"] not in ("Code", "CodeBlock"):
        bound = unless_same(content, [_bind(part) if isinstance(part, list) else part for part in content])
        bound = _bind(bound) if any(isinstance(part, dict) for part in bound) else bound
        written = rewrite(bound, _inside)
        return [node if written is content else {**node, "c": written}]
    return None


def _bind(inlines: list[Any]) -> list[Any]:
    """Turn the spaces between words that belong together into no-break ones."""
    result = list(inlines)
    for index in range(1, len(result) - 1):
        space, before, after = result[index], result[index - 1], result[index + 1]
        if isinstance(space, dict) and space.get("t") == "Space":
            words = _word(before), _word(after)
            if _abbreviated(*words) or _belong(*words):
                result[index] = {"t": "Str", "c": NARROW if _abbreviated(*words) else NBSP}
    return unless_same(inlines, result)


def _word(node: object) -> str:
    if not isinstance(node, dict):
        return ""
    return str(node["c"]) if node.get("t") == "Str" else node["c"].text if node.get("t") == "Ref" else ""


def _belong(before: str, after: str) -> bool:
    if not before or not after:
        return False
    if after.startswith("["):  # a source, „[2]“, never begins a line
        return True
    if after[0].isdigit() and BEFORE_NUMBER.search(before):
        return True
    if before[-1].isdigit() and UNITS.match(after):
        return True
    if before in ("Mio.", "Mrd.") and after[0] == "€":
        return True
    return before[-1] == "." and before[-2:-1].isdecimal() and bool(MONTHS.match(after))


def _abbreviated(before: str, after: str) -> bool:
    return before.removeprefix("(") in INITIALS and bool(re.match(r"[Bhadä]\.", after))
