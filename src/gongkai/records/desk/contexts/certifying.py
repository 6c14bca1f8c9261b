"""What the publication certificate shows."""

from dataclasses import dataclass
from datetime import datetime

import segno
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from gongkai.accounts.access import DeskRequest
from gongkai.groundwork.ui.parts import Fact
from gongkai.published import addresses
from gongkai.records.selectors.certificate import Certificate, Released, Ruling


@dataclass(frozen=True)
class VersionLine:
    number: int
    released: str
    signed: str
    cleared: str
    cleared_digest: str
    public_digest: str


@dataclass(frozen=True)
class CertificatePage:
    title: str
    number: str
    facts: tuple[Fact, ...]
    versions: tuple[VersionLine, ...]
    qr: SafeString
    content_url: str
    agency: str
    issued: str


def certificate_page(found: Certificate, request: DeskRequest, *, at: datetime) -> CertificatePage:
    record, entry = found.record, found.entry
    url = addresses.entry(request, entry.pk)
    rows = (
        ("索引号", entry.index_number),
        ("发文字号", record.document_number),
        ("公开网址", url),
        ("首次公开", _moment(entry.published_at)),
        ("最近更新", _moment(entry.updated_at) if entry.updated_at != entry.published_at else ""),
        ("撤下时间", _moment(entry.withdrawn_at) if entry.withdrawn_at else ""),
        ("撤下依据", entry.withdrawal_ground),
    )
    return CertificatePage(
        title=record.title,
        number=found.number,
        facts=tuple(Fact(label=label, value=value) for label, value in rows if value),
        versions=tuple(map(_version, found.versions)),
        qr=mark_safe(segno.make_qr(url, error="m").svg_inline(scale=3, border=1)),  # drawn here from an address
        content_url="" if entry.is_withdrawn else f"{url}content.json",
        agency=entry.agency.name,
        issued=_moment(at),
    )


def _version(version: Released) -> VersionLine:
    return VersionLine(
        number=version.number,
        released=_moment(version.released_at),
        signed=_ruling(version.signed),
        cleared=_ruling(version.cleared),
        cleared_digest=version.cleared_digest,
        public_digest=version.public_digest or "内容已清除",
    )


def _ruling(ruling: Ruling | None) -> str:
    return f"{ruling.post}，{timezone.localdate(ruling.at)}" if ruling else "随批次审查"


def _moment(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M:%S}"
