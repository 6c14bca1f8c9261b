"""Forms of this room. They read and say what is wrong; the services decide."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone

from gongkai.groundwork.ui.forms import DayField, DeskForm
from gongkai.law.findings import Finding
from gongkai.published.domain.vocabulary import VALIDITIES
from gongkai.records.domain import content as contents
from gongkai.records.domain import cuts, rich_text
from gongkai.records.domain.attributes import GROUNDS, Attribute
from gongkai.records.domain.catalogue import AgencyNode
from gongkai.records.domain.content import Content
from gongkai.records.domain.purging import Scope
from gongkai.records.domain.stages import Hand
from gongkai.records.domain.vocabulary import CARRIERS, GENRES, GROUPS, SCOPES, SERVICE_OBJECTS, TOPICS
from gongkai.records.models import Record
from gongkai.records.services.clearance import Verdict
from gongkai.records.services.paper import Sheet

NO_SECRETS = "严禁上传涉密信息。本系统为非涉密系统，带有国家秘密标志的内容会被拒绝，不会保存。"
_TAG = re.compile(r"<[a-zA-Z!/]")
_ONE_OF = {
    "genre": GENRES,
    "topic": TOPICS,
    "group": GROUPS,
    "service_object": SERVICE_OBJECTS,
    "scope": SCOPES,
}


class RecordForm(DeskForm):
    """Everything a drafter says about a record."""

    title = forms.CharField(label="标题", max_length=200, widget=forms.Textarea(attrs={"rows": 2}))
    document_number = forms.CharField(
        label="发文字号", max_length=50, required=False, help_text="例如：某政办发〔2026〕3号。没有的留空。"
    )
    issuer = forms.CharField(label="发文机关", max_length=200, required=False)
    joint_issuers = forms.CharField(
        label="联合发文机关", max_length=500, required=False, help_text="多个机关用顿号分开。"
    )
    is_party_mixed = forms.BooleanField(label="党政联合发文", required=False)
    created_on = DayField(label="成文日期", required=False, help_text="提交审核前必填，公开期限从这一天的次日起算。")
    effective_on = DayField(label="生效日期", required=False)
    expires_on = DayField(label="失效日期", required=False)
    attribute = forms.ChoiceField(
        label="公开属性",
        choices=[(value.value, value.label) for value in Attribute],
        widget=forms.RadioSelect,
        initial=Attribute.PROACTIVE.value,
        help_text="起草时一并认定。涉及国家秘密的，不得录入本系统。",
    )
    ground = forms.ChoiceField(label="不主动公开的理由", required=False)
    ground_note = forms.CharField(
        label="理由说明", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    reevaluate_on = DayField(label="下次评估日期", required=False, help_text="不予公开的信息要定期评估能否公开。")
    column_code = forms.ChoiceField(label="公开栏目", required=False, help_text="主动公开的，提交审核前必选。")
    genre = forms.ChoiceField(label="体裁", required=False)
    topic = forms.ChoiceField(label="主题", required=False)
    group = forms.ChoiceField(label="组配分类", required=False)
    service_object = forms.ChoiceField(label="服务对象", required=False)
    is_normative = forms.BooleanField(label="属于行政规范性文件", required=False)
    is_major_decision = forms.BooleanField(label="属于重大行政决策草案", required=False)
    publication_forms = forms.MultipleChoiceField(label="公开形式", required=False, widget=forms.CheckboxSelectMultiple)
    carriers = forms.MultipleChoiceField(label="公开载体", required=False, widget=forms.CheckboxSelectMultiple)
    scope = forms.ChoiceField(label="公开范围", required=False)
    time_limit = forms.CharField(
        label="公开时限", max_length=200, required=False, help_text="例如：自信息形成之日起20个工作日内，长期公开。"
    )
    procedure = forms.CharField(label="公开程序", max_length=300, required=False)
    responsible_unit = forms.CharField(label="公开责任部门", max_length=120, required=False)
    source = forms.CharField(label="信息来源", max_length=200, required=False, help_text="转载的写明来源。")
    keywords = forms.CharField(label="关键词", max_length=300, required=False, help_text="用空格分开。")
    summary = forms.CharField(
        label="内容概述", max_length=1500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    body_html = forms.CharField(
        label="正文",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 18, "class": "record-body"}),
        help_text=f"可从 Word、WPS 粘贴，标题和表格会保留。{NO_SECRETS}",
    )
    remarks = forms.CharField(
        label="内部备注", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}), help_text="不公开。"
    )
    lock_version = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=0)

    def __init__(self, *args: Any, nodes: Iterable[AgencyNode], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._choose("column_code", [("", "请选择"), *_columns(nodes)])
        for name, words in _ONE_OF.items():
            kept = self.initial.get(name)
            self._choose(name, [("", "请选择"), *_choices(words, filter(None, [kept]))])
        for name in ("publication_forms", "carriers"):
            self._choose(name, _choices(CARRIERS, self.initial.get(name) or ()))
        grounds = [(attribute.label, [(g.code, g.label) for g in GROUNDS[attribute]]) for attribute in Attribute]
        self._choose("ground", [("", "请选择"), *(group for group in grounds if group[1])])

    def _choose(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def content(self) -> Content:
        """What was written, as a value; a text without any tag was typed without the editor."""
        values = {name: value for name, value in self.cleaned_data.items() if name != "lock_version"}
        values["joint_issuers"] = [part for part in re.split(r"[、，,;；\s]+", values["joint_issuers"]) if part]
        values |= {name: tuple(values[name]) for name in contents.LISTS}
        body = values.pop("body_html")
        return Content(**values, body_html=body if _TAG.search(body) else rich_text.from_plain(body))

    def show(self, findings: Iterable[Finding]) -> None:
        """Puts findings at their fields; what fits no field stands at the top."""
        for finding in findings:
            place = finding.where[0] if finding.where else ""
            name = "body_html" if place == "body_text" else place
            self.add_error(name if name in self.fields else None, finding.message)


def initial_of(record: Record) -> dict[str, object]:
    """The record as the form shows it."""
    values = {name: getattr(record, name) for name in RecordForm.base_fields}
    return values | {"joint_issuers": contents.COMMA.join(record.joint_issuers)}


def _choices(words: Iterable[str], kept: Iterable[str]) -> list[tuple[str, str]]:
    """The words of the vocabulary, and behind them what an import brought."""
    return [(word, word) for word in dict.fromkeys([*words, *kept])]


def _columns(nodes: Iterable[AgencyNode]) -> list[tuple[str, str]]:
    return [
        ("　" * node.depth + node.title, node.code)[::-1] for node in nodes if node.is_visible and node.takes_records
    ]


class UploadForm(DeskForm):
    """One file with the title under which the public sees it."""

    file = forms.FileField(label="文件", help_text=NO_SECRETS)
    title = forms.CharField(label="附件标题", max_length=200, required=False, help_text="留空时用文件名。")
    cut_ground = forms.ChoiceField(
        label="删减理由",
        required=False,
        choices=[("", "没有删减"), *((ground.code, ground.label) for ground in cuts.GROUNDS if not ground.needs_words)],
        help_text="只上传删减后的文件，理由会写在附件标题后面。",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # It stands on one page with the record's form, which has a title too.
        super().__init__(*args, **{"auto_id": "upload_%s"} | kwargs)


class OpinionForm(DeskForm):
    """The opinion of a reviewer, with the digest of what was read."""

    opinion = forms.CharField(
        label="意见", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 4}), help_text="退回时必填。"
    )
    digest = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, help_text: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["opinion"].help_text = help_text or self.fields["opinion"].help_text


class ClearanceForm(OpinionForm):
    """The conclusion of the secrecy review."""

    verdict = forms.ChoiceField(
        label="审查结论",
        choices=[(verdict.value, verdict.label) for verdict in Verdict],
        widget=forms.RadioSelect,
        help_text="拿不准的选“需报审”，报上级或者保密行政管理部门确定。",
    )
    field_order = ("verdict", "opinion", "digest")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["opinion"].help_text = "结论为“免于公开”“需报审”的必填。"


class PaperForm(DeskForm):
    """What stands on a paper that was signed: who, when, which way, in which words, with the scan."""

    OTHER = "other"
    outcome = forms.ChoiceField(label="签批结论", widget=forms.RadioSelect)
    signer = forms.ChoiceField(label="签批人", widget=forms.RadioSelect)
    signer_name = forms.CharField(label="其他签批人的姓名", max_length=60, required=False)
    signed_on = DayField(label="签批日期", help_text="纸上写的日期。")
    opinion = forms.CharField(
        label="签批意见",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="照纸上的原文录入。",
    )
    scan = forms.FileField(label="签批件扫描件", help_text=f"PDF、JPG或者PNG，只在工作台内留存，不公开。{NO_SECRETS}")
    note = forms.CharField(
        label="日期说明", max_length=300, required=False, help_text="签批日期早于送审日期的，写明原因。"
    )
    digest = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, outcomes: Iterable[tuple[str, str]], signers: Mapping[int, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._signers = {str(person): name for person, name in signers.items()}
        people = [*self._signers.items(), (self.OTHER, "其他人（姓名不在名单中）")]
        self.fields["outcome"].choices = list(outcomes)  # type: ignore[attr-defined]
        self.fields["signer"].choices = people  # type: ignore[attr-defined]

    def sheet(self) -> Sheet:
        """What was typed, with the file as it came."""
        values = self.cleaned_data
        known = self._signers.get(values["signer"])
        signer = Hand(None, values["signer_name"].strip()) if known is None else Hand(int(values["signer"]), known)
        scan = values["scan"]
        names = ("digest", "outcome", "opinion", "signed_on", "note")
        return Sheet(signer=signer, scan=scan, scan_name=scan.name, **{name: values[name] for name in names})


class GroundForm(DeskForm):
    """A reason that will be public."""

    ground = forms.CharField(label="理由", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, label: str = "理由", help_text: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ground"].label, self.fields["ground"].help_text = label, help_text
        self.fields["ground"].error_messages["required"] = f"请填写{label}。"


class PlanForm(DeskForm):
    """Day and time at which something shall happen."""

    day = DayField(label="日期")
    time = forms.TimeField(
        label="时间",
        initial="09:00",
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": "请按“09:00”的样式填写时间。"},
        help_text="到时由系统办理，前后不超过五分钟。",
    )

    def clean(self) -> dict[str, Any]:
        """Adds ``due_at``, the moment on the office's clock."""
        data = dict(self.cleaned_data)
        if "day" in data and "time" in data:
            data["due_at"] = timezone.make_aware(datetime.combine(data["day"], data["time"]))
        return data


class PlannedWithdrawalForm(PlanForm):
    """The same with the ground that the public will read."""

    ground = forms.CharField(
        label="撤下依据",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="到时在原网址上公开，不要写个人信息。",
    )


class PurgeForm(GroundForm):
    """What is to be erased for good, and why."""

    scope = forms.ChoiceField(
        label="清除范围", choices=[(scope.value, scope.label) for scope in Scope], widget=forms.RadioSelect
    )
    field_order = ("scope", "ground")


class ReevaluationForm(DeskForm):
    """Why something still is not published, and when to look again."""

    next_on = DayField(label="下次评估日期")
    opinion = forms.CharField(label="评估意见", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class ValidityForm(DeskForm):
    """How far a document still holds."""

    validity = forms.ChoiceField(label="有效性", choices=list(VALIDITIES.items()), widget=forms.RadioSelect)
    since = DayField(label="自何日起")
    successor = forms.CharField(
        label="替代文件的索引号",
        max_length=80,
        required=False,
        help_text="由新文件替代的填写，原文件页面会链接到新文件。",
    )
    basis = forms.CharField(
        label="依据",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="例如废止决定的文号。",
    )


class ColumnForm(DeskForm):
    """How an agency wants a column."""

    title = forms.CharField(label="本单位用的名称", max_length=120, required=False, help_text="留空时用通用名称。")
    keeper = forms.CharField(label="维护科室", max_length=120, required=False)
    update_period_days = forms.IntegerField(
        label="更新周期（天）", min_value=1, max_value=3660, required=False, help_text="超过这个天数没有更新会提醒。"
    )
    empty_note = forms.CharField(
        label="没有内容时的说明", max_length=200, required=False, help_text="栏目为空时显示在公开页面上。"
    )
    is_hidden = forms.BooleanField(label="在公开页面上隐藏这个栏目", required=False)
    reason = forms.CharField(
        label="隐藏的理由", max_length=200, required=False, help_text="例如“本机关无此项职权”。隐藏时必填。"
    )


class NewColumnForm(DeskForm):
    """An own column below one of the tree."""

    title = forms.CharField(label="栏目名称", max_length=120)
