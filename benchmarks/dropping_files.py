"""Fifty files of 3 to 20 pages dropped at once (DOCX, PDF, OFD): from the upload to the last draft, with one worker.

The upload goes through the whole desk view; a real worker process reads; all that is complete is confirmed in one
request. In a data folder of its own. The table goes to standard error, one line of JSON to standard output.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

FILES = 50
WITHIN_SECONDS = 30
_WORKER = [sys.executable, "-c", "import sys; from gongkai.config.cli import main; sys.exit(main())", "worker"]
_SENTENCE = "各单位要按照职责分工，结合本地区本部门实际认真组织实施，明确责任人和完成时限，确保各项措施落到实处。"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=FILES)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as place:
        os.environ |= {"GONGKAI_HOME": place, "GONGKAI_LOG_LEVEL": "WARNING", "GONGKAI_HASHED_STATIC": "false"}
        client = _prepare()
        files = [_file(number) for number in range(arguments.files)]
        with Path(place, "worker.log").open("wb") as log:
            worker = subprocess.Popen(_WORKER, env=dict(os.environ), stdout=log, stderr=subprocess.STDOUT)
            try:
                time.sleep(3)  # an office's worker has long begun when somebody drops files
                result = _measure(client, files)
            finally:
                worker.terminate()
                worker.wait(timeout=30)
    for name, value in result.items():
        print(f"{name:>24}  {value}", file=sys.stderr)
    print(json.dumps(result, ensure_ascii=False))


def _prepare() -> Any:
    from gongkai.config.cli import load_django

    load_django()
    from django.core.management import call_command
    from django.test import Client
    from tests import cast

    call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
    staff = cast.assemble()
    client = Client(headers={"host": "localhost"})
    cast.sign_in(client, staff.li)
    return client


def _file(number: int) -> tuple[str, bytes]:
    """A paper of 3 to 20 pages."""
    from tools import papers

    make, ending = ((papers.docx, "docx"), (papers.pdf, "pdf"), (papers.ofd, "ofd"))[number % 3]
    pages = 3 + number * 17 // max(FILES - 1, 1)
    body = tuple(_SENTENCE * 5 for _ in range(pages * 2))
    paper = papers.Paper(
        number=f"甲政办发〔2026〕{number + 1}号", title=(f"关于第{number + 1}项工作的通知",), body=body
    )
    return f"第{number + 1}份.{ending}", make(paper)


def _measure(client: Any, files: list[tuple[str, bytes]]) -> dict[str, object]:
    from django.core.files.uploadedfile import SimpleUploadedFile

    sent = [SimpleUploadedFile(name, content) for name, content in files]
    began = time.perf_counter()
    answer = client.post("/desk/jia-ju/imports/drops/new/", {"documents": sent})
    uploaded = time.perf_counter() - began
    place = answer.headers["Location"]
    ready = _wait(len(files))
    read = time.perf_counter() - began
    client.post(place, {"act": "all"})
    total = time.perf_counter() - began
    return {
        "files": len(files),
        "megabytes": round(sum(len(content) for _, content in files) / 1e6, 1),
        "upload_seconds": round(uploaded, 1),
        "read_after_seconds": round(read, 1),
        "seconds_to_last_draft": round(total, 1),
        "complete_without_a_touch": ready,
        "drafts": _drafts(),
        "within_limit": total <= WITHIN_SECONDS,
    }


def _wait(count: int) -> int:
    """Until everything is read; how many files were complete."""
    from gongkai.groundwork import scoping
    from gongkai.imports.models import DroppedFile
    from gongkai.imports.services.drops import confirming

    deadline = time.monotonic() + 10 * WITHIN_SECONDS
    while time.monotonic() < deadline:
        with scoping.everywhere(because="a benchmark looks at its own database"):
            files = list(DroppedFile.objects.exclude(state__in=["waiting", "reading"]))
            if len(files) == count:
                return sum(confirming.is_complete(file) for file in files)
        time.sleep(0.1)
    raise TimeoutError("the worker did not read all files")


def _drafts() -> int:
    from gongkai.groundwork import scoping
    from gongkai.records.models import Record

    with scoping.everywhere(because="a benchmark looks at its own database"):
        return int(Record.objects.count())


if __name__ == "__main__":
    main()
