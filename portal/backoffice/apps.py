from functools import partial

from django.contrib.admin.apps import AdminConfig


class BackofficeConfig(AdminConfig):
    default_site = "portal.backoffice.site.BackofficeSite"

    def ready(self):
        """Once every app has registered its pages: lists answer named conditions only, tracked ones get their field history."""
        super().ready()
        from django.contrib.admin import site

        from workflow.admin.tracked import field_history
        from workflow.changes import is_tracked

        from .lookups import named_only

        for model, model_admin in site._registry.items():
            model_admin.lookup_allowed = partial(named_only, model_admin)
            if is_tracked(model):
                model_admin.history_view = partial(field_history, model_admin)
