"""proofread: a sound DOCX has no finding, and of every check there is a damage made on purpose that it finds."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest

from assembly.document import Document
from assembly.proofread import proofread_docx
from assembly.render_docx import render_docx

TEXT = "word/document.xml"


@pytest.fixture(scope="module")
def sound(document: Document, specimen: Path) -> bytes:
    """Return the specimen's DOCX."""
    return render_docx(document, specimen / "chapters")


def spoilt(content: bytes, pattern: str, instead: str) -> bytes:
    """Return the DOCX with all passages of this pattern replaced."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(target, "w") as after:
        for name in before.namelist():
            part = before.read(name)
            if name == TEXT:
                text, count = re.subn(pattern, instead, part.decode())
                assert count
                part = text.encode()
            after.writestr(name, part)
    return target.getvalue()


def test_a_sound_book_has_no_finding(sound: bytes, document: Document) -> None:
    assert proofread_docx(document, sound) == []


@pytest.mark.parametrize(
    ("code", "words", "pattern", "instead"),
    [
        ("DRU-031", "„Auftrag und Vision“", "Auftrag und Vision", "Auftrag"),
        ("DRU-031", "„Batteriezentrum“", "(?<!mit )Batteriezentrum(?=</w:t>)", "Zentrum"),
        ("DRU-032", "4.850.000,50", r"4\.850\.000,50", "4.850.000,60"),
        ("DRU-033", "_Ref_kap_auftrag", 'w:name="_Ref_kap_auftrag"', 'w:name="_Ref_kap_anders"'),
    ],
)
def test_a_damage_is_found(code: str, words: str, pattern: str, instead: str, sound: bytes, document: Document) -> None:
    found = proofread_docx(document, spoilt(sound, pattern, instead))
    assert [finding for finding in found if finding.code == code and words in finding.message], found


@pytest.mark.parametrize("content", [b"", b"PK", b"kein DOCX"])
def test_what_is_no_docx_is_told(content: bytes, document: Document) -> None:
    assert [finding.code for finding in proofread_docx(document, content)] == ["DRU-030"]
