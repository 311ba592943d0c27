from functools import partial

from django.contrib.admin.apps import AdminConfig


class BackofficeConfig(AdminConfig):
    default_site = "portal.backoffice.site.BackofficeSite"

    def ready(self):
        """Once every app has registered its pages, the tracked ones get the page of their field history."""
        super().ready()
        from django.contrib.admin import site

        from workflow.admin.tracked import field_history
        from workflow.changes import is_tracked

        for model, model_admin in site._registry.items():
            if is_tracked(model):
                model_admin.history_view = partial(field_history, model_admin)
