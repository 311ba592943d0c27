"""What the audit reads: every act on every case, and every changed field of people, accounts and rules."""

from django import forms
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, path, reverse
from django.utils.html import format_html_join

from workflow import chain, changes, door, wiped
from workflow.models import Event
from workflow.transition import all_processes, process_named

from .filters import ChoiceFilter
from .reading import ReadOnlyAdmin

DOORS = {door.PORTAL: "门户", door.API: "接口", door.ADMIN: "后台", door.COMMAND: "命令", door.TASK: "定时任务"}
ORIGINS = {"portal": "本系统", "ledger": "台账导入", "demo": "演示数据"}
PER_PAGE = 50


class WithDoor:
    """A list of the audit: by which door it was done, in words."""

    @admin.display(description="入口")
    def shown_door(self, row) -> str:
        return DOORS.get(row.door, row.door)


class ProcessFilter(ChoiceFilter):
    title, parameter_name = "事项", "process"

    def choices_of(self, request):
        return [(process.name, process.title) for process in all_processes()]


class DoorFilter(ChoiceFilter):
    title, parameter_name = "入口", "door"

    def choices_of(self, request):
        return DOORS.items()


class OriginFilter(ChoiceFilter):
    title, parameter_name = "来源", "origin"

    def choices_of(self, request):
        return ORIGINS.items()


@admin.register(Event)
class EventAdmin(WithDoor, ReadOnlyAdmin):
    """The log of all cases, for the audit; the database refuses any change to it."""

    list_display = ["happened_at", "what", "label", "who", "shown_door", "ip"]
    list_filter = [ProcessFilter, DoorFilter, OriginFilter, "happened_at"]
    search_fields = ["actor_name", "on_behalf_of", "label", "=case_id"]
    search_help_text = "按操作人、动作名称或事项编号查找"
    ordering = ["-pk"]
    list_per_page = PER_PAGE
    fields = [
        "what", "label", "states", "actor_name", "capacity", "on_behalf_of", "shown_reason", "shown", "happened_at",
        "recorded_at", "shown_origin", "shown_door", "ip", "sequence", "is_whole",
    ]  # fmt: skip

    @admin.display(description="事项", ordering="case_id")
    def what(self, event: Event) -> str:
        process = process_named(event.process)
        own = (
            ""
            if event.process == event.case_process
            else f"（{process_named(event.case_process).title} {event.case_id}）"
        )
        return f"{process.title} {event.object_id}{own}"

    @admin.display(description="何人", ordering="actor_name")
    def who(self, event: Event) -> str:
        for_whom = f"（代 {event.on_behalf_of}）" if event.on_behalf_of else ""
        return f"{event.actor_name}{for_whom} {event.capacity}".strip()

    @admin.display(description="来源")
    def shown_origin(self, event: Event) -> str:
        return ORIGINS.get(event.origin, event.origin)

    @admin.display(description="状态")
    def states(self, event: Event) -> str:
        labels = [process_named(event.process).states(s).label for s in (event.from_state, event.to_state) if s]
        return " → ".join(dict.fromkeys(labels))

    @admin.display(description="理由")
    def shown_reason(self, event: Event) -> str:
        return (wiped.GONE if wiped.is_wiped(event) else event.reason) if event.reason else "—"

    @admin.display(description="填写内容")
    def shown(self, event: Event) -> str:
        if wiped.is_wiped(event):
            return wiped.GONE
        return format_html_join("", "<div>{}：{}</div>", event.data.get("shown", [])) or "—"

    @admin.display(description="校验")
    def is_whole(self, event: Event) -> str:
        if chain.digest(event) == event.hash:
            return "内容与校验值一致"
        return "内容与校验值不一致，请立即报告系统管理员核查"

    # --- fields of people, accounts and rules ---
    def get_urls(self):
        view = self.admin_site.admin_view(self.fields_view)
        return [path("fields/", view, name="workflow_event_fields"), *super().get_urls()]

    def fields_view(self, request):
        if not self.has_view_permission(request):
            raise PermissionDenied
        form = WantedForm(request.GET or None)
        wanted = form.wanted() if form.is_valid() else changes.Wanted()
        page = Paginator(changes.everything(wanted), PER_PAGE).get_page(request.GET.get("p"))
        query = request.GET.copy()
        query.pop("p", None)
        context = {
            **self.admin_site.each_context(request), "opts": self.opts, "title": "字段修改记录", "form": form,
            "page": page, "entries": linked(page.object_list), "query": query.urlencode(),
        }  # fmt: skip
        return TemplateResponse(request, "admin/workflow/all_fields.html", context)


class WantedForm(forms.Form):
    """The filter of the field changes."""

    label = forms.ChoiceField(label="对象", required=False)
    action = forms.ChoiceField(
        label="动作", required=False,
        choices=[("", "全部"), ("insert", "新增"), ("update", "修改"), ("delete", "删除")],
    )  # fmt: skip
    who = forms.CharField(label="操作人（账号）", required=False, max_length=40)
    since = forms.DateField(label="从", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label="到", required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["label"].choices = [("", "全部"), *changes.titles()]

    def clean_who(self):
        name = self.cleaned_data["who"].strip()
        if not name:
            return None
        user = get_user_model().objects.filter(username=name).values_list("pk", flat=True).first()
        if user is None:
            raise forms.ValidationError("没有这个账号，请核对后再查。")
        return user

    def wanted(self) -> changes.Wanted:
        data = self.cleaned_data
        return changes.Wanted(data["label"], data["action"], data["who"], data["since"], data["until"])


def linked(entries) -> list[tuple[changes.Entry, str]]:
    """Each entry with the address of its row's own history, where the admin has one."""
    return [(entry, _address(entry)) for entry in entries]


def _address(entry: changes.Entry) -> str:
    try:
        return reverse(f"admin:{entry.label.replace('.', '_')}_history", args=[entry.key])
    except NoReverseMatch:
        return ""
