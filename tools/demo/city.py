"""Bodies and people of 清岚市. Everything here is invented; no real city has the region code 529900."""

from dataclasses import dataclass

from gongkai.accounts.domain.posts import Post
from gongkai.agencies.domain.kinds import AgencyKind

CITY = "清岚市"
REGION_CODE = "529900"
PASSWORD = "Qinglan-2026-demo"


@dataclass(frozen=True)
class Body:
    """One body of the city. ``field`` names its field of work in `tools.demo.fields`."""

    code: str
    name: str
    short_name: str
    kind: AgencyKind
    number_prefix: str
    field: str
    staffed_by: str = ""
    merged_into: str = ""


@dataclass(frozen=True)
class Person:
    """Somebody with posts; the user name is what they type at the door."""

    username: str
    name: str
    posts: tuple[tuple[str, Post], ...]
    shown_at_start: str = ""


def _department(code: str, name: str, prefix: str, field: str, **more: str) -> Body:
    return Body(code, f"{CITY}{name}", f"市{name}", AgencyKind.DEPARTMENT, prefix, field, **more)


BODIES = (
    Body("qlsrmzf", f"{CITY}人民政府", "市政府", AgencyKind.GOVERNMENT, "清政发", "government"),
    _department("zfb", "人民政府办公室", "清政办发", "government"),
    _department("fgw", "发展和改革委员会", "清发改", "planning"),
    _department("jyj", "教育局", "清教发", "education"),
    _department("kjj", "科学技术局", "清科发", "industry"),
    _department("gxj", "工业和信息化局", "清工信", "industry"),
    _department("gaj", "公安局", "清公发", "order"),
    _department("mzj", "民政局", "清民发", "welfare"),
    _department("sfj", "司法局", "清司发", "order"),
    _department("czj", "财政局", "清财发", "finance"),
    _department("rsj", "人力资源和社会保障局", "清人社发", "labour"),
    _department("zgj", "自然资源和规划局", "清自然资发", "land"),
    _department("hbj", "生态环境局", "清环发", "environment"),
    _department("zjj", "住房和城乡建设局", "清建发", "housing"),
    _department("jtj", "交通运输局", "清交发", "transport"),
    _department("slj", "水务局", "清水发", "water"),
    _department("nyj", "农业农村局", "清农发", "farming"),
    _department("swj", "商务局", "清商发", "industry"),
    _department("wlj", "文化广电和旅游局", "清文旅发", "culture"),
    _department("wjw", "卫生健康委员会", "清卫发", "health"),
    _department("yjj", "应急管理局", "清应急", "emergency"),
    _department("sjj", "审计局", "清审发", "finance"),
    _department("scjg", "市场监督管理局", "清市监", "market"),
    # Two nameplates, one staff, and a bureau that was merged away.
    _department("zscq", "知识产权局", "清知发", "market", staffed_by="scjg"),
    _department("lyj", "粮食局", "清粮发", "farming", merged_into="fgw"),
    Body("swj-tax", f"国家税务总局{CITY}税务局", "市税务局", AgencyKind.VERTICAL, "清税发", "finance"),
    Body("qxj", f"{CITY}气象局", "市气象局", AgencyKind.VERTICAL, "清气发", "emergency"),
    Body("fl", f"{CITY}妇女联合会", "市妇联", AgencyKind.MASS_ORGANISATION, "清妇发", "welfare"),
    Body("gxq", f"{CITY}高新技术产业开发区管理委员会", "高新区管委会", AgencyKind.COMMITTEE, "清高管", "industry"),
    Body("ytz", f"{CITY}云台镇人民政府", "云台镇", AgencyKind.TOWN, "云政发", "town"),
    Body("lxz", f"{CITY}柳溪镇人民政府", "柳溪镇", AgencyKind.TOWN, "柳政发", "town"),
    Body("shx", f"{CITY}松河乡人民政府", "松河乡", AgencyKind.TOWN, "松政发", "town"),
    Body("cdjd", f"{CITY}城东街道办事处", "城东街道", AgencyKind.TOWN, "城东发", "town"),
    Body("tsg", f"{CITY}图书馆", "市图书馆", AgencyKind.PUBLIC_INSTITUTION, "清图发", "culture"),
)

_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
_GIVEN = (
    "文静",
    "志远",
    "建国",
    "晓燕",
    "国强",
    "雅琴",
    "海峰",
    "淑芬",
    "明辉",
    "丽娟",
    "振华",
    "秀兰",
    "立新",
    "婷婷",
    "学军",
)

# The people whose accounts the start of the demo prints: one for each post.
SHOWN = (
    Person("li", "李文静", (("fgw", Post.DRAFTER),), "承办人（起草、送审）"),
    Person("wang", "王志远", (("fgw", Post.SECTION_HEAD),), "科室负责人（审核）"),
    Person("zhao", "赵建国", (("fgw", Post.LEADER),), "单位负责人（签发）"),
    Person("chen", "陈晓燕", (("fgw", Post.SECRECY_REVIEWER),), "保密审查员"),
    Person("zhou", "周国强", (("fgw", Post.DISCLOSURE_OFFICER),), "公开机构人员（发布、目录、导入）"),
    Person("sun", "孙雅琴", (("zfb", Post.DISCLOSURE_OFFICER), ("zfb", Post.DRAFTER)), "市政府办公开机构人员"),
    Person("xitong", "系统管理员", (("qlsrmzf", Post.SYSTEM_ADMIN),), "系统管理员"),
    Person("anquan", "安全管理员", (("qlsrmzf", Post.SECURITY_ADMIN),), "安全管理员"),
    Person("shenji", "审计管理员", (("qlsrmzf", Post.AUDIT_ADMIN),), "审计管理员"),
)

# Three people hold every post of the town between them.
TOWN_OF_THREE = (
    Person("ytz1", "何海峰", (("ytz", Post.DRAFTER), ("ytz", Post.DISCLOSURE_OFFICER)), "云台镇（三人兼任全部岗位）"),
    Person("ytz2", "林淑芬", (("ytz", Post.SECTION_HEAD), ("ytz", Post.SECRECY_REVIEWER), ("ytz", Post.DRAFTER))),
    Person("ytz3", "高明辉", (("ytz", Post.LEADER), ("ytz", Post.SECRECY_REVIEWER))),
)

_CASEWORK = (Post.DRAFTER, Post.SECTION_HEAD, Post.LEADER, Post.SECRECY_REVIEWER, Post.DISCLOSURE_OFFICER)


def people() -> tuple[Person, ...]:
    """Everybody: the shown accounts, the town of three, and five people for each other staffed body."""
    named = {body for person in (*SHOWN, *TOWN_OF_THREE) for body, post in person.posts if post in _CASEWORK}
    complete = {"fgw", "ytz"}
    others: list[Person] = []
    for body in BODIES:
        if body.staffed_by or body.code in complete:
            continue
        for post in _CASEWORK:
            if body.code in named and post in {Post.DRAFTER, Post.DISCLOSURE_OFFICER}:
                continue
            number = len(others)
            name = _SURNAMES[number % len(_SURNAMES)] + _GIVEN[(number * 7) % len(_GIVEN)]
            others.append(Person(f"{body.code}-{post.value.replace('_', '-')}", name, ((body.code, post),)))
    return (*SHOWN, *TOWN_OF_THREE, *others)
