"""The file: objects → bytes of a PDF 1.7 with object streams and a cross-reference stream (ISO 32000-1, 7.5)."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice

from assembly.render_pdf.chunk import LEVEL

A_STREAM = 2000  # objects in one object stream: a reader that wants one of them unpacks them all


class PdfFile:
    """A PDF that is being written. Every object is added once, under its number."""

    def __init__(self) -> None:
        self._parts = [b"%PDF-1.7\n%\xf0\x9f\x93\x98\n"]
        self._position = len(self._parts[0])
        self._places: dict[int, tuple[int, int, int]] = {}  # number → the three fields of the cross-reference stream
        self._packed: list[tuple[list[int], Future[bytes], int]] = []  # numbers, their stream, where its objects begin
        self._contents: list[tuple[int, Future[bytes]]] = []
        self._threads = ThreadPoolExecutor()  # zlib lets other threads run meanwhile

    def add_plain(self, objects: Iterable[tuple[int, bytes]]) -> None:
        """Add dictionaries and arrays; they are written together, compressed."""
        items = iter(objects)
        while group := list(islice(items, A_STREAM)):
            places: list[bytes] = []
            position = 0
            for number, content in group:
                places.append(b"%d %d" % (number, position))
                position += len(content) + 1
            head = b" ".join(places) + b"\n"
            packed = self._threads.submit(zlib.compress, head + b"\n".join(content for _, content in group), LEVEL)
            self._packed.append(([number for number, _ in group], packed, len(head)))

    def add_stream(self, number: int, head: bytes, content: bytes) -> None:
        """Add a stream: its dictionary, which knows the length, and its bytes."""
        self.add_object(number, head + b"\nstream\n" + content + b"\nendstream")

    def compress_stream(self, number: int, content: bytes) -> None:
        """Add a stream that has nothing but its content."""
        self._contents.append((number, self._threads.submit(zlib.compress, content, LEVEL)))

    def add_object(self, number: int, content: bytes) -> None:
        """Add an object as it stands."""
        self._places[number] = (1, self._position, 0)
        self._write(b"%d 0 obj\n" % number + content + b"\nendobj\n")

    def finished(self, free: int, root: bytes, info: bytes) -> bytes:
        """Return the whole file; `free` is the first number not taken, `root` and `info` are references."""
        for number, content in self._contents:
            packed = content.result()
            self.add_stream(number, b"<</Filter /FlateDecode/Length %d>>" % len(packed), packed)
        for number, (numbers, together, first) in enumerate(self._packed, start=free):
            packed = together.result()
            for index, inner in enumerate(numbers):
                self._places[inner] = (2, number, index)
            head = b"<</Type /ObjStm/N %d/First %d/Filter /FlateDecode/Length %d>>" % (len(numbers), first, len(packed))
            self.add_stream(number, head, packed)
        self._threads.shutdown()
        own = free + len(self._packed)
        start = self._position
        self._places[own] = (1, start, 0)
        unused = (0, 0, 65535)
        rows = b"".join(
            b"%c%b%b" % (kind, place.to_bytes(4, "big"), index.to_bytes(2, "big"))
            for kind, place, index in (self._places.get(number, unused) for number in range(own + 1))
        )
        packed = zlib.compress(rows, LEVEL)
        digest = hashlib.sha256(b"".join(self._parts)).hexdigest()[:32].encode()
        head = b"<</Type /XRef/Size %d/W [1 4 2]/Root %b/Info %b/ID [<%b><%b>]/Filter /FlateDecode/Length %d>>" % (
            *(own + 1, root, info, digest, digest),
            len(packed),
        )
        self.add_stream(own, head, packed)
        self._write(b"startxref\n%d\n%%%%EOF\n" % start)
        return b"".join(self._parts)

    def _write(self, content: bytes) -> None:
        self._parts.append(content)
        self._position += len(content)
