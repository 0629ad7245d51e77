"""Content: what a page paints, in runs of marked content, with the words that are to be read from it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import pikepdf

TEXT = frozenset({"Tj", "TJ", "'", '"'})
PAINTING = TEXT | {"S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "Do", "BI", "INLINE IMAGE", "EI"}
POINTS_OF_EDGE = 70.0  # running heads stand this close to the upper or lower edge


@dataclass(slots=True)
class Run:
    """Painting under one mark: of the tree (`mcid`), an artifact, or neither.

    `place` is where its first text begins; `text` is what a reader gets of it, `holes` how many glyphs are missing.
    """

    mcid: int | None
    artifact: bool
    place: tuple[float, float] | None = None
    text: str = ""
    holes: int = 0
    painted: bool = False


@dataclass(frozen=True, slots=True)
class Font:
    """A font of a page: whether its codes are two bytes wide and mean glyphs, and what they stand for."""

    wide: bool
    words: Mapping[bytes, str]

    def read(self, code: bytes) -> tuple[str, int]:
        """Return the words of a string, and how many of its glyphs are .notdef."""
        step = 2 if self.wide else 1
        codes = [code[index : index + step] for index in range(0, len(code), step)]
        return "".join(self.words.get(one, "") for one in codes), codes.count(b"\0\0") if self.wide else 0


class _State:
    """What holds while a page is read: font and transformation, and those put aside by `q`."""

    def __init__(self, fonts: Mapping[str, Font]) -> None:
        self._fonts = fonts
        self._kept: list[tuple[Font | None, pikepdf.Matrix]] = []
        self.font: Font | None = None
        self.matrix = pikepdf.Matrix()

    def follow(self, operator: str, operands: list[pikepdf.Object]) -> None:
        """Take note of an instruction that changes the state."""
        if operator == "q":
            self._kept.append((self.font, self.matrix))
        elif operator == "Q" and self._kept:
            self.font, self.matrix = self._kept.pop()
        elif operator == "cm":
            self.matrix = pikepdf.Matrix(*map(float, operands)) @ self.matrix
        elif operator == "Tf":
            self.font = self._fonts.get(str(operands[0]))


class Reader:
    """Reads pages; fonts are read once."""

    def __init__(self) -> None:
        self._fonts: dict[tuple[int, int], Font] = {}

    def runs(self, page: pikepdf.Page) -> list[Run]:
        """Return what the page paints, in order of painting."""
        state = _State(self._of(page))
        marks = [Run(None, False)]
        runs = [marks[0]]
        for instruction in pikepdf.parse_content_stream(page):
            operator, operands = str(instruction.operator), list(instruction.operands)
            if operator in ("BDC", "BMC"):
                marks.append(_marked(operands, marks[-1]))
                runs.append(marks[-1])
            elif operator == "EMC" and len(marks) > 1:
                marks.pop()
            elif operator in PAINTING or operator == "Tm":
                _paint(marks[-1], state, operator, operands)
            else:
                state.follow(operator, operands)
        return runs

    def _of(self, page: pikepdf.Page) -> dict[str, Font]:
        found: pikepdf.Object = page.resources.get("/Font", pikepdf.Dictionary())
        return {name: self._font(font) for name, font in found.items()}

    def _font(self, font: pikepdf.Object) -> Font:
        if font.objgen not in self._fonts or not font.is_indirect:
            wide = font.get("/Subtype") == "/Type0" and font.get("/Encoding") in ("/Identity-H", "/Identity-V")
            words = to_unicode(font.ToUnicode.read_bytes()) if "/ToUnicode" in font else {}
            self._fonts[font.objgen] = Font(wide, words)
        return self._fonts[font.objgen]


def _marked(operands: list[pikepdf.Object], outer: Run) -> Run:
    """Return the run that a mark opens; what lies inside an artifact or inside the tree stays there."""
    properties = operands[1] if len(operands) > 1 else None
    mcid = properties.get("/MCID") if isinstance(properties, pikepdf.Dictionary) else None
    if mcid is not None:
        return Run(int(mcid), False)
    return Run(outer.mcid, outer.artifact or str(operands[0]) == "/Artifact")


def _paint(run: Run, state: _State, operator: str, operands: list[pikepdf.Object]) -> None:
    if operator == "Tm":
        if run.place is None:
            run.place = state.matrix.transform((float(operands[4]), float(operands[5])))
        return
    run.painted = True
    if operator not in TEXT or state.font is None:
        return
    shown = operands[-1]
    for piece in shown if isinstance(shown, pikepdf.Array) else [shown]:
        if isinstance(piece, pikepdf.String):
            text, holes = state.font.read(bytes(piece))
            run.text += text
            run.holes += holes


def to_unicode(cmap: bytes) -> dict[bytes, str]:
    """Return what each code of a font stands for (ISO 32000-1, 9.10.3)."""
    words: dict[bytes, str] = {}
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        for code, text in re.findall(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>", block):
            words[_bytes(code)] = _text(text)
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", cmap, re.DOTALL):
        for first, last, text in re.findall(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            low, high, width = int(first, 16), int(last, 16), len(first) // 2
            for step in range(min(high - low, 0xFFFF) + 1):
                start = _text(text)
                words[(low + step).to_bytes(width, "big")] = start[:-1] + chr(ord(start[-1]) + step) if start else ""
    return words


def _bytes(digits: bytes) -> bytes:
    return bytes.fromhex(digits.decode("ascii"))


def _text(digits: bytes) -> str:
    return _bytes(digits).decode("utf-16-be", "replace")
