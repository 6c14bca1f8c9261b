"""ZIP packages with XML in them, opened so that neither bombs nor entities can do harm."""

import io
import zipfile

import lxml.etree

from gongkai.auditing import errors

LARGEST_PART = 48_000_000
LARGEST_RATIO = 300


def part(data: bytes, name: str) -> bytes:
    """One member of the package. Raises `Damaged`, `Encrypted` or `TooLarge`."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            entry = package.getinfo(name)
            if entry.flag_bits & 1:
                raise errors.Encrypted("文件有密码保护,无法读取")
            suspicious = entry.file_size > 1_000_000 and entry.file_size > LARGEST_RATIO * max(entry.compress_size, 1)
            if entry.file_size > LARGEST_PART or suspicious:
                raise errors.TooLarge(f"文件解压后有{entry.file_size // 1_000_000}MB,超过上限")
            with package.open(entry) as stream:
                content = stream.read(LARGEST_PART + 1)
    except KeyError as problem:
        raise errors.Unsupported("压缩包里没有Word正文,不是.docx文档") from problem
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, ValueError, zipfile.zlib.error) as problem:  # type: ignore[attr-defined]
        raise errors.Damaged("文件已损坏,无法解压") from problem
    if len(content) > LARGEST_PART:
        raise errors.TooLarge("文件解压后超过上限")
    return content


def xml(content: bytes) -> lxml.etree._Element:
    """The parsed part; entities are not expanded, nothing is fetched."""
    parser = lxml.etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    if b"<!DOCTYPE" in content[:4096] or b"<!ENTITY" in content[:65536]:
        raise errors.Damaged("文件含有不允许的实体定义")
    try:
        return lxml.etree.fromstring(content, parser)
    except (lxml.etree.LxmlError, ValueError) as problem:
        raise errors.Damaged("文件内容已损坏,无法解析") from problem
