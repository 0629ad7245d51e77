"""Theme: the settings of `framework/theme.yaml` → the theme in effect, and what is wrong with it. Codes: `THM-…`.

What logos and fonts must be like say `logos` and `fonts`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_DOWN, Decimal
from pathlib import Path

from assembly import german
from assembly.colours import AA, AA_MARKS, contrast, legible, mix
from assembly.diagnostics import Diagnostic, Place, Severity
from assembly.records import Entry, Records
from assembly.resolve.fonts import breadth, unfit_font
from assembly.resolve.logos import unfit_logo
from assembly.theme import FOLDER, NEUTRAL, PAPER, Theme, coloured, equipped
from schema.action_field import ActionField
from schema.theme import Colours, Faces
from schema.theme import Theme as Settings

WORDS = ("text", "soft", "accent", "warning")  # the colours that write words on paper
BROADEST = 15  # per cent that a typeface may run broader than ours: that much room tables and sheets have
ON_SURFACE = (("text", AA), ("warning", AA), ("accent", AA_MARKS))  # the accent and the fields' colours draw there


def read_theme(records: Records, root: Path) -> tuple[Theme, list[Diagnostic]]:
    """Return the theme of the plan below `root`, and what is wrong with it; no file is used where one is faulty."""
    entry = next(iter(records.entries["theme"].values()), None)
    settings = entry.record if entry is not None else None
    if entry is None or not isinstance(settings, Settings):
        return NEUTRAL, list(_check_fields(records))
    folder = (root / "framework").resolve()
    theme = coloured(settings)
    found = list(_check_files(entry, settings, folder))
    if not found:
        theme = equipped(theme, settings, folder)
        found = list(_check_breadth(entry, theme))
    fields = [colour for _, colour in _field_colours(records)]
    return theme, [*found, *_check_colours(entry, settings.colours, theme, fields), *_check_fields(records)]


# --- colours --------------------------------------------------------------------------------------------------------


def _check_colours(entry: Entry, colours: Colours, theme: Theme, fields: Sequence[str]) -> Iterator[Diagnostic]:
    """THM-001: words or marks in a colour stand out too little from their ground (WCAG 2.1, 1.4.3 and 1.4.11)."""

    def place(name: str) -> Place:
        return entry.place("farben", str(Colours.model_fields[name].alias))

    faint = [name for name in WORDS if contrast(theme.colours[name], PAPER) < AA]
    for name in faint:
        yield _too_faint(place(name), theme.colours[name], PAPER)
    on_surface = [(theme.colours[name], least) for name, least in ON_SURFACE if name not in faint]
    on_surface += [(colour, AA_MARKS) for colour in fields if contrast(colour, PAPER) >= AA]
    unseen = [(colour, least) for colour, least in on_surface if contrast(colour, theme.surface) < least]
    if colours.surface is not None and unseen:
        yield _too_dark(place("surface"), theme.surface, unseen)
    elif unseen:
        names = [name for name, least in ON_SURFACE if (theme.colours[name], least) in unseen]
        yield from (_too_faint(place(name), theme.colours[name], theme.surface) for name in names)


def _check_fields(records: Records) -> Iterator[Diagnostic]:
    """THM-001 of the action fields, whose colours write words too."""
    for place, colour in _field_colours(records):
        if contrast(colour, PAPER) < AA:
            yield _too_faint(place, colour, PAPER)


def _field_colours(records: Records) -> Iterator[tuple[Place, str]]:
    for entry in records.entries["action_field"].values():
        if isinstance(entry.record, ActionField):
            yield entry.place("farbe"), entry.record.colour


def _too_faint(place: Place, colour: str, ground: str) -> Diagnostic:
    on = "Weiß" if ground == PAPER else f"der Fläche {ground}"
    message = f"Die Farbe {colour} hat auf {on} nur den Kontrast {_ratio(colour, ground)}."
    hint = f"{_asked(AA)} Diese Farbe ginge: {legible(colour, ground, AA)}"
    return Diagnostic("THM-001", Severity.FAULT, place, message, hint)


def _too_dark(place: Place, ground: str, unseen: Sequence[tuple[str, float]]) -> Diagnostic:
    """Say which of the colours stands out least from the surface, and a surface on which all do."""
    colour, least = min(unseen, key=lambda pair: contrast(pair[0], ground) / pair[1])
    message = f"Auf der Fläche {ground} hat die Farbe {colour} nur den Kontrast {_ratio(colour, ground)}."
    lighter = (mix(ground, step / 100) for step in range(101))  # on white all of them stand out enough
    better = next(one for one in lighter if all(contrast(colour, one) >= least for colour, least in unseen))
    hint = f"{_asked(least)} Diese Fläche ginge: {better}"
    return Diagnostic("THM-001", Severity.FAULT, place, message, hint)


def _ratio(colour: str, ground: str) -> str:
    """Return the contrast as „2,84 : 1“, rounded down, so that it never looks like enough."""
    ratio = Decimal(contrast(colour, ground)).quantize(Decimal("0.01"), ROUND_DOWN)
    return f"{german.number(ratio)} : 1"


def _asked(least: float) -> str:
    what = "Für Schrift" if least == AA else "Für Balken und Linien"
    return f"{what} verlangt WCAG AA mindestens {german.number(Decimal(str(least)))} : 1."


# --- files ----------------------------------------------------------------------------------------------------------


def _check_files(entry: Entry, settings: Settings, folder: Path) -> Iterator[Diagnostic]:
    """THM-002: a file is missing or lies elsewhere. THM-003 and THM-004: a logo or a font is unfit."""
    for path, name in _named_files(settings):
        file = folder / name
        code, problem = "THM-002", _misplaced(file, folder)
        if problem is None:
            code, judge = ("THM-003", unfit_logo) if path[0] == "logos" else ("THM-004", unfit_font)
            problem = judge(file)
        if problem is not None:
            yield Diagnostic(code, Severity.FAULT, entry.place(*path), *problem)


def _check_breadth(entry: Entry, theme: Theme) -> Iterator[Diagnostic]:
    """THM-005: a typeface runs so broad that sheets and tables become longer than they are meant to be."""
    for key, chosen, ours in (("grundschrift", theme.sans, NEUTRAL.sans), ("lesetext", theme.serif, NEUTRAL.serif)):
        broader = round(100 * breadth(chosen.file()) / breadth(ours.file())) - 100
        if broader > BROADEST:
            message = f"Die Schrift läuft um {broader} % breiter als die mitgelieferte."
            hint = (
                "Steckbriefe und Tabellen werden länger; eine schmalere Fassung (Condensed) hält sie auf zwei Seiten."
            )
            yield Diagnostic("THM-005", Severity.WARNING, entry.place("schriften", key, "normal"), message, hint)


def _named_files(settings: Settings) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield where a file is named and what it is called."""
    for key, faces in (("grundschrift", settings.typefaces.sans), ("lesetext", settings.typefaces.serif)):
        for name, field in Faces.model_fields.items() if faces else ():
            if file := getattr(faces, name):
                yield ("schriften", key, str(field.alias)), file
    for index, logo in enumerate(settings.logos):
        yield ("logos", index, "datei"), logo.file


def _misplaced(file: Path, folder: Path) -> tuple[str, str] | None:
    """Return what is wrong with the place of a file and how to mend it; links are followed."""
    name = file.relative_to(folder).as_posix() if file.is_relative_to(folder) else str(file)
    try:
        inside = file.resolve().is_relative_to((folder / FOLDER).resolve())
    except (OSError, RuntimeError):  # RuntimeError: Python's word for a link that leads to itself
        inside = False
    if not inside:
        hint = f"Legen Sie sie dorthin, und schreiben Sie: {FOLDER}/{file.name}"
        return f"Die Datei „{name}“ liegt nicht in framework/{FOLDER}/.", hint
    if not file.is_file():
        hint = "Legen Sie sie dort an, oder berichtigen Sie den Namen; groß und klein zählt."
        return f"Die Datei framework/{name} gibt es nicht.", hint
    try:
        file.open("rb").close()
    except OSError:
        return f"Die Datei framework/{name} lässt sich nicht lesen.", "Geben Sie sich das Recht, sie zu lesen."
    return None
