from django.apps import AppConfig
from django.db.models.signals import post_migrate

VIEWABLE = (
    "plan", "planstep", "idea", "topic", "survey", "meeting", "opinion", "outcome", "instruction", "recommendation",
    "topickind",
)  # fmt: skip


class ConsultationsConfig(AppConfig):
    name = "consultations"
    verbose_name = "协商议政"

    def ready(self):
        from deadlines import recompute
        from documents.papers.templates import kinds
        from members.permissions import COMMITTEE_STAFF, OFFICE_STAFF, grant
        from members.roster import claims as roster_claims
        from notices import recipients
        from notices.feed import sources as calendar_sources
        from notices.reminders import sources as due_sources

        from . import (
            attachments,
            claims,
            dates,
            defaults,
            exports,
            feed,
            holdings,
            outcome_transitions,
            recomputing,
            reminding,
            succession,
            telling,
        )
        from . import transitions as tables

        kinds.announce(*(f"consultations.papers.{name}" for name in ("plan", "minutes", "outcome")))
        dates.register_steps()
        for process in (
            tables.PLAN, tables.IDEA, tables.TOPIC, outcome_transitions.OPINION, outcome_transitions.OUTCOME,
            outcome_transitions.RECOMMENDATION,
        ):  # fmt: skip
            recipients.register(process.name, telling.notices_for)
        recipients.register_places(telling.titles)
        attachments.register_own()
        holdings.register_own()
        succession.register_own()
        roster_claims.register(claims.since)
        exports.register_own()
        due_sources.register(reminding.asked, reminding.sees_all)
        calendar_sources.register(feed.entries)
        recompute.register(recomputing.recompute_topics)
        for capacity in (COMMITTEE_STAFF, OFFICE_STAFF):
            grant(capacity, *(f"consultations.view_{name}" for name in VIEWABLE))
        grant(OFFICE_STAFF, "consultations.add_topickind", "consultations.change_topickind")
        post_migrate.connect(defaults.fill_empty_tables, sender=self)
