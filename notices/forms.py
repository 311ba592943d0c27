from django import forms


class SettingsForm(forms.Form):
    email = forms.BooleanField(label="同时发电子邮件提醒我", required=False, help_text="站内消息始终会收到，不能关闭。")
