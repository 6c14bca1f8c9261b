"""The form of an issue."""

from django import forms

from gongkai.groundwork.ui.forms import DayField, DeskForm
from gongkai.records.selectors.gazettes import IssueFile
from gongkai.records.services.gazettes import Issue


class IssueForm(DeskForm):
    """Name, number, day, and the index numbers of what the issue carries."""

    name = forms.CharField(label="公报名称", max_length=120)
    year = forms.IntegerField(label="年份", min_value=1949, max_value=2200)
    number = forms.IntegerField(label="期号", min_value=1, max_value=400)
    published_on = DayField(label="出版日期")
    address = forms.CharField(label="整期阅读的链接", max_length=500, required=False)
    index_numbers = forms.CharField(
        label="刊载的信息",
        max_length=30_000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="按刊载的顺序填写索引号，每行一个。可以是其他单位公开的信息，其渠道由该单位登记。",
    )

    def issue(self) -> Issue:
        return Issue(**self.cleaned_data | {"index_numbers": self.cleaned_data["index_numbers"].split("\n")})


def initial_of(found: IssueFile) -> dict[str, object]:
    """The issue as the form shows it."""
    values = {name: getattr(found.issue, name) for name in ("name", "year", "number", "published_on", "address")}
    return values | {"index_numbers": "\n".join(item.index_number for item in found.items)}
