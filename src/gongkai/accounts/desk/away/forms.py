"""Forms for absences."""

from datetime import date
from typing import Any

from django import forms

from gongkai.accounts import selectors
from gongkai.accounts.services.standing_in import Days
from gongkai.groundwork.ui.forms import DayField, DeskForm


class AbsenceForm(DeskForm):
    """The days of one's own absence."""

    first_day = DayField(label="外出第一天")
    last_day = DayField(label="外出最后一天", help_text="含当日。次日起恢复由本人办理。")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("first_day", today)

    def days(self) -> Days:
        """What was typed."""
        return Days(first=self.cleaned_data["first_day"], last=self.cleaned_data["last_day"])


class ColleagueAbsenceForm(AbsenceForm):
    """The days of a colleague's absence, for who keeps them at the agency."""

    person_id = forms.TypedChoiceField(label="人员", coerce=int)
    field_order = ("person_id", "first_day", "last_day")

    def __init__(self, *args: Any, agency_id: int, today: date, **kwargs: Any) -> None:
        super().__init__(*args, today=today, **kwargs)
        people = [(str(user.pk), user.name) for user in selectors.colleagues(agency_id, on=today)]
        self.fields["person_id"].choices = [("", "请选择"), *people]  # type: ignore[attr-defined]
