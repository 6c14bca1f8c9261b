"""Invented annual reports, sound or with a known fault, brought to the desk and checked through the services."""

import dataclasses
import io
from collections.abc import Mapping
from decimal import Decimal

from gongkai.accounts.domain.duties import Duty
from gongkai.groundwork import scoping
from gongkai.reports.models import ReportCheck
from gongkai.reports.services import checking, uploading
from gongkai.reports.services.uploading import Received, Upload
from tests import cast as casting
from tests.auditing import synthetic

AGENCY = "云川县农业农村局"
RECEIVED = "t3.new_requests.natural_person"


def content(
    layout: str = "page", *, year: int = 2023, seed: int = 1, changes: Mapping[str, str] | None = None
) -> bytes:
    """A report of `AGENCY`, sound but for ``changes``: cell → number, or what a sloppy hand wrote in its place."""
    report = synthetic.report("G2021", seed, agency=AGENCY, year=year)
    wrong = {cell: Decimal(value) for cell, value in (changes or {}).items()}
    return synthetic.written(dataclasses.replace(report, values=report.values | wrong), layout)


def number(cell: str, *, seed: int = 1) -> Decimal:
    """What the sound report says there."""
    return synthetic.report("G2021", seed, agency=AGENCY).values[cell]


def upload(content: bytes, name: str = "年报.html") -> Upload:
    return Upload(stream=io.BytesIO(content), file_name=name)


def submit(cast: casting.Cast, *uploads: Upload, previous: Upload | None = None) -> Received:
    """李 uploads; nothing is checked yet."""
    actor = cast.li.acting(Duty.CHECK_REPORTS)
    return uploading.submit(uploads=uploads, previous=previous, actor=actor, at=casting.later())


def checked(cast: casting.Cast, source: Upload, *, previous: Upload | None = None) -> ReportCheck:
    """李's upload after the worker has been through it."""
    (made,) = submit(cast, source, previous=previous).checks
    return run(cast, made.pk)


def run(cast: casting.Cast, check_id: int) -> ReportCheck:
    """What the worker does, and the row as it is then."""
    now = found(cast, check_id)
    checking.check(check_id=check_id, revision=now.revision, at=casting.later(2))
    return found(cast, check_id)


def found(cast: casting.Cast, check_id: int) -> ReportCheck:
    with scoping.narrow_to([cast.agency.pk]):
        return ReportCheck.objects.select_related("file").get(pk=check_id)
