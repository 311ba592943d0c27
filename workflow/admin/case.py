"""Cases in the admin: their rows through `visible_to`, changed only by acts through the engine."""

from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse

from workflow.engine import Option, available
from workflow.models import Event
from workflow.querysets import roles_on
from workflow.transition import Transition, process_named
from workflow.views import ActView
from workflow.wiped import without_wiped

from .acting import AdminAct
from .bulk import BulkActs
from .reading import ReadOnlyAdmin


class ActPage(AdminAct, ActView):
    """The page of an act that needs no files."""


class CaseAdmin(BulkActs, ReadOnlyAdmin):
    """A case: its list, its page with the acts as buttons, its acts on many rows.

    A subclass gives the columns, `bulk_acts`, and what its page shows (`sections`).
    """

    change_list_template = "admin/workflow/cases.html"
    change_form_template = "admin/workflow/case.html"
    list_per_page = 50
    list_max_show_all = 200
    act_view = ActPage
    # Codes of refusals that mean "not for this case" or "done already": no button for those.
    pointless: frozenset[str] = frozenset()

    @property
    def process(self):
        return process_named(self.model.process_name)

    def get_queryset(self, request):
        rows = self.model.objects.for_list().visible_to(request.user).with_roles_of(request.user)
        ordering = self.get_ordering(request)
        return rows.order_by(*ordering) if ordering else rows

    def url(self, name: str, *args) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{name}", args=args)

    # --- what an app says ---
    def text_of(self, case) -> str:
        """How the case is called in lists and sentences."""
        return str(case)

    def consequence(self, row: Transition) -> str:
        """What follows from the act, in one sentence."""
        return ""

    def queues(self) -> dict[str, tuple[dict, Q]]:
        """The links above the list: label → (what the address asks for, which rows that means)."""
        return {}

    def page_context(self, request, case) -> dict:
        """What the page of the case shows besides its fields, acts and events."""
        return {}

    def events(self, case, user=None) -> list[dict]:
        """The log as this reader may see it, oldest first: a row's `seen_by` counts here too.

        Each: at, who, capacity, on_behalf_of, label, state (when it changed), reason, shown (pairs).
        """
        held = roles_on(case)
        events = Event.objects.filter(case_process=case.root_model().process_name, case_id=case.root_id)
        events = without_wiped(events.order_by("sequence"))
        events = [event for event in events if (event.process, event.object_id) == (self.process.name, case.pk)]
        events = self.readable(events, user)
        return [self._entry(event) for event in events if self._may_see(event, held)]

    def readable(self, events: list[Event], user) -> list[Event]:
        """The events, those whose words this reader may not read yet without them."""
        return events

    def _entry(self, event: Event) -> dict:
        moved = event.from_state != event.to_state
        return {
            "at": event.happened_at, "who": event.actor_name, "capacity": event.capacity,
            "on_behalf_of": event.on_behalf_of, "label": event.label, "reason": event.reason,
            "state": self.process.states(event.to_state).label if moved else "",
            "shown": event.data.get("shown", []),
        }  # fmt: skip

    def _may_see(self, event: Event, held: frozenset[str]) -> bool:
        rows = self.process.rows_of(event.act)
        limited = rows[0].seen_by if rows else ()
        return not limited or bool(held & set(limited))

    # --- the list ---
    def changelist_view(self, request, extra_context=None):
        extra = {"title": self.opts.verbose_name_plural, **(extra_context or {})}
        if request.method == "GET" and self.has_view_permission(request):
            extra["queues"] = self.counted_queues(request)
        return super().changelist_view(request, extra)

    def counted_queues(self, request) -> list[dict]:
        """Each queue with its count and address; those with nothing in them are left out. One query."""
        queues, here = self.queues(), request.GET.dict()
        rows = self.model.objects.visible_to(request.user).order_by()
        counts = rows.aggregate(**{f"n{i}": Count("pk", filter=q) for i, (_asked, q) in enumerate(queues.values())})
        return [
            {
                "label": label, "count": count, "url": f"{self.url('changelist')}?{urlencode(asked)}",
                "current": asked.items() <= here.items(),
            }
            for (label, (asked, _q)), count in zip(queues.items(), counts.values(), strict=True) if count
        ]  # fmt: skip

    # --- one case ---
    def get_urls(self):
        view = self.act_view.as_view(model_admin=self, process_name=self.model.process_name)
        name = f"{self.opts.app_label}_{self.opts.model_name}_act"
        return [path("<int:pk>/acts/<slug:act>/", self.admin_site.admin_view(view), name=name), *super().get_urls()]

    def options(self, request, case) -> list[Option]:
        """The acts of this reader on this case, the dangerous ones last, those that can never work left out."""
        found = [o for o in available(case, request.user) if not (o.blocked and o.blocked.code in self.pointless)]
        return sorted(found, key=lambda o: o.transition.danger)

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if obj is not None:
            context |= {
                "options": self.options(request, obj), "events": self.events(obj, request.user), "title": self.text_of(obj), "subtitle": None,
                "list_url": self.url("changelist"), **self.page_context(request, obj),
            }  # fmt: skip
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def history_view(self, request, object_id, extra_context=None) -> HttpResponse:
        """The history of a case is its event log."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        case = self.get_object(request, object_id)
        if case is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        context = {
            **self.admin_site.each_context(request), "opts": self.opts, "original": case, "events": self.events(case, request.user),
            "title": f"办理记录：{self.text_of(case)}", **(extra_context or {}),
        }  # fmt: skip
        return TemplateResponse(request, "admin/workflow/events.html", context)
