"""Admin pages whose change moves the due dates of open items.

A save is rehearsed first in a transaction that is rolled back. When due dates would move, they
are listed and the form is sent again with the consent; the save and the new due dates are then
one transaction.
"""

from django.contrib import admin, messages
from django.contrib.messages.storage import default_storage
from django.db import transaction
from django.template.response import TemplateResponse

from deadlines import recompute
from deadlines.book import NoRule

CONSENT = "_due_dates_listed"
_LISTED = 200


class RecomputingAdmin(admin.ModelAdmin):
    # Bulk actions would pass the listing by; rows are changed and deleted one at a time.
    actions = None

    def write(self, request, obj, form, change):
        """Save the row and whatever belongs to it."""
        obj.save()

    def remove(self, obj):
        obj.delete()

    def save_model(self, request, obj, form, change):
        self.write(request, obj, form, change)
        self._recompute(request)

    @transaction.atomic
    def delete_model(self, request, obj):
        self.remove(obj)
        self._recompute(request)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method == "POST" and CONSENT not in request.POST:
            listing = self._rehearse(request, object_id, form_url, extra_context)
            if listing is not None:
                return listing
        return super().changeform_view(request, object_id, form_url, extra_context)

    def _rehearse(self, request, object_id, form_url, extra_context):
        """The page that lists what would change; None when nothing would, or the form is refused."""
        kept, request._messages = request._messages, default_storage(request)
        request.due_date_changes, problem = [], None
        try:
            with transaction.atomic():
                super().changeform_view(request, object_id, form_url, extra_context)
                transaction.set_rollback(True)
        except NoRule as error:
            problem = error
        finally:
            request._messages = kept
        if not (problem or request.due_date_changes):
            return None
        return self._listing(request, request.due_date_changes, problem)

    def _recompute(self, request):
        changes = recompute.recompute()
        request.due_date_changes = changes
        if changes:
            messages.info(request, f"已重新计算到期日，{len(changes)} 个未办结事项有变化。")

    def _listing(self, request, changes, problem):
        context = {
            **self.admin_site.each_context(request),
            "title": "这次修改会改变的到期日",
            "opts": self.opts,
            "changes": changes[:_LISTED],
            "more": max(0, len(changes) - _LISTED),
            "total": len(changes),
            "problem": problem,
            "posted": _posted(request.POST),
            "consent": CONSENT,
        }
        return TemplateResponse(request, "deadlines/recompute_listing.html", context)


def _posted(data) -> list[tuple[str, str]]:
    return [(name, value) for name, values in data.lists() if name != "csrfmiddlewaretoken" for value in values]
