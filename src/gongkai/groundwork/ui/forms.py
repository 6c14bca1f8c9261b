"""Forms of the desk: messages in the words of the office, one look for all widgets."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField

_CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxSelectMultiple, "form-check-input"),
    (forms.RadioSelect, "form-check-input"),
    (forms.CheckboxInput, "form-check-input"),
    (forms.Select, "form-select"),
    (forms.Widget, "form-control"),
)


class DeskForm(forms.Form):
    """A form whose errors name the field. Checks run on the server; the browser's own bubbles stay away."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if field.error_messages["required"] != forms.Field.default_error_messages["required"]:
                continue  # the form has its own words
            verb = "选择" if isinstance(field, forms.ChoiceField | forms.FileField) else "填写"
            field.error_messages["required"] = f"请{verb}{field.label}。"


class DayField(forms.DateField):
    """A day, typed or picked."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        kwargs.setdefault("error_messages", {"invalid": "请按“2026-01-31”的样式填写日期。"})
        super().__init__(**kwargs)


def is_group(bound: BoundField) -> bool:
    """Whether the field is a set of buttons under one legend."""
    return isinstance(bound.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)


def is_tick(bound: BoundField) -> bool:
    """Whether the field is a single tick, whose label stands behind it."""
    return isinstance(bound.field.widget, forms.CheckboxInput)


def widget_html(bound: BoundField) -> str:
    """The widget with the classes of the kit; help and error are wired by Django through ``aria-describedby``."""
    widget = bound.field.widget
    look = next(name for kind, name in _CLASSES if isinstance(widget, kind))
    own = str(widget.attrs.get("class", ""))
    wrong = " is-invalid" if bound.errors else ""
    attrs: dict[str, str | bool] = {"class": f"{look} {own}".strip() + wrong}
    if bound.field.required and not is_group(bound):
        attrs["aria-required"] = "true"
    return str(bound.as_widget(attrs=attrs))
