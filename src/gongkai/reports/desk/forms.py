"""Forms of the report screens."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from gongkai.groundwork.ui.forms import DeskForm
from gongkai.reports.models import ReportCheck
from gongkai.reports.services import uploading

_ENDINGS = {
    "txt": "TXT",
    "md": "Markdown",
    "html": "HTML 网页",
    "docx": "DOCX",
    "pdf": "PDF",
    "png": "PNG",
    "jpg": "JPG",
}


class _ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One or several files; its value is the list of them."""

    widget = _ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        files = [super(FilesField, self).clean(each, initial) for each in data or [None]]
        if len(files) > uploading.MOST_FILES:
            raise forms.ValidationError(f"一次最多上传 {uploading.MOST_FILES} 个文件，请分几次上传。")
        return files


class UploadForm(DeskForm):
    """The reports to check, and that of the year before."""

    reports = FilesField(label="年度报告", error_messages={"required": "请选择要检查的年度报告。"})
    previous = forms.FileField(
        label="上一年度报告",
        required=False,
        help_text="可以不选。选了以后，会核对结转数、规范性文件存量等跨年关系。",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [kind for kind in _ENDINGS if kind in {each.value for each in uploading.kinds()}]
        accepted = ",".join(
            sorted(f".{ending}" for each in uploading.kinds() for ending in each.extensions if ending != "wps")
        )
        size = uploading.LIMIT_BYTES // (1024 * 1024)
        listed = "、".join(_ENDINGS[kind] for kind in kinds)
        self.fields[
            "reports"
        ].help_text = (
            f"严禁上传涉密信息。{listed}，每个不超过 {size} MB，可以一次选择多个。旧版 Word 文件请先另存为 DOCX。"
        )
        for field in self.fields.values():
            field.widget.attrs["accept"] = accepted


class CellsForm(DeskForm):
    """One field for each cell; what is left empty stays as it is."""

    def __init__(self, data: Any, *, labels: Mapping[str, str]) -> None:
        super().__init__(data)
        for cell, label in labels.items():
            widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "size": 10})
            self.fields[cell] = forms.CharField(label=label, required=False, max_length=20, widget=widget)


class CompareForm(DeskForm):
    """Beside which of the agency's other reports this one is checked."""

    previous = forms.TypedChoiceField(label="上一年度报告", required=False, coerce=int, empty_value=None)
    children = forms.TypedMultipleChoiceField(
        label="下级单位报告",
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text="选齐下级单位的报告，会核对本报告的数是否等于各单位之和。",
    )

    def __init__(self, *args: Any, candidates: Iterable[ReportCheck], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(each.pk, title(each)) for each in candidates]
        self.fields["previous"].choices = [("", "不对照"), *choices]  # type: ignore[attr-defined]
        self.fields["children"].choices = choices  # type: ignore[attr-defined]


def title(found: ReportCheck) -> str:
    """A check in a list of choices: whose report, of which year, from which file."""
    year = f"{found.report_year}年度" if found.report_year else ""
    return f"{found.report_agency}{year}（{found.file_name}）" if found.report_agency or year else found.file_name
