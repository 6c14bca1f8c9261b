"""Forms of the mandates."""

from datetime import date
from typing import Any

from django import forms

from gongkai.accounts.domain.posts import Post
from gongkai.accounts.services import mandating
from gongkai.accounts.services.mandating import Wish
from gongkai.agencies import selectors as agencies
from gongkai.groundwork.ui.forms import DayField, DeskForm


class MandateForm(DeskForm):
    """Who acts for whom, in which posts, for how long, on which document."""

    agency_id = forms.TypedChoiceField(label="被代办单位", coerce=int, help_text="没有专门人员办理公开工作的单位。")
    office_id = forms.TypedChoiceField(label="代办单位", coerce=int, help_text="上级机关或者公开工作主管部门。")
    posts = forms.MultipleChoiceField(
        label="代办的岗位",
        choices=[(post.value, post.label) for post in mandating.POSTS],
        widget=forms.CheckboxSelectMultiple,
        help_text="代办单位任这些岗位的人，在被代办单位办理同一岗位的事，签批都会标注“代办”。",
    )
    valid_from = DayField(label="开始日期")
    valid_until = DayField(label="终止日期", help_text="含当日，次日起自动失效。")
    basis = forms.CharField(label="依据文件", max_length=mandating.LONGEST_BASIS, help_text="文件名称和文号。")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lines = agencies.tree(on=today)
        places = [(str(line.agency.pk), "　" * line.depth + line.agency.name) for line in lines]
        for name in ("agency_id", "office_id"):
            self.fields[name].choices = [("", "请选择"), *places]  # type: ignore[attr-defined]
        self.initial.setdefault("valid_from", today)

    def wish(self) -> Wish:
        """What was chosen."""
        posts = tuple(Post(post) for post in self.cleaned_data["posts"])
        return Wish(**self.cleaned_data | {"posts": posts})


class EndMandateForm(DeskForm):
    """The last day of a mandate."""

    last_day = DayField(label="最后代办日期", help_text="当日仍可代办，次日起失效。")
