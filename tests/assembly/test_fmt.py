"""fmt: canonical form keeps every text and every comment, is its own canonical form, and writes only what changed."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from assembly.fmt import Fate, fmt, rewritten
from assembly.layout import canonical, comments
from assembly.load import load, read_tree
from assembly.refusal import Refusal
from assembly.sources import Source
from schema.measure import Measure
from tests.plans import ROOT, SPECIMEN, copy_with
from tests.test_fuzz import _lines_mutated, _mutated

FILE = "measures/WIR/WIR-002.yaml"
RECORDS = [source for source in load(SPECIMEN)[0].files if source.kind != "chapter"]

TYPED = """\
# Über die Datei

titel: "a: b"   # dahinter
kosten:
  # investiv: {2027: 1}
id: 010
# --- ab abgestimmt
ende: "no"
beginn: 1.10 # erster Monat
folgekosten: "x"
unbekannt: 'it''s "q" \\ x'
raum: [1,   2,
   3]
ziel: >-
    foo
    bar

    baz
meilensteine:
- datum: 2027
  # über titel
  titel: x

- # über dem Eintrag
  titel: "0.7.0"
  # Fuß
beteiligte: [a, # eins
  b]
umsetzung: |+
  a

intern: "a\\nb"
# Ende
"""
WRITTEN = """\
# Über die Datei

id: 010
titel: "a: b"   # dahinter
# --- ab abgestimmt
ziel: >-
  foo
  bar

  baz
umsetzung: |+
  a

raum: [1, 2, 3]
beginn: 1.10  # erster Monat
ende: "no"
beteiligte:
  - a  # eins
  - b
kosten:
  # investiv: {2027: 1}
folgekosten: x
unbekannt: it's "q" \\ x
meilensteine:
  # über titel
  - titel: x
    datum: 2027

  # über dem Eintrag
  - titel: 0.7.0
    # Fuß
intern: |-
  a
  b
# Ende
"""


def source_of(text: str) -> Source:
    """Return a measure's source; the text must be sound YAML."""
    tree, found = read_tree(text)
    assert found == []
    return Source(FILE, "measure", text, tree)


def held(text: str) -> str:
    """Return the canonical form after holding it to everything that must be kept."""
    after = canonical(text, Measure, many=False)
    assert after is not None
    assert read_tree(after) == read_tree(text)
    assert comments(after) == comments(text)
    assert canonical(after, Measure, many=False) == after
    return after


def test_the_canonical_form_in_one_look() -> None:
    assert held(TYPED) == WRITTEN


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("a: [ ]\nb: { }\n", "a: []\nb: {}\n"),
        ("a: no\nb: 'no'\nc: '1'\nd: '~'\ne: \"\"\n", 'a: no\nb: "no"\nc: "1"\nd: "~"\ne: ""\n'),
        ("a: '#x'\nb: 'x #y'\nc: '%'\nd: '- x'\n", 'a: "#x"\nb: "x #y"\nc: "%"\nd: "- x"\n'),
        ("a: [x, 'y, z', 'q: r']\n", 'a: [x, "y, z", "q: r"]\n'),
        ("a:\n\n\n\n  b: 1\n\n\n\n  c: 2\n", "a:\n  b: 1\n\n  c: 2\n"),
        ("---\na: 1\n...\n", "a: 1\n"),
        ("a: # x\n  b # y\n", "# x\na: b # y\n".replace(" # y", "  # y")),
        ("- - a\n  - b\n-   c: 1\n    d: 2\n", "- - a\n  - b\n- c: 1\n  d: 2\n"),
        ("a: |\n      eins\n       zwei\n\n      drei\n", "a: |\n  eins\n   zwei\n\n  drei\n"),
        ("a: |2\n   eins\n  zwei\n", "a: |2\n   eins\n  zwei\n"),
        ("a: |\nb: |-\n  \n", "a:\nb:\n"),
        ("? a\n: 1\n", "a: 1\n"),
        ("{a: 1, b: [2, 3]}\n", "a: 1\nb: [2, 3]\n"),
        ("a: [\n  # nur Bemerkung\n]\n", "# nur Bemerkung\na: []\n"),
        ("a: x  # eins\nb: yy # zwei\n", "a: x  # eins\nb: yy  # zwei\n"),
        ("a: 1\n\n# Absatz\n\n# noch einer\nb: 2\n\n# Ende\n", "a: 1\n\n# Absatz\n\n# noch einer\nb: 2\n\n# Ende\n"),
        ("a: [" + "wort, " * 30 + "\n  ende]\n", "a:\n" + "  - wort\n" * 30 + "  - ende\n"),
        ("intern: {notiz: x}\nziel: y\n", "ziel: y\nintern: {notiz: x}\n"),
        ("meilensteine: [{datum: 2027-01, titel: x}]\n", "meilensteine: [{titel: x, datum: 2027-01}]\n"),
        ("kosten: {laufend: {2028: 1, 2027: 2}}\n", "kosten: {laufend: {2028: 1, 2027: 2}}\n"),
    ],
)
def test_each_form(typed: str, written: str) -> None:
    assert held(typed) == written


def test_a_heading_over_keys_stays_above_all_of_them() -> None:
    typed = "id: x\n\n# --- ab abgestimmt\nende: 2\nbeginn: 1\n\n# --- jederzeit\nzielgruppen: [x]\n"
    written = "id: x\n\n# --- ab abgestimmt\nbeginn: 1\nende: 2\n\n# --- jederzeit\nzielgruppen: [x]\n"
    assert held(typed) == written


words = st.text(st.sampled_from("aäß1 .:#-'\"\\,[]{}&*!|>%@`~?\n\t\u00a0é😀\u2028\u0308"), max_size=12)
trees = st.recursive(
    words,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words.filter(str.strip), inner, max_size=4),
    max_leaves=14,
)


class Typist:
    """Types a tree as an untidy editor would: any quotes, any indentation, blank lines, and comments everywhere."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.count = 0

    def remark(self) -> str:
        self.count += 1
        return f"# Bemerkung {self.count}"

    def above(self, indent: int) -> str:
        pick = self.chance.random()
        if pick < 0.15:
            return f"{' ' * (indent + self.chance.choice((0, 0, 0, 2)))}{self.remark()}\n"
        return "\n" if pick < 0.25 else ""

    def behind(self) -> str:
        return f" {self.remark()}\n" if self.chance.random() < 0.15 else "\n"

    def scalar(self, text: str) -> str:
        safe = text.strip() == text and text and all(x not in ":#-'\"\\,[]{}&*!|>%@`?\n\t\u2028" for x in text)
        if safe and self.chance.random() < 0.6:
            return text
        if all(x not in "\n\t\\\u2028" for x in text) and self.chance.random() < 0.5:
            return "'" + text.replace("'", "''") + "'"
        escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
        return '"' + escaped.replace("\u2028", "\\L") + '"'

    def brackets(self, tree: object) -> str:
        gap = "\n        " if self.chance.random() < 0.1 else ""
        remark = f" {self.remark()}\n        " if self.chance.random() < 0.1 else gap
        if isinstance(tree, list):
            return "[" + remark + f",{remark} ".join(map(self.brackets, tree)) + "]"
        if isinstance(tree, dict):
            pairs = [f"{self.scalar(key)}: {self.brackets(value)}" for key, value in tree.items()]
            return "{" + remark + ",  ".join(pairs) + gap + "}"
        return self.scalar(str(tree))

    def literal(self, text: str, indent: int) -> str:
        lines = text.split("\n")
        chomp = "" if text.endswith("\n") else "-"
        return f"|{chomp}{self.behind()}" + "".join(
            f"{' ' * indent}{line}\n" if line else "\n" for line in lines[: None if chomp else -1]
        )

    def value(self, tree: object, indent: int) -> str:
        """Return what stands behind a colon or a dash, the line end included."""
        if isinstance(tree, list | dict) and tree and self.chance.random() < 0.7:
            step = self.chance.choice((1, 2, 4))
            return self.behind() + self.block(tree, indent + step)
        plain_lines = isinstance(tree, str) and tree.strip() and all(x not in "\t\u2028" for x in tree)
        literal = plain_lines and not str(tree).startswith((" ", "\n")) and not str(tree).endswith("\n\n")
        if literal and self.chance.random() < 0.3:
            return " " + self.literal(str(tree), indent + 3)
        return " " + self.brackets(tree) + self.behind()

    def block(self, tree: object, indent: int) -> str:
        pad, text = " " * indent, ""
        for key, value in tree.items() if isinstance(tree, dict) else [(None, item) for item in tree]:  # type: ignore[attr-defined]
            text += self.above(indent) + pad + ("-" if key is None else f"{self.scalar(key)}:")
            text += self.value(value, indent)
        return text


@given(trees, st.randoms(use_true_random=False))
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_is_typed_keeps_its_texts_and_comments(tree: object, chance: random.Random) -> None:
    assume(isinstance(tree, list | dict) and tree)
    text = Typist(chance).block(tree, 0)
    assume(not read_tree(text)[1])
    held(text)


@given(st.sampled_from(RECORDS), st.randoms(use_true_random=False))
@settings(max_examples=100, deadline=None)
def test_a_damaged_record_is_rewritten_without_loss_or_left_alone(source: Source, chance: random.Random) -> None:
    change = chance.choice((_mutated, _lines_mutated))
    damaged = change(source.text.encode(), chance).decode("utf-8", "replace").replace("\r", "\n")
    tree, found = read_tree(damaged)
    assume(tree is not None and not found)
    after = rewritten(Source(source.file, source.kind, damaged, tree))
    if after is not None:
        assert read_tree(after) == (tree, [])
        assert comments(after) == comments(damaged)


@pytest.mark.parametrize("root", [ROOT, SPECIMEN], ids=["plan", "specimen"])
def test_our_own_plans_are_in_canonical_form(root: Path) -> None:
    outcome = fmt(root, [], check=True)
    assert len(outcome.fates) > 10
    assert {file for file, fate in outcome.fates.items() if fate is not Fate.FINE} == set()


def test_what_is_canonical_is_not_touched_and_the_rest_is_written_whole(tmp_path: Path) -> None:
    root = copy_with(tmp_path, {FILE: TYPED.replace("ß", "ß\r").replace("\r\n", "\n").encode("utf-8-sig")})
    fine = root / "measures/WIR/WIR-001.yaml"
    os.utime(fine, (1, 1))
    assert fmt(root, [], check=True).files(Fate.CHANGED) == [FILE]
    outcome = fmt(root, [], check=False)
    assert outcome.files(Fate.CHANGED) == [FILE]
    assert (root / FILE).read_bytes() == (root / FILE).read_text(encoding="utf-8").encode()
    assert fine.stat().st_mtime == 1
    os.utime(root / FILE, (1, 1))
    assert fmt(root, [root / FILE], check=False).files(Fate.FINE) == [FILE]
    assert (root / FILE).stat().st_mtime == 1
    assert not list((root / "measures").rglob(".*"))


@pytest.mark.parametrize("content", [b"a: b: c\n", b"a: 1\na: 2\n", b"\xff", b"a: &x 1\nb: *x\n", b"", b"# nur\n"])
def test_a_file_with_a_fault_is_left_alone_and_named(tmp_path: Path, content: bytes) -> None:
    root = copy_with(tmp_path, {FILE: content})
    outcome = fmt(root, [Path(FILE)], check=False)
    assert outcome.fates == {FILE: Fate.FAULTY}
    assert {found.place.file for found in outcome.faults} == {FILE}
    assert (root / FILE).read_bytes() == content


def test_a_file_that_would_lose_something_is_left_alone(tmp_path: Path) -> None:
    root = copy_with(tmp_path, {FILE: "nur ein Satz\n"})
    assert fmt(root, [Path(FILE)], check=False).fates == {FILE: Fate.KEPT}


def test_a_folder_stands_for_its_files_and_a_stranger_is_refused(tmp_path: Path) -> None:
    root = copy_with(tmp_path, {})
    assert list(fmt(root, [Path("measures/WIS")], check=True).fates) == ["measures/WIS/WIS-001.yaml"]
    with pytest.raises(Refusal, match="keine YAML-Datei") as refused:
        fmt(root, [Path("measures/WIS/WIS-01.yaml")], check=True)
    assert "WIS-001.yaml" in refused.value.hint
    with pytest.raises(Refusal):
        fmt(root, [Path("/etc/hosts")], check=True)


def test_what_yaml_would_read_as_a_number_survives_as_typed() -> None:
    typed = "id: 010\ntitel: 1.10\nziel: no\nraum: [01067000, 1_000, 0x1F, 1e3]\nende: 2027-03-01\n"
    assert rewritten(source_of(typed)) == typed
