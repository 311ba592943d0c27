"""The buttons of a case page: exactly the acts this person may take, blocked ones with their reason."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils import timezone

from proposals import award_guards, extension_guards, guards, key_guards, review_guards, unit_guards
from proposals.acts import AssignmentAct, ChangeRequestAct, ProposalAct
from proposals.drafting import may_write
from proposals.models import Assignment, ChangeRequest, Cosignature, ExtensionRequest, Proposal
from proposals.replies import why_not_writable
from proposals.roles import Role
from workflow.engine import Option, available
from workflow.errors import Refused
from workflow.models import Case
from workflow.querysets import roles_on
from workflow.transition import Step

# Refusals that mean "not for this case" or "done already": no button, instead of one that never works.
POINTLESS = {
    "assist", "answering", "collective", "numbered", "checked", "rated", "commented", "no_draft",
    "draft_sent", "published", "not_published", "offline", "own_confirmation", "confirmed", "on_time", "not_admitted",
    "not_proxy", "proxy_answered", "change_open", "reply_sent", "not_overdue", "not_split", "merge_answered",
    "acknowledged", "later_round", "extended", "extension_open", "not_six_months", "not_class_b", "upgraded",
    "upgrade_open", "no_upgrade", "no_consent_yet", "no_supplement", "supplement_waits", "key_open", "no_candidate",
    "not_key", "no_record", "no_demand", "no_selection", "nominated", "not_nominated", "not_chosen", "no_award",
    "archived", "graded", "round_ended", "rating_over", "nothing_to_void", "separate",
}  # fmt: skip


# What a guard asks of the row alone: a list leaves pointless acts out without another query.
# Kinds of case have acts of the same name: take_back is 收回审定 of a proposal, 撤回申请 of a change request.
OF_THE_ROW = {
    "proposal": {
        ProposalAct.CONFIRM_PROXY: guards.proxy_can_be_confirmed, ProposalAct.DISPUTE_PROXY: guards.proxy_can_be_disputed,
        ProposalAct.INVITE: guards.is_personal, ProposalAct.MOVE_OFFLINE: guards.not_moved_offline, ProposalAct.NUMBER: guards.not_numbered,
        ProposalAct.PUBLISH: guards.not_published, ProposalAct.UNPUBLISH: guards.is_published,
        ProposalAct.ADMIT_LATE: guards.came_late, ProposalAct.REVOKE_ADMISSION: guards.was_admitted,
        ProposalAct.TAKE_BACK: review_guards.change_is_overdue,
        ProposalAct.ANSWER_MERGE: review_guards.merge_is_to_be_answered,
        ProposalAct.ACKNOWLEDGE_SUGGESTION: review_guards.suggestion_waits,
        ProposalAct.ARCHIVE: award_guards.not_archived, ProposalAct.REVOKE_AWARD: award_guards.has_award,
    },
    "assignment": {
        AssignmentAct.GIVE_OPINION: guards.is_assisting, AssignmentAct.SEND_DRAFT: guards.is_answering,
        AssignmentAct.SUBMIT_REPLY: guards.is_answering,
        AssignmentAct.REASSIGN: guards.may_be_reassigned, AssignmentAct.ADD_ASSISTANTS: guards.may_have_assistants,
        AssignmentAct.REQUEST_EXTENSION: extension_guards.may_ask, AssignmentAct.SET_DUE: extension_guards.six_months_are_over,
        AssignmentAct.WRITE_SUPPLEMENT: unit_guards.may_supplement,
        AssignmentAct.SIGN_SUPPLEMENT: unit_guards.supplement_waits,
        AssignmentAct.REFUSE_SUPPLEMENT: unit_guards.supplement_waits, AssignmentAct.ANSWER_DEMAND: key_guards.is_asked_to_report,
    },
}  # fmt: skip


def worth_listing(case: Case, user) -> list[Option]:
    """The acts of this user's roles in this state that are not pointless for the row; asks the database nothing.

    What may be recorded of any filed case at any time (督) leads nothing on and is left out, but for its leaders.
    """
    step, others = Step(case, user, timezone.now()), beside(case)
    offered = (option for option in available(case, user, guards=False) if option.act not in others)
    return [option for option in offered if not _is_pointless(option, step)]


def beside(case: Case) -> set[str]:
    """The acts of 督 on a proposal; a leader's own page offers the 批示."""
    if case.process_name != "proposal":
        return set()
    return SUPERVISION - {ProposalAct.INSTRUCT} if Role.LEADING in roles_on(case) else SUPERVISION


def _is_pointless(option: Option, step: Step) -> bool:
    guard = OF_THE_ROW.get(step.case.process_name, {}).get(option.act)
    try:
        return guard is not None and bool(guard(step))
    except Refused:
        return True


@dataclass(frozen=True)
class Button:
    """`why` and `next_step` are filled when the act does not work yet; then there is no address."""

    label: str
    url: str = ""
    danger: bool = False
    why: str = ""
    next_step: str = ""
    about: str = ""
    act: str = ""
    backs_out: bool = False

    @property
    def leads_on(self) -> bool:
        """Whether it may stand as the main act of the page: never one that takes back, corrects or withdraws."""
        return bool(self.url) and not (self.danger or self.backs_out or self.act in BACKWARD)


def proposal_buttons(proposal: Proposal, user) -> list[Button]:
    """Writing first, then the acts on the proposal itself."""
    writing = []
    if may_write(proposal):
        writing = [Button("继续编写", reverse("proposals:edit", args=[proposal.pk]))]
    return writing + _buttons(proposal, available(proposal, user))


def invitation_buttons(cosignatures: Iterable[Cosignature], user) -> list[Button]:
    """The answers to one's own invitation."""
    mine = [row for row in cosignatures if row.person_id == user.person_id]
    return [button for row in mine for button in _buttons(row, available(row, user))]


# Acts that lead back; they stand after those that lead on.
BACKWARD = {
    ProposalAct.BACK_TO_DRAFT, ProposalAct.MOVE_OFFLINE, ProposalAct.WITHDRAW, ProposalAct.REVIEW_AGAIN,
    ProposalAct.UNDO_DECISION, ProposalAct.CORRECT, ProposalAct.UNPUBLISH, ProposalAct.WITHDRAW_SUPPORT,
    ProposalAct.ADMIT_LATE, ProposalAct.REVOKE_ADMISSION, ProposalAct.ASK_AMEND, ProposalAct.ASK_WITHDRAWAL,
    ProposalAct.SPLIT, ProposalAct.UNDO_SPLIT, AssignmentAct.REQUEST_RETURN, AssignmentAct.REFUSE_SIGN_OFF,
    AssignmentAct.CHECK_BACK, AssignmentAct.REFUSE_RETURN, AssignmentAct.RATE_BY_PROXY,
    AssignmentAct.REQUEST_EXTENSION, AssignmentAct.SET_DUE, AssignmentAct.REASSIGN, AssignmentAct.ADD_ASSISTANTS,
    AssignmentAct.URGE, AssignmentAct.PROPOSE_UPGRADE, AssignmentAct.REFUSE_UPGRADE, AssignmentAct.DECLINE_UPGRADE,
    AssignmentAct.NOTE, AssignmentAct.WRITE_SUPPLEMENT, AssignmentAct.REFUSE_SUPPLEMENT,
    ProposalAct.WITHDRAW_NOMINATION, ProposalAct.REVOKE_AWARD,
    AssignmentAct.VOID_RATING, AssignmentAct.CORRECT_REPLY, AssignmentAct.VOID_CONTACT,
}  # fmt: skip

# Acts for a rare case: after everything else that works.
SELDOM = {
    ProposalAct.ADMIT_LATE, ProposalAct.REVOKE_ADMISSION, ProposalAct.CORRECT, AssignmentAct.CORRECT_REPLY,
    AssignmentAct.VOID_CONTACT,
}  # fmt: skip


# 督 beside the states: they stand in a block of their own, so that what the case waits for stays in sight.
SUPERVISION = {
    ProposalAct.NOMINATE_KEY, ProposalAct.CONSULT_KEY, ProposalAct.DECIDE_KEY, ProposalAct.DECLINE_KEY,
    ProposalAct.NAME_LEADERS, ProposalAct.REVOKE_KEY, ProposalAct.SUMMARISE_KEY, ProposalAct.SUPERVISE,
    ProposalAct.INSTRUCT, ProposalAct.VOID_SUPERVISION,
}  # fmt: skip


# Once these work, the text is written: they stand before writing on.
NEXT = {AssignmentAct.SEND_DRAFT, AssignmentAct.SUBMIT_REPLY, ProposalAct.CONFIRM_COLLECTIVE}


def in_order(buttons: list[Button]) -> list[Button]:
    """What works first, what cannot be taken back after it, what does not work yet last."""
    return sorted(buttons, key=_place)


def _place(button: Button) -> tuple[bool, ...]:
    """The decisions stand as in the rules: 立案, 并案, 退回修改."""
    act = button.act
    back = (act in BACKWARD, act in SELDOM, act == ProposalAct.RETURN)
    return bool(button.why), button.danger, *back, act not in NEXT


def answer_buttons(row: Cosignature, user) -> list[Button]:
    """What the author may do with one invitation; the invitee's own answers stand at the top of the page."""
    if row.person_id == user.person_id:
        return []
    return _buttons(row, available(row, user), row.person.name)


def change_buttons(request: ChangeRequest, user) -> list[Button]:
    """What the reader may do with a request to change or withdraw the case."""
    shown = _buttons(request, available(request, user), f"{request.get_kind_display()}申请")
    return [replace(one, backs_out=one.act == ChangeRequestAct.TAKE_BACK) for one in shown]


def extension_buttons(asked: ExtensionRequest, user, about: str = "") -> list[Button]:
    """What the reader may do with a unit's request for more time."""
    return _buttons(asked, available(asked, user), about)


def share_buttons(share: Assignment, user, about: str = "") -> list[Button]:
    """The acts on one unit's share; the operator's writing of the reply comes first."""
    writing = []
    if why_not_writable(share) is None:
        writing = [Button("撰写答复", reverse("proposals:reply", args=[share.pk]), about=about)]
    return writing + _buttons(share, available(share, user), about)


def _buttons(case: Case, options: Iterable[Option], about: str = "") -> list[Button]:
    shown = (o for o in options if not (o.blocked and o.blocked.code in POINTLESS))
    return [_button(case, option, about) for option in shown]


def _button(case: Case, option: Option, about: str) -> Button:
    row, blocked = option.transition, option.blocked
    if blocked:
        return Button(row.label, why=blocked.sentence, next_step=blocked.next_step, about=about, act=option.act)
    url = reverse(f"proposals:{case.process_name}_act", args=[case.pk, option.act])
    return Button(row.label, url, row.danger, about=about, act=option.act)
