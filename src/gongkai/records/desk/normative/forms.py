"""Forms for normative documents. They read; the services decide."""

from typing import Any

from django import forms

from gongkai.groundwork.ui.forms import DayField, DeskForm
from gongkai.records.domain.normative import Finding, Outcome
from gongkai.records.services.normative.ruling import Rule


class FindingForm(DeskForm):
    """The outcome for one document, or for several in a round."""

    outcome = forms.ChoiceField(
        label="评估意见", choices=[(outcome.value, outcome.label) for outcome in Outcome], widget=forms.RadioSelect
    )
    expires_on = DayField(label="新的失效日期", required=False, help_text="继续有效的填写；空着则原来的日期不变。")
    reason = forms.CharField(
        label="理由和依据",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="废止、宣布失效的会公开。",
    )

    def clean(self) -> dict[str, Any]:
        """Only a document that continues keeps the proposed day."""
        if self.cleaned_data.get("outcome") != Outcome.CONTINUE:
            self.cleaned_data["expires_on"] = None
        return self.cleaned_data

    def finding(self) -> Finding:
        data = self.cleaned_data
        return Finding(outcome=Outcome(data["outcome"]), reason=data["reason"], expires_on=data["expires_on"])


class EvaluationForm(FindingForm):
    """The same for one document, which may get a new number."""

    renumber = forms.BooleanField(label="继续有效的，重新编登记号", required=False)

    def __init__(self, *args: Any, may_renumber: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_renumber:
            del self.fields["renumber"]


class RegistrationForm(DeskForm):
    number = forms.CharField(
        label="登记号", max_length=40, required=False, help_text="空着则按本单位的规则编下一个号。用过的号不能再用。"
    )


class RuleForm(DeskForm):
    """The agency's rule for numbers and periods."""

    registration_template = forms.CharField(
        label="登记号规则",
        max_length=60,
        required=False,
        help_text="例如“HFGS-{yyyy}-{seq:1}”编出HFGS-2026-7，公开时自动编号。空着则不自动编号。",
    )
    validity_years = forms.IntegerField(label="有效期（年）", min_value=1, max_value=30, required=False)
    trial_years = forms.IntegerField(label="试行、暂行的有效期（年）", min_value=1, max_value=30, required=False)

    def rule(self) -> Rule:
        return Rule(**self.cleaned_data)


class RoundForm(DeskForm):
    """A new round of clean-up."""

    title = forms.CharField(label="名称", max_length=120, help_text="例如：2026年规范性文件清理。")
    cutoff_on = DayField(label="截止日期", help_text="这一天及以前公开、现行有效的规范性文件全部列入。")
