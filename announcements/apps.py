from django.apps import AppConfig


class AnnouncementsConfig(AppConfig):
    name = "announcements"
    verbose_name = "通知公告"

    def ready(self):
        from documents import access
        from members.permissions import COMMITTEE_STAFF, DISPATCH, OFFICE_STAFF, grant
        from notices import recipients

        from . import attachments, exports, holdings, telling, transitions

        recipients.register(transitions.ANNOUNCEMENT.name, telling.notices_for)
        recipients.register_places(telling.titles)
        access.register(attachments.SUBJECT, attachments.is_visible)
        holdings.register_own()
        exports.register_own()
        for capacity in (COMMITTEE_STAFF, OFFICE_STAFF, DISPATCH):
            grant(capacity, "announcements.view_announcement")
