"""Package: the parts of a DOCX around the text (settings, fonts, properties, headers, pictures) and its zip.

Everything here depends on the Document alone: no clock, no chance, parts in order of name.
"""

from __future__ import annotations

import functools
import hashlib
import io
import re
import zipfile
from pathlib import Path

from fontTools.ttLib import TTFont

from assembly.document import Document
from assembly.render_docx.pictures import Pictures
from assembly.render_docx.widths import TYPE_SIZE, clipped
from assembly.render_docx.wordml import LINE, RUNNING_TITLE, WIDE_LINE, escape, field_runs, twips
from assembly.theme import Typeface

Parts = dict[str, bytes]

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
ZIP_TIME = (1980, 1, 1, 0, 0, 0)
HEADER_SIZE, HEADER_SHARE = 8.5, 0.66  # points of a running head, and the share of its line beside the marking
RUNNING = {"upright": LINE, "wide": WIDE_LINE}
"""The running heads, and the line in millimetres that each is made for."""


def zipped(parts: Parts) -> bytes:
    """Return the parts as a zip whose bytes depend on them alone."""
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name in sorted(parts, key=lambda name: (name != "[Content_Types].xml", name)):
            entry = zipfile.ZipInfo(name, ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, parts[name])
    return output.getvalue()


def furnish(parts: Parts, document: Document, pictures: Pictures) -> None:
    """Add to `parts` (pandoc's, changed here) what a DOCX of ours has besides the text."""
    parts.pop("docProps/custom.xml", None)
    types = parts["[Content_Types].xml"].decode()
    types = re.sub(r'<Override [^>]*PartName="/docProps/custom\.xml"[^>]*/>', "", types)
    package = parts["_rels/.rels"].decode()
    parts["_rels/.rels"] = re.sub(r'<Relationship [^>]*Target="docProps/custom\.xml"[^>]*/>', "", package).encode()
    relations, overrides = [], []
    for lying, line in RUNNING.items():
        for kind, content in (("header", _header(document, line)), ("footer", _footer(document, line))):
            name = f"{kind}-{lying}.xml"
            parts[f"word/{name}"] = content.encode()
            relations.append(_relation(running_id(kind, lying), kind, name))
            overrides.append(f'<Override PartName="/word/{name}" ContentType="{WORD}.{kind}+xml"/>')
    for relation, picture in pictures.parts.items():
        parts[f"word/{picture.part}"] = picture.content
        relations.append(_relation(relation, "image", picture.part))
    parts["word/fontTable.xml"], parts["word/_rels/fontTable.xml.rels"] = _font_table(parts, document)
    parts["word/settings.xml"] = _settings(document).encode()
    parts["docProps/core.xml"] = _core(document).encode()
    parts["docProps/app.xml"] = _app(document).encode()
    name = "word/_rels/document.xml.rels"
    parts[name] = parts[name].decode().replace("</Relationships>", "".join(relations) + "</Relationships>").encode()
    parts["[Content_Types].xml"] = types.replace("</Types>", "".join(overrides) + "</Types>").encode()
    _declare(parts)


def running_id(kind: str, lying: str) -> str:
    """Return the relationship of the header or footer of upright or wide pages."""
    return f"rId{kind.title()}{lying.title()}"


def _relation(relation: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{relation}" Type="{OFFICE}/{kind}" Target="{target}"/>'


def _declare(parts: Parts) -> None:
    """Give a content type to every kind of picture and to the fonts."""
    wanted = {"png": "image/png", "jpeg": "image/jpeg", "svg": "image/svg+xml"}
    wanted["odttf"] = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
    used = {name.rpartition(".")[2] for name in parts}
    types = parts["[Content_Types].xml"].decode()
    for suffix, kind in wanted.items():
        if suffix in used and f'Extension="{suffix}"' not in types:
            types = types.replace("<Default ", f'<Default Extension="{suffix}" ContentType="{kind}"/><Default ', 1)
    parts["[Content_Types].xml"] = types.encode()


def _header(document: Document, line: float) -> str:
    """Return the running head: the title of the chapter or sheet, and until a program works it out, the document's."""
    marking = f'<w:r><w:rPr><w:rStyle w:val="Kennzeichnung"/></w:rPr><w:t>{escape(document.marking)}</w:t></w:r>'
    room = line * (HEADER_SHARE if document.marking else 1)
    title = clipped(document.title, document.theme.sans, room * TYPE_SIZE / HEADER_SIZE)
    field = field_runs(f'STYLEREF "{RUNNING_TITLE}"', title)
    return _running("hdr", "Header", line, field, marking if document.marking else "")


def _footer(document: Document, line: float) -> str:
    words = f'<w:r><w:t xml:space="preserve">{escape(document.footer)}</w:t></w:r>'
    return _running("ftr", "Footer", line, words, field_runs("PAGE", "1", "Seitenzahl"))


def _running(element: str, style: str, line: float, left: str, right: str) -> str:
    """Return a running head or foot: runs at the left and at the right end of the line."""
    return (
        f'{DECLARATION}<w:{element} xmlns:w="{W}"><w:p><w:pPr><w:pStyle w:val="{style}"/>'
        f'<w:tabs><w:tab w:val="right" w:pos="{twips(line)}"/></w:tabs></w:pPr>'
        f"{left}<w:r><w:tab/></w:r>{right}</w:p></w:{element}>"
    )


def _font_table(parts: Parts, document: Document) -> tuple[bytes, bytes]:
    """Return fontTable.xml and its relationships; the faces go into `parts`, so that every reader has them."""
    fonts: list[str] = []
    relations: list[str] = []
    for typeface, kind, instead in (
        (document.theme.sans, "swiss", "Calibri"),
        (document.theme.serif, "roman", "Cambria"),
    ):
        embedded = ""
        for face, file in _word_faces(typeface):
            key, content = _obfuscated(file)
            relation = f"rIdFont{len(relations) + 1}"
            parts[f"word/fonts/font{len(relations) + 1}.odttf"] = content
            embedded += f'<w:embed{face} r:id="{relation}" w:fontKey="{key}"/>'
            relations.append(_relation(relation, "font", f"fonts/font{len(relations) + 1}.odttf"))
        panose, signature = _classed(typeface.file())
        fonts.append(
            f'<w:font w:name="{escape(typeface.family)}"><w:altName w:val="{instead}"/><w:panose1 w:val="{panose}"/>'
            f'<w:charset w:val="00"/><w:family w:val="{kind}"/><w:pitch w:val="variable"/><w:sig {signature}/>'
            f"{embedded}</w:font>"
        )
    table = f'{DECLARATION}<w:fonts xmlns:w="{W}" xmlns:r="{OFFICE}">{"".join(fonts)}</w:fonts>'
    related = f'{DECLARATION}<Relationships xmlns="{RELATIONSHIPS}">{"".join(relations)}</Relationships>'
    return table.encode(), related.encode()


def _word_faces(typeface: Typeface) -> tuple[tuple[str, Path], ...]:
    """Return the faces that Word knows, in the order of the schema."""
    return ("Regular", typeface.file()), ("Bold", typeface.file(700)), ("Italic", typeface.file(italic=True))


@functools.cache
def _classed(font: Path) -> tuple[str, str]:
    """Return how a font is classed, by its table OS/2: PANOSE, and the signs that it has, as attributes of w:sig."""
    with TTFont(font, lazy=True) as opened:
        table = opened["OS/2"]
        panose = "".join(f"{value:02X}" for value in vars(table.panose).values())
        ranges = [getattr(table, f"ulUnicodeRange{n}") for n in range(1, 5)]
        ranges += [getattr(table, f"ulCodePageRange{n}", 0) for n in (1, 2)]
    fields = ("usb0", "usb1", "usb2", "usb3", "csb0", "csb1")
    return panose, " ".join(f'w:{name}="{value:08X}"' for name, value in zip(fields, ranges, strict=True))


@functools.cache
def _obfuscated(file: Path) -> tuple[str, bytes]:
    """Return key and bytes of a font as ECMA-376 Part 4, 2.8.1 wants them: the first 32 bytes XORed with the key."""
    content = file.read_bytes()
    digits = hashlib.sha256(content).hexdigest()[:32].upper()
    key = bytes.fromhex(digits)[::-1] * 2
    head = bytes(byte ^ mask for byte, mask in zip(content[:32], key, strict=True))
    lengths = (8, 4, 4, 4, 12)
    starts = [sum(lengths[:index]) for index in range(len(lengths))]
    guid = "-".join(digits[start : start + length] for start, length in zip(starts, lengths, strict=True))
    return f"{{{guid}}}", head + content[32:]


def _settings(document: Document) -> str:
    """Return settings.xml: German numbers and hyphens, fonts embedded, no compatibility mode, nothing that prompts."""
    options = (
        ("compatibilityMode", "15"),
        ("overrideTableStyleFontSizeAndJustification", "1"),
        ("enableOpenTypeFeatures", "1"),
        ("doNotFlipMirrorIndents", "1"),
        ("differentiateMultirowTableHeaders", "1"),
    )
    compat = "".join(
        f'<w:compatSetting w:name="{name}" w:uri="http://schemas.microsoft.com/office/word" w:val="{value}"/>'
        for name, value in options
    )
    places = ("bg1", "t1", "bg2", "t2", *(f"accent{n}" for n in range(1, 7)), "hyperlink", "followedHyperlink")
    scheme = {"bg1": "light1", "t1": "dark1", "bg2": "light2", "t2": "dark2"}
    colours = " ".join(f'w:{place}="{scheme.get(place, place)}"' for place in places)
    return (
        f'{DECLARATION}<w:settings xmlns:w="{W}"><w:zoom w:percent="100"/><w:embedTrueTypeFonts/>'
        '<w:defaultTabStop w:val="709"/><w:autoHyphenation/><w:consecutiveHyphenLimit w:val="3"/>'
        '<w:hyphenationZone w:val="340"/><w:characterSpacingControl w:val="doNotCompress"/>'
        '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
        f'<w:compat>{compat}</w:compat><w:themeFontLang w:val="{document.language}"/>'
        f'<w:clrSchemeMapping {colours}/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/></w:settings>'
    )


def _core(document: Document) -> str:
    day = f"{document.day.isoformat()}T00:00:00Z"
    values = (
        ("dc:title", document.title),
        ("dc:subject", document.subject),
        ("dc:creator", document.publisher),
        ("cp:keywords", "; ".join(document.keywords)),
        ("cp:lastModifiedBy", document.publisher),
        ("cp:revision", "1"),
        ("dc:language", document.language),
        ("cp:version", document.version),
        ("cp:contentStatus", document.marking),
    )
    dates = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{day}</dcterms:{name}>' for name in ("created", "modified")
    )
    return (
        f"{DECLARATION}<cp:coreProperties"
        ' xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        + "".join(f"<{name}>{escape(value)}</{name}>" for name, value in values)
        + f"{dates}</cp:coreProperties>"
    )


def _app(document: Document) -> str:
    return (
        f'{DECLARATION}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        f"<Company>{escape(document.publisher)}</Company></Properties>"
    )
