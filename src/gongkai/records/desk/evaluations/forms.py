"""Forms of the secret register: days only, there is no field for a word of the document."""

from django import forms

from gongkai.groundwork.ui.forms import DayField, DeskForm


class SecretForm(DeskForm):
    """When it was decided that the document is a state secret, and when that is looked at again."""

    decided_on = DayField(label="认定日期", help_text="保密审查认定不予公开的日期。")
    reevaluate_on = DayField(label="下次评估日期")


class SecretEvaluationForm(DeskForm):
    """Whether the document still is a secret."""

    outcome = forms.ChoiceField(
        label="核实结果",
        choices=[("kept", "仍为国家秘密，继续不予公开"), ("declassified", "已经解密")],
        widget=forms.RadioSelect,
        help_text="已经解密的，登记到此结束；可以公开的，另行新建信息办理。",
    )
    next_on = DayField(label="下次评估日期", required=False, help_text="仍为国家秘密的必填。")

    def clean(self) -> dict[str, object]:
        data = dict(self.cleaned_data)
        if data.get("outcome") == "kept" and "next_on" in data and data["next_on"] is None:
            self.add_error("next_on", "请填写下次评估日期。")
        return data
