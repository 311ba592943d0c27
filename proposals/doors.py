"""What proposals give to the layers below: their process tables, their attachments, their notices, their rights."""

from deadlines import recompute, steps
from documents import access, scanning
from documents.secrecy import marks
from documents.secrecy.finding import marks_in
from members import browsers
from members.duties import AUDIT
from members.permissions import COMMITTEE_STAFF, DISPATCH, REVIEWER, grant
from members.roster import claims as roster_claims
from notices import recipients
from notices.feed import sources as calendar_sources
from notices.reminders import sources as due_sources

from .kinds import Timing

VIEWABLE = (
    "proposal", "assignment", "cosignature", "contact", "reply", "rating", "review",
    "commitment", "urge", "urgenotice", "suggestion", "textsnapshot", "tripartitemeeting", "extensionrequest", "supplementaryreply", "keyproposal", "keyconsultation", "supervision",
    "demand", "qualityrating", "upgrade",
)  # fmt: skip

ARCHIVED = ("archivejob", "awardnomination")

GROUPS = ("reviewgroup", "groupcategory", "groupreviewer")


def open_all() -> None:
    """Called once when the app is ready."""
    from . import (
        attachments,
        audiences,
        claims,
        collective,
        commitment_transitions,
        compared,
        feed,
        holdings,
        lead_transitions,
        places,
        recomputing,
        recomputing_others,
        reminding,
        request_transitions,
        same_device,
        succession,
        transitions,
    )
    from .secrecy import finding

    for process in (
        transitions.PROPOSAL,
        transitions.ASSIGNMENT,
        transitions.COSIGNATURE,
        request_transitions.CHANGE_REQUEST,
        request_transitions.EXTENSION,
        lead_transitions.LEAD,
        commitment_transitions.COMMITMENT,
    ):
        recipients.register(process.name, audiences.notices_for)
    recipients.register_places(places.titles)
    calendar_sources.register(feed.entries)
    due_sources.register(reminding.asked, reminding.sees_all, private_steps=["cosign"])
    for kind in Timing:
        steps.register_kind(kind.value, kind.label)
    recompute.register(recomputing.recompute_open)
    recompute.register(recomputing_others.recompute_others)
    roster_claims.register(claims.since)
    access.register("proposals.proposal", attachments.proposal_file_visible)
    access.register(collective.SEAL, attachments.seal_visible)
    access.register(attachments.ENTRY, attachments.entry_file_visible)
    access.register(attachments.RATING, attachments.rating_file_visible)
    access.register("proposals.assignment", attachments.assignment_file_visible)
    access.register("proposals.commitment", attachments.commitment_file_visible)
    access.register(attachments.REPLY_SCAN, attachments.reply_scan_visible)
    access.register(attachments.KEY, attachments.key_file_visible)
    access.register(attachments.SUPERVISION, attachments.supervision_file_visible)
    access.register(attachments.DEMAND, attachments.demand_file_visible)
    holdings.register_own()
    succession.register_own()
    compared.register_own()
    browsers.register(same_device.note_use)
    marks.register(finding.active_marks)
    scanning.register(attachments.PURPOSE, marks_in)
    _grant_rights()


def _grant_rights() -> None:
    seen = [f"proposals.view_{name}" for name in VIEWABLE]
    for capacity in (COMMITTEE_STAFF, REVIEWER, DISPATCH):
        grant(capacity, *seen)
    for capacity in (COMMITTEE_STAFF, REVIEWER):
        grant(
            capacity, "proposals.view_changerequest", "proposals.view_lead", "proposals.view_leadcollection",
            "proposals.view_publication",
        )  # fmt: skip
    grant(
        COMMITTEE_STAFF,
        "proposals.import_ledger",
        "proposals.move_window",
        "proposals.add_leadcollection",
        "proposals.change_leadcollection",
    )
    grant(AUDIT, "proposals.view_paperexport", "proposals.view_rating", "proposals.view_qualityrating")
    grant(
        COMMITTEE_STAFF,
        *(f"proposals.view_{name}" for name in ARCHIVED),
        "proposals.view_rating",
        "proposals.view_qualityrating",
    )
    for model in ("category", "rejectionreason", "secrecymark"):
        grant(REVIEWER, f"proposals.view_{model}")
        grant(COMMITTEE_STAFF, *(f"proposals.{a}_{model}" for a in ("view", "add", "change")))
    grant(REVIEWER, *(f"proposals.view_{model}" for model in GROUPS))
    grant(COMMITTEE_STAFF, *(f"proposals.{a}_{model}" for model in GROUPS for a in ("view", "add", "change")))
    grant(COMMITTEE_STAFF, "proposals.delete_groupcategory", "proposals.delete_groupreviewer")
    for capacity in (REVIEWER, DISPATCH):
        grant(capacity, "proposals.view_noticecode")
    grant(COMMITTEE_STAFF, *(f"proposals.{a}_noticecode" for a in ("view", "add", "change")))
