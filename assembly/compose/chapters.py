"""Chapters: Markdown blocks become sections with numbered paragraphs, tables, figures and the listings they call."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assembly import german
from assembly.compose.issue import Finding, Issue
from assembly.compose.numbering import Numbering, randnummer
from assembly.compose.portraits import portraits
from assembly.compose.report import defects, findings, open_points
from assembly.compose.sheets import sharing_pages, sheet
from assembly.derive import figure, table
from assembly.derive.cells import TableView
from assembly.derive.finance import continued, years_of
from assembly.document import (
    BETWEEN,
    Block,
    Figure,
    Notice,
    Prose,
    Randnummer,
    Section,
    SectionKind,
    Table,
)
from assembly.drawings import Flow, wants_breadth
from assembly.editions import Selection
from assembly.plan import Chapter
from assembly.prose import Node, Nodes, attributes, bullet_list, paragraph, plain, text_inlines
from schema.vocabulary import FIGURES, LISTINGS, TABLES


def chapter_sections(selection: Selection, issue: Issue, chapter: Chapter, numbering: Numbering) -> Iterator[Section]:
    """Yield the sections of one chapter: the chapter itself, its headings, and what its listings print."""
    section = _open(chapter, numbering)
    blocks: list[Block] = list(_fault_notice(issue.of(chapter.file)))
    lead = True
    for node in chapter.blocks:
        if node["t"] == "Header":
            yield _holding(section, blocks)
            section, blocks = _heading(section, node, numbering, chapter), []
            lead = False
        elif node["t"] == "Div" and (called := _called(node)) in CALLS and not selection.may_print(called):
            continue
        elif node["t"] == "Div" and (listing := _listing(node)) in LISTED:
            produced = list(_listed(listing, selection, issue, section.running))
            if produced:
                yield _holding(section, blocks)
                yield from produced[:-1]
                section, blocks = produced[-1], list(produced[-1].blocks)
        elif node["t"] == "Div" and listing:
            blocks.append(replace(_report(listing, selection, issue), randnummer=numbering.next_paragraph()))
        elif node["t"] == "Div":
            blocks += _call(selection, node, numbering)
        else:
            blocks.append(Prose([node], numbering.next_paragraph(), lead=lead and node["t"] == "Para"))
            lead = False
    yield _holding(section, blocks)


def _holding(section: Section, blocks: Sequence[Block]) -> Section:
    """Return the section with these blocks; a flow between two landscape ones lies as they do.

    Upright, it would have half a page to itself.
    """
    settled = [
        replace(block, wide=True)
        if isinstance(block, Figure) and isinstance(block.drawing, Flow) and _lies(before) and _lies(after)
        else block
        for before, block, after in zip([None, *blocks], blocks, [*blocks[1:], None], strict=False)
    ]
    return replace(section, blocks=tuple(settled))


def _lies(block: Block | None) -> bool:
    return isinstance(block, Table | Figure) and block.wide


def called_views(selection: Selection, chapter: Chapter) -> frozenset[str]:
    """Return the views that a chapter calls and the edition prints."""
    called = {attributes(node)[2].get("sicht", "") for node in chapter.blocks if node["t"] == "Div"}
    return frozenset(view for view in called if view in CALLS and selection.may_print(view))


def _open(chapter: Chapter, numbering: Numbering) -> Section:
    title = plain(chapter.title)
    number = kicker = ""
    if "vorspann" in chapter.classes:
        kind = SectionKind.FRONT
        numbering.open_front(chapter.attributes.get("zeichen", ""))
    elif "anlage" in chapter.classes:
        kind = SectionKind.ANNEX
        number = numbering.open_annex()
        kicker = f"Anlage {number}"
    else:
        kind = SectionKind.CHAPTER
        number = numbering.open_chapter()
        kicker = f"Kapitel {number}"
    running = f"{number} {title}".strip()
    wide = "quer" in chapter.classes
    return Section(chapter.id, kind, 1, number, title, (), opens_page=True, wide=wide, running=running, kicker=kicker)


def _heading(before: Section, node: Node, numbering: Numbering, chapter: Chapter) -> Section:
    level = min(3, max(2, node["c"][0]))
    number = numbering.next_section() if level == 2 else ""
    numbering.heading += 1
    identifier = attributes(node)[0] or f"{chapter.id}-{numbering.heading}"
    title = plain(node["c"][2])
    return Section(
        identifier, SectionKind.SECTION, level, number, title, (), running=before.running, listed=bool(number)
    )


def _call(selection: Selection, node: Node, numbering: Numbering) -> Iterator[Block]:
    """Yield the table or figure that a div calls; the checks have seen that view, form and field exist."""
    identifier, classes, values = attributes(node)
    caption: Nodes = [inline for block in node["c"][1] if block["t"] in ("Para", "Plain") for inline in block["c"]]
    view_name, field, wide = values.get("sicht", ""), values.get("feld", ""), "quer" in classes
    number = numbering.next_paragraph()
    if "tabelle" in classes:
        yield from _tables(
            identifier, caption, table(selection, view_name, field), numbering.next_table(), wide, number
        )
    else:
        shown = figure(selection, view_name, field)
        yield Figure(
            identifier,
            numbering.next_figure(),
            caption,
            shown.alternative,
            shown.drawing,
            text_inlines(shown.note) if shown.drawing else [],
            "" if shown.drawing else shown.empty,
            wide and shown.drawing is not None and wants_breadth(shown.drawing),
            number,
        )


def _tables(
    identifier: str, caption: Nodes, view: TableView, number: int, wide: bool, margin: Randnummer
) -> Iterator[Table]:
    """Yield a table that a chapter calls; one of too many years goes on in tables without a number of their own."""
    first, *more = continued(view)
    wide = wide and len(first.rows) > FEW_ROWS
    yield Table(
        identifier,
        caption,
        first.columns,
        first.rows,
        text_inlines(first.note) if first.rows else [],
        number,
        "" if first.rows else first.empty,
        (wide or first.wide) and bool(first.rows),
        margin,
    )
    for part in more:
        years = years_of(part)
        title = text_inlines(f"Fortsetzung von Tabelle {number}: {years}")
        note = text_inlines(part.note)
        yield Table(f"{identifier}-{years[:4]}", title, part.columns, part.rows, note, wide=wide or part.wide)


def _listing(node: Node) -> str:
    return next((name for name in attributes(node)[1] if name in LISTINGS), "")


def _called(node: Node) -> str:
    """Return the listing or view that a div calls."""
    return _listing(node) or attributes(node)[2].get("sicht", "")


def _fault_notice(findings: tuple[Finding, ...]) -> Iterator[Notice]:
    """Yield a marked box with the faults of a chapter: only a draft is built in spite of them."""
    faults = [finding for finding in findings if finding.severity == "Fehler"]
    if faults:
        items = [text_inlines(f"{finding.where} {finding.code}: {finding.message}") for finding in faults]
        yield Notice("Dieses Kapitel ist fehlerhaft", [bullet_list(items)], "warning")


FEW_ROWS = 8  # up to so many a table lies landscape only where its breadth asks for it
CALLS = frozenset({*LISTINGS, *TABLES, *FIGURES})
CHAPTER = 26  # characters of the chapter in a running head: the title of the sheet follows
LISTED = ("visionsaussagen", "handlungsfelder", "massnahmen")


def _listed(listing: str, selection: Selection, issue: Issue, running: str) -> Iterator[Section]:
    """Yield what a listing prints as sections."""
    if listing == "visionsaussagen":
        yield from _vision(selection, running)
    elif listing == "handlungsfelder":
        yield from portraits(selection, german.shortened(running, CHAPTER))
    else:
        yield from _sheets(selection, issue, german.shortened(running, CHAPTER))


# --- listings: what `::: {.massnahmen}` and its like print ----------------------------------------------------------


def _vision(selection: Selection, running: str) -> Iterator[Section]:
    """Yield the vision statements, each a section with its claim and explanation."""
    for key, statement in selection.plan.vision.items():
        explanation = selection.plan.text("vision", key, "erlaeuterung")
        fields = ", ".join(selection.plan.action_fields[field].title for field in statement.action_fields)
        blocks = (
            Prose([paragraph(text_inlines(statement.claim))], randnummer(key, 1), lead=True),
            *(Prose([node], randnummer(key, index)) for index, node in enumerate(explanation, start=2)),
            Prose([paragraph(text_inlines(f"Dazu tragen bei: {fields}."))], randnummer(key, len(explanation) + 2)),
        )
        yield Section(
            key, SectionKind.SECTION, 2, key, statement.title, blocks, running=running, kicker="Visionsaussage"
        )


def _sheets(selection: Selection, issue: Issue, chapter: str) -> Iterator[Section]:
    """Yield the sheet of every measure that the edition prints; a draft marks those that cannot be read."""
    yield from sharing_pages([sheet(selection, measure, issue.day, chapter) for measure in selection.measures])
    for position, broken in enumerate(selection.plan.broken):
        if broken.kind == "measure" and selection.shows_broken(broken):
            identifier = f"fehlerhaft-{position}" if broken.id in selection.plan.measures else broken.id
            items = [text_inlines(f"{f.where} {f.code}: {f.message}") for f in issue.of(broken.file)]
            notice = Notice("Dieser Eintrag ist fehlerhaft und zählt in keiner Summe", [bullet_list(items)], "warning")
            title = broken.title or "fehlerhafter Eintrag"
            yield Section(
                identifier,
                SectionKind.SHEET,
                2,
                broken.id,
                title,
                (notice,),
                opens_page=True,
                running=f"{chapter}{BETWEEN}{broken.id} {title}",
                kicker=f"{broken.id} · fehlerhaft",
            )


def _report(listing: str, selection: Selection, issue: Issue) -> Table:
    """Return the table of a listing that reports on the state of the plan."""
    if listing == "pruefbericht":
        return _plain_table(listing, "Befunde der Prüfung", findings(selection, issue))
    if listing == "offene-punkte":
        return _plain_table(listing, "Offene Punkte", open_points(selection))
    return _plain_table(listing, "Mängelliste", defects(selection))


def _plain_table(identifier: str, title: str, view: TableView) -> Table:
    note = text_inlines(view.note) if view.rows else []
    return Table(identifier, text_inlines(title), view.columns, view.rows, note, empty="" if view.rows else view.empty)
