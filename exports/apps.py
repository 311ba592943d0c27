from django.apps import AppConfig


class ExportsConfig(AppConfig):
    name = "exports"
    verbose_name = "导出"

    def ready(self):
        from members import duties, leaving
        from members.permissions import grant

        from . import coming, holdings, inbox, making, people, records

        grant(duties.AUDIT, "exports.view_exportrecord")
        holdings.register_own()
        making.register_own()
        people.register_own()
        inbox.register_own()
        coming.register_own()
        leaving.register(records.keep_direct)
