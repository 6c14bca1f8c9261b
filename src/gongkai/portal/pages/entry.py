"""The page of one entry and the stone that marks a withdrawn one."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from gongkai.groundwork import digests
from gongkai.portal import addresses
from gongkai.portal.pages import lists, parts
from gongkai.published.domain import vocabulary
from gongkai.published.models import Entry, EntryFile
from gongkai.published.selectors import catalogue, directory, entry_page, proof
from gongkai.published.selectors.directory import Body
from gongkai.published.selectors.entry_page import Link, Step, Surroundings, Whole
from gongkai.published.selectors.listing import Row

# Public metadata by field id, in the order in which the table shows them, after the fixed ones.
_MORE_METADATA = (
    ("joint_issuers", "联合发文机关"),
    ("party_mixed", "党政混合"),
    ("is_normative", "规范性文件"),
    ("is_major_decision", "重大决策草案"),
    ("group", "组配分类"),
    ("service_object", "服务对象"),
    ("art20_item", "法定公开事项"),
    ("mode", "公开方式"),
    ("form", "公开形式"),
    ("carrier", "公开载体"),
    ("scope", "公开范围"),
    ("time_limit", "公开时限"),
    ("procedure", "公开程序"),
    ("owner_dept", "公开责任部门"),
    ("source", "信息来源"),
)
_STEPS = {"released": "公开发布", "corrected": "更正"}


@dataclass(frozen=True, slots=True)
class Fact:
    name: str
    value: str
    is_wide: bool = False


@dataclass(frozen=True, slots=True)
class FileLink:
    url: str
    title: str
    kind: str
    size: str


@dataclass(frozen=True, slots=True)
class HistoryLine:
    on: str
    what: str
    note: str
    link_title: str = ""
    link_url: str = ""


@dataclass(frozen=True, slots=True)
class NamedLink:
    title: str
    url: str
    number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryPage:
    head: parts.Head
    title: str
    validity: str
    validity_label: str
    has_ended: bool
    banner: str
    cuts: str
    successors: tuple[NamedLink, ...]
    predecessors: tuple[NamedLink, ...]
    facts: tuple[Fact, ...]
    body: SafeString
    summary: str
    files: tuple[FileLink, ...]
    history: tuple[HistoryLine, ...]
    newer: NamedLink | None
    older: NamedLink | None
    url: str
    qr_url: str
    tell_url: str
    entry_id: int
    digest: str
    content_url: str
    column_url: str
    column_title: str
    agency_name: str
    agency_url: str
    answered_by: NamedLink | None
    published: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TombstonePage:
    head: parts.Head
    index_number: str
    ground: str
    withdrawn: str
    agency_name: str
    agency_url: str


def entry(request: HttpRequest, found: Whole) -> EntryPage:
    head, version = found.entry, found.version
    body = directory.body_by_id(head.agency_id)
    line = catalogue.tree(body.id).line(head.node_code)
    around = entry_page.surroundings(head)
    url = addresses.canonical(request)
    source = str(version.metadata.get("source") or head.issuer or body.name)
    column_url = reverse("portal:column", args=[body.code, line[-1].code]) if line else ""
    return EntryPage(
        head=_head(found, body, line, source),
        title=head.title,
        validity=head.validity,
        validity_label=vocabulary.label(head.validity),
        has_ended=parts.has_ended(head.validity),
        banner=_banner(head),
        cuts=str(version.metadata.get("cuts", "")),
        successors=_links(around.successors),
        predecessors=_links(around.predecessors),
        facts=tuple(_paired(list(_facts(found, body, line)))),
        body=mark_safe(version.body_html),  # sanitised before its release; the content policy is the second fence
        summary=version.summary,
        files=tuple(_file(head.pk, file) for file in found.files),
        history=_history(around),
        newer=_neighbour(around.newer),
        older=_neighbour(around.older),
        url=url,
        qr_url=reverse("portal:qr_code", args=[head.pk]),
        entry_id=head.pk,
        tell_url=reverse("portal:reading") if settings.VIEWS_FROM == "beacon" else "",
        digest=digests.sm3(proof.of_whole(found)),
        content_url=reverse("portal:content", args=[head.pk]),
        column_url=column_url,
        column_title=line[-1].title if line else "",
        agency_name=body.name,
        agency_url=reverse("portal:agency", args=[body.code]),
        answered_by=_answering(body),
        published=parts.minute(head.published_at),
        source=source,
    )


def _answering(body: Body) -> NamedLink | None:
    """Who answers for what a merged body published; None while the body stands."""
    answering = directory.directory().answering(body)
    return None if answering is body else NamedLink(answering.name, reverse("portal:agency", args=[answering.code]))


def tombstone(head: Entry) -> TombstonePage:
    body = directory.body_by_id(head.agency_id)
    return TombstonePage(
        head=parts.Head(
            title="该信息已撤下",
            section="agencies",
            crumbs=(parts.Crumb(body.name, reverse("portal:agency", args=[body.code])), parts.Crumb("已撤下的信息")),
            is_indexed=False,
        ),
        index_number=head.index_number,
        ground=head.withdrawal_ground,
        withdrawn=parts.day(head.withdrawn_at or head.updated_at),
        agency_name=body.name,
        agency_url=reverse("portal:agency", args=[body.code]),
    )


def _head(found: Whole, body: Body, line: tuple[catalogue.Column, ...], source: str) -> parts.Head:
    version = found.version
    columns = tuple(parts.Crumb(each.title, reverse("portal:column", args=[body.code, each.code])) for each in line)
    column = lists.column_tags(line[-1], body) if line else None
    return parts.Head(
        title=found.entry.title,
        section="agencies",
        crumbs=(
            parts.Crumb("政府信息公开", reverse("portal:agencies")),
            parts.Crumb(body.name, reverse("portal:agency", args=[body.code])),
            *columns,
            parts.Crumb("正文"),
        ),
        column=column or _no_column(body),
        article=parts.Article(
            title=found.entry.title,
            published=parts.minute(found.entry.published_at),
            source=source,
            keywords=version.keywords,
            description=version.summary[:200],
        ),
    )


def _no_column(body: Body) -> parts.Column:
    return parts.Column(
        name="政府信息公开",
        description=f"{body.name}主动公开的政府信息",
        keywords=f"政府信息公开,{body.name}",
        type="信息公开",
    )


def _facts(found: Whole, body: Body, line: tuple[catalogue.Column, ...]) -> Iterator[Fact]:
    head, metadata = found.entry, found.version.metadata
    yield Fact("索引号", head.index_number)
    if head.registration_number:
        yield Fact("登记号", head.registration_number)
    yield Fact("主题分类", head.topic)
    yield Fact("发文机关", head.issuer or body.name)
    yield Fact("发文字号", head.document_number)
    yield Fact("成文日期", _date(head.created_on))
    yield Fact("发布日期", parts.day(head.published_at))
    yield Fact("有效性", vocabulary.label(head.validity))
    yield Fact("体裁分类", head.genre)
    yield Fact("公开目录", " › ".join(column.title for column in line))
    yield Fact("生效日期", _date(head.effective_on))
    yield Fact("失效日期", _date(head.invalid_since or head.expires_on))
    for name, label in _MORE_METADATA:
        yield Fact(label, _shown(metadata.get(name)))
    if "mode" not in metadata:
        yield Fact("公开方式", "主动公开")
    yield Fact("关键词", found.version.keywords, is_wide=True)


def _paired(facts: list[Fact]) -> Iterator[Fact]:
    """Only what is known; an odd one before a wide one, and at the end, takes the whole row."""
    known = [fact for fact in facts if fact.value]
    narrow = [fact for fact in known if not fact.is_wide]
    yield from narrow[: len(narrow) // 2 * 2]
    if len(narrow) % 2:
        yield Fact(narrow[-1].name, narrow[-1].value, is_wide=True)
    yield from (fact for fact in known if fact.is_wide)


def _shown(value: object) -> str:
    if isinstance(value, list | tuple):
        return "、".join(map(str, value))
    return "" if value in (None, False) else "是" if value is True else str(value)


def _date(day: datetime.date | None) -> str:
    return day.isoformat() if day else ""


def _banner(head: Entry) -> str:
    since = f"自{parts.chinese_day(head.invalid_since)}起" if head.invalid_since else ""
    match head.validity:
        case "repealed":
            return f"本文件{since}已废止。"
        case "expired":
            return f"本文件{since}已失效。"
        case "amended":
            return "本文件已修改，请对照修改后的文件使用。"
        case "partly_invalid":
            return "本文件的部分内容已失效。"
        case "not_yet_effective":
            on = f"，自{parts.chinese_day(head.effective_on)}起施行" if head.effective_on else ""
            return f"本文件尚未生效{on}。"
    return ""


def _history(around: Surroundings) -> tuple[HistoryLine, ...]:
    return tuple(_history_line(step) for step in around.history) if len(around.history) > 1 else ()


def _history_line(step: Step) -> HistoryLine:
    what = _STEPS.get(step.what) or vocabulary.label(step.what)
    link = step.link
    return HistoryLine(
        f"{step.on:%Y-%m-%d}",
        what,
        step.note,
        link.title if link else "",
        f"{parts.entry_base()}{link.id}/" if link else "",
    )


def _links(links: tuple[Link, ...]) -> tuple[NamedLink, ...]:
    base = parts.entry_base()
    return tuple(NamedLink(link.title, f"{base}{link.id}/", link.document_number) for link in links)


def _neighbour(row: Row | None) -> NamedLink | None:
    return NamedLink(row.title, f"{parts.entry_base()}{row.id}/") if row else None


def _file(entry_id: int, file: EntryFile) -> FileLink:
    kind = file.file_name.rpartition(".")[2].upper() if "." in file.file_name else ""
    url = reverse("portal:file", args=[entry_id, file.position])
    return FileLink(url, file.title or file.file_name, kind, parts.size(file.size))
