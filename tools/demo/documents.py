"""Believable documents: three years of notices, plans, replies, budgets, penalties, guides and reports."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from tools.demo.city import CITY, Body
from tools.demo.fields import FIELDS, Field


@dataclass(frozen=True)
class Document:
    """What a clerk would type: everything a draft needs, as plain values."""

    title: str
    number_prefix: str
    created_on: date
    column_code: str
    genre: str
    topic: str
    group: str
    is_normative: bool
    body_html: str
    summary: str
    keywords: str
    attachment: str = ""


@dataclass(frozen=True)
class _Kind:
    """A kind of document: how its title reads, where it belongs, how often it occurs."""

    title: str
    column_code: str
    genre: str
    group: str
    weight: int
    is_normative: bool = False
    attachment: str = ""


_KINDS = (
    _Kind(
        "关于印发《{subject}实施办法》的通知", "art20_01_normative.normative", "通知", "政策法规", 6, is_normative=True
    ),
    _Kind(
        "关于印发《{subject}管理规定（试行）》的通知",
        "art20_01_normative.normative",
        "通知",
        "政策法规",
        4,
        is_normative=True,
    ),
    _Kind("关于进一步做好{subject}工作的意见", "art20_01_normative.other_documents", "意见", "政策法规", 6),
    _Kind("关于开展{year}年{subject}专项检查的通知", "art20_13_supervision", "通知", "行政事务", 7),
    _Kind("{year}年{subject}工作要点", "art20_03_planning", "通知", "规划计划", 6),
    _Kind("{subject}三年行动计划（{year}—{year_after_next}年）", "art20_03_planning", "通知", "规划计划", 4),
    _Kind("关于{subject}有关事项的公告", "art20_15_other", "公告", "行政事务", 6),
    _Kind("关于{subject}工作情况的通报", "art20_13_supervision", "通报", "行政事务", 5),
    _Kind("{year}年第{quarter}季度{subject}统计数据", "art20_04_statistics", "公告", "统计信息", 6, attachment="xlsx"),
    _Kind("关于{subject}资金分配结果的公示", "art20_11_livelihood", "公告", "便民信息", 6, attachment="xlsx"),
    _Kind("{year}年部门预算公开", "art20_07_budget.budget", "公告", "财务审计", 3, attachment="xlsx"),
    _Kind("{year_before}年部门决算公开", "art20_07_budget.final_accounts", "公告", "财务审计", 3, attachment="xlsx"),
    _Kind("关于{subject}项目实施方案的批复", "art20_10_major_projects", "批复", "规划计划", 5, attachment="docx"),
    _Kind("关于调整{subject}工作领导小组成员的通知", "art20_02_institution.sections", "通知", "机构职能", 3),
    _Kind("{subject}办事指南（{year}年版）", "art20_05_licensing", "公告", "便民信息", 5, attachment="docx"),
    _Kind(
        "行政处罚决定信息公开表（{year}年第{number}期）",
        "art20_06_enforcement",
        "公告",
        "行政事务",
        5,
        attachment="xlsx",
    ),
    _Kind("{year}年公开招聘工作人员公告", "art20_14_recruitment", "公告", "人事人才", 3, attachment="docx"),
    _Kind("{subject}应急预案（{year}年修订）", "art20_12_emergency", "通知", "行政事务", 3, attachment="docx"),
    _Kind("{subject}服务收费项目和标准", "art20_08_charges", "公告", "财务审计", 2),
    _Kind("{year}年{subject}政府采购实施情况", "art20_09_procurement", "公告", "财务审计", 3),
)


def documents(body: Body, *, count: int, first: date, last: date, chance: random.Random) -> Iterator[Document]:
    """``count`` different documents of one body between two days, oldest first."""
    field = FIELDS[body.field]
    span = (last - first).days
    days = sorted(first + timedelta(days=chance.randrange(span + 1)) for _ in range(count))
    seen: set[str] = set()
    for day in days:
        document = _document(body, field, day, chance)
        while document.title in seen:
            document = _document(body, field, day, chance)
        seen.add(document.title)
        yield document


def guide(body: Body, *, contacts: Mapping[str, str], on: date) -> Document:
    """The disclosure guide (指南) that every body owes."""
    paragraphs = (
        f"<p>为便于公民、法人和其他组织获取{body.name}的政府信息，编制本指南。内容变动时及时更新。</p>"
        "<h2>一、信息的分类和编排</h2><p>主动公开的信息按照法定公开事项编入目录，每条有索引号、名称、内容概述和生成日期。</p>"
        "<h2>二、获取方式</h2><p>可以在本平台检索、查阅和下载，也可以到档案馆、图书馆和政务服务中心的查阅点查阅。</p>"
        "<h2>三、依申请公开</h2><p>向公开工作机构当面或者邮寄提交书面申请，写明姓名或者名称、身份证明、联系方式，"
        "所需信息的名称、文号或者其他特征，以及获取信息的方式和途径。</p>"
        "<h2>四、监督和救济</h2><p>认为我们没有依法履行公开义务的，可以向上级机关或者政府信息公开工作主管部门投诉，"
        "也可以依法申请行政复议或者提起行政诉讼。</p><h2>五、公开工作机构</h2>"
        + "".join(f"<p>{label}：{value}</p>" for label, value in contacts.items() if value)
    )
    return _fixed(f"{body.name}政府信息公开指南", "guide", on, paragraphs, "编排、获取方式、依申请公开、监督和救济")


def rules(body: Body, *, on: date) -> Document:
    """The working rules (制度) of disclosure."""
    paragraphs = (
        "<p>为规范公开工作，制定本制度。</p><h2>第一条</h2><p>先审查、后公开，谁公开、谁负责，一事一审。</p>"
        "<h2>第二条</h2><p>信息形成时同步确定公开属性；不予公开的写明理由，并定期评估。</p>"
        "<h2>第三条</h2><p>主动公开的信息，自形成或者变更之日起二十个工作日内公开。</p>"
    )
    return _fixed(f"{body.name}政府信息公开审查制度", "rules", on, paragraphs, "公开属性、审查程序和时限")


def annual_report(body: Body, *, year: int, chance: random.Random) -> Document:
    """The text part of a yearly report."""
    published, received = chance.randrange(60, 900), chance.randrange(0, 30)
    paragraphs = (
        f"<h2>一、总体情况</h2><p>{year}年，{body.short_name}主动公开政府信息{published}条，收到公开申请{received}件，"
        "均在法定期限内答复。</p>"
        "<h2>二、存在的主要问题及改进情况</h2><p>部分栏目更新不够及时，解读形式单一。下一步按月检查栏目，增加图表解读。</p>"
        "<h2>三、其他需要报告的事项</h2><p>本年度没有收取信息处理费。</p>"
    )
    title = f"{body.name}{year}年政府信息公开工作年度报告"
    return _fixed(title, "annual_reports", date(year + 1, 1, 20), paragraphs, f"{year}年度公开工作情况")


def _fixed(title: str, column: str, on: date, html: str, summary: str) -> Document:
    return Document(
        title=title,
        number_prefix="",
        created_on=on,
        column_code=column,
        genre="公告",
        topic="综合政务",
        group="行政事务",
        is_normative=False,
        body_html=html,
        summary=summary,
        keywords="政府信息公开",
    )


def _document(body: Body, field: Field, day: date, chance: random.Random) -> Document:
    kind = chance.choices(_KINDS, weights=[kind.weight for kind in _KINDS])[0]
    subject = chance.choice(field.subjects)
    words = {
        "subject": subject,
        "year": day.year,
        "year_before": day.year - 1,
        "year_after_next": day.year + 2,
        "quarter": "一二三四"[(day.month - 1) // 3],
        "number": day.month * 2 + chance.randrange(2),
    }
    title = kind.title.format(**words)
    if title.startswith("关于") or not title.startswith(str(day.year)):
        title = f"{body.name}{title}"
    return Document(
        title=title,
        number_prefix=body.number_prefix,
        created_on=day,
        column_code=kind.column_code,
        genre=kind.genre,
        topic=field.topic,
        group=kind.group,
        is_normative=kind.is_normative,
        body_html=_body(body, field, subject, day, chance),
        summary=f"{subject}：{chance.choice(field.tasks)}，{chance.choice(field.measures)}。",
        keywords=f"{subject}，{chance.choice(field.tasks)}",
        attachment=kind.attachment,
    )


def _body(body: Body, field: Field, subject: str, day: date, chance: random.Random) -> str:
    tasks = chance.sample(field.tasks, 3)
    measure = chance.choice(field.measures)
    town = chance.choice(("云台镇", "柳溪镇", "松河乡", "城东街道"))
    count, share = chance.randrange(12, 480), chance.randrange(71, 99)
    parts = [
        "<p>各乡镇人民政府、街道办事处，市直有关单位：</p>",
        f"<p>为做好{CITY}{subject}工作，结合实际，现将有关事项明确如下。</p>",
        f"<h2>一、总体要求</h2><p>坚持依法、便民、及时的原则，到{day.year}年底，{measure}，群众满意度不低于百分之{share}。</p>",
        "<h2>二、重点任务</h2>",
        *(
            f"<h3>（{'一二三'[index]}）{task}</h3><p>{body.short_name}牵头{task}，{town}等地先行，"
            f"涉及单位{count + index * 7}家；每月底前报送进展，逾期未报的予以提醒。</p>"
            for index, task in enumerate(tasks)
        ),
        "<h2>三、保障措施</h2><p>明确专人负责，资金专款专用，结果按规定公开，接受社会监督。</p>",
    ]
    if chance.random() < 0.35:
        parts.append(_table(field, chance))
    parts.append(f"<p>{body.name}</p><p>{day.year}年{day.month}月{day.day}日</p>")
    return "".join(parts)


def _table(field: Field, chance: random.Random) -> str:
    rows = "".join(
        f"<tr><td>{index}</td><td>{task}</td><td>{chance.randrange(5, 300)}</td>"
        f"<td>{chance.randrange(60, 101)}%</td></tr>"
        for index, task in enumerate(field.tasks[:4], start=1)
    )
    head = "<tr><th>序号</th><th>任务</th><th>数量（件）</th><th>完成比例</th></tr>"
    return f"<h2>四、任务分解</h2><table><thead>{head}</thead><tbody>{rows}</tbody></table>"
