"""What the status page shows: each line a badge, a figure and what to do when it is not well."""

import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import metadata

from django.conf import settings
from django.db import connection
from django.utils import timezone

from gongkai.config import checks
from gongkai.groundwork.audit import sealing
from gongkai.groundwork.feed import reading as feed
from gongkai.groundwork.search import contract
from gongkai.groundwork.ui.parts import Badge, Tone
from gongkai.groundwork.work import status as work
from gongkai.groundwork.work.status import WorkStatus
from gongkai.published import indexing
from gongkai.published.services import releasing

_LITTLE_SPACE = 2 * 1024**3
_MANY_UNSEALED = 1000
_LATE = timedelta(minutes=5)


@dataclass(frozen=True)
class StatusLine:
    """One part of the system: how it stands, in figures, and what to do."""

    label: str
    state: Badge
    figures: str
    advice: str = ""


@dataclass(frozen=True)
class StatusPage:
    """Everything at a glance, then the work in the background."""

    lines: tuple[StatusLine, ...]
    work: WorkStatus
    version: str


def status_page(*, now: datetime) -> StatusPage:
    background = work.of_now(at=now, failures=20)
    lines = (_database(), _worker(background, now), _index(), _audit(), _disk())
    return StatusPage(lines, background, metadata.version("gongkai"))


def _database() -> StatusLine:
    kind = {"sqlite": "内置 SQLite", "postgresql": "PostgreSQL"}.get(connection.vendor, connection.vendor)
    if checks.unapplied_migrations():
        return StatusLine("数据库", _BAD, kind, "数据库结构与程序版本不一致，请在服务器上运行 gongkai upgrade。")
    return StatusLine("数据库", _GOOD, kind)


def _worker(background: WorkStatus, now: datetime) -> StatusLine:
    figures = f"运行中{len(background.workers)}个；待办任务{background.waiting}个，办理中{background.running}个"
    if not background.workers:
        return StatusLine(
            "后台程序", _BAD, figures, "后台程序没有运行，请启动 gongkai worker。页面可以使用，但索引和审计不会更新。"
        )
    since = background.oldest_waiting_since
    if background.failed:
        return StatusLine("后台程序", _WARN, figures, f"有{len(background.failed)}个任务多次失败，详见下表。")
    if since is not None and now - since > _LATE:
        return StatusLine("后台程序", _WARN, figures, f"最早的任务自{timezone.localtime(since):%H:%M}起等待。")
    return StatusLine("后台程序", _GOOD, figures)


def _index() -> StatusLine:
    try:
        found = indexing.reader().status()
    except contract.IndexUnavailable:
        advice = "索引暂不可用，检索页会说明，其他页面不受影响。后台程序会自动重建。"
        return StatusLine("检索索引", _BAD, "不可用", advice)
    behind = feed.behind(releasing.STREAM, feed.Cursor.parse(found.cursor or str(feed.Cursor())))
    figures = f"{found.documents}条，落后{behind}条变更"
    return StatusLine("检索索引", _WARN if behind > 100 else _GOOD, figures)


def _audit() -> StatusLine:
    unsealed = sealing.unsealed()
    figures = f"待封存{unsealed}条"
    if unsealed > _MANY_UNSEALED:
        return StatusLine("审计记录", _WARN, figures, "后台程序每秒封存一次；数量持续增加的，请检查后台程序。")
    return StatusLine("审计记录", _GOOD, figures)


def _disk() -> StatusLine:
    free = shutil.disk_usage(settings.HOME).free
    figures = f"剩余{free / 1024**3:.1f} GB"
    if free < _LITTLE_SPACE:
        return StatusLine("磁盘", _BAD, figures, "数据目录所在磁盘空间不足，请尽快扩容。")
    return StatusLine("磁盘", _GOOD, figures)


_GOOD = Badge(label="正常", tone=Tone.GOOD)
_WARN = Badge(label="需要留意", tone=Tone.WAITING)
_BAD = Badge(label="需要处理", tone=Tone.BAD)
