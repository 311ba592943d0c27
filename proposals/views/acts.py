"""The pages of every act on a proposal, its assignments and co-signatures."""

from django.urls import reverse

from deadlines import book as books
from documents.act_files import TakesFiles
from proposals import attachments, wording
from proposals.acts import AssignmentAct, CosignatureAct, ProposalAct
from proposals.models import ChangeRequest
from proposals.roles import PROPOSERS
from proposals.sections.changes import shown as shown_request
from proposals.sections.reader import Reader
from proposals.sections.shares import shares_of
from proposals.similar import note_shown, of_case
from proposals.standing import standing, standing_of
from proposals.telling import share_of
from workflow.querysets import roles_on
from workflow.views import ActView

from . import files, word_reports
from .choosing import part_of
from .crumbs import crumbs_to
from .detail import reviews, seen


class CaseActView(TakesFiles, ActView):
    """An act's page with the proposal's number, title and standing above the form."""

    list_url = "proposals:list"
    case_label = "查看这件提案"
    template_name = "proposals/act.html"

    def part(self, bound) -> dict:
        return part_of(bound) | {"upload": self.upload_for(bound)}

    def consequence(self, case, act: str) -> str:
        if act == AssignmentAct.RATE and not roles_on(case) & set(PROPOSERS):
            return wording.RATED_BY_COSIGNER
        return wording.consequence(self.process_name, act)

    def done(self, case, act: str) -> str:
        if act == ProposalAct.MOVE_OFFLINE:
            word_reports.forget(self.request, case.pk)
        return "" if self.has_receipt(act) else wording.done(self.process_name, act)

    def has_receipt(self, act: str) -> bool:
        return self.process_name == "proposal" and act == ProposalAct.SUBMIT

    def next_url(self, case, act: str) -> str:
        if self.has_receipt(act):
            return reverse("proposals:receipt", args=[case.pk])
        return super().next_url(case, act)

    def around(self, case, row) -> dict:
        proposal, found = case.root, material(case, row, self.request.user)
        now = standing_of(case) if case.process_name == "assignment" else standing(found["reading"])
        crumbs = crumbs_to(proposal, row.label)
        return {"proposal": proposal, "standing": now, "sign": now.sign(), "crumbs": crumbs, **found}


# Acts for which the text has to be read first; nothing is read again to withdraw or to number.
READ_FIRST = {
    ProposalAct.PRE_REVIEW, ProposalAct.REVIEW_AGAIN, ProposalAct.FILE, ProposalAct.RETURN,
    ProposalAct.REJECT, ProposalAct.MERGE, ProposalAct.ASSIGN, ProposalAct.SUPPORT, ProposalAct.CONFIRM_COLLECTIVE,
    ProposalAct.CONFIRM_PROXY, ProposalAct.DISPUTE_PROXY, CosignatureAct.AGREE, CosignatureAct.DECLINE,
    AssignmentAct.SIGN_FOR, AssignmentAct.REQUEST_RETURN, AssignmentAct.APPROVE_RETURN,
    AssignmentAct.REFUSE_RETURN, AssignmentAct.REASSIGN, AssignmentAct.ADD_ASSISTANTS, AssignmentAct.GIVE_OPINION, AssignmentAct.RATE_PROPOSAL,
}  # fmt: skip


# Acts for which the unit's work has to be looked at first.
LOOK_FIRST = {
    AssignmentAct.APPROVE_RETURN, AssignmentAct.REFUSE_RETURN, AssignmentAct.REASSIGN, AssignmentAct.SEND_DRAFT,
    AssignmentAct.COMMENT_ON_DRAFT, AssignmentAct.SUBMIT_REPLY, AssignmentAct.SIGN_OFF,
    AssignmentAct.REFUSE_SIGN_OFF, AssignmentAct.CHECK, AssignmentAct.CHECK_BACK, AssignmentAct.SEND,
    AssignmentAct.RATE, AssignmentAct.RATE_BY_PROXY, AssignmentAct.UPLOAD_SCAN, AssignmentAct.WRITE_SUPPLEMENT,
    AssignmentAct.SIGN_SUPPLEMENT, AssignmentAct.REFUSE_SUPPLEMENT, AssignmentAct.ANSWER_DEMAND, AssignmentAct.VOID_RATING,
}  # fmt: skip


def material(case, row, user) -> dict:
    """What has to be read before the act: the text, the reviewers' opinions, the unit's reply."""
    proposal = seen(user, case.root_id)
    reader = Reader.of(user, proposal)
    found = {
        "roles_see_units": reader.signs or reader.handles,
        "reading": proposal,
        "reads_first": row.act in READ_FIRST,
        "looks_first": row.act in LOOK_FIRST,
    }
    if case.process_name in ("assignment", "extension"):
        parts, pk = shares_of(proposal, reader, books.load()), share_of(case).pk
        found["share"] = next((part for part in parts if part.row.pk == pk), None)
    elif case.process_name == "proposal" and reader.reviews:
        found["reviews"] = reviews(proposal)
    found["attachments"] = [files.entry(file) for file in attachments.of_proposal(proposal)]
    if proposal.by_proxy and (reader.signs or reader.reviews):
        found["scans"] = [files.entry(file) for file in attachments.scans_of(proposal)]
    return found


class ProposalActView(CaseActView):
    process_name = "proposal"

    def around(self, case, row) -> dict:
        found = super().around(case, row)
        if row.act != ProposalAct.SUBMIT:
            return found
        cases = of_case(self.request.user, found["reading"])
        note_shown(case, cases)
        return found | {"similar": cases, "lists_similar": True}


class AssignmentActView(CaseActView):
    process_name = "assignment"


class CosignatureActView(CaseActView):
    process_name = "cosignature"


class ChangeRequestActView(CaseActView):
    """Old and new stand above the decision."""

    process_name = "change_request"

    def around(self, case, row) -> dict:
        request = ChangeRequest.objects.for_list().with_roles_of(self.request.user).get(pk=case.pk)
        return super().around(case, row) | {"asked": shown_request(request, self.request.user)}


class ExtensionActView(CaseActView):
    """The share with its dates stands above the decision."""

    process_name = "extension"

    def around(self, case, row) -> dict:
        return super().around(case, row) | {"looks_first": True}
