"""cache: what was kept comes back whole or not at all, and folders do not grow without end."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly import parse, pipeline
from assembly.cache import Cache, key_of
from assembly.prose import Node
from tests.plans import SPECIMEN, copy_with, located

KEY = key_of(b"a")


def test_what_was_kept_comes_back(tmp_path: Path) -> None:
    cache = Cache(tmp_path, 1000)
    assert cache.get(KEY) is None
    cache.put([(KEY, b"content"), (key_of(b"b"), b"")])
    assert (cache.get(KEY), cache.get(key_of(b"b"))) == (b"content", b"")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == sorted(
        cache._path(k) for k in (KEY, key_of(b"b"))
    )


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "truncated": lambda entry: entry[:-1],
    "empty": lambda _entry: b"",
    "one byte": lambda entry: entry[:5] + b"?" + entry[6:],
    "longer": lambda entry: entry + b"x",
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_entry_counts_as_missing(tmp_path: Path, damage: str) -> None:
    cache = Cache(tmp_path, 1000)
    cache.put([(KEY, b"content")])
    path = cache._path(KEY)
    path.write_bytes(DAMAGES[damage](path.read_bytes()))
    assert cache.get(KEY) is None


def test_an_entry_under_a_foreign_name_counts_as_missing(tmp_path: Path) -> None:
    cache = Cache(tmp_path, 1000)
    cache.put([(KEY, b"content")])
    other = cache._path(key_of(b"b"))
    other.parent.mkdir(exist_ok=True)
    cache._path(KEY).rename(other)
    assert cache.get(key_of(b"b")) is None


def test_what_was_not_used_for_longest_goes_first(tmp_path: Path) -> None:
    cache = Cache(tmp_path, 3 * (32 + 10))
    keys = [key_of(bytes([number])) for number in range(4)]
    for age, key in enumerate(keys[:3]):
        cache.put([(key, b"0123456789")])
        os.utime(cache._path(key), (age, age))
    assert cache.get(keys[0]) is not None  # used again
    cache.put([(keys[3], b"0123456789")])
    assert [cache.get(key) is not None for key in keys] == [True, False, True, True]


def test_a_folder_that_cannot_be_written_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    cache = Cache(tmp_path / "file", 1000)
    cache.put([(KEY, b"content")])
    assert cache.get(KEY) is None


@given(st.lists(st.binary(max_size=3), max_size=4), st.lists(st.binary(max_size=3), max_size=4))
def test_keys_are_equal_only_for_equal_parts(first: list[bytes], second: list[bytes]) -> None:
    assert (key_of(*first) == key_of(*second)) == (first == second)


def test_a_check_with_a_memory_finds_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = copy_with(tmp_path, {"chapters/09-fall.md": "# Fall {#kap-fall}\n\n<b>x</b> und @WIR-999.\n"})
    plain = pipeline.check(plan)
    cold = pipeline.check(plan, cache=tmp_path / "cache")
    monkeypatch.setattr(parse, "_read", lambda *_: pytest.fail("a text was read again"))
    warm = pipeline.check(plan, cache=tmp_path / "cache")
    assert located(plain) == located(cold) == located(warm) != []
    assert plain.plan is not None
    assert [checked.plan and checked.plan.texts for checked in (cold, warm)] == [plain.plan.texts] * 2


def test_only_the_file_that_changed_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = copy_with(tmp_path, {})
    pipeline.check(plan, cache=tmp_path / "cache")
    (plan / "chapters/09-fall.md").write_text("# Fall {#kap-fall}\n\nNeu.\n", encoding="utf-8")
    read, seen = parse._read, list[str]()

    def spy(texts: list[str], seconds: int = 30) -> list[Node]:
        seen.extend(texts)
        return read(texts, seconds)

    monkeypatch.setattr(parse, "_read", spy)
    pipeline.check(plan, cache=tmp_path / "cache")
    assert seen == ["# Fall {#kap-fall}\n\nNeu.\n"]


def test_a_text_that_could_not_be_read_is_not_remembered(tmp_path: Path) -> None:
    plan = copy_with(tmp_path, {"chapters/09-fall.md": "# Fall {#kap-fall}\n\n" + ">" * 60 + " x\n"})
    first = pipeline.check(plan, cache=tmp_path / "cache")
    again = pipeline.check(plan, cache=tmp_path / "cache")
    assert [found.code for found in first.faults] == [found.code for found in again.faults] == ["TXT-005"]


def test_a_check_without_a_memory_writes_nothing() -> None:
    before = sorted(SPECIMEN.rglob("*"))
    pipeline.check(SPECIMEN)
    assert sorted(SPECIMEN.rglob("*")) == before
