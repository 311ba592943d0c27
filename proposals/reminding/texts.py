"""Of the proposal itself: 退回修改, the confirmation of what the committee entered, 公开."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from deadlines.book import NoRule
from deadlines.rules import due
from members.everybody import Everybody
from notices.reminders.sources import Audience, DueRow, Window
from proposals.kinds import Entry
from proposals.models import Proposal
from proposals.publishing.waiting import waiting_for_publication
from proposals.states import ProposalState
from workflow.asking import Asked

from .rows import number_fields, proposing, row_of

# As in 我的待办: what waited for two years is found in the list of the admin only.
PUBLISHED_WITHIN = timedelta(days=730)
FIELDS = (
    "first_proposer", "organization", "change_due_on", "proxy_due_on", "submitted_at", "replied_at", "entered_by",
)  # fmt: skip


def asked(window: Window) -> Asked:
    recent = waiting_for_publication().filter(replied_at__gte=timezone.now() - PUBLISHED_WITHIN)
    changing = Q(state=ProposalState.RETURNED, change_due_on__isnull=False)
    entered = Q(
        entry=Entry.PROXY, proxy_answer="", state__in=ProposalState.UNDER_REVIEW, proxy_due_on__gte=window.today
    )
    found = Proposal.objects.filter(changing | entered | Q(pk__in=recent.values("pk")), moved_offline_at=None)
    found = found.select_related("session__term").order_by().only(*FIELDS, *number_fields())
    return Asked(found, lambda rows: [due for row in rows for due in _row(row, window.people, window)])


def _row(proposal: Proposal, people: Everybody, window: Window) -> list[DueRow]:
    step, due_on, start, users = _facts(proposal, people, window)
    url, theirs = proposal.get_absolute_url(), {Audience.HOLDER: users}
    return row_of(proposal, step, due_on, start, proposal, url, theirs, window)


def _facts(proposal: Proposal, people: Everybody, window: Window) -> tuple:
    """Step, date, start, holders. Nobody confirms what they entered themselves."""
    if proposal.state == ProposalState.RETURNED:
        return "change", proposal.change_due_on, proposal.submitted_at, proposing(proposal, people)
    if proposal.state in ProposalState.UNDER_REVIEW:
        asked = proposing(proposal, people) - {proposal.entered_by_id}
        return "proxy_confirm", proposal.proxy_due_on, proposal.submitted_at, asked
    return "publish", _publish_by(proposal, window), proposal.replied_at, people.staff


def _publish_by(proposal: Proposal, window: Window):
    try:
        return due("publish", proposal.replied_at, proposal.timing, book=window.book).on
    except NoRule:
        return None
