"""parse: Markdown of chapters and records → Texts (pandoc's AST). One pandoc process for all of them.

The AST is searched for what a text may not carry: HTML and other raw markup, links with a scheme outside the
allow-list, images from anywhere but `chapters/bilder/`. Codes: `TXT-…`.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from bisect import bisect
from collections.abc import Collection, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import accumulate, groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from assembly.cache import Cache, key_of
from assembly.diagnostics import Diagnostic, Place, Severity, suggest
from assembly.prose import LANGUAGE, Node, Nodes, attributes, nodes, paragraph, plain, rewrite, text_inlines
from assembly.records import Records
from assembly.sources import Sources
from assembly.texts import TextKey, Texts
from schema.base import Markdown
from schema.walk import marked

READER = Path(__file__).with_name("read_markdown.lua")
INSTALLED = Path(sys.prefix, "requirements.lock")  # the stamp of set-up: pandoc's version stands in it
TIMEOUT_SECONDS = 30  # a book of 500 measures takes three
SECONDS_EACH = 5  # where all together took too long: for one text by itself
PARALLEL_CHARACTERS = 20_000  # below this a second process costs more than it saves
TEXT_CHARACTERS = 600  # to begin with a text takes pandoc as long as to read so many characters
MAX_DEPTH = 40  # lists in lists, quotations in quotations: more is a mistake, and would exhaust Python's stack
IMAGE = re.compile(r"bilder/[\w.-]+\.(png|jpg|jpeg|svg)")
CITED = re.compile(r"#((kap|tbl|fig|org|quelle|fakt)-[\w-]+|[A-Z]{1,3}-\d+)")  # a link to what `@` refers to
SCHEMES = ("https:", "http:", "mailto:")


def parse(sources: Sources, records: Records, cache: Cache | None = None) -> tuple[Texts, list[Diagnostic]]:
    """Return every text as AST, and what must not stand in it; `cache` remembers texts that were read before.

    RuntimeError where pandoc itself fails.
    """
    fragments = dict(_fragments(sources, records))
    documents = _recall(fragments, cache) if cache else {}
    unread = {key: text for key, text in fragments.items() if key not in documents}
    read, found = _read_all(unread)
    documents.update(zip(unread, read, strict=True))
    if cache and unread:
        _remember(fragments, documents, {diagnostic.place.file for diagnostic in found}, unread, cache)
    raw = {key: documents[key]["blocks"] for key in fragments}
    version = tuple(documents[next(iter(fragments))]["pandoc-api-version"]) if fragments else ()
    for key, text in raw.items():
        forbidden = list(_forbidden(key, text, sources.images))
        if forbidden:
            raw[key] = rewrite(text, partial(_harmless, sources.images))
            found += forbidden
    return Texts(raw, fragments, version), found


def _recall(fragments: Mapping[TextKey, str], cache: Cache) -> dict[TextKey, Node]:
    """Return the documents of those files of which all texts were read before."""
    documents: dict[TextKey, Node] = {}
    for keys, name in _entries(fragments):
        if content := cache.get(name):
            documents.update(zip(keys, json.loads(content, object_hook=_shared), strict=True))
    return documents


def _shared(node: Node) -> Node:
    """Return the one value of all words that are alike, as JSON is read: a long book says most of them a hundred times.

    As with interned strings there is one for the whole process: so what is kept of values is the same in every build.
    """
    content = node.get("c")
    if "t" in node and (content is None or type(content) is str):
        return _WORDS.setdefault((node["t"], content), node)
    return node


_WORDS: dict[tuple[str, str | None], Node] = {}


def _remember(
    fragments: Mapping[TextKey, str],
    documents: Mapping[TextKey, Node],
    faulty: Collection[str],
    unread: Collection[TextKey],
    cache: Cache,
) -> None:
    """Keep the documents that were read now, but for those of files with a text that could not be read in full."""
    cache.put(
        (name, json.dumps([documents[key] for key in keys], separators=(",", ":")).encode())
        for keys, name in _entries(fragments)
        if keys[0] in unread and keys[0][0] not in faulty
    )


def _entries(fragments: Mapping[TextKey, str]) -> Iterator[tuple[list[TextKey], str]]:
    """Yield the texts of each file, and the name of their entry: it depends on them, on the reader and on pandoc."""
    reader = READER.read_bytes() + (INSTALLED.read_bytes() if INSTALLED.is_file() else b"")
    for _, group in groupby(fragments, key=itemgetter(0)):
        keys = list(group)
        yield keys, key_of(reader, *(fragments[key].encode("utf-8", "surrogatepass") for key in keys))


def _harmless(images: frozenset[str], node: Node) -> Nodes | None:
    """Turn what is not allowed into plain words, so that no later stage ever sees it (a draft goes on)."""
    kind: str = node["t"]
    content: Any = node.get("c")
    if kind == "RawInline":
        return text_inlines(content[1])
    if kind == "RawBlock":
        return [paragraph(text_inlines(content[1]))]
    if kind == "Span" and _wrong_language(node):
        return [{"t": "Span", "c": [["", [], []], rewrite(content[1], partial(_harmless, images))]}]
    if kind == "Link" and not content[2][0].startswith(SCHEMES):
        return [{"t": "Span", "c": [["", [], []], rewrite(content[1], partial(_harmless, images))]}]
    if kind == "Image" and not (IMAGE.fullmatch(content[2][0]) and content[2][0] in images):
        return text_inlines(plain(content[1]))
    return None


def _fragments(sources: Sources, records: Records) -> Iterator[tuple[TextKey, str]]:
    for chapter in sources.of("chapter"):
        yield (chapter.file, ()), chapter.text if chapter.readable else ""
    for entries in records.entries.values():
        for entry in entries.values():
            for leaf in marked(entry.record, Markdown):
                yield (entry.file, (*entry.path, *leaf.path)), leaf.value


def _read_all(fragments: Mapping[TextKey, str]) -> tuple[list[Node], list[Diagnostic]]:
    """Return the document of each fragment; of one that nests too deep only that of its first line, and a fault."""
    found: list[Diagnostic] = []
    try:
        documents = _read(list(fragments.values())) if fragments else []
    except (RecursionError, subprocess.TimeoutExpired):
        documents = [_read_one(text) for text in fragments.values()]
    for position, (key, text) in enumerate(fragments.items()):
        if _depth(documents[position]["blocks"]) > MAX_DEPTH:
            documents[position] = _read([text.lstrip("\ufeff> \t-+*").split("\n", 1)[0][:200]])[0]
            message = (
                f"Der Text ist zu verwickelt, um ihn zu lesen: mehr als {MAX_DEPTH} Stufen oder zu viele Zeichen * _ [."
            )
            hint = "Prüfen Sie Einrückungen, > am Zeilenanfang und Hervorhebungen."
            found.append(_fault("TXT-005", key, "", message, hint))
    return documents, found


def _read_one(text: str) -> Node:
    try:
        return _read([text], SECONDS_EACH)[0]
    except (RecursionError, subprocess.TimeoutExpired):
        too_deep: Node = {"t": "Null"}
        for _ in range(MAX_DEPTH):
            too_deep = {"t": "BlockQuote", "c": [too_deep]}
        return {"blocks": [too_deep]}


def _depth(tree: Any) -> int:
    """Return how many nodes stand inside each other at most; without recursion."""
    deepest, todo = 0, [(tree, 0)]
    while todo:
        item, depth = todo.pop()
        deepest = max(deepest, depth)
        if isinstance(item, list):
            todo += [(part, depth) for part in item if isinstance(part, list | dict)]
        elif isinstance(item, dict):
            todo.append((item.get("c"), depth + 1))
    return deepest


def _read(texts: list[str], seconds: int = TIMEOUT_SECONDS) -> list[Node]:
    """Return pandoc's document of each text: two halves of the work side by side, each in one process.

    RuntimeError where pandoc fails, subprocess.TimeoutExpired where it takes too long.
    """
    import pypandoc  # it brings half the standard library along: only where something is to be read

    work = list(accumulate(len(text) + TEXT_CHARACTERS for text in texts))
    half = bisect(work, work[-1] // 2) if work and work[-1] > PARALLEL_CHARACTERS else 0
    command = [pypandoc.get_pandoc_path(), "+RTS", "-M2g", "-RTS", "lua", str(READER)]

    def run(part: list[str]) -> list[Node]:
        done = subprocess.run(
            command, input=json.dumps(part).encode(), capture_output=True, timeout=seconds, check=False
        )
        if done.returncode:
            raise RuntimeError(f"pandoc could not read the texts: {done.stderr.decode(errors='replace')}")
        documents: list[Node] = json.loads(done.stdout, object_hook=_shared)
        return documents

    if not half:
        return run(texts)
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(run, (texts[:half], texts[half:]))
    return first + second


def _forbidden(key: TextKey, blocks: Nodes, images: frozenset[str]) -> Iterator[Diagnostic]:
    for node in nodes(blocks, "RawInline", "RawBlock", "Link", "Image", "Span"):
        if node["t"] in ("RawInline", "RawBlock"):
            raw = node["c"][1].strip().split("\n")[0]
            message = f"HTML und andere Rohauszeichnung sind in Texten nicht erlaubt: {raw[:40]}"
            yield _fault("TXT-001", key, raw, message, "Verwenden Sie Markdown; ein < schreiben Sie als \\<.")
        elif node["t"] == "Link":
            target = node["c"][2][0]
            if not target.startswith(SCHEMES):
                message = f"Dieser Verweis führt an einen nicht erlaubten Ort: {target[:60]}"
                words = f"({target})" if target.startswith("#") else target  # an id stands in many places
                yield _fault("TXT-002", key, words, message, _way_to(target))
        elif node["t"] == "Image":
            yield from _image_faults(key, node, images)
        elif node["t"] == "Span" and (stated := _wrong_language(node)):
            message = f"„{stated}“ ist keine Sprachangabe."
            hint = "Erlaubt sind Kürzel: [Just Transition Fund]{lang=en}; ebenso cs, fr, pl."
            yield _fault("TXT-015", key, stated, message, hint)


def _wrong_language(node: Node) -> str:
    """Return what a passage gives as its language and is none; an empty text where all is well."""
    stated = attributes(node)[2].get("lang", "")
    return "" if LANGUAGE.fullmatch(stated) else stated


def _way_to(target: str) -> str:
    """Say how to reach what a link was to lead to: places of the document by `@`."""
    if CITED.fullmatch(target):
        return f"Schreiben Sie statt des Links @{target[1:]}; Name, Nummer und Seite ergänzt das Programm."
    return "Erlaubt sind Adressen mit https://; im Dokument verweisen Sie mit @ und Kennung, etwa @kap-zeitplan."


def _image_faults(key: TextKey, node: Node, images: frozenset[str]) -> Iterator[Diagnostic]:
    target = node["c"][2][0]
    if target.startswith("bilder/") and not IMAGE.fullmatch(target):
        message = f"Den Namen {target[:60]} darf ein Bild nicht haben."
        hint = "Erlaubt sind Buchstaben, Ziffern, - und _, dahinter klein .png, .jpg, .jpeg oder .svg."
        yield _fault("TXT-003", key, target, message, hint)
    elif not IMAGE.fullmatch(target):
        message = f"Das Bild {target[:60]} liegt nicht in chapters/bilder/."
        hint = 'Legen Sie es dort ab: ![Alternativtext](bilder/name.png "Bildnachweis").'
        yield _fault("TXT-003", key, target, message, hint)
    elif target not in images:
        message = f"Das Bild {target} gibt es nicht."
        hint = suggest(target, images) or "Legen Sie die Datei in chapters/bilder/ ab."
        yield _fault("TXT-006", key, target, message, hint)
    elif not plain(node["c"][1]):
        message = f"Dem Bild {target} fehlt der Alternativtext."
        yield _fault("TXT-004", key, target, message, "In den eckigen Klammern steht, was zu sehen ist.")


def _fault(code: str, key: TextKey, words: str, message: str, hint: str) -> Diagnostic:
    return Diagnostic(code, Severity.FAULT, Place(key[0], key[1], text=words), message, hint)
