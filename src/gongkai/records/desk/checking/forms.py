"""Forms about findings. They read; the services decide."""

from django import forms

from gongkai.groundwork.ui.forms import DeskForm
from gongkai.records.services.checking import LONGEST_REASON


class ReasonForm(DeskForm):
    """Why a finding may stand."""

    reason = forms.CharField(
        label="理由",
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="理由同您的姓名一起留存；这一处内容有改动的，会重新提示。",
    )


class EyeForm(DeskForm):
    """That the whole file was read."""

    digest = forms.CharField(widget=forms.HiddenInput)
    is_read = forms.BooleanField(
        label="我已逐页阅看全部内容，没有国家秘密标志、个人信息和其他不能公开的内容",
        error_messages={"required": "请先打开附件逐页阅看，再勾选确认。"},
    )
