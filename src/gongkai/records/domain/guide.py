"""The disclosure guide (政府信息公开指南): what article 12 asks for, its text, and whether its contacts still hold."""

import dataclasses
import re
from collections.abc import Iterator, Mapping
from html import escape

from gongkai.law.findings import Finding, Severity, Status

_BASIS = "oigr-2019/12"
_BLANKS = re.compile(r"\s+")


@dataclasses.dataclass(frozen=True, kw_only=True)
class Guide:
    """The parts of a guide; all text. The first nine are what the article names."""

    classification: str = ""
    arrangement: str = ""
    ways: str = ""
    office: str = ""
    address: str = ""
    hours: str = ""
    phone: str = ""
    fax: str = ""
    internet: str = ""
    postcode: str = ""
    email: str = ""
    procedure: str = ""
    limits: str = ""
    fees: str = ""
    remedies: str = ""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Contacts:
    """What the institution data say about the disclosure office; empty means that nothing is kept."""

    office: str = ""
    address: str = ""
    hours: str = ""
    phone: str = ""
    postcode: str = ""
    email: str = ""


LABELS: Mapping[str, str] = {
    "classification": "信息的分类",
    "arrangement": "编排体系",
    "ways": "获取方式",
    "office": "公开工作机构名称",
    "address": "办公地址",
    "hours": "办公时间",
    "phone": "联系电话",
    "fax": "传真号码",
    "internet": "互联网联系方式",
    "postcode": "邮政编码",
    "email": "电子邮箱",
    "procedure": "申请的程序和申请表",
    "limits": "办理期限",
    "fees": "收费规定",
    "remedies": "监督和救济",
}
REQUIRED = ("classification", "arrangement", "ways", "office", "address", "hours", "phone", "fax", "internet")
_CHAPTERS = (
    ("一、信息的分类和编排", ("classification", "arrangement")),
    ("二、获取方式", ("ways",)),
    ("四、依申请公开", ("procedure", "limits", "fees")),
    ("五、监督和救济", ("remedies",)),
)
_OFFICE = ("office", "address", "hours", "phone", "fax", "internet", "postcode", "email")


def missing(guide: Guide) -> Iterator[Finding]:
    """What the article asks for and the guide does not say."""
    for name in REQUIRED:
        if not getattr(guide, name).strip():
            message = f"没有写明{LABELS[name]}。没有传真的写“无”。" if name == "fax" else f"没有写明{LABELS[name]}。"
            yield _finding("guide.missing", Severity.ERROR, name, message)


def differing(text: str, contacts: Contacts) -> Iterator[Finding]:
    """Contacts of the institution that are not found in the text of the guide."""
    body = _BLANKS.sub("", text)
    for field in dataclasses.fields(contacts):
        value = getattr(contacts, field.name)
        if value and _BLANKS.sub("", value) not in body:
            message = f"{LABELS[field.name]}与机构信息不一致。"
            yield dataclasses.replace(_finding("guide.differs", Severity.WARNING, field.name, message), expected=value)


def html(guide: Guide, *, agency_name: str) -> str:
    """The guide as it is read."""
    parts = [f"<p>为便于公民、法人和其他组织获取{escape(agency_name)}的政府信息，编制本指南。</p>"]
    for title, names in _CHAPTERS:
        if title.startswith("四"):
            parts += ["<h2>三、公开工作机构</h2>", _office(guide)]
        texts = [getattr(guide, name) for name in names if getattr(guide, name).strip()]
        if texts:
            parts += [f"<h2>{title}</h2>", *(_paragraphs(text) for text in texts)]
    return "".join(parts)


def _office(guide: Guide) -> str:
    rows = ((LABELS[name], getattr(guide, name)) for name in _OFFICE if getattr(guide, name).strip())
    cells = "".join(f"<tr><th>{escape(label)}</th><td>{escape(value)}</td></tr>" for label, value in rows)
    return f"<table><tbody>{cells}</tbody></table>"


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{escape(line.strip())}</p>" for line in text.splitlines() if line.strip())


def _finding(code: str, severity: Severity, name: str, message: str) -> Finding:
    return Finding(code=code, severity=severity, status=Status.FAIL, where=(name,), message=message, basis=_BASIS)
