from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "notices"
    verbose_name = "通知提醒"

    def ready(self):
        from members import duties, telling
        from members.permissions import COMMITTEE_STAFF, grant
        from workflow import listeners

        from . import holdings, plain
        from .listener import write_outbox

        listeners.register(write_outbox)
        telling.register(plain.tell)
        holdings.register_own()
        # Whoever keeps the system running sees what did not go out, and sends it again.
        for model in ("outbox", "emaildelivery"):
            grant(duties.SYSTEM, f"notices.view_{model}", f"notices.change_{model}")
            grant(duties.AUDIT, f"notices.view_{model}")
        for capacity in (COMMITTEE_STAFF, duties.SYSTEM):
            grant(capacity, "notices.view_reminder")
