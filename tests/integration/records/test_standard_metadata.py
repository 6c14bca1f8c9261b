"""Every row of the metadata standard has its place from the desk to the portal, or a reason why it has none there."""

import dataclasses
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from gongkai.accounts.domain.duties import Duty
from gongkai.groundwork import scoping
from gongkai.published.models import Entry, EntryVersion, ValidityChange
from gongkai.published.services.releasing import ReleasedContent
from gongkai.records.domain.content import Content
from gongkai.records.models import Attachment, Record
from gongkai.records.services import drafting, publishing
from tests.cast import AT, Cast
from tests.factories import records

pytestmark = pytest.mark.django_db

FULL: dict[str, Any] = {
    "joint_issuers": ("乙局", "丙局"),
    "is_party_mixed": True,
    "effective_on": date(2026, 12, 1),
    "expires_on": date(2031, 11, 30),
    "topic": "民政、扶贫、救灾",
    "group": "政策法规",
    "service_object": "企业",
    "is_normative": True,
    "is_major_decision": True,
    "publication_forms": ("网站", "公报"),
    "carriers": ("电子终端",),
    "scope": "面向社会",
    "time_limit": "长期公开",
    "procedure": "经三审后公开",
    "responsible_unit": "供热科",
    "source": "甲市日报",
    "summary": "安排供暖工作。",
    "keywords": "供暖",
    "remarks": "内部说明",
}
ON_THE_RECORD = {
    "index_no": "index_number",
    "title": "title",
    "doc_number": "document_number",
    "issuer": "issuer",
    "joint_issuers": "joint_issuers",
    "party_mixed": "is_party_mixed",
    "created_on": "created_on",
    "published_at": "published_at",
    "effective_on": "effective_on",
    "expires_on": "expires_on",
    "validity": "validity",
    "topic": "topic",
    "genre": "genre",
    "group": "group",
    "service_object": "service_object",
    "summary": "summary",
    "keywords": "keywords",
    "disclosure_attr": "attribute",
    "exempt_reason": "ground",
    "mode": "attribute",
    "form": "publication_forms",
    "carrier": "carriers",
    "scope": "scope",
    "time_limit": "time_limit",
    "procedure": "procedure",
    "owner_dept": "responsible_unit",
    "catalogue": "column_code",
    "art20_item": "column_code",
    "source": "source",
    "is_normative": "is_normative",
    "is_major_decision": "is_major_decision",
    "remarks": "remarks",
}
ON_THE_ENTRY: dict[str, Callable[[Entry], object]] = {
    "index_no": lambda entry: entry.index_number,
    "title": lambda entry: entry.title,
    "doc_number": lambda entry: entry.document_number,
    "issuer": lambda entry: entry.issuer,
    "created_on": lambda entry: entry.created_on,
    "published_at": lambda entry: entry.published_at,
    "effective_on": lambda entry: entry.effective_on,
    "expires_on": lambda entry: entry.expires_on,
    "validity": lambda entry: entry.validity,
    "topic": lambda entry: entry.topic,
    "genre": lambda entry: entry.genre,
    "catalogue": lambda entry: entry.node_code,
}
IN_THE_METADATA = {
    "joint_issuers": "乙局、丙局",
    "party_mixed": "是",
    "group": "政策法规",
    "service_object": "企业",
    "art20_item": "法规文件",
    "mode": "主动公开",
    "form": "网站、公报",
    "carrier": "电子终端",
    "scope": "面向社会",
    "time_limit": "长期公开",
    "procedure": "经三审后公开",
    "owner_dept": "供热科",
    "source": "甲市日报",
    "is_normative": "是",
    "is_major_decision": "是",
}
ON_THE_VERSION = {"summary": "安排供暖工作。", "keywords": "供暖"}
# What the public never gets, and what needs no field.
ELSEWHERE = {
    "secrecy_level": "nothing but 非密 ever enters",
    "exempt_reason": "what is published has no ground for not being published",
    "remarks": "the office's own",
    "disclosure_attr": "what is public is 主动公开, which `mode` says",
    "repealed_on": "a step of the validity history",
    "attachments": "files of the version",
}
STANDARD = """
    index_no title doc_number issuer joint_issuers party_mixed created_on published_at effective_on expires_on
    repealed_on validity topic genre group service_object art20_item summary keywords disclosure_attr exempt_reason
    secrecy_level mode form carrier scope time_limit procedure owner_dept catalogue source attachments is_normative
    is_major_decision remarks
"""


def test_every_row_of_the_standard_has_a_place_at_the_desk() -> None:
    fields = {field.name for field in Record._meta.get_fields()}
    assert set(ON_THE_RECORD.values()) <= fields
    assert set(STANDARD.split()) - ON_THE_RECORD.keys() == {"secrecy_level", "repealed_on", "attachments"}
    assert "file" in {field.name for field in Attachment._meta.get_fields()}
    assert not [name for name in fields if "secre" in name]


def test_every_row_of_the_standard_has_a_place_before_the_public_or_a_reason() -> None:
    public = ON_THE_ENTRY.keys() | IN_THE_METADATA.keys() | ON_THE_VERSION.keys()
    assert public | ELSEWHERE.keys() == set(STANDARD.split())
    assert not public & ELSEWHERE.keys()
    assert {"since", "validity"} <= {field.name for field in ValidityChange._meta.get_fields()}
    assert "files" in {field.name for field in dataclasses.fields(ReleasedContent)}


def test_a_full_record_arrives_with_every_value(cast: Cast, client: Client) -> None:
    record = records.published(cast, **FULL)
    entry = Entry.objects.get(pk=record.entry_id)
    version = EntryVersion.objects.get(entry=entry)
    assert all(take(entry) for take in ON_THE_ENTRY.values())
    assert version.metadata == IN_THE_METADATA
    assert {name: getattr(version, name) for name in ON_THE_VERSION} == ON_THE_VERSION
    page = client.get(f"/entries/{entry.pk}/").content.decode()
    assert [value for value in IN_THE_METADATA.values() if value not in page] == []
    assert "内部说明" not in page
    told = client.get(f"/api/public/v1/entries/{entry.pk}").json()
    assert told["metadata"] == IN_THE_METADATA


def test_every_field_survives_the_row(cast: Cast) -> None:
    record = records.draft(cast, **FULL)
    with scoping.narrow_to([cast.agency.pk]):
        found = drafting.content_of(Record.objects.get(pk=record.pk))
    assert dataclasses.replace(found, body_html="", body_text="") == dataclasses.replace(
        records.content(**FULL), body_html=""
    )


def test_abandoning_a_correction_brings_every_field_back(cast: Cast) -> None:
    record = records.correcting(cast, **FULL)
    actor = cast.li.acting(Duty.DRAFT_RECORDS)
    emptied = Content(title="改乱了", created_on=date(2026, 11, 1))
    drafting.edit(record_id=record.pk, content=emptied, lock_version=record.lock_version, actor=actor, at=AT)
    publishing.abandon_correction(record_id=record.pk, actor=actor, at=AT)
    with scoping.narrow_to([cast.agency.pk]):
        found = drafting.content_of(Record.objects.get(pk=record.pk))
    assert found.publication_forms == ("网站", "公报")
    assert (found.scope, found.time_limit, found.is_major_decision) == ("面向社会", "长期公开", True)
