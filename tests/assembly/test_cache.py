"""The cache: keeps what it was given, bounded, and takes nothing else for it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from assembly.render_pdf.cache import Cache


def test_what_was_put_is_got(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "new")
    assert cache.get("a") is None
    cache.put("a", b"one\ntwo")
    assert cache.get("a") == b"one\ntwo"
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["a"], "nothing is left beside the entries"


def test_without_a_folder_nothing_is_kept() -> None:
    cache = Cache(None)
    cache.put("a", b"one")
    assert cache.get("a") is None


@pytest.mark.parametrize(
    ("old", "new"), [(b"one", b"on"), (b"one", b"onex"), (b"one", b"two"), (b"cache 1", b"cache 2")]
)
def test_changed_content_is_not_trusted(tmp_path: Path, old: bytes, new: bytes) -> None:
    cache = Cache(tmp_path)
    cache.put("a", b"one")
    path = tmp_path / "a"
    path.write_bytes(path.read_bytes().replace(old, new))
    assert cache.get("a") is None


def test_an_entry_counts_under_its_own_name_alone(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.put("a", b"one")
    (tmp_path / "a").rename(tmp_path / "b")
    assert cache.get("b") is None


def test_what_a_killed_build_left_is_no_entry(tmp_path: Path) -> None:
    (tmp_path / ".new-abc").write_bytes(b"half")
    cache = Cache(tmp_path, limit=0)
    cache.trim()
    assert list(tmp_path.iterdir()) == []


def test_what_was_used_longest_ago_goes_first(tmp_path: Path) -> None:
    cache = Cache(tmp_path, limit=1000)
    for age, name in enumerate("abc"):
        cache.put(name, bytes(300))
        os.utime(tmp_path / name, (1000 - age, 1000 - age))
    assert cache.get("c") is not None, "getting is using"
    cache.trim()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "c"]


def test_a_folder_that_cannot_be_written_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    cache = Cache(tmp_path / "file" / "inside")
    cache.put("a", b"one")
    cache.trim()
    assert cache.get("a") is None
