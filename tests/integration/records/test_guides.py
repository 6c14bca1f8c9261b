"""The guide is written in parts, goes through the gates, and is looked at when contacts change or a year has passed."""

from datetime import timedelta
from typing import Any

import pytest

from gongkai.accounts.domain.duties import Duty
from gongkai.agencies.domain.details import AgencyDetails
from gongkai.agencies.domain.kinds import AgencyKind
from gongkai.agencies.models import Agency
from gongkai.agencies.services import keeping
from gongkai.groundwork import scoping
from gongkai.records.domain.guide import Guide
from gongkai.records.models import CatalogueStanding, Record
from gongkai.records.selectors import guides as selector
from gongkai.records.services import guides, looking_over, publishing, review
from gongkai.records.services.guides import CannotWriteGuide, Checked
from tests import cast as casting
from tests.cast import AT, Cast
from tests.factories import records

pytestmark = pytest.mark.django_db
PHONE = "0123-4567890"


def _guide(**values: str) -> Guide:
    defaults = {
        "classification": "按法定公开事项分类。",
        "arrangement": "按目录编排。",
        "ways": "网站、公报、查阅点。",
        "office": "甲局办公室",
        "address": "人民路1号",
        "hours": "工作日9:00-17:00",
        "phone": PHONE,
        "fax": "无",
        "internet": "www.example.gov.cn",
    }
    return Guide(**defaults | values)


def _write(cast: Cast, **values: str) -> Record:
    return guides.write(guide=_guide(**values), actor=cast.li.acting(Duty.DRAFT_RECORDS), at=AT)


def _release(cast: Cast, record: Record) -> Record:
    record = review.submit(record_id=record.pk, actor=cast.li.acting(Duty.DRAFT_RECORDS), at=AT)
    head = cast.wang.acting(Duty.REVIEW_AS_SECTION_HEAD)
    review.approve(record_id=record.pk, digest=record.digest, actor=head, at=AT)
    record = records.clear(cast, records.sign(cast, record))
    return publishing.publish(record_id=record.pk, actor=cast.chen.acting(Duty.PUBLISH_RECORDS), at=AT)


def _standing(cast: Cast, **later: Any) -> selector.GuideStanding:
    return selector.standing(cast.chen.viewer, cast.agency.pk, today=(AT + timedelta(**later)).date())


def test_a_guide_becomes_a_record_and_its_next_version_a_correction(cast: Cast) -> None:
    public = _release(cast, _write(cast))
    assert (public.column_code, public.title) == ("guide", "甲局政府信息公开指南")
    assert PHONE in public.body_text
    again = _write(cast, phone="0123-7777777")
    assert (again.pk, again.state) == (public.pk, "correcting")
    assert _release(cast, again).released_number == 2


@pytest.mark.parametrize("name", ["classification", "office", "phone", "fax", "internet"])
def test_what_the_article_asks_for_must_be_there(cast: Cast, name: str) -> None:
    with pytest.raises(CannotWriteGuide) as refused:
        _write(cast, **{name: " "})
    assert refused.value.findings[0].where == (name,)


def test_a_guide_under_review_is_not_written_over_and_marks_are_refused(cast: Cast) -> None:
    with pytest.raises(CannotWriteGuide, match="国家秘密"):
        _write(cast, ways="机密★10年")
    record = _write(cast)
    review.submit(record_id=record.pk, actor=cast.li.acting(Duty.DRAFT_RECORDS), at=AT)
    with pytest.raises(CannotWriteGuide, match="正在审核"):
        _write(cast)


def test_changed_contacts_call_the_keeper_at_once(cast: Cast) -> None:
    _release(cast, _write(cast))
    assert _standing(cast).guide_reason == ""
    details = AgencyDetails(
        code="jia-ju", name="甲局", kind=AgencyKind.DEPARTMENT, valid_from=cast.agency.valid_from, phone="0123-1111111"
    )
    keeping.change(agency_id=cast.agency.pk, details=details, actor=cast.chen.acting(Duty.KEEP_CATALOGUE), at=AT)
    with scoping.narrow_to([cast.agency.pk]):
        assert CatalogueStanding.objects.get().guide_reason == "指南的联系电话与机构信息不一致"
    (finding,) = _standing(cast).findings
    assert (finding.where, finding.expected, finding.basis) == (("phone",), "0123-1111111", "oigr-2019/12")


def test_a_year_without_a_look_calls_the_keeper_and_a_look_ends_it(cast: Cast) -> None:
    _release(cast, _write(cast))
    records.published(cast, column_code="rules", title="工作制度")
    assert _standing(cast, days=365).guide_reason == ""
    assert "请核对" in _standing(cast, days=366).guide_reason
    assert "请核对" in _standing(cast, days=366).rules_reason
    keeper, later = cast.chen.acting(Duty.KEEP_CATALOGUE), casting.later(days=366)
    guides.check(what=Checked.GUIDE, actor=keeper, at=later)
    assert _standing(cast, days=366).guide_reason == ""
    assert "请核对" in _standing(cast, days=366).rules_reason


def test_without_a_guide_that_is_what_is_said(cast: Cast) -> None:
    assert _standing(cast).guide_reason == "还没有公开指南"
    looking_over.look_over(at=AT)
    with scoping.narrow_to([cast.agency.pk]):
        assert CatalogueStanding.objects.get().guide_reason == "还没有公开指南"


def test_another_agency_is_not_compared(cast: Cast) -> None:
    _release(cast, _write(cast))
    Agency.objects.filter(pk=cast.other_agency.pk).update(phone="1")
    assert selector.standing(cast.zhou.viewer, cast.other_agency.pk, today=AT.date()).findings == ()
