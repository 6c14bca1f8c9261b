"""The door for standard tables on the desk; what becomes of them is shown by `records`."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from gongkai.accounts.access import DeskRequest
from gongkai.accounts.domain.duties import Duty
from gongkai.groundwork.files.refusals import RefusedFile
from gongkai.groundwork.ui.forms import DeskForm
from gongkai.imports.desk.access import door
from gongkai.imports.reading.tables import UnreadableTable
from gongkai.imports.services import standard_tables
from gongkai.law import vocabulary
from gongkai.records.models import StandardTable
from gongkai.records.services.standard_tables import CannotBringTable


class StandardForm(DeskForm):
    """The workbook, its field, and a title where the one in the file does not do."""

    field = forms.ChoiceField(label="领域")
    file = forms.FileField(
        label="文件",
        help_text="严禁上传涉密信息。XLSX，不超过 5 MB，按国家统一样式编制，有“公开事项”“公开内容”“公开主体”等栏。",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
    )
    title = forms.CharField(label="目录名称", max_length=200, required=False, help_text="留空时用表格上方的标题。")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["field"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "请选择"), *vocabulary.labels(vocabulary.standard_fields()).items()]


@door(Duty.KEEP_CATALOGUE)
def standard(request: DeskRequest) -> HttpResponse:
    """Takes a standard table in, or says why not."""
    form = StandardForm(request.POST or None, request.FILES or None)
    made = _submitted(request, form) if request.method == "POST" and form.is_valid() else None
    if made is not None:
        messages.success(request, f"已读取{made.matter_count}个公开事项，请核对。")
        return redirect("records:standard", request.seat.agency_code, made.pk)
    return render(request, "imports/standard.html", {"form": form, "seat": request.seat})


def _submitted(request: DeskRequest, form: StandardForm) -> StandardTable | None:
    data = form.cleaned_data
    upload = standard_tables.Upload(
        stream=data["file"], file_name=data["file"].name, field=data["field"], title=data["title"]
    )
    try:
        return standard_tables.submit(upload=upload, actor=request.actor(Duty.KEEP_CATALOGUE), at=timezone.now())
    except RefusedFile as error:
        form.add_error("file", error.message)
    except UnreadableTable as error:
        form.add_error("file", str(error))
    except CannotBringTable as error:
        form.add_error(None, error.reason)
    return None
