"""The filter of the audit trail."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from gongkai.agencies.models import Agency
from gongkai.config.desk.trail import words
from gongkai.groundwork.ui.forms import DayField, DeskForm


class TrailForm(DeskForm):
    """Everything may stay empty."""

    person = forms.CharField(label="人员", max_length=100, required=False)
    agency = forms.ChoiceField(label="单位", required=False)
    action = forms.ChoiceField(label="事项", required=False)
    subject = forms.ChoiceField(label="对象", required=False)
    subject_id = forms.CharField(label="对象编号", max_length=64, required=False)
    since = DayField(label="自", required=False)
    until = DayField(label="至", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agencies = Agency.objects.order_by("sort_order", "id").values_list("code", "short_name")
        self.fields["agency"].choices = [("", "全部"), *agencies]  # type: ignore[attr-defined]
        self.fields["action"].choices = [("", "全部"), *words.ACTIONS.items()]  # type: ignore[attr-defined]
        self.fields["subject"].choices = [("", "全部"), *words.SUBJECTS.items()]  # type: ignore[attr-defined]

    def conditions(self) -> dict[str, object]:
        """The filter as conditions on the trail; what cannot be read does not filter."""
        if not self.is_bound:
            return {}
        self.full_clean()
        chosen = self.cleaned_data
        wanted = {
            "actor_name": chosen.get("person"),
            "agency_code": chosen.get("agency"),
            "action": chosen.get("action"),
            "subject_type": chosen.get("subject"),
            "subject_id": chosen.get("subject_id"),
        }
        found: dict[str, object] = {name: value for name, value in wanted.items() if value}
        if since := chosen.get("since"):
            found["at__gte"] = timezone.make_aware(datetime.combine(since, time()))
        if until := chosen.get("until"):
            found["at__lt"] = timezone.make_aware(datetime.combine(until + timedelta(days=1), time()))
        return found
