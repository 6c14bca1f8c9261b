"""Forms of the import screens."""

from django import forms

from gongkai.groundwork.ui.forms import DeskForm
from gongkai.imports.services import mapping_files
from gongkai.imports.services.receiving import LIMIT_BYTES


class UploadForm(DeskForm):
    """The table and how it is to be read."""

    mapping = forms.ChoiceField(label="表格样式", widget=forms.RadioSelect)
    file = forms.FileField(
        label="文件",
        help_text=f"严禁上传涉密信息。CSV、TSV 或 XLSX，不超过 {LIMIT_BYTES // (1024 * 1024)} MB，首行为列名。",
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.tsv,.xlsx"}),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        choices = [(mapping.name, mapping.title) for mapping in mapping_files.built_in()]
        self.fields["mapping"] = forms.ChoiceField(
            label="表格样式", choices=choices, initial=choices[0][0], widget=forms.RadioSelect
        )


class DecisionForm(DeskForm):
    """A decision on exactly the file that the page shows."""

    digest = forms.CharField(max_length=64)


class RefusalForm(DeskForm):
    reason = forms.CharField(
        label="退回原因",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="退回后，上传的文件从系统中删除，原因和经过保留。",
    )
