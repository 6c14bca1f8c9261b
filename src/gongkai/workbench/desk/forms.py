"""Forms of what crosses contexts."""

from datetime import date
from typing import Any

from django import forms

from gongkai.accounts import selectors as accounts
from gongkai.accounts.domain.duties import Duty
from gongkai.accounts.viewer import Seat
from gongkai.groundwork.ui.forms import DeskForm
from gongkai.workbench.services import handing_over


class HandoverForm(DeskForm):
    """Who hands over to whom, and why. Without the duty the giver is oneself."""

    from_id = forms.TypedChoiceField(label="移交人", coerce=int)
    to_id = forms.TypedChoiceField(label="接收人", coerce=int, help_text="在本单位任承办人的同事。")
    reason = forms.CharField(
        label="交接原因", max_length=handing_over.LONGEST_REASON, help_text="例如：调离、长期外出、分工调整。"
    )

    def __init__(self, *args: Any, seat: Seat, user_id: int, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [(str(user.pk), user.name) for user in accounts.colleagues(seat.agency_id, on=today)]
        givers = people if seat.may(Duty.HAND_OVER) else [pair for pair in people if pair[0] == str(user_id)]
        self.fields["from_id"].choices = [("", "请选择"), *givers]  # type: ignore[attr-defined]
        self.fields["to_id"].choices = [("", "请选择"), *people]  # type: ignore[attr-defined]

    def wish(self) -> handing_over.Wish:
        """What was chosen."""
        return handing_over.Wish(**self.cleaned_data)
