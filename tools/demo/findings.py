"""One paper under review with findings in its text, one of them set aside, and a scan that nobody has read yet."""

import io
from collections.abc import Sequence
from datetime import date, datetime

import PIL.Image
import PIL.ImageDraw

from gongkai.accounts.domain.posts import Post
from gongkai.groundwork import scoping
from gongkai.records.domain.content import Content
from gongkai.records.domain.word_lists import Line
from gongkai.records.models import Record
from gongkai.records.services import attachments, checking, drafting, review, words
from tools.demo.office import Office

_BODY = (
    "<p>各科室：</p><p>为做好校园周边环境整治，现就有关事项通知如下，请统一布署，抓好落实。</p>"
    "<p>一、经营单位要与所在社区签定责任书，落实门前三包。</p>"
    "<p>二、现场联系人的手机为13800138000，工作时间均可联系。</p>"
)


def arrange(offices: Sequence[Office], *, today: date, at: datetime) -> None:
    """At the third office that has people of its own."""
    office = [each for each in offices if not each.body.staffed_by and each.agency.valid_until is None][2]
    drafter = office.actors[Post.DRAFTER]
    keeper = office.actors[Post.DISCLOSURE_OFFICER]
    words.add(lines=[Line("门前三包", "门前五包")], actor=keeper, at=at)
    with scoping.narrow_to([office.agency.pk]):
        column = Record.objects.exclude(column_code="").values_list("column_code", flat=True)[0]
        content = Content(
            title="关于开展校园周边环境整治的通知",
            issuer=office.body.name,
            created_on=today,
            column_code=column,
            genre="通知",
            body_html=_BODY,
        )
        record = drafting.draft(content=content, actor=drafter, at=at)
        upload = attachments.Upload(stream=io.BytesIO(_scan()), file_name="责任区域图.pdf")
        attachments.attach(record_id=record.pk, upload=upload, actor=drafter, at=at)
        found = checking.of_working_copy(record, on=today).spots
        aside = next(spot for spot in found if spot.finding.actual == "签定")
        reason = "与上级来文用词保持一致"
        checking.dismiss(record_id=record.pk, fingerprint=aside.fingerprint, reason=reason, actor=drafter, at=at)
        review.submit(record_id=record.pk, actor=drafter, at=at)


def _scan() -> bytes:
    """A page that is only a picture."""
    page = PIL.Image.new("L", (1240, 1754), "white")
    pen = PIL.ImageDraw.Draw(page)
    for line in range(8):
        pen.rectangle((160, 200 + line * 160, 1080, 300 + line * 160), outline=80, width=4)
    out = io.BytesIO()
    page.save(out, "PDF")
    return out.getvalue()
