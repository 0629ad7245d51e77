"""The engine: WeasyPrint 70, its faults mended. All that we touch of its private parts stands in this room, with why.

The version is pinned, for every name below may change with the next one; another version is refused (`stock`). What is
touched is put back after each chunk, so that `plain` can use WeasyPrint as it comes. Numbers are those of its issues.

Chunks (#578: a long book takes minutes) and pages one after the other, in `room`, `pages` and `paint`:
- `Document._build_layout_context`, `build_formatting_structure`, `initialize_page_maker`, `make_all_pages`,
  `make_margin_boxes`, `layout_backgrounds`: a page is painted and let go of before the next is laid out, where the
  public `render` keeps the boxes of all pages, three times the memory.
- `weasyprint.layout.LayoutContext`: emptied when its chunk is made; it holds the whole layout and is held by it.
- `Stream`, `add_links`, `weasyprint.pdf._use_references`, `Page._page_box`: what the public `write_pdf` does with all
  pages is done with one; anchors are the merger's, and a link to another chunk is none that leads nowhere.
- `weasyprint.pdf.build_fonts_dictionary`: one set of fonts for the book, not one a chunk.
- `weasyprint.draw.text.draw_first_line`: leaves numbers of pages open; `target-counter` lays out the book three times.
- `InlineBox.is_leader`: the dots that lead to a page are painted as one text, where stock has a text for each.
- `pydyf._to_bytes`: numbers that differ by less than what is written are written alike.

The structure tree, which screen readers follow, in `tree`:
- `Stream._tags` (by `Stream`), `Box.link_annotation`, `TableBox`, `AbsolutePlaceholder`: the tree is built from the
  boxes, as stock does it, but running heads are artifacts (#1836), table headers have a scope (#2508), description
  lists have labels and bodies, directories entries and no dots, links and marks say in words what they are,
  abbreviations what they stand for, notes are notes, and what can hold text holds it itself.

Where things stand, in `ahead`:
- `weasyprint.layout.block._in_flow_layout`: text goes ahead of a figure, or of a table that stays whole, which has no
  room on its page any more; stock leaves the rest of the page empty.
In `hanging`:
- `weasyprint.layout.inline.split_first_line`: a text that fits its line but for the blank at its end fits; stock
  hyphenates its first word.

Speed (#578), where the pages stay the same to the byte. In `speed`:
- `tinyhtml5.parse`: our HTML is all but XML, and the parser of XML is written in C.
- `HTML._ua_stylesheets`, `ComputedStyle.__init__`, `AnonymousStyle.__init__`: styles that nothing shows are not made,
  values that no rule sets are filled in at once.
- `StyleFor.set_computed_styles`: chunks share the styles of elements, pages and margins; stock shares them within a
  document, and not below elements with a name.
In `boxes`:
- `Box.is_in_normal_flow`, `.establishes_formatting_context`, `.page_values`, `collapse_margin`, `relative_positioning`,
  `avoid_collisions`, `resolve_percentages`, `layout_box_backgrounds`: asked most often of all; found in one go, without
  asking more boxes than it takes, or once for a style.
- `TableColumnBox.get_cells`: only a column with a background asks for its cells; ours have none.
In `shaping`:
- `split_first_line`, `strut`, `line_size`: a short text that fits on its line is shaped once for all its places.
- `Layout.setup`, `.set_text`, `.deactivate`, `.reactivate`, with `pango_layout_copy`: a look of texts is
  made once and then copied, and a line that was shaped to be broken is not shaped again to paint it.
- `weasyprint.draw.text.draw_first_line`: the glyphs of a line are read in one go, where stock asks for each.
In `lines`:
- `weasyprint.layout.inline.handle_leader`: a line of nothing but texts has no dots to fill it with.
- `weasyprint.layout.inline.get_next_linebox`: a text that is laid out again at the same width keeps its lines; columns
  and what is moved to the next page are laid out several times.
In `stock`:
- `ctypes.util.find_library`: libraries are found without twenty calls of gcc and ldconfig.
"""
