"""Who stands in for whom, who is away today, what one drafter handed to another, and whom reminders reach besides."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from gongkai.accounts.domain.posts import Post
from gongkai.accounts.models import PostHolding, User
from gongkai.accounts.services import standing_in
from gongkai.accounts.viewer import SYSTEM
from gongkai.groundwork import scoping
from gongkai.groundwork.notifications.message import Channel
from gongkai.workbench.services import handing_over, reaching, reminding
from tools.demo.office import Office

_SUBSTITUTES = {Post.SECTION_HEAD: Post.LEADER, Post.LEADER: Post.SECTION_HEAD, Post.SECRECY_REVIEWER: Post.LEADER}


def arrange(offices: Sequence[Office], *, today: date, at: datetime) -> None:
    """Substitutes nearly everywhere, one section head away, one handover, contacts of one office, today's reminders."""
    staffed = [office for office in offices if not office.body.staffed_by and office.agency.valid_until is None]
    for office in staffed[1:]:
        _appoint(office, today=today, at=at)
    away = staffed[2].actors[Post.SECTION_HEAD]
    days = standing_in.Days(first=today, last=today + timedelta(days=4))
    standing_in.announce(person_id=away.user_id or 0, days=days, actor=SYSTEM, at=at)
    _hand_over(staffed, today=today, at=at)
    _reach(staffed[1], at=at)
    reminding.remind(today=today, at=at)


def _appoint(office: Office, *, today: date, at: datetime) -> None:
    for post, stand_in in _SUBSTITUTES.items():
        holder, person = office.actors[post], office.actors[stand_in]
        if holder.user_id == person.user_id:
            continue
        holding = PostHolding.objects.get(user_id=holder.user_id, agency=office.agency, post=post)
        standing_in.appoint(holding_id=holding.pk, person_id=person.user_id or 0, valid_from=today, actor=SYSTEM, at=at)


def _hand_over(staffed: Sequence[Office], *, today: date, at: datetime) -> None:
    """In the first office where two people draft."""
    for office in staffed:
        giver = office.actors[Post.DRAFTER].user_id or 0
        others = PostHolding.objects.filter(agency=office.agency, post=Post.DRAFTER).exclude(user_id=giver)
        receiver = User.objects.filter(pk__in=others.values("user")).order_by("pk").first()
        if receiver is None:
            continue
        wish = handing_over.Wish(from_id=giver, to_id=receiver.pk, reason="轮岗，原承办事项移交")
        with scoping.narrow_to([office.agency.pk]):
            handing_over.hand_over(wish=wish, today=today, actor=office.actors[Post.DISCLOSURE_OFFICER], at=at)
        return


def _reach(office: Office, *, at: datetime) -> None:
    keeper = office.actors[Post.DISCLOSURE_OFFICER]
    people = [
        reaching.Person(name="值班室", phone="099055000012", mail="zhiban@qinglan.example"),
        reaching.Person(name="分管领导联络员", phone="099055000013"),
    ]
    reaching.keep_contacts(people=people, actor=keeper, at=at)
    address = "https://oapi.dingtalk.com/robot/send?access_token=demo"
    receiver = reaching.Receiver(channel=Channel.DINGTALK, name="政务公开工作群", address=address, secret="demo")
    reaching.add_webhook(receiver=receiver, actor=keeper, at=at)
