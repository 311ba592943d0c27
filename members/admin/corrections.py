"""资料更正申请: old and new side by side, accepted or not by whoever may change people; one or many at once."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from members.models import Outcome, Person, ProfileChange
from members.privacy import reveals
from members.profile import deciding
from members.profile.fields import NOTHING, words
from workflow.admin import ChoiceFilter, ReadOnlyAdmin
from workflow.changes.values import MASKED, masked

MOST = 100
NONE_CHOSEN = "没有选中待核对的申请。请在列表中勾选后再办。"


class OutcomeFilter(ChoiceFilter):
    title, parameter_name, fixed = "结果", "outcome", Outcome.choices


class FieldFilter(ChoiceFilter):
    title, parameter_name = "项目", "field"

    def choices_of(self, request):
        fields = ProfileChange.objects.order_by("field").values_list("field", flat=True)
        return [(name, str(Person._meta.get_field(name).verbose_name)) for name in dict.fromkeys(fields)]


class DecisionForm(forms.Form):
    reason = forms.CharField(
        label="不采纳的理由", required=False, max_length=200, help_text="不采纳时必填，本人会在消息里看到；采纳时不用填。",
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip


@admin.register(ProfileChange)
class ProfileChangeAdmin(ReadOnlyAdmin):
    change_form_template = "admin/members/correction.html"
    list_display = ["person", "shown_field", "shown_old", "shown_new", "shown_now", "requested_at", "outcome"]
    list_filter = [OutcomeFilter, FieldFilter]
    list_select_related = ["person"]
    search_fields = ["person__name", "person__pinyin", "person__initials"]
    search_help_text = "姓名、拼音或拼音首字母"
    actions = ["decide_chosen"]
    fields = [
        "person", "shown_field", "shown_old", "shown_new", "shown_now", "requested_at", "outcome", "decided_by", "decided_at",
        "reason",
    ]  # fmt: skip

    # --- columns ---
    @admin.display(description="项目", ordering="field")
    def shown_field(self, change: ProfileChange) -> str:
        return change.label

    @admin.display(description="申请时")
    def shown_old(self, change: ProfileChange) -> str:
        return self._text(change, change.old)

    @admin.display(description="申请改为")
    def shown_new(self, change: ProfileChange) -> str:
        return self._text(change, change.new)

    @admin.display(description="现在")
    def shown_now(self, change: ProfileChange) -> str:
        now = getattr(change.person, change.field)
        return f"{self._text(change, now)}{'（申请后有变动）' if self.has_moved(change) else ''}"

    @staticmethod
    def has_moved(change: ProfileChange) -> bool:
        return change.is_waiting and getattr(change.person, change.field) not in (change.old, change.new)

    @staticmethod
    def _text(change: ProfileChange, value: str) -> str:
        """Lists show head and tail of contact data only; the page of a decision shows what is decided."""
        return (masked(value) if change.field in MASKED and value else words(change.field, value)) or NOTHING

    # --- who may ---
    def may_decide(self, request) -> bool:
        return request.user.has_perm(deciding.RIGHT)

    has_decide_permission = may_decide

    # --- the queue on the index ---
    def counted_queues(self, request) -> list[dict]:
        count = ProfileChange.objects.waiting().count() if self.may_decide(request) else 0
        url = f"{reverse('admin:members_profilechange_changelist')}?outcome={Outcome.WAITING}"
        return [{"label": "待核对", "count": count, "url": url}] if count else []

    # --- deciding ---
    def get_urls(self):
        view = self.admin_site.admin_view(self.decide_view)
        return [path("decide/", view, name="members_profilechange_decide"), *super().get_urls()]

    @admin.action(description="核对（所选）", permissions=["decide"])
    def decide_chosen(self, request, queryset) -> HttpResponse | None:
        chosen = list(self._waiting(queryset.values_list("pk", flat=True)))
        if chosen:
            return self._page(request, chosen[:MOST], DecisionForm())
        messages.warning(request, NONE_CHOSEN)
        return None

    def decide_view(self, request) -> HttpResponse:
        """GET with ?id= shows one; POST with `id`s and a button decides."""
        if not self.may_decide(request):
            raise PermissionDenied(deciding.NOT_YOURS)
        ids = (request.POST if request.method == "POST" else request.GET).getlist("id")
        chosen = list(self._waiting(int(pk) for pk in ids[:MOST] if pk.isdecimal() and len(pk) < 19))
        if not chosen:
            messages.warning(request, NONE_CHOSEN)
            return HttpResponseRedirect(reverse("admin:members_profilechange_changelist"))
        form = DecisionForm(request.POST if request.method == "POST" else None)
        accepts = "accept" in request.POST
        if request.method == "POST" and form.is_valid() and (accepts or self._has_reason(form)):
            return self._carry_out(request, chosen, accepts, form.cleaned_data["reason"])
        return self._page(request, chosen, form)

    @staticmethod
    def _has_reason(form: DecisionForm) -> bool:
        if not form.cleaned_data["reason"]:
            form.add_error("reason", deciding.REASON_MISSING)
        return form.is_valid()

    @staticmethod
    def _waiting(ids):
        return (
            ProfileChange.objects.waiting().filter(pk__in=list(ids)).select_related("person").order_by("person", "pk")
        )

    def _carry_out(self, request, chosen, accepts: bool, reason: str) -> HttpResponse:
        results = deciding.decide_many(chosen, request.user, accepts, reason)
        done = sum(not result.refusal for result in results)
        if done:
            messages.success(request, f"已{'采纳' if accepts else '退回'} {done} 项，本人会收到消息。")
        for result in results:
            if result.refusal:
                messages.warning(request, f"{result.change}：{result.refusal}")
        return HttpResponseRedirect(reverse("admin:members_profilechange_changelist"))

    def _page(self, request, chosen, form) -> HttpResponse:
        for change in chosen:
            if change.field == "phone" and change.person_id != request.user.person_id:
                reveals.note(request.user, change.person, reveals.ADMIN_CORRECTION)
        rows = [
            {"change": one, "old": words(one.field, one.old), "new": words(one.field, one.new),
             "now": words(one.field, getattr(one.person, one.field)), "moved": self.has_moved(one)}
            for one in chosen
        ]  # fmt: skip
        context = {
            **self.admin_site.each_context(request), "opts": self.opts, "rows": rows, "form": form,
            "title": f"核对资料更正：{len(rows)} 项",
        }  # fmt: skip
        return TemplateResponse(request, "admin/members/decide.html", context, status=400 if form.errors else 200)

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        context["may_decide"] = obj is not None and obj.is_waiting and self.may_decide(request)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)
