"""The Document as text that a person can read: what the golden file holds, and what tests search."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from assembly import german
from assembly.document import (
    Block,
    Cell,
    Cover,
    Directory,
    Document,
    Facts,
    Field,
    Figure,
    Grade,
    Logos,
    Missing,
    Money,
    Notice,
    Prose,
    Quantity,
    Ref,
    Rich,
    Schedule,
    Section,
    Several,
    Shares,
    Table,
    Term,
    Text,
    When,
)
from assembly.drawings import StackedBars, Timeline
from assembly.prose import Node, Nodes, quotation_marks


def dump(document: Document) -> str:
    """Return the whole book as text: no-break spaces print as ~, references as [words→target]."""
    lines = [f"{document.title} · {document.document} · {document.marking}", document.footer, document.file_stem]
    for section in document.sections:
        lines += ["", *_section(section)]
    return "\n".join(lines).replace(german.NBSP, "~").replace("\u202f", "~") + "\n"


def _section(section: Section) -> Iterator[str]:
    marks = [section.kind.value, section.field, *section.tags, "quer" if section.wide else ""]
    head = f"{'#' * section.level} {section.number} {section.title}".replace("  ", " ")
    yield f"{head} {{#{section.id} {' '.join(mark for mark in marks if mark)}}}"
    for block in section.blocks:
        yield from block_lines(block)


def block_lines(block: Block) -> Iterator[str]:  # noqa: C901 one case a kind of block
    """Yield the lines of one block."""
    match block:
        case Prose():
            label = f" «{block.label}»" if block.label else ""
            yield f"{_number(block.number)}{label} {prose(block.blocks)}"
        case Table():
            number = f"Tabelle {block.number} " if block.number else "Tabelle "
            yield f"{_number(block.randnummer)} {number}{{#{block.id}}} {prose(block.caption)}"
            yield "  | " + " | ".join(_ref(column.ref) if column.ref else column.title for column in block.columns)
            for row in block.rows:
                anchor = f" {{#{row.anchor}}}" if row.anchor else ""
                yield f"  {row.kind.value}: " + " | ".join(cell(item) for item in row.cells) + anchor
            yield from (f"  {words}" for words in (prose(block.note), block.empty) if words)
        case Figure():
            yield f"{_number(block.randnummer)} Abbildung {block.number} {{#{block.id}}} {prose(block.caption)}"
            yield f"  ({block.alternative})"
            yield from _drawing(block.drawing)
            yield from (f"  {words}" for words in (prose(block.note), block.empty) if words)
        case Facts():
            for fact in block.items:
                yield f"{_number(fact.number)} {fact.label}: {cell(fact.value)}"
        case Shares():
            parts = ", ".join(f"{part.label} {german.euros(part.amount.cents)}" for part in block.parts)
            yield f"{_number(block.number)} {german.euros(block.whole.cents)} {block.until}: {parts}"
        case Schedule():
            yield f"(–) {block.first_year}–{block.last_year}: {block.begin:.2f}–{block.end:.2f}, {block.alternative}"
        case Notice():
            yield f"! {block.title}: {prose(block.blocks)}"
        case Directory():
            for entry in block.entries:
                yield f"{'  ' * entry.level}{entry.number} {_ref(entry.ref)}"
        case Logos():
            yield from (f"({logo.alternative}) {logo.kind}" for logo in block.items)
        case Cover():
            yield f"{block.publisher} / {block.title} / {block.subtitle} / {block.marking}"
            yield from (f"  {label}: {words}" for label, words in block.facts)


def _number(number: Any) -> str:
    return f"({number.text})" if number else "(–)"


def _drawing(drawing: object) -> Iterator[str]:
    match drawing:
        case Timeline():
            for bar in drawing.bars:
                yield f"  {bar.id} {bar.begin:.2f}–{bar.end:.2f} nach {bar.after} {len(bar.milestones)} Meilensteine"
        case StackedBars():
            for label, cents in drawing.layers:
                yield f"  {label}: {dict(zip(drawing.columns, cents, strict=True))}"


def cell(value: Cell) -> str:  # noqa: C901 one case a kind of cell
    """Return a cell as one line."""
    match value:
        case Ref():
            return _ref(value)
        case Text() | Term():
            return value.text
        case Rich():
            return prose(value.blocks)
        case Money():
            return german.euros(value.amount.cents, unit=value.unit)
        case Quantity():
            return german.quantity(value.value, value.unit)
        case When():
            return german.moment(value.value)
        case Grade():
            return german.grade(value.value)
        case Field():
            return f"● {_ref(value.ref)}"
        case Missing():
            return "fehlt"
        case Several():
            return value.separator.replace("\n", " / ").join(cell(item) for item in value.items)
        case _:
            return "–"


def _ref(ref: Ref) -> str:
    detail = f" ({ref.detail})" if ref.detail else ""
    page = "" if ref.page and ref.target else "°"  # no page is printed
    return f"[{ref.text}{detail}→{ref.target or 'nichts'}{page}]"


def prose(tree: Nodes) -> str:
    """Return blocks or inlines as one line, with marks for what matters."""
    return " ¶ ".join("".join(_node(node)) for node in tree) if _are_blocks(tree) else "".join(map(_node, tree))


def _are_blocks(tree: Nodes) -> bool:
    return bool(tree) and tree[0]["t"] in ("Para", "Plain", "BulletList", "OrderedList", "BlockQuote", "Div", "Table")


def _node(node: Node) -> str:  # noqa: C901 one case a kind of inline
    kind, content = node["t"], node.get("c")
    match kind:
        case "Str":
            return str(content)
        case "Space" | "SoftBreak" | "LineBreak":
            return " "
        case "Ref":
            return _ref(content) if isinstance(content, Ref) else "?"
        case "Code":
            return f"`{content[1]}`" if content else ""
        case "Note":
            return f"^[{prose(content or [])}]"
        case "Para" | "Plain" | "Emph" | "Strong":
            inner = prose(content or [])
            return f"*{inner}*" if kind in ("Emph", "Strong") else inner
        case "BulletList":
            return " ".join(f"• {prose(item)}" for item in content or [])
        case "OrderedList" if content:
            return " ".join(f"{index}. {prose(item)}" for index, item in enumerate(content[1], start=content[0][0]))
        case "Quoted" if content:
            opening, closing = quotation_marks(content[0]["t"])
            return f"{opening}{prose(content[1])}{closing}"
        case "Link" | "Span" if content:
            return f"<{prose(content[1])}>"
        case _:
            return f"<{kind}>"
