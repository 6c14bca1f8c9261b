"""Links that lead nowhere, inwards, or to a document that no longer holds."""

import html
import ipaddress
import re
import urllib.parse
from collections.abc import Iterator

from gongkai.law.findings import Severity, Status
from gongkai.records.domain.checks.material import Link, Material
from gongkai.records.domain.checks.rules import Rule, Says, Spot, about

DEAD = Rule(
    code="links.dead",
    label="链接打不开",
    severity=Severity.WARNING,
    advice="点开核对，改正地址或者删去链接。",
    basis="gosc-2019-19",
)
GONE = Rule(
    code="links.gone",
    label="链接的信息已经撤下",
    severity=Severity.ERROR,
    advice="改链现在公开的信息，或者删去链接。",
    basis="gosc-2019-19",
)
ENDED = Rule(
    code="links.ended",
    label="链接的文件已经失效",
    severity=Severity.WARNING,
    advice="改链现行有效的文件，或者在文中说明其已经失效。",
    basis="gosc-2017-47",
)
INWARD = Rule(
    code="links.inward",
    label="内网地址",
    severity=Severity.ERROR,
    advice="公众打不开内部地址，还会暴露内部网络；改为公开地址或者删去。",
)
UNASKED = Rule(
    code="links.unasked",
    label="站外链接没有核对",
    severity=Severity.INFO,
    advice="本系统没有联网核对站外链接，请人工点开确认。",
    status=Status.NOT_ASSESSABLE,
)
RULES = (DEAD, GONE, ENDED, INWARD, UNASKED)
_HREF = re.compile(r"<a\s[^>]*?href=\"([^\"]+)\"")
_RULE_OF_STATE = {"dead": DEAD, "withdrawn": GONE, "missing": GONE, "ended": ENDED}


def addresses(body_html: str) -> tuple[str, ...]:
    """The web addresses in sanitised text, each once, in their order."""
    found = (html.unescape(match) for match in _HREF.findall(body_html))
    return tuple(dict.fromkeys(address for address in found if address.startswith(("http://", "https://"))))


def is_inward(address: str) -> bool:
    """Whether nobody outside the office can mean anything by it."""
    try:
        host = urllib.parse.urlsplit(address).hostname or ""
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return "." not in host or host.endswith((".local", ".lan", ".internal", ".localhost"))


def check(material: Material) -> Iterator[Spot]:
    unasked = 0
    for address in addresses(material.content.body_html):
        link = material.known.links.get(address)
        if link is None and is_inward(address):
            yield about(INWARD, "body_html", Says(message=f"链接指向内部地址“{address}”。", actual=address))
            continue
        link = link or Link("unasked")
        unasked += link.state == "unasked"
        if rule := _RULE_OF_STATE.get(link.state):
            yield about(rule, "body_html", Says(message=f"{rule.label}：{link.words or address}", actual=address))
    if unasked:
        yield about(UNASKED, "body_html", Says(message=f"正文有{unasked}个站外链接没有联网核对。"))
