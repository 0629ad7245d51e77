"""Sheet: what one page is read from, and how many of them are read at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor
from typing import NamedTuple

from assembly.cache import key_of
from assembly.paper.content import Font, read_content
from assembly.paper.kept import Kept
from assembly.paper.look import Look, look
from assembly.paper.objects import Value, decoded

AT_ONCE = 20  # sheets that a worker reads at once: sending them one by one costs more than it gains


class Sheet(NamedTuple):
    """What a page is read from: its streams as they are written, and its fonts, which `written` tells apart."""

    streams: Sequence[tuple[Mapping[str, Value], bytes]]
    fonts: Mapping[str, Font]
    written: bytes

    @property
    def key(self) -> str:
        """What it is kept under."""
        return key_of(self.written, *(packed for _, packed in self.streams))


def read_sheets(sheets: Sequence[Sheet], kept: Kept, pool: Executor | None) -> list[Look]:
    """Return what there is to see on each; those that are not known are shared out among the workers, if there are any.

    ValueError and zlib.error where a stream is damaged.
    """
    keys = [sheet.key for sheet in sheets]
    known = {key: found for key in keys if (found := kept.find(key))}
    unknown = {key: sheet for key, sheet in zip(keys, sheets, strict=True) if key not in known}
    known.update(zip(unknown, _read(list(unknown.values()), pool), strict=True))
    for key in keys:
        kept.keep(key, known[key])
    return [known[key] for key in keys]


def _read(sheets: Sequence[Sheet], pool: Executor | None) -> Iterator[Look]:
    batches = [sheets[start : start + AT_ONCE] for start in range(0, len(sheets), AT_ONCE)]
    shared = pool.map(_looks, batches) if pool and len(batches) > 1 else map(_looks, batches)
    return (seen for batch in shared for seen in batch)


def _looks(sheets: Sequence[Sheet]) -> list[Look]:
    contents = (b"\n".join(decoded(*stream) for stream in sheet.streams) for sheet in sheets)
    return [look(read_content(content, sheet.fonts)) for content, sheet in zip(contents, sheets, strict=True)]
