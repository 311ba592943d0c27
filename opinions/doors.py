"""What reports give to the layers below: their tables, notices, due dates, files, words, and rights."""

from deadlines import recompute, steps
from documents import scanning
from documents.secrecy.finding import marks_in
from members import duties
from members.permissions import OFFICE_STAFF, grant
from members.roster import claims as roster_claims
from notices import recipients
from notices.feed import sources as calendar_sources
from notices.reminders import sources as due_sources

from . import clocks
from .kinds import Urgency

VIEWABLE = ("opinionreport", "transfer", "issue", "adoption", "instruction", "forwarding")


def open_all() -> None:
    """Called once when the app is ready."""
    from . import (
        attachments,
        claims,
        compared,
        exports,
        feed,
        holdings,
        recomputing,
        reminding,
        succession,
        telling,
        transitions,
    )

    for step in clocks.STEPS:
        steps.register(*step)
    for kind in Urgency:
        steps.register_kind(kind.value, f"社情民意（{kind.label}）")
    for process in (transitions.OPINION, transitions.TRANSFER):
        recipients.register(process.name, telling.notices_for)
    recipients.register_places(telling.titles)
    steps_of_ours = [key for key, *_words in clocks.STEPS]
    due_sources.register(reminding.asked, reminding.sees_all, private_steps=steps_of_ours)
    calendar_sources.register(feed.entries)
    recompute.register(recomputing.recompute_open)
    roster_claims.register(claims.since)
    attachments.register_own()
    scanning.register(attachments.PURPOSE, marks_in)
    holdings.register_own()
    exports.register_own()
    succession.register_own()
    compared.register_own()
    grant(duties.AUDIT, "opinions.view_contactview")
    grant(OFFICE_STAFF, *(f"opinions.view_{name}" for name in VIEWABLE))
