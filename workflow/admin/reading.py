from django.contrib import admin
from django.shortcuts import redirect


class ReadOnlyAdmin(admin.ModelAdmin):
    """To look at; who may look follows from the view permission. What never changes has no history of its own."""

    change_form_template = "admin/read_only.html"

    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False

    def history_view(self, request, object_id, extra_context=None):
        return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", object_id)
