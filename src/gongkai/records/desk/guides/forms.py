"""The form of the guide, part by part."""

from typing import Any

from django import forms

from gongkai.groundwork.ui.forms import DeskForm
from gongkai.records.domain.guide import LABELS, REQUIRED, Guide

_SHORT = ("office", "address", "hours", "phone", "fax", "internet", "postcode", "email")


class GuideForm(DeskForm):
    """What article 12 asks for first, then what practice adds."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in LABELS.items():
            short = name in _SHORT
            self.fields[name] = forms.CharField(
                label=label,
                max_length=200 if short else 3000,
                required=name in REQUIRED,
                widget=forms.TextInput if short else forms.Textarea(attrs={"rows": 3}),
                error_messages={"required": f"请填写{label}。"},
                help_text="没有的写“无”。" if name == "fax" else "",
            )

    def guide(self) -> Guide:
        return Guide(**self.cleaned_data)
