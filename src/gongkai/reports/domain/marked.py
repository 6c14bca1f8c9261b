"""The document with its faults marked, as a piece of a desk page.

The auditor prints the whole page of its own; here the documents are taken out of it and made to fit: notes lead back
to their findings, wide tables take the keyboard. Cleaned once more, although every word of the source was escaped.
"""

import re

import nh3
from lxml import html

from gongkai.auditing import audit
from gongkai.auditing.outputs import pages
from gongkai.reports.domain import storable

LONGEST = 4_000_000
_TAGS = {"p", "div", "table", "tbody", "tr", "td", "mark", "sup", "span", "a"}
_SEVERITIES = {"error", "warning", "info"}
_ATTRIBUTES = {
    "span": {"id"},
    "td": {"rowspan", "colspan"},
    "a": {"href", "aria-label"},
    "div": {"role", "tabindex", "aria-label"},
}
_CLASSES = {"mark": _SEVERITIES, "td": _SEVERITIES, "div": {"scroll"}}
_NOTE = re.compile(r"\d+")


def documents(outcome: audit.Outcome) -> list[str]:
    """One for each report of the file, in their order; empty where it would be too long for a screen.

    The place of finding N has the anchor ``place-N``; its note leads to ``finding-N``. Numbers count from 1.
    """
    page = html.document_fromstring(storable.text(pages.page([outcome])))
    return [_piece(source) for source in _found(page, "//section[@class='report']/div[@class='source']")]


def _found(element: html.HtmlElement, path: str) -> list[html.HtmlElement]:
    found = element.xpath(path)
    assert isinstance(found, list)
    return [each for each in found if isinstance(each, html.HtmlElement)]


def _piece(source: html.HtmlElement) -> str:
    for heading in _found(source, "./h3"):
        source.remove(heading)
    for anchor in _found(source, ".//span[@id]"):
        anchor.set("id", "place-" + str(anchor.get("id")).rpartition("-")[2])
    for note in _found(source, ".//sup"):
        _lead_back(note)
    for number, frame in enumerate(_found(source, ".//div[@class='scroll']"), 1):
        frame.attrib.update({"role": "region", "tabindex": "0", "aria-label": f"原文第{number}个表格"})
    text = "".join(html.tostring(child, encoding="unicode") for child in source)
    if len(text) > LONGEST:
        return ""
    return nh3.clean(
        text, tags=_TAGS, attributes=_ATTRIBUTES, allowed_classes=_CLASSES, url_schemes=set(), link_rel=None
    )


def _lead_back(note: html.HtmlElement) -> None:
    numbers = _NOTE.findall(str(note.text or ""))
    note.text = None
    for number in numbers:
        link = html.Element("a", {"href": f"#finding-{number}", "aria-label": f"问题{number}"})
        link.text = f"[{number}]"
        note.append(link)
