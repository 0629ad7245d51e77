"""Objects: the bytes of a PDF → its objects by number (ISO 32000-1, 7.3 and 7.5), read a hundred thousand at a time.

Only files with one cross-reference stream are read directly, which is how the book is written. Every other form is
brought into this one by qpdf first.
"""

from __future__ import annotations

import io
import re
import struct
import zlib
from array import array
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple


class Reference(NamedTuple):
    """A reference to another object."""

    number: int


class Name(str):
    """A name, without its slash."""

    __slots__ = ()


Value = Any  # dict, list, Name, bytes (a string), int, float, bool, None or Reference

STRING = rb"\((?:[^\\()]|\\.|\((?:[^\\()]|\\.)*\))*\)"  # brackets inside are written in pairs or escaped
_TOKEN = re.compile(
    rb"\s*(?:(<<|>>|\[|\])|(\d+)\s+\d+\s+R\b|/([^\s/<>\[\]()%]*)|("
    + STRING
    + rb")|<([0-9A-Fa-f\s]*)>|([-+.\d]+)|(true|false|null))",
    re.DOTALL,
)
_REFERENCES = re.compile(rb"\s*((?:\d+ \d+ R\s*)+)\]")
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b"", b"\r": b"", b"\r\n": b""}
_HEAD = re.compile(rb"\s*\d+\s+\d+\s+obj\s*")
_STREAM = re.compile(rb"\s*stream\r?\n")
_ENTRY = struct.Struct(">BIH")  # of a cross-reference stream
_WORDS = {b"true": True, b"false": False, b"null": None}
DEEPEST = 100  # dictionaries and arrays inside each other


class Objects:
    """The objects of one PDF. ValueError or zlib.error where the bytes are none, or are damaged."""

    def __init__(self, content: bytes) -> None:
        try:
            self._content, self.trailer, self._entries = _index(content)
        except (ValueError, zlib.error):
            self._content, self.trailer, self._entries = _index(_rewritten(content))
        self._known: dict[int, bytes] = {}  # of those that stand alone
        self._together: dict[int, tuple[bytes, array[int]]] = {}  # object streams, and where each object begins in one

    def raw(self, number: int) -> bytes:
        """Return an object as it is written, without its stream; empty where there is none."""
        kind, place, index = self._entry(number)
        if kind == 2:
            if place not in self._together:
                self._together[place] = self._unpack(place)
            body, starts = self._together[place]
            return body[starts[index] : starts[index + 1]] if index + 1 < len(starts) else b""
        known = self._known.get(number)
        if known is None:
            known = self._known[number] = self._raw(place) if kind == 1 else b""
        return known

    def _entry(self, number: int) -> tuple[int, int, int]:
        """Return kind 1 and where an object begins, or 2, its object stream and its place there; 0 for none."""
        at = number * _ENTRY.size
        return _ENTRY.unpack_from(self._entries, at) if 0 <= at < len(self._entries) else (0, 0, 0)

    def _raw(self, place: int) -> bytes:
        start = _start(self._content, place)
        end = self._content.find(b"endobj", start)
        stream = self._content.find(b"stream", start, end)
        return self._content[start : stream if stream >= 0 else end]

    def value(self, value: Value) -> Value:
        """Return what a reference leads to; anything else as it is."""
        return parse(self.raw(value.number)) if isinstance(value, Reference) else value

    def stream(self, number: int) -> bytes:
        """Return the content of a stream, unpacked."""
        return decoded(*self.packed(number))

    def packed(self, number: int) -> tuple[Mapping[str, Value], bytes]:
        """Return dictionary and content of a stream as it is written."""
        kind, place, _ = self._entry(number)
        if kind != 1:
            raise ValueError(f"object {number} is no stream")
        return _stream_at(self._content, place, self.value)

    def _unpack(self, number: int) -> tuple[bytes, array[int]]:
        """Return an object stream (7.5.7), and where each of its objects begins, and where the last one ends."""
        head, packed = self.packed(number)
        body, first = decoded(head, packed), head["First"]
        starts = [min(first + abs(int(offset)), len(body)) for offset in body[:first].split()[1::2]]
        return body, array("L", [*starts, len(body)])


def _rewritten(content: bytes) -> bytes:
    import pikepdf  # a book as it is written here never comes this way, and it takes a tenth of a second

    target = io.BytesIO()
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            pdf.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate, static_id=True)
    except pikepdf.PdfError as error:
        raise ValueError(str(error)) from error
    return target.getvalue()


def _index(content: bytes) -> tuple[bytes, dict[str, Value], bytes]:
    """Return the bytes, the trailer, and where each object stands: an entry for each number from 0."""
    found = re.search(rb"startxref\s+(\d+)\s+%%EOF\s*\Z", content[-64:])
    if found is None:
        raise ValueError("no end of file")
    head, packed = _stream_at(content, int(found[1]))
    if head.get("Type") != "XRef" or "Prev" in head or "Encrypt" in head:
        raise ValueError("no single cross-reference stream")
    rows = decoded(head, packed)
    first, count = head.get("Index", [0, head["Size"]])
    if head["W"] != [1, 4, 2]:  # as the book is written
        try:
            rows = b"".join(_ENTRY.pack(*entry) for entry in _entries(rows, *head["W"]))
        except struct.error as error:
            raise ValueError("a cross-reference beyond the file") from error
    return content, head, bytes(first * _ENTRY.size) + rows[: count * _ENTRY.size]


def _entries(rows: bytes, one: int, two: int, three: int) -> Iterator[tuple[int, int, int]]:
    """Yield the entries of a cross-reference stream (7.5.8.3): a kind that is not stated is 1."""
    for at in range(0, len(rows), one + two + three):
        kind = int.from_bytes(rows[at : at + one], "big") if one else 1
        middle, end = at + one + two, at + one + two + three
        yield kind, int.from_bytes(rows[at + one : middle], "big"), int.from_bytes(rows[middle:end], "big")


def _start(content: bytes, place: int) -> int:
    found = _HEAD.match(content, place)
    if found is None:
        raise ValueError(f"no object at byte {place}")
    return found.end()


def _stream_at(content: bytes, place: int, resolve: Any = lambda value: value) -> tuple[dict[str, Value], bytes]:
    """Return dictionary and bytes of the stream that begins at a place."""
    head, end = _value(content, _token(content, _start(content, place)), 0)
    found = _STREAM.match(content, end)
    if found is None or not isinstance(head, dict):
        raise ValueError(f"no stream at byte {place}")
    length = resolve(head.get("Length"))
    if not isinstance(length, int):
        raise ValueError("a stream of unknown length")
    return head, content[found.end() : found.end() + length]


def decoded(head: Mapping[str, Value], packed: bytes) -> bytes:
    """Return the content of a stream, unpacked; ValueError for a filter that the book does not use."""
    filters = head.get("Filter", [])
    for name in filters if isinstance(filters, list) else [filters]:
        if name != "FlateDecode":
            raise ValueError(f"a filter that is not read here: {name}")
        packed = zlib.decompress(packed) if packed else b""
    parameters = head.get("DecodeParms")
    if isinstance(parameters, list):
        parameters = parameters[0] if parameters else None
    return _unpredicted(packed, parameters["Columns"]) if parameters and parameters.get("Predictor", 1) > 1 else packed


def _unpredicted(content: bytes, columns: int) -> bytes:
    """Undo PNG's prediction from the row above (7.4.4.4), the only one that qpdf writes."""
    above = bytes(columns)
    rows = []
    for start in range(0, len(content), columns + 1):
        kind, row = content[start], content[start + 1 : start + 1 + columns]
        if kind not in (0, 2):
            raise ValueError("a prediction that is not read here")
        above = bytes((one + other) & 255 for one, other in zip(row, above, strict=True)) if kind else row
        rows.append(above)
    return b"".join(rows)


def parse(content: bytes) -> Value:
    """Return the value that is written; None for nothing. ValueError where it is none."""
    return _value(content, _token(content, 0), 0)[0] if content.strip() else None


def _token(content: bytes, position: int) -> re.Match[bytes]:
    found = _TOKEN.match(content, position)
    if found is None:
        raise ValueError("no value of a PDF")
    return found


def _value(content: bytes, token: re.Match[bytes], depth: int) -> tuple[Value, int]:
    """Return the value that begins with a token, and where it ends."""
    mark, number, name, text, digits, figure, word = token.groups()
    position = token.end()
    if mark in (b"<<", b"["):
        return _inside(content, position, depth, b">>" if mark == b"<<" else b"]")
    if number is not None:
        return Reference(int(number)), position
    if name is not None:
        return Name(_name(name)), position
    if text is not None:
        return unescaped(text), position
    if digits is not None:
        even = b"".join(digits.split())
        return bytes.fromhex((even + b"0" * (len(even) % 2)).decode()), position
    if figure is not None:
        return (float(figure) if b"." in figure else int(figure)), position
    if word is None:
        raise ValueError("no value of a PDF")
    return _WORDS[word], position


def _inside(content: bytes, position: int, depth: int, end: bytes) -> tuple[Value, int]:
    """Return what stands inside a dictionary or an array."""
    if depth > DEEPEST:
        raise ValueError("values without end")
    if end == b"]" and (listed := _REFERENCES.match(content, position)):
        return [Reference(int(number)) for number in listed[1].split()[::3]], listed.end()
    items: list[Value] = []
    while (token := _token(content, position))[1] != end:
        item, position = _value(content, token, depth + 1)
        items.append(item)
    return items if end == b"]" else dict(zip(map(str, items[::2]), items[1::2], strict=True)), token.end()


def _name(written: bytes) -> str:
    if b"#" in written:
        written = re.sub(rb"#([0-9A-Fa-f]{2})", lambda found: bytes((int(found[1], 16),)), written)
    return written.decode("latin-1")


def unescaped(written: bytes) -> bytes:
    """Return what a string in round brackets holds (7.3.4.2)."""
    return _ESCAPE.sub(_sign, written[1:-1]) if b"\\" in written else written[1:-1]


def _sign(found: re.Match[bytes]) -> bytes:
    sign = found[1]
    return bytes((int(sign, 8) & 255,)) if sign.isdigit() else _ESCAPED.get(sign, sign)


def text(written: Value) -> str:
    """Return a string of text (7.9.2.2): UTF-16 with its mark, else Latin-1, which agrees where it matters here."""
    if not isinstance(written, bytes):
        return ""
    return written[2:].decode("utf-16-be", "replace") if written[:2] == b"\xfe\xff" else written.decode("latin-1")
