"""Front matter: cover, imprint with funding notice and history of changes, and the directories."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from assembly import german
from assembly.compose.issue import Issue
from assembly.derive import table
from assembly.document import (
    Block,
    Cover,
    Directory,
    Entry,
    Fact,
    Facts,
    Figure,
    Logos,
    Notice,
    Prose,
    Ref,
    Section,
    SectionKind,
    Table,
    Text,
)
from assembly.editions import DRAFT_MARKING, Selection
from assembly.plan import Plan
from assembly.prose import bullet_list, paragraph, plain, text_inlines
from schema.plan import Plan as Head

NUMBER_WORDS = (
    "null",
    "einem",
    "zwei",
    "drei",
    "vier",
    "fünf",
    "sechs",
    "sieben",
    "acht",
    "neun",
    "zehn",
    "elf",
    "zwölf",
)


def cover(selection: Selection, issue: Issue) -> Section:
    """Return the cover."""
    head = selection.plan.head
    fields = len(selection.plan.action_fields)
    fields_text = NUMBER_WORDS[fields] if fields < len(NUMBER_WORDS) else str(fields)
    extent = f"{german.counted(len(selection.measures), 'Maßnahme', 'Maßnahmen')} in {fields_text} Handlungsfeldern"
    facts = [
        ("Status", _status(head)),
        ("Version", f"{head.version}, Stand {german.day(issue.day)}"),
        ("Ausgabe", selection.edition.label),
        _addressees(selection, _short),
        ("Umfang", extent if fields != 1 else extent.removesuffix("ern")),
    ]
    faulty = sum(broken.kind == "measure" for broken in selection.plan.broken)
    if faulty:
        facts.append(("Fehlerhaft", f"{german.counted(faulty, 'Maßnahme', 'Maßnahmen')}, in keiner Summe enthalten"))
    examples = sum(measure.illustrative for measure in selection.measures)
    if examples:
        facts.append(("Hinweis", _illustrative(examples, len(selection.measures))))
    block = Cover(
        publisher=selection.plan.organisations[head.publisher].name
        if head.publisher in selection.plan.organisations
        else "",
        title=head.title,
        subtitle=head.subtitle,
        marking=DRAFT_MARKING,
        facts=tuple((label, value) for label, value in facts if value),
        stripes=tuple(field.colour for field in selection.plan.action_fields.values()),
        logos=selection.plan.theme.logos,
    )
    return Section("titel", SectionKind.COVER, 1, "", head.title, (block,), opens_page=True, listed=False)


def _status(head: Head) -> str:
    """Return what the history of changes calls this version; a version that it does not know is a draft."""
    return next((change.status for change in reversed(head.history) if change.version == head.version), "Entwurf")


def _addressees(selection: Selection, name: Callable[[Plan, str], str]) -> tuple[str, str]:
    """Return label and words: whom this edition is for, else whom the plan is for."""
    head = selection.plan.head
    if recipient := head.recipients.of(selection.edition.name):
        return "Empfänger", recipient
    return "Adressaten", german.listing([name(selection.plan, key) for key in head.addressees])


def _short(plan: Plan, organisation: str) -> str:
    return plan.organisations[organisation].short if organisation in plan.organisations else organisation


def _full(plan: Plan, organisation: str) -> str:
    return plan.organisations[organisation].name if organisation in plan.organisations else organisation


def _illustrative(examples: int, measures: int) -> str:
    if examples == measures:
        return "Alle Maßnahmen sind Beispieldaten." if measures > 1 else "Die Maßnahme ist ein Beispiel."
    return f"Beispieldaten sind {examples} von {measures} Maßnahmen."


def is_illustrative(plan: Plan) -> bool:
    """Tell whether anything in the plan is illustrative, so that the document must say so."""
    return plan.head.illustrative or any(measure.illustrative for measure in plan.measures.values())


def imprint(selection: Selection, issue: Issue) -> Section:
    """Return the imprint: publisher, version, funding notice, history of changes."""
    plan, head = selection.plan, selection.plan.head
    facts = (
        ("Herausgeber", _full(plan, head.publisher)),
        ("Redaktion", _full(plan, head.editor)),
        _addressees(selection, _full),
        ("Status", _status(head)),
        ("Version", f"{head.version}, Stand {german.day(issue.day)}"),
        ("Ausgabe", selection.edition.label),
        ("Zeitraum", f"{german.month(head.period.begin)} – {german.month(head.period.end)}"),
    )
    blocks: list[Block] = [Facts(tuple(Fact(label, Text(value)) for label, value in facts if value))]
    blocks += [Prose([node]) for node in plan.text("plan", "plan", "impressum")]
    if head.funding_notice:
        text = [paragraph(text_inlines(f"{head.funding_notice.text}."))]
        blocks.append(Notice("Förderhinweis", text))
    if plan.theme.logos:
        blocks.append(Logos(plan.theme.logos))
    if is_illustrative(plan) and head.illustrative_notice:
        blocks.append(Notice("Beispieldaten", [paragraph(text_inlines(head.illustrative_notice))], "warning"))
    view = table(selection, "aenderungen")
    title, empty = text_inlines("Änderungshistorie"), "" if view.rows else view.empty
    note = text_inlines(f"{view.note} Dieses Dokument gibt den Stand vom {german.day(issue.day)} wieder.")
    blocks.append(Table("aenderungshistorie", title, view.columns, view.rows, note if view.rows else [], empty=empty))
    return Section(
        "impressum", SectionKind.FRONT, 1, "", "Impressum", tuple(blocks), opens_page=True, running="Impressum"
    )


def faulty_records(selection: Selection, issue: Issue) -> Iterator[Section]:
    """Yield a marked page for records other than measures that cannot be read; only a draft is built so."""
    shown = {broken.file for broken in selection.plan.broken if broken.kind == "measure"}
    shown.update(chapter.file for chapter in selection.plan.chapters)
    faults = [finding for finding in issue.findings if finding.severity == "Fehler" and finding.file not in shown]
    items = [text_inlines(f"{f.where} {f.code}: {f.message}") for f in faults]
    if items:
        notice = Notice("Diese Einträge fehlen im Dokument und in jeder Summe", [bullet_list(items)], "warning")
        title = "Fehlerhafte Einträge"
        yield Section("fehlerhaft", SectionKind.FRONT, 1, "", title, (notice,), opens_page=True, running=title)


def directories(selection: Selection, sections: Sequence[Section]) -> Iterator[Section]:
    """Yield contents, tables, figures and abbreviations; `sections` is the whole book that they lead into."""
    yield _directory("inhalt", "Inhalt", "contents", tuple(_contents(selection, sections)), opens_page=True)
    blocks = [block for section in sections for block in section.blocks]
    tables = tuple(
        Entry(Ref(plain(block.caption), block.id), 1, f"Tabelle {block.number}")
        for block in blocks
        if isinstance(block, Table) and block.number
    )
    figures = tuple(
        Entry(Ref(plain(block.caption), block.id), 1, f"Abbildung {block.number}")
        for block in blocks
        if isinstance(block, Figure)
    )
    if tables:
        yield _directory("tabellenverzeichnis", "Tabellen", "tables", tables, opens_page=False)
    if figures:
        yield _directory("abbildungsverzeichnis", "Abbildungen", "figures", figures, opens_page=False)
    short = table(selection, "abkuerzungen")
    if short.rows:
        block = Table("abkuerzungen", text_inlines("Abkürzungen und ihre Bedeutung"), short.columns, short.rows, [])
        yield Section(
            "abkuerzungsverzeichnis",
            SectionKind.FRONT,
            1,
            "",
            "Abkürzungen",
            (block,),
            running="Abkürzungen",
            listed=False,
        )


def _contents(selection: Selection, sections: Sequence[Section]) -> Iterator[Entry]:
    """Yield the lines of the contents; sheets stand below their field where there are several."""
    listed = [section for section in sections if section.listed and section.level <= 2]
    fields = [section.field if section.kind is SectionKind.SHEET else "" for section in listed]
    divided = len({*fields} - {""}) > 1
    for section, field, before in zip(listed, fields, ["", *fields], strict=False):
        below = divided and bool(field)
        if below and field != before:
            yield Entry(Ref(selection.plan.action_fields[field].title, section.id), section.level)
        yield Entry(Ref(section.title, section.id), section.level + below, section.number)


def _directory(identifier: str, title: str, kind: str, entries: tuple[Entry, ...], *, opens_page: bool) -> Section:
    assert kind in ("contents", "tables", "figures")
    block = Directory(kind, entries)  # type: ignore[arg-type]
    return Section(
        identifier, SectionKind.FRONT, 1, "", title, (block,), opens_page=opens_page, running=title, listed=False
    )
