"""Hyphens: where German words part, and that both ways of laying out a book ask here."""

from __future__ import annotations

import pyphen
import pytest

from assembly.render_pdf.hyphens import JOINTS, German, Level, use_german


@pytest.fixture(scope="module")
def words() -> pyphen.Pyphen:
    """Return pyphen as WeasyPrint has it, with the least of a piece that the style sheet asks for in texts."""
    use_german()
    return pyphen.Pyphen(lang="de-DE", left=4, right=3)


@pytest.mark.parametrize(
    "parted",
    [
        "Mach-bar-keits-stufe",
        "Nach-bar-be-triebe",
        "Perso-nal-schlüs-sel",
        "Über-gabe-checks",
        "Johann-geor-gen-stadt",
        "Drei-schicht-be-trieb",
        "Strom-an-schluss",
        "Bundes-straße",
        "Schwar-zen-berg",
        "Kreis-lauf-wirt-schafts-zen-trum",
        "Weiter-bil-dungs-ver-bund",
        "Frei-gabe",
        "Indus-trie-strom-netz",
        "Indus-tri-ell",
        "Batte-rie-re-cy-cling",
        "Fahr-zeug-an-trieb",
        "Kosten-de-ckung",
        "Unfall-sze-na-rien",
        "Verstand",
    ],
)
def test_compounds_part_at_their_joints(words: pyphen.Pyphen, parted: str) -> None:
    assert words.inserted(parted.replace("-", "")) == parted


def test_capitals_make_no_difference(words: pyphen.Pyphen) -> None:
    assert words.inserted("PERSONALSCHLÜSSEL") == "PERSO-NAL-SCHLÜS-SEL"


@pytest.mark.parametrize(
    "word", ["Zuständigkeit", "Landesdirektion", "Sachsen", "Öffentlichkeit", "x", "straße", "GRW"]
)
def test_a_level_reads_patterns_as_pyphen_does(word: str) -> None:
    path = pyphen.LANGUAGES["de_DE"]
    _, _, content = path.read_bytes().partition(b"\n")
    values = Level(content.decode("iso8859-1").replace("\nNEXTLEVEL", "\n")).values(word.lower())
    stock = pyphen.HyphDict(path).positions(word)
    assert [place for place, value in enumerate(values) if value % 2] == [place for place in stock if place < len(word)]


def test_the_dictionary_is_read_once() -> None:
    use_german()
    known = pyphen.hdcache[pyphen.LANGUAGES["de_DE"]]
    use_german()
    assert isinstance(known, German)
    assert pyphen.hdcache[pyphen.LANGUAGES["de_DE"]] is known


def test_joints_are_written_in_small_letters_and_tell_a_break() -> None:
    assert len(JOINTS) == len(set(JOINTS)) > 20
    assert all("-" in joint and joint == joint.lower() for joint in JOINTS)
