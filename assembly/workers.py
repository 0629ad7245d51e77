"""Workers: processes for what takes long. They start early, and import what they need while this one still reads."""

from __future__ import annotations

import ctypes
import gc
import multiprocessing
import signal
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager, suppress

from assembly.refusal import Refusal

_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG of prctl(2)
_KEPT = {-1: 1 << 29, -3: 1 << 29}  # M_TRIM_THRESHOLD and M_MMAP_THRESHOLD of mallopt(3): bytes


@contextmanager
def workers(jobs: int, get_ready: Callable[[], object] = int) -> Iterator[Executor | None]:
    """Run so many workers, each of which begins by `get_ready`; none for one job at a time, done by this process."""
    if jobs == 1:
        yield None
        return
    way = "fork" if sys.platform == "linux" else "spawn"
    pool = ProcessPoolExecutor(jobs, multiprocessing.get_context(way), _begin, (get_ready,))
    pool.submit(int)  # without work none would start
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def _begin(get_ready: Callable[[], object]) -> None:
    if sys.platform == "linux":  # a killed build takes its workers along, which would else wait for work for ever
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
        _keep_memory()
    gc.disable()  # a chunk makes objects by the hundred thousand, and needs nearly all: the engine says when to sweep
    with suppress(Refusal):  # who asks the worker for pages is told so
        get_ready()


def _keep_memory() -> None:
    """Keep memory that is free for what comes next: to give it back and ask for it again takes time."""
    with suppress(AttributeError):  # another C library than glibc
        mallopt = ctypes.CDLL(None).mallopt
        for option, value in _KEPT.items():
            mallopt(option, value)
