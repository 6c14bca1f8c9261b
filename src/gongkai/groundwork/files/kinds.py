"""The kinds of file that the house knows."""

from enum import StrEnum


class Kind(StrEnum):
    PDF = "pdf"
    OFD = "ofd"
    DOCX = "docx"
    XLSX = "xlsx"
    PPTX = "pptx"
    DOC = "doc"
    XLS = "xls"
    PPT = "ppt"
    TXT = "txt"
    CSV = "csv"
    MD = "md"
    HTML = "html"
    JPG = "jpg"
    PNG = "png"
    ZIP = "zip"

    @property
    def media_type(self) -> str:
        return _MEDIA_TYPES[self]

    @property
    def extensions(self) -> frozenset[str]:
        """Endings under which this kind may come, in lower case without the dot."""
        return _EXTENSIONS.get(self, frozenset({self.value}))


_OPEN_XML = "application/vnd.openxmlformats-officedocument."
_MEDIA_TYPES = {
    Kind.PDF: "application/pdf",
    Kind.OFD: "application/ofd",
    Kind.DOCX: _OPEN_XML + "wordprocessingml.document",
    Kind.XLSX: _OPEN_XML + "spreadsheetml.sheet",
    Kind.PPTX: _OPEN_XML + "presentationml.presentation",
    Kind.DOC: "application/msword",
    Kind.XLS: "application/vnd.ms-excel",
    Kind.PPT: "application/vnd.ms-powerpoint",
    Kind.TXT: "text/plain",
    Kind.CSV: "text/csv",
    # Kept as plain text, so that no door ever serves the page of a stranger as a page.
    Kind.MD: "text/plain",
    Kind.HTML: "text/plain",
    Kind.JPG: "image/jpeg",
    Kind.PNG: "image/png",
    Kind.ZIP: "application/zip",
}
# WPS writes its own endings around the same compound files and, lately, around Open XML.
_EXTENSIONS = {
    Kind.DOC: frozenset({"doc", "wps"}),
    Kind.XLS: frozenset({"xls", "et"}),
    Kind.PPT: frozenset({"ppt", "dps"}),
    Kind.DOCX: frozenset({"docx", "wps"}),
    Kind.XLSX: frozenset({"xlsx", "et"}),
    Kind.PPTX: frozenset({"pptx", "dps"}),
    Kind.JPG: frozenset({"jpg", "jpeg"}),
    Kind.CSV: frozenset({"csv", "tsv"}),
    Kind.MD: frozenset({"md", "markdown"}),
    Kind.HTML: frozenset({"html", "htm", "shtml", "xhtml"}),
}

ATTACHMENTS = frozenset(Kind) - {Kind.ZIP, Kind.MD, Kind.HTML}
"""What may be attached to something that becomes public. Archives, web pages and Markdown only where a door asks."""
