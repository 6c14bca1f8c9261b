"""The guide and the rules of an agency: what is public, what was checked when, and why somebody should look."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F
from django.utils import timezone

from gongkai.accounts.viewer import Viewer
from gongkai.agencies.models import Agency
from gongkai.law import parameters
from gongkai.law.findings import Finding
from gongkai.published.domain import blocks
from gongkai.published.models import EntryVersion
from gongkai.records.domain import guide
from gongkai.records.domain.guide import Contacts
from gongkai.records.models import GuideFile
from gongkai.records.selectors import scope

_PERIOD = "publication.guide_review_period"


@dataclass(frozen=True)
class GuideStanding:
    """How guide and rules of one agency stand. The reasons are sentences; empty means that nothing is to be done."""

    file: GuideFile | None
    published_on: date | None
    findings: tuple[Finding, ...]
    guide_reason: str
    rules_on: date | None
    rules_reason: str


def contacts_of(agency: Agency) -> Contacts:
    """What the institution data say."""
    return Contacts(
        office=agency.disclosure_office,
        address=agency.address,
        hours=agency.office_hours,
        phone=agency.phone,
        postcode=agency.postcode,
        email=agency.email,
    )


def standing(viewer: Viewer, agency_id: int, *, today: date) -> GuideStanding:
    """Of one agency; three queries. Raises `scope.NothingToSee`."""
    with scope.of_agency(viewer, agency_id):
        agency = Agency.objects.get(pk=agency_id)
        return of_agencies([agency], today=today)[agency_id]


def of_agencies(bodies: Collection[Agency], *, today: date) -> dict[int, GuideStanding]:
    """Of these bodies, by id; two queries. Inside a scope that covers them."""
    ids = [body.pk for body in bodies]
    files = {row.agency_id: row for row in GuideFile.objects.filter(agency_id__in=ids)}
    newest: dict[tuple[int, str], EntryVersion] = {}
    rows = EntryVersion.objects.filter(
        entry__withdrawn_at__isnull=True, entry__agency_id__in=ids, entry__node_code__in=[blocks.GUIDE, blocks.RULES]
    ).select_related("entry")
    for row in rows.filter(number=F("entry__version_number")).defer("body_html", "metadata").order_by("released_at"):
        newest[row.entry.agency_id, row.entry.node_code] = row
    return {
        body.pk: _standing(
            body, files.get(body.pk), newest.get((body.pk, blocks.GUIDE)), newest.get((body.pk, blocks.RULES)), today
        )
        for body in bodies
    }


def _standing(
    body: Agency, file: GuideFile | None, public: EntryVersion | None, rules: EntryVersion | None, today: date
) -> GuideStanding:
    published_on = timezone.localdate(public.released_at) if public else None
    rules_on = timezone.localdate(rules.released_at) if rules else None
    findings = tuple(guide.differing(public.body_text, contacts_of(body))) if public else ()
    return GuideStanding(
        file=file,
        published_on=published_on,
        findings=findings,
        guide_reason=_guide_reason(findings, published_on, file.guide_checked_on if file else None, today),
        rules_on=rules_on,
        rules_reason=_old("制度", rules_on, file.rules_checked_on if file else None, today) if rules_on else "",
    )


def _guide_reason(
    findings: tuple[Finding, ...], published_on: date | None, checked_on: date | None, today: date
) -> str:
    if published_on is None:
        return "还没有公开指南"
    if findings:
        return f"指南的{'、'.join(guide.LABELS[finding.where[0]] for finding in findings)}与机构信息不一致"
    return _old("指南", published_on, checked_on, today)


def _old(what: str, published_on: date, checked_on: date | None, today: date) -> str:
    last = max(filter(None, (published_on, checked_on)))
    period = timedelta(days=parameters.at(_PERIOD, on=today).number)
    return f"{what}上次更新、核对是{last:%Y年}{last.month}月{last.day}日，请核对" if last + period < today else ""
