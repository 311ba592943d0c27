"""THE TABLES of a report and of a unit's part in it: the whole procedure on one screen (domain §6)."""

from workflow.forms import OptionalNoteForm, ReasonForm
from workflow.transition import Process, register
from workflow.transition import Transition as Row

from . import guards
from .acts import Act, TransferAct
from .effects import editing, issuing, offline, outcomes, succession, transferring, writing
from .forms import editing as forms
from .forms import outcomes as outcome_forms
from .forms import transferring as transfer_forms
from .roles import INSIDE, OFFICE, UNIT, Role
from .states import State as R
from .states import TransferState as T

AUTHOR, EDITOR, REVIEWER, SIGNER, SYSTEM = ((role,) for role in (
    Role.AUTHOR, Role.EDITOR, Role.REVIEWER, Role.SIGNER, Role.SYSTEM,
))  # fmt: skip

HERE = guards.report_is_here

# fmt: off
OPINION = register(Process(
    "opinion", "社情民意", "opinions.OpinionReport", R, Role, [
        Row(Act.BEGIN, "起草", (), AUTHOR, R.DRAFT),
        Row(Act.SUBMIT, "提交", R.EDITABLE, AUTHOR, R.SUBMITTED, guard=guards.is_complete, effect=writing.submit,
            notify=("editors",)),
        Row(Act.WITHDRAW, "撤回", (R.DRAFT, R.RETURNED, R.SUBMITTED), AUTHOR, R.WITHDRAWN, effect=writing.withdraw,
            danger=True),
        Row(Act.TAKE_UP, "开始编辑", (R.SUBMITTED,), EDITOR, R.EDITING, guard=guards.is_not_own, effect=editing.take_up, notify=("authors",)),
        Row(Act.EDIT, "修改编辑稿", (R.EDITING,), EDITOR, form=forms.EditForm, guard=guards.is_not_own,
            effect=editing.edit, seen_by=INSIDE),
        Row(Act.SEND_FOR_REVIEW, "送审核", (R.EDITING,), EDITOR, R.REVIEWING, guard=guards.edited_is_complete,
            notify=("reviewers",)),
        Row(Act.JOIN, "并入综合稿", (R.SUBMITTED, R.EDITING), EDITOR, R.COMBINED, form=forms.JoinForm,
            guard=guards.may_join, effect=editing.join, notify=("authors",)),
        Row(Act.SEPARATE, "取消并入", (R.COMBINED,), EDITOR, R.SUBMITTED, guard=guards.main_is_edited,
            effect=editing.separate, notify=("authors",)),
        Row(Act.REVIEW, "审核通过", (R.REVIEWING,), REVIEWER, R.REVIEWED, form=OptionalNoteForm,
            guard=guards.is_another_reviewer, effect=editing.review, notify=("signers", "authors")),
        Row(Act.REVIEW_BACK, "退回编辑", (R.REVIEWING,), REVIEWER, R.EDITING, form=ReasonForm,
            effect=editing.back_to_editing, notify=("editors",), seen_by=INSIDE),
        Row(Act.SIGN, "签发", (R.REVIEWED,), SIGNER, R.SIGNED, form=OptionalNoteForm, guard=guards.is_another_signer,
            effect=editing.sign, notify=("office", "authors")),
        Row(Act.SIGN_BACK, "不予签发，退回编辑", (R.REVIEWED,), SIGNER, R.EDITING, form=ReasonForm,
            effect=editing.back_to_editing, notify=("office",), seen_by=INSIDE),
        Row(Act.ISSUE, "编发", (R.SIGNED,), OFFICE, R.ISSUED, form=forms.IssueForm, effect=issuing.issue,
            follow_up=issuing.issue_followers, notify=("authors",)),
        Row(Act.ISSUE_WITH, "随综合稿编发", (R.COMBINED,), SYSTEM, R.ISSUED, effect=issuing.issue_with,
            notify=("authors",)),
        Row(Act.KEEP, "留存", (R.SUBMITTED, R.EDITING, R.SIGNED), OFFICE, R.KEPT, form=ReasonForm, guard=guards.may_be_kept,
            effect=transferring.decided, notify=("authors",)),
        Row(Act.RETURN, "退回修改", (R.SUBMITTED, R.EDITING), OFFICE, R.RETURNED, form=ReasonForm,
            guard=guards.has_no_followers, effect=editing.give_back, notify=("authors",)),
        Row(Act.HAND_OVER, "转办", (R.SUBMITTED, R.EDITING, R.KEPT, R.TRANSFERRED), OFFICE, R.TRANSFERRED,
            form=transfer_forms.HandOverForm, guard=guards.may_hand_over, effect=transferring.hand_over_and_decide,
            notify=("units", "authors")),
        Row(Act.HAND_OVER, "转办", (R.ISSUED,), OFFICE, form=transfer_forms.HandOverForm, guard=guards.may_hand_over_issued,
            effect=transferring.hand_over, notify=("units", "authors")),
        Row(Act.RESUME, "重新编辑", (R.KEPT, R.TRANSFERRED), EDITOR, R.EDITING, guard=guards.may_resume,
            effect=editing.resume, notify=("authors",)),
        Row(Act.FORWARD, "登记上报", R.WITH_OUTCOMES, OFFICE, form=outcome_forms.ForwardForm,
            guard=guards.is_signed, effect=outcomes.forward, notify=("authors",)),
        Row(Act.ADOPT, "登记采用", R.WITH_OUTCOMES, OFFICE, form=outcome_forms.AdoptForm, effect=outcomes.adopt,
            notify=("authors",)),
        Row(Act.INSTRUCT, "登记批示", R.WITH_OUTCOMES, OFFICE, form=outcome_forms.InstructForm, effect=outcomes.instruct,
            notify=("authors",)),
        Row(Act.VOID, "作废登记", R.WITH_OUTCOMES, OFFICE, form=outcome_forms.VoidForm, guard=guards.has_outcome,
            effect=outcomes.void, notify=("authors",), danger=True),
        Row(Act.TO_PROPOSAL, "转为提案草稿", (*R.DECIDED, R.RETURNED), AUTHOR, guard=guards.may_become_proposal,
            effect=outcomes.to_proposal),
        Row(Act.GIVE_BACK, "退回提案审定", (R.SUBMITTED,), SYSTEM, R.WITHDRAWN, effect=writing.withdraw,
            notify=("editors",)),
        Row(Act.SUCCEED, "单位撤并，由接续的单位办", (R.DRAFT, R.RETURNED, R.COMBINED, *R.UNDER_WAY, *R.DECIDED), SYSTEM,
            effect=succession.note),
        Row(Act.MOVE_OFFLINE, "转线下渠道", (R.DRAFT, R.RETURNED, R.SUBMITTED), (Role.AUTHOR, *OFFICE), R.OFFLINE,
            form=ReasonForm, guard=guards.not_offline, effect=offline.move_offline, notify=("authors", "editors"), danger=True,
            wipes=True),
        Row(Act.MOVE_OFFLINE, "转线下渠道", (R.EDITING, R.REVIEWING, R.REVIEWED, R.SIGNED, R.ISSUED, R.COMBINED, R.KEPT, R.TRANSFERRED),
            OFFICE, R.OFFLINE, form=ReasonForm, guard=guards.not_offline, effect=offline.move_offline, notify=("authors", "editors"),
            danger=True, wipes=True),
    ],
))

TRANSFER = register(Process(
    "opinion_transfer", "社情民意转办", "opinions.Transfer", T, Role, [
        Row(TransferAct.SIGN_FOR, "签收", (T.AWAITING_SIGN,), UNIT, T.HANDLING, guard=HERE, effect=transferring.sign_for,
            notify=("office",)),
        Row(TransferAct.REPLY, "报送办理情况", (T.HANDLING,), UNIT, T.REPLIED, form=transfer_forms.ReplyForm, guard=HERE,
            effect=transferring.reply, notify=("office",), seen_by=(*INSIDE, *UNIT)),
        Row(TransferAct.SEND_BACK, "申请退回", (T.AWAITING_SIGN, T.HANDLING), UNIT, T.SENT_BACK, form=ReasonForm, guard=HERE,
            effect=transferring.send_back, notify=("office",), seen_by=(*INSIDE, *UNIT)),
        Row(TransferAct.CHECK, "核对并反馈", (T.REPLIED,), OFFICE, T.FED_BACK, guard=HERE, effect=transferring.check,
            notify=("authors", "unit")),
        Row(TransferAct.CHECK_BACK, "退回单位补充", (T.REPLIED,), OFFICE, T.HANDLING, form=transfer_forms.ToUnitForm,
            guard=HERE,
            notify=("unit",), seen_by=(*INSIDE, *UNIT)),
        Row(TransferAct.CHECK_BACK, "退回单位补充", (T.SENT_BACK,), OFFICE, T.HANDLING, form=transfer_forms.ToUnitForm,
            guard=HERE,
            notify=("unit",), seen_by=(*INSIDE, *UNIT)),
        Row(TransferAct.URGE, "催办", T.WITH_UNIT, OFFICE, form=transfer_forms.UrgeForm, guard=guards.may_urge,
            effect=transferring.urge, notify=("unit",)),
        Row(TransferAct.POSTPONE, "延期", (T.HANDLING,), (*UNIT, *OFFICE), form=transfer_forms.PostponeForm,
            guard=guards.may_postpone, effect=transferring.postpone, notify=("office", "unit", "authors")),
        Row(TransferAct.RECALL, "收回转办", (T.AWAITING_SIGN, T.HANDLING, T.SENT_BACK), OFFICE, T.RECALLED,
            form=transfer_forms.ToUnitForm, notify=("unit", "authors")),
    ],
))
# fmt: on
