"""layout: the text of a YAML file → the same in canonical form; pure, for `assembly.fmt`.

The nodes are those that `load` sees; comments are what lies between the scanner's tokens. Each comment belongs to
one entry (a key or an item) and moves with it: above it, behind its value, or indented under it; or it is the foot
of a list or block. Written by hand, because the libraries that keep comments hang them on the value *before* them
(so they stay behind when keys are put in order) and lose those inside brackets: decision 0006.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from assembly.scalar_text import block_lines, inline
from schema.base import Record
from schema.shape import below, keys_of, record_in

ONE_LINE = 240  # brackets typed on one line stay there up to this width …
JOINED = 120  # … those typed over several lines become one line up to this
Dashes = list[tuple[int, int]]  # offset and column of every dash that begins an item
SECTION = "# ---"  # begins a heading over keys, such as „# --- ab Entwurf“


@dataclass(eq=False, slots=True)
class Entry:
    """One key with its value, or one item of a list, and the comments that belong to it ("" is a blank line)."""

    parent: Group
    key: yaml.ScalarNode | None
    value: yaml.Node
    start: int
    column: int
    group: Group | None = None
    blank: bool = False
    leading: list[str] = field(default_factory=list)
    trailing: list[tuple[str, int]] = field(default_factory=list)
    under: list[str] = field(default_factory=list)


@dataclass(eq=False, slots=True)
class Group:
    """One mapping or list: `holder` is the entry whose value it is, `known` its type in the model."""

    node: Any
    holder: Entry | None
    known: Any
    entries: list[Entry] = field(default_factory=list)
    foot: list[str] = field(default_factory=list)

    @property
    def flow(self) -> bool:
        """Whether it was typed in brackets."""
        return bool(self.node.flow_style)

    @property
    def column(self) -> int:
        """The column in which its entries begin."""
        return self.entries[0].column if self.entries else int(self.node.start_mark.column)

    def holds(self, offset: int) -> bool:
        """Whether the offset lies between its brackets."""
        return self.flow and int(self.node.start_mark.index) < offset < int(self.node.end_mark.index)


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment: where it begins, its text, and whether it stands on a line of its own."""

    offset: int
    text: str
    own_line: bool


def canonical(text: str, model: type[Record] | None, *, many: bool) -> str | None:
    """Return the text in canonical form; None where the file holds neither a list nor a block.

    `text` is what `load` read: sound YAML with LF and composed umlauts; `many` tells that it lists records of `model`.
    """
    node = yaml.compose(text, Loader=yaml.CSafeLoader)
    if not isinstance(node, yaml.CollectionNode) or not node.value:
        return None
    tokens = list(yaml.scan(text, Loader=yaml.CSafeLoader))
    marks = (token.start_mark for token in tokens if isinstance(token, yaml.BlockEntryToken))
    dashes = [(mark.index, mark.column) for mark in marks]
    root = _group(node, None, tuple[model, ...] if many else model, dashes)  # type: ignore[valid-type]
    entries = sorted(_entries(root), key=lambda entry: entry.start)
    lines = text.split("\n")
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    _attach_comments(text, tokens, entries, root, starts, lines)
    head = _head(root)
    return "\n".join([*head, *_Writer(text).group(root, 0)]) + "\n"


def comments(text: str) -> list[str]:
    """Return all comments of a sound YAML text, sorted: they must be the same before and after."""
    return sorted(comment.text for comment in _comments(text, list(yaml.scan(text, Loader=yaml.CSafeLoader))))


def _comments(text: str, tokens: list[Any]) -> Iterator[Comment]:
    end = 0
    for token in tokens:
        for match in re.finditer("#[^\n]*", text[end : token.start_mark.index]):
            offset = end + match.start()
            own_line = not text[text.rfind("\n", 0, offset) + 1 : offset].strip()
            yield Comment(offset, match[0].rstrip(), own_line)
        if isinstance(token, yaml.ScalarToken) and token.style in ("|", ">"):
            header = re.compile(r"[|>][0-9+-]*[ \t]+(#[^\n]*)").match(text, token.start_mark.index)
            if header:
                yield Comment(header.start(1), header[1].rstrip(), own_line=False)
        end = max(end, token.end_mark.index)


def _group(node: Any, holder: Entry | None, known: Any, dashes: Dashes) -> Group:
    group = Group(node, holder, known)
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            group.entries.append(Entry(group, key, value, key.start_mark.index, key.start_mark.column))
            _descend(group.entries[-1], below(known, str(key.value)), dashes)
    else:
        for index, item in enumerate(node.value):
            start, column = item.start_mark.index, item.start_mark.column
            if not group.flow:
                start, column = dashes[bisect.bisect_left(dashes, (start, -1)) - 1]
            group.entries.append(Entry(group, None, item, start, column))
            _descend(group.entries[-1], below(known, index), dashes)
    return group


def _descend(entry: Entry, known: Any, dashes: Dashes) -> None:
    if isinstance(entry.value, yaml.CollectionNode):
        entry.group = _group(entry.value, entry, known, dashes)


def _entries(group: Group) -> Iterator[Entry]:
    for entry in group.entries:
        yield entry
        if entry.group:
            yield from _entries(entry.group)


def _attach_comments(
    text: str, tokens: list[Any], entries: list[Entry], root: Group, starts: list[int], lines: list[str]
) -> None:
    """Give each comment to its entry, and note where blank lines stood."""
    offsets = [entry.start for entry in entries]
    inside = {line for token in tokens for line in _lines_of_text(token)}

    def blank_above(offset: int) -> bool:
        line = bisect.bisect_right(starts, offset) - 1
        first = not lines[line][: offset - starts[line]].strip()
        return first and line > 0 and line - 1 not in inside and not lines[line - 1].strip()

    for comment in _comments(text, tokens):
        position = bisect.bisect_right(offsets, comment.offset)
        before = entries[position - 1] if position else None
        after = entries[position] if position < len(entries) else None
        column = comment.offset - starts[bisect.bisect_right(starts, comment.offset) - 1]
        while before and before.parent.flow and before.parent.holder and not before.parent.holds(comment.offset):
            before = before.parent.holder
        if before and not comment.own_line and not (before.parent.flow and not before.parent.holds(comment.offset)):
            space = len(text[: comment.offset]) - len(text[: comment.offset].rstrip(" "))
            before.trailing.append((comment.text, space))
            continue
        place, owner = _place(before, after, comment.offset, column, root)
        if blank_above(comment.offset):
            if place or owner is None:
                place.append("")
            else:
                owner.blank = True
        place.append(comment.text)
    for entry in entries:
        if blank_above(entry.start):
            if entry.leading:
                entry.leading.append("")
            else:
                entry.blank = True
        entry.blank = entry.blank and entry is not entry.parent.entries[0]


def _lines_of_text(token: Any) -> range:
    """Return the numbers of the lines that are the text of a `|`: one of them that looks blank may be part of it."""
    if not isinstance(token, yaml.ScalarToken) or token.style != "|":
        return range(0)
    first = token.start_mark.line + 1
    return range(first, first + len(token.value.removesuffix("\n").split("\n")))


def _place(
    before: Entry | None, after: Entry | None, offset: int, column: int, root: Group
) -> tuple[list[str], Entry | None]:
    """Return the list that a comment on a line of its own belongs to, and the entry where it stands above one."""
    chain = list(_chain(before))
    around = next((group for group in chain if group.holds(offset)), None)
    if around:
        inside = after is not None and any(group is around for group in _chain(after))
        return (after.leading, after) if inside and after else (around.foot, None)
    if before is None:
        return (after.leading, after) if after else (root.foot, None)
    if after is not None and (column <= after.column or not any(group is after.parent for group in chain)):
        return after.leading, after
    if _is_one_line(before.value) and column > before.column:
        return before.under, None
    for group in chain:
        if after is not None and group is after.parent:
            return after.leading, after
        if not group.flow and group.column <= column and (column or group is root):
            return group.foot, None
    return (after.leading, after) if after else (root.foot, None)


def _is_one_line(node: yaml.Node) -> bool:
    """Tell whether it is a scalar on one line: below a text of several, an indented comment would become its last."""
    return isinstance(node, yaml.ScalarNode) and node.style not in ("|", ">") and "\n" not in node.value


def _chain(entry: Entry | None) -> Iterator[Group]:
    """Yield the groups that the entry lies in, the nearest first; the one it holds before them."""
    if entry and entry.group:
        yield entry.group
    while entry:
        yield entry.parent
        entry = entry.parent.holder


def _head(root: Group) -> list[str]:
    """Take what is said about the file as a whole from its first entry: it stays on top whatever comes first."""
    first = root.entries[0]
    cut = len(first.leading) - first.leading[::-1].index("") if "" in first.leading else len(first.leading)
    head, first.leading = first.leading[:cut], first.leading[cut:]
    if head and head[-1].startswith(SECTION):  # a heading over keys, not over the file
        first.leading.insert(0, head.pop())
    return head


class _Writer:
    """Writes groups and entries as lines."""

    def __init__(self, text: str) -> None:
        self.text = text

    def group(self, group: Group, indent: int) -> list[str]:
        lines: list[str] = []
        for position, entry in enumerate(_in_order(group)):
            body = self.entry(entry, indent)
            if position and entry.blank and lines[-1]:
                lines.append("")
            lines += [*_comment_lines(entry.leading, indent), *body]
        foot = group.foot if lines[-1] else group.foot[group.foot[:1] == [""] :]
        return lines + _comment_lines(foot, indent)

    def entry(self, entry: Entry, indent: int) -> list[str]:
        """Return the lines of the entry without those above it; a comment that has no place behind it moves above."""
        start = " " * indent + (f"{inline(entry.key, flow=False, key=True)}:" if entry.key else "-")
        value = self.value(entry, indent, len(start) + 1)
        block_item = entry.key is None and value is None
        kept = 0 if block_item else 1
        entry.leading += [text for text, _ in (entry.trailing[:-1] if kept else entry.trailing)]
        comment = "".join(" " * max(2, space) + text for text, space in entry.trailing[-1:] if kept)
        under = _comment_lines(entry.under, indent + 2)
        if value is not None:
            first, *rest = value
            return [f"{start} {first}".rstrip(" ") + comment, *rest, *under]
        assert entry.group is not None
        if entry.key is not None:
            return [start + comment, *self.group(entry.group, indent + 2)]
        opening = _in_order(entry.group)[0]
        lines = self.group(entry.group, indent + 2)
        above = len(opening.leading)
        entry.leading += opening.leading
        return [f"{start} {lines[above][indent + 2 :]}", *lines[above + 1 :]]

    def value(self, entry: Entry, indent: int, used: int) -> list[str] | None:
        """Return the value as one line or as the lines of a text; None for a block of its own."""
        if entry.group is None:
            return block_lines(entry.value, self.text, indent + 2) or [inline(entry.value, flow=False)]
        if not entry.group.entries and not entry.group.foot:
            return ["{}" if isinstance(entry.value, yaml.MappingNode) else "[]"]
        if not entry.group.entries:  # nothing but comments between the brackets: they stand above
            entry.leading += [line for line in entry.group.foot if line]
            return ["{}" if isinstance(entry.value, yaml.MappingNode) else "[]"]
        line = self.brackets(entry.group) if _fits_brackets(entry.group) else None
        if line is None:
            return None
        node = entry.group.node
        limit = ONE_LINE if node.start_mark.line == node.end_mark.line else JOINED
        return [line] if used + len(line) <= limit else None

    def brackets(self, group: Group) -> str:
        parts = []
        for entry in _in_order(group):
            value = self.brackets(entry.group) if entry.group else inline(entry.value, flow=True)
            key = f"{inline(entry.key, flow=True, key=True)}: " if entry.key else ""
            parts.append((key + value).rstrip(" "))
        joined = ", ".join(parts)
        return f"{{{joined}}}" if isinstance(group.node, yaml.MappingNode) else f"[{joined}]"


def _fits_brackets(group: Group) -> bool:
    """Tell whether the group was typed in brackets and holds no comment."""
    return (
        group.flow
        and not group.foot
        and all(
            not (entry.leading or entry.trailing or entry.under)
            and (entry.group is None or not entry.group.entries or _fits_brackets(entry.group))
            and (entry.group is None or bool(entry.group.entries) or not entry.group.foot)
            for entry in group.entries
        )
    )


def _in_order(group: Group) -> list[Entry]:
    """Return the entries in the model's order; an unknown key stays behind the key it followed.

    A heading over keys stands above the first of its keys, whichever that is now.
    """
    model = record_in(group.known)
    if model is None or not isinstance(group.node, yaml.MappingNode):
        return group.entries
    order = {key: rank for rank, key in enumerate(keys_of(model))}
    ranks: list[int] = []
    for entry in group.entries:
        previous = ranks[-1] if ranks else -1
        ranks.append(order.get(str(entry.key.value) if entry.key else "", previous))
    ordered = [group.entries[index] for index in sorted(range(len(ranks)), key=lambda index: ranks[index])]
    if ordered != group.entries:
        _move_headings(group.entries, ordered)
        group.entries = ordered
    return ordered


def _move_headings(typed: list[Entry], ordered: list[Entry]) -> None:
    sections: list[list[Entry]] = []
    for entry in typed:
        if any(line.startswith(SECTION) for line in entry.leading):
            sections.append([entry])
        elif sections:
            sections[-1].append(entry)
    for section in sections:
        old = section[0]
        new = min(section, key=lambda entry: next(i for i, item in enumerate(ordered) if item is entry))
        if new is not old:
            cut = max(i for i, line in enumerate(old.leading) if line.startswith(SECTION)) + 1
            new.leading = old.leading[:cut] + new.leading
            old.leading = old.leading[cut:]
            new.blank, old.blank = old.blank, new.blank


def _comment_lines(comments_: list[str], indent: int) -> list[str]:
    return [" " * indent + line if line else "" for line in comments_]
