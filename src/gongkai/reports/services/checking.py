"""The check of one uploaded file, in the background. It may run any number of times."""

from collections import defaultdict
from datetime import datetime

from gongkai.agencies.models import Agency
from gongkai.auditing import characters
from gongkai.auditing.library import Entry, Library
from gongkai.groundwork import scoping
from gongkai.groundwork.files import store
from gongkai.law.findings import Severity
from gongkai.published.selectors import normative
from gongkai.reports.domain.result import ReportRead
from gongkai.reports.domain.states import Relation, State
from gongkai.reports.models import CellConfirmation, Comparison, ReportCheck
from gongkai.reports.reading import auditor
from gongkai.reports.reading.auditor import Answer, Around, Source

MOST_SISTERS = 200


def check(*, check_id: int, revision: int, at: datetime) -> None:
    """Fills in the result, if nobody has asked for a newer check since."""
    with scoping.everywhere(because="a background task knows only the id"):
        found = ReportCheck.objects.get(pk=check_id)
    with scoping.narrow_to([found.agency_id]):
        if found.revision != revision or found.state != State.CHECKING:
            return
        others = [
            (Relation(row.relation), source_of(row.other))
            for row in Comparison.objects.filter(report_check=found).select_related("other").order_by("id")
        ]
        answer = auditor.audit(source_of(found), others, _around(found))
        ReportCheck.objects.filter(pk=found.pk, revision=revision).update(**_values(answer), checked_at=at)


def _around(found: ReportCheck) -> Around:
    """The agency's other checked reports but those that it is compared with anyway, and its normative documents."""
    compared = Comparison.objects.filter(report_check=found).values("other")
    sisters = ReportCheck.objects.filter(agency_id=found.agency_id).exclude(pk=found.pk).exclude(wording=[])
    newest = sisters.exclude(pk__in=compared).order_by("-uploaded_at", "-id").values_list("file_name", "wording")
    owner = Agency.objects.get(pk=found.agency_id).name
    entries = [
        Entry(
            title=document.title,
            number=document.document_number,
            agency=owner,
            issued_on=document.created_on,
            effective_on=document.effective_on,
            ended_on=document.ended_on,
            has_ended=document.has_ended,
            is_normative=True,
            key=str(document.id),
        )
        for document in normative.documents(found.agency_id)
    ]
    return Around(list(newest[:MOST_SISTERS]), Library("本平台已公开的规范性文件", tuple(entries), owner))


def source_of(found: ReportCheck) -> Source:
    """The file with everything that was confirmed in it."""
    values: defaultdict[int, dict[str, str | None]] = defaultdict(dict)
    for row in CellConfirmation.objects.filter(report_check=found).order_by("id"):
        values[row.report_number][row.cell] = None if row.value is None else characters.printed(row.value)
    return Source(store.path_of(found.digest), found.file_name, values)


def _values(answer: Answer) -> dict[str, object]:
    if answer.problem or not answer.reports:
        return {"state": State.UNREADABLE.value, "problem": (answer.problem or "文件里没有年度报告。")[:500]}
    reports = answer.reports
    errors = sum(report.count(Severity.ERROR) for report in reports)
    return {
        "state": State.DONE.value,
        "problem": _unread(answer),
        "result": {"reports": [report.as_dict() for report in reports]},
        "wording": answer.wording,
        "report_agency": reports[0].agency[:200],
        "report_year": reports[0].year,
        "error_count": errors,
        "other_count": sum(len(report.findings) for report in reports) - errors,
        "doubtful_count": sum(len(report.doubtful) for report in reports),
    }


def _unread(answer: Answer) -> str:
    """What could not be compared with; the check itself is good."""
    words = "；".join(f"“{name}”{message}" for name, message in answer.unread_others)
    return f"对照的报告无法读取：{words}"[:500] if words else ""


def reports_of(found: ReportCheck) -> list[ReportRead]:
    """What the last check read and found."""
    return [ReportRead.from_dict(report) for report in found.result.get("reports", ())]
