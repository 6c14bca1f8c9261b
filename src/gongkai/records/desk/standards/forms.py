"""Forms of standard tables."""

from collections.abc import Iterable
from typing import Any

from django import forms

from gongkai.groundwork.ui.forms import DayField, DeskForm
from gongkai.records.domain.catalogue import AgencyNode
from gongkai.records.services.standard_tables import Approval


class ApprovalForm(DeskForm):
    """By whom and by which document the table was approved, and which content the page showed."""

    approved_by = forms.CharField(label="批准的机关或者会议", max_length=120, help_text="例如：市政务公开领导小组。")
    approval_number = forms.CharField(label="批准文号", max_length=60, required=False)
    approved_on = DayField(label="批准日期")
    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def approval(self) -> Approval:
        return Approval(**self.cleaned_data)


class DigestForm(DeskForm):
    """A decision on exactly what the page shows."""

    digest = forms.CharField(max_length=64)


class ParentForm(DeskForm):
    """Below which column the new one shall stand."""

    parent_code = forms.ChoiceField(label="上级栏目")

    def __init__(self, *args: Any, nodes: Iterable[AgencyNode], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["parent_code"]
        assert isinstance(field, forms.ChoiceField)
        open_nodes = [node for node in nodes if node.is_visible and node.depth < 3 and node.code != "request_entry"]
        field.choices = [("", "请选择"), *((node.code, "　" * node.depth + node.title) for node in open_nodes)]
