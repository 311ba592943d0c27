from django.apps import AppConfig
from django.db.models.signals import post_migrate


class MembersConfig(AppConfig):
    name = "members"
    verbose_name = "委员与机构"

    def ready(self):
        from . import duties, logins, rights
        from .api import schema  # noqa: F401 (names the log-in in the API document)

        rights.grant_all()
        logins.listen()
        post_migrate.connect(duties.make_groups, sender=self)
