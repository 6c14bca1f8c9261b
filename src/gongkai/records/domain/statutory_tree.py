"""The common catalogue: the fixed blocks of an agency's page and the items of articles 20 and 21 as one tree.

Codes stay for ever, since published entries carry them. An agency hides, renames and adds; it never renumbers.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from gongkai.agencies.domain.kinds import AgencyKind
from gongkai.published.domain import blocks


class Column(NamedTuple):
    """One node. ``article`` is where the duty comes from; ``takes_records`` is False for mere headings and links."""

    code: str
    title: str
    parent: str = ""
    description: str = ""
    article: str = ""
    takes_records: bool = True


_ARTICLE_20: tuple[tuple[str, str, str, tuple[tuple[str, str], ...]], ...] = (
    (
        "art20_01_normative",
        "法规文件",
        "行政法规、规章和规范性文件",
        (("normative", "规范性文件"), ("other_documents", "其他文件")),
    ),
    (
        "art20_02_institution",
        "机构职能",
        "职能、机构设置、办公地址和时间、联系方式、负责人姓名",
        (("functions", "机构概况"), ("leaders", "负责人"), ("sections", "内设机构")),
    ),
    ("art20_03_planning", "规划计划", "国民经济和社会发展规划、专项规划、区域规划及相关政策", ()),
    ("art20_04_statistics", "统计信息", "国民经济和社会发展统计信息", ()),
    (
        "art20_05_licensing",
        "行政许可和对外服务",
        "办理行政许可和其他对外管理服务事项的依据、条件、程序以及办理结果",
        (),
    ),
    ("art20_06_enforcement", "处罚与强制", "实施行政处罚、行政强制的依据、条件、程序以及有一定社会影响的处罚决定", ()),
    ("art20_07_budget", "财政预决算", "财政预算、决算信息", (("budget", "预算"), ("final_accounts", "决算"))),
    ("art20_08_charges", "行政事业性收费", "收费项目及其依据、标准", ()),
    ("art20_09_procurement", "政府采购", "政府集中采购项目的目录、标准及实施情况", ()),
    ("art20_10_major_projects", "重大建设项目", "重大建设项目的批准和实施情况", ()),
    ("art20_11_livelihood", "民生政策", "扶贫、教育、医疗、社会保障、促进就业等方面的政策、措施及其实施情况", ()),
    ("art20_12_emergency", "应急管理", "突发公共事件的应急预案、预警信息及应对情况", ()),
    (
        "art20_13_supervision",
        "监督检查",
        "环境保护、公共卫生、安全生产、食品药品、产品质量的监督检查情况",
        (),
    ),
    ("art20_14_recruitment", "公务员招考", "公务员招考的职位、名额、报考条件等事项以及录用结果", ()),
    ("art20_15_other", "其他法定信息", "法律、法规、规章和国家有关规定要求主动公开的其他信息", ()),
)
_ARTICLE_21_CITY = (
    ("construction", "市政建设"),
    ("public_services", "公共服务"),
    ("welfare", "公益事业"),
    ("land_acquisition", "土地征收"),
    ("house_acquisition", "房屋征收"),
    ("public_order", "治安管理"),
    ("social_assistance", "社会救助"),
)
_ARTICLE_21_TOWN = (
    ("agricultural_policy", "农业农村政策落实"),
    ("irrigation", "农田水利工程建设运营"),
    ("land_contracts", "农村土地承包经营权流转"),
    ("homesteads", "宅基地使用情况审核"),
    ("land_acquisition", "土地征收"),
    ("house_acquisition", "房屋征收"),
    ("funds_and_labour", "筹资筹劳"),
    ("social_assistance", "社会救助"),
)
CITY, TOWN = "art21_city", "art21_town"


def _blocks() -> Iterator[Column]:
    for code, title in blocks.BLOCKS.items():
        yield Column(code, title, takes_records=code not in {blocks.STATUTORY, blocks.REQUESTS})


def _items() -> Iterator[Column]:
    for code, title, description, parts in _ARTICLE_20:
        yield Column(code, title, blocks.STATUTORY, description, "oigr-2019/20")
        for part, label in parts:
            yield Column(f"{code}.{part}", label, code, "", "oigr-2019/20")
    for group, title, parts in ((CITY, "市县公开事项", _ARTICLE_21_CITY), (TOWN, "乡镇公开事项", _ARTICLE_21_TOWN)):
        yield Column(group, title, blocks.STATUTORY, article="oigr-2019/21", takes_records=False)
        for part, label in parts:
            yield Column(f"{group}_{part}", label, group, "", "oigr-2019/21")


COLUMNS: tuple[Column, ...] = (*_blocks(), *_items())
BY_CODE = {column.code: column for column in COLUMNS}


def applies(column: Column, kind: str) -> bool:
    """Whether the article behind the column binds bodies of this kind: towns and cities have lists of their own."""
    if column.code == TOWN or column.parent == TOWN:
        return kind == AgencyKind.TOWN
    if column.code == CITY or column.parent == CITY:
        return kind != AgencyKind.TOWN
    return True


def publication_category(code: str) -> str:
    """The kind of information, for its publication period, that the column says by itself."""
    return "budget" if code.startswith("art20_07_budget") else "general"


def descendants(code: str, parents: Iterable[tuple[str, str]]) -> frozenset[str]:
    """The code and everything below it, given pairs of code and parent in which parents come first."""
    found = {code}
    for child, parent in parents:
        if parent in found:
            found.add(child)
    return frozenset(found)
