"""Chapters: from parsed Markdown to chapters, and the calls of tables, figures and listings in them. Codes: `KAP-…`."""

from __future__ import annotations

from collections.abc import Iterator
from string import ascii_uppercase

from assembly.diagnostics import Diagnostic, Place, Severity, suggest
from assembly.plan import Chapter, Plan
from assembly.prose import Node, attributes, nodes, plain
from assembly.texts import Texts
from schema.vocabulary import EDITION_NAMES, LISTINGS, VIEWS

UNCLOSED = "Fehlt dahinter die schließende Zeile :::?"
PREFIX = {"tabelle": "tbl-", "abbildung": "fig-"}
CHAPTER_CLASSES = ("vorspann", "anlage", "quer")


def read_chapters(texts: Texts, files: tuple[str, ...]) -> tuple[tuple[Chapter, ...], list[Diagnostic]]:
    """Return the chapters in order of file name. KAP-001: a chapter does not open with its title and id."""
    chapters: list[Chapter] = []
    diagnostics: list[Diagnostic] = []
    for file in files:
        if not texts.typed[file, ()]:  # empty, or it could not be read: `load` says so
            continue
        blocks = texts.at(Place(file))
        first = blocks[0] if blocks else None
        identifier = attributes(first)[0] if first and first["t"] == "Header" and first["c"][0] == 1 else ""
        if first is None or not identifier.startswith("kap-"):
            message = "Ein Kapitel beginnt mit seinem Titel und einer Kennung."
            hint = "Beispiel für die erste Zeile: # Zeitplan {#kap-zeitplan}"
            diagnostics.append(Diagnostic("KAP-001", Severity.FAULT, Place(file), message, hint))
            continue
        _, classes, values = attributes(first)
        chapters.append(Chapter(file, identifier, first["c"][2], frozenset(classes), values, blocks[1:]))
    return tuple(chapters), diagnostics


def check_calls(plan: Plan) -> Iterator[Diagnostic]:
    """KAP-002 to KAP-008: what a div may call, where it may stand, and that no id is given twice."""
    taken: dict[str, str] = {}
    yield from _check_signs(plan.chapters)
    for chapter in plan.chapters:
        yield from _check_heading(chapter)
        heads = _heads(chapter)
        identifiers = [(chapter.id, 0)]
        for block in chapter.blocks:
            head = heads.get(id(block), 0)
            if block["t"] == "Div":
                yield from _check_call(plan, chapter, block, head)
            if block["t"] in ("Div", "Header") and attributes(block)[0]:
                identifiers.append((attributes(block)[0], head))
            yield from _check_nested(chapter, block, heads)
        for identifier, head in identifiers:
            if identifier in taken:
                where = (
                    "weiter oben in diesem Kapitel" if taken[identifier] == chapter.file else f"in {taken[identifier]}"
                )
                message = f"Die Kennung {identifier} gibt es schon {where}."
                hint = "Jede Kennung wird nur einmal vergeben."
                yield _fault("KAP-006", chapter, f"#{identifier}", message, hint, head)
            taken.setdefault(identifier, chapter.file)
    yield from _check_records(plan)


def _heads(chapter: Chapter) -> dict[int, int]:
    """Return for each heading and fenced block which of the chapter's opening lines is its own; 0 is the title's."""
    opening = [node for node in nodes(chapter.blocks, "Header", "Div") if node["t"] == "Header" or _is_fenced(node)]
    return {id(node): number for number, node in enumerate(opening, start=1)}


def _is_fenced(node: Node) -> bool:
    """Tell whether the node is a block with `:::`; pandoc also makes one of a paragraph below a line `{.class}`."""
    return node["t"] == "Div" and "wrapper" not in attributes(node)[2]


def _check_records(plan: Plan) -> Iterator[Diagnostic]:
    """KAP-002: a call stands in a record's text, where it calls nothing."""
    for (file, path), blocks in plan.texts.blocks.items():
        for block in nodes(blocks, "Div") if path else ():
            if _is_fenced(block):
                message = "Tabellen, Abbildungen und Einträge lassen sich nur in einem Kapitel aufrufen."
                hint = "Verweisen Sie hier mit @ auf die Tabelle: @tbl-…"
                yield Diagnostic("KAP-002", Severity.FAULT, Place(file, path, text=":::"), message, hint)
                break


def _check_signs(chapters: tuple[Chapter, ...]) -> Iterator[Diagnostic]:
    """KAP-007: a sign of the front matter is taken, by another chapter there or by the letter of an annex."""
    annexes = [chapter for chapter in chapters if "anlage" in chapter.classes]
    taken = {letter: chapter.file for letter, chapter in zip(ascii_uppercase, annexes, strict=False)}
    for chapter in chapters:
        sign = chapter.attributes.get("zeichen", "") if "vorspann" in chapter.classes else ""
        if sign in taken:
            message = f"Das Zeichen {sign} trägt schon {taken[sign]}; Randnummern wären doppelt."
            yield _fault("KAP-007", chapter, f"zeichen={sign}", message, "Wählen Sie ein anderes Zeichen: zeichen=Z.")
        elif sign:
            taken[sign] = chapter.file


def _check_heading(chapter: Chapter) -> Iterator[Diagnostic]:
    for name in sorted(chapter.classes - set(CHAPTER_CLASSES)):
        hint = suggest(name, CHAPTER_CLASSES) or f"Erlaubt sind: {', '.join('.' + c for c in CHAPTER_CLASSES)}."
        yield _fault("KAP-007", chapter, f".{name}", f"Ein Kapitel kann nicht „.{name}“ sein.", hint)
    for edition in chapter.attributes.get("ausgabe", "").split():
        if edition not in EDITION_NAMES:
            hint = suggest(edition, EDITION_NAMES) or f"Erlaubt sind: {', '.join(EDITION_NAMES)}."
            yield _fault("KAP-007", chapter, edition, f"Die Ausgabe „{edition}“ gibt es nicht.", hint)
    if "vorspann" in chapter.classes and not chapter.attributes.get("zeichen"):
        message = "Ein Kapitel im Vorspann braucht ein Zeichen für seine Randnummern."
        yield _fault("KAP-007", chapter, ".vorspann", message, "Beispiel: {#kap-kurzfassung .vorspann zeichen=K}")


def _check_call(plan: Plan, chapter: Chapter, block: Node, head: int) -> Iterator[Diagnostic]:
    identifier, classes, values = attributes(block)
    if any(name in LISTINGS for name in classes):
        if block["c"][1]:
            yield _fault("KAP-008", chapter, f".{classes[0]}", "In diesem Aufruf steht Text.", UNCLOSED, head)
        return
    call = next((name for name in VIEWS if name in classes), None)
    if call is None:
        words = f".{classes[0]}" if classes else ":::"
        known = [*VIEWS, *LISTINGS]
        message = "Dieser Block ruft weder eine Tabelle noch eine Abbildung noch Einträge auf."
        hint = suggest(classes[0], known) if classes else ""
        hint = hint or f"Erlaubt sind: {', '.join('.' + k for k in known)}."
        yield _fault("KAP-002", chapter, words, message, hint, head)
        return
    if len(block["c"][1]) > 1:
        message = f"Eine {call.capitalize()} hat genau einen Absatz: ihre Beschriftung."
        yield _fault("KAP-008", chapter, f"#{identifier}" if identifier else ":::", message, UNCLOSED, head)
    view = values.get("sicht", "")
    kind = next((form for form, views in VIEWS.items() if view in views), "")
    if kind and view not in VIEWS[call]:
        hint = f"Rufen Sie sie so auf: ::: {{#{PREFIX[kind]}name .{kind} sicht={view}}}"
        yield _fault("KAP-003", chapter, f"sicht={view}", f"„{view}“ ist keine {call.capitalize()}.", hint, head)
        return  # its id and its field depend on what it is
    known_views = VIEWS[call]
    if view not in known_views:
        hint = suggest(view, known_views) or f"Es gibt: {', '.join(known_views)}."
        message = f"Die Sicht „{view}“ gibt es nicht." if view else "Der Aufruf nennt keine Sicht: Es fehlt sicht=…"
        yield _fault("KAP-003", chapter, f"sicht={view}" if view else f"#{identifier}", message, hint, head)
    yield from _check_field(plan, chapter, values.get("feld"), (call, view), head)
    prefix = PREFIX[call]
    if not identifier.startswith(prefix) or not plain(block["c"][1]):
        message = f"Eine {call.capitalize()} braucht eine Kennung mit {prefix} und eine Beschriftung."
        hint = f"Beispiel: ::: {{#{prefix}name .{call} sicht={view or 'uebersicht'}}}, darunter die Beschriftung."
        yield _fault("KAP-005", chapter, f"sicht={view}" if view else ":::", message, hint, head)


def _check_field(
    plan: Plan, chapter: Chapter, field: str | None, called: tuple[str, str], head: int
) -> Iterator[Diagnostic]:
    """Yield what is wrong with `feld=` of what is called: form and view."""
    form, view = called
    if field is not None and field not in plan.action_fields:
        hint = suggest(field, plan.action_fields) or f"Es gibt: {', '.join(plan.action_fields)}."
        yield _fault("KAP-004", chapter, f"feld={field}", f"Das Handlungsfeld „{field}“ gibt es nicht.", hint, head)
    elif field is not None and view in VIEWS[form] and not VIEWS[form][view].by_field:
        message = f"Die Sicht „{view}“ lässt sich nicht auf ein Handlungsfeld eingrenzen."
        yield _fault("KAP-004", chapter, f"feld={field}", message, "Lassen Sie feld=… weg.", head)


def _check_nested(chapter: Chapter, block: Node, heads: dict[int, int]) -> Iterator[Diagnostic]:
    for node in nodes(block.get("c"), "Div"):
        name = f"#{attributes(node)[0]}" if attributes(node)[0] else ":::"
        message = "Ein Aufruf steht innerhalb eines anderen Blocks; Aufrufe stehen für sich."
        hint = "Fehlt weiter oben die schließende Zeile :::?"
        yield _fault("KAP-002", chapter, name, message, hint, heads.get(id(node), 0))


def _fault(code: str, chapter: Chapter, words: str, message: str, hint: str, head: int = 0) -> Diagnostic:
    """Return a fault at these words in one of the chapter's opening lines; `head` 0 is its title."""
    return Diagnostic(code, Severity.FAULT, Place(chapter.file, text=words, head=head), message, hint)
