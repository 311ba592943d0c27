"""What proposals give to the layers below: their process tables, their attachments, their notices, their rights."""

from deadlines import recompute, steps
from documents import access
from members.duties import AUDIT
from members.permissions import COMMITTEE_STAFF, DISPATCH, REVIEWER, grant
from members.roster import claims as roster_claims
from notices import recipients

from .kinds import Timing

VIEWABLE = (
    "proposal", "assignment", "cosignature", "contact", "reply", "rating", "review",
    "commitment", "suggestion", "textsnapshot", "tripartitemeeting",
)  # fmt: skip


def open_all() -> None:
    """Called once when the app is ready."""
    from . import attachments, audiences, claims, holdings, places, recomputing, transitions

    for process in (transitions.PROPOSAL, transitions.ASSIGNMENT, transitions.COSIGNATURE):
        recipients.register(process.name, audiences.notices_for)
    recipients.register_places(places.titles)
    for kind in Timing:
        steps.register_kind(kind.value, kind.label)
    recompute.register(recomputing.recompute_open)
    roster_claims.register(claims.since)
    access.register("proposals.proposal", attachments.proposal_file_visible)
    access.register(attachments.ENTRY, attachments.entry_file_visible)
    access.register("proposals.assignment", attachments.assignment_file_visible)
    holdings.register_own()
    _grant_rights()


def _grant_rights() -> None:
    seen = [f"proposals.view_{name}" for name in VIEWABLE]
    for capacity in (COMMITTEE_STAFF, REVIEWER, DISPATCH):
        grant(capacity, *seen)
    grant(COMMITTEE_STAFF, "proposals.import_ledger")
    grant(AUDIT, "proposals.view_paperexport")
    for model in ("category", "rejectionreason"):
        grant(REVIEWER, f"proposals.view_{model}")
        grant(COMMITTEE_STAFF, *(f"proposals.{a}_{model}" for a in ("view", "add", "change")))
