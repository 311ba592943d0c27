from django.apps import AppConfig
from django.db.models.signals import post_migrate


class GrassrootsConfig(AppConfig):
    name = "grassroots"
    verbose_name = "基层协商"

    def ready(self):
        from documents.papers.templates import kinds

        from . import clocks, doors

        kinds.announce("grassroots.papers")
        clocks.register_steps()
        doors.open_all()
        post_migrate.connect(clocks.fill_empty_tables, sender=self)
