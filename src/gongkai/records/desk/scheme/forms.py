"""The form of a review scheme: a row for each stage before the signature, and how many persons take part."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from gongkai.accounts.domain.posts import Post
from gongkai.agencies.models import Agency
from gongkai.groundwork.ui.forms import DeskForm
from gongkai.records.domain.stages import CLEARANCE, DEFAULT, MOST_STAGES, REVIEW_POSTS, SIGN_OFF, Scheme, Stage

_CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")
_FIELDS = ("code", "label", "post", "held_at", "is_skippable")


class StageForm(DeskForm):
    """One stage before the signature."""

    code = forms.CharField(widget=forms.HiddenInput, required=False)
    label = forms.CharField(label="环节名称", max_length=40)
    post = forms.ChoiceField(label="办理岗位", choices=[(post.value, post.label) for post in REVIEW_POSTS])
    held_at = forms.ChoiceField(label="办理单位", required=False)
    is_skippable = forms.BooleanField(label="紧急发布时可以先发布、后补审", required=False)

    def __init__(self, *args: Any, superiors: Sequence[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = [("", "本单位"), *((agency.code, f"上级：{agency.name}") for agency in superiors)]
        self.fields["held_at"].choices = places  # type: ignore[attr-defined]

    def stage(self) -> Stage:
        return Stage(**self.cleaned_data)


class PersonsForm(DeskForm):
    """How many different persons take part."""

    distinct_persons = forms.IntegerField(
        label="至少几个人经手（含起草人）",
        min_value=2,
        max_value=MOST_STAGES + 1,
        help_text="起草、修改过的人不能审核、签发，也不能作保密审查，这一条不能放宽。",
    )


class SchemeForm:
    """The rows and the number together. Buttons that add, move or drop a row change the rows and save nothing."""

    def __init__(self, data: QueryDict | None, *, current: Scheme, superiors: Sequence[Agency]) -> None:
        self._superiors, self._current = superiors, current
        self._is_bound = data is not None
        persons = {"distinct_persons": current.distinct_persons}
        operation = data.get("op", "") if data is not None else ""
        self.is_saving = operation == "save"
        rows = _rows_of(current) if data is None else _arranged(_typed(data), operation)
        self.stages = [self._row(place, row, is_bound=data is not None) for place, row in enumerate(rows)]
        self.persons = PersonsForm(data, initial=persons)
        self.refusal = ""

    def is_valid(self) -> bool:
        """Whether every row says what it must; asking all of them shows all errors at once."""
        return not self._is_bound or all([*(row.is_valid() for row in self.stages), self.persons.is_valid()])

    def scheme(self) -> Scheme:
        """What was put together; before that the one in force. Raises `UnsoundScheme`."""
        if not self._is_bound:
            return self._current
        rows = tuple(row.stage() for row in self.stages)
        return Scheme((*rows, DEFAULT.stages[-1]), self.persons.cleaned_data["distinct_persons"])

    @property
    def may_grow(self) -> bool:
        return len(self.stages) + 1 < MOST_STAGES

    def _row(self, place: int, row: Mapping[str, Any], *, is_bound: bool) -> StageForm:
        data = {f"stage-{place}-{name}": row[name] for name in _FIELDS if row.get(name)}
        prefix = f"stage-{place}"
        if is_bound and row["label"] is not None:
            return StageForm(data, prefix=prefix, superiors=self._superiors)
        return StageForm(initial=row, prefix=prefix, superiors=self._superiors)


def _rows_of(scheme: Scheme) -> list[dict[str, Any]]:
    return [vars(stage) for stage in scheme.stages[:-1]]


def _typed(data: QueryDict) -> list[dict[str, Any]]:
    """The rows as they were sent; a code that we did not give is given anew."""
    rows: list[dict[str, Any]] = []
    for place in range(MOST_STAGES - 1):
        if f"stage-{place}-label" not in data:
            break
        row: dict[str, Any] = {name: data.get(f"stage-{place}-{name}", "") for name in _FIELDS}
        taken = {other["code"] for other in rows} | {SIGN_OFF, CLEARANCE}
        if not _CODE.fullmatch(row["code"]) or row["code"] in taken:
            row["code"] = _free_code(taken)
        rows.append(row)
    return rows


def _arranged(rows: list[dict[str, Any]], operation: str) -> list[dict[str, Any]]:
    verb, _, number = operation.partition("-")
    place = int(number) if number.isdigit() else -1
    if verb == "add" and len(rows) + 1 < MOST_STAGES:
        code = _free_code({row["code"] for row in rows})
        rows.append({"code": code, "label": None, "post": Post.DISCLOSURE_OFFICER.value})
    elif verb == "remove" and 0 <= place < len(rows):
        rows.pop(place)
    elif verb == "up" and 0 < place < len(rows):
        rows[place - 1], rows[place] = rows[place], rows[place - 1]
    elif verb == "down" and 0 <= place < len(rows) - 1:
        rows[place + 1], rows[place] = rows[place], rows[place + 1]
    return rows


def _free_code(taken: set[str]) -> str:
    return next(code for number in range(1, MOST_STAGES + 2) if (code := f"stage_{number}") not in taken)
