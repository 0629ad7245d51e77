"""YAML as a text editor reads it: the core schema of YAML 1.2, where our loader reads nothing but texts."""

from __future__ import annotations

import re
from typing import Any

import yaml

NULLS = ("~", "null", "Null", "NULL")


def as_editor_reads(text: str) -> Any:
    """Return the value that an editor holds against a JSON Schema; keys are texts, as in every JSON object."""
    node = yaml.compose(text, Loader=yaml.CSafeLoader)
    return None if node is None else _value(node)


def _value(node: yaml.Node) -> Any:
    if isinstance(node, yaml.MappingNode):
        return {str(key.value): _value(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_value(item) for item in node.value]
    is_quoted = isinstance(node, yaml.ScalarNode) and node.style
    return str(node.value) if is_quoted else plain(str(node.value))


def plain(text: str) -> Any:
    """Return what a scalar without quotation marks is (YAML 1.2.2, section 10.3.2)."""
    if text in ("", *NULLS):
        return None
    if text in ("true", "True", "TRUE", "false", "False", "FALSE"):
        return text.lower() == "true"
    if re.fullmatch(r"[-+]?[0-9]+", text):
        return int(text)
    if re.fullmatch(r"0o[0-7]+|0x[0-9a-fA-F]+", text):
        return int(text, 0)
    if re.fullmatch(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", text):
        return float(text)
    if re.fullmatch(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)", text):
        return float(text.replace(".", ""))
    return text


def written(tree: Any, is_quoted: Any) -> str:
    """Write a tree of texts as YAML; `is_quoted()` says of each scalar whether it stands in quotation marks.

    YAML's words for nothing are always quoted: a plain one is nothing to an editor and a word to our loader.
    """
    if tree == "":
        return "\n"  # an empty file; PyYAML writes an empty scalar without the mark that would make it one
    return str(yaml.serialize(_node(tree, is_quoted), Dumper=yaml.SafeDumper, allow_unicode=True, width=10_000))


def _node(tree: Any, is_quoted: Any) -> yaml.Node:
    if isinstance(tree, dict):
        pairs = [(_scalar(key, "" if key else '"'), _node(value, is_quoted)) for key, value in tree.items()]
        return yaml.MappingNode("tag:yaml.org,2002:map", pairs, flow_style=False)
    if isinstance(tree, list):
        return yaml.SequenceNode("tag:yaml.org,2002:seq", [_node(item, is_quoted) for item in tree], flow_style=False)
    return _scalar(tree, '"' if tree in NULLS or is_quoted() else "")


def _scalar(text: str, style: str) -> yaml.Node:
    tag = "tag:yaml.org,2002:str" if style else _RESOLVER.resolve(yaml.ScalarNode, text, (True, False))  # type: ignore[no-untyped-call]
    return yaml.ScalarNode(tag, text, style=style or None)


_RESOLVER = yaml.SafeLoader("")
