"""The page of 撤并: which body goes on with what another leaves open, and who goes with it."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from members import succession
from members.models import Organization
from members.periods import today


class SuccessionForm(forms.Form):
    new = forms.ModelChoiceField(
        label="由哪个机构接续", queryset=Organization.objects.none(), empty_label="请选择",
        help_text="没有列出的，请先在“机构”里登记新机构。",
    )  # fmt: skip
    first_day = forms.DateField(
        label="从哪天起", widget=forms.DateInput(attrs={"type": "date"}), help_text="原机构在前一天撤销"
    )
    document = forms.CharField(label="文号", max_length=60, help_text="机构改革方案或撤并通知的文号")
    posts = forms.ModelMultipleChoiceField(
        label="哪些人转到新机构任原职", queryset=None, required=False, widget=forms.CheckboxSelectMultiple,
        help_text="没有勾选的，在原机构的任职到前一天结束。",
    )  # fmt: skip
    checked = forms.BooleanField(label="我已核对：办理后立即生效，不能撤销")

    def __init__(self, *args, old: Organization, **kwargs):
        super().__init__(*args, **kwargs)
        self.old = old
        bodies = Organization.objects.of_kind(old.kind).on(today()).exclude(pk=old.pk)
        self.fields["new"].queryset = bodies
        self.fields["posts"].queryset = succession.posts_of_body(old, today())
        self.fields["posts"].initial = list(self.fields["posts"].queryset.values_list("pk", flat=True))

    def act(self, user) -> str:
        """Does it; returns what is said afterwards. Raises ValidationError."""
        data = self.cleaned_data
        moving = list(data["posts"].select_related("organization"))
        said = succession.refusal(user, self.old, data["new"], moving)
        if said:
            raise ValidationError(said)
        made = succession.prepare(self.old, data["new"], data["first_day"], data["document"], user)
        handed = succession.succeed(made, {post.pk for post in moving})
        return f"{self.old}已并入{data['new']}。{summary(handed)}"


def summary(matters: list[tuple[str, int]]) -> str:
    if not matters:
        return "没有需要接续的事项。"
    return f"已接续：{'，'.join(f'{label} {count} 件' for label, count in matters)}。"


class Succeeding:
    """Goes before the ModelAdmin of organizations."""

    change_form_template = "admin/members/organization.html"

    def get_urls(self):
        view = self.admin_site.admin_view(self.succeed_view)
        return [path("<int:pk>/succeed/", view, name="members_organization_succeed"), *super().get_urls()]

    def succeed_view(self, request, pk: int) -> HttpResponse:
        old = Organization.objects.filter(pk=pk).first()
        if old is None:
            raise Http404("没有这个机构。请从机构列表重新打开。")
        if not (self.has_change_permission(request, old) and request.user.has_perm("members.change_appointment")):
            raise PermissionDenied("您的账号不能办理机构撤并。需要时请联系系统管理员。")
        form = SuccessionForm(request.POST or None, old=old)
        if request.method == "POST" and form.is_valid():
            try:
                messages.success(request, form.act(request.user))
                return HttpResponseRedirect(reverse("admin:members_organization_changelist"))
            except ValidationError as refused:
                form.add_error(None, refused)
        context = {
            **self.admin_site.each_context(request), "opts": self.opts, "original": old, "form": form,
            "title": f"{old}：撤并", "matters": succession.open_matters(old), "button": "办理撤并",
        }  # fmt: skip
        return TemplateResponse(request, "admin/members/succession.html", context, status=400 if form.errors else 200)
