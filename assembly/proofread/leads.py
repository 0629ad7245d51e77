"""Leads: where links, bookmarks and printed numbers of pages lead, and whether what they name stands there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from assembly.document import SectionKind
from assembly.paper import Box, solid
from assembly.paper.finding import Finding, Findings
from assembly.proofread.expected import PAGE
from assembly.proofread.printed import PrintedLink
from assembly.proofread.sides import Sides

OFF = 4.0  # points that a link may lie off its words, or a target below the top of them
ABOVE = 150.0  # points that a target may lie above: the field's band and a kicker of several lines stand between


def links(sides: Sides) -> Findings:
    """DRU-010: every reference is a link, and leads to what it names."""
    wanted, printed = Counter(sides.expected.links), Counter(map(_lead, sides.printed.links))
    too_many, too_few = printed - wanted, wanted - printed
    for link in sides.printed.links:
        words, aim = lead = _lead(link)
        if too_many[lead]:
            too_many[lead] -= 1
            right = next((other for other in too_few if other[0] == words and too_few[other]), None)
            instead = f" statt zu „{right[1]}“" if right else ""
            if right:
                too_few[right] -= 1
            yield Finding("DRU-010", f"Der Link „{_words(link)}“ führt zu „{aim}“{instead}.", (link.link.page,))
    for words, aim in +too_few:
        yield Finding("DRU-010", f"Der Verweis „{words.replace(PAGE, '…')}“ auf „{aim}“ ist kein Link.")


def _lead(link: PrintedLink) -> tuple[str, str]:
    return link.words, link.link.target or link.link.url


def targets(sides: Sides) -> Findings:
    """DRU-011: every target lies where what it names is printed: on that page, right above it."""
    known = sides.book.targets
    for pair in sides.pairs:
        for anchor, place in pair.anchors():
            target, mark = known.get(anchor), sides.printed.runs.between(place, place + 1)[0]
            if target is None:
                yield Finding("DRU-011", f"Das Sprungziel „{anchor}“ fehlt.", (mark.page,))
            elif target.page != mark.page:
                where = f"auf Seite {target.page}" if target.page else "auf keiner Seite"
                yield Finding("DRU-011", f"Das Sprungziel „{anchor}“ liegt {where}.", (mark.page,))
            elif (box := sides.book.box(mark)) and not -OFF < target.y - box.top < ABOVE:
                yield Finding("DRU-011", f"Das Sprungziel „{anchor}“ liegt nicht an seiner Stelle.", (mark.page,))
    for link in sides.printed.links:
        if link.link.target and link.link.target not in known:
            yield Finding(
                "DRU-011", f"Der Link „{_words(link)}“ führt zu einem Ziel, das es nicht gibt.", (link.link.page,)
            )


def numbers(sides: Sides) -> Findings:
    """DRU-012: every printed number of a page is the page of its target."""
    known = sides.book.targets
    for link in sides.printed.links:
        target = known.get(link.link.target)
        if link.number and target is not None and link.number != str(target.page):
            words = f"Gedruckt ist S. {link.number}, das Ziel „{link.link.target}“ steht auf S. {target.page}."
            yield Finding("DRU-012", words, (link.link.page,))


def places(sides: Sides) -> Findings:
    """DRU-013: a link lies over its words."""
    for link in sides.printed.links:
        marks = sides.printed.runs.between(*link.stretch)
        boxes = [sides.book.box(mark) for mark in marks if mark.page == link.link.page]
        if boxes and not any(box and _touch(box, link.link.box) for box in boxes):
            yield Finding("DRU-013", f"Der Link „{_words(link)}“ liegt nicht auf seinen Wörtern.", (link.link.page,))


def _touch(one: Box, other: Box) -> bool:
    return (
        one.left < other.right + OFF
        and other.left < one.right + OFF
        and one.bottom < other.top + OFF
        and other.bottom < one.top + OFF
    )


def outline(sides: Sides) -> Findings:
    """DRU-014: every section of the first two levels has a bookmark, which leads to its page."""
    pages = {
        anchor: sides.page(place)
        for pair in sides.pairs
        for anchor, place in pair.anchors()
        if anchor == pair.expected.section.id
    }
    wanted = [
        (solid(section.title), pages.get(section.id, 0))
        for section in sides.document.sections
        if section.kind is not SectionKind.COVER and section.level <= 2
    ]
    found = [(solid(title), target.page) for title, target in sides.book.outline]
    if len(wanted) != len(found):
        yield Finding("DRU-014", f"Das PDF hat {len(found)} Lesezeichen, das Buch {len(wanted)} Abschnitte.")
        return
    for (words, page), (title, target) in zip(wanted, found, strict=True):
        if not title.endswith(words):
            yield Finding("DRU-014", f"Ein Lesezeichen heißt „{title}“ statt „{words}“.")
        elif page and target != page:
            yield Finding("DRU-014", f"Das Lesezeichen „{title}“ führt auf Seite {target}.", (page,))


def _words(link: PrintedLink) -> str:
    return link.words.replace(PAGE, link.number)


CHECKS: tuple[Callable[[Sides], Findings], ...] = (links, targets, numbers, places, outline)
