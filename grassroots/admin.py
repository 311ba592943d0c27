"""Rooms are kept here; matters and what was released are looked at. Acts are done on the portal's own pages."""

from django.contrib import admin
from django.db.models import Q

from workflow.admin import CaseAdmin, ChoiceFilter, ReadOnlyAdmin, TrackedAdmin
from workflow.admin.log import WithDoor

from . import wording
from .models import Consensus, ContactView, Matter, Meeting, Onwarding, Rating, Release, Venue
from .states import State
from .venues import hosts_of


class MatterStateFilter(ChoiceFilter):
    title, parameter_name, column, fixed = "状态", "state", "state", State.choices


@admin.register(Venue)
class VenueAdmin(TrackedAdmin):
    list_display = ["organization", "kind", "level", "township", "upper", "place", "takes_matters"]
    list_filter = ["kind", "level", "takes_matters"]
    search_fields = ["organization__name", "place"]
    search_help_text = "名称或地点里的词"
    list_select_related = ["organization", "township", "upper__organization"]
    autocomplete_fields = ["organization"]
    ordering = ["organization__order", "pk"]
    readonly_fields = ["hosts"]

    @admin.display(description="召集人（在“任职”里按“负责人”登记）")
    def hosts(self, venue: Venue) -> str:
        return "、".join(hosts_of([venue]).get(venue.pk, [])) or "没有" if venue.pk else ""


@admin.register(Matter)
class MatterAdmin(CaseAdmin):
    list_display = ["receipt", "shown_title", "venue", "source", "category", "shown_state", "due_on"]
    list_display_links = ["receipt", "shown_title"]
    list_filter = [MatterStateFilter, "source", "category"]
    search_fields = ["receipt", "title", "public_title"]
    search_help_text = "议题编号或标题里的词"
    ordering = ["-pk"]
    # The citizen's name and number are for the people of the room only.
    fields = [
        "receipt", "source", "venue", "category", "title", "public_title", "public_text", "place", "received_at",
        "findings", "answer", "round", "due_on", "closed_on", "contact_deleted_at",
    ]  # fmt: skip
    bulk_acts = ()

    @admin.display(description="议题")
    def shown_title(self, matter: Matter) -> str:
        return str(matter)

    @admin.display(description="状态", ordering="state")
    def shown_state(self, matter: Matter) -> str:
        return matter.get_state_display()

    def text_of(self, matter: Matter) -> str:
        return f"{matter.receipt} {matter}"

    def consequence(self, row) -> str:
        return wording.CONSEQUENCES.get(row.act, "")

    def queues(self) -> dict:
        states = (State.WAITING, State.SELECTED, State.MINUTES, State.AGREED, State.HANDLING, State.DONE)
        return {state.label: ({"state": state.value}, Q(state=state)) for state in states}


@admin.register(Release)
class ReleaseAdmin(ReadOnlyAdmin):
    list_display = ["title", "matter", "released_at", "released_by", "withdrawn_at"]
    search_fields = ["title", "matter__receipt"]
    search_help_text = "公开的标题或议题编号"
    list_select_related = ["matter", "released_by__person"]
    ordering = ["-released_at", "-pk"]
    fields = [
        "matter", "title", "text", "findings", "not_agreed", "answer", "released_by", "released_at", "withdrawn_at",
        "withdrawn_because",
    ]  # fmt: skip


class OfMatters(ReadOnlyAdmin):
    """Rows that belong to a matter: written by its acts, looked at here."""

    search_fields = ["matter__receipt", "matter__title", "matter__public_title"]
    search_help_text = "议题编号或标题里的词"
    list_select_related = ["matter"]

    @admin.display(description="议题编号", ordering="matter__receipt")
    def receipt(self, row) -> str:
        return row.matter.receipt


@admin.register(Meeting)
class MeetingAdmin(OfMatters):
    list_display = ["receipt", "matter", "venue", "held_on", "host_name", "people", "signed_at"]
    list_display_links = ["receipt", "matter"]
    list_filter = ["held_on"]
    list_select_related = ["matter", "venue__organization"]
    ordering = ["-held_on", "-pk"]
    fields = [
        "receipt", "matter", "venue", "held_on", "place", "host_name", "members", "stakeholders", "departments",
        "citizens", "experts", "talks", "not_agreed", "recorded_by", "recorded_at", "signed_by", "signed_at",
    ]  # fmt: skip

    @admin.display(description="参加人次")
    def people(self, row: Meeting) -> int:
        return row.people


@admin.register(Consensus)
class ConsensusAdmin(OfMatters):
    list_display = ["receipt", "text", "unit", "responsible", "due_on", "progress", "ended_on"]
    list_display_links = ["receipt", "text"]
    list_filter = ["progress", "due_on"]
    list_select_related = ["matter", "unit"]
    search_fields = [*OfMatters.search_fields, "unit__name"]
    search_help_text = "议题编号、标题里的词或责任单位"
    ordering = ["-pk"]
    fields = ["receipt", "matter", "position", "text", "unit", "responsible", "due_on", "progress", "ended_on"]


@admin.register(Rating)
class RatingAdmin(OfMatters):
    list_display = ["receipt", "matter", "round", "verdict", "way", "at", "is_late"]
    list_display_links = ["receipt", "matter"]
    list_filter = ["verdict", "way", "is_late", "at"]
    ordering = ["-at", "-pk"]
    fields = [*list_display[:4], "text", *list_display[4:]]


@admin.register(Onwarding)
class OnwardingAdmin(OfMatters):
    list_display = ["receipt", "matter", "way", "person", "at", "called"]
    list_display_links = ["receipt", "matter"]
    list_filter = ["way", "at"]
    list_select_related = ["matter", "person"]
    ordering = ["-at", "-pk"]
    fields = [*list_display, "suggestions", "converted_at"]


@admin.register(ContactView)
class ContactViewAdmin(WithDoor, ReadOnlyAdmin):
    list_display = ["receipt", "user", "at", "shown_door", "ip"]
    search_fields = ["matter__receipt"]
    search_help_text = "议题编号"
    list_select_related = ["matter", "user__person"]
    ordering = ["-pk"]
    fields = ["receipt", "user", "at", "shown_door", "ip"]

    @admin.display(description="议题编号", ordering="matter__receipt")
    def receipt(self, row: ContactView) -> str:
        return row.matter.receipt
