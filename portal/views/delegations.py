"""代为起草: whom I let draft for me, and for whom I may draft."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.views.decorators.http import require_POST
from django.views.generic import FormView

from members import delegating
from members.models import Delegation
from members.periods import today
from members.posts import posts_of


class GrantForm(forms.Form):
    name = forms.CharField(label="姓名", max_length=40, help_text="代您起草的人，须有本系统的账号")
    account = forms.CharField(label="对方的账号或登录手机", max_length=40)
    ends = forms.DateField(
        label="到哪天为止", widget=forms.DateInput(attrs={"type": "date"}), help_text="最长一年，随时可以收回"
    )

    def __init__(self, user, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean(self) -> dict:
        data = super().clean()
        if not self.errors:
            self.granted = delegating.grant(self.user, data["name"], data["account"], data["ends"])
        return data


class Delegations(FormView):
    form_class = GrantForm
    template_name = "portal/delegations.html"
    success_url = reverse_lazy("delegations")

    def get_form_kwargs(self) -> dict:
        return {**super().get_form_kwargs(), "user": self.request.user}

    def get_context_data(self, **kwargs) -> dict:
        person = self.request.user.person_id
        given = Delegation.objects.on(today()).filter(grantor=person).select_related("secretary")
        return super().get_context_data(
            given=given, held=delegating.held(person), is_member=posts_of(self.request.user).is_member, **kwargs
        )

    def form_valid(self, form) -> HttpResponse:
        messages.success(
            self.request,
            f"已授权{form.granted.secretary}代您起草提案，到 {form.granted.ends:%Y-%m-%d} 为止。对方不能替您提交、联名和评价。",
        )
        return super().form_valid(form)

    def form_invalid(self, form) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=400)


@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    if not delegating.revoke(request.user, pk):
        raise Http404("这项授权已经收回或到期，请返回列表查看。")
    messages.success(request, "授权已收回，对方从现在起看不到您的草稿。已经起草的文字都在您的名下。")
    return redirect("delegations")
