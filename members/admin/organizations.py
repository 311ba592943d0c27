from django.contrib import admin, messages

from members import appointing
from members.models import Appointment, Organization
from workflow.admin import TrackedAdmin

from .filters import InForceFilter
from .forms import AppointmentForm, OrganizationForm, WithActor
from .succession import Succeeding


@admin.register(Organization)
class OrganizationAdmin(Succeeding, WithActor, TrackedAdmin):
    form = OrganizationForm
    list_display = ["name", "short_name", "kind", "system", "letter_code", "parent", "starts", "ends"]
    list_filter = ["kind", "system", InForceFilter]
    search_fields = ["name", "short_name", "pinyin", "initials", "letter_code"]
    search_help_text = "名称、简称、拼音、拼音首字母或发文代字"
    list_select_related = ["parent"]
    autocomplete_fields = ["parent"]
    readonly_fields = ["successor", "end_document"]
    fieldsets = [
        (None, {"fields": ["kind", "name", "short_name", "system", "letter_code", "parent", "order"]}),
        ("起止", {"fields": ["starts", "ends", "successor", "end_document"]}),
        ("识别", {"fields": ["pinyin", "code"], "classes": ["collapse"]}),
    ]


@admin.register(Appointment)
class AppointmentAdmin(WithActor, TrackedAdmin):
    form = AppointmentForm
    list_display = ["person", "organization", "post", "title", "starts", "ends"]
    list_filter = ["post", "organization__kind", InForceFilter]
    search_fields = ["person__name", "person__pinyin", "organization__name", "organization__pinyin"]
    search_help_text = "姓名、机构名称或拼音"
    list_select_related = ["person", "organization"]
    autocomplete_fields = ["person", "organization"]

    def refusal_for(self, request, obj) -> str:
        return appointing.appointment_refusal(request.user, obj)

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if sentence := appointing.both_posts(obj):
            messages.warning(request, sentence)
