"""skeleton: a model → a YAML record that guides whoever fills it in; the words are those of the model.

Each key stands with its German title and description as a comment above it. A key without a value counts as not
filled in (`load`), so nothing has to be deleted. A measure's keys stand in the blocks of its status table.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pydantic.fields import FieldInfo

from assembly.scalar_text import plain
from assembly.theme import NEUTRAL
from schema.base import Record
from schema.measure import Measure, Status
from schema.shape import below, keys_of, record_in, term_in
from schema.status import LADDER, REQUIRED
from schema.theme import Colours, Faces, Logo, Theme, Typefaces

HEADINGS = {
    Status.IDEA: "",
    Status.DRAFT: "ab Entwurf",
    Status.AGREED: "ab abgestimmt",
    Status.READY: "für Beschlussreife",
}
AT_ANY_TIME = "jederzeit"


def record(model: type[Record], values: Mapping[str, str], head: str) -> str:
    """Return a whole file: `head` as comment, then every key of the model, those of `values` filled in."""
    lines = [*(f"# {line}".rstrip() for line in head.split("\n")), ""]
    heading = ""
    for key, field in keys_of(model).items():
        block = _block(key) if model is Measure else ""
        if block != heading:
            lines += ["", f"# --- {block}"]
            heading = block
        lines += _key(model, key, field, values.get(key, ""))
    return "\n".join(lines) + "\n"


def theme(head: str) -> str:
    """Return the file of a theme: the neutral colours to be changed, typefaces and logos as comments."""
    lines = [*(f"# {line}".rstrip() for line in head.split("\n")), "", f"# {_described(Theme, 'colours')}", "farben:"]
    for name, field in Colours.model_fields.items():
        lines += [f"  # {field.title}: {field.description}", f'  {field.alias}: "{NEUTRAL.colours[name]}"']
    lines += ["", f"# {_described(Theme, 'typefaces')}", "# schriften:"]
    for typeface in Typefaces.model_fields.values():
        lines.append(f"#   {typeface.alias}:  # {typeface.description}")
        lines += [f"#     {face.alias}:  # {face.description}" for face in Faces.model_fields.values()]
    lines += ["", f"# {_described(Theme, 'logos')}", "# logos:"]
    for number, part in enumerate(Logo.model_fields.values()):
        lines.append(f"#   {' ' if number else '-'} {part.alias}:  # {part.description}")
    return "\n".join(lines) + "\n"


def _described(model: type[Record], name: str) -> str:
    field = model.model_fields[name]
    return f"{field.title}: {field.description}"


def item(model: type[Record], values: Mapping[str, str], head: str, indent: int) -> str:
    """Return one item of a list: `head` as comment above it, then every key of the model."""
    lines: list[str] = []
    for key, field in keys_of(model).items():
        lines += _key(model, key, field, values.get(key, ""))
    first = next(index for index, line in enumerate(lines) if not line.startswith("#"))
    dashed = [*lines[:first], f"- {lines[first]}", *(f"  {line}" for line in lines[first + 1 :])]
    return "".join(f"{' ' * indent}{line}\n" for line in [f"# {head}", *dashed])


def _block(key: str) -> str:
    """Return the heading that a measure's key stands under: a status opens with the first key that it asks for."""
    keys = [*keys_of(Measure)]
    opened = [status for status in LADDER if keys.index(REQUIRED[status][0]) <= keys.index(key)]
    last = max(keys.index(name) for name in REQUIRED[LADDER[-1]])
    if keys.index(key) > last:
        return AT_ANY_TIME
    return HEADINGS[opened[-1]] if opened else ""


def _key(model: type[Record], key: str, field: FieldInfo, value: str) -> Iterator[str]:
    yield f"# {field.title}{_demand(model, key, field)}: {field.description}{_words(field)}"
    yield from _inside(field)
    yield f"{key}: {plain(value)}".rstrip(" ") if value else f"{key}:"


def _demand(model: type[Record], key: str, field: FieldInfo) -> str:
    if field.is_required() or (model is Measure and any(key in keys for keys in REQUIRED.values())):
        return ""
    return " (freiwillig)"


def _words(field: FieldInfo) -> str:
    """Return the words of a closed list, where the description does not name them all."""
    term = term_in(field.annotation)
    if term is None or all(word.value in (field.description or "") for word in term):
        return ""
    return f" Erlaubt: {', '.join(word.value for word in term)}."


def _inside(field: FieldInfo) -> Iterator[str]:
    """Yield comments that show what a block, or an item of a list of blocks, consists of."""
    inner, many = record_in(field.annotation), False
    if inner is None:
        inner, many = record_in(below(field.annotation, 0)), True
    if inner is None:
        return
    for number, (key, part) in enumerate(keys_of(inner).items()):
        dash = ("- " if number == 0 else "  ") if many else ""
        title = "" if _spelt(part.title or key) == key else f"{part.title}. "
        yield f"#   {dash}{key}:{_demand(inner, key, part)} {title}{part.description}{_words(part)}"


def _spelt(title: str) -> str:
    """Return a title as a key would spell it."""
    return title.lower().replace("ä", "ae").replace("ö", "oe").replace("ü", "ue").replace("ß", "ss").replace(" ", "_")
