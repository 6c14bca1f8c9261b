"""Forms of dropped files: the door, and one small form for each file of a batch."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from gongkai.groundwork.ui.forms import DayField, DeskForm
from gongkai.imports.domain.dropping import EDITABLE, MOST_BYTES, MOST_FILES
from gongkai.imports.models import DroppedFile
from gongkai.records.domain.attributes import Attribute
from gongkai.records.domain.catalogue import AgencyNode

_ACCEPTED = ".docx,.doc,.wps,.pdf,.ofd,.zip,.xlsx,.csv"


class _ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class _FilesField(forms.FileField):
    """One or several files; its value is the list of them."""

    widget = _ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        return [super(_FilesField, self).clean(each, initial) for each in data or [None]]


class DropForm(DeskForm):
    """The files, and the column for those whose list names none."""

    documents = _FilesField(
        label="文件",
        help_text=(
            f"DOCX、DOC、PDF、OFD，或者装有这些文件和 Excel 清单的 ZIP；一次最多 {MOST_FILES} 份，"
            f"合计不超过 {MOST_BYTES // (1024 * 1024)} MB。严禁上传涉密信息。"
        ),
        error_messages={"required": "请选择要起草的文件。"},
    )
    column_code = forms.ChoiceField(label="公开栏目", required=False, help_text="可以不选，读完后再逐份选择。")

    def __init__(self, *args: Any, nodes: Iterable[AgencyNode], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["documents"].widget.attrs |= {
            "accept": _ACCEPTED,
            "data-most-files": str(MOST_FILES),
            "data-most-bytes": str(MOST_BYTES),
        }
        column = self.fields["column_code"]
        assert isinstance(column, forms.ChoiceField)
        column.choices = columns(nodes)


class FileForm(DeskForm):
    """What the draft will say about one file."""

    title = forms.CharField(label="标题", max_length=200, required=False)
    document_number = forms.CharField(label="发文字号", max_length=50, required=False)
    created_on = DayField(label="成文日期", required=False)
    attribute = forms.ChoiceField(
        label="公开属性",
        required=False,
        choices=[("", "请选择"), *((value.value, value.label) for value in Attribute)],
    )
    column_code = forms.ChoiceField(label="公开栏目", required=False)

    def __init__(self, *args: Any, file: DroppedFile, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        initial = {name: file.values.get(name, "") for name in EDITABLE}
        if initial["created_on"]:
            initial["created_on"] = date.fromisoformat(initial["created_on"])
        super().__init__(*args, prefix=str(file.pk), initial=initial, **kwargs)
        column = self.fields["column_code"]
        assert isinstance(column, forms.ChoiceField)
        column.choices = choices
        for name in EDITABLE:
            self.fields[name].help_text = hint(file, name)

    def values(self) -> dict[str, str]:
        """What was written, as text."""
        return {name: str(self.cleaned_data[name] or "") for name in EDITABLE}


def columns(nodes: Iterable[AgencyNode]) -> list[tuple[str, str]]:
    """Columns that take records, indented as in the tree."""
    shown = [node for node in nodes if node.is_visible and node.takes_records]
    return [("", "请选择"), *((node.code, "　" * node.depth + node.title) for node in shown)]


def hint(file: DroppedFile, name: str) -> str:
    """Where the value was read, or what stands against it."""
    read = file.readings.get(name)
    if not read or (not read["value"] and not read["doubt"]):
        return ""
    if not read["doubt"]:
        return f"读自{read['where']}" if file.values.get(name) == read["value"] else ""
    value = Attribute(read["value"]).label if name == "attribute" and read["value"] else read["value"]
    seen = f"{read['where']}写的是“{value}”。" if value else ""
    return "" if file.values.get(name) else f"{seen}{read['doubt']}"
