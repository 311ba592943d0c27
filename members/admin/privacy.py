"""For the audit: who agreed to what, who looked at whose telephone number, who took a copy of their data."""

from django.contrib import admin

from members.models import Consent, ContactReveal, DataExport
from members.privacy import reveals
from workflow.admin import ChoiceFilter, ReadOnlyAdmin
from workflow.admin.log import WithDoor


class Kept(WithDoor, ReadOnlyAdmin):
    """Rows that never change."""

    list_select_related = ["person"]
    search_help_text = "姓名、拼音或拼音首字母"
    search_fields = ["person__name", "person__pinyin", "person__initials"]


@admin.register(Consent)
class ConsentAdmin(Kept):
    list_display = ["at", "person", "kind", "given", "version", "shown_door", "ip"]
    list_filter = ["kind", "given", "version"]
    fields = list_display


class PageFilter(ChoiceFilter):
    title, parameter_name = "所在页面", "page"

    def choices_of(self, request):
        return [(page, page) for page in reveals.PAGES]


@admin.register(ContactReveal)
class ContactRevealAdmin(Kept):
    list_display = ["at", "user", "person", "page", "shown_door", "ip"]
    list_filter = [PageFilter, "at"]
    list_select_related = ["person", "user__person"]
    search_fields = ["person__name", "person__pinyin", "user__person__name", "user__username"]
    search_help_text = "查看人或被查看人的姓名"
    fields = list_display


@admin.register(DataExport)
class DataExportAdmin(Kept):
    list_display = ["at", "person", "shown_door", "ip"]
    fields = list_display


class NotedContact:
    """Goes before a ModelAdmin whose form shows a whole number to whoever may change it: each look is noted."""

    noted_page = ""

    def noted_person(self, obj):
        """Whose number the form shows; None when there is none."""
        return obj if obj.phone else None

    def change_view(self, request, object_id, form_url="", extra_context=None):
        response = super().change_view(request, object_id, form_url, extra_context)
        if request.method == "GET" and response.status_code == 200:
            self._note(request, self.get_object(request, object_id))
        return response

    def _note(self, request, obj) -> None:
        person = self.noted_person(obj) if obj is not None else None
        own = person is not None and person.pk == request.user.person_id
        if person and not own and self.shows_number(request, obj):
            reveals.note(request.user, person, self.noted_page)

    def shows_number(self, request, obj) -> bool:
        return self.has_change_permission(request, obj)
