from django.apps import AppConfig
from django.db.models.signals import post_migrate


class NoticesConfig(AppConfig):
    name = "notices"
    verbose_name = "通知提醒"

    def ready(self):
        from members import duties, permissions, telling
        from members.permissions import COMMITTEE_STAFF, grant
        from workflow import listeners

        from . import holdings, plain, texts
        from .listener import write_outbox

        listeners.register(write_outbox)
        telling.register(plain.tell)
        holdings.register_own()
        # Whoever keeps the system running sees what did not go out, and sends it again.
        for model in ("outbox", "delivery"):
            grant(duties.SYSTEM, f"notices.view_{model}", f"notices.change_{model}")
            grant(duties.AUDIT, f"notices.view_{model}")
        # The words are the committee's and the system administrator's; the numbers of SMS templates belong to them too.
        for capacity in (permissions.COMMITTEE_STAFF, duties.SYSTEM):
            grant(capacity, "notices.view_noticetext", "notices.change_noticetext")
        grant(duties.AUDIT, "notices.view_noticetext")
        post_migrate.connect(texts.make_rows, sender=self)
        for capacity in (COMMITTEE_STAFF, duties.SYSTEM):
            grant(capacity, "notices.view_reminder")
