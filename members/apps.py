from django.apps import AppConfig
from django.db.models.signals import post_migrate


class MembersConfig(AppConfig):
    name = "members"
    verbose_name = "委员与机构"

    def ready(self):
        from django.contrib.auth import user_logged_in

        from documents.papers.templates import kinds

        from . import browsers, duties, logins, rights
        from .api import schema  # noqa: F401 (names the log-in in the API document)
        from .privacy import consent, holdings

        kinds.announce("members.name_list.paper")
        rights.grant_all()
        logins.listen()
        browsers.listen()
        holdings.register_own()
        post_migrate.connect(duties.make_groups, sender=self)
        user_logged_in.connect(consent.ask_after_log_in)
