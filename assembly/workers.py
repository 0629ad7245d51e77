"""Workers: forked processes, which inherit all that there is instead of being sent it."""

from __future__ import annotations

import gc
import multiprocessing
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from typing import Any, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

_task: Callable[[Any], Any] | None = None  # of this process; workers inherit it


def spread(
    task: Callable[[Item], Result], items: Sequence[Item], jobs: int, meanwhile: Callable[[], object] = lambda: None
) -> list[Result]:
    """Return what `task` makes of each item, made by so many workers; this process does `meanwhile`, if there is any.

    Errors are those of `task`. Where a process cannot be forked safely, or for a single item, it is done here.
    """
    if not items:
        return []
    if jobs == 1 or len(items) < 2 or sys.platform != "linux":
        meanwhile()
        return [task(item) for item in items]
    global _task  # the way to hand a worker what cannot be pickled
    _task = task
    gc.freeze()  # what is there now is never swept in the workers, so that its memory stays shared
    with ProcessPoolExecutor(jobs, multiprocessing.get_context("fork")) as pool:
        futures: list[Future[Result]] = [pool.submit(_run, item) for item in items]
        meanwhile()
        return list(_results(futures))


def _results(futures: Sequence[Future[Result]]) -> Iterator[Result]:
    try:
        for future in futures:
            yield future.result()
    finally:
        for future in futures:
            future.cancel()


def _run(item: Any) -> Any:
    assert _task is not None
    return _task(item)
