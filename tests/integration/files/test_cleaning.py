"""The public copy: what goes, what stays, what is only named; and that it is always the same."""

import io
import zipfile
from datetime import datetime
from zoneinfo import ZoneInfo

import pikepdf
import PIL.Image
import PIL.PngImagePlugin
import pytest

from gongkai.groundwork.files import cleaning, intake, store
from gongkai.groundwork.files.models import StoredFile
from tests.integration.files import material

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
SECRET = b"LiMouMou"
_W = f'xmlns:w="{material.WORD}"'
_CORE = '<cp:coreProperties xmlns:cp="urn:c"><lastModifiedBy>LiMouMou</lastModifiedBy></cp:coreProperties>'


def _copy(data: bytes, name: str) -> tuple[StoredFile, bytes]:
    original = intake.take_in(io.BytesIO(data), name, at=AT)
    copy = cleaning.public_copy(original, name, at=AT)
    with store.opened(copy.digest) as stream:
        return copy, stream.read()


def _unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def _docx(body: str, **extra: bytes | str) -> bytes:
    document = f'<?xml version="1.0"?><w:document {_W}><w:body>{body}</w:body></w:document>'
    parts = {name.replace("__", "/").replace("_DOT_", "."): content for name, content in extra.items()}
    return material.docx(document=document, extra=parts)


def _jpeg(*, orientation: int = 1) -> bytes:
    picture = PIL.Image.new("RGB", (40, 20), "white")
    picture.paste("black", (0, 0, 10, 10))
    exif = PIL.Image.Exif()
    exif[0x013B], exif[0x0112] = "LiMouMou", orientation
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif, comment=SECRET)
    return out.getvalue()


def _png() -> bytes:
    info = PIL.PngImagePlugin.PngInfo()
    info.add_text("Author", "LiMouMou")
    out = io.BytesIO()
    PIL.Image.new("RGB", (20, 20), "red").save(out, "PNG", pnginfo=info)
    return out.getvalue()


def _pdf() -> bytes:
    """Two revisions, properties in both ways, a script, an embedded file, a photo."""
    with pikepdf.open(io.BytesIO(material.pdf("Heating"))) as document:
        with document.open_metadata() as meta:
            meta["dc:creator"] = ["LiMouMou"]
        document.docinfo["/Author"] = "LiMouMou"
        document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="LiMouMou")
        document.attachments["LiMouMou.txt"] = SECRET
        photo = pikepdf.Stream(document, _jpeg())
        photo.Type, photo.Subtype, photo.Width, photo.Height = pikepdf.Name.XObject, pikepdf.Name.Image, 40, 20
        photo.ColorSpace, photo.BitsPerComponent, photo.Filter = pikepdf.Name.DeviceRGB, 8, pikepdf.Name.DCTDecode
        document.pages[0].Resources.XObject = pikepdf.Dictionary(Im0=photo)
        out = io.BytesIO()
        document.save(out)
    return out.getvalue()


_OPEN = {
    "通知.docx": _docx(
        '<w:p w:rsidR="00AA11BB"><w:r><w:t>供暖</w:t></w:r></w:p>',
        docProps__core_DOT_xml=_CORE,
        docProps__custom_DOT_xml=_CORE,
        docProps__thumbnail_DOT_jpeg=_jpeg(),
        word__people_DOT_xml='<w15:people xmlns:w15="urn:p"><w15:person w15:author="LiMouMou"/></w15:people>',
        word__settings_DOT_xml=f'<w:settings {_W}><w:rsids><w:rsid w:val="00AA11BB"/></w:rsids></w:settings>',
        word__media__image1_DOT_jpeg=_jpeg(),
        word__media__image2_DOT_png=_png(),
    ),
    "图.jpg": _jpeg(),
    "图.png": _png(),
    "通知.pdf": _pdf(),
    "通知.ofd": material.archive(
        {
            "OFD.xml": '<ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016"><ofd:DocBody><ofd:DocInfo>'
            "<ofd:DocID>1</ofd:DocID><ofd:Author>LiMouMou</ofd:Author></ofd:DocInfo></ofd:DocBody></ofd:OFD>",
            "Doc_0/Document.xml": '<ofd:Document xmlns:ofd="http://www.ofdspec.org/2016"/>',
        }
    ),
}


@pytest.mark.parametrize("name", _OPEN)
def test_nobody_who_made_it_is_left_in_the_copy_and_the_original_stays(name: str) -> None:
    copy, data = _copy(_OPEN[name], name)
    parts = _unpacked(data).values() if name.endswith(("docx", "ofd")) else [data]
    assert not any(SECRET in part or b"00AA11BB" in part for part in parts)
    assert copy.traces == []
    original = StoredFile.objects.exclude(pk=copy.pk).get()
    with store.opened(original.digest) as stream:
        assert stream.read() == _OPEN[name]


@pytest.mark.parametrize("name", _OPEN)
def test_the_same_file_gives_the_same_copy_and_the_copy_itself(name: str) -> None:
    copy, data = _copy(_OPEN[name], name)
    assert _copy(_OPEN[name], name)[0].pk == copy.pk
    assert _copy(data, name) == (copy, data)


def test_the_words_and_the_pages_stay() -> None:
    copy, data = _copy(_OPEN["通知.docx"], "通知.docx")
    assert "供暖" in copy.text
    assert not {"docProps/custom.xml", "docProps/thumbnail.jpeg", "word/people.xml"} & _unpacked(data).keys()
    copy, data = _copy(_OPEN["通知.pdf"], "通知.pdf")
    assert "Heating" in copy.text
    with pikepdf.open(io.BytesIO(data)) as document:
        assert len(document.attachments) == 0
        assert "/OpenAction" not in document.Root
        assert document.pages[0].Resources.XObject.Im0.Width == 40


def test_a_photo_that_was_turned_by_its_properties_is_turned_for_good() -> None:
    _, data = _copy(_jpeg(orientation=6), "图.jpg")
    with PIL.Image.open(io.BytesIO(data)) as picture:
        assert picture.size == (20, 40)
        assert dict(picture.getexif()) == {}


def _with_note(data: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as document:
        note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Contents="?", Rect=[0, 0, 9, 9])
        document.pages[0].Annots = document.make_indirect(pikepdf.Array([document.make_indirect(note)]))
        out = io.BytesIO()
        document.save(out)
    return out.getvalue()


def _signed(data: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as document:
        document.Root.AcroForm = pikepdf.Dictionary(Fields=[], SigFlags=3)
        out = io.BytesIO()
        document.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "traces"),
    [
        ("甲.docx", _docx('<w:p><w:ins w:author="LiMouMou"><w:r><w:t>增</w:t></w:r></w:ins></w:p>'), ["revisions"]),
        (
            "甲.docx",
            _docx("<w:p/>", word__comments_DOT_xml=f"<w:comments {_W}><w:comment><w:p/></w:comment></w:comments>"),
            ["comments"],
        ),
        ("甲.docx", _docx("<w:p/>", word__comments_DOT_xml=f"<w:comments {_W}/>"), []),
        ("甲.docx", _docx("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r></w:p>"), ["hidden"]),
        ("甲.pdf", _with_note(material.pdf("A")), ["comments"]),
        ("甲.pdf", _signed(material.pdf("A")), ["signed"]),
        ("甲.txt", "供暖".encode(), []),
    ],
)
def test_what_only_a_person_can_remove_is_named(name: str, data: bytes, traces: list[str]) -> None:
    copy, content = _copy(data, name)
    assert copy.traces == traces
    if traces == ["signed"] or name.endswith("txt"):
        assert content == data
