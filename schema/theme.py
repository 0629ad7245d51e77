"""Gestaltung: `framework/theme.yaml`; the file and each of its keys may be missing, then the book looks neutral."""

from __future__ import annotations

from pydantic import Field

from schema.base import Record
from schema.scalars import Colour, Line


class Colours(Record):
    """Colours (Farben): what each is for; the action fields bring their own."""

    accent: Colour | None = Field(None, alias="akzent", title="Akzent", description="Titel, Nummern und Deckblatt.")
    text: Colour | None = Field(None, alias="text", title="Text", description="Text und kräftige Linien.")
    soft: Colour | None = Field(None, alias="text_leise", title="Leiser Text", description="Kopfzeilen, Anmerkungen.")
    line: Colour | None = Field(None, alias="linie", title="Linie", description="Feine Linien in Tabellen und Bildern.")
    warning: Colour | None = Field(None, alias="warnung", title="Warnung", description="Kennzeichnung und Fehlendes.")
    surface: Colour | None = Field(None, alias="flaeche", title="Fläche", description="Grund von Hinweisen.")


class Faces(Record):
    """Faces (Schnitte) of one typeface: TTF or OTF files in `framework/gestaltung/`."""

    regular: Line = Field(alias="normal", title="Normal", description="Datei: gestaltung/Schrift-Regular.ttf.")
    italic: Line = Field(alias="kursiv", title="Kursiv", description="Datei des kursiven Schnitts.")
    bold: Line = Field(alias="fett", title="Fett", description="Datei des fetten Schnitts.")
    semibold: Line | None = Field(
        None, alias="halbfett", title="Halbfett", description="Datei des halbfetten Schnitts; ohne sie gilt fett."
    )


class Typefaces(Record):
    """Typefaces (Schriften): one for what is looked up, one for what is read."""

    sans: Faces | None = Field(
        None, alias="grundschrift", title="Grundschrift", description="Überschriften, Tabellen, Abbildungen."
    )
    serif: Faces | None = Field(None, alias="lesetext", title="Lesetext", description="Fließtext der Kapitel.")


class Logo(Record):
    """One logo, for cover and imprint."""

    file: Line = Field(alias="datei", title="Datei", description="SVG, PNG oder JPEG: gestaltung/logo.svg.")
    alternative: Line = Field(
        alias="alternativtext", title="Alternativtext", description="Was das Logo zeigt, für alle, die es nicht sehen."
    )


class Theme(Record):
    """Theme (Gestaltung): colours, typefaces and logos; neutral unless set."""

    colours: Colours = Field(
        default_factory=lambda: Colours.model_validate({}),
        alias="farben",
        title="Farben",
        description="Farben des Dokuments, je in Anführungszeichen.",
    )
    typefaces: Typefaces = Field(
        default_factory=lambda: Typefaces.model_validate({}),
        alias="schriften",
        title="Schriften",
        description="Schriften des Dokuments, je mit ihren Dateien.",
    )
    logos: tuple[Logo, ...] = Field(
        (), alias="logos", title="Logos", description="Logos für Deckblatt und Impressum, in dieser Reihenfolge."
    )
