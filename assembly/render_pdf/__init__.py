"""render_pdf: Document → HTML (Jinja2) → pages (WeasyPrint) → PDF/A-3a and PDF/UA-1.

`targets` checks that every reference leads somewhere, `prose` and `cells` turn values into markup, `tables` measures
columns (with `metrics`), `stylesheet` writes the theme as CSS, `writer` fills the templates (with `views`), `html` does
so in chunks, which `kept` remembers. `workshop` lets `engine` lay them out side by side and keeps them (with `chunk`,
`extract`, `fragments`, `marks`, `fonts`, `hyphens`), `numbers` gives room to the pages that they print, `merge` and
`pdf_file` put them together, `conformance` gives metadata, colours and attachments; `pages` leads through it, `plain`
leaves it to WeasyPrint alone. No number is computed here.
"""

from __future__ import annotations

from assembly.render_pdf.html import render_html
from assembly.render_pdf.pages import render_pdf
from assembly.render_pdf.targets import DanglingReferencesError

__all__ = ["DanglingReferencesError", "render_html", "render_pdf"]
