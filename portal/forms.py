"""Log-in and password forms in the words of the house."""

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.password_validation import password_validators_help_text_html
from django.core.exceptions import ValidationError

from members import passwords
from members.models import User


class LoginForm(AuthenticationForm):
    error_messages = {
        "invalid_login": "账号或密码不正确。请核对后重新输入；忘记密码请联系提案委工作人员重置。",
        "inactive": "这个账号已停用。请联系提案委工作人员。",
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "账号或手机号"
        self.fields["username"].error_messages["required"] = "请输入账号或手机号。"
        self.fields["password"].label = "密码"
        self.fields["password"].error_messages["required"] = "请输入密码。"


def _password(label: str, missing: str, autocomplete: str, **kwargs) -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, strip=False, widget=widget, error_messages={"required": missing}, **kwargs)


class OwnPasswordForm(forms.Form):
    """Changes the password in `clean`, by the verb of members, and only when everything else is right."""

    old_password = _password("现在的密码", "请输入现在的密码。", "current-password")
    new_password = _password("新密码", "请输入新密码。", "new-password", help_text=password_validators_help_text_html())
    again = _password("再输一次新密码", "请再输一次新密码。", "new-password")

    def __init__(self, user: User, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean(self) -> dict:
        given = super().clean()
        if self.errors:
            return given
        if given["new_password"] != given["again"]:
            raise ValidationError({"again": "两次输入的新密码不一样，请重新输入。"})
        passwords.change(self.user, given["old_password"], given["new_password"])
        return given
