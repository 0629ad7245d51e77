"""Refusal: what a person asked for cannot be done; said in German, never as a traceback."""

from __future__ import annotations


class Refusal(Exception):  # noqa: N818 it is no error of the program
    """A request that makes no sense or must not be carried out: message, and a hint (may be empty).

    `usage` tells that the call itself was wrong (exit code 2) and not the state of the plan (exit code 1).
    """

    def __init__(self, message: str, hint: str = "", *, usage: bool = True) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.usage = usage
