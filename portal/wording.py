"""Django's own sentences about fields and passwords, said as the house says them: what is wrong and what to do."""

from django import forms
from django.contrib.auth import password_validation as passwords
from django.core import validators

# Class -> {code: sentence}. Forms that say it better for one field keep their own words.
FIELD_SENTENCES = {
    forms.Field: {"required": "请填写这一项。"},
    forms.BooleanField: {"required": "请勾选这一项后再提交。"},
    forms.ChoiceField: {"required": "请选择一项。", "invalid_choice": "“%(value)s”不在可选范围内，请重新选择。"},
    forms.MultipleChoiceField: {"required": "请至少选择一项。"},
    forms.ModelChoiceField: {"required": "请选择一项。", "invalid_choice": "所选的一项已不可用，请重新选择。"},
    forms.IntegerField: {"invalid": "请填写整数，例如 12。"},
    forms.DecimalField: {"invalid": "请填写数字，例如 12.5。"},
    forms.DateField: {"required": "请填写日期。", "invalid": "日期写法不对，请写成 2026-03-05 的样子。"},
    forms.TimeField: {"invalid": "时间写法不对，请写成 14:30 的样子。"},
    forms.DateTimeField: {"invalid": "时间写法不对，请写成 2026-03-05 14:30 的样子。"},
    forms.FileField: {"required": "请选择要上传的文件。", "empty": "这个文件是空的，请重新选择。"},
}
VALIDATOR_SENTENCES = {
    validators.MaxLengthValidator: "最多 %(limit_value)d 个字，现在有 %(show_value)d 个，请删减。",
    validators.MinLengthValidator: "至少 %(limit_value)d 个字，现在只有 %(show_value)d 个，请补充。",
    validators.MaxValueValidator: "不能大于 %(limit_value)s。",
    validators.MinValueValidator: "不能小于 %(limit_value)s。",
    validators.EmailValidator: "邮箱写法不对，请写成 name@example.cn 的样子。",
}
# Validator -> (refusal, advice); both may name what the validator was set up with.
PASSWORD_SENTENCES = {
    passwords.MinimumLengthValidator: ("密码太短，至少要 {0.min_length} 位。", "至少 {0.min_length} 位。"),
    passwords.CommonPasswordValidator: ("这个密码太常见，容易被人猜中，请换一个。", "不要用常见的密码。"),
    passwords.NumericPasswordValidator: ("密码不能只有数字，请加上字母。", "不能只有数字。"),
    passwords.UserAttributeSimilarityValidator: (
        "密码与您的%(verbose_name)s太像，请换一个。",
        "不要与账号、姓名相似。",
    ),
}


def apply() -> None:
    """Called once, before any app's forms are read: a field takes its sentences over when it is declared."""
    for field, sentences in FIELD_SENTENCES.items():
        field.default_error_messages = {**field.__dict__.get("default_error_messages", {}), **sentences}
    for validator, sentence in VALIDATOR_SENTENCES.items():
        validator.message = sentence
    for validator, (refusal, advice) in PASSWORD_SENTENCES.items():
        validator.get_error_message = lambda self, sentence=refusal: sentence.format(self)
        validator.get_help_text = lambda self, sentence=advice: sentence.format(self)
