"""A 20-page DOCX: taken in, its public copy made, and everything checked with 10,000 words of the agency's own.

The table goes to standard error, one line of JSON to standard output.
"""

import io
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable

PAGES, WORDS, TIMES = 20, 10_000, 7
_LINE = (
    "各县区人民政府，市政府各部门：为进一步做好冬季供暖保障工作，根据《甲市供热条例》和甲政办发〔2025〕{number}号要求，"
    "现将有关事项通知如下，请于2026年11月{day}日前完成管网检修，第{page}页第{number}条。"
)
_LINES_OF_A_PAGE = 9


def main() -> None:
    with tempfile.TemporaryDirectory() as home:
        os.environ["GONGKAI_HOME"] = home
        facts = _measure()
    for name, value in facts.items():
        print(f"{name:40} {value}", file=sys.stderr)
    print(json.dumps(facts))


def _measure() -> dict[str, object]:
    from gongkai.config.cli import load_django

    load_django()
    from django.core.management import call_command
    from tests import cast
    from tests.factories import records

    from gongkai.groundwork import scoping
    from gongkai.records.domain.word_lists import Line
    from gongkai.records.models import Record
    from gongkai.records.services import attachments, checking, words

    call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
    staff = cast.assemble()
    lines = [Line(f"错{number:05d}词") for number in range(WORDS)]
    words.add(lines=lines, actor=staff.chen.acting(cast.Duty.KEEP_CATALOGUE), at=cast.AT)
    drafter, document = staff.li.acting(cast.Duty.DRAFT_RECORDS), _document()
    with scoping.narrow_to([staff.agency.pk]):
        made = [records.draft(staff) for _ in range(TIMES + 1)]

        def attach() -> None:
            upload = attachments.Upload(stream=io.BytesIO(document), file_name="通知.docx")
            attachments.attach(record_id=made.pop().pk, upload=upload, actor=drafter, at=cast.AT)

        def check() -> None:
            checking.of_working_copy(Record.objects.latest("changed_at"), on=cast.AT.date())

        attach()  # the first one starts the inspecting process
        facts = {"attach_seconds": _median(attach), "check_seconds": _median(check)}
    together = round(sum(facts.values()), 3)
    return {
        "pages": PAGES,
        "words": WORDS,
        **facts,
        "attach_and_check_seconds": together,
        "fits_one_second": together <= 1,
    }


def _document() -> bytes:
    from tests.integration.files import material

    text = [
        _LINE.format(page=page, number=number, day=number)
        for page in range(1, PAGES + 1)
        for number in range(1, _LINES_OF_A_PAGE + 1)
    ]
    return material.docx(*text)


def _median(act: Callable[[], None]) -> float:
    took = []
    for _ in range(TIMES):
        began = time.perf_counter()
        act()
        took.append(time.perf_counter() - began)
    return round(statistics.median(took), 3)


if __name__ == "__main__":
    main()
