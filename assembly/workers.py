"""Workers: processes for what takes long. They start early: one imports what all need while this process still reads.

The others are forked from that one, so that its imports are made, and lie in memory, once.
"""

from __future__ import annotations

import ctypes
import gc
import mmap
import multiprocessing
import pickle
import signal
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection, wait
from pathlib import Path
from queue import SimpleQueue
from typing import Any, ParamSpec, TypeVar

from assembly.refusal import Refusal

P = ParamSpec("P")
R = TypeVar("R")

_PROCESSES: Any = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG of prctl(2)
MOST_MEMORY = 160_000_000  # bytes: a worker that holds more after a task is replaced, for it would not give them back
_GROWN = 75  # exit code of such a worker
_KEPT = {-1: 1 << 26, -3: 1 << 25}  # M_TRIM_THRESHOLD and M_MMAP_THRESHOLD of mallopt(3): bytes


@contextmanager
def workers(jobs: int, get_ready: Callable[[], object] = int) -> Iterator[Executor | None]:
    """Run so many workers, after one `get_ready` for all; none for one job at a time, done by this process."""
    if jobs == 1:
        yield None
        return
    pairs = [_PROCESSES.Pipe() for _ in range(jobs)]
    starter = _PROCESSES.Process(target=_start, args=([theirs for _, theirs in pairs], get_ready))
    starter.start()
    for _, theirs in pairs:
        theirs.close()
    pool = _Pool([ours for ours, _ in pairs])
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)
        for ours, _ in pairs:
            with suppress(OSError):
                ours.send(None)
        starter.join()


class _Pool(ThreadPoolExecutor):
    """Speaks with each worker in a thread of its own: one task at a time, and its result."""

    def __init__(self, lines: Sequence[Connection]) -> None:
        super().__init__(len(lines))
        self._free: SimpleQueue[Connection] = SimpleQueue()
        for line in lines:
            self._free.put(line)

    def submit(self, fn: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> Future[R]:
        """Let a worker call a function. What it raises, the future raises; Refusal where the worker is gone."""
        return super().submit(self._asked, fn, args, kwargs)

    def _asked(self, function: Callable[..., R], arguments: Any, named: Any) -> R:
        line = self._free.get()
        try:
            line.send((function, arguments, named))
            result, error = line.recv()
        except (EOFError, OSError) as gone:
            raise Refusal(
                "Ein Arbeitsprozess ist unerwartet beendet worden, meist aus Mangel an Arbeitsspeicher.",
                "Mit weniger Prozessen gelingt es eher: --jobs 1",
            ) from gone
        finally:
            self._free.put(line)
        if error is not None:
            raise error
        return result  # type: ignore[no-any-return]


def _start(lines: Sequence[Connection], get_ready: Callable[[], object]) -> None:
    """Get ready, then start the workers, and end when they do. One that has grown is replaced."""
    _begin()
    with suppress(Refusal):  # who asks the worker for pages is told so
        get_ready()
    gc.freeze()
    running: dict[int, tuple[Any, Connection]] = {}

    def start(line: Connection) -> None:
        process = _PROCESSES.Process(target=_serve, args=(line, lines))
        process.start()
        running[process.sentinel] = process, line

    for line in lines:
        start(line)
    while running:
        ended = wait(list(running))
        for process, line in [running.pop(sentinel) for sentinel in list(running) if sentinel in ended]:
            process.join()
            if process.exitcode == _GROWN:
                start(line)
            else:
                line.close()  # who waits for an answer is told so


def _begin() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the build ends its workers
    if sys.platform == "linux":  # a killed build takes its workers along, which would else wait for work for ever
        library = ctypes.CDLL(None)
        library.prctl(_DIE_WITH_PARENT, signal.SIGKILL)
        with suppress(AttributeError):  # another C library than glibc; memory that is free is kept for what comes next
            for option, value in _KEPT.items():
                library.mallopt(option, value)
    gc.disable()  # a chunk makes objects by the hundred thousand, and needs nearly all: the engine says when to sweep


def _serve(line: Connection, lines: Sequence[Connection]) -> None:
    """Do one task after the other, until there are no more."""
    _begin()
    for other in lines:
        if other is not line:
            other.close()
    while (task := line.recv()) is not None:
        function, arguments, named = task
        try:
            line.send((function(*arguments, **named), None))
        except Exception as error:  # noqa: BLE001 told to who has asked
            line.send((None, _told(error)))
        if _memory() > MOST_MEMORY:
            sys.exit(_GROWN)


def _told(error: Exception) -> Exception:
    """Return an error as it can be sent, with where it was raised, which does not travel by itself."""
    where = traceback.format_exc()
    error.add_note(where)
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:  # noqa: BLE001 it cannot travel
        return RuntimeError(where)
    return error


def _memory() -> int:
    """Return how many bytes this process holds, those that it shares among them, as far as the system tells."""
    try:
        return int(Path("/proc/self/statm").read_bytes().split()[1]) * mmap.PAGESIZE
    except OSError:
        return 0
