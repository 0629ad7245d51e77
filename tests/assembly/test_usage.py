"""usage: a wrong call is told in German what is wrong with it, and which word may have been meant."""

from __future__ import annotations

import pytest

import build


def _said(call: str, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """Return the lines before the usage of a call that fails as a call."""
    with pytest.raises(SystemExit) as left:
        build.main(call.split())
    said = capsys.readouterr()
    assert left.value.code == 2
    assert said.out == ""
    problems, usage = said.err.split("Aufruf: ")
    assert usage.split("\n")[-2].startswith("Hilfe: ./build.py")
    for english in ("invalid", "choose", "required", "argument", "expected", "unrecognized", "usage"):
        assert english not in said.err
    return problems.strip().split("\n")


@pytest.mark.parametrize(
    ("call", "problems"),
    [
        ("", ["Der Befehl fehlt. Es gibt: check, explain, build, schema, new, status, fmt, inspect."]),
        ("chek", ["Den Befehl „chek“ gibt es nicht. Meinten Sie „check“?"]),
        (
            "drucken",
            ["Den Befehl „drucken“ gibt es nicht. Es gibt: check, explain, build, schema, new, status, fmt, inspect."],
        ),
        ("--strict check", ["Die Option --strict steht hinter dem Befehl, nicht davor, oder es gibt sie nicht."]),
        ("check --strikt", ["Die Option --strikt gibt es hier nicht. Meinten Sie „--strict“?"]),
        ("check --str", ["Die Option --str gibt es hier nicht. Meinten Sie „--strict“?"]),
        ("check --xyz", ["Die Option --xyz gibt es hier nicht."]),
        ("check --strict=ja", ["--strict steht allein, ohne „=ja“."]),
        ("check measures", ["Mit „measures“ ist hier nichts anzufangen."]),
        ("check --report jsn", ["--report: „jsn“ gibt es nicht. Meinten Sie „json“?"]),
        ("check --report=xml", ["--report: „xml“ gibt es nicht. Es gibt: text, json, github, sarif."]),
        ("status --feld", ["Nach --feld fehlt der Wert (nur ein Handlungsfeld, zum Beispiel WIR)."]),
        ("build --format pfd,docx", ["--format: „pfd“ gibt es nicht. Meinten Sie „pdf“?"]),
        (
            "build --edition --draft",
            ["Nach --edition fehlt der Wert (Ausgabe: intern, ressort, kabinett, oeffentlich)."],
        ),
        (
            "build --edition intrn --drft",
            [
                "--edition: „intrn“ gibt es nicht. Meinten Sie „intern“?",
                "Die Option --drft gibt es hier nicht. Meinten Sie „--draft“?",
            ],
        ),
        ("new masnahme", ["Die Art „masnahme“ gibt es nicht. Meinten Sie „massnahme“?"]),
        (
            "new massnahme --feld WIR",
            [
                "Die Option --feld gibt es hier nicht. Meinten Sie „--handlungsfeld“?",
                "Es fehlt --handlungsfeld (Schlüssel des Handlungsfelds, zum Beispiel WIR).",
            ],
        ),
        ("explain FIN-001 FIN-002", ["Mit „FIN-002“ ist hier nichts anzufangen."]),
    ],
)
def test_a_wrong_call_is_told_what_is_wrong(call: str, problems: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert _said(call, capsys) == problems


@pytest.mark.parametrize("call", ["new", "new veranstaltung", "new massnahme --titel"])
def test_whatever_is_missing_is_named(call: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert all("fehlt" in problem for problem in _said(call, capsys))
