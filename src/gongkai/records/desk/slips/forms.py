"""The form on which the code of a slip is typed off the paper."""

from django import forms

from gongkai.groundwork.ui.forms import DeskForm
from gongkai.records.desk.slips import codes


class CodeForm(DeskForm):
    """One code."""

    code = forms.CharField(label="核验码", max_length=60, help_text="印在审批单、保密审查单的右下角。")

    def clean_code(self) -> codes.Code:
        """The code as a value."""
        code = codes.read(self.cleaned_data["code"])
        if code is None:
            raise forms.ValidationError("核验码的样式是“信息编号-稿次-12位摘要”，请核对。")
        return code
