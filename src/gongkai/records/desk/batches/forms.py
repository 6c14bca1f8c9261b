"""The order for many records."""

from django import forms

from gongkai.groundwork.ui.forms import DeskForm
from gongkai.records.domain.batches import BatchAct


class OrderForm(DeskForm):
    """The opinion for all, where the act asks for one."""

    opinion = forms.CharField(
        label="意见",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="对所选的每一条都记录这条意见。",
    )

    def __init__(self, *args: object, act: BatchAct, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if not act.needs_opinion:
            del self.fields["opinion"]
