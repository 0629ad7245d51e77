"""Stock: WeasyPrint as it is installed, imported fast and only in the version that this room was written for."""

from __future__ import annotations

import ctypes.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from assembly.refusal import Refusal

VERSION = "70.0"


@contextmanager
def replaced(owner: Any, name: str, value: Any) -> Iterator[None]:
    """Put `value` in place of what stands there, for a while."""
    stock = getattr(owner, name)
    setattr(owner, name, value)
    try:
        yield
    finally:
        setattr(owner, name, stock)


def import_stock() -> None:
    """Import WeasyPrint, without the twenty calls of gcc and ldconfig by which cffi looks for libraries on Linux.

    Under their plain names the libraries are found at once; where they are not, the import goes the long way.
    """
    if "weasyprint" not in sys.modules and sys.platform == "linux":
        with replaced(ctypes.util, "find_library", lambda _: None):
            try:
                import weasyprint.text.ffi
            except OSError:
                for name in [name for name in sys.modules if name.split(".")[0] == "weasyprint"]:
                    del sys.modules[name]
    import weasyprint

    if weasyprint.__version__ != VERSION:
        raise Refusal(
            f"Gesetzt wird mit WeasyPrint {VERSION}; eingerichtet ist {weasyprint.__version__}.",
            "»make setup« richtet die passende Fassung ein; ohne sie setzt: ./build.py build --engine plain",
        )
