"""What somebody asked to have erased, for the one who confirms it, and how far a purge has come."""

from dataclasses import dataclass

from django.urls import reverse

from gongkai.accounts.domain.posts import Post
from gongkai.accounts.viewer import Seat, Viewer
from gongkai.groundwork.ui.parts import Fact
from gongkai.records.domain.purging import Scope
from gongkai.records.models import Purge, Record
from gongkai.records.selectors.case_file import CaseFile


@dataclass(frozen=True)
class PurgePage:
    record: Record
    facts: tuple[Fact, ...]
    goes: tuple[str, ...]
    case_url: str


def purge_page(found: CaseFile, viewer: Viewer, seat: Seat) -> PurgePage | None:
    """None where nothing waits for this person."""
    purge = found.purge
    if purge is None or purge.outcome or purge.asker_id == viewer.user_id:
        return None
    facts = (
        Fact(label="申请人", value=f"{purge.asker_name}（{Post(purge.asker_post).label}）"),
        Fact(label="清除范围", value=Scope(purge.scope).label),
        Fact(label="清除依据", value=purge.ground),
        Fact(label="索引号", value=found.record.index_number or "没有公开过"),
    )
    arguments = {"agency_code": seat.agency_code, "record_id": found.record.pk}
    return PurgePage(found.record, facts, tuple(_goes(found, purge)), reverse("records:case", kwargs=arguments))


def note(purge: Purge | None) -> str:
    """One line above a case that somebody wants purged, or that was."""
    if purge is None or purge.outcome == "declined":
        return ""
    scope = Scope(purge.scope).label
    if not purge.outcome:
        return f"{purge.asker_name}申请清除{scope}，依据：{purge.ground}。等待单位负责人确认。"
    done = "数据库中的残留也已清理" if purge.database_swept_at else "数据库中的残留等待清理"
    return f"{scope}已清除，由{purge.asker_name}申请、{purge.decider_name}确认，依据：{purge.ground}。{done}。"


def _goes(found: CaseFile, purge: Purge) -> list[str]:
    record = found.record
    if purge.scope == Scope.EARLIER:
        numbers = [version.number for version in found.versions if version.number < record.released_number]
        return [f"更正以前的{len(numbers)}稿送审稿和公开过的旧版本", "只属于这些版本的附件和附件中识别出的文字"]
    lines = ["标题、正文、元数据，全部送审稿和公开过的版本"]
    if found.files:
        lines.append(f"附件：{'、'.join(file.title for file in found.files)}（其他信息也在使用的文件保留）")
    if record.entry_id is not None:
        lines.append("公开页面、检索、订阅和数据接口中的内容，原网址只留索引号、时间和依据")
    return lines
