"""What is kept of HTML stands under all that it is made of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from assembly.document import Document
from assembly.render_pdf.kept import Kept


@dataclass(frozen=True, slots=True)
class Bare:
    """A value without any attribute."""


def test_every_section_of_a_book_has_a_key_of_its_own(document: Document, tmp_path: Path) -> None:
    kept = Kept(tmp_path, document.theme, ())
    keys = [kept.key(section) for section in document.sections]
    assert len(set(keys)) == len(document.sections) > 1
    section = document.sections[1]
    assert kept.key(replace(section, title=f"{section.title}.")) != kept.key(section)
    assert kept.key(Bare()) not in keys


def test_equal_values_have_one_key_in_every_process(document: Document, tmp_path: Path) -> None:
    one, other = Kept(tmp_path, document.theme, ()), Kept(tmp_path, document.theme, ())
    assert [one.key(section) for section in document.sections] == [other.key(section) for section in document.sections]
    assert one.key(document) != Kept(tmp_path, None, ()).key(document)
