"""The form of the mail test."""

from django import forms

from gongkai.groundwork.ui.forms import DeskForm


class TestMailForm(DeskForm):
    """Where the test goes."""

    address = forms.EmailField(label="收件地址", max_length=120, help_text="填写您能查收的邮箱。")
