"""render_docx: Document → DOCX, the edition in which ministries comment.

assemble    Document → pandoc's AST, with orders between the blocks
reference   Document → the document that gives pandoc its styles (`styles`)
pandoc      AST → DOCX, one process in its sandbox
finish      DOCX → DOCX: pages, links, tables, and the parts around the text (`package`)

Nothing is computed here but how things look: numbers, texts and totals stand in the Document.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import pypandoc

from assembly.document import Document
from assembly.render_docx.anchors import Anchors
from assembly.render_docx.assemble import assemble
from assembly.render_docx.finish import finished
from assembly.render_docx.pictures import Pictures
from assembly.render_docx.reference import reference_document
from assembly.render_docx.text import Book

TIMEOUT_SECONDS = 300


def render_docx(document: Document, images: Path) -> bytes:
    """Return `document` as DOCX; `images` is the folder in which „bilder/…“ of the prose is found.

    The same document and pictures give the same bytes. LookupError where a reference names no place of the document,
    ValueError where two places bear one anchor, OSError for a picture that cannot be read, RuntimeError where pandoc
    fails.
    """
    book = Book(Anchors(document), Pictures(images, document.theme), document.theme)
    written = _pandoc(assemble(document, book), reference_document(document))
    return finished(written, document, book.pictures)


def _pandoc(tree: dict[str, Any], reference: bytes) -> bytes:
    """Return the AST as DOCX, written by pandoc in its sandbox: it reads nothing but the reference document."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "reference.docx"
        path.write_bytes(reference)
        options = ["--sandbox", "-f", "json", "-t", "docx", "--syntax-highlighting=none", "-o", "-"]
        command = [pypandoc.get_pandoc_path(), "+RTS", "-M2g", "-RTS", *options, f"--reference-doc={path}"]
        run = subprocess.run(
            command, input=json.dumps(tree).encode(), capture_output=True, timeout=TIMEOUT_SECONDS, check=False
        )
    if run.returncode:
        raise RuntimeError(f"pandoc could not write the DOCX: {run.stderr.decode(errors='replace')}")
    return run.stdout
