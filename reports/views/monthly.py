"""每月统计邮件: who gets it, and what the next one would say."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from members.periods import today
from members.posts import posts_of
from reports import monthly
from workflow.errors import NotAllowed
from workflow.views import refusal_page

from .figures import crumbs


class RecipientsForm(forms.Form):
    users = forms.TypedMultipleChoiceField(
        label="收件人", coerce=int, required=False, widget=forms.CheckboxSelectMultiple,
        help_text="能看全县统计的人才能选。每月第一个工作日 8:30 起发送；邮件附 Excel 统计表（只有合计数字）；没有登记电子邮箱的，只在消息里收到。",
        error_messages={"invalid_choice": "所选的人不在名单里，请重新勾选。"},
    )  # fmt: skip

    def __init__(self, data=None):
        people = monthly.candidates()
        super().__init__(data, initial={"users": [user.pk for user in people if user.is_chosen]})
        self.fields["users"].choices = [(user.pk, str(user)) for user in people]


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    if not posts_of(request.user).in_proposal_committee("head", "staff"):
        return refusal_page(request, NotAllowed("收件人由提案委的工作人员选定。", "需要收到的，请告诉提案委。"))
    form = RecipientsForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        monthly.choose(form.cleaned_data["users"])
        messages.success(request, f"已保存，每月统计发给 {len(form.cleaned_data['users'])} 人。")
        return redirect("reports:monthly")
    end = today().replace(day=1) - monthly.ONE_DAY
    subject, body, url = monthly.words(end, request.user)
    context = {
        "form": form, "subject": subject, "lines": body.splitlines(), "url": url,
        "due": timezone.localtime(monthly.next_due()),
        "crumbs": crumbs(("统计", reverse("reports:figures")), ("每月统计邮件", "")),
    }  # fmt: skip
    return render(request, "reports/figures/monthly.html", context, status=400 if form.errors else 200)
