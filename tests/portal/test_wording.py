"""Django's refusals in the words of the house."""

import pytest
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from portal.wording import FIELD_SENTENCES
from tests.factories import people
from workflow.transition import process_named

OWN = {sentences["required"] for sentences in FIELD_SENTENCES.values() if "required" in sentences}


class Every(forms.Form):
    text = forms.CharField(max_length=3)
    number = forms.IntegerField(max_value=5)
    day = forms.DateField()
    agreed = forms.BooleanField()
    kind = forms.ChoiceField(choices=[("a", "个人")])


def test_missing_fields():
    assert {name: errors[0] for name, errors in Every({}).errors.items()} == {
        "text": "请填写这一项。",
        "number": "请填写这一项。",
        "day": "请填写日期。",
        "agreed": "请勾选这一项后再提交。",
        "kind": "请选择一项。",
    }


def test_wrong_values():
    given = {"text": "很长很长", "number": "9", "day": "三月五日", "agreed": "on", "kind": "b"}
    assert {name: errors[0] for name, errors in Every(given).errors.items()} == {
        "text": "最多 3 个字，现在有 4 个，请删减。",
        "number": "不能大于 5。",
        "day": "日期写法不对，请写成 2026-03-05 的样子。",
        "kind": "“b”不在可选范围内，请重新选择。",
    }


TOO_PLAIN = "密码太简单，大写字母、小写字母、数字、符号中至少要有三种，汉字算符号。"


@pytest.mark.django_db
def test_passwords():
    user = people.user("周明远", phone="13900000001")
    user.username = "zhoumingyuan"
    for password, sentences in {
        "Aa-1": ["密码太短，至少要 10 位。"],
        "90210736451": ["密码不能只有数字，请加上字母。", TOO_PLAIN],
        "password123": ["这个密码太常见，容易被人猜中，请换一个。", TOO_PLAIN],
        "Zhoumingyuan1": ["密码与您的账号太像，请换一个。"],
    }.items():
        with pytest.raises(ValidationError) as refused:
            validate_password(password, user)
        assert refused.value.messages == sentences


@pytest.mark.parametrize("process", ["proposal", "assignment"])
def test_the_forms_of_acts_say_it_too(process):
    """They are declared before the portal is ready."""
    fields = [
        (row.act, name, field)
        for row in process_named(process).transitions if row.form
        for name, field in row.form.base_fields.items() if field.required
    ]  # fmt: skip
    assert fields
    foreign = [(act, name) for act, name, f in fields if str(f.error_messages["required"]) not in OWN]
    assert foreign == []
