"""Citations: mentions in texts become references, facts with footnotes, and derived numbers; and typography.

Runs once over the finished sections, when every number and every anchor of the book is known.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from functools import cache
from typing import Any, TypeVar

from assembly import german
from assembly.compose.typography import typeset
from assembly.derive.numbers import number
from assembly.derive.registers import fact_text, source_label
from assembly.document import (
    Figure,
    Grade,
    Missing,
    Money,
    Nothing,
    Quantity,
    Ref,
    Section,
    SectionKind,
    Table,
    Term,
    Text,
    When,
)
from assembly.editions import Selection
from assembly.mentions import Mention, split
from assembly.prose import Node, Nodes, paragraph, plain, rewrite, text_inlines, unless_same
from schema.scalars import MEASURE_ID

V = TypeVar("V")


@dataclass(slots=True)
class Citations:
    """What mentions lead to in one book. `labels` gives the words of chapters, sections, tables and figures."""

    selection: Selection
    labels: Mapping[str, str]
    anchors: frozenset[str]
    footnoted: set[str] = field(default_factory=set)

    def resolve(self, section: Section) -> Section:
        """Return the section with all mentions resolved, its typography set, and dead references turned to words."""
        if section.level == 1 or section.kind in (SectionKind.SHEET, SectionKind.PORTRAIT):
            self.footnoted.clear()  # a fact is footnoted at its first use in a chapter
        named = replace(section, title=self._words_of(section.title), running=self._words_of(section.running))
        return transform(named, self._nodes, self._ref)

    def _words_of(self, text: str) -> str:
        """Return a heading with its mentions resolved to words: no link, and no footnote."""
        if "@" not in text:
            return text
        before = set(self.footnoted)
        words = plain(self._nodes(text_inlines(text)))
        self.footnoted.intersection_update(before)
        return words

    def _ref(self, ref: Ref) -> Ref:
        return ref if ref.target is None or ref.target in self.anchors else replace(ref, target=None, page=False)

    def _known(self, node: Node) -> Nodes:
        ref = self._ref(node["c"])
        return [node if ref is node["c"] else {"t": "Ref", "c": ref}]

    def _nodes(self, tree: Nodes) -> Nodes:
        depth = 0  # of brackets
        one = False  # the number before is a one: what is counted agrees with it

        def change(node: Node) -> Nodes | None:
            nonlocal depth, one
            kind = node["t"]
            if kind != "Str":
                if kind in ("Para", "Plain", "Header"):
                    depth = 0
                one = one and kind in ("Space", "SoftBreak")
                return self._known(node) if kind == "Ref" else None
            result: Nodes = []
            pieces = split(node["c"], self.selection.plan.known) if "@" in node["c"] else [node["c"]]
            for piece in pieces:
                if isinstance(piece, Mention):
                    cited = self._cite(piece, in_brackets=depth > 0)
                    one = piece.id.startswith("zahl-") and plain(cited) == "1"
                    result += cited
                else:
                    word = german.singular(piece) if one else piece
                    one = False
                    depth = max(0, depth + piece.count("(") - piece.count(")"))
                    result.append(node if word == node["c"] else {"t": "Str", "c": word})
            return result

        return typeset(rewrite(tree, change))

    def _cite(self, mention: Mention, *, in_brackets: bool) -> Nodes:
        if mention.id not in self.selection.plan.known:  # only a draft comes this far: the checks have named it
            return text_inlines(mention.typed)
        for prefix, cite in (("zahl-", self._number), ("fakt-", self._fact)):
            if mention.id.startswith(prefix):
                return cite(mention)
        ref = self._ref(replace(self._words(mention), in_brackets=in_brackets))
        return [{"t": "Ref", "c": ref}]

    def _number(self, mention: Mention) -> Nodes:
        return text_inlines(number(self.selection, mention.id.removeprefix("zahl-"), mention.suffix))

    def _fact(self, mention: Mention) -> Nodes:
        key = mention.id.removeprefix("fakt-")
        fact = self.selection.plan.facts.get(key)
        if fact is None:  # a broken record: the draft names it elsewhere
            return text_inlines(mention.typed)
        inlines = text_inlines(fact_text(fact))
        if key in self.footnoted:
            return inlines
        self.footnoted.add(key)
        source = self.selection.plan.sources[fact.source]
        ref = self._ref(Ref(source.title, f"quelle-{fact.source}"))
        words = text_inlines(f"{fact.name}, Stand {german.moment(fact.as_of)}; Quelle: ")
        return [*inlines, {"t": "Note", "c": [paragraph([*words, {"t": "Ref", "c": ref}, {"t": "Str", "c": "."}])]}]

    def _words(self, mention: Mention) -> Ref:
        """Return the reference of a mention: what it says and where it leads."""
        plan, identifier = self.selection.plan, mention.id
        if identifier in self.labels:
            return Ref(self.labels[identifier], identifier)
        if identifier in plan.measures:
            if mention.suffix and self.selection.prints(identifier):
                return Ref(plan.measures[identifier].title, identifier, detail=identifier)
            return Ref(identifier, identifier)
        if identifier in plan.action_fields:
            return Ref(f"Handlungsfeld {plan.action_fields[identifier].title}", identifier)
        if identifier in plan.vision:
            return Ref(f"{identifier} {plan.vision[identifier].title}", identifier)
        if identifier.startswith("org-"):
            organisation = plan.organisations.get(identifier.removeprefix("org-"))
            return Ref(organisation.short if organisation else identifier, identifier, page=False)
        if identifier.startswith("quelle-"):
            return Ref(source_label(plan, identifier.removeprefix("quelle-")), identifier, page=False)
        if identifier.startswith(("kap-", "tbl-", "fig-")):
            return Ref("[nicht in dieser Ausgabe]", None, page=False)
        if re.fullmatch(MEASURE_ID, identifier) and identifier not in self.anchors:
            return Ref(f"{identifier} (nicht in dieser Ausgabe)", None, page=False)
        return Ref(identifier, identifier)


def labels_of(sections: list[Section]) -> dict[str, str]:
    """Return what a reference to each chapter, section, table and figure says: „Kapitel 7“, „Tabelle 4“."""
    labels: dict[str, str] = {}
    for section in sections:
        if section.id.startswith("kap-"):
            words = {SectionKind.CHAPTER: "Kapitel", SectionKind.ANNEX: "Anlage", SectionKind.SECTION: "Abschnitt"}
            numbered = section.number and section.kind in words
            labels[section.id] = f"{words[section.kind]}{german.NBSP}{section.number}" if numbered else section.title
        for block in section.blocks:
            if isinstance(block, Table) and block.number:
                labels[block.id] = f"Tabelle{german.NBSP}{block.number}"
            elif isinstance(block, Figure):
                labels[block.id] = f"Abbildung{german.NBSP}{block.number}"
    return labels


def anchors_of(sections: list[Section]) -> frozenset[str]:
    """Return everything that a reference can lead to."""
    anchors: set[str] = set()
    for section in sections:
        anchors.add(section.id)
        for block in section.blocks:
            if isinstance(block, Table | Figure):
                anchors.add(block.id)
            if isinstance(block, Table):
                anchors.update(row.anchor for row in block.rows if row.anchor)
            number_anchor = getattr(getattr(block, "number", None), "anchor", "")
            anchors.add(number_anchor or getattr(getattr(block, "randnummer", None), "anchor", ""))
    return frozenset(anchors - {""})


def single_anchors(sections: list[Section]) -> list[Section]:
    """Return the sections so that each row's anchor stands once: of two calls of a view the fuller keeps it."""
    best: dict[str, tuple[int, str]] = {}
    for section in sections:
        for block in section.blocks:
            if isinstance(block, Table):
                for row in block.rows:
                    if row.anchor and (row.anchor not in best or best[row.anchor][0] < len(block.rows)):
                        best[row.anchor] = (len(block.rows), block.id)

    def kept(block: Any) -> Any:
        if not isinstance(block, Table):
            return block
        rows = tuple(
            replace(row, anchor="") if row.anchor and best[row.anchor][1] != block.id else row for row in block.rows
        )
        return replace(block, rows=rows)

    return [replace(section, blocks=tuple(kept(block) for block in section.blocks)) for section in sections]


def transform(value: V, change_nodes: Callable[[Nodes], Nodes], change_ref: Callable[[Ref], Ref]) -> V:
    """Return a frozen value in which every AST (a list) and every Ref is replaced; itself where none changes."""
    given: Any = value
    result: Any = value
    kind: Any = type(value)
    if kind is Ref:
        result = change_ref(given)
    elif kind is list:
        result = change_nodes(given)
    elif kind is tuple:
        items = [item if type(item) in _LEAVES else transform(item, change_nodes, change_ref) for item in given]
        result = tuple(unless_same(given, items))
    else:
        changed = {}
        for name in _attributes(kind):
            old = getattr(given, name)
            if type(old) in _LEAVES:
                continue
            new = transform(old, change_nodes, change_ref)
            if new is not old:
                changed[name] = new
        if changed:
            result = replace(given, **changed)
    return result  # type: ignore[no-any-return]


# Most of what a value is made of, and what never holds a text or a reference.
_LEAVES = frozenset((str, int, float, bool, type(None), Text, Money, Quantity, When, Term, Grade, Missing, Nothing))


@cache
def _attributes(kind: type) -> tuple[str, ...]:
    """Return the names of the attributes of a frozen value; a text or a number has none."""
    return tuple(attribute.name for attribute in fields(kind)) if is_dataclass(kind) else ()
