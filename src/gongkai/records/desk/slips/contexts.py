"""What is printed on a slip: the document, each opinion with who signed it and how, the conclusion, the code."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.urls import reverse
from django.utils import timezone

from gongkai.accounts.viewer import Seat
from gongkai.groundwork.ui.parts import Fact
from gongkai.records.desk.contexts import case
from gongkai.records.desk.slips.codes import Code, code_of
from gongkai.records.domain.attributes import Attribute
from gongkai.records.domain.stages import CLEARANCE, DEFAULT, SIGN_OFF, Scheme
from gongkai.records.models import Decision, RecordVersion, ReviewScheme
from gongkai.records.models.plan import RELEASE
from gongkai.records.selectors.case_file import CaseFile
from gongkai.records.services import freezing
from gongkai.records.services.clearance import Verdict

_OUTCOMES = {"approve": "同意。", "return": "退回修改。", "correct": "要求更正。", "withdraw": "要求撤下。"}


class Kind(StrEnum):
    APPROVAL = "approval"
    SECRECY = "secrecy"

    @property
    def label(self) -> str:
        return {"approval": "政府信息公开审批单", "secrecy": "政府信息公开保密审查单"}[self.value]


@dataclass(frozen=True)
class Opinion:
    """One box: whose turn it was, what was said, who signed when; ``marks`` say 代, 代办, 纸质签批."""

    label: str
    words: str
    signer: str
    signed: str
    marks: tuple[str, ...]


@dataclass(frozen=True)
class Slip:
    title: str
    unit: str
    version: int
    note: str
    facts: tuple[Fact, ...]
    opinions: tuple[Opinion, ...]
    # The possible conclusions of the secrecy review, and which of them was reached.
    verdicts: tuple[tuple[str, bool], ...]
    principles: str
    digest: str
    code: Code
    case_url: str
    other_url: str
    other_title: str


@dataclass(frozen=True)
class Result:
    """What the check of a code says; ``facts`` and ``slip_url`` only where the paper is true."""

    sentence: str
    facts: tuple[Fact, ...] = ()
    slip_url: str = ""

    @property
    def is_true(self) -> bool:
        return bool(self.slip_url)


def slip(kind: Kind, found: CaseFile, schemes: Sequence[ReviewScheme], number: int, seat: Seat) -> Slip | None:
    """None where the record has no such version."""
    version = next((each for each in found.versions if each.number == number), None)
    if version is None:
        return None
    conclusion = _clearance(found, version)
    is_secrecy = kind is Kind.SECRECY
    scheme = _scheme_of(version, schemes)
    opinions = _secrecy(found, version, scheme, conclusion) if is_secrecy else _approval(found, version, scheme)
    other = Kind.APPROVAL if is_secrecy else Kind.SECRECY
    return Slip(
        title=kind.label,
        unit=seat.agency_name,
        version=version.number,
        note=_standing(found, version),
        facts=tuple(_facts(found, version)),
        opinions=tuple(opinions),
        verdicts=tuple((each.label, conclusion is not None and conclusion.outcome == each) for each in Verdict)
        if is_secrecy
        else (),
        principles="先审查后公开　谁公开谁负责　一事一审" if is_secrecy else "",
        digest=version.digest,
        code=code_of(found.record.pk, version.number, version.digest),
        case_url=_url("case", seat, record_id=found.record.pk),
        other_url=_url(f"{other}_slip", seat, record_id=found.record.pk, version_number=number),
        other_title=other.label,
    )


def verified(found: CaseFile | None, code: Code, seat: Seat) -> Result:
    version = next((each for each in found.versions if each.number == code.version), None) if found else None
    if found is None or version is None:
        return Result("本单位没有这份材料，请核对核验码和单位。")
    if not version.digest.startswith(code.digest):
        return Result("核验码与系统中保存的内容不一致，这份材料不能作准。")
    if version.purged_at is None and freezing.digest_of(version) != version.digest:
        return Result("系统中保存的内容与其摘要不一致，请联系审计管理员。")
    return Result(
        "核验码与系统中保存的内容一致。各环节意见以打开的电子单为准。",
        facts=(
            Fact(label="标题", value=str(version.content["metadata"].get("title", ""))),
            Fact(label="稿次", value=f"第{version.number}稿，{_moment(version.frozen_at)}送审"),
            Fact(label="现状", value=_standing(found, version)),
        ),
        slip_url=_url("approval_slip", seat, record_id=found.record.pk, version_number=version.number),
    )


def _scheme_of(version: RecordVersion, schemes: Sequence[ReviewScheme]) -> Scheme:
    """The one in force when the version was submitted; ``schemes`` come newest first."""
    row = next((row for row in schemes if row.valid_from <= version.frozen_at), None)
    return Scheme.read(row.stages, row.distinct_persons) if row else DEFAULT


def _facts(found: CaseFile, version: RecordVersion) -> Iterator[Fact]:
    metadata, record = version.content["metadata"], found.record
    number = str(metadata.get("document_number", ""))
    yield Fact(label="信息标题", value=str(metadata.get("title", "")))
    yield Fact(label="发文字号", value=number or "无")
    yield Fact(label="载体", value="☑公文　☐非公文" if number else "☐公文　☑非公文")
    yield Fact(label="拟公开方式", value=Attribute(str(metadata["attribute"])).label)
    yield Fact(label="拟公开日期", value=_planned(found))
    yield Fact(label="附件", value=f"{len(version.content['files'])}件" if version.content["files"] else "无")
    yield Fact(label="承办", value=f"{version.author_name}，{_moment(version.frozen_at)}送审")
    if record.index_number:
        yield Fact(label="索引号", value=record.index_number)


def _planned(found: CaseFile) -> str:
    record = found.record
    if record.published_at is not None:
        return f"已于{_moment(record.published_at)}首次公开"
    planned = next((plan.due_at for plan in found.plans if plan.kind == RELEASE), None)
    if planned is not None:
        return f"定于{_moment(planned)}公开"
    return f"审签后即时公开，不晚于{_day(record.due_on)}" if record.due_on else "审签后即时公开"


def _approval(found: CaseFile, version: RecordVersion, scheme: Scheme) -> Iterator[Opinion]:
    owed = {each.stage: each for each in found.follow_ups if each.version_id == version.pk}
    for stage in scheme.stages:
        decision = _last(found, version, stage.code)
        missing = "紧急发布时略过，发布后补办。" if stage.code in owed else ""
        yield _opinion(stage.label, decision, missing)
    conclusion = _clearance(found, version)
    words = Verdict(conclusion.outcome).label if conclusion else ""
    yield _opinion("保密审查结论", conclusion, "", prefix=f"{words}。" if words else "")


def _secrecy(found: CaseFile, version: RecordVersion, scheme: Scheme, conclusion: Decision | None) -> Iterator[Opinion]:
    """The three steps of the secrecy review: by the producing section, by the reviewer, by the leader in charge."""
    first = next((stage for stage in scheme.stages if stage.code != SIGN_OFF), None)
    if first is None:
        yield Opinion("初审", "本人承办，已逐项核对。", version.author_name, _moment(version.frozen_at), ())
    else:
        yield _opinion(f"初审（{first.label}）", _last(found, version, first.code), "")
    words = f"{Verdict(conclusion.outcome).label}。" if conclusion else ""
    yield _opinion("复审（保密审查）", conclusion, "", prefix=words)
    yield _opinion("批准（单位负责人）", _last(found, version, SIGN_OFF), "")


def _opinion(label: str, decision: Decision | None, missing: str, *, prefix: str = "") -> Opinion:
    if decision is None:
        return Opinion(label, missing, "", "", ())
    words = (prefix or _OUTCOMES.get(decision.outcome, "")) + decision.opinion
    return Opinion(
        label=label,
        words=decision.opinion if decision.opinion and not prefix and decision.outcome == "approve" else words,
        signer=f"{decision.decider_name}（{case.post_of(decision)}）",
        signed=_day(decision.signed_on) if decision.is_on_paper else _moment(decision.decided_at),
        marks=tuple(_marks(decision)),
    )


def _marks(decision: Decision) -> Iterator[str]:
    if decision.is_on_paper:
        yield f"纸质签批，{decision.recorder_name}于{_moment(decision.decided_at)}录入"
    if decision.is_on_behalf:
        yield "代办"
    if decision.as_deputy:
        yield "代"


def _last(found: CaseFile, version: RecordVersion, stage: str) -> Decision | None:
    """The last decision at the stage on this version; rounds before and after are on slips of their own."""
    taken = [each for each in found.decisions if each.version_id == version.pk and each.stage == stage]
    return taken[-1] if taken else None


def _clearance(found: CaseFile, version: RecordVersion) -> Decision | None:
    """The conclusion on this content; it holds for every version that is the same to the byte."""
    taken = [each for each in found.decisions if each.stage == CLEARANCE and each.digest == version.digest]
    return next((each for each in reversed(taken) if each.is_valid), taken[-1] if taken else None)


def _standing(found: CaseFile, version: RecordVersion) -> str:
    record, newest = found.record, found.versions[0].number
    if version.purged_at is not None:
        return "本稿内容已按规定清除，只保留摘要和审批经过"
    if version.number == record.released_number:
        return "本稿已撤下" if record.withdrawn_at else "本稿为现行公开的内容"
    return "本稿在办" if version.number == newest else f"本稿已由第{version.number + 1}稿替代"


def _url(name: str, seat: Seat, **arguments: object) -> str:
    return reverse(f"records:{name}", kwargs={"agency_code": seat.agency_code, **arguments})


def _moment(value: datetime) -> str:
    local = timezone.localtime(value)
    return f"{local.year}年{local.month}月{local.day}日{local:%H:%M}"


def _day(value: date | None) -> str:
    return f"{value.year}年{value.month}月{value.day}日" if value else ""
