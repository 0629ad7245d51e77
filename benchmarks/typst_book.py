"""The book for Typst: the same records, sheets, tables, references and figures, for a comparison of speed.

Input: the HTML of the book. Output: Typst's markup, and the figures as files. It looks much the same, not exactly so:
what counts is that the same texts are broken into lines, tables over pages, and references resolved.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path

import lxml.html
from lxml.html import HtmlElement

PREAMBLE = """\
#set document(title: {title}, author: {author})
#set page(paper: "a4", margin: (x: 22mm, top: 30mm, bottom: 26mm), numbering: "1",
  header: context {{
    let found = query(selector(heading.where(level: 1)).before(here()))
    if found.len() > 0 {{ text(8.5pt, found.last().body) }}
  }},
  footer: [{footer} #h(1fr) #context counter(page).display()])
#set text(font: ("Source Serif 4", "Source Sans 3"), size: 10pt, lang: "de", hyphenate: true)
#set par(leading: 0.55em, justify: false)
#show table: set text(font: "Source Sans 3", size: 9.1pt)
#set table(stroke: (bottom: 0.4pt + luma(200)), inset: (x: 1.5mm, y: 1.25mm))
#show heading: set text(font: "Source Sans 3")
#let pg(target) = context counter(page).at(label(target)).first()
#let to(target, body) = link(label(target), body)
#let at(name) = [#metadata(none)#label(name)]
"""

_SVG = re.compile(r"<svg.*?</svg>", re.DOTALL)
_WRAPPED = {"strong": "strong", "b": "strong", "em": "emph", "sup": "super", "sub": "sub", "blockquote": "quote"}


def typst_book(html: str, folder: Path) -> Path:
    """Write the book to `folder` and return the path of its main file."""
    figures: list[str] = []

    def keep(found: re.Match[str]) -> str:
        figures.append(found[0])
        return f"<img class='drawing' data-number='{len(figures) - 1}'>"

    tree = lxml.html.document_fromstring(_SVG.sub(keep, html))
    for number, figure in enumerate(figures):
        (folder / f"{number}.svg").write_text(figure, encoding="utf-8")
    body = tree.find("body")
    assert body is not None
    title = _string(tree.findtext(".//title") or "")
    author = _string("".join(tree.xpath("//meta[@name='author']/@content")))
    head = PREAMBLE.format(title=title, author=author, footer=_text(body.get("data-footer", "")))
    path = folder / "book.typ"
    path.write_text(head + "".join(map(_block, body)), encoding="utf-8")
    return path


def _string(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _text(text: str | None) -> str:
    words = re.sub(r"[ \n\t]+", " ", text or "")
    return f"#{_string(words)};" if words else ""


def _anchor(element: HtmlElement) -> str:
    name = element.get("id")
    return f"#at({_string(name)});" if name else ""


def _inside(element: HtmlElement) -> str:
    return _text(element.text) + "".join(_inline(child) + _text(child.tail) for child in element)


def _blocks(element: HtmlElement) -> str:
    return _anchor(element) + "".join(
        _block(child) + _text(child.tail if (child.tail or "").strip() else "") for child in element
    )


def _block(element: HtmlElement) -> str:
    """Return an element that stands by itself."""
    tag, names = element.tag, element.get("class", "").split()
    if tag == "section":
        return ("\n#pagebreak(weak: true)\n" if "opens-page" in names else "") + _blocks(element)
    if tag == "div" and "wide" in names:
        return f"\n#page(flipped: true)[{_blocks(element)}]\n"
    if re.fullmatch("h[1-4]", str(tag)):
        return f"\n#heading(level: {str(tag)[1]})[{_inside(element)}]\n"
    if tag == "table":
        return _anchor(element) + _table(element)
    if tag == "dl":
        return _facts(element)
    if tag == "ul" and "directory" in names:
        return "\n" + "\\\n".join(map(_entry, element)) + "\n\n"
    if tag in ("ul", "ol"):
        kind = "list" if tag == "ul" else "enum"
        return f"\n#{kind}({', '.join(f'[{_anchor(item)}{_mixed(item)}]' for item in element)})\n"
    if tag == "div" and "labelled" in names:
        label, *rest = element
        inside = "".join(map(_block, rest))
        return f"\n#grid(columns: (34mm, 1fr), [*{_inside(label)}*], [{_anchor(element)}{inside}])\n"
    if tag in ("div", "figure"):
        return _blocks(element) if len(element) else _anchor(element) + _inside(element) + "\n\n"
    return f"{_anchor(element)}{_inline(element)}\n\n"


def _mixed(element: HtmlElement) -> str:
    """Return an item or cell, which holds words or paragraphs."""
    if any(child.tag in ("p", "ul", "ol", "div", "table") for child in element):
        return _text(element.text) + _blocks(element)
    return _inside(element)


def _inline(element: HtmlElement) -> str:
    """Return an element that stands in a line."""
    tag, names = str(element.tag), element.get("class", "").split()
    anchor = _anchor(element)
    if tag == "a":
        target = element.get("href", "")
        if not target.startswith("#"):
            return f"#link({_string(target)})[{_inside(element)}];"
        if "page" in names:
            return f"#to({_string(target[1:])})[S.~#pg({_string(target[1:])})];"
        return f"#to({_string(target[1:])})[{_inside(element)}];"
    if tag == "br":
        return "\\ "
    if tag == "img":
        return f'#image("{element.get("data-number")}.svg", alt: "Abbildung");' if "drawing" in names else ""
    if tag == "span" and "footnote" in names:
        return f"#footnote[{_inside(element)}];"
    if tag in _WRAPPED:
        return f"{anchor}#{_WRAPPED[tag]}[{_mixed(element)}];"
    return anchor + _mixed(element)


def _entry(item: HtmlElement) -> str:
    links = item.findall("a")
    words = "".join(_inline(child) for child in item)
    page = f"#box(width: 1fr, repeat[ .])#pg({_string(links[-1].get('href', '#')[1:])});" if links else ""
    return words + page


def _facts(element: HtmlElement) -> str:
    pairs = [f"[{_inside(dt)}], [{_mixed(dd)}]" for dt, dd in (list(div) for div in element)]
    anchors = "".join(_anchor(node) for node in element.iter() if node.get("id") and node.tag == "dl")
    return f"{anchors}\n#table(columns: (33mm, 1fr, 33mm, 1fr), stroke: none, {', '.join(pairs)})\n"


def _table(element: HtmlElement) -> str:
    caption = "".join(f"\n#strong[{_inside(caption)}]\n\n" for caption in element.findall("caption"))
    widths = [column.get("style", "").removeprefix("width:") for column in element.iter("col")]
    head = [cell for row in element.findall("thead/tr") for cell in row]
    count = len(widths) or max((len(row) for row in element.iter("tr")), default=1)
    columns = ", ".join(width or "1fr" for width in widths) + "," if widths else ", ".join(["1fr"] * count) + ","
    header = f"table.header({', '.join(_cells(head))}), " if head else ""
    body = ", ".join(cell for row in element.findall("tbody/tr") for cell in _row(row))
    return f"{caption}#table(columns: ({columns}), {header}{body})\n"


def _row(row: HtmlElement) -> list[str]:
    cells = _cells(row)
    return [cells[0].replace("[", "[" + _anchor(row), 1), *cells[1:]] if cells else []


def _cells(cells: Iterable[HtmlElement]) -> list[str]:
    return [
        f"table.cell(colspan: {cell.get('colspan')})[{_mixed(cell)}]" if cell.get("colspan") else f"[{_mixed(cell)}]"
        for cell in cells
    ]
