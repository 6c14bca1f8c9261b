"""Fills an empty demo database by the same acts that people would do: three years, every state, work waiting."""

import io
import os
import random
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings")
django.setup()

from django.db import transaction  # noqa: E402  # Django must be ready before its models are imported
from django.utils import timezone  # noqa: E402
from tqdm import tqdm  # noqa: E402

from gongkai.accounts.domain.posts import Post  # noqa: E402
from gongkai.accounts.viewer import Actor  # noqa: E402
from gongkai.groundwork import scoping  # noqa: E402
from gongkai.groundwork.files import intake  # noqa: E402
from gongkai.groundwork.files.models import StoredFile  # noqa: E402
from gongkai.published.domain.vocabulary import Validity  # noqa: E402
from gongkai.published.services import validity  # noqa: E402
from gongkai.records.domain.content import Content  # noqa: E402
from gongkai.records.models import Record  # noqa: E402
from gongkai.records.services import attachments, clearance, drafting, keeping, planning, publishing, review  # noqa: E402
from tools.demo import documents, files, findings, incoming, keepers, kinds, people, standing_in  # noqa: E402
from tools.demo.fields import FIELDS  # noqa: E402
from tools.demo.office import Office  # noqa: E402

RECORDS = 1500
YEARS = 3
_SEED = 20190515
_WORK_BEGINS = time(8, 30)


def tell(*, today: date) -> None:
    """Writes the whole city into the database, with a progress bar."""
    chance = random.Random(_SEED)
    offices = people.settle(today=today)
    shelf = _shelf_of_files(at=_at(today - timedelta(days=YEARS * 365)))
    tales = list(_tales(offices, today=today, chance=chance))
    with tqdm(total=len(tales), desc="Records", unit="", mininterval=1, file=sys.stderr) as bar:
        for start in range(0, len(tales), 100):
            # One transaction for a hundred tales: the demo is prepared before anyone else writes.
            with transaction.atomic():
                for tale in tales[start : start + 100]:
                    tale.play(shelf, chance)
                    bar.update()
    for office in offices:
        with transaction.atomic(), scoping.narrow_to([office.agency.pk]):
            _repeal_and_expire(office, today=today)
    kinds.arrange(offices, today=today, at=_at(today))
    standing_in.arrange(offices, today=today, at=_at(today))
    incoming.arrange(offices, today=today, at=_at(today))
    findings.arrange(offices, today=today, at=_at(today))
    keepers.arrange(offices, today=today, at=_at(today))


@dataclass
class Tale:
    """One document on its way: how far it gets, and when."""

    office: Office
    document: documents.Document
    ending: str
    begins_at: datetime

    def play(self, shelf: dict[str, list[StoredFile]], chance: random.Random) -> None:
        """Acts until the ending is reached."""
        with scoping.narrow_to([self.office.agency.pk]):
            record = self._draft()
            if self.document.attachment:
                self._attach(record, chance.choice(shelf[self.document.attachment]))
            for act in _ACTS_UNTIL[self.ending]:
                act(self, Record.objects.get(pk=record.pk))

    def actor(self, post: Post) -> Actor:
        return self.office.actors[post]

    def later(self, hours: float) -> datetime:
        return self.begins_at + timedelta(hours=hours)

    def _draft(self) -> Record:
        document = self.document
        attribute = _ATTRIBUTES.get(self.ending, {"attribute": "proactive"})
        content = Content(
            title=document.title,
            document_number=self.office.number_for(document),
            issuer=self.office.body.name,
            created_on=document.created_on,
            column_code=document.column_code,
            genre=document.genre,
            topic=document.topic,
            group=document.group,
            is_normative=document.is_normative,
            responsible_unit="办公室",
            summary=document.summary,
            keywords=document.keywords,
            body_html=document.body_html,
            effective_on=document.created_on if document.is_normative else None,
            **_REGISTERED if document.is_normative else {},  # type: ignore[arg-type]  # a few named fields of Content
            **attribute,  # type: ignore[arg-type]  # a few named fields of Content
        )
        return drafting.draft(content=content, actor=self.actor(Post.DRAFTER), at=self.begins_at)

    def _attach(self, record: Record, stored: StoredFile) -> None:
        suffix = "xlsx" if "spreadsheet" in stored.media_type else "docx"
        taken = attachments.TakenIn(stored, "附件", f"附件.{suffix}")
        attachments.add(record_id=record.pk, file=taken, actor=self.actor(Post.DRAFTER), at=self.begins_at)


def _submit(tale: Tale, record: Record) -> None:
    review.submit(record_id=record.pk, actor=tale.actor(Post.DRAFTER), at=tale.later(1))


def _approve(tale: Tale, record: Record) -> None:
    actor = tale.actor(Post.SECTION_HEAD)
    review.approve(record_id=record.pk, digest=record.digest, opinion="同意。", actor=actor, at=tale.later(4))


def _return(tale: Tale, record: Record) -> None:
    actor = tale.actor(Post.SECTION_HEAD)
    opinion = "请补充资金来源，并核对附件中的数字。"
    review.return_for_changes(record_id=record.pk, digest=record.digest, opinion=opinion, actor=actor, at=tale.later(5))


def _clear(tale: Tale, record: Record) -> None:
    conclusion = clearance.Conclusion(record.digest, clearance.Verdict.PUBLISH, "不涉及国家秘密，可以公开。")
    clearance.clear(
        record_id=record.pk, conclusion=conclusion, actor=tale.actor(Post.SECRECY_REVIEWER), at=tale.later(6)
    )


def _sign(tale: Tale, record: Record) -> None:
    actor = tale.actor(Post.LEADER)
    review.approve(record_id=record.pk, digest=record.digest, opinion="同意公开。", actor=actor, at=tale.later(26))


def _publish(tale: Tale, record: Record) -> None:
    publishing.publish(record_id=record.pk, actor=tale.actor(Post.DISCLOSURE_OFFICER), at=tale.later(28))


def _plan(tale: Tale, record: Record) -> None:
    """A week on, or on the last day that the law leaves; what is late already is published without a plan."""
    day = min(tale.begins_at.date() + timedelta(days=7), record.due_on or date.max)
    actor, at = tale.actor(Post.DISCLOSURE_OFFICER), tale.later(28)
    if day > at.date():
        due_at = _at(day) + timedelta(minutes=30)
        planning.plan_release(record_id=record.pk, due_at=due_at, actor=actor, at=at)


def _keep(tale: Tale, record: Record) -> None:
    keeping.keep(record_id=record.pk, actor=tale.actor(Post.DISCLOSURE_OFFICER), at=tale.later(28))


def _withdraw(tale: Tale, record: Record) -> None:
    ground = "公示期满，按规定撤下。"
    actor = tale.actor(Post.DISCLOSURE_OFFICER)
    publishing.withdraw(record_id=record.pk, ground=ground, actor=actor, at=tale.later(24 * 40))


_TO_PUBLICATION = (_submit, _approve, _clear, _sign, _publish)
_ACTS_UNTIL = {
    "draft": (),
    "at section head": (_submit,),
    "returned": (_submit, _return),
    "at leader": (_submit, _approve),
    "cleared, at leader": (_submit, _approve, _clear),
    "signed, not cleared": (_submit, _approve, _sign),
    "ready": (_submit, _approve, _clear, _sign),
    "planned": (_submit, _approve, _clear, _sign, _plan),
    "published": _TO_PUBLICATION,
    "withdrawn": (*_TO_PUBLICATION, _withdraw),
    "kept on request": (_submit, _approve, _sign, _keep),
    "not disclosed": (_submit, _approve, _sign, _keep),
}
_REGISTERED: dict[str, object] = {
    "service_object": "社会公众",
    "publication_forms": ("网站", "公报"),
    "carriers": ("网站",),
    "scope": "面向社会",
    "time_limit": "长期公开",
    "procedure": "经审核、保密审查后公开",
}
_ATTRIBUTES: dict[str, dict[str, object]] = {
    "kept on request": {"attribute": "on_request", "ground": "particular_party"},
    "not disclosed": {"attribute": "not_disclosed", "ground": "process_info", "reevaluate_on": date(2027, 6, 30)},
}
_OPEN_ENDINGS = (
    "draft",
    "at section head",
    "returned",
    "at leader",
    "cleared, at leader",
    "signed, not cleared",
    "ready",
    "planned",
)


def _tales(offices: list[Office], *, today: date, chance: random.Random) -> Iterator[Tale]:
    first = today - timedelta(days=YEARS * 365)
    each = RECORDS // len(offices)
    for office in offices:
        yield from _standing_pages(office, first=first, chance=chance)
        last = today - timedelta(days=25)
        until = office.agency.valid_until or last
        for document in documents.documents(office.body, count=each, first=first, last=min(last, until), chance=chance):
            yield Tale(office, document, _ending(chance), _at(document.created_on))
        if office.agency.valid_until is None:
            yield from _open_work(office, today=today, chance=chance)


def _repeal_and_expire(office: Office, *, today: date) -> None:
    """Policy chains: the oldest rules of an office have been replaced by newer ones, the next have run out."""
    public = Record.objects.filter(state="published", is_normative=True).order_by("created_on", "pk")
    rules = list(public.only("pk", "entry_id", "title", "document_number", "created_on"))
    actor = office.actors[Post.DISCLOSURE_OFFICER]
    for older, newer in zip(rules[: len(rules) // 4], rules[len(rules) // 2 :], strict=False):
        since = newer.created_on or today
        basis = f"《{newer.title}》({newer.document_number})"
        change = validity.Change(validity=Validity.REPEALED, since=since, successor_id=newer.entry_id, basis=basis)
        publishing.set_validity(record_id=older.pk, change=change, actor=actor, at=_at(since + timedelta(days=3)))
    for ended in rules[len(rules) // 4 : len(rules) // 4 + 1]:
        since = (ended.created_on or today) + timedelta(days=365)
        if since < today:
            change = validity.Change(validity=Validity.EXPIRED, since=since, basis="试行期满")
            publishing.set_validity(record_id=ended.pk, change=change, actor=actor, at=_at(since))


def _contacts(office: Office) -> dict[str, str]:
    agency = office.agency
    names = ("disclosure_office", "address", "office_hours", "phone", "postcode", "email")
    labels = ("名称", "地址", "办公时间", "电话", "邮编", "电子邮箱")
    return {label: str(getattr(agency, name)) for label, name in zip(labels, names, strict=True)}


def _standing_pages(office: Office, *, first: date, chance: random.Random) -> Iterator[Tale]:
    pages = [documents.guide(office.body, contacts=_contacts(office), on=first), documents.rules(office.body, on=first)]
    last_year = (office.agency.valid_until or date.max).year - 1
    for year in range(first.year, min(first.year + YEARS - 1, last_year) + 1):
        pages.append(documents.annual_report(office.body, year=year, chance=chance))
    for page in pages:
        yield Tale(office, page, "published", _at(page.created_on))


def _open_work(office: Office, *, today: date, chance: random.Random) -> Iterator[Tale]:
    """What waits for people today: more of it where the demo accounts sit."""
    count = 14 if office.body.code == "fgw" else 3
    recent = documents.documents(
        office.body, count=count, first=today - timedelta(days=30), last=today - timedelta(days=2), chance=chance
    )
    for position, document in enumerate(recent):
        ending = _OPEN_ENDINGS[position % len(_OPEN_ENDINGS)] if count > 3 else chance.choice(_OPEN_ENDINGS)
        yield Tale(office, document, ending, _at(max(document.created_on, today - timedelta(days=4))))


def _ending(chance: random.Random) -> str:
    return chance.choices(("published", "withdrawn", "kept on request", "not disclosed"), weights=(92, 2, 4, 2))[0]


def _shelf_of_files(*, at: datetime) -> dict[str, list[StoredFile]]:
    """A few real files, taken in once through the same door as everyone's uploads."""
    shelf: dict[str, list[StoredFile]] = defaultdict(list)
    chance = random.Random(_SEED)
    for name, field in FIELDS.items():
        table = files.spreadsheet(f"{field.topic}情况明细表", field, chance)
        letter = files.word_document(f"{field.topic}申请表", tuple(f"{task}:________" for task in field.tasks))
        shelf["xlsx"].append(intake.take_in(io.BytesIO(table), f"{name}.xlsx", at=at))
        shelf["docx"].append(intake.take_in(io.BytesIO(letter), f"{name}.docx", at=at))
    return shelf


def _at(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, _WORK_BEGINS))


if __name__ == "__main__":
    tell(today=timezone.localdate())
