"""The HTML of the book is safe: what an editor typed is words, and nothing from outside gets in."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import lxml.html
import pytest

from assembly.amounts import Amount
from assembly.document import (
    Block,
    Column,
    Cover,
    Directory,
    Entry,
    Fact,
    Facts,
    Figure,
    Notice,
    Prose,
    Ref,
    Rich,
    Row,
    Share,
    Shares,
    Table,
    Term,
    Text,
)
from assembly.drawings import StackedBars
from assembly.prose import Node, paragraph, text_inlines
from assembly.render_pdf import render_html
from assembly.render_pdf.fetcher import BookFetcher, ForbiddenAddressError
from assembly.theme import NEUTRAL
from tests.books import HOSTILE, book, one, page, para

# --- safety ---------------------------------------------------------------------------------------------------------


def test_hostile_text_is_text_everywhere() -> None:
    words = text_inlines(HOSTILE)
    hostile_rows = (Row((Text(HOSTILE, strong=True),)), Row((Rich([paragraph(words)]),)))
    blocks: tuple[Block, ...] = (
        Prose([paragraph(words)], label=HOSTILE),
        Table("t", words, (Column(HOSTILE),), hostile_rows, words),
        Figure("f", 1, words, HOSTILE, StackedBars((HOSTILE,), ((HOSTILE, (5,)),)), words),
        Facts((Fact(HOSTILE, Term(HOSTILE, HOSTILE)),)),
        Shares(Amount(5), (Share("EU", HOSTILE, Amount(5)),), HOSTILE),
        Notice(HOSTILE, [paragraph(words)]),
        Directory("contents", (Entry(Ref(HOSTILE, "kap-eins"), 1, HOSTILE),)),
        Cover(HOSTILE, HOSTILE, HOSTILE, HOSTILE, ((HOSTILE, HOSTILE),), ("#1f5fa8",)),
    )
    document = book(*blocks, title=HOSTILE, marking=HOSTILE, footer=HOSTILE, subject=HOSTILE, keywords=(HOSTILE,))
    section = replace(document.sections[0], title=HOSTILE, kicker=HOSTILE, tags=(HOSTILE,), running=HOSTILE)
    document = replace(document, sections=(section,))
    html = render_html(document, Path("/nowhere")).whole
    assert "<script" not in html
    assert ">49" not in html
    tree = lxml.html.document_fromstring(html)
    assert tree.text_content().count("{{ 7 * 7 }}") > 15
    assert tree.find("body").get("data-marking") == HOSTILE  # type: ignore[union-attr]  # every page has a body


@pytest.mark.parametrize("kind", ["RawBlock", "RawInline"])
def test_raw_markup_is_refused(kind: str) -> None:
    node = {"t": kind, "c": ["html", "<b>"]}
    blocks = [node] if kind == "RawBlock" else [paragraph([node])]
    with pytest.raises(ValueError, match=kind):
        render_html(book(Prose(blocks)), Path("/nowhere"))


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "JavaScript:x"])
def test_links_of_other_schemes_are_words(url: str) -> None:
    link = {"t": "Link", "c": [["", [], []], text_inlines("hier"), [url, ""]]}
    tree = page(book(para(link)))
    assert not tree.cssselect("p a")
    assert "hier" in tree.text_content()


def test_links_of_the_web_stay() -> None:
    link = {"t": "Link", "c": [["", [], []], text_inlines("hier"), ["https://example.org/?a=1&b=2", ""]]}
    assert one(page(book(para(link))), "p a").get("href") == "https://example.org/?a=1&b=2"


def _image(source: str) -> Node:
    return {"t": "Image", "c": [["", [], []], text_inlines("Ein Bild"), [source, "Foto: Amt"]]}


@pytest.mark.parametrize(
    "source", ["../secret.png", "bilder/../../secret.png", "/etc/passwd", "https://example.org/x.png"]
)
def test_images_from_elsewhere_are_refused(source: str, tmp_path: Path) -> None:
    (tmp_path / "chapters" / "bilder").mkdir(parents=True)
    (tmp_path / "secret.png").write_bytes(b"secret")
    with pytest.raises(ValueError, match="no image in bilder"):
        render_html(book(para(_image(source))), tmp_path / "chapters")


def test_image_has_words_and_credit(tmp_path: Path) -> None:
    (tmp_path / "bilder").mkdir()
    (tmp_path / "bilder" / "x.png").write_bytes(b"png")
    tree = page(book(para(_image("bilder/x.png"))), tmp_path)
    assert one(tree, "figure img").get("alt") == "Ein Bild"
    assert one(tree, "figure .note").text_content() == "Foto: Amt"


@pytest.mark.parametrize("colour", ["red", "#fff;background:url(x)", "#1234567", ""])
def test_only_colours_stand_in_styles(colour: str) -> None:
    with pytest.raises(ValueError, match="no colour"):
        render_html(book(theme=replace(NEUTRAL, accent=colour)), Path("/nowhere"))


def test_fetcher_fetches_only_what_belongs_to_the_book(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.css").write_text("p{}", encoding="utf-8")
    (tmp_path / "out.css").write_text("p{}", encoding="utf-8")
    fetcher = BookFetcher(tmp_path / "in")
    assert fetcher.fetch((tmp_path / "in" / "a.css").as_uri()).read() == b"p{}"
    assert fetcher.fetch("data:text/plain,abc").read() == b"abc"
    for url in (
        (tmp_path / "out.css").as_uri(),
        (tmp_path / "in").as_uri() + "/../out.css",
        (tmp_path / "in").as_uri() + "/%2e%2e/out.css",
        "file://example.org" + str(tmp_path / "in" / "a.css"),
        "http://example.org/a.css",
        "https://example.org/a.css",
        "ftp://example.org/a.css",
    ):
        with pytest.raises(ForbiddenAddressError):
            fetcher.fetch(url)
