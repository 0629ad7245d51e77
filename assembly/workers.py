"""Workers: processes for what takes long. They start early, and import what they need while this one still reads."""

from __future__ import annotations

import gc
import multiprocessing
import sys
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager

from assembly.refusal import Refusal


@contextmanager
def workers(jobs: int) -> Iterator[Executor | None]:
    """Run so many workers; none where one job is to be done at a time, which this process does itself."""
    if jobs == 1:
        yield None
        return
    way = "fork" if sys.platform == "linux" else "spawn"
    pool = ProcessPoolExecutor(jobs, multiprocessing.get_context(way), _get_ready)
    pool.submit(int)  # without work none would start
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def _get_ready() -> None:
    gc.disable()  # a chunk makes objects by the hundred thousand, and needs nearly all: the engine says when to sweep
    try:
        from assembly.render_pdf.workshop import import_engine

        import_engine()
    except Refusal:
        pass  # who asks the worker for pages is told so
