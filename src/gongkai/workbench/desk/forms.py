"""Forms of what crosses contexts."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from gongkai.accounts import selectors as accounts
from gongkai.accounts.domain.duties import Duty
from gongkai.accounts.viewer import Seat
from gongkai.groundwork.notifications.message import WEBHOOKS, Channel
from gongkai.groundwork.ui.forms import DayField, DeskForm
from gongkai.workbench.services import handing_over, reaching


class ContactsForm(DeskForm):
    """Up to three contacts, a row each; an empty row is no contact."""

    def __init__(self, *args: Any, people: Sequence[reaching.Person] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for place in range(1, reaching.MOST_CONTACTS + 1):
            for name, label, longest in (("name", "姓名", 60), ("phone", "手机", 20), ("mail", "电子邮件", 120)):
                self.fields[f"{name}_{place}"] = forms.CharField(
                    label=f"联系人{place}{label}", max_length=longest, required=False
                )
        for place, person in enumerate(people, start=1):
            values = {"name": person.name, "phone": person.phone, "mail": person.mail}
            self.initial.update({f"{name}_{place}": value for name, value in values.items()})

    @property
    def rows(self) -> list[list[forms.BoundField]]:
        """The fields of each contact."""
        names = ("name", "phone", "mail")
        return [[self[f"{name}_{place}"] for name in names] for place in range(1, reaching.MOST_CONTACTS + 1)]

    def people(self) -> list[reaching.Person]:
        """What was typed, without empty rows."""
        values = self.cleaned_data
        rows = [
            reaching.Person(name=values[f"name_{n}"], phone=values[f"phone_{n}"], mail=values[f"mail_{n}"])
            for n in range(1, reaching.MOST_CONTACTS + 1)
        ]
        return [row for row in rows if row.name or row.phone or row.mail]


class WebhookForm(DeskForm):
    """Where reminders are posted."""

    channel = forms.ChoiceField(
        label="接收方式", choices=[("", "请选择"), *((channel.value, channel.label) for channel in WEBHOOKS)]
    )
    name = forms.CharField(label="名称", max_length=60, help_text="例如：办公室工作群。")
    address = forms.CharField(
        label="地址", max_length=500, help_text="群机器人的完整地址，以 https:// 开头。保存后不再显示。"
    )
    secret = forms.CharField(
        label="密钥",
        max_length=200,
        required=False,
        help_text="钉钉机器人选用“加签”的，填写加签密钥；签名回调必填。保存后不再显示。",
    )

    def receiver(self) -> reaching.Receiver:
        """What was typed."""
        return reaching.Receiver(**self.cleaned_data | {"channel": Channel(self.cleaned_data["channel"])})


class UntilForm(DeskForm):
    """Up to which day."""

    until = DayField(label="截至")


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
