"""What the import screens show, as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from gongkai.accounts.access import DeskRequest
from gongkai.accounts.domain.duties import Duty
from gongkai.accounts.domain.posts import Post
from gongkai.groundwork.ui import findings as finding_lines
from gongkai.groundwork.ui.parts import Badge, Fact, FindingLine, Step, StepState, TimelineEvent, Tone
from gongkai.imports.domain.lifecycle import Act, State
from gongkai.imports.models import ImportFile
from gongkai.imports.services import clearance, mapping_files
from gongkai.law.findings import Finding

_TONES = {
    State.CHECKING: Tone.ACTIVE,
    State.UNREADABLE: Tone.BAD,
    State.READY: Tone.WAITING,
    State.CLEARED: Tone.WAITING,
    State.QUEUED: Tone.ACTIVE,
    State.RUNNING: Tone.ACTIVE,
    State.DONE: Tone.GOOD,
    State.REFUSED: Tone.BAD,
    State.DISCARDED: Tone.ENDED,
}
_SEVERITIES = {"error": ("错误，不导入", Tone.BAD), "warning": ("提醒", Tone.WAITING), "info": ("提示", Tone.NEUTRAL)}
_COUNTS = (("read", "读取"), ("created", "新增"), ("updated", "更新"), ("unchanged", "未变"), ("rejected", "退回"))
_STEPS = ("检查", "保密审查", "负责人确认", "导入")
_DONE_STEPS = {State.CHECKING: 0, State.READY: 1, State.CLEARED: 2, State.QUEUED: 3, State.RUNNING: 3, State.DONE: 4}


@dataclass(frozen=True)
class Line:
    """One import in the list."""

    url: str
    file_name: str
    state: Badge
    uploaded_by: str
    uploaded_at: Any
    result: str


@dataclass(frozen=True)
class Style:
    """A kind of table with the columns that it must and may have."""

    title: str
    needed: str
    possible: str


@dataclass(frozen=True)
class Count:
    label: str
    number: int


@dataclass(frozen=True)
class Group:
    """Findings of one kind over the whole file."""

    level: Badge
    message: str
    count: int


@dataclass(frozen=True)
class Row:
    """A row of the preview."""

    line: int
    title: str
    number: str
    published_on: str
    state: Badge
    findings: tuple[FindingLine, ...]


@dataclass(frozen=True)
class CasePage:
    """One import with everything that is known about it."""

    file_name: str
    digest: str
    state: Badge
    waiting: str
    problem: str
    is_busy: bool
    steps: tuple[Step, ...]
    facts: tuple[Fact, ...]
    counts: tuple[Count, ...]
    is_forecast: bool
    groups: tuple[Group, ...]
    rows: tuple[Row, ...]
    events: tuple[TimelineEvent, ...]
    acts: frozenset[str]
    done: int
    expected: int
    urls: Mapping[str, str] = field(default_factory=dict)


def list_line(found: ImportFile, agency_code: str) -> Line:
    counts = found.counts
    result = f"新增 {counts['created']}，更新 {counts['updated']}，退回 {counts['rejected']}" if counts else ""
    return Line(
        url=reverse("imports:case", args=[agency_code, found.pk]),
        file_name=found.file_name,
        state=badge(found),
        uploaded_by=found.uploaded_by_name,
        uploaded_at=found.uploaded_at,
        result=result or clearance.needs_another(found),
    )


def case_page(found: ImportFile, request: DeskRequest) -> CasePage:
    posts = frozenset(post.value for post in request.seat.posts)
    acts = {act for act in Act if clearance.may_decide(found, act, posts=posts, user_id=request.viewer.user_id)}
    state = State(found.state)
    counts = found.counts or found.preview.get("counts", {})
    return CasePage(
        file_name=found.file_name,
        digest=found.digest,
        state=badge(found),
        waiting=clearance.needs_another(found),
        problem=found.problem,
        is_busy=state.is_busy,
        steps=_steps(found),
        facts=_facts(found),
        counts=tuple(Count(label, counts[name]) for name, label in _COUNTS if name in counts),
        is_forecast=not found.counts,
        groups=tuple(_group(group) for group in found.preview.get("findings", ())),
        rows=tuple(_row(row) for row in found.preview.get("rows", ())),
        events=tuple(_events(found)),
        acts=frozenset(act.value for act in acts),
        done=found.rows_done,
        expected=found.rows_expected,
        urls=_urls(found, request),
    )


def badge(found: ImportFile) -> Badge:
    state = State(found.state)
    return Badge(label=state.label, tone=_TONES[state])


def styles() -> list[Style]:
    """The built-in mappings, for the person who prepares a table."""
    return [
        Style(
            title=mapping.title,
            needed="、".join(sorted(mapping.columns)),
            possible="、".join(rule.column for rule in mapping.fields.values() if rule.optional),
        )
        for mapping in mapping_files.built_in()
    ]


def may_upload(request: DeskRequest) -> bool:
    return request.seat.may(Duty.IMPORT_RECORDS)


def _steps(found: ImportFile) -> tuple[Step, ...]:
    done = _DONE_STEPS.get(State(found.state))
    if done is None:
        return ()
    notes = ("", found.cleared_by_name, found.confirmed_by_name, "")
    return tuple(
        Step(
            label=label,
            state=StepState.DONE if place < done else StepState.CURRENT if place == done else StepState.TODO,
            note=notes[place],
        )
        for place, label in enumerate(_STEPS)
    )


def _facts(found: ImportFile) -> tuple[Fact, ...]:
    titles = {mapping.name: mapping.title for mapping in mapping_files.built_in()}
    size = f"{found.file.size / 1024:,.0f} KB" if found.file else "已删除"
    return (
        Fact(label="表格样式", value=titles.get(found.mapping, found.mapping)),
        Fact(label="文件大小", value=size),
        Fact(label="文件摘要（SM3）", value=found.digest),
    )


def _group(group: Mapping[str, Any]) -> Group:
    label, tone = _SEVERITIES[group["severity"]]
    return Group(Badge(label=label, tone=tone), group["message"], group["count"])


def _row(row: Mapping[str, Any]) -> Row:
    found = [Finding.from_dict(finding) for finding in row["findings"]]
    title = row["title"] or ("（内容不显示）" if row["conceals"] else " | ".join(row["raw"]))
    state = Badge(label="退回", tone=Tone.BAD) if row["is_rejected"] else Badge(label="导入", tone=Tone.GOOD)
    lines = tuple(
        FindingLine(tone=line.tone, level=line.level, message=line.message) for line in finding_lines.lines(found)
    )
    return Row(row["line"], title, row["document_number"], row["published_on"], state, lines)


def _events(found: ImportFile) -> list[TimelineEvent]:
    events = [
        TimelineEvent(
            at=found.uploaded_at, title="上传文件", who=found.uploaded_by_name, post=Post.DISCLOSURE_OFFICER.label
        )
    ]
    if found.cleared_at:
        events.append(
            TimelineEvent(
                at=found.cleared_at,
                title="保密审查：可以公开",
                who=found.cleared_by_name,
                post=Post.SECRECY_REVIEWER.label,
                tone=Tone.GOOD,
            )
        )
    if found.confirmed_at:
        events.append(
            TimelineEvent(
                at=found.confirmed_at,
                title="确认导入并公开",
                who=found.confirmed_by_name,
                post=Post.LEADER.label,
                tone=Tone.GOOD,
            )
        )
    if found.ended_at:
        events.append(
            TimelineEvent(
                at=found.ended_at, title=State(found.state).label, who=found.ended_by_name or "系统", text=found.problem
            )
        )
    return events


def _urls(found: ImportFile, request: DeskRequest) -> dict[str, str]:
    arguments = [request.seat.agency_code, found.pk]
    names = ("case", "clear", "confirm", "refuse", "discard", "progress", "download", "rejects")
    urls = {name: reverse(f"imports:{name}", args=arguments) for name in names}
    if not found.rejects_id:
        del urls["rejects"]
    if not found.file_id:
        del urls["download"]
    return urls | {"list": reverse("imports:list", args=[request.seat.agency_code])}
