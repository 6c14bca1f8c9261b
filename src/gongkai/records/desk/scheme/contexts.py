"""The scheme in words, and its versions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from gongkai.accounts.domain.posts import Post
from gongkai.records.desk.scheme.forms import SchemeForm
from gongkai.records.domain.stages import Scheme, Stage, UnsoundScheme
from gongkai.records.models import ReviewScheme


@dataclass(frozen=True)
class SchemeLine:
    """One version of the scheme in words."""

    version: int
    chain: str
    distinct_persons: int
    valid_from: datetime
    is_current: bool


@dataclass(frozen=True)
class SchemePage:
    """The form, what it means in sentences or why it cannot work, and all versions."""

    form: SchemeForm
    sentences: tuple[str, ...]
    unsound: str
    versions: tuple[SchemeLine, ...]


def scheme_page(form: SchemeForm, versions: Sequence[ReviewScheme], names: Mapping[str, str]) -> SchemePage:
    """``names`` are those of the superior offices by code."""
    return SchemePage(form, *_meaning(form, names), tuple(_lines(versions, names)))


def sentences(scheme: Scheme, names: Mapping[str, str]) -> tuple[str, ...]:
    """What happens to a record, stage by stage."""
    found = ["承办人起草，提交审核。", *(_sentence(stage, names) for stage in scheme.stages)]
    found.append("保密审查与审核同时办理，没有“可以公开”的结论不能发布，紧急发布也一样。")
    found.append(f"连起草人在内，至少{scheme.distinct_persons}个人经手。")
    skipped = [stage.label for stage in scheme.stages if stage.is_skippable]
    if skipped:
        left = "、".join(stage.label for stage in scheme.urgent.stages)
        found.append(f"紧急发布时只经{left}和保密审查，{'、'.join(skipped)}在发布后补办。")
    else:
        found.append("没有可以后补的环节，紧急发布时各环节照常办理。")
    return tuple(found)


def _meaning(form: SchemeForm, names: Mapping[str, str]) -> tuple[tuple[str, ...], str]:
    if not form.is_valid():
        return (), ""
    try:
        return sentences(form.scheme(), names), ""
    except UnsoundScheme as error:
        return (), str(error)


def _sentence(stage: Stage, names: Mapping[str, str]) -> str:
    place = names.get(stage.held_at, "本单位") if stage.held_at else "本单位"
    note = "，对方只看得到送到这一环节的信息" if stage.held_at else ""
    return f"{stage.label}：由{place}的{Post(stage.post).label}办理{note}。"


def _lines(versions: Sequence[ReviewScheme], names: Mapping[str, str]) -> list[SchemeLine]:
    return [
        SchemeLine(
            version=row.version,
            chain=" → ".join(("起草", *(_link(stage, names) for stage in row.stages))),
            distinct_persons=row.distinct_persons,
            valid_from=row.valid_from,
            is_current=place == 0,
        )
        for place, row in enumerate(versions)
    ]


def _link(stage: Mapping[str, str], names: Mapping[str, str]) -> str:
    notes = [names.get(stage["held_at"], stage["held_at"])] if stage.get("held_at") else []
    notes += ["紧急时后补"] if stage.get("is_skippable") else []
    return f"{stage['label']}（{'，'.join(notes)}）" if notes else stage["label"]
