"""Audits files without parsing them in this process."""

import json
import logging
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from gongkai.auditing import guarded, library
from gongkai.auditing.library import Library
from gongkai.reports.domain.result import ReportRead
from gongkai.reports.domain.states import Relation

_STARTING_SECONDS = 30.0
_LONGEST_ANSWER = 32 << 20
_GAVE_UP = "检查该文件用时或用量过多，已停止。请确认文件是一份年度报告，或拆分后重新上传。"
_BROKE = "检查程序出错，已经记录。请告知系统管理员，修复后重新上传。"
logger = logging.getLogger("gongkai.reports")


@dataclass(frozen=True)
class Source:
    """A file with its name, and the values that people read in it: report number → cell → number, None for blank."""

    path: Path
    file_name: str
    values: Mapping[int, Mapping[str, str | None]] = field(default_factory=dict)


@dataclass(frozen=True)
class Around:
    """What the agency knows besides: the words of its other checked reports by file name, its normative documents."""

    wordings: Sequence[tuple[str, Sequence[Mapping[str, Any]]]] = ()
    library: Library | None = None


@dataclass(frozen=True)
class Answer:
    """The reports of the wanted file, or in ``problem`` why there are none. ``unread_others``: names and reasons."""

    reports: tuple[ReportRead, ...] = ()
    problem: str = ""
    unread_others: tuple[tuple[str, str], ...] = ()
    wording: Sequence[Mapping[str, Any]] = ()


def audit(wanted: Source, others: Sequence[tuple[Relation, Source]] = (), around: Around = Around()) -> Answer:
    """Reads and checks ``wanted`` beside the others and what is around it."""
    with tempfile.TemporaryDirectory(prefix="gongkai-audit-") as folder:
        files = [_file(Path(folder), 0, wanted, "")]
        files += [_file(Path(folder), number, source, kind.value) for number, (kind, source) in enumerate(others, 1)]
        scans = sum(Path(str(file["path"])).suffix in guarded.SCANS for file in files)
        seconds = _STARTING_SECONDS + guarded.SECONDS * len(files) + guarded.SCAN_SECONDS * scans
        return _ask(json.dumps({"files": files, **_known(around)}), seconds)


def _known(around: Around) -> dict[str, object]:
    shelf = around.library
    return {
        "sisters": [{"name": name, "reports": reports} for name, reports in around.wordings],
        "library": shelf and {**asdict(shelf), "entries": list(library.described(shelf.entries))},
    }


def _file(folder: Path, number: int, source: Source, relation: str) -> dict[str, object]:
    # The auditor tells formats by their endings, which the file store does not keep.
    link = folder / f"{number}{Path(source.file_name).suffix.lower()}"
    link.symlink_to(source.path)
    return {"path": str(link), "name": source.file_name, "relation": relation, "values": source.values}


def _ask(order: str, seconds: float) -> Answer:
    process = subprocess.Popen(
        [sys.executable, "-m", "gongkai.reports.reading.child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={"PATH": os.environ.get("PATH", ""), "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        text=True,
        encoding="utf-8",
    )
    with process:
        try:
            said, _ = process.communicate(order, timeout=seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            return Answer(problem=_GAVE_UP)
    if process.returncode > 0:  # a fault of ours; what the kernel stopped ends below zero
        logger.error("the auditing process ended with %s", process.returncode)
        return Answer(problem=_BROKE)
    if process.returncode < 0 or len(said) > _LONGEST_ANSWER:
        return Answer(problem=_GAVE_UP)
    found = json.loads(said)
    if "error" in found:
        return Answer(problem=str(found["message"]))
    return Answer(
        reports=tuple(ReportRead.from_dict(report) for report in found["reports"]),
        unread_others=tuple((name, message) for name, message in found["unread_others"]),
        wording=found["wording"],
    )
