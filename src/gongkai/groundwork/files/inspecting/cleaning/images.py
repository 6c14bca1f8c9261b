"""Pictures without EXIF, XMP, IPTC, comments. Pixels stay as they are, unless the picture must be turned upright."""

import io
import struct

import PIL.Image
import PIL.ImageOps

_ORIENTATION = 0x0112
# JFIF, colour profile and Adobe's colour transform belong to the pixels; every other APPn is about the making.
_KEPT_APPS = frozenset({0xE0, 0xE2, 0xEE})
_START_OF_SCAN, _COMMENT = 0xDA, 0xFE
_DROPPED_CHUNKS = frozenset({b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME"})
_PNG_HEAD = 8


def jpeg_upright(data: bytes) -> bytes:
    """As `jpeg`; a picture that only its EXIF turns upright is turned for good."""
    with PIL.Image.open(io.BytesIO(data)) as picture:
        if picture.getexif().get(_ORIENTATION, 1) in {0, 1}:
            return jpeg(data)
        turned = PIL.ImageOps.exif_transpose(picture)
    out = io.BytesIO()
    turned.save(out, "JPEG", quality=95, icc_profile=turned.info.get("icc_profile"))
    return jpeg(out.getvalue())


def jpeg(data: bytes) -> bytes:
    """Without the segments that tell of the making; what is no JPEG comes back as it is."""
    out, place = [data[:2]], 2
    while place + 4 <= len(data) and data[place] == 0xFF:
        marker = data[place + 1]
        if marker == _START_OF_SCAN:
            return b"".join([*out, data[place:]])
        (size,) = struct.unpack(">H", data[place + 2 : place + 4])
        if not (0xE0 <= marker <= 0xEF and marker not in _KEPT_APPS) and marker != _COMMENT:
            out.append(data[place : place + 2 + size])
        place += 2 + size
    return data


def png(data: bytes) -> bytes:
    """Without text, EXIF and time chunks, and without anything behind the end."""
    out, place = [data[:_PNG_HEAD]], _PNG_HEAD
    while place + 12 <= len(data):
        (size,) = struct.unpack(">I", data[place : place + 4])
        kind = data[place + 4 : place + 8]
        if kind not in _DROPPED_CHUNKS:
            out.append(data[place : place + 12 + size])
        place += 12 + size
        if kind == b"IEND":
            return b"".join(out)
    return data


def inside(data: bytes) -> bytes:
    """A picture within a document."""
    if data.startswith(b"\xff\xd8\xff"):
        return jpeg(data)
    return png(data) if data.startswith(b"\x89PNG\r\n\x1a\n") else data
