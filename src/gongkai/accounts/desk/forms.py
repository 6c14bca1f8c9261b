"""Forms for signing in and for the own account."""

from django import forms

from gongkai.groundwork.ui.forms import DeskForm

_CURRENT = forms.PasswordInput(attrs={"autocomplete": "current-password"})


def _new_password() -> forms.PasswordInput:
    return forms.PasswordInput(attrs={"autocomplete": "new-password"})


class SignInForm(DeskForm):
    """Name, password and, for those who use it, the code."""

    username = forms.CharField(
        label="用户名", max_length=60, widget=forms.TextInput(attrs={"autocomplete": "username", "autofocus": True})
    )
    password = forms.CharField(label="密码", max_length=128, strip=False, widget=_CURRENT)
    code = forms.CharField(
        label="动态口令",
        max_length=8,
        required=False,
        help_text="已启用动态口令的填写，其他人员留空。",
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class PasswordForm(DeskForm):
    """The old password once, the new one twice."""

    old = forms.CharField(label="原密码", max_length=128, strip=False, widget=_CURRENT)
    new = forms.CharField(
        label="新密码",
        max_length=200,
        strip=False,
        widget=_new_password(),
        help_text="至少10位，包含大写字母、小写字母、数字、符号中的三种，不含用户名和姓名。",
    )
    again = forms.CharField(
        label="再输入一次新密码",
        max_length=200,
        strip=False,
        widget=_new_password(),
        error_messages={"required": "请再输入一次新密码。"},
    )

    def clean(self) -> dict[str, object]:
        """The two must be the same."""
        values = super().clean() or self.cleaned_data
        if values.get("new") and values.get("again") and values["new"] != values["again"]:
            self.add_error("again", "两次输入的新密码不一致。")
        return values


class CodeForm(DeskForm):
    """A code from the authenticator."""

    code = forms.CharField(
        label="动态口令",
        max_length=8,
        help_text="手机上显示的6位数字。",
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class OwnPasswordForm(DeskForm):
    """The own password, asked for before something that weakens the account."""

    password = forms.CharField(label="密码", max_length=128, strip=False, widget=_CURRENT)
