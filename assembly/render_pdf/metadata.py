"""Metadata: what the PDF says of itself, as an XMP packet and as the Info dictionary, from the same values.

The packet declares PDF/A-3a and PDF/UA-1 at once, in one `rdf:RDF`: readers look at the first and overlook a second.
PDF/A knows no schema for `pdfuaid`, so the packet brings its description along (ISO 19005-3, 6.6.2.3.3). Dates are the
document's day, never the clock.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import version

from markupsafe import Markup

from assembly.document import Document

_PACKET = Markup("""\
<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
  xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
  xmlns:xmp="http://ns.adobe.com/xap/1.0/"
  xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
  xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
  xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
  xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
  xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
{claims}<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:subject><rdf:Bag>{keywords}</rdf:Bag></dc:subject>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<pdf:Keywords>{keyword_line}</pdf:Keywords>
<pdf:Producer>{producer}</pdf:Producer>
<xmp:CreateDate>{day}</xmp:CreateDate>
<xmp:ModifyDate>{day}</xmp:ModifyDate>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>""")


_CLAIMS = Markup("""\
<pdfaid:part>3</pdfaid:part>
<pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the document conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
""")


def xmp(document: Document, *, claims: bool) -> bytes:
    """Return the XMP packet of the book's PDF; `claims` says whether it declares PDF/A-3a and PDF/UA-1."""
    told = info(document)
    keywords = Markup("").join(Markup("<rdf:li>{}</rdf:li>").format(keyword) for keyword in document.keywords)
    packet = _PACKET.format(
        claims=_CLAIMS if claims else "",
        title=told["Title"],
        author=told["Author"],
        subject=told["Subject"],
        keywords=keywords,
        keyword_line=told["Keywords"],
        language=document.language,
        producer=told["Producer"],
        day=document.day.isoformat(),
    )
    return packet.encode()


def info(document: Document) -> Mapping[str, str]:
    """Return the entries of the Info dictionary; the dates are days, as in the packet (ISO 32000-1, 7.9.4)."""
    day = f"D:{document.day:%Y%m%d}"
    return {
        "Title": document.full_title,
        "Author": document.publisher,
        "Subject": document.subject,
        "Keywords": ", ".join(document.keywords),
        "Producer": f"WeasyPrint {version('weasyprint')}",
        "CreationDate": day,
        "ModDate": day,
    }
