"""PDF: written anew without properties, history, scripts and embedded files; a signed one cannot be touched."""

import io
from collections.abc import Iterator
from typing import Any, BinaryIO

import pikepdf

from gongkai.groundwork.files.inspecting.cleaning import images

# Marks that somebody put on the page while reading it; links and form fields are none.
_COMMENTS = frozenset(
    {
        *("/Text", "/FreeText", "/Highlight", "/Underline", "/Squiggly", "/StrikeOut", "/Ink", "/Caret"),
        *("/Popup", "/FileAttachment"),
    }
)
_OF_THE_MAKING = ("/Metadata", "/PieceInfo", "/LastModified")


def clean(stream: BinaryIO) -> tuple[bytes | None, tuple[str, ...]]:
    """The copy and its traces."""
    try:
        with pikepdf.open(stream) as document:
            if _is_signed(document):
                return None, ("signed",)
            traces = ("comments",) if any(_comments(document)) else ()
            _empty(document)
            out = io.BytesIO()
            document.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
            return out.getvalue(), traces
    except pikepdf.PdfError:
        return None, ("uncleaned",)


def _is_signed(document: pikepdf.Pdf) -> bool:
    form = document.Root.get("/AcroForm")
    return form is not None and bool(int(form.get("/SigFlags", 0)) & 1)


def _comments(document: pikepdf.Pdf) -> Iterator[Any]:
    for page in document.pages:
        for note in page.obj.get("/Annots", []):
            if str(note.get("/Subtype", "")) in _COMMENTS:
                yield note


def _empty(document: pikepdf.Pdf) -> None:
    if "/Info" in document.trailer:
        del document.trailer["/Info"]
    for name in ("/OpenAction", "/AA"):
        if name in document.Root:
            del document.Root[name]
    names: Any = document.Root.get("/Names", {})
    for name in ("/EmbeddedFiles", "/JavaScript"):
        if name in names:
            del names[name]
    for page in document.pages:
        if "/AA" in page.obj:
            del page.obj["/AA"]
    for found in document.objects:
        if isinstance(found, pikepdf.Dictionary | pikepdf.Stream):
            _empty_object(found)


def _empty_object(found: Any) -> None:
    for name in _OF_THE_MAKING:
        if name in found:
            del found[name]
    if isinstance(found, pikepdf.Stream) and found.get("/Filter") == pikepdf.Name.DCTDecode:
        parameters: Any = found.get("/DecodeParms")
        raw = found.read_raw_bytes()
        cleaned = images.jpeg(raw)
        if cleaned != raw:
            found.write(cleaned, filter=pikepdf.Name.DCTDecode, decode_parms=parameters)
