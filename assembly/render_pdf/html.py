"""HTML: Document → HTML for the page maker, in chunks. `writer` fills the templates.

A chunk is what begins on a new page: it looks the same whether it is laid out alone or with all others, for nothing in
it counts on (page numbers apart) and nothing in the style sheet looks back across a new page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assembly.document import Document, Figure, Section
from assembly.making import ALONE, Making
from assembly.render_pdf.kept import Kept
from assembly.render_pdf.stylesheet import Stylesheet, stylesheet
from assembly.render_pdf.targets import check_targets
from assembly.render_pdf.writer import Chunk, ChunkWriter, Setting

FEW = 2  # chunks of text alone, which are written sooner than a worker has read the templates
END = "</body>\n</html>\n"


@dataclass(frozen=True, slots=True)
class Html:
    """The book as HTML: what stands before all chunks, the chunks, and the style sheet of all.

    Where a page belongs stands a zero, for `numbers.put_pages` to replace.
    """

    head: str
    chunks: tuple[str, ...]
    stylesheet: Stylesheet

    @property
    def whole(self) -> str:
        """Return the book as one page of HTML, style sheet and all."""
        head = self.head.replace("</head>", f"<style>\n{self.stylesheet.css}</style>\n</head>", 1)
        return "".join((head, *self.chunks, END))

    def alone(self, chunk: str) -> str:
        """Return one chunk as a page of HTML, without style sheet: the engine reads that once for all chunks."""
        return self.head + chunk + END


def render_html(document: Document, images: Path, making: Making = ALONE) -> Html:
    """Return the book as HTML, made as `making` says.

    `images` is the folder of the chapters (pictures lie in its `bilder/`). Raises DanglingReferencesError where a
    reference has no target, ValueError for raw markup, foreign images and colours that are none.
    """
    check_targets(document)
    sheet = stylesheet(document.theme, document.field_colours)
    setting = Setting(document.theme, document.abbreviations, document.field_colours, images)
    return Html(_writer(setting).head(document), tuple(_made(setting, _chunks(document.sections), making)), sheet)


def _made(setting: Setting, chunks: Sequence[Chunk], making: Making) -> list[str]:
    """Return the HTML of each chunk: as it was kept, or made by the workers."""
    kept = _kept(setting, making.cache / "html") if making.cache else None
    keys = [kept.key(chunk) for chunk in chunks] if kept else []
    known = [kept.get(key) for key in keys] if kept else [None] * len(chunks)
    # Figures first: each takes as long as a chapter of text.
    missing = sorted((i for i, html in enumerate(known) if html is None), key=lambda i: -_figures(chunks[i]))
    if making.pool is None or (len(missing) <= FEW and not any(_figures(chunks[i]) for i in missing)):
        fresh = {i: _chunk(setting, chunks[i]) for i in missing}
    else:
        started = {i: making.pool.submit(_chunk, setting, chunks[i]) for i in missing}
        fresh = {i: future.result() for i, future in started.items()}
    if kept and fresh:
        kept.put({keys[i]: html for i, html in fresh.items()})
    return [fresh[i] if html is None else html for i, html in enumerate(known)]


def _kept(setting: Setting, folder: Path) -> Kept:
    pictures = sorted(path for path in (setting.images / "bilder").glob("**/*") if path.is_file())
    return Kept(folder, (setting, pictures), (*setting.theme.fonts, *pictures))


def _chunk(setting: Setting, chunk: Chunk) -> str:
    return _writer(setting).chunk(chunk)


@cache
def _writer(setting: Setting) -> ChunkWriter:
    """Return the writers of a book, made once in each process."""
    return ChunkWriter(setting)


def _figures(chunk: Chunk) -> int:
    return sum(isinstance(block, Figure) for section, _ in chunk for block in section.blocks)


def _chunks(sections: Sequence[Section]) -> list[Chunk]:
    """Return the sections by the new pages they begin on, each with whether it is followed by a new page."""
    chunks: list[Chunk] = []
    for index, section in enumerate(sections):
        if section.opens_page or not chunks:
            chunks.append([])
        chunks[-1].append((section, index + 1 == len(sections) or sections[index + 1].opens_page))
    return chunks
