"""The list of mandates, and the words of the pages that grant and end them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from gongkai.accounts.domain.posts import Post
from gongkai.accounts.models import Mandate
from gongkai.groundwork.ui.parts import Badge, FormPage, Tone


@dataclass(frozen=True)
class MandateLine:
    """One mandate; ``end_url`` is empty once it is over."""

    mandate: Mandate
    posts: str
    state: Badge
    end_url: str


def lines(mandates: Iterable[Mandate], *, today: date) -> tuple[MandateLine, ...]:
    return tuple(_line(mandate, today=today) for mandate in mandates)


def granting() -> FormPage:
    return FormPage(
        title="设置代办",
        verb="设置代办",
        back_url=reverse("accounts:mandates"),
        sentence="没有人员的单位，可以由上级机关代为办理公开工作。起草人不能审核、签发，代办时同样适用。",
    )


def ending(mandate: Mandate) -> FormPage:
    return FormPage(
        title="终止代办",
        verb="终止代办",
        back_url=reverse("accounts:mandates"),
        sentence=f"{mandate.office}代{mandate.agency}办理：{_posts(mandate)}",
    )


def _line(mandate: Mandate, *, today: date) -> MandateLine:
    is_over = mandate.valid_until < today
    return MandateLine(
        mandate=mandate,
        posts=_posts(mandate),
        state=_state(mandate, today=today),
        end_url="" if is_over else reverse("accounts:mandate_end", kwargs={"mandate_id": mandate.pk}),
    )


def _posts(mandate: Mandate) -> str:
    return "、".join(Post(post).label for post in mandate.posts)


def _state(mandate: Mandate, *, today: date) -> Badge:
    if mandate.valid_until < today:
        return Badge(label="已终止", tone=Tone.ENDED)
    if mandate.valid_from > today:
        return Badge(label="未开始", tone=Tone.NEUTRAL)
    return Badge(label="代办中", tone=Tone.ACTIVE)
