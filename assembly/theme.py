"""Theme: how the book looks, as a value: colours, typefaces, logos. The Document carries it, so all formats agree.

What `framework/theme.yaml` does not set is `NEUTRAL`: no colour, typeface or logo has another home.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from assembly.colours import AA, contrast, mix
from schema.theme import Faces
from schema.theme import Theme as Settings

FONTS = Path(__file__).resolve().parent.parent / "templates" / "fonts"
FOLDER = "gestaltung"  # of framework/: where the files of a theme lie
PAPER, BLACK = "#ffffff", "#000000"


@dataclass(frozen=True, slots=True)
class Face:
    """One face of a typeface: its file, its weight as CSS counts (400 regular, 700 bold), whether it is italic."""

    file: Path
    weight: int = 400
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Typeface:
    """A typeface: its family name and its faces, regular, italic and bold at least."""

    family: str
    faces: tuple[Face, ...]

    def file(self, weight: int = 400, *, italic: bool = False) -> Path:
        """Return the file of the face that comes nearest to this weight, rather bolder than lighter."""
        upright = [face for face in self.faces if face.italic is italic]
        return min(upright, key=lambda face: (abs(face.weight - weight), -face.weight)).file


@dataclass(frozen=True, slots=True)
class Logo:
    """A logo for cover and imprint: the content of its file, which is svg, png or jpeg, and what it shows in words."""

    kind: str
    content: bytes
    alternative: str


@dataclass(frozen=True, slots=True)
class Theme:
    """The theme in effect. Colours are #rrggbb; the paper is white."""

    accent: str
    text: str
    soft: str
    line: str
    warning: str
    surface: str
    sans: Typeface
    serif: Typeface
    logos: tuple[Logo, ...] = ()

    @property
    def colours(self) -> Mapping[str, str]:
        """The colours by name."""
        return {name: getattr(self, name) for name in COLOURS}

    @property
    def fonts(self) -> tuple[Path, ...]:
        """The files of all faces: what of the theme lies outside of it."""
        return tuple(face.file for typeface in (self.sans, self.serif) for face in typeface.faces)

    @property
    def hair(self) -> str:
        """The colour of the finest lines."""
        return mix(self.line, 0.5)

    def ink_on(self, ground: str) -> str:
        """Return the colour of words on `ground`: text or paper, on the few middle tones that need it black."""
        readable = [ink for ink in (self.text, PAPER) if contrast(ink, ground) >= AA]
        return max(readable or (PAPER, BLACK), key=lambda ink: contrast(ink, ground))


COLOURS = ("accent", "text", "soft", "line", "warning", "surface")

NEUTRAL = Theme(
    accent="#0f4c5c",
    text="#1b2430",
    soft="#55606e",
    line="#c9d0d8",
    warning="#a61e4d",
    surface="#f3f5f7",
    sans=Typeface(
        "Source Sans 3",
        (
            Face(FONTS / "SourceSans3-Regular.ttf"),
            Face(FONTS / "SourceSans3-It.ttf", italic=True),
            Face(FONTS / "SourceSans3-Semibold.ttf", 600),
            Face(FONTS / "SourceSans3-SemiboldIt.ttf", 600, italic=True),
            Face(FONTS / "SourceSans3-Bold.ttf", 700),
        ),
    ),
    serif=Typeface(
        "Source Serif 4",
        (
            Face(FONTS / "SourceSerif4-Regular.ttf"),
            Face(FONTS / "SourceSerif4-It.ttf", italic=True),
            Face(FONTS / "SourceSerif4-Semibold.ttf", 600),
            Face(FONTS / "SourceSerif4-Bold.ttf", 700),
        ),
    ),
)


def coloured(settings: Settings) -> Theme:
    """Return the neutral theme in the colours of these settings."""
    colours = {name: value for name in COLOURS if (value := getattr(settings.colours, name)) is not None}
    return replace(NEUTRAL, **colours)


def equipped(theme: Theme, settings: Settings, folder: Path) -> Theme:
    """Return the theme with typefaces and logos of these settings, whose files are named from `folder`.

    The files have been checked: OSError or TTLibError where one is none after all.
    """
    return replace(
        theme,
        sans=_typeface(settings.typefaces.sans, folder) or NEUTRAL.sans,
        serif=_typeface(settings.typefaces.serif, folder) or NEUTRAL.serif,
        logos=tuple(_logo(folder / logo.file, logo.alternative) for logo in settings.logos),
    )


def picture_kind(name: str) -> str:
    """Return what kind of picture a file is by its name: svg, png or jpeg."""
    return name.rpartition(".")[2].lower().replace("jpg", "jpeg")


def _logo(file: Path, alternative: str) -> Logo:
    return Logo(picture_kind(file.name), file.read_bytes(), alternative)


def _typeface(faces: Faces | None, folder: Path) -> Typeface | None:
    if faces is None:
        return None
    semibold = [Face(folder / faces.semibold, 600)] if faces.semibold else []
    regular = folder / faces.regular
    italic, bold = Face(folder / faces.italic, italic=True), Face(folder / faces.bold, 700)
    return Typeface(family_of(regular), (Face(regular), italic, *semibold, bold))


@functools.cache
def family_of(font: Path) -> str:
    """Return the family name that a font file bears: Word looks an embedded font up by it."""
    from fontTools.ttLib import TTFont  # most plans bring no font of their own

    with TTFont(font, lazy=True) as opened:
        return str(opened["name"].getBestFamilyName() or font.stem)
