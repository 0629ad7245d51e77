"""What all records share: the base model, the terms of closed lists, and the marks on a field's type.

Nothing here knows files or positions; `assembly` adds those.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from pydantic import BaseModel, ConfigDict


class Record(BaseModel):
    """Base of every record and of every part of one: frozen, German keys only, unknown keys refused.

    `alias` is the YAML key, `title` the German label (printed in tables and sheets), `description` the help text
    that editors see in messages and in their text editor.
    """

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        str_strip_whitespace=True,
        hide_input_in_errors=True,
        defer_build=True,  # a part of a record is built within it, not once more by itself
    )

    @classmethod
    def label(cls, name: str) -> str:
        """Return the German label of the attribute `name`; KeyError where there is none."""
        return cls.model_fields[name].title or name


class Term(StrEnum):
    """One word of a closed list: `value` is what editors type (ASCII), `label` is what readers see."""

    label: str
    plural: str

    def __new__(cls, value: str, label: str, plural: str = "") -> Self:
        term = str.__new__(cls, value)
        term._value_ = value
        term.label = label
        term.plural = plural or label
        return term


@dataclass(frozen=True, slots=True)
class Reference:
    """Mark: the text is the id of another record of this kind (a name of `schema.kinds.KINDS`)."""

    kind: str


@dataclass(frozen=True, slots=True)
class PlainText:
    """Mark: the text is one line of plain words; references with `@` have no effect in it."""


@dataclass(frozen=True, slots=True)
class Markdown:
    """Mark: the text is Markdown and is parsed, never compiled (format: section 3 of the editors' handbook)."""
