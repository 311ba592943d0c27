"""Where staff change the words of mails and SMS: the words in force in the boxes, a preview, and the way back."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.safestring import mark_safe

from workflow.admin.tracked import TrackedAdmin

from . import kinds, texts
from .models import NoticeText

WORDS = ("subject", "plain", "html")
SMS = ("sms_fields", "aliyun_template", "tencent_template")
BOXES = ("subject", "plain", "sms_fields")  # which show the default as long as they hold nothing of their own
OWN = (*BOXES, "html")


class NoticeTextForm(forms.ModelForm):
    """The boxes show the words in force. What is left as the default stands is kept as "the default"."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in BOXES:
            if name in self.fields and not self.initial.get(name):
                self.initial[name] = texts.default(self.instance.kind, name)

    def clean(self):
        cleaned = super().clean()
        for name in BOXES:
            given = cleaned.get(name)
            if given is not None and _plain(given) == texts.default(self.instance.kind, name):
                cleaned[name] = ""
        return cleaned


def _plain(text: str) -> str:
    """Browsers send other line ends than we keep."""
    return text.replace("\r\n", "\n").strip()


@admin.register(NoticeText)
class NoticeTextAdmin(TrackedAdmin):
    form = NoticeTextForm
    change_form_template = "admin/notices/text.html"
    list_display = ["label", "is_default", "aliyun_template", "tencent_template"]
    actions = ["reset"]

    @admin.display(description="消息种类")
    def label(self, row: NoticeText) -> str:
        return texts.label(row.kind)

    @admin.display(description="使用默认文字", boolean=True)
    def is_default(self, row: NoticeText) -> bool:
        return not any(getattr(row, name) for name in OWN)

    def get_fieldsets(self, request, obj=None):
        known = "；".join(f"{{{name}}}：{texts.ABOUT[name]}" for name in texts.fields_of(obj.kind)) if obj else ""
        words = (
            f"邮件：{texts.label(obj.kind)}" if obj else "邮件",
            {"fields": WORDS, "description": f"可用的字段：{known}。"},
        )
        if obj and obj.kind == kinds.DIGEST:
            return [words]
        about = "短信的文字是在服务商那里审核通过的模板，这里填模板编号和变量的次序。"
        return [words, ("短信", {"fields": SMS, "description": about})]

    def has_add_permission(self, request) -> bool:
        return False

    def has_reset_permission(self, request) -> bool:
        return request.user.has_perm("notices.change_noticetext")

    @admin.action(description="恢复默认文字", permissions=["reset"])
    def reset(self, request, queryset):
        count = queryset.update(**dict.fromkeys(OWN, ""))
        messages.success(request, f"{count} 种消息已恢复默认文字；短信模板编号没有动。")

    def change_view(self, request: HttpRequest, object_id: str, form_url="", extra_context=None) -> HttpResponse:
        """Also the two buttons that do not save: the preview, and the way back to the default."""
        row = self.get_object(request, object_id)
        button = next((name for name in ("_preview", "_reset") if name in request.POST), "")
        if row is None or not button:
            return super().change_view(request, object_id, form_url, extra_context)
        if not self.has_change_permission(request, row):
            raise PermissionDenied
        if button == "_preview":
            return self._preview(request, row)
        self.reset(request, NoticeText.objects.filter(pk=row.pk))
        return redirect(request.path)

    def _preview(self, request: HttpRequest, row: NoticeText) -> HttpResponse:
        """How a mail would look with what stands in the boxes; nothing is kept."""
        form = self.get_form(request, row, change=True)(request.POST, instance=row)
        said = texts.sample(form.instance) if form.is_valid() else None
        context = {
            **self.admin_site.each_context(request), "opts": self.opts, "original": row, "title": "预览", "form": form,
            "said": said, "html": mark_safe(said["html"]) if said else "",  # passed texts.problems
        }  # fmt: skip
        return TemplateResponse(request, "admin/notices/preview.html", context)
