-- Reads a JSON list of Markdown texts from standard input, writes the JSON list of their pandoc documents.
-- Each text is parsed by itself, so that an unclosed div or a link definition of one cannot leak into the next.
-- commonmark_x parses in linear time; what could carry markup of an output format past us is switched off (raw HTML is
-- read in any case, and refused by `parse`).
local format = 'commonmark_x-raw_attribute-tex_math_dollars-emoji-yaml_metadata_block'
  .. '-implicit_header_references-gfm_auto_identifiers'

-- To name extensions costs pandoc a millisecond and more a text. Where no sign of any of them stands (one that is
-- seen in vain does no harm), the short name reads the same.
local signs = {'%$', '{=', ':[%w_+-]+:', '^%-%-%-', '#', '[-=][ \t]*\n'}
local function needs_all(text)
  for _, sign in ipairs(signs) do
    if text:find(sign) then return true end
  end
  return false
end

local texts = pandoc.json.decode(io.read('a'), false)
local documents = {}
for index, text in ipairs(texts) do
  text = text .. '\n' -- a table's last row needs its line end
  documents[index] = pandoc.write(pandoc.read(text, needs_all(text) and format or 'commonmark_x'), 'json')
end
io.write('[', table.concat(documents, ','), ']')
