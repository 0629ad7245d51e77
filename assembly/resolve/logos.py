"""Logos: what a picture must be like to be printed in every format and never to reach out of the book."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

Problem = tuple[str, str]  # what is wrong, and how to mend it

LARGEST = 1_000_000  # bytes
LEAST, MOST = 200, 6000  # pixels of the longer side: at 300 dots an inch 17 mm, and half a metre
PICTURES = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG"}
MODES = ("1", "L", "LA", "P", "RGB", "RGBA")  # of Pillow: what needs no colour profile of its own
ACTIVE = frozenset({"script", "foreignObject", "iframe"})
WORDS = frozenset({"text", "tspan", "textPath"})
INSIDE = re.compile(r"#|data:image/(png|jpeg);base64,")  # an address that leads nowhere else
REACHING = re.compile(r"url\(\s*['\"]?(?!#)|@import|javascript:", re.IGNORECASE)
SIZED = re.compile(r"\s*-?\d+(\.\d+)?[\s,]+-?\d+(\.\d+)?[\s,]+[1-9]\d{0,5}(\.\d+)?[\s,]+[1-9]\d{0,5}(\.\d+)?\s*")
ANEW = "Speichern Sie es im Zeichenprogramm neu, als „einfaches SVG“ mit Maßen."


def unfit_logo(file: Path) -> Problem | None:
    """Return why a file cannot be printed as a logo; None where it can."""
    suffix, size = file.suffix.lower(), file.stat().st_size
    if suffix != ".svg" and suffix not in PICTURES:
        return f"Ein Logo ist SVG, PNG oder JPEG, nicht „{file.suffix}“.", "Speichern Sie es als SVG oder PNG."
    if size > LARGEST:
        message = f"Das Logo ist {size // 1000} kB groß; erlaubt sind {LARGEST // 1000} kB."
        return message, "Verkleinern Sie das Bild; für den Druck genügen 1000 Bildpunkte in der Breite."
    return _unfit_svg(file.read_bytes()) if suffix == ".svg" else _unfit_picture(file, PICTURES[suffix])


def _unfit_svg(content: bytes) -> Problem | None:
    from lxml import etree  # late: most plans have no logo

    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        return "Das SVG enthält eine DOCTYPE-Angabe.", f"Löschen Sie sie. {ANEW}"
    try:
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return "Die Datei ist kein lesbares SVG.", ANEW
    elements = [(etree.QName(node).localname, node) for node in root.iter() if isinstance(node.tag, str)]
    if elements[0][0] != "svg":
        return "Die Datei ist kein SVG.", ANEW
    if not SIZED.fullmatch(root.get("viewBox", "")):
        return "Das SVG nennt seine Maße nicht (viewBox).", ANEW
    return next(filter(None, (_unfit_element(name, node) for name, node in elements)), None)


def _unfit_element(name: str, node: Any) -> Problem | None:
    attributes = {key.rpartition("}")[2]: value for key, value in node.attrib.items()}
    if name in ACTIVE or any(key.startswith("on") for key in attributes):
        return "Das SVG enthält ein Skript oder fremden Inhalt.", f"Ein Logo ist nur Zeichnung. {ANEW}"
    written = " ".join((*attributes.values(), node.text or "" if name == "style" else ""))
    if REACHING.search(written) or not INSIDE.match(attributes.get("href", "#")):
        return "Das SVG holt etwas von außen, aus dem Netz oder einer anderen Datei.", f"Betten Sie es ein. {ANEW}"
    if name == "use" and any(outer.get("id") for outer in [node, *node.iterancestors()][:-1]):
        return "Das SVG wiederholt Teile, die selbst wiederholt werden können.", f"Lösen Sie Symbole auf. {ANEW}"
    if name in WORDS:
        return (
            "Das SVG enthält Schrift, die ohne ihre Schriftdatei anders aussieht.",
            "Wandeln Sie Schrift in Pfade um.",
        )
    return None


def _unfit_picture(file: Path, kind: str) -> Problem | None:
    from PIL import Image, UnidentifiedImageError  # late: most plans have no logo

    try:
        with Image.open(file) as image:
            longest, mode, found = max(image.size), image.mode, image.format
            if longest <= MOST:
                image.load()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return f"Die Datei ist kein lesbares {kind}.", "Öffnen Sie das Bild und speichern Sie es neu."
    if found != kind:
        return (
            f"Die Datei heißt {file.suffix}, ist aber ein {found}.",
            "Speichern Sie das Bild unter seiner Endung neu.",
        )
    if mode not in MODES:
        return f"Das Bild ist im Farbraum {mode} gespeichert; gedruckt wird RGB.", "Speichern Sie es in RGB."
    if not LEAST <= longest <= MOST:
        message = f"Das Bild ist {longest} Bildpunkte lang; sinnvoll sind {LEAST} bis {MOST}."
        return message, "Nehmen Sie die Fassung für den Druck, am besten ein SVG."
    return None
