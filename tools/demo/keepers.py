"""What the keepers of the demo city have done: a standard table, an issue of the gazette, a deposit batch, channels."""

from datetime import date, datetime, timedelta

from django.db import transaction

from gongkai.accounts.domain.posts import Post
from gongkai.groundwork import scoping
from gongkai.published.models import LISTED, Entry
from gongkai.records.domain import suggesting
from gongkai.records.domain.channels import Channel, Posting
from gongkai.records.domain.deposits import Kind
from gongkai.records.domain.standard_tables import Matter
from gongkai.records.models import Record
from gongkai.records.services import catalogue, channels, deposits, gazettes, looking_over, standard_tables
from tools.demo.city import CITY
from tools.demo.office import Office

_MATTERS = (
    ("综合业务", "政策法规文件", "文件名称、文号、制发机关、全文"),
    ("综合业务", "监督检查", "检查的依据、范围、结果"),
    ("最低生活保障", "办事指南", "申请条件、材料、程序、时限、地点、电话"),
    ("最低生活保障", "审核审批信息", "保障人数、保障金额"),
    ("特困人员救助供养", "社会救助标准", "供养标准、照料标准"),
    ("临时救助", "审核审批信息", "救助对象、救助金额、救助事由"),
    ("临时救助", "行政事业性收费", "有无收费、收费依据"),
)


def arrange(offices: list[Office], *, today: date, at: datetime) -> None:
    """By the same acts that people would do."""
    by_code = {office.body.code: office for office in offices}
    acts = ((_standard_table, "mzj"), (_gazette, "zfb"), (_deposit, "fgw"), (_wechat, "fgw"))
    for act, code in acts:
        with transaction.atomic(), scoping.narrow_to([by_code[code].agency.pk]):
            act(by_code[code], today=today, at=at)
    looking_over.look_over(at=at)


def _standard_table(office: Office, *, today: date, at: datetime) -> None:
    keeper = office.actors[Post.DISCLOSURE_OFFICER]
    draft = standard_tables.Draft(
        field="social_assistance",
        title=f"{CITY}社会救助领域基层政务公开标准目录",
        file_name="社会救助标准目录.xlsx",
        matters=tuple(_matter(place, office, *words) for place, words in enumerate(_MATTERS, 1)),
    )
    table = standard_tables.bring(draft=draft, actor=keeper, at=at)
    reviewer, leader = office.actors[Post.SECRECY_REVIEWER], office.actors[Post.LEADER]
    standard_tables.clear(table_id=table.pk, digest=table.digest, actor=reviewer, at=at)
    approval = standard_tables.Approval(
        digest=table.digest,
        approved_by="市政务公开领导小组",
        approval_number=f"清政公开〔{today.year}〕1号",
        approved_on=today - timedelta(days=3),
    )
    standard_tables.approve(table_id=table.pk, approval=approval, actor=leader, at=at)
    nodes = catalogue.nodes_of(office.agency)
    guessed = {matter.key: suggesting.column_for(matter, nodes) for matter in draft.matters}
    standard_tables.link(table_id=table.pk, columns=guessed, actor=keeper, at=at)


def _matter(place: int, office: Office, l1: str, l2: str, content: str) -> Matter:
    return Matter(
        seq=str(place),
        matter_l1=l1,
        matter_l2=l2,
        content=content,
        basis="《中华人民共和国政府信息公开条例》",
        time_limit="自形成或者变更之日起20个工作日内",
        subject=office.body.name,
        channels=("website", "service_centre", "notice_board"),
        audience=("everybody",),
        mode=("proactive",),
        level=("county", "town"),
    )


def _gazette(office: Office, *, today: date, at: datetime) -> None:
    """The newest documents of the whole city in this month's issue."""
    numbers = (
        Entry.objects.filter(LISTED, in_library=True).order_by("-published_at").values_list("index_number", flat=True)
    )
    issue = gazettes.Issue(
        name=f"{CITY}人民政府公报",
        year=today.year,
        number=today.month,
        published_on=today - timedelta(days=1),
        index_numbers=list(numbers[:12]),
    )
    gazettes.enter(issue=issue, actor=office.actors[Post.DISCLOSURE_OFFICER], at=at)


def _deposit(office: Office, *, today: date, at: datetime) -> None:
    keeper = office.actors[Post.DISCLOSURE_OFFICER]
    wanted = deposits.Wanted(
        kind=Kind.ARCHIVE,
        recipient=f"{CITY}档案馆",
        first_on=today - timedelta(days=365),
        last_on=today - timedelta(days=1),
    )
    batch = deposits.make(wanted=wanted, actor=keeper, at=at)
    deposits.hand_over(batch_id=batch.pk, signed=deposits.Signed(by=keeper.name, on=today), actor=keeper, at=at)


def _wechat(office: Office, *, today: date, at: datetime) -> None:
    """The last papers also went out through the office's account."""
    public = Record.objects.filter(state="published", entry_id__isnull=False).order_by("-published_at")[:8]
    posting = Posting(channel=Channel.WECHAT, name="清岚发改", published_on=today - timedelta(days=1))
    channels.put([(record, posting) for record in public], actor=office.actors[Post.DRAFTER], at=at)
