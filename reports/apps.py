from django.apps import AppConfig
from django.db.models.signals import post_migrate

PAPERS = ("review_report", "work_report", "award_list", "unit_list")


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "统计"

    def ready(self):
        from documents.papers.templates import kinds
        from exports import jobs
        from members.duties import AUDIT
        from members.permissions import COMMITTEE_STAFF, REVIEWER, grant
        from notices import enclosures

        from . import exports as own_lists
        from .assessment import seeding
        from .papers import compilation

        kinds.announce(*(f"reports.papers.{name}" for name in PAPERS))
        own_lists.register_own()
        enclosures.register("monthly", "reports.monthly.file")
        jobs.register(compilation.KIND, "提案汇编", compilation.write)
        post_migrate.connect(seeding.fill_empty_tables, sender=self)
        for model in ("assessmentscheme", "assessmentweight"):
            grant(COMMITTEE_STAFF, *(f"reports.{action}_{model}" for action in ("view", "add", "change")))
            grant(REVIEWER, f"reports.view_{model}")
            grant(AUDIT, f"reports.view_{model}")
        grant(COMMITTEE_STAFF, "reports.delete_assessmentweight")
        for capacity in (COMMITTEE_STAFF, REVIEWER, AUDIT):
            grant(capacity, "reports.view_figuresnapshot")
