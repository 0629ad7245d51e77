"""Memory: when the interpreter looks for garbage that holds itself, and when what is free goes back to the system."""

from __future__ import annotations

import ctypes
import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress


@contextmanager
def unswept() -> Iterator[None]:
    """Look for none inside, where many small values are made that nearly all live to the end; then go on as before."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def give_back() -> None:
    """Give free memory back to the system, where the C library keeps it for later and can be asked not to (glibc)."""
    if sys.platform == "linux":
        with suppress(AttributeError):
            ctypes.CDLL(None).malloc_trim(0)
