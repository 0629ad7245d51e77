"""The pipeline, one module a stage; each stage is a function: value in, (value, diagnostics) out.

load      files → Sources             bytes, texts, trees, the place of every value
validate  Sources → Records           one pydantic model a kind (`schema`)
parse     Sources, Records → Texts    all Markdown in one pandoc process
resolve   Records, Texts → Plan       every reference joined, rules across records checked
derive    Plan → views                pure functions: tables, figures, counts
compose   Plan → Document             one book: sections, blocks, numbers, references
render    Document → PDF, DOCX        each renderer decides only how a thing looks
proofread Document, PDF → findings    what was made is opened again and held against what had to be

`pipeline` runs them. Stages do not import each other; what they share are the value modules (`diagnostics`,
`sources`, `records`, `texts`, `plan`, `amounts`, `document`, `drawings`) and the helpers `prose`, `german` and `cache`;
the renderers share `draw`, which makes the pictures of figures, and whoever opens a PDF shares `paper`, which reads it.

Beside the pipeline, above it, stand commands of their own: `new` (a kind → a commented record), `status` (Plan → an
overview), `fmt` (YAML → the same in canonical form) and `inspect` (PDF → findings: what was made is opened again).
"""
