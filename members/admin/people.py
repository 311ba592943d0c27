from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.urls import reverse
from django.utils.html import format_html

from members import appointing
from members.models import Appointment, Member, Person, User
from members.privacy import reveals
from workflow.admin import TrackedAdmin
from workflow.changes.values import masked

from .filters import InForceFilter
from .forms import AppointmentForm, PersonForm, SeatForm, WithActor
from .importing import RosterPages
from .name_list import NameListPages
from .privacy import NotedContact
from .turnover import SeatActs


class Facts(WithActor, admin.TabularInline):
    """Rows that belong to a person: they end, they are not deleted. Other pages open for the rest of a row."""

    extra = 0
    can_delete = False
    show_change_link = True

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Without the small buttons that add and change what is chosen: there is no room for them here."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(field.widget if field else None, RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        return field


class SeatInline(Facts):
    model = Member
    form = SeatForm
    autocomplete_fields = ["sector", "group"]
    fields = ["term", "number", "sector", "group", "seat_kind", "starts", "ends"]


class AppointmentInline(Facts):
    model = Appointment
    form = AppointmentForm
    autocomplete_fields = ["organization"]
    fields = ["organization", "post", "title", "starts", "ends"]


@admin.register(Person)
class PersonAdmin(NotedContact, WithActor, TrackedAdmin):
    form = PersonForm
    noted_page = reveals.ADMIN_PERSON
    list_display = ["name", "gender", "ethnicity", "employer", "position", "shown_phone"]
    readonly_fields = ["shown_rights"]
    list_filter = ["gender", "party"]
    search_fields = ["name", "pinyin", "initials", "employer"]
    search_help_text = "姓名、拼音、拼音首字母或工作单位"
    inlines = [SeatInline, AppointmentInline]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "name",
                    "pinyin",
                    "stroke_name",
                    "gender",
                    "ethnicity",
                    "born",
                    "native_place",
                    "party",
                    "education",
                ]
            },
        ),
        ("工作和联系", {"fields": ["employer", "position", "phone", "email"]}),
        ("权限", {"fields": ["shown_rights"]}),
    ]

    def refusal_for(self, request, obj) -> str:
        return appointing.person_refusal(request.user, obj)

    def get_fieldsets(self, request, obj=None):
        """Who may only look sees the head and tail of contact data."""
        if self.has_change_permission(request, obj) or obj is None:
            return self.fieldsets
        own, _contact, rights = self.fieldsets
        return [own, ("工作和联系", {"fields": ["employer", "position", "shown_phone", "shown_email"]}), rights]

    @admin.display(description="今天能做什么")
    def shown_rights(self, person: Person) -> str:
        user = User.objects.filter(person=person.pk).first() if person.pk else None
        if user is None:
            return "没有账号，不能登录。"
        return format_html('<a href="{}">查看权限和依据</a>', reverse("admin:members_user_rights", args=[user.pk]))

    @admin.display(description="手机")
    def shown_phone(self, person: Person) -> str:
        return person.masked_phone or "—"

    @admin.display(description="电子邮箱")
    def shown_email(self, person: Person) -> str:
        return masked(person.email) if person.email else "—"


@admin.register(Member)
class MemberAdmin(SeatActs, NameListPages, RosterPages, WithActor, TrackedAdmin):
    form = SeatForm
    list_display = ["number", "person", "term", "sector", "group", "seat_kind", "starts", "ends"]
    list_display_links = ["number", "person"]
    list_filter = ["term", InForceFilter, "seat_kind", "from_ledger"]
    search_fields = ["number", "person__name", "person__pinyin", "person__initials"]
    search_help_text = "委员编号、姓名、拼音或拼音首字母"
    list_select_related = ["person", "term", "sector", "group"]
    autocomplete_fields = ["person", "sector", "group"]
    fieldsets = [
        (None, {"fields": ["person", "term", "number", "sector", "group", "seat_kind"]}),
        (
            "任期",
            {
                "fields": [
                    "starts",
                    "decided_by",
                    "document_number",
                    "ends",
                    "end_reason",
                    "end_document",
                    "end_note",
                    "from_ledger",
                ]
            },
        ),
    ]

    def refusal_for(self, request, obj) -> str:
        return appointing.seat_refusal(request.user, obj.person_id)
