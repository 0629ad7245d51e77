"""Reference: the document that gives pandoc its styles, made from pandoc's own and never stored.

Replaced are styles, theme and page. The page is as wide as our wide line; `finish` sets the real pages.
"""

from __future__ import annotations

import functools
import io
import re
import subprocess
import zipfile

import pypandoc

from assembly.document import Document
from assembly.render_docx.package import zipped
from assembly.render_docx.styles import Look, style_sheet
from assembly.render_docx.wordml import colour

TIMEOUT_SECONDS = 60
THEME = "word/theme/theme1.xml"


@functools.cache
def _default() -> bytes:
    """Return pandoc's default reference document. CalledProcessError where pandoc fails."""
    command = [pypandoc.get_pandoc_path(), "--print-default-data-file", "reference.docx"]
    return subprocess.run(command, capture_output=True, timeout=TIMEOUT_SECONDS, check=True).stdout


def reference_document(document: Document) -> bytes:
    """Return the reference document for `document`: its theme and its fields' colours are in styles and theme."""
    with zipfile.ZipFile(io.BytesIO(_default())) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["word/styles.xml"] = style_sheet(document).encode()
    parts[THEME] = _themed(parts[THEME].decode(), document).encode()
    return zipped(parts)


def _themed(theme: str, document: Document) -> str:
    """Return the theme with our fonts and colours, so that what is added in Word looks like the rest."""
    accents = [colour(value) for _, value in document.field_colours][:5]
    look = Look.of(document.theme)
    colours = {"dk2": look.text, "accent1": look.accent, "hlink": look.accent, "folHlink": look.soft}
    colours |= {f"accent{index}": value for index, value in enumerate(accents, start=2)}
    for name, value in colours.items():
        theme = re.sub(rf'(<a:{name}>\s*<a:srgbClr val=")[0-9A-F]{{6}}', rf"\g<1>{value}", theme)
    for place, font in (("majorFont", look.sans), ("minorFont", look.serif)):
        theme = re.sub(rf"(<a:{place}>\s*)<a:latin [^>]*/>", rf'\g<1><a:latin typeface="{font}"/>', theme)
    return theme
