"""Pictures: the parts of the package that hold them, and the run that shows one.

pandoc never sees a picture: in its sandbox it reads no file, and a data: URI would stand in the document a second
time, as the picture's description. The runs made here point at relationships that `package` adds.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree
from PIL import Image, ImageDraw, ImageFont

from assembly.prose import Node
from assembly.render_docx.wordml import emu, escape, raw_inline
from assembly.theme import PAPER, Logo, Theme, picture_kind

USUAL_DPI = 150
TALLEST = 200.0  # millimetres that a picture may be high
SVG_NAMESPACE = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
SVG_EXTENSION = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture of the package: its bytes and the name of its part below word/."""

    part: str
    content: bytes


@dataclass(slots=True)
class Pictures:
    """The pictures of one document, each once; `folder` is where „bilder/…“ is looked up."""

    folder: Path
    theme: Theme
    parts: dict[str, Picture] = field(default_factory=dict)
    known: dict[bytes, str] = field(default_factory=dict)

    def add(self, content: bytes, suffix: str) -> str:
        """Keep a picture and return the id of its relationship."""
        if content not in self.known:
            relation = f"rIdPicture{len(self.parts) + 1}"
            self.parts[relation] = Picture(f"media/picture{len(self.parts) + 1}.{suffix}", content)
            self.known[content] = relation
        return self.known[content]

    def show(self, content: bytes, width: float, alternative: str) -> Node:
        """Return the run of a PNG in its own proportions, `width` millimetres wide."""
        with Image.open(io.BytesIO(content)) as image:
            height = width * image.height / image.width
        return _run(self.add(content, "png"), (width, height), alternative)

    def show_file(self, name: str, limit: float, alternative: str, title: str = "") -> Node:
        """Return the run of a file as „bilder/x.png“, in its own size but not wider than `limit` millimetres.

        OSError where the file cannot be read as what its name says.
        """
        content = (self.folder / name).read_bytes()
        return self._shown(picture_kind(name), content, (limit, TALLEST), (alternative, title), grows=False)

    def show_logo(self, logo: Logo, room: tuple[float, float]) -> Node:
        """Return the run of a logo, as large as `room` (width and height in millimetres) allows."""
        return self._shown(logo.kind, logo.content, room, (logo.alternative, ""), grows=True)

    def _shown(
        self, kind: str, content: bytes, room: tuple[float, float], words: tuple[str, str], *, grows: bool
    ) -> Node:
        """Return the run of a picture with its alternative text and title."""
        if kind == "svg":
            size = _fit(_svg_size(content), room, grows=grows)
            fallback = self.add(_spoken(words[0], size, self.theme), "png")
            return _run(fallback, size, *words, svg=self.add(content, "svg"))
        with Image.open(io.BytesIO(content)) as image:
            dpi = float(image.info.get("dpi", (USUAL_DPI,))[0]) or USUAL_DPI
            size = _fit((image.width * 25.4 / dpi, image.height * 25.4 / dpi), room, grows=grows)
        return _run(self.add(content, kind), size, *words)


def _fit(size: tuple[float, float], room: tuple[float, float], *, grows: bool) -> tuple[float, float]:
    """Return width and height in millimetres, made smaller where they are above `room`; `grows`: larger too."""
    scale = min(room[0] / size[0], room[1] / size[1], *(() if grows else (1.0,)))
    return size[0] * scale, size[1] * scale


def _svg_size(content: bytes) -> tuple[float, float]:
    """Return the size of an SVG in millimetres, by its viewBox, at 96 pixels an inch."""
    try:
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
        numbers = [float(part) for part in root.get("viewBox", "").replace(",", " ").split()]
        width, height = (
            numbers[2:] if len(numbers) == 4 else (float(root.get("width", "")), float(root.get("height", "")))
        )
    except (etree.XMLSyntaxError, ValueError) as error:
        raise OSError(f"this SVG does not tell its size: {error}") from error
    return width * 25.4 / 96, height * 25.4 / 96


def _spoken(alternative: str, size: tuple[float, float], theme: Theme) -> bytes:
    """Return what a program shows that cannot draw SVG (LibreOffice 7, Word 2013): a frame with the words."""
    image = Image.new("RGB", (round(size[0] * 6), round(size[1] * 6)), PAPER)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, image.width - 1, image.height - 1), outline=theme.line, width=2)
    font = ImageFont.truetype(theme.sans.file(), 20)
    line, words = "", []
    for word in alternative.split():
        if line and pen.textlength(f"{line} {word}", font) > image.width - 40:
            words.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    pen.multiline_text((20, 16), "\n".join([*words, line]), fill=theme.soft, font=font, spacing=8)
    output = io.BytesIO()
    image.save(output, "PNG", dpi=(152.4, 152.4))
    return output.getvalue()


def _run(relation: str, size: tuple[float, float], alternative: str, title: str = "", svg: str = "") -> Node:
    """Return the run of a picture in the line; `finish` numbers the drawings."""
    width, height = emu(size[0]), emu(size[1])
    extension = (
        f'<a:extLst><a:ext uri="{SVG_EXTENSION}"><asvg:svgBlip xmlns:asvg="{SVG_NAMESPACE}" r:embed="{svg}"/></a:ext>'
        "</a:extLst>"
        if svg
        else ""
    )
    named = f'id="0" name="Bild" descr="{escape(alternative)}"' + (f' title="{escape(title)}"' if title else "")
    return raw_inline(
        '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{width}" cy="{height}"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:docPr {named}/>'
        '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        f'<a:graphic><a:graphicData uri="{A.removesuffix("main")}picture"><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr id="0" name="Bild"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{relation}">{extension}</a:blip>'
        "<a:stretch><a:fillRect/></a:stretch></pic:blipFill>"
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )
