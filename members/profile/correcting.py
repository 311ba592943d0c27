"""The form of a correction, and what it checks, which holds for the staff's forms too. It saves nothing."""

import re

from django import forms
from django.core.exceptions import ValidationError

from members.models import Person, User
from members.personal_numbers import ID_NUMBER, MOBILE, bare_phone

from .fields import CORRECTABLE

BORN = re.compile(r"^(19|20)\d\d-(0[1-9]|1[0-2])$")
ID_REFUSED = "像身份证号。本系统不收身份证号，请删去。"
PHONE_TAKEN = "这个手机号已登记在另一人名下或用于另一账号。请核对；确是您本人的，请联系政协办公室。"


class PersonalForm(forms.ModelForm):
    """What every form with somebody's personal data checks: the person's own and the staff's."""

    def clean_born(self) -> str:
        born = self.cleaned_data["born"]
        if born and born != self.instance.born and not BORN.match(born):
            raise ValidationError("请写成四位年、两位月，例如 1975-03。")
        return born

    def clean_phone(self) -> str:
        phone = bare_phone(self.cleaned_data["phone"])
        if phone == bare_phone(self.instance.phone):
            return self.instance.phone  # what is there already is no request of theirs
        if not phone:
            return self.without_phone()
        check_mobile(phone)
        if phone_taken(phone, self.instance.pk):
            raise ValidationError(PHONE_TAKEN)
        return phone

    def without_phone(self) -> str:
        return ""

    def clean(self) -> dict:
        super().clean()
        for name, value in list(self.cleaned_data.items()):
            if ID_NUMBER.search(str(value)):
                self.add_error(name, ID_REFUSED)
        return self.cleaned_data


class CorrectionForm(PersonalForm):
    """All items a person may correct. `instance` is whose they are."""

    class Meta:
        model = Person
        fields = CORRECTABLE
        labels = {"born": "出生年月", "phone": "手机"}
        help_texts = {"born": "例如 1975-03", "phone": "11 位手机号。与登录手机相同的，采纳后登录也用新号码。"}
        error_messages = {"email": {"invalid": "邮箱地址不完整。请写成 name@example.com 的样子。"}}
        widgets = {
            "phone": forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "numeric"}),
            "email": forms.EmailInput(attrs={"autocomplete": "email"}),
            "employer": forms.TextInput(attrs={"autocomplete": "organization"}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["gender"].choices = [("", "请选择"), *Person._meta.get_field("gender").choices]

    def without_phone(self) -> str:
        raise ValidationError("手机不能为空。请填写现在使用的手机号。")


def check_mobile(phone: str) -> None:
    if not MOBILE.match(phone):
        raise ValidationError("不是手机号：应是 1 开头的 11 位数字。请核对。")


def phone_taken(phone: str, person_id: int | None, account_id: int | None = None) -> bool:
    """Whether somebody else is registered, or logs in, with this number. `account_id`: an account that may have no person."""
    others = (User.objects.exclude(person=person_id) | User.objects.filter(person=None)).exclude(pk=account_id)
    if Person.objects.filter(phone=phone).exclude(pk=person_id).exists():
        return True
    return others.filter(phone=phone).exists() or others.filter(username=phone).exists()


def form_for(person: Person, given: dict | None = None) -> CorrectionForm:
    """With what is waiting filled in; `given` may leave items out, they stay as they are."""
    fresh = Person.objects.get(pk=person.pk)  # a model form writes into its instance
    now = {**{field: getattr(fresh, field) for field in CORRECTABLE}, **waiting_values(person)}
    return CorrectionForm(None if given is None else {**now, **given}, instance=fresh, initial=now)


def waiting_values(person: Person) -> dict[str, str]:
    return dict(person.profile_changes.waiting().values_list("field", "new"))
