from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ProposalsConfig(AppConfig):
    name = "proposals"
    verbose_name = "提案"

    def ready(self):
        from . import defaults, doors, exports

        doors.open_all()
        exports.register_own()
        post_migrate.connect(defaults.fill_empty_tables, sender=self)
