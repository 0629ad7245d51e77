"""new: a kind of record → a commented file, or a commented entry in a list file, with the next free id.

What is asked for on the command line stands in `FORMS`; what the records consist of, in their models alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from pydantic import TypeAdapter, ValidationError

from assembly import taken
from assembly.append import with_item
from assembly.diagnostics import suggest
from assembly.load import load
from assembly.pipeline import write_whole
from assembly.refusal import Refusal
from assembly.skeleton import item, record, theme
from assembly.sources import Sources, stem
from assembly.theme import FOLDER
from schema.base import Record
from schema.event import Contribution, EventFormat
from schema.kinds import KINDS
from schema.measure import Status
from schema.scalars import parse_day
from schema.shape import keys_of, term_in

CHECK = "Prüfen Sie danach: ./build.py check"
HOW_TO = """\
Was hinter einem # steht, ist eine Bemerkung und wird nicht gedruckt. Ein Schlüssel ohne Wert gilt als noch nicht
angegeben; Sie müssen nichts löschen. Mehrere Absätze: hinter den Doppelpunkt | setzen und den Text darunter um zwei
Leerzeichen einrücken. Ein Wert, der selbst einen Doppelpunkt enthält, steht in Anführungszeichen."""


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a form: its name without the dashes, what the help says, whether it must be given."""

    name: str
    text: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class Made:
    """What was written, and what to do next."""

    path: Path
    id: str
    advice: tuple[str, ...]


Values = Mapping[str, str]
TITLE = Option("titel", "Titel oder Name; lässt sich später eintragen")
SLUG = Option("kennung", "Kennung; ohne Angabe wird sie aus dem Titel gebildet")


@dataclass(frozen=True, slots=True)
class Form:
    """One kind that can be made: how it is asked for, and the function that makes it."""

    text: str
    example: str
    options: tuple[Option, ...]
    make: Callable[[Sources, Values, date], Made]


def create(root: Path, name: str, values: Values, today: date) -> Made:
    """Make a new record of the kind `name` (a key of `FORMS`) in the plan below `root`, and write it.

    Refusal where that cannot be done as asked; OSError where the file cannot be written.
    """
    given = {key: " ".join(value.split()) for key, value in values.items() if value and value.strip()}
    return FORMS[name].make(load(root)[0], given, today)


def _measure(sources: Sources, values: Values, _today: date) -> Made:
    known = _known("Handlungsfeld", values["handlungsfeld"], _ids(sources, "action_field", "id"))
    field = _valid("measure", "handlungsfeld", known)
    number = _number(sources, rf"{field}-(\d{{3}})", 999)
    key = f"{field}-{number:03d}"
    filled = {"id": key, "handlungsfeld": field, "status": Status.IDEA.value, **_title("measure", "titel", values)}
    head = f"Maßnahme {key}. Solange sie eine Idee ist, genügen titel und kurzbeschreibung.\n{HOW_TO}"
    lacking = "kurzbeschreibung (zwei Sätze)" if "titel" in filled else "titel und kurzbeschreibung (zwei Sätze)"
    steps = (lacking, "Die weiteren Angaben folgen, wenn der Status steigt.")
    return _file(sources, "measure", f"measures/{field}/{key}.yaml", filled, head, steps)


def _event(sources: Sources, values: Values, _today: date) -> Made:
    day = parse_day(_valid("event", "datum", values["datum"]))
    districts = _ids(sources, "district", "ags")
    names = {name: ags for key in ("name", "kurz") for name, ags in zip(
        _ids(sources, "district", key), districts, strict=False)}  # fmt: skip
    named = _known("Kreis", values["kreis"], [*districts, *names])
    style = _valid("event", "format", values.get("format", EventFormat.WORKSHOP.value))
    place = _slug(values["ort"])
    if not place:
        raise Refusal(f"„{values['ort']}“ ist kein Ort.")
    filled = {"datum": str(day), "ort": values["ort"], "kreis": names.get(named, named), "format": style,
              **_title("event", "titel", values)}  # fmt: skip
    short, full = (f"participation/{when}-{style}-{place}.yaml" for when in (f"{day:%Y-%m}", str(day)))
    old = sources.get(short)
    other_day = old is not None and isinstance(old.tree, dict) and old.tree.get("datum") not in (None, str(day))
    head = f"Veranstaltung der Beteiligung. Genannt werden Gruppen, nie Personen.\n{HOW_TO}"
    file = full if other_day else short
    lacking = "teilnehmende" if "titel" in filled else "titel und teilnehmende"
    steps = (lacking, f"Beiträge ergänzt: ./build.py new beitrag --veranstaltung {stem(file)}")
    return _file(sources, "event", file, filled, head, steps)


def _statement(sources: Sources, values: Values, _today: date) -> Made:
    known = _known("Organisation", values["ressort"], _ids(sources, "organisation", "id"))
    office = _valid("statement", "ressort", known).lower()
    plan = next((source.tree for source in sources.of("plan") if isinstance(source.tree, dict)), {})
    version = _valid("statement", "version", values.get("version", str(plan.get("version", ""))))
    filled = {"ressort": office, "version": version, "stand": "offen"}
    if "frist" in values:
        filled["frist"] = _valid("statement", "frist", values["frist"])
    head = f"Stellungnahme zur Fassung {version}. Genannt werden Ämter, nie Personen.\n{HOW_TO}"
    steps = ("stand und punkte" if "frist" in values else "frist, dann stand und punkte",)
    return _file(sources, "statement", f"statements/{office.upper()}-{version}.yaml", filled, head, steps)


def _contribution(sources: Sources, values: Values, _today: date) -> Made:
    wanted = _known("Veranstaltung", stem(values["veranstaltung"]), [stem(x.file) for x in sources.of("event")])
    file = f"participation/{wanted}.yaml"
    number = _number(sources, r"B-(\d{2,})", 9999)
    key = f"B-{number:02d}"
    return _append(sources, file, "beitraege", Contribution, {"id": key}, f"Beitrag {key}")


def _listed(kind: str, title_key: str, number: tuple[str, str, int] | None = None) -> Callable[..., Made]:
    """Return the maker of an entry in the list file of `kind`; `number`: form of its id, pattern and highest number."""

    def make(sources: Sources, values: Values, today: date) -> Made:
        filled = _title(kind, title_key, values)
        model = KINDS[kind].model
        if kind == "decision":
            day = parse_day(_valid(kind, "datum", values["datum"])) if "datum" in values else None
            year = (day or today).year
            following = _number(sources, rf"BS-{year}-(\d{{2}})", 99)
            key = f"BS-{year}-{following:02d}"
            filled |= {"id": key, **({"datum": str(day)} if day else {})}
        elif number:
            form, pattern, limit = number
            key = form.format(_number(sources, pattern, limit))
            filled |= {"id": key}
        elif KINDS[kind].key == "id":
            key = _slug_id(sources, kind, values)
            filled |= {"id": key}
        else:
            key = filled.get(KINDS[kind].key, "ohne Namen")
            if key.casefold() in taken.named(sources.of(kind), "begriff"):
                raise Refusal(f"{KINDS[kind].german} „{key}“ gibt es schon.", usage=False)
        return _append(sources, KINDS[kind].pattern, "", model, filled, f"{KINDS[kind].german} {key}")

    return make


def _slug_id(sources: Sources, kind: str, values: Values) -> str:
    """Return the id asked for, or one made of the title, or „neu“ with a number: one that was never given."""
    used = taken.named(sources.of(kind), "id") | taken.past(sources.root)
    upper = kind == "funding_source"
    if "kennung" in values:
        key = _valid(kind, "id", values["kennung"])
        if key.casefold() in used:
            raise Refusal(
                f"Die Kennung {key} ist schon vergeben.", "Jede Kennung wird nur einmal vergeben.", usage=False
            )
        return key
    base = _slug(values.get("titel", "")).lstrip("0123456789-" if upper else "") or "neu"
    count, key = 1, base
    while key in used:
        count += 1
        key = f"{base}-{count}"
    return key.upper() if upper else key


def _title(kind: str, key: str, values: Values) -> dict[str, str]:
    return {key: _valid(kind, key, values["titel"])} if "titel" in values else {}


def _number(sources: Sources, pattern: str, limit: int) -> int:
    number = taken.free(taken.numbered(sources, pattern), limit)
    if number is None:
        raise Refusal("Alle Nummern dieser Art sind vergeben.", usage=False)
    return number


def _ids(sources: Sources, kind: str, key: str) -> list[str]:
    """Return what stands under `key` in every entry of a list file, faulty entries included."""
    entries = [entry for source in sources.of(kind) if isinstance(source.tree, list) for entry in source.tree]
    return [str(entry.get(key, "")) for entry in entries if isinstance(entry, dict)]


def _known(what: str, given: str, known: Iterable[str]) -> str:
    """Return what is known by this name, however it is spelt in case; Refusal names what is near."""
    names = {name.casefold(): name for name in known if name}
    if given.casefold() not in names:
        hint = suggest(given, names.values()) or f"Es gibt: {', '.join(names.values()) or 'noch keine'}."
        raise Refusal(f"{what} „{given}“ gibt es nicht.", hint)
    return names[given.casefold()]


def _valid(kind: str, key: str, given: str) -> str:
    """Return the text where the model takes it as the value of `key`; Refusal says what is wrong."""
    field = keys_of(KINDS[kind].model)[key]
    term = term_in(field.annotation)
    if term is not None:
        return _known(field.title or key, given, [word.value for word in term])
    known: Any = Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation
    try:
        read = TypeAdapter(known).validate_python(given)
    except ValidationError as error:
        context: dict[str, Any] = error.errors()[0].get("ctx") or {}
        message = str(context.get("meldung") or f"„{given}“ ist hier keine gültige Angabe.")
        raise Refusal(message, str(context.get("hilfe") or field.description or "")) from None
    return read if isinstance(read, str) else given


def _slug(text: str) -> str:
    """Return the text in small letters and hyphens: „Annaberg-Buchholz“ → annaberg-buchholz."""
    spelt = text.casefold().replace("ä", "ae").replace("ö", "oe").replace("ü", "ue")
    return re.sub(r"[^a-z0-9]+", "-", spelt).strip("-")


def _theme(sources: Sources, _values: Values, _today: date) -> Made:
    head = "Gestaltung des Dokuments. Was Sie löschen, ist neutral; Farben stehen in Anführungszeichen."
    path = _written(sources, KINDS["theme"].pattern, theme(head))
    steps = (f"Ändern Sie die Farben. Schriften und Logos legen Sie in framework/{FOLDER}/ und nennen sie hier.", CHECK)
    return Made(path, path.stem, steps)


def _written(sources: Sources, file: str, text: str) -> Path:
    """Write a new file; Refusal where there is one."""
    path = sources.root / file
    if path.exists() or path.is_symlink():
        raise Refusal(f"{file} gibt es schon.", "Es wurde nichts überschrieben.", usage=False)
    write_whole([(path, text.encode())])
    return path


def _file(sources: Sources, kind: str, file: str, values: Values, head: str, steps: tuple[str, ...]) -> Made:
    path = _written(sources, file, record(KINDS[kind].model, values, head))
    return Made(
        path, stem(file), (f"Öffnen Sie die Datei in Ihrem Texteditor und ergänzen Sie {steps[0]}.", *steps[1:], CHECK)
    )


def _append(sources: Sources, file: str, key: str, model: type[Record], values: dict[str, str], title: str) -> Made:
    def write(indent: int) -> str:
        return item(model, values, f"Neuer Eintrag: {title}", indent)

    content = with_item(sources.root, sources.get(file), file, key, write, values)
    path = (sources.root / file).resolve()
    write_whole([(path, content)])
    where = f"Der Eintrag steht am Ende von {f'„{key}“ in ' if key else ''}{file}; seine Schlüssel sind noch leer."
    change = " Die Kennung können Sie jetzt noch ändern, später nicht mehr." if "id" in values and key == "" else ""
    return Made(path, values.get("id") or values.get("begriff") or title, (where + change, CHECK))


_LIST = "einen Eintrag in framework/{} anlegen"
FORMS: dict[str, Form] = {
    "massnahme": Form(
        "eine Maßnahme anlegen", './build.py new massnahme --handlungsfeld WIR --titel "Netz der Werkstätten"',
        (Option("handlungsfeld", "Schlüssel des Handlungsfelds, zum Beispiel WIR", required=True), TITLE), _measure),
    "veranstaltung": Form(
        "eine Veranstaltung der Beteiligung anlegen",
        "./build.py new veranstaltung --datum 2026-05-12 --kreis 14523 --ort Plauen",
        (Option("datum", "Tag, zum Beispiel 2026-05-12", required=True),
         Option("kreis", "Schlüssel (AGS) oder Name des Kreises", required=True),
         Option("ort", "Stadt oder Gemeinde", required=True),
         Option("format", f"{', '.join(word.value for word in EventFormat)} (ohne Angabe: werkstatt)"), TITLE), _event),
    "stellungnahme": Form(
        "eine Stellungnahme anlegen", "./build.py new stellungnahme --ressort smwa --version 0.7.0",
        (Option("ressort", "Kennung der Organisation, zum Beispiel smwa", required=True),
         Option("version", "Fassung des Plans, zum Beispiel 0.7.0 (ohne Angabe: die jetzige)"),
         Option("frist", "Frist der Stellungnahme, zum Beispiel 2026-12-04")), _statement),
    "beitrag": Form(
        "einen Beitrag in einer Veranstaltung anlegen",
        "./build.py new beitrag --veranstaltung 2026-02-werkstatt-plauen",
        (Option("veranstaltung", "Name der Datei in participation/, ohne .yaml", required=True),), _contribution),
    "organisation": Form(
        _LIST.format("organisations.yaml"), './build.py new organisation --titel "Landkreis Zwickau"',
        (SLUG, TITLE), _listed("organisation", "name")),
    "quelle": Form(
        _LIST.format("sources.yaml"), "./build.py new quelle --kennung kabinett-2027",
        (SLUG, TITLE), _listed("source", "titel")),
    "kennzahl": Form(
        _LIST.format("facts.yaml"), "./build.py new kennzahl --kennung pendler",
        (SLUG, TITLE), _listed("fact", "name")),
    "begriff": Form(
        _LIST.format("glossary.yaml"), "./build.py new begriff --titel Reallabor",
        (TITLE,), _listed("glossary", "begriff")),
    "befund": Form(
        _LIST.format("findings.yaml"), "./build.py new befund", (TITLE,),
        _listed("finding", "titel", ("BF-{}", r"BF-(\d+)", 999))),
    "visionsaussage": Form(
        _LIST.format("vision.yaml"), "./build.py new visionsaussage", (TITLE,),
        _listed("vision", "titel", ("V-{}", r"V-(\d+)", 99))),
    "beschluss": Form(
        _LIST.format("decisions.yaml"), "./build.py new beschluss --datum 2026-12-03",
        (Option("datum", "Tag des Beschlusses (ohne Angabe zählt das laufende Jahr)"), TITLE),
        _listed("decision", "gegenstand")),
    "finanzierungsquelle": Form(
        _LIST.format("funding_sources.yaml"), "./build.py new finanzierungsquelle --kennung KFW",
        (SLUG, TITLE), _listed("funding_source", "name")),
    "gestaltung": Form("Farben, Schriften und Logos festlegen", "./build.py new gestaltung", (), _theme),
}  # fmt: skip
