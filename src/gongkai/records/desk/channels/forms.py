"""Forms for channels. They read; the services decide."""

from django import forms

from gongkai.groundwork.ui.forms import DayField, DeskForm
from gongkai.records.domain.channels import BY_HAND, Channel, Posting


class ChannelForm(DeskForm):
    """One appearance beside the website."""

    channel = forms.ChoiceField(
        label="渠道", choices=[(channel.value, channel.label) for channel in BY_HAND], widget=forms.RadioSelect
    )
    name = forms.CharField(
        label="公报、账号或者媒体名称", max_length=120, help_text="例如：某市人民政府公报、某市发布。"
    )
    published_on = DayField(label="公开日期")
    address = forms.CharField(label="链接", max_length=500, required=False)
    place = forms.CharField(label="期号、版面", max_length=120, required=False, help_text="例如：2026年第3期。")

    def posting(self) -> Posting:
        return Posting(**self.cleaned_data | {"channel": Channel(self.cleaned_data["channel"])})


class LinesForm(DeskForm):
    """Lines copied from a table."""

    lines = forms.CharField(
        label="渠道登记",
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 14, "class": "is-table-text"}),
        help_text="每行一条：索引号、渠道、名称、公开日期，后面可以加链接和期号。从表格复制过来即可，手工填写的用竖线“|”隔开。",
    )
