"""What stands around a text before it is checked, gathered in a few queries; and what was said about findings before.

Numbers of other agencies' documents are only asked for by what the text itself quotes, and only the number comes back.
"""

import functools
import re
import urllib.parse
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Count, Max, Q, QuerySet
from django.utils import timezone

from gongkai.groundwork import scoping
from gongkai.groundwork.files.models import StoredFile
from gongkai.law import wrong_words
from gongkai.law.findings import Severity
from gongkai.law.wrong_words import Matcher, Word
from gongkai.published.domain.vocabulary import Validity
from gongkai.published.models import Entry
from gongkai.records.domain.attributes import Attribute
from gongkai.records.domain.checks import links, quoting, register
from gongkai.records.domain.checks.material import Ended, FileText, Known, Link, Material, base_matcher
from gongkai.records.domain.checks.rules import Spot
from gongkai.records.domain.content import Content
from gongkai.records.domain.digest import PublicFile
from gongkai.records.domain.lifecycle import State
from gongkai.records.models import AgencyWord, Dismissal, EyeReading, PlatformWord, Record, WebAddress
from gongkai.records.selectors import issued

_ENTRY = re.compile(r"/entries/(\d{1,18})/?$")
READ = frozenset({"extracted", "recognised"})
WAITING = "waiting"
_NOT_HOLDING = (Validity.EXPIRED, Validity.REPEALED)


@dataclass(frozen=True)
class Checked:
    """What was found, and what of it was set aside."""

    spots: tuple[Spot, ...]
    dismissals: Mapping[str, Dismissal]

    @property
    def standing(self) -> tuple[Spot, ...]:
        return tuple(spot for spot in self.spots if spot.fingerprint not in self.dismissals)

    def stopping(self, *, before_reading: bool) -> tuple[Spot, ...]:
        """What the record cannot go on with."""
        return tuple(spot for spot in self.standing if register.stops(spot, before_reading=before_reading))


def checked(record: Record, content: Content, files: Sequence[PublicFile], *, on: date) -> Checked:
    """All checks over this content. Runs in the scope of the record's agency."""
    spots = register.run(material(record, content, files, on=on))
    rows = (
        Dismissal.objects.filter(record=record, fingerprint__in=[spot.fingerprint for spot in spots]) if spots else ()
    )
    return Checked(spots, {row.fingerprint: row for row in rows})


def material(record: Record, content: Content, files: Sequence[PublicFile], *, on: date) -> Material:
    """The content with everything that the checks need to know."""
    bare = Material(content=content, files=tuple(_file_texts(record, files)), on=on)
    quoted = {candidate for found in quoting.quotations(bare) for candidate in found.candidates}
    known = Known(
        non_public_numbers=_non_public(record, quoted),
        ended_numbers=_ended(quoted),
        same_number=_same_number(record, content),
        links=_links(links.addresses(content.body_html)),
        words=_matcher(record.agency_id),
    )
    return Material(content=content, files=bare.files, known=known, on=on)


def _file_texts(record: Record, files: Sequence[PublicFile]) -> Iterable[FileText]:
    if not files:
        return
    digests = [file.digest for file in files]
    stored = {row.digest: row for row in StoredFile.objects.filter(digest__in=digests)}
    by_eye = set(
        EyeReading.objects.filter(record=record, file_digest__in=digests).values_list("file_digest", flat=True)
    )
    for file in files:
        row = stored[file.digest]
        yield FileText(
            digest=file.digest,
            title=file.title,
            text=row.text,
            is_read=row.text_status in READ or file.digest in by_eye,
            is_waiting=row.text_status == WAITING,
            traces=tuple(row.traces),
        )


def _non_public(record: Record, quoted: Collection[str]) -> frozenset[str]:
    """Own numbers that are not meant for the public, by the register too; of others' what they decided to keep."""
    if not quoted:
        return frozenset()
    not_public = ~Q(attribute=Attribute.PROACTIVE) & Q(document_number__in=quoted)
    own = Q(agency_id=record.agency_id) & ~Q(state=State.DISCARDED)
    with scoping.everywhere(because="a quoted number may be that of another agency; nothing but the number is read"):
        rows = Record.objects.filter(not_public & (own | Q(state=State.KEPT))).exclude(pk=record.pk)
        kept = frozenset(rows.values_list("document_number", flat=True))
    return kept | issued.non_public_numbers(record.agency_id, among=quoted)


def _ended(quoted: Collection[str]) -> dict[str, Ended]:
    if not quoted:
        return {}
    rows = Entry.objects.filter(
        document_number_key__in=quoted, validity__in=_NOT_HOLDING, withdrawn_at__isnull=True
    ).select_related("successor")
    return {row.document_number_key: _ended_entry(row) for row in rows}


def _ended_entry(row: Entry) -> Ended:
    return Ended(row.index_number, Validity(row.validity).label, _named(row.successor) if row.successor else "")


def _named(entry: Entry) -> str:
    """By its number: what is found stays in the evidence, where a purge of the other document would not find it."""
    return entry.document_number or f"索引号{entry.index_number}"


def _same_number(record: Record, content: Content) -> tuple[str, ...]:
    if not content.document_number:
        return ()
    rows = Record.objects.filter(agency_id=record.agency_id, document_number=content.document_number)
    others = rows.exclude(Q(pk=record.pk) | Q(state=State.DISCARDED)).order_by("pk").only("index_number", "drafted_at")
    return tuple(
        f"索引号{other.index_number}的信息"
        if other.index_number
        else f"{timezone.localdate(other.drafted_at)}起草的信息"
        for other in others[:3]
    )


def _links(addresses: Sequence[str]) -> dict[str, Link]:
    own = {address: int(match[1]) for address in addresses if (match := _own(address))}
    entries = {row.pk: row for row in Entry.objects.filter(pk__in=own.values())} if own else {}
    found = {address: _inside(entries.get(entry_id)) for address, entry_id in own.items()}
    others = [address for address in addresses if address not in own]
    if others and settings.LOOK_AT_OUTSIDE_LINKS:
        rows = WebAddress.objects.filter(address__in=others)
        found |= {row.address: Link(row.state, f"{row.address}（{row.words}）") for row in rows}
    return found


def _own(address: str) -> re.Match[str] | None:
    """The address as one of this site's portal."""
    here = urllib.parse.urlsplit(settings.PUBLIC_BASE_URL).netloc
    parts = urllib.parse.urlsplit(address)
    return _ENTRY.search(parts.path) if here and parts.netloc == here else None


def _inside(entry: Entry | None) -> Link:
    if entry is None:
        return Link("missing", "本平台没有这个网页。")
    if entry.is_withdrawn:
        return Link("withdrawn", f"{entry.index_number}已经撤下。")
    if entry.validity in _NOT_HOLDING:
        instead = f"，现行文件为“{_named(entry.successor)}”" if entry.successor else ""
        return Link("ended", f"“{_named(entry)}”已标注为“{Validity(entry.validity).label}”{instead}。")
    return Link("ok")


def _matcher(agency_id: int) -> Matcher:
    """As it was made last, unless a list has changed since."""
    own = AgencyWord.objects.filter(agency_id=agency_id)
    return _made(agency_id, _stamp(PlatformWord.objects.all()), _stamp(own))


def _stamp(rows: QuerySet[Any]) -> tuple[object, ...]:
    return tuple(rows.aggregate(Count("pk"), Max("pk"), Max("entered_at")).values())


@functools.lru_cache(maxsize=64)
def _made(agency_id: int, *_stamps: tuple[object, ...]) -> Matcher:
    """The lists of product, platform and agency together; where a word is on two, the nearer list wins."""
    rows = [*PlatformWord.objects.values_list("wrong", "right", "severity")]
    rows += AgencyWord.objects.filter(agency_id=agency_id).values_list("wrong", "right", "severity")
    if not rows:
        return base_matcher()
    own = (Word(wrong=wrong, right=right, severity=Severity(severity)) for wrong, right, severity in rows)
    return Matcher([*wrong_words.base(), *own])
