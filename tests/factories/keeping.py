"""What a keeper makes beside records: issues of a gazette, deposit batches."""

from gongkai.accounts.domain.duties import Duty
from gongkai.records.domain.deposits import Kind
from gongkai.records.models import DepositBatch, GazetteIssue, Record
from gongkai.records.services import deposits, gazettes
from gongkai.records.services.deposits import Wanted
from gongkai.records.services.gazettes import Issue
from tests.cast import AT, Cast


def gazette(cast: Cast, *carried: Record) -> GazetteIssue:
    issue = Issue(
        name="某市人民政府公报",
        year=AT.year,
        number=11,
        published_on=AT.date(),
        address="https://gazette.example/2026-11.pdf",
        index_numbers=[record.index_number for record in carried],
    )
    return gazettes.enter(issue=issue, actor=cast.chen.acting(Duty.KEEP_CATALOGUE), at=AT)


def deposit(cast: Cast, *, recipient: str = "市档案馆") -> DepositBatch:
    """Everything that became public on the day of the cast."""
    wanted = Wanted(kind=Kind.ARCHIVE, recipient=recipient, first_on=AT.date(), last_on=AT.date())
    return deposits.make(wanted=wanted, actor=cast.chen.acting(Duty.KEEP_CATALOGUE), at=AT)
