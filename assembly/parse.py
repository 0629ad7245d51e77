"""parse: Markdown of chapters and records → Texts (pandoc's AST). One pandoc process for all of them.

The AST is searched for what a text may not carry: HTML and other raw markup, links with a scheme outside the
allow-list, images from anywhere but `chapters/bilder/`. Codes: `TXT-…`.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypandoc

from assembly.diagnostics import Diagnostic, Place, Severity
from assembly.prose import Node, Nodes, nodes, paragraph, plain, rewrite, text_inlines
from assembly.records import Records
from assembly.sources import Sources
from assembly.texts import TextKey, Texts
from schema.base import Markdown
from schema.walk import marked

READER = Path(__file__).with_name("read_markdown.lua")
TIMEOUT_SECONDS = 120
IMAGE = re.compile(r"bilder/[\w.-]+\.(png|jpg|jpeg|svg)")
SCHEMES = ("https:", "http:", "mailto:", "#")


def parse(sources: Sources, records: Records) -> tuple[Texts, list[Diagnostic]]:
    """Return every text as AST, and what must not stand in it. RuntimeError where pandoc itself fails."""
    fragments = dict(_fragments(sources, records))
    documents = _read(list(fragments.values()))
    raw = {key: document["blocks"] for key, document in zip(fragments, documents, strict=True)}
    version = tuple(documents[0]["pandoc-api-version"]) if documents else ()
    found = [diagnostic for key, text in raw.items() for diagnostic in _forbidden(key, text)]
    return Texts({key: rewrite(text, _harmless) for key, text in raw.items()}, version), found


def _harmless(node: Node) -> Nodes | None:
    """Turn what is not allowed into plain words, so that no later stage ever sees it (a draft goes on)."""
    kind: str = node["t"]
    content: Any = node.get("c")
    if kind == "RawInline":
        return text_inlines(content[1])
    if kind == "RawBlock":
        return [paragraph(text_inlines(content[1]))]
    if kind == "Link" and not content[2][0].startswith(SCHEMES):
        return [{"t": "Span", "c": [["", [], []], rewrite(content[1], _harmless)]}]
    if kind == "Image" and not IMAGE.fullmatch(content[2][0]):
        return text_inlines(plain(content[1]))
    return None


def _fragments(sources: Sources, records: Records) -> Iterator[tuple[TextKey, str]]:
    for chapter in sources.of("chapter"):
        yield (chapter.file, ()), chapter.text
    for entries in records.entries.values():
        for entry in entries.values():
            for leaf in marked(entry.record, Markdown):
                yield (entry.file, (*entry.path, *leaf.path)), leaf.value


def _read(texts: list[str]) -> list[Node]:
    command = [pypandoc.get_pandoc_path(), "+RTS", "-M2g", "-RTS", "lua", str(READER)]
    run = subprocess.run(
        command, input=json.dumps(texts).encode(), capture_output=True, timeout=TIMEOUT_SECONDS, check=False
    )
    if run.returncode:
        raise RuntimeError(f"pandoc could not read the texts: {run.stderr.decode(errors='replace')}")
    documents: list[Node] = json.loads(run.stdout)
    return documents


def _forbidden(key: TextKey, blocks: Nodes) -> Iterator[Diagnostic]:
    for node in nodes(blocks):
        if node["t"] in ("RawInline", "RawBlock"):
            raw = node["c"][1].strip().split("\n")[0]
            message = f"HTML und andere Rohauszeichnung sind in Texten nicht erlaubt: {raw[:40]}"
            yield _fault("TXT-001", key, raw, message, "Verwenden Sie Markdown; ein < schreiben Sie als \\<.")
        elif node["t"] == "Link":
            target = node["c"][2][0]
            if not target.startswith(SCHEMES):
                message = f"Dieser Verweis führt an einen nicht erlaubten Ort: {target[:60]}"
                hint = "Erlaubt sind Adressen mit https://; im Dokument verweisen Sie mit @ und Kennung."
                yield _fault("TXT-002", key, target, message, hint)
        elif node["t"] == "Image":
            yield from _image_faults(key, node)


def _image_faults(key: TextKey, node: Node) -> Iterator[Diagnostic]:
    target = node["c"][2][0]
    if not IMAGE.fullmatch(target):
        message = f"Das Bild {target[:60]} liegt nicht in chapters/bilder/."
        hint = 'Legen Sie es dort ab: ![Alternativtext](bilder/name.png "Bildnachweis").'
        yield _fault("TXT-003", key, target, message, hint)
    elif not plain(node["c"][1]):
        message = f"Dem Bild {target} fehlt der Alternativtext."
        yield _fault("TXT-004", key, target, message, "In den eckigen Klammern steht, was zu sehen ist.")


def _fault(code: str, key: TextKey, words: str, message: str, hint: str) -> Diagnostic:
    return Diagnostic(code, Severity.FAULT, Place(key[0], key[1], text=words), message, hint)
