"""Wording: what a text should not be printed with: unexplained abbreviations, placeholders, names. Codes: `TXT-…`.

All of these are warnings: they read words, and words may be meant otherwise. Internal notes may say what they like,
but not call the plan by a name that is to be avoided.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace

from assembly.diagnostics import Diagnostic, Severity, suggest
from assembly.plan import Plan
from assembly.resolve.passages import NO_WORD, Passage, passages

Passages = tuple[Passage, ...]

# --- abbreviations --------------------------------------------------------------------------------------------------

COMPOUND = re.compile(r"[^\W_]\w*(?:-\w+)*\+?")
ADDRESS = re.compile(r"\S+://\S+|\S+@\S+|www\.\S+")
UNIT = re.compile(r"(?<=\d)\s*(?:[kMGT]?(?:Wh?|VA|Hz|B|[Bb]it/s)|EUR)(?!\w)")
ROMAN = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")


def abbreviations(text: str, ids: Collection[str] = ()) -> Iterator[str]:
    """Yield the abbreviations of a text: „ÖPNV“ and „InvKG“, but not „XIV“, „5 MW“, „BürgerInnen“ or one of the ids.

    An abbreviation has two capitals or more and no more small letters than capitals; a plural's „s“ is not counted.
    """
    for compound in COMPOUND.findall(UNIT.sub(" ", ADDRESS.sub(" ", text))):
        if compound[1:].islower():  # nearly every word: it has one capital at most
            continue
        for part in _without_id(compound, ids).split("-"):
            word = part[:-1] if part.endswith("s") and part[-2:-1].isupper() else part
            capitals = sum(letter.isupper() for letter in word)
            small = sum(letter.islower() for letter in word)
            if capitals >= 2 and small <= capitals and not ROMAN.fullmatch(word):
                yield word


def _without_id(compound: str, ids: Collection[str]) -> str:
    """Return what follows the id that the word begins with: `WIR-004-Antrag` → `Antrag`."""
    candidate = compound
    while candidate and candidate not in ids:
        candidate = candidate.rpartition("-")[0]
    return compound[len(candidate) :]


def check_abbreviations(plan: Plan, texts: Passages) -> Iterator[Diagnostic]:
    """TXT-007: an abbreviation of a Markdown text is not in the glossary; named once a file."""
    if any(broken.kind == "glossary" for broken in plan.broken):
        return
    known, seen = _explained(plan), set[tuple[str, str]]()
    ids = _ids(plan)
    for passage in texts:
        if not passage.markdown or passage.internal:
            continue
        for word in abbreviations(passage.text, ids):
            key = (passage.place.file, word)
            if key in seen or _plain(word) in known or PLACEHOLDER.fullmatch(word):
                continue
            seen.add(key)
            message = f"Die Abkürzung „{word}“ steht nicht im Glossar."
            near = suggest(word, known)
            hint = "Schreiben Sie das Wort aus, oder erklären Sie es in framework/glossary.yaml mit kurz."
            place = replace(passage.place, text=word)
            yield Diagnostic("TXT-007", Severity.WARNING, place, message, f"{near} {hint}".strip())


def _ids(plan: Plan) -> frozenset[str]:
    """Return what is an id, or begins ids, and is no abbreviation; sources of money and former ids included."""
    ids = {*plan.known, *plan.records.known("measure"), *plan.funding_sources}
    ids.update(former for measure in plan.measures.values() for former in measure.former_ids)
    return frozenset(ids | {known.partition("-")[0] for known in ids if known[:1].isupper()})


def _explained(plan: Plan) -> frozenset[str]:
    """Return all words that need no entry of their own: of the glossary and of short names."""
    named: list[str] = []
    for term in plan.glossary.values():
        named += [term.term, term.short or ""]
    named += [organisation.short for organisation in plan.organisations.values()]
    named += [part for source in plan.funding_sources.values() for part in (source.id, source.short)]
    named += [district.short for district in plan.districts.values()]
    return frozenset(_plain(part) for name in named for word in COMPOUND.findall(name) for part in word.split("-"))


def _plain(word: str) -> str:
    """CO₂ → CO2, ESF+ → ESF: how words are compared."""
    return unicodedata.normalize("NFKC", word).rstrip("+")


# --- what is not finished -------------------------------------------------------------------------------------------

PLACEHOLDER = re.compile(
    r"(?<![\w-])(?:todo|tbd|t\.\s?b\.\s?d\.|fixme|x{3,}|lorem\s+ipsum|\?{3,})(?!-?\w)", re.IGNORECASE
)
ALONE = re.compile(r"\s*(\.{3}|…|\[\s*(?:…|\.{3})\s*\]|\(\s*(?:…|\.{3})\s*\)|\?+)\s*")


def placeholders(text: str) -> Iterator[str]:
    """Yield what stands in for words that are still to come."""
    if match := ALONE.fullmatch(text):
        yield match[1]
    else:
        yield from PLACEHOLDER.findall(text)


def check_placeholders(_plan: Plan, texts: Passages) -> Iterator[Diagnostic]:
    """TXT-008: a text or key holds a placeholder."""
    hint = "Ersetzen Sie ihn durch den Text, oder lassen Sie den Schlüssel weg: Was fehlt, zeigt check von selbst."
    found = ((passage, word) for passage in texts if not passage.internal for word in placeholders(passage.text))
    yield from _warnings("TXT-008", found, "Hier steht ein Platzhalter: „{}“.", hint)


# --- names ----------------------------------------------------------------------------------------------------------


def check_aliases(plan: Plan, texts: Passages) -> Iterator[Diagnostic]:
    """TXT-009: the plan is called by a name that is to be avoided (`vermeiden` in plan.yaml); titles of sources may."""
    if not plan.head.aliases:
        return
    title = re.compile(_spaced(plan.head.title), re.IGNORECASE)
    avoided = re.compile(rf"(?<!\w)(?:{'|'.join(map(_spaced, plan.head.aliases))})(?!\w)", re.IGNORECASE)
    found = (
        (passage, words)
        for passage in texts
        if passage.kind != "source" and not (passage.kind == "plan" and passage.place.path[0] == "vermeiden")
        for words in avoided.findall(title.sub(NO_WORD, passage.text))
    )
    message = "„{}“ ist kein Name für diesen Plan (vermeiden in framework/plan.yaml)."
    yield from _warnings("TXT-009", found, message, f"Der Plan heißt „{plan.head.title}“.")


def _spaced(name: str) -> str:
    """Return a pattern of the name for any blanks between its words, and with the genitive of each."""
    return r"\s+".join(rf"{re.escape(word)}(?:e?s)?" for word in name.split())


_ACADEMIC = (
    r"(?:Prof\.|Dr\.(?:-Ing\.)?|Dipl\.-\w+\.?|(?:h\.\s?c|mult|habil|med|dent|vet|rer|nat|phil|jur|iur|pol|oec)\.)"
)
_NAME = r"(?:[A-ZÄÖÜ]\.\s*)*(?:(?:von|vom|van|zu|zur|der|den|de)\s+)*[A-ZÄÖÜ](?:[\w’'-]+|\.)"
PERSON = re.compile(
    rf"(?<![\w.-])(?:(?P<polite>Herrn?|Frau)\s+(?:{_ACADEMIC}\s+)*|(?:Prof\.|Dr\.(?:-Ing\.)?)\s+(?:{_ACADEMIC}\s+)*){_NAME}"
)
# „Jede Frau Zugang …“: after these words „Frau“ and „Herr“ are nouns, and what follows is the next noun.
DETERMINERS = re.compile(
    r"\b(?:(?:jed|ein|kein|dies|jen|manch|welch|ihr|sein|unser)(?:e|er|em|en)?|der|die|den|dem|als|pro|je)\s+$",
    re.IGNORECASE,
)
EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[^\W\d_]{2,}(?!\w)")
RESERVED = re.compile(r"(?:[@.]example\.(?:org|com|net)|\.(?:example|invalid|test))$", re.IGNORECASE)


def persons(text: str) -> Iterator[str]:
    """Yield the names of persons with their titles: „Frau Dr. Muster“."""
    for match in PERSON.finditer(text):
        if not (match["polite"] and DETERMINERS.search(text, 0, match.start())):
            yield match[0]


def addresses(text: str) -> Iterator[str]:
    """Yield the e-mail addresses; those reserved for examples (RFC 2606) belong to nobody."""
    yield from (address for address in EMAIL.findall(text) if not RESERVED.search(address))


def check_persons(_plan: Plan, texts: Passages) -> Iterator[Diagnostic]:
    """TXT-010: a text names a person; titles of sources may."""
    public = (passage for passage in texts if not passage.internal and passage.kind != "source")
    found = ((passage, name) for passage in public for name in persons(passage.text))
    hint = "Nennen Sie Amt, Stelle oder Gruppe; Namen gehören höchstens nach intern."
    yield from _warnings("TXT-010", found, "Hier steht der Name einer Person: „{}“.", hint)


def check_addresses(_plan: Plan, texts: Passages) -> Iterator[Diagnostic]:
    """TXT-011: a text gives an e-mail address."""
    found = ((passage, mail) for passage in texts if not passage.internal for mail in addresses(passage.text))
    hint = "Nennen Sie die Stelle; Adressen veralten und gehören höchstens nach intern."
    yield from _warnings("TXT-011", found, "Hier steht eine E-Mail-Adresse: {}.", hint)


# --- all of them ----------------------------------------------------------------------------------------------------

WORDING_RULES: tuple[Callable[[Plan, Passages], Iterator[Diagnostic]], ...] = (
    check_abbreviations,
    check_placeholders,
    check_aliases,
    check_persons,
    check_addresses,
)


def check_wording(plan: Plan) -> Iterator[Diagnostic]:
    """TXT-007 to TXT-011: read every text once and hold it against all rules of wording."""
    texts = tuple(passages(plan))
    for rule in WORDING_RULES:
        yield from rule(plan, texts)


def _warnings(code: str, found: Iterable[tuple[Passage, str]], message: str, hint: str) -> Iterator[Diagnostic]:
    """Yield a warning at each of the words; the same words in one value are told apart by their count."""
    seen: Counter[tuple[object, str]] = Counter()
    for passage, words in found:
        nth = seen[passage.place, words]
        seen[passage.place, words] += 1
        place = replace(passage.place, text=words, nth=nth)
        yield Diagnostic(code, Severity.WARNING, place, message.format(words), hint)
