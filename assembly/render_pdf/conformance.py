"""Conformance: what makes a finished PDF one that is PDF/A-3a and PDF/UA-1 at once.

The structure tree is the engine's work. Here are the parts that need no layout: metadata, the meaning of colours, and
the files that travel inside. `conform` works on pydyf's objects, right before they are written.
"""

from __future__ import annotations

import hashlib
import importlib.util
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pydyf

from assembly.document import Attachment, Document
from assembly.render_pdf.metadata import info, xmp


def conform(pdf: pydyf.PDF, document: Document, *, claims: bool = True) -> None:
    """Give the PDF its metadata, its output intent, its attachments and its list of IDs, in place. Call it once.

    `claims` is False for a PDF whose structure tree is not mended: it says nothing of standards that it does not keep.
    """
    _put_metadata(pdf, document, claims=claims)
    _put_ids(pdf)
    _put_output_intent(pdf)
    _put_attachments(pdf, document.attachments, document.day)


def _put_metadata(pdf: pydyf.PDF, document: Document, *, claims: bool) -> None:
    """Write the packet uncompressed: whoever looks for it in the bytes finds it."""
    pdf.info.clear()
    pdf.info.update({key: pydyf.String(value) for key, value in info(document).items() if value})
    pdf.catalog["Metadata"] = _stream(
        pdf, xmp(document, claims=claims), {"Type": "/Metadata", "Subtype": "/XML"}, compress=False
    )


def _put_output_intent(pdf: pydyf.PDF) -> None:
    """Say that RGB means sRGB (ISO 19005-3, 6.2.3); without it no colour and no transparency is allowed."""
    profile = pydyf.Dictionary(
        {
            "Type": "/OutputIntent",
            "S": "/GTS_PDFA1",
            "OutputConditionIdentifier": pydyf.String("sRGB"),
            "Info": pydyf.String("sRGB IEC61966-2.1"),
            "DestOutputProfile": _stream(pdf, srgb_profile(), {"N": 3}),
        }
    )
    pdf.catalog["OutputIntents"] = pydyf.Array([profile])


def srgb_profile() -> bytes:
    """Return the ICC's own profile of sRGB.

    WeasyPrint ships it; its option `output_intent` writes it with another subtype. It is read without importing
    WeasyPrint, which takes a second and may not be needed at all.
    """
    found = importlib.util.find_spec("weasyprint")
    assert found is not None
    assert found.origin is not None
    return (Path(found.origin).parent / "pdf" / "sRGB2014.icc").read_bytes()


def _put_ids(pdf: pydyf.PDF) -> None:
    """List the elements that bear an ID (ISO 32000-1, 14.7.2); stock does not, and a cell's Headers lead nowhere."""
    dictionaries = [item for item in pdf.objects if isinstance(item, pydyf.Dictionary)]
    root = next(item for item in dictionaries if item.get("Type") == "/StructTreeRoot")
    if "IDTree" in root:
        return
    elements = [item for item in dictionaries if item.get("Type") == "/StructElem" and "ID" in item]
    names = pydyf.Array()
    for element in sorted(elements, key=lambda element: element["ID"].string):
        names += [element["ID"], element.reference]
    root["IDTree"] = pydyf.Dictionary({"Names": names})


def _put_attachments(pdf: pydyf.PDF, attachments: Sequence[Attachment], day: date) -> None:
    """Attach files, each with its relationship to the book and its dates (ISO 19005-3, 6.8 and annex E)."""
    files = [(attachment.name, _file(pdf, attachment, day)) for attachment in attachments]
    if not files:
        return
    names = pydyf.Array()
    for name, reference in sorted(files):  # a name tree is sorted
        names += [pydyf.String(name), reference]
    tree = pydyf.Dictionary({"Names": names})
    pdf.add_object(tree)
    pdf.catalog.setdefault("Names", pydyf.Dictionary())["EmbeddedFiles"] = tree.reference
    pdf.catalog["AF"] = pydyf.Array([reference for _, reference in files])


def _file(pdf: pydyf.PDF, attachment: Attachment, day: date) -> bytes:
    """Return the reference of a file specification."""
    moment = pydyf.String(f"D:{day:%Y%m%d}000000Z")
    parameters = pydyf.Dictionary(
        {
            "Size": len(attachment.content),
            "CreationDate": moment,
            "ModDate": moment,
            "CheckSum": f"<{hashlib.md5(attachment.content, usedforsecurity=False).hexdigest()}>",
        }
    )
    media_type = "/" + attachment.media_type.replace("/", "#2f").replace("+", "#2b")
    content = {"Type": "/EmbeddedFile", "Subtype": media_type, "Params": parameters}
    stream = _stream(pdf, attachment.content, content)
    specification = pydyf.Dictionary(
        {
            "Type": "/Filespec",
            "F": pydyf.String(attachment.name),
            "UF": pydyf.String(attachment.name),
            "Desc": pydyf.String(attachment.description),
            "AFRelationship": f"/{attachment.relationship}",
            "EF": pydyf.Dictionary({"F": stream, "UF": stream}),
        }
    )
    pdf.add_object(specification)
    reference: bytes = specification.reference
    return reference


def _stream(pdf: pydyf.PDF, content: bytes, extra: dict[str, Any], *, compress: bool = True) -> bytes:
    """Add a stream; return its reference."""
    stream = pydyf.Stream([content], pydyf.Dictionary(extra), compress=compress)
    pdf.add_object(stream)
    reference: bytes = stream.reference
    return reference
