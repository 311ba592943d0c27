from django.apps import AppConfig
from django.db.models.signals import post_migrate


class OpinionsConfig(AppConfig):
    name = "opinions"
    verbose_name = "社情民意"

    def ready(self):
        from documents.papers.templates import kinds

        from . import defaults, doors

        kinds.announce("opinions.papers.issue")
        doors.open_all()
        post_migrate.connect(defaults.fill_empty_tables, sender=self)
