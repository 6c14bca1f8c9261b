"""Forms of deposit batches."""

from django import forms

from gongkai.groundwork.ui.forms import DayField, DeskForm
from gongkai.records.domain.deposits import Kind
from gongkai.records.services.deposits import Signed, Wanted


class BatchForm(DeskForm):
    """For whom, and what period of publication."""

    kind = forms.ChoiceField(
        label="接收场所", choices=[(kind.value, kind.label) for kind in Kind], widget=forms.RadioSelect
    )
    recipient = forms.CharField(
        label="接收单位", max_length=120, help_text="例如：市档案馆。每次写法一致，已经移送的不再重复。"
    )
    first_on = DayField(label="公开日期自")
    last_on = DayField(label="至")
    again = forms.BooleanField(label="已经移送过的也列入", required=False)

    def wanted(self) -> Wanted:
        return Wanted(**self.cleaned_data | {"kind": Kind(self.cleaned_data["kind"])})


class SignedForm(DeskForm):
    """Who handed over on which day."""

    by = forms.CharField(label="移送人", max_length=60)
    on = DayField(label="移送日期")

    def signed(self) -> Signed:
        return Signed(**self.cleaned_data)


class ReceiptForm(SignedForm):
    """Who received on which day."""

    by = forms.CharField(label="接收人", max_length=60)
    on = DayField(label="接收日期")
    note = forms.CharField(label="回执说明", max_length=300, required=False, help_text="例如回执编号。")
