"""The form for one cut. It reads; the service decides."""

from django import forms

from gongkai.groundwork.ui.forms import DeskForm
from gongkai.records.domain import cuts
from gongkai.records.services.cutting import Passage


class CutForm(DeskForm):
    """Words of the text, and why the public does not get them."""

    text = forms.CharField(
        label="要删减的文字",
        strip=False,
        widget=forms.Textarea(attrs={"rows": 4, "class": "cut-passage"}),
        help_text="从正文中原样复制，也可以在左边选中。同样的文字出现几处，就删减几处。",
    )
    ground = forms.ChoiceField(
        label="理由", choices=[("", "请选择"), *((ground.code, ground.label) for ground in cuts.GROUNDS)]
    )
    note = forms.CharField(
        label="具体依据或者说明",
        max_length=cuts.LONGEST_NOTE,
        required=False,
        help_text="连同理由显示在公开的正文里，不要写被删减的内容。",
    )
    lock_version = forms.IntegerField(widget=forms.HiddenInput)

    def passage(self) -> Passage:
        data = self.cleaned_data
        return Passage(data["text"], data["ground"], data["note"])
