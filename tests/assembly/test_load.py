"""load: whatever bytes lie in a file, they become a text with places, or a diagnostic."""

from __future__ import annotations

from pathlib import Path

import pytest

from assembly.diagnostics import Diagnostic
from assembly.load import load
from assembly.sources import Source, line_and_column

FILE = "measures/WIR/WIR-002.yaml"


def _load(root: Path, content: bytes, file: str = FILE) -> tuple[Source, list[Diagnostic]]:
    path = root / file
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    sources, diagnostics = load(root)
    source = sources.get(file)
    assert source is not None
    return source, [found for found in diagnostics if found.code != "DAT-001"]


@pytest.mark.parametrize(
    "content",
    [
        "titel: Größe\nziel: x\n".encode(),
        "\ufefftitel: Größe\nziel: x\n".encode(),
        "titel: Größe\r\nziel: x\r\n".encode(),
        "titel: Größe\rziel: x\r".encode(),
        "titel: Gro\u0308ße\nziel: x\n".encode(),
    ],
    ids=["plain", "bom", "crlf", "cr", "nfd"],
)
def test_line_ends_and_umlauts_of_any_system_give_the_same_text(tmp_path: Path, content: bytes) -> None:
    source, diagnostics = _load(tmp_path, content)
    assert not diagnostics
    assert source.text == "titel: Größe\nziel: x\n"
    assert source.tree == {"titel": "Größe", "ziel": "x"}
    span = source.spans["ziel",]
    assert line_and_column(source.text, span.start) == (2, 7)
    assert line_and_column(source.text, span.key_start) == (2, 1)


def test_every_scalar_stays_the_text_that_was_typed(tmp_path: Path) -> None:
    source, diagnostics = _load(tmp_path, b"a: no\nb: 010\nc: 1.10\nd: 2027-03-01\ne: '~'\nf: '1'\ng:\nh: [1, x]\n")
    assert not diagnostics
    assert source.tree == {
        "a": "no",
        "b": "010",
        "c": "1.10",
        "d": "2027-03-01",
        "e": "~",
        "f": "1",
        "h": ["1", "x"],
    }


@pytest.mark.parametrize("nothing", ["~", "null", "Null", "NULL"])
def test_a_bare_null_is_refused_and_its_key_left_empty(nothing: str, tmp_path: Path) -> None:
    source, diagnostics = _load(tmp_path, f"a: 'x'\nb: [{nothing}]\nc: {nothing}\n".encode())
    assert [(found.code, found.place.line, found.place.column) for found in diagnostics] == [
        ("DAT-008", 2, 5),
        ("DAT-008", 3, 4),
    ]
    assert source.tree == {"a": "x", "b": [nothing]}


@pytest.mark.parametrize(
    ("content", "code", "line", "column", "word"),
    [
        (b"a: b\n\tc: d\n", "DAT-006", 2, 1, "Tabulator"),
        (b"a: b: c\n", "DAT-006", 1, 5, "Doppelpunkt"),
        (b"a: [1\nb: c\n", "DAT-006", 1, 4, "Klammer"),
        (b'a: "b\n', "DAT-006", 1, 4, "Anf"),
        (b"a: b\n<<<<<<< HEAD\nc: d\n", "DAT-006", 2, 1, "Konfliktmarke"),
        (b"a: b\n>>>>>>> x\n", "DAT-006", 2, 1, "Konfliktmarke"),
        (b"", "DAT-006", 1, 1, "leer"),
        (b"# nur ein Kommentar\n", "DAT-006", 1, 1, "leer"),
        (b"a: b\x00\n", "DAT-006", 1, 5, "Steuerzeichen"),
        ("a: b\nc: Größe\n".encode("latin-1"), "DAT-005", 2, 6, "UTF-8"),
        (b"a: b\na: c\n", "DAT-007", 2, 1, "zweiten Mal"),
        (b"a: &x b\nc: *x\n", "DAT-008", 1, 4, "Anker"),
        (b"a: !!python/object:os.system x\n", "DAT-006", 0, 0, ""),
        (b"a: !x b\n", "DAT-008", 1, 4, "!"),
        (b"[a]: b\n", "DAT-008", 1, 1, "einfaches Wort"),
        (b"a: " + b"[" * 14 + b"]" * 14, "DAT-008", 1, 16, "Verschachtelung"),
        (b"a: " + b"[" * 900_000, "DAT-006", 1, 1, "verschachtelt"),
        (b"- " * 100_000, "DAT-006", 1, 1, "verschachtelt"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_named_in_its_place(
    tmp_path: Path, content: bytes, code: str, line: int, column: int, word: str
) -> None:
    if content.startswith(b"a: !!python"):  # a tag of YAML's own name space: its value stays a text
        source, diagnostics = _load(tmp_path, content)
        assert (source.tree, diagnostics) == ({"a": "x"}, [])
        return
    _, diagnostics = _load(tmp_path, content)
    assert [(found.code, found.place.line, found.place.column) for found in diagnostics[:1]] == [(code, line, column)]
    assert word in diagnostics[0].message


def test_an_unreadable_record_keeps_its_place_among_the_sources(tmp_path: Path) -> None:
    source, diagnostics = _load(tmp_path, b"\xff\xfe\x00")
    assert (source.kind, source.tree) == ("measure", None)
    assert [found.code for found in diagnostics] == ["DAT-005"]


def test_a_link_is_followed_inside_the_plan_only(tmp_path: Path) -> None:
    (tmp_path / "outside.yaml").write_text("id: WIR-009\n")
    folder = tmp_path / "plan/measures/WIR"
    folder.mkdir(parents=True)
    (folder / "WIR-001.yaml").write_text("id: WIR-001\n")
    (folder / "WIR-002.yaml").symlink_to("WIR-001.yaml")
    (folder / "WIR-003.yaml").symlink_to(tmp_path / "outside.yaml")
    (folder / "WIR-004.yaml").symlink_to("WIR-004.yaml")
    (folder / "WIR-005.yaml").symlink_to("nichts.yaml")
    sources, diagnostics = load(tmp_path / "plan")
    assert [source.file for source in sources.files if source.tree] == [
        "measures/WIR/WIR-001.yaml",
        "measures/WIR/WIR-002.yaml",
    ]
    found = {Path(found.place.file).stem: found.code for found in diagnostics if found.code != "DAT-001"}
    assert found == {"WIR-003": "DAT-009", "WIR-004": "DAT-009", "WIR-005": "DAT-003"}


def test_the_hash_is_of_content_and_names_only(tmp_path: Path, specimen: Path) -> None:
    first = load(specimen)[0].sha256
    assert load(specimen)[0].sha256 == first
    assert len(first) == 64
    (tmp_path / "framework").mkdir()
    assert load(tmp_path)[0].sha256 != first
