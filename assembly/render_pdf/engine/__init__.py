"""The engine: WeasyPrint 70, its faults mended. All that we touch of its private parts stands here, with why.

The version is pinned, for every name below may change with the next one; another version is refused. What is touched
is put back after each chunk, so that `plain` can use WeasyPrint as it comes.

- `weasyprint.pdf.generate_pdf`: gives the objects, where the public `write_pdf` gives the written file (#578: speed).
- `weasyprint.pdf.resolve_links`: drops links to what is not in this document; ours lead to other chunks (#578).
- `weasyprint.pdf.build_fonts_dictionary`: one set of fonts for the book, not one a chunk (#578).
- `weasyprint.draw.text.draw_first_line`: leaves numbers of pages open (#578; `target-counter` lays out three times).
- `weasyprint.pdf.add_tags`, `weasyprint.pdf.tags._build_box_tree`: the structure tree, which screen readers follow:
  running heads become artifacts (#1836), table headers get their scope (#2508), a description list becomes labels and
  bodies, links and marks say in words what they are, notes are notes.
- `pydyf.PDF.page_references`: stock builds them anew for every structure element, which is quadratic.
- `Page._page_box`: the boxes of a page, to find the numbers of pages in them.
"""
