"""What comes in from elsewhere: dropped files to be confirmed, and a register of issued documents with gaps."""

import io
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from gongkai.accounts.domain.posts import Post
from gongkai.groundwork import scoping
from gongkai.imports.services.drops import reading, receiving
from gongkai.imports.services.drops.receiving import Upload
from gongkai.records.domain.issued import Issued
from gongkai.records.models import Record
from gongkai.records.services import registering
from tools import papers
from tools.demo.office import Office
from tools.papers import Paper

_TITLES = (
    "关于做好汛期值班值守工作的通知",
    "关于开展安全生产专项检查的通知",
    "关于印发年度培训计划的通知",
    "关于规范公务接待的函",
)
_SENTENCE = "各有关单位要高度重视，明确分工，落实责任，按照时间节点完成各项任务，并将落实情况及时报送。"
_NEVER_DRAFTED = 6
_MISSING_EVERY = 9


def arrange(offices: Sequence[Office], *, today: date, at: datetime) -> None:
    """Of the first office with a drafter that is not a nameplate of another."""
    office = next(each for each in offices[1:] if not each.body.staffed_by and each.agency.valid_until is None)
    with scoping.narrow_to([office.agency.pk]):
        _register(office, today=today, at=at)
        _drop(office, today=today, at=at)


def _register(office: Office, *, today: date, at: datetime) -> None:
    """What the records say with every ninth left out, and some papers that nobody has drafted."""
    rows = [*_of_records(today.year), *_never_drafted(office, today)]
    registering.register(rows, actor=office.actors[Post.DISCLOSURE_OFFICER], at=at)


def _of_records(year: int) -> Iterator[Issued]:
    known = Record.objects.filter(document_number__contains=f"〔{year}〕").order_by("created_on", "id")
    seen: set[str] = set()
    for place, record in enumerate(known.only("document_number", "title", "created_on", "attribute", "agency")):
        if record.document_number in seen or place % _MISSING_EVERY == _MISSING_EVERY - 1:
            continue
        seen.add(record.document_number)
        yield Issued(
            document_number=record.document_number,
            title=record.title,
            created_on=record.created_on,
            attribute=record.attribute,
            unit=("办公室", "法规科", "综合科")[place % 3],
        )


def _never_drafted(office: Office, today: date) -> Iterator[Issued]:
    prefix = f"{office.body.number_prefix.removesuffix('发')}函"
    for number in range(1, _NEVER_DRAFTED + 1):
        written = today - timedelta(days=7 * number)
        attribute = "proactive" if number % 3 else "on_request"
        title = f"关于答复第{number}批意见建议的函"
        number_of_paper = f"{prefix}〔{written.year}〕{number * 2}号"
        yield Issued(
            document_number=number_of_paper, title=title, created_on=written, attribute=attribute, unit="办公室"
        )


def _drop(office: Office, *, today: date, at: datetime) -> None:
    """Files in every format: two that are read whole, one without a stated attribute, one without a number."""
    makers = ((papers.docx, "docx"), (papers.pdf, "pdf"), (papers.ofd, "ofd"), (papers.docx, "docx"))
    name, written = office.agency.name, today - timedelta(days=3)
    uploads = []
    for number, (title, (make, ending)) in enumerate(zip(_TITLES, makers, strict=True), 1):
        paper = Paper(
            title=(title,),
            head=f"{name}文件",
            number=f"{office.body.number_prefix}〔{written.year}〕{200 + number}号" if number < 4 else "",
            body=(f"现就有关事项通知如下：{_SENTENCE}", "一、总体要求", _SENTENCE * 3, "二、工作安排", _SENTENCE * 4),
            signature=(name,),
            written=f"{written.year}年{written.month}月{written.day}日",
            note="" if number == 3 else "（此件公开发布）",
            copies="",
            printed=("", ""),
        )
        uploads.append(Upload(stream=io.BytesIO(make(paper)), file_name=f"{title}.{ending}"))
    batch = receiving.receive(uploads=uploads, actor=office.actors[Post.DRAFTER], at=at)
    reading.read(batch_id=batch.pk, at=at)
