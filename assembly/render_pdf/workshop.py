"""Workshop: chunks of HTML → chunks of the PDF, side by side in forked workers, each only where it is not known yet.

What comes out depends on the HTML alone: not on how many workers there are, nor on what is known already.
"""

from __future__ import annotations

import gc
import hashlib
import multiprocessing
import re
import sys
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import unquote

from assembly.cache import Cache, key_of
from assembly.render_pdf.chunk import Font, Objects, pack_objects, read_inside, read_objects, read_outside
from assembly.render_pdf.stylesheet import Stylesheet
from assembly.versions import versions

if TYPE_CHECKING:
    from assembly.render_pdf.engine.room import Engine

Result = TypeVar("Result")
Place = tuple[Stylesheet, tuple[Path, ...]]  # the style sheet, and the folders that may be read

_engines: dict[Place, Engine] = {}  # of this process; forked workers inherit it


class Workshop:
    """Lays out chunks. Use it in a `with`: leaving it ends the workers."""

    def __init__(self, place: Place, cache: Cache | None, jobs: int) -> None:
        self._place = place
        self._cache = cache
        self._jobs = jobs
        self._pool: ProcessPoolExecutor | None = None
        self._known: dict[str, bytes] = {}
        self._base = _base(place[0])

    def __enter__(self) -> Workshop:
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def lay_out(self, pages: Sequence[str]) -> list[bytes]:
        """Return each page of HTML as a packed chunk. Errors as the engine raises them."""
        keys = [self._key(page) for page in pages]
        missing = {key: page for key, page in zip(keys, pages, strict=True) if not self._is_known(key)}
        made = dict(self._made(missing))
        self._known |= made
        self._keep(made)
        return [self._known[key] for key in keys]

    def fonts(self, fonts: Mapping[str, Font]) -> Objects:
        """Return the fonts of the book, with just the glyphs it uses."""
        key = key_of(self._base.encode(), repr(fonts).encode())
        packed = self._cache.get(key) if self._cache else None
        objects = _readable(packed, read_objects) if packed is not None else None
        if objects is None:
            objects = _engine(self._place).embed(fonts)
            self._keep({key: pack_objects(objects)})
        return objects

    def _is_known(self, key: str) -> bool:
        if key not in self._known:
            packed = self._cache.get(key) if self._cache else None
            if packed is not None and _readable(packed, _whole):
                self._known[key] = packed
        return key in self._known

    def _keep(self, made: Mapping[str, bytes]) -> None:
        if self._cache and made:
            self._cache.put(made.items())

    def _made(self, missing: Mapping[str, str]) -> Iterator[tuple[str, bytes]]:
        if not missing:
            return
        engine = _engine(self._place)
        if self._jobs == 1 or len(missing) == 1:
            with _unswept():
                for key, page in missing.items():
                    yield key, engine.lay_out(page)
            return
        if self._pool is None:
            self._pool = _forked(self._jobs, self._place)
        # The longest first: else all others wait for it at the end.
        waiting = sorted(missing.items(), key=lambda item: -len(item[1]))
        started = {self._pool.submit(_lay_out, self._place, page): key for key, page in waiting}
        for done in as_completed(started):
            yield started[done], done.result()

    def _key(self, page: str) -> str:
        pictures = [_digest(Path(unquote(path))) for path in _PICTURE.findall(page)]
        return key_of(*(part.encode() for part in (self._base, *pictures, page)))


_PICTURE = re.compile(r'<img src="file://([^"]+)"')


def _whole(packed: bytes) -> bool:
    read_outside(packed)
    read_inside(packed)
    return True


def _readable(packed: bytes, read: Callable[[bytes], Result]) -> Result | None:
    """Return what was kept, None where it cannot be read."""
    try:
        return read(packed)
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, zlib.error):
        return None


def prepare(place: Place) -> None:
    """Make the engine of this process ready, which workers will inherit. Raises Refusal as the engine does."""
    _engine(place)


def _engine(place: Place) -> Engine:
    if place not in _engines:
        from assembly.render_pdf.engine.room import Engine

        _engines[place] = Engine(*place)
    return _engines[place]


def _forked(jobs: int, place: Place) -> ProcessPoolExecutor:
    """Return workers that inherit the engine; where a process cannot be forked safely, each prepares its own."""
    way = "fork" if sys.platform == "linux" else "spawn"
    gc.freeze()  # what is there now is never swept in the workers, so that its memory stays shared
    return ProcessPoolExecutor(jobs, multiprocessing.get_context(way), _begin, (place,))


def _begin(place: Place) -> None:
    """Make a worker ready; Python never sweeps its memory by itself, see `_unswept`."""
    gc.disable()
    _engine(place)


@contextmanager
def _unswept() -> Iterator[None]:
    """Leave it to the engine when to sweep: a chunk makes objects by the hundred thousand, and needs nearly all."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _lay_out(place: Place, page: str) -> bytes:
    return _engine(place).lay_out(page)


def _base(stylesheet: Stylesheet) -> str:
    """Return what all chunks depend on: style sheet, fonts, this program, and the versions of what it builds on."""
    own = sorted(Path(__file__).parent.rglob("*.py"))
    return "\n".join((stylesheet.css, *map(_digest, (*stylesheet.fonts, *own)), *versions()))


def _digest(path: Path) -> str:
    """Return a digest of a file, the same for all that are not there."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return "-"
