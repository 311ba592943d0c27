"""What triggers keep of every change: the 历史 page says who changed which field from what to what."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from workflow import changes


class TrackedAdmin(admin.ModelAdmin):
    """Facts with a history: they end, they are not deleted."""

    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER

    def has_delete_permission(self, request, obj=None) -> bool:
        return False


def field_history(
    model_admin: admin.ModelAdmin, request: HttpRequest, object_id: str, extra_context=None
) -> HttpResponse:
    """Stands for `history_view` of every admin whose model is tracked (portal.backoffice.apps)."""
    row = model_admin.get_object(request, object_id)
    if row is None:
        return model_admin._get_obj_does_not_exist_redirect(request, model_admin.opts, object_id)
    if not model_admin.has_view_or_change_permission(request, row):
        raise PermissionDenied
    context = {
        **model_admin.admin_site.each_context(request), "opts": model_admin.opts, "original": row,
        "title": f"修改历史：{row}", "entries": changes.of_object(row), **(extra_context or {}),
    }  # fmt: skip
    return TemplateResponse(request, "admin/workflow/field_history.html", context)
