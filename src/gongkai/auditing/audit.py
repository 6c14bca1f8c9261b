"""From a path to reports with findings, in this process. See `guarded` for the same behind limits."""

import dataclasses
from pathlib import Path

from gongkai.auditing import checking, errors
from gongkai.auditing.document import Document
from gongkai.auditing.model import FilledReport
from gongkai.auditing.prose import own_words
from gongkai.auditing.reading import sources
from gongkai.auditing.recognition import reports
from gongkai.law.findings import Finding


@dataclasses.dataclass(frozen=True)
class Audited:
    """A report and what was found in it. `marks` tell texts that are alike, see `rules.sisters`."""

    report: FilledReport
    findings: tuple[Finding, ...]
    marks: tuple[int, ...] = ()


@dataclasses.dataclass(frozen=True)
class Outcome:
    """What became of one file: its reports, or the named reason why there are none."""

    path: str
    audited: tuple[Audited, ...] = ()
    error: str = ""
    message: str = ""


def audit(path: Path, *, keep_document: bool = False) -> Outcome:
    """Reads and checks one file. Never raises for what a file can do. Documents are dropped unless wanted."""
    try:
        found = reports.recognise(sources.read(path))
        audited = tuple(Audited(report, checking.check(report), own_words.marks(report)) for report in found)
    except errors.CannotRead as problem:
        return Outcome(str(path), error=problem.name, message=problem.message)
    except MemoryError:
        return Outcome(str(path), error=errors.OutOfMemory.name, message="读取所需内存超过上限")
    except RecursionError:
        return Outcome(str(path), error=errors.Damaged.name, message="文件嵌套过深,无法读取")
    if not keep_document:
        audited = tuple(_light(entry) for entry in audited)
    return Outcome(str(path), audited)


def _light(entry: Audited) -> Audited:
    document = entry.report.document
    bare = Document(document.path, document.kind, (), document.title)
    return dataclasses.replace(entry, report=dataclasses.replace(entry.report, document=bare))
