from django.apps import AppConfig
from django.db.models.signals import post_migrate


class DeadlinesConfig(AppConfig):
    name = "deadlines"
    verbose_name = "期限"

    def ready(self):
        from deadlines.seeding import fill_empty_tables

        post_migrate.connect(fill_empty_tables, sender=self)
