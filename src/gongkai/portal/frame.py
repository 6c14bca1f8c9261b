"""What surrounds every page: names, menu, footer, the other variant. Omits whatever is not configured."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from gongkai.groundwork import addresses as origins
from gongkai.law.identifiers import site_code
from gongkai.portal import addresses, variants
from gongkai.published.selectors import directory
from gongkai.published.selectors.directory import Body

ERROR_REPORTS = "https://zfwzgl.www.gov.cn/exposure/jiucuo.html?site_code="
ICP_REGISTER = "https://beian.miit.gov.cn/"
POLICE_REGISTER = "https://beian.mps.gov.cn/"

_MENU = (
    ("home", "首页"),
    ("agencies", "政府信息公开"),
    ("library", "政策文件"),
    ("latest", "最新公开"),
    ("requests", "依申请公开"),
    ("annual_reports", "年度报告"),
    ("open_data", "数据开放"),
)


@dataclass(frozen=True, slots=True)
class MenuItem:
    name: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Frame:
    site_name: str
    site_domain: str
    site_code: str
    government: Body | None
    menu: tuple[MenuItem, ...]
    is_elder: bool
    other_variant_url: str
    canonical_url: str
    error_report_url: str
    icp_register: str = ICP_REGISTER
    police_register: str = POLICE_REGISTER


def frame_of(request: HttpRequest) -> Frame:
    """The frame for the page that is being answered."""
    government = directory.directory().root
    code = government.site_code if government else ""
    return Frame(
        site_name=site_name(government),
        site_domain=origins.domain(request),
        site_code=code,
        government=government,
        menu=tuple(MenuItem(name, title, reverse(f"portal:{name}")) for name, title in _MENU),
        is_elder=variants.is_elder(request),
        other_variant_url=_other_variant(request),
        canonical_url=addresses.canonical(request),
        error_report_url=ERROR_REPORTS + code if code and site_code.is_valid(code) else "",
    )


def site_name(government: Body | None) -> str:
    """The registered name of the site; without one, what the platform must be called."""
    if government is None:
        return "政府信息公开"
    return government.site_name or f"{government.name}政府信息公开"


def _other_variant(request: HttpRequest) -> str:
    base = variants.plain_prefix()
    if not variants.is_elder(request):
        base += variants.ELDER_PREFIX.lstrip("/")
    query = request.META.get("QUERY_STRING", "")
    return base + request.path_info.lstrip("/") + (f"?{query}" if query else "")
