"""Small real files for the demo: a spreadsheet and a Word document, made on the spot."""

import io
import random
import zipfile
from xml.sax.saxutils import escape

import openpyxl

from tools.demo.fields import Field

_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)


def spreadsheet(title: str, field: Field, chance: random.Random) -> bytes:
    """A workbook with one table of the field's tasks."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "明细"
    sheet.append([title])
    sheet.append(["序号", "事项", "单位", "数量", "金额（万元）"])
    units = ("云台镇", "柳溪镇", "松河乡", "城东街道", "高新区")
    for number in range(1, chance.randrange(8, 30)):
        row = [
            number,
            chance.choice(field.tasks),
            chance.choice(units),
            chance.randrange(1, 200),
            chance.randrange(1, 900),
        ]
        sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def word_document(title: str, paragraphs: tuple[str, ...]) -> bytes:
    """The smallest Word document that Word, WPS and our own reader open."""
    lines = "".join(f"<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>" for text in (title, *paragraphs))
    document = (
        '<?xml version="1.0" encoding="UTF-8"?><w:document '
        f'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{lines}</w:body></w:document>'
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", _TYPES)
        package.writestr("_rels/.rels", _RELATIONS)
        package.writestr("word/document.xml", document)
    return stream.getvalue()
