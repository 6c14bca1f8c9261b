"""Forms for bodies."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from gongkai.agencies import selectors
from gongkai.agencies.domain.details import DEFAULT_TEMPLATE, AgencyDetails
from gongkai.agencies.domain.kinds import AgencyKind
from gongkai.agencies.models import Agency
from gongkai.groundwork.ui.forms import DayField, DeskForm

# The parts of the long form, in order: heading and fields.
GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("名称与隶属", ("name", "short_name", "code", "kind", "parent_id", "staffed_by_id", "in_city_sum", "sort_order")),
    ("有效期", ("valid_from",)),
    ("代码", ("credit_code", "organisation_code", "region_code", "site_code", "index_number_template")),
    ("公开工作机构", ("disclosure_office", "address", "postcode", "phone", "email", "office_hours")),
    ("网站", ("site_name", "icp_number", "police_number")),
)


def _text(label: str, length: int, help_text: str = "", *, required: bool = False) -> forms.CharField:
    return forms.CharField(label=label, max_length=length, help_text=help_text, required=required)


class AgencyForm(DeskForm):
    """Everything about a body. The code is typed once and never changes."""

    name = _text("机构名称", 120, "与机构编制文件一致。", required=True)
    short_name = _text("简称", 60, "列表中使用；不填则用全称。")
    code = _text("机构代码", 40, "出现在网址中，如 fgw；确定后不能更改。", required=True)
    kind = forms.ChoiceField(
        label="机构类别", choices=[("", "请选择"), *((kind.value, kind.label) for kind in AgencyKind)]
    )
    parent_id = forms.TypedChoiceField(label="上级机构", coerce=int, empty_value=None, required=False)
    staffed_by_id = forms.TypedChoiceField(
        label="合署机构",
        coerce=int,
        empty_value=None,
        required=False,
        help_text="一套人马、两块牌子的，选择实际承担工作的机构；其人员可代本机构办理。",
    )
    in_city_sum = forms.NullBooleanField(
        label="计入全市汇总",
        required=False,
        help_text="年度报告汇总时是否计入本级政府数据。",
        widget=forms.Select(choices=[("unknown", "按机构类别确定"), ("true", "计入"), ("false", "不计入")]),
    )
    sort_order = forms.IntegerField(label="排列顺序", required=False, min_value=0, max_value=9999)
    valid_from = DayField(label="设立日期")
    credit_code = _text("统一社会信用代码", 18)
    organisation_code = _text("组织机构代码", 10, "不填则取自统一社会信用代码。")
    region_code = _text("行政区划代码", 12)
    site_code = _text("政府网站标识码", 10)
    index_number_template = _text("索引号规则", 120, f"默认为 {DEFAULT_TEMPLATE}；已分配的索引号不受影响。")
    disclosure_office = _text("公开工作机构名称", 120)
    address = _text("办公地址", 200)
    postcode = _text("邮政编码", 10)
    phone = _text("联系电话", 60)
    email = forms.EmailField(label="电子邮箱", max_length=120, required=False)
    office_hours = _text("办公时间", 120)
    site_name = _text("网站名称", 120)
    icp_number = _text("ICP备案号", 60)
    police_number = _text("公安备案号", 60)

    def __init__(self, *args: Any, agency: Agency | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lines = [line for line in selectors.tree() if line.agency.valid_until is None and line.agency != agency]
        places = [(line.agency.pk, "　" * line.depth + line.agency.name) for line in lines]
        self.fields["parent_id"].choices = [("", "无"), *places]  # type: ignore[attr-defined]
        self.fields["staffed_by_id"].choices = [("", "无"), *places]  # type: ignore[attr-defined]
        if agency is None:
            self.initial.setdefault("index_number_template", DEFAULT_TEMPLATE)
        else:
            self.initial = {name: getattr(agency, name) for name in self.fields}
            self.fields["code"].disabled = True

    def details(self) -> AgencyDetails:
        """What was typed; an empty rule means the usual one."""
        values = dict(self.cleaned_data)
        values["kind"] = AgencyKind(values["kind"])
        values["sort_order"] = values["sort_order"] or 0
        values["index_number_template"] = values["index_number_template"] or DEFAULT_TEMPLATE
        return AgencyDetails(**values)

    def add_reasons(self, reasons: Mapping[str, str]) -> None:
        """Puts the reasons of the service beside their fields."""
        for name, reason in reasons.items():
            self.add_error(name if name in self.fields else None, reason)


class MergeForm(DeskForm):
    """Into which body, from which day."""

    into_id = forms.TypedChoiceField(label="并入机构", coerce=int)
    on = DayField(label="合并日期", help_text="自当日起由并入机构承担职责。")

    def __init__(self, *args: Any, agency: Agency, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = selectors.valid(on=today).exclude(path__startswith=agency.path).order_by("sort_order", "id")
        self.fields["into_id"].choices = [("", "请选择"), *others.values_list("pk", "name")]  # type: ignore[attr-defined]
        self.initial.setdefault("on", today)


class EndForm(DeskForm):
    """The last day of a body without a successor."""

    last_day = DayField(label="终止日期", help_text="含当日。有承接机构的，请办理合并。")
