"""One way from HTML to PDF, as a process of its own: `python -m benchmarks.one own|weasyprint FOLDER`.

The folder holds what `benchmarks.pdf` has put there. `own` is this program's engine with an empty cache, `weasyprint`
the whole book as one document whose numbers of pages WeasyPrint finds itself.
"""

from __future__ import annotations

import pickle
import sys
from pathlib import Path

BOOK, HTML, RESULT = "book.pickle", "book.html", "book.pdf"


def main(way: str, folder: Path) -> None:
    """Write the PDF beside the HTML."""
    content = _own(folder) if way == "own" else _weasyprint(folder)
    (folder / RESULT).write_bytes(content)


def _own(folder: Path) -> bytes:
    from assembly.making import Making, cores
    from assembly.pipeline import import_engine
    from assembly.render_pdf.pages import set_pdf
    from assembly.workers import workers

    html, document, chapters = pickle.loads((folder / BOOK).read_bytes())
    with workers(cores(), import_engine) as pool:
        return set_pdf(html, document, chapters, Making(pool, folder / "cache"))


def _weasyprint(folder: Path) -> bytes:
    import weasyprint

    text = (folder / HTML).read_text(encoding="utf-8")
    content: bytes = weasyprint.HTML(string=text).write_pdf(pdf_variant="pdf/ua-1")
    return content


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
