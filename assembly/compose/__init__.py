"""compose: Plan → Document. One book: sections, blocks, numbers, references, settled once for all formats."""

from __future__ import annotations

import re
from dataclasses import replace

from assembly import german
from assembly.compose.chapters import called_views, chapter_sections
from assembly.compose.citations import Citations, anchors_of, labels_of, single_anchors
from assembly.compose.front import cover, directories, faulty_records, imprint, is_illustrative
from assembly.compose.issue import Finding, Issue
from assembly.compose.numbering import Numbering
from assembly.derive.data import Printed, data
from assembly.derive.registers import abbreviation_pairs
from assembly.document import Document, Figure, Section, Table
from assembly.editions import DRAFT_MARKING, Selection
from assembly.plan import Chapter

__all__ = ["Finding", "Issue", "compose"]


def compose(selection: Selection, issue: Issue) -> Document:
    """Return the book of one edition. The plan is sound, or a draft whose broken records have been put aside."""
    issue = _visible(selection, issue)
    body = single_anchors(_body(selection, issue))
    whole = [cover(selection, issue), imprint(selection, issue), *faulty_records(selection, issue), *body]
    citations = Citations(selection, labels_of(whole), anchors_of(whole))
    resolved = [citations.resolve(section) for section in whole]
    front_end = next((index for index, section in enumerate(resolved) if section.kind.value == "chapter"), len(whole))
    listed = directories(selection, resolved[len(whole) - len(body) :])  # of the resolved: a caption may cite
    return _document(selection, issue, (*resolved[:front_end], *listed, *resolved[front_end:]))


def _visible(selection: Selection, issue: Issue) -> Issue:
    """Return the issue without findings on what the edition does not print: a message quotes what it is about."""
    shown = tuple(finding for finding in issue.findings if selection.shows_finding(finding.file, finding.path))
    return replace(issue, findings=shown)


def _body(selection: Selection, issue: Issue) -> list[Section]:
    """Return the chapters in the order front matter, chapters, annexes; within each in order of file name."""
    numbering = Numbering()
    ordered = sorted(selection.plan.chapters, key=_rank)  # a stable sort: the order of the files stays
    body: list[Section] = []
    for before, chapter in zip([None, *ordered], ordered, strict=False):
        opening, *more = chapter_sections(selection, issue, chapter, numbering)
        joins = before is not None and _rank(before) == _rank(chapter) == ANNEX and _is_hollow([opening, *more])
        body += [replace(opening, opens_page=not joins), *more]
    return body


def _is_hollow(sections: list[Section]) -> bool:
    """Tell whether an annex lists nothing: a page of its own would be nearly empty."""
    listed = [block for section in sections for block in section.blocks if isinstance(block, Table | Figure)]
    return bool(listed) and all(block.empty for block in listed)


ANNEX = 2  # the rank of annexes: they stand last


def _rank(chapter: Chapter) -> int:
    return 0 if "vorspann" in chapter.classes else ANNEX if "anlage" in chapter.classes else 1


def _document(selection: Selection, issue: Issue, sections: tuple[Section, ...]) -> Document:
    plan, head = selection.plan, selection.plan.head
    illustrative = is_illustrative(plan)
    footer = [head.document, f"Version {head.version}", german.day(issue.day), selection.edition.label]
    views = frozenset().union(*(called_views(selection, chapter) for chapter in selection.plan.chapters))
    printed = Printed(anchors_of(list(sections)), views)
    stem = [head.document, head.version, selection.edition.name, "Entwurf", issue.day.isoformat(), issue.commit]
    return Document(
        title=head.title,
        document=head.document,
        version=head.version,
        edition=selection.edition.label,
        marking=DRAFT_MARKING,
        footer=" · ".join([*footer, "Beispieldaten"] if illustrative else footer),
        day=issue.day,
        language="de-DE",
        publisher=plan.organisations[head.publisher].name if head.publisher in plan.organisations else head.publisher,
        subject=head.subtitle,
        keywords=(head.document, *(field.title for field in plan.action_fields.values())),
        illustrative=illustrative,
        theme=plan.theme,
        field_colours=tuple((key, field.colour) for key, field in plan.action_fields.items()),
        sections=sections,
        file_stem=re.sub(r"[^\w.+-]+", "-", "-".join(part for part in stem if part)),  # a name, never a path
        api_version=plan.texts.api_version,
        abbreviations=abbreviation_pairs(plan),
        attachments=data(selection, printed, issue.day),
    )
