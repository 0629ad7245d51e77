"""scalar_text: one scalar as YAML text, with quotes only where they are needed; for `assembly.layout` and `new`.

Whether a text may stand bare is asked of the YAML reader itself, never guessed.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

import yaml

_PLAIN = re.compile(r"[^\W\d_][\w .()/%+§€–„“’;-]*[\w.)%“]", re.UNICODE)  # bare for certain, in brackets too
_PRINTABLE = re.compile("[\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]*")
_NUMBER = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+|[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?")  # of YAML 1.2
_TEXT_TAG = "tag:yaml.org,2002:str"
_RESOLVER = yaml.resolver.Resolver()


def inline(node: yaml.ScalarNode | yaml.Node, *, flow: bool, key: bool = False) -> str:
    """Return the scalar on one line; `flow` tells that it stands in brackets.

    A text typed in quotes that YAML's own reading would take for a number or a truth value keeps them.
    """
    text = str(node.value)
    typed_bare = getattr(node, "style", None) not in ("'", '"')
    if not text:
        return "" if typed_bare and not key else '""'
    if (typed_bare or _is_text(text)) and _may_be_bare(text, flow, key):
        return text
    return quoted(text)


def plain(text: str) -> str:
    """Return a text that a program writes as the value of a key: bare where that is read back unchanged."""
    return text if _may_be_bare(text, flow=False, key=False) else quoted(text)


def quoted(text: str) -> str:
    """Return the text in quotes: double ones, or single ones where it holds double ones itself."""
    exact = unicodedata.normalize("NFC", text) == text
    if exact and _PRINTABLE.fullmatch(text):
        return f'"{text}"' if '"' not in text and "\\" not in text else "'" + text.replace("'", "''") + "'"
    return '"' + "".join(_escaped(character, exact) for character in text) + '"'


def _escaped(character: str, exact: bool) -> str:
    if character in '\\"':
        return "\\" + character
    if character in "\n\t":
        return {"\n": "\\n", "\t": "\\t"}[character]
    if (exact or character.isascii()) and _PRINTABLE.fullmatch(character):
        return character
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def block_lines(node: yaml.ScalarNode | yaml.Node, text: str, indent: int) -> list[str] | None:
    """Return a text of several lines as `|` (or `>`, as it was typed): the mark, then its lines; None for one line."""
    value = str(node.value)
    style = getattr(node, "style", None)
    if style == ">":
        folded = _folded(node, text, indent)
        if folded:
            return folded
    many = style == "|" or "\n" in value
    lines = value.split("\n")
    exact = unicodedata.normalize("NFC", value) == value
    if not many or not value.strip() or not exact or not all(_PRINTABLE.fullmatch(x.replace("\t", " ")) for x in lines):
        return None
    chomp = "-" if lines[-1] else "+" if lines[-2:-1] == [""] else ""
    if not lines[-1]:
        lines.pop()
    hint = "2" if value.lstrip("\n").startswith((" ", "\t")) else ""
    return [f"|{hint}{chomp}", *(" " * indent + line if line else "" for line in lines)]


def _folded(node: yaml.Node, text: str, indent: int) -> list[str] | None:
    """Return a folded text with its line breaks as they were typed, moved to `indent`."""
    header, *lines = text[node.start_mark.index : node.end_mark.index].split("\n")
    mark = re.match(r">(-?)(?![0-9+-])", header)
    while lines and not lines[-1].strip(" "):
        lines.pop()
    if mark is None or not lines:
        return None
    first = next(line for line in lines if line.strip(" "))
    depth = len(first) - len(first.lstrip(" "))
    return [mark[0], *(" " * indent + line[depth:] if line[depth:].strip(" ") else "" for line in lines)]


def _is_text(text: str) -> bool:
    """Tell whether YAML's own reading (not that of `load`, but of editors' tools) takes the bare word for a text."""
    if _NUMBER.fullmatch(text):
        return False
    return bool(_RESOLVER.resolve(yaml.ScalarNode, text, (True, False)) == _TEXT_TAG)  # type: ignore[no-untyped-call]


@cache
def _may_be_bare(text: str, flow: bool, key: bool) -> bool:
    """Ask the YAML reader whether the bare text, put where it is to stand, comes back unchanged."""
    if not _PRINTABLE.fullmatch(text) or not unicodedata.is_normalized("NFC", text) or text.lower() in ("null", "~"):
        return False
    if _PLAIN.fullmatch(text):
        return True
    if key:
        return _read(f"{{{text}: x}}" if flow else f"{text}: x") == [(text, "x")]
    if flow:
        return _read(f"[{text}]") == [text] and _read(f"{{x: {text}}}") == [("x", text)]
    return _read(f"- {text}") == [text] and _read(f"x: {text}") == [("x", text)]


def _read(sample: str) -> list[object]:
    """Return the bare texts of a list or mapping one level deep; nothing where it holds anything else."""
    try:
        node = yaml.compose(sample, Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, ValueError):
        return []
    if isinstance(node, yaml.MappingNode):
        return [(_bare(key), _bare(value)) for key, value in node.value]
    return [_bare(item) for item in node.value] if isinstance(node, yaml.SequenceNode) else []


def _bare(node: yaml.Node) -> str | None:
    return str(node.value) if isinstance(node, yaml.ScalarNode) and not node.style else None
