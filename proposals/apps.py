from django.apps import AppConfig
from django.db.models.signals import post_migrate

# Where the kinds of paper are declared, in the order of the list that staff see.
PAPERS = (
    "case_text", "letter_papers", "slip", "unit_list", "reply_papers", "rating_form", "supervise",
    "key_summary",
)  # fmt: skip


class ProposalsConfig(AppConfig):
    name = "proposals"
    verbose_name = "提案"

    def ready(self):
        from documents.papers.templates import kinds

        from . import defaults, doors, exports

        kinds.announce(*(f"proposals.papers.{name}" for name in PAPERS))
        doors.open_all()
        exports.register_own()
        post_migrate.connect(defaults.fill_empty_tables, sender=self)
