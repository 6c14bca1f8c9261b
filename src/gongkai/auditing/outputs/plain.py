"""What an officer reads in the terminal."""

from collections.abc import Iterator, Sequence

from gongkai.auditing import audit
from gongkai.law.findings import Finding, Severity, Status


def lines(outcomes: Sequence[audit.Outcome]) -> Iterator[str]:
    """Each file with its reports and findings, then a summary."""
    errors = warnings = hints = 0
    for outcome in outcomes:
        if outcome.error:
            yield f"{outcome.path}\n  无法读取({outcome.error}):{outcome.message}"
        for entry in outcome.audited:
            found = entry.report
            year = f"{found.year}年" if found.year else "年度不明"
            read = len(found.cells) - len(found.unread)
            yield (
                f"{outcome.path}\n  {found.agency or '机关不明'} {year} {found.edition} "
                f"已读{read}格,未读{len(found.unread)}格"
            )
            errors += sum(finding.is_error for finding in entry.findings)
            hints += sum(finding.severity is Severity.INFO for finding in entry.findings)
            warnings += sum(finding.severity is Severity.WARNING for finding in entry.findings)
            yield from (f"  {_line(finding)}" for finding in entry.findings)
    unreadable = sum(bool(outcome.error) for outcome in outcomes)
    yield f"共{len(outcomes)}个文件:错误{errors}项,提醒{warnings}项,提示{hints}项,无法读取{unreadable}个"


def _line(finding: Finding) -> str:
    status = "" if finding.status is Status.FAIL else f"({finding.status.label})"
    return f"[{finding.severity.label}{status}] {finding.code} {finding.message}"
