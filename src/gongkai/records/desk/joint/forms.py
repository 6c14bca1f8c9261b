"""Forms for the word of co-issuers. They read; the services decide."""

from collections.abc import Iterable
from typing import Any

from django import forms

from gongkai.groundwork.ui.forms import DayField, DeskForm
from gongkai.records.domain.joint import Answer
from gongkai.records.services.coordinating import OnPaper

_ANSWERS = [(answer.value, answer.label) for answer in Answer]


class AnswerForm(DeskForm):
    """The co-issuer's own answer."""

    answer = forms.ChoiceField(label="意见", choices=_ANSWERS, widget=forms.RadioSelect)
    opinion = forms.CharField(
        label="说明",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="有异议的必填，写明哪一处与本机关掌握的情况不一致。",
    )


class PaperForm(AnswerForm):
    """What was said on paper, noted by the lead."""

    issuer = forms.ChoiceField(label="发文机关")
    given_by = forms.CharField(label="确认人", max_length=60, help_text="对方单位签批的同志。")
    given_on = DayField(label="确认日期")
    field_order = ("issuer", "answer", "given_by", "given_on", "opinion")

    def __init__(self, *args: Any, issuers: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["issuer"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "请选择"), *((issuer, issuer) for issuer in issuers)]
        self.fields["opinion"].help_text = "有异议的、党委（党组）办公机构的意见，必填。"

    def paper(self) -> OnPaper:
        data = self.cleaned_data
        return OnPaper(**data | {"answer": Answer(data["answer"])})
