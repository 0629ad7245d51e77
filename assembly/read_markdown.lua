-- Reads a JSON list of Markdown texts from standard input, writes the JSON list of their pandoc documents.
-- Each text is parsed by itself, so that an unclosed div or a link definition of one cannot leak into the next.
-- commonmark_x parses in linear time; what could carry markup of an output format past us is switched off (raw HTML is
-- read in any case, and refused by `parse`; each extension that is named costs 0.3 ms a text).
local format = 'commonmark_x-raw_attribute-tex_math_dollars-emoji-yaml_metadata_block'
  .. '-implicit_header_references-gfm_auto_identifiers'
local texts = pandoc.json.decode(io.read('a'), false)
local documents = {}
for index, text in ipairs(texts) do
  documents[index] = pandoc.write(pandoc.read(text .. '\n', format), 'json') -- a table's last row needs its line end
end
io.write('[', table.concat(documents, ','), ']')
