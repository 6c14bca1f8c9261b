"""Forms of the screens for people and posts."""

from datetime import date
from typing import Any

from django import forms

from gongkai.accounts import selectors
from gongkai.accounts.domain.posts import ADMINISTRATORS, CASEWORK, Post
from gongkai.accounts.models import PostHolding, User
from gongkai.accounts.services.people import PersonDetails
from gongkai.accounts.services.posting import Grant
from gongkai.agencies import selectors as agencies
from gongkai.groundwork.ui.forms import DayField, DeskForm


class PersonForm(DeskForm):
    """Name, name to sign in with, contact."""

    username = forms.CharField(
        label="用户名", max_length=59, help_text="登录时使用，确定后不能更改。由字母、数字和 . _ - 组成。"
    )
    name = forms.CharField(label="姓名", max_length=60)
    phone = forms.CharField(
        label="电话", max_length=30, required=False, help_text="仅系统管理员和安全管理员可见，查看会留下记录。"
    )
    email = forms.EmailField(label="电子邮件", max_length=120, required=False)

    def __init__(self, *args: Any, person: User | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if person is not None:
            self.initial = {name: getattr(person, name) for name in self.fields}
            self.fields["username"].disabled = True

    def details(self) -> PersonDetails:
        """What was typed."""
        return PersonDetails(**self.cleaned_data)


class GrantForm(DeskForm):
    """Which post, where, from when until when."""

    agency_id = forms.TypedChoiceField(label="单位", coerce=int)
    post = forms.ChoiceField(label="岗位")
    valid_from = DayField(label="任岗日期")
    valid_until = DayField(label="终止日期", required=False, help_text="含当日。长期任岗的留空。")
    is_deputy = forms.BooleanField(label="临时代理（代）", required=False, help_text="代为办理期间的签批会标注“代”。")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lines = [line for line in agencies.tree(on=today) if line.agency.staffed_by_id is None]
        places = [(str(line.agency.pk), "　" * line.depth + line.agency.name) for line in lines]
        self.fields["agency_id"].choices = [("", "请选择"), *places]  # type: ignore[attr-defined]
        groups = [("业务岗位", CASEWORK), ("三员（只能单独任职）", ADMINISTRATORS)]
        self.fields["post"].choices = [  # type: ignore[attr-defined]
            ("", "请选择"),
            *((label, [(post.value, post.label) for post in Post if post in posts]) for label, posts in groups),
        ]
        self.initial.setdefault("valid_from", today)

    def wish(self, person_id: int) -> Grant:
        """What was chosen, for this person."""
        return Grant(person_id=person_id, **self.cleaned_data | {"post": Post(self.cleaned_data["post"])})


class SubstituteForm(DeskForm):
    """Which colleague stands in, from when."""

    person_id = forms.TypedChoiceField(label="B角", coerce=int, help_text="同单位的在岗人员。")
    valid_from = DayField(label="开始日期")

    def __init__(self, *args: Any, holding: PostHolding, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = selectors.colleagues(holding.agency_id, on=today).exclude(pk=holding.user_id)
        self.fields["person_id"].choices = [("", "请选择"), *((str(user.pk), user.name) for user in others)]  # type: ignore[attr-defined]
        self.initial.setdefault("valid_from", today)


class EndPostForm(DeskForm):
    """The last day in the post."""

    last_day = DayField(label="最后任岗日期", help_text="当日仍可办理，次日起失效。")

    def __init__(self, *args: Any, holding: PostHolding, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("last_day", max(today, holding.valid_from))
