"""Workshop: chunks of HTML → chunks of the PDF, side by side in forked workers, each only where it is not known yet.

What comes out depends on the HTML alone: not on how many workers there are, nor on what is known already.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor, as_completed
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar
from urllib.parse import unquote

from assembly.cache import Cache, digest_of, key_of
from assembly.making import cores
from assembly.memory import unswept
from assembly.refusal import Refusal
from assembly.render_pdf.chunk import Font, Objects, Outside, pack_objects, read_objects, read_outside
from assembly.render_pdf.stylesheet import Stylesheet
from assembly.versions import versions

if TYPE_CHECKING:
    from assembly.render_pdf.engine.room import Engine

Result = TypeVar("Result")


class Place(NamedTuple):
    """Where chunks are laid out: by which style sheet, and from which folders files may be read."""

    stylesheet: Stylesheet
    folders: tuple[Path, ...]


_engines: dict[Place, Engine] = {}  # of this process


class Laid(NamedTuple):
    """A chunk that is laid out: what it shows to the rest of the book, and all of it, packed."""

    outside: Outside
    packed: bytes


class Workshop:
    """Lays out chunks by the workers of `pool`, or by itself where that is None."""

    def __init__(self, place: Place, cache: Cache | None, pool: Executor | None) -> None:
        self._place = place
        self._cache = cache
        self._pool = pool
        self._known: dict[str, Laid] = {}
        self._base = _base(place.stylesheet)

    def lay_out(self, pages: Iterable[str]) -> list[Laid]:
        """Return each page of HTML as a chunk. Errors as the engine raises them."""
        keys: list[str] = []
        missing: dict[str, str] = {}
        for page in pages:
            keys.append(self._key(page))
            if not self._is_known(keys[-1]):
                missing[keys[-1]] = page
        made = dict(self._made(missing))
        self._known |= {key: Laid(read_outside(packed), packed) for key, packed in made.items()}
        self._keep(made)
        return [self._known[key] for key in keys]

    def fonts(self, fonts: Mapping[str, Font]) -> Objects:
        """Return the fonts of the book, with just the glyphs it uses."""
        key = key_of(self._base.encode(), repr(fonts).encode())
        packed = self._cache.get(key) if self._cache else None
        objects = _readable(packed, read_objects) if packed is not None else None
        if objects is None:
            glyphs = dict(fonts)
            packed = (
                self._pool.submit(_embed, self._place, glyphs).result() if self._pool else _embed(self._place, glyphs)
            )
            self._keep({key: packed})
            objects = read_objects(packed)
        return objects

    def _is_known(self, key: str) -> bool:
        if key not in self._known:
            packed = self._cache.get(key) if self._cache else None
            outside = _readable(packed, read_outside) if packed is not None else None
            if packed is not None and outside is not None:
                self._known[key] = Laid(outside, packed)
        return key in self._known

    def _keep(self, made: Mapping[str, bytes]) -> None:
        if self._cache and made:
            self._cache.put(made.items())

    def _made(self, missing: dict[str, str]) -> Iterator[tuple[str, bytes]]:
        """Yield the chunks, and use `missing` up: of a long book's pages none is held once it is laid out."""
        if self._pool is None:
            with unswept():  # the engine says when to sweep
                for key in list(missing):
                    yield key, _lay_out(self._place, missing.pop(key))
            return
        # The longest first: else all others wait for it at the end.
        waiting = sorted(missing, key=lambda key: -len(missing[key]))
        started = {self._pool.submit(_lay_out, self._place, missing.pop(key)): key for key in waiting}
        for done in as_completed(started):
            yield started[done], done.result()

    def _key(self, page: str) -> str:
        pictures = [digest_of(Path(unquote(path))) for path in _PICTURE.findall(page)]
        return key_of(*(part.encode() for part in (self._base, *pictures, page)))


_PICTURE = re.compile(r'<img src="file://([^"]+)"')


def _readable(packed: bytes, read: Callable[[bytes], Result]) -> Result | None:
    """Return what was kept, None where it cannot be read."""
    try:
        return read(packed)
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, zlib.error):
        return None


def import_engine() -> type[Engine]:
    """Import all that lays out, which takes its time. Raises Refusal where another version of WeasyPrint is there."""
    from assembly.render_pdf.engine.stock import import_stock

    import_stock()
    from assembly.render_pdf.engine.room import Engine

    return Engine


def get_ready(place: Place, pool: Executor) -> None:
    """Let the workers make their engines, where they have nothing to do before they are asked for chunks."""
    for _ in range(cores()):
        pool.submit(_make_engine, place)


def _make_engine(place: Place) -> None:
    with suppress(Refusal):  # who asks for chunks is told so
        _engine(place)


def _engine(place: Place) -> Engine:
    if place not in _engines:
        _engines[place] = import_engine()(*place)
    return _engines[place]


def _lay_out(place: Place, page: str) -> bytes:
    return _engine(place).lay_out(page)


def _embed(place: Place, fonts: Mapping[str, Font]) -> bytes:
    return pack_objects(_engine(place).embed(fonts))


def _base(stylesheet: Stylesheet) -> str:
    """Return what all chunks depend on: style sheet, fonts, this program, and the versions of what it builds on."""
    own = sorted(Path(__file__).parent.rglob("*.py"))
    return "\n".join((stylesheet.css, *map(digest_of, (*stylesheet.fonts, *own)), *versions()))
