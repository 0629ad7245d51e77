"""The engine's room: faster without a byte's difference, for one version of WeasyPrint, and put back afterwards."""

from __future__ import annotations

import io
from contextlib import nullcontext
from pathlib import Path

import pikepdf
import pytest
import weasyprint
import weasyprint.pdf
from weasyprint.css import ComputedStyle

from assembly.document import Document
from assembly.making import Making
from assembly.refusal import Refusal
from assembly.render_pdf import DanglingReferencesError, render_pdf, workshop
from assembly.render_pdf.chunk import read_inside, read_outside
from assembly.render_pdf.engine import room
from assembly.render_pdf.fonts import all_fonts
from assembly.render_pdf.html import render_html
from assembly.render_pdf.merge import merge
from assembly.render_pdf.stylesheet import stylesheet
from assembly.theme import FONTS, NEUTRAL


@pytest.fixture(scope="module")
def engine() -> room.Engine:
    return room.Engine(stylesheet(NEUTRAL), (FONTS,))


@pytest.mark.slow
def test_what_is_sped_up_changes_no_byte(
    document: Document, specimen: Path, engine: room.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    html = render_html(document, specimen / "chapters")
    pages = [html.alone(chunk) for chunk in html.chunks]
    fast = [engine.lay_out(page) for page in pages]
    monkeypatch.setattr(room, "fast", nullcontext)
    assert [engine.lay_out(page) for page in pages] == fast


def test_weasyprint_is_put_back(engine: room.Engine) -> None:
    before = weasyprint.pdf.add_tags, ComputedStyle.__init__, weasyprint.HTML._ua_stylesheets
    engine.lay_out('<!doctype html><html lang="de"><title>x</title><body><p>Wort</p></body></html>')
    assert (weasyprint.pdf.add_tags, ComputedStyle.__init__, weasyprint.HTML._ua_stylesheets) == before


def test_another_version_of_weasyprint_is_refused(
    document: Document, specimen: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(weasyprint, "__version__", "71.0")
    monkeypatch.setattr(workshop, "_engines", {})
    with pytest.raises(Refusal) as refusal:
        render_pdf(document, specimen / "chapters")
    assert "70.0" in refusal.value.message
    assert "71.0" in refusal.value.message
    assert "--engine plain" in refusal.value.hint


def test_what_is_packed_is_read_again(document: Document, specimen: Path, engine: room.Engine) -> None:
    html = render_html(document, specimen / "chapters")
    packed = engine.lay_out(html.alone(html.chunks[1]))
    outside, inside = read_outside(packed), read_inside(packed)
    assert outside.pages == len(inside.pages) > 0
    assert document.sections[1].id in outside.anchors
    assert set(inside.open) <= set(outside.targets)


def test_a_link_that_leads_nowhere_stops_the_merge(document: Document, specimen: Path, engine: room.Engine) -> None:
    html = render_html(document, specimen / "chapters")
    packed = [engine.lay_out(html.alone('<section id="a" class="opens-page"><p><a href="#b">x</a></p></section>'))]
    outsides = [read_outside(content) for content in packed]
    with pytest.raises(DanglingReferencesError, match="no target: b"):
        merge(outsides, packed, engine.embed(all_fonts(outsides)), "de-DE", lambda _pdf: None)


@pytest.mark.slow
def test_the_plain_way_claims_no_standard(document: Document, specimen: Path) -> None:
    content = render_pdf(document, specimen / "chapters", Making(plain=True))
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert pdf.Root.StructTreeRoot.K
        assert b"<pdfuaid:part>" not in pdf.Root.Metadata.read_bytes()
        assert b"<pdfaid:part>" not in pdf.Root.Metadata.read_bytes()
