"""Secrets for the tests of editions: the specimen with a marker in every text of every record and chapter.

The keys are found by walking the models, so a new key is planted without anybody thinking of it.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin

import pikepdf
import pypdfium2
import yaml
from pydantic import TypeAdapter
from pydantic.fields import FieldInfo

from schema.base import Markdown, PlainText, Record, Reference
from schema.funding_source import FundingSource
from schema.kinds import KINDS, Kind
from schema.measure import Measure
from schema.shape import bare, keys_of, record_in, term_in
from schema.theme import Theme
from schema.vocabulary import EDITION_NAMES, VIEWS
from schema.walk import marked
from tests.plans import SPECIMEN

MARKER = re.compile(r"zqxj\d{3}")  # letters that stand together in no word and hardly in a picture
STATUSES = {"WIR-001": "beschlussreif", "WIR-002": "idee", "WIR-003": "entwurf", "WIR-004": "abgestimmt"}
DEFERRED = "WIR-005"
CHAPTERS = ("intern", "intern ressort", "intern ressort kabinett", "oeffentlich", " ".join(EDITION_NAMES), "")
USED = ("EFRE", "LAND", "JTF")
IDS = {
    "measure": "WIS-001", "organisation": "lk-zwickau", "district": "14524", "source": "pressemitteilung",
    "contribution": "B-90",
}  # fmt: skip
# Values that the rules across records bind: an example of the type alone would be a fault.
BOUND = {"raum": ["14511", "14524"], "laufzeit": {"beginn": "2021-01", "ende": "2036-12"}}

Tree = Any
Path_ = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Secret:
    """Where a marker stands: kind of record (or `chapter`), YAML path in it, status of the measure, its editions."""

    kind: str
    path: Path_
    status: str = ""
    editions: tuple[str, ...] = EDITION_NAMES


@dataclass
class Planted:
    """A plan full of secrets: its files, what stands behind each marker, and an amount by status of its measure."""

    files: dict[str, str] = field(default_factory=dict)
    secrets: dict[str, Secret] = field(default_factory=dict)
    amounts: dict[str, str] = field(default_factory=dict)
    _number: Iterator[int] = field(default_factory=lambda: count(100))

    def marker(self, secret: Secret) -> str:
        """Return a new marker for the secret."""
        name = f"zqxj{next(self._number)}"
        self.secrets[name] = secret
        return name


def plant() -> Planted:
    """Return the plan: every kind of record, a measure of every status, chapters for every group of editions."""
    planted = Planted()
    for kind in KINDS.values():
        for path in sorted(SPECIMEN.glob(kind.pattern)):
            tree = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
            name = path.relative_to(SPECIMEN).as_posix()
            if kind.model is FundingSource:
                tree = [source for source in tree if source["id"] in USED]  # one that nobody uses does not print
            if kind.model not in (Measure, Theme):  # a theme names files; no edition keeps it secret
                records = [_planted(planted, kind, record) for record in (tree if kind.many else [tree])]
                planted.files[name] = _dump(records if kind.many else records[0])
    _plant_measures(planted)
    _plant_chapters(planted)
    _plant_faults(planted)
    return planted


def _plant_measures(planted: Planted) -> None:
    model = yaml.load((SPECIMEN / "measures/WIR/WIR-001.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)
    for number, (identifier, status) in enumerate({**STATUSES, DEFERRED: "zurueckgestellt"}.items(), start=1):
        tree = deepcopy(model) | {"id": identifier, "status": status, "frueher": [f"WIR-90{number}"]}
        tree |= {"ersetzt_durch": "WIR-001"} if identifier == DEFERRED else {}
        tree["folgekosten"] = f"71002{number}1"
        planted.amounts[f"7.100.2{number}1"] = status
        planted.files[f"measures/WIR/{identifier}.yaml"] = _dump(_planted(planted, KINDS["measure"], tree, status))
    other = yaml.load((SPECIMEN / "measures/WIS/WIS-001.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)
    planted.files["measures/WIS/WIS-001.yaml"] = _dump(other | {"status": "abgestimmt"})


def _plant_chapters(planted: Planted) -> None:
    for path in sorted((SPECIMEN / "chapters").glob("*.md")):
        planted.files[f"chapters/{path.name}"] = path.read_text(encoding="utf-8")
    for number, editions in enumerate(CHAPTERS):
        allowed = tuple(editions.split()) or EDITION_NAMES

        def mark(place: str, allowed: tuple[str, ...] = allowed) -> str:
            return planted.marker(Secret("chapter", (place,), editions=allowed))

        attribute = f' ausgabe="{editions}"' if editions else ""
        planted.files[f"chapters/2{number}-geheim.md"] = (
            f"# Kapitel {mark('titel')} {{#kap-geheim-{number}{attribute}}}\n\n"
            f"Text {mark('text')} mit Fußnote[^1] und "
            f"[Verweis {mark('verweis')}](https://example.org/{mark('adresse')}).\n\n"
            f"[^1]: Fußnote {mark('note')}.\n\n## Abschnitt {mark('abschnitt')}\n\n- Liste {mark('liste')}\n\n"
            f"::: {{#tbl-geheim-{number} .tabelle sicht=befunde}}\nTabelle {mark('tabelle')}\n:::\n\n"
            f"::: {{#fig-geheim-{number} .abbildung sicht=mittel-jahr}}\nAbbildung {mark('abbildung')}\n:::\n"
        )
    prefix = {"tabelle": "tbl", "abbildung": "fig"}
    calls = [
        f"::: {{#{prefix[form]}-alle-{name} .{form} sicht={name}}}\nAlles: {name}\n:::\n"
        for form, views in VIEWS.items()
        for name in views
        if not any(f".{form} sicht={name}" in text for text in planted.files.values())
    ]
    calls += ["::: {.offene-punkte}\n:::\n", "::: {.maengelliste}\n:::\n"]
    planted.files["chapters/30-alles.md"] = "# Alle Sichten {#kap-alles}\n\n" + "\n".join(calls)


def _plant_faults(planted: Planted) -> None:
    """Add records whose faults quote what was typed: a wrong word and a wrong key of a measure, and of a statement."""
    for number, status in enumerate(("idee", "entwurf", "zurueckgestellt"), start=6):
        editions = ("intern", "ressort") if status == "entwurf" else ("intern",)
        title, word = (planted.marker(Secret("fault", (key,), status, editions)) for key in ("titel", "prioritaet"))
        key = planted.marker(Secret("fault", ("unbekannt",), status, ("intern",)))
        planted.files[f"measures/WIR/WIR-00{number}.yaml"] = _dump(
            {
                "id": f"WIR-00{number}",
                "titel": title,
                "handlungsfeld": "WIR",
                "status": status,
                "prioritaet": word,
                key: "Wert",
            }
        )
    word = planted.marker(Secret("fault", ("stand",), "", ("intern", "ressort", "kabinett")))
    planted.files["statements/SMWA-0.2.0.yaml"] = _dump(
        {"ressort": "smwa", "version": "0.2.0", "frist": "2026-12-04", "stand": word}
    )


def _planted(planted: Planted, kind: Kind, tree: Tree, status: str = "") -> Tree:
    """Return the record with every key filled in and a marker at the end of every text."""
    whole = filled(kind.model, tree)
    for leaf in marked(kind.model.model_validate(whole), (Markdown, PlainText)):
        parent = whole
        for step in leaf.path[:-1]:
            parent = parent[step]
        marker = planted.marker(Secret(kind.name, leaf.path, status))
        parent[leaf.path[-1]] = f"{parent[leaf.path[-1]].rstrip()} {marker}"
    return whole


def filled(model: type[Record], tree: Tree) -> Tree:
    """Return the tree with all keys of the model, those that were not there by an example of their type."""
    result = {}
    for key, info in keys_of(model).items():
        if key in tree:
            result[key] = _deeper(info.annotation, tree[key])
        elif key != "ersetzt_durch":  # stands for deferred measures alone
            result[key] = deepcopy(BOUND.get(key)) or _example(_full(info))
    return result


def _deeper(annotation: Any, tree: Tree) -> Tree:
    known = bare(annotation)
    if (model := record_in(known)) is not None:
        return filled(model, tree)
    if get_origin(known) is tuple:
        return [_deeper(get_args(known)[0], item) for item in tree] or [_example(get_args(known)[0])]
    return tree


def _full(info: FieldInfo) -> Any:
    return Annotated[info.annotation, *info.metadata] if info.metadata else info.annotation


def _example(annotation: Any) -> Tree:
    """Return a value of the type, as typed in YAML."""
    known = bare(annotation)
    if (model := record_in(known)) is not None:
        return filled(model, {})
    if get_origin(known) is tuple:
        return [_example(get_args(known)[0])]
    if (term := term_in(known)) is not None:
        return next(iter(term)).value
    marks = [*_marks(annotation)]
    for mark in marks:
        if isinstance(mark, Reference):
            return IDS[mark.kind]
    if any(isinstance(mark, Markdown | PlainText) for mark in marks) or annotation is str:
        return "Text"
    if known is bool:
        return "false"
    schema = TypeAdapter(annotation).json_schema()
    examples = [example for part in (schema, *schema.get("anyOf", ())) for example in part.get("examples", ())]
    assert examples, f"give an example of {schema}"
    return str(examples[0])


def _marks(annotation: Any) -> Iterator[Any]:
    for argument in get_args(annotation):
        yield argument
        yield from _marks(argument)


def _dump(tree: Tree) -> str:
    return str(yaml.safe_dump(tree, allow_unicode=True, sort_keys=False, width=10_000))


# --- what is in a file ----------------------------------------------------------------------------------------------


def markers(texts: Iterator[str]) -> set[str]:
    """Return the markers in the texts; hyphens, line breaks and whatever else may part one are no obstacle."""
    return {found for text in texts for found in MARKER.findall(re.sub(r"[\W_]", "", text).lower())}


def texts_of_pdf(content: bytes) -> Iterator[str]:
    """Yield the text of every page, and every string and stream of every object, unpacked."""
    with pypdfium2.PdfDocument(content) as pdf:
        for page in pdf:
            yield page.get_textpage().get_text_range()
    with pikepdf.open(io.BytesIO(content)) as opened:
        for item in (*opened.objects, opened.trailer):
            if isinstance(item, pikepdf.Stream):
                data = item.read_bytes()
                yield data.decode("latin-1")
                yield from (data[start:].decode("utf-16-be", "ignore") for start in (0, 1))
            yield from _strings(item)


def _strings(item: Any) -> Iterator[str]:
    if isinstance(item, pikepdf.String):
        yield str(item)
    elif isinstance(item, pikepdf.Array):
        for part in item:
            if not getattr(part, "is_indirect", False):
                yield from _strings(part)
    elif isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
        for key in item.keys():  # noqa: SIM118  # a stream is no mapping
            yield str(key)
            part = item[key]
            if not getattr(part, "is_indirect", False):
                yield from _strings(part)


def texts_of_docx(content: bytes) -> Iterator[str]:
    """Yield the name and the content of every part, XML with and without its tags."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for name in package.namelist():
            text = package.read(name).decode("utf-8", "ignore")
            yield from (name, text, re.sub(r"<[^>]*>", "", text))


def write(planted: Mapping[str, str], target: Path) -> Path:
    """Write the files below `target`."""
    for name, text in planted.items():
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (target / name).write_text(text, encoding="utf-8")
    return target
