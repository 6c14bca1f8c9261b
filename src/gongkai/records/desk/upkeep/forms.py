"""What a keeper does with the ticked columns."""

from collections.abc import Mapping
from typing import Any

from django import forms

from gongkai.groundwork.ui.forms import DeskForm
from gongkai.records.domain import freshness

HIDE, NOTE, PERIOD = "hide", "set_note", "set_period"


def _offered(words: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(word, word) for word in words]


class ActForm(DeskForm):
    """One act on several columns; which fields count depends on the button."""

    reason = forms.ChoiceField(label="隐藏的理由", choices=_offered(freshness.HIDING_REASONS), required=False)
    reason_words = forms.CharField(label="或者另写理由", max_length=200, required=False)
    note = forms.ChoiceField(label="为空的说明", choices=_offered(freshness.EMPTY_NOTES), required=False)
    note_words = forms.CharField(label="或者另写说明", max_length=200, required=False)
    period = forms.IntegerField(label="更新周期（天）", min_value=1, max_value=3660, required=False)

    def __init__(self, *args: Any, act: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.act = act

    def clean(self) -> dict[str, Any]:
        if self.act == PERIOD and not self.errors and self.cleaned_data.get("period") is None:
            self.add_error("period", "请填写更新周期。")
        return self.cleaned_data

    def changes(self) -> Mapping[str, object]:
        """The fields of a wish that change."""
        data = self.cleaned_data
        if self.act == HIDE:
            reason = data["reason_words"] or data["reason"] or freshness.HIDING_REASONS[0]
            return {"is_hidden": True, "reason": reason}
        if self.act == NOTE:
            return {"empty_note": data["note_words"] or data["note"] or freshness.EMPTY_NOTES[0]}
        return {"update_period_days": data["period"]}
