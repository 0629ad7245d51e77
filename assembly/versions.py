"""Versions: of all that decides how a page looks. Asked of the libraries themselves, without importing WeasyPrint."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Sequence
from contextlib import suppress

PACKAGES = ("weasyprint", "pydyf", "pyphen", "cssselect2", "tinycss2", "tinyhtml5", "fonttools", "pillow")
LIBRARIES = (
    ("libpango-1.0", "pango_version_string"),
    ("libharfbuzz", "hb_version_string"),
    ("libharfbuzz-subset", "hb_version_string"),
)


def versions(more: Sequence[str] = ()) -> list[str]:
    """Return name and version of each, and of `more` packages; what is not found under its usual name has none."""
    return [f"python {sys.version}", *map(_package, (*PACKAGES, *more)), *(library(*name) for name in LIBRARIES)]


def _package(name: str) -> str:
    from importlib.metadata import PackageNotFoundError, version  # slow, and `library` needs none of it

    try:
        return f"{name} {version(name)}"
    except PackageNotFoundError:
        return f"{name} ?"


def library(name: str, function: str) -> str:
    """Return name and version of a library; it is asked by a function of its own."""
    for file in (f"{name}.so.0", f"{name}.0.dylib", f"{name}.dylib"):
        with suppress(OSError, AttributeError):
            ask = getattr(ctypes.CDLL(file), function)
            ask.restype = ctypes.c_char_p
            return f"{name} {ask().decode()}"
    return f"{name} ?"
