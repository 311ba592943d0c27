"""THE TABLES: the whole procedure of a proposal, its assignments and co-signatures, row by row."""

from workflow.drawing import targets
from workflow.forms import OptionalNoteForm, ReasonForm
from workflow.transition import Process, Step, Transition, register

from . import (
    award_guards,
    change_guards,
    correction_guards,
    extension_guards,
    guards,
    key_guards,
    rating_guards,
    review_guards,
    unit_guards,
    urge_guards,
)
from .acts import AssignmentAct, CosignatureAct, ProposalAct
from .effects import (
    after_decision,
    archiving,
    awarding,
    changing,
    collective,
    correcting,
    extending,
    filing,
    handling,
    key,
    late,
    letters,
    offline,
    proxy,
    publishing,
    quality,
    rating,
    splitting,
    succession,
    supervising,
    supplements,
    supporting,
    upgrading,
    urging,
    voiding,
    writing,
)
from .forms.after_review import AcknowledgeForm, MergeAnswerForm, SplitForm
from .forms.awards import NominateForm
from .forms.changing import AskAmendForm, AskWithdrawalForm
from .forms.correcting import CorrectForm, CorrectReplyForm, VoidContactForm
from .forms.cosigning import AnswerInvitationForm, ExtendForm, InviteForm
from .forms.extending import RequestExtensionForm, SetDueForm
from .forms.handling import (
    AddAssistantsForm,
    ApproveReturnForm,
    AssignForm,
    CheckForm,
    ContactForm,
    DraftCommentForm,
    OpinionForm,
    ReassignForm,
    RequestReturnForm,
)
from .forms.key import ConsultForm, DecideForm, DeclineForm, LeadersForm, PutUpForm, SummariseForm
from .forms.offline import OfflineForm
from .forms.proxy import DisputeForm
from .forms.publishing import PublishForm
from .forms.quality import QualityForm, VoidRatingForm
from .forms.rating import MeetingForm, ProxyRateForm, RateForm
from .forms.review import (
    FileForm,
    MergeForm,
    PreReviewForm,
    RejectForm,
    ReturnForm,
)
from .forms.submitting import SubmitForm
from .forms.supervising import AnswerDemandForm, InstructForm, SuperviseForm, VoidForm
from .forms.unit_desk import NoteForm, ScanForm, SupplementForm
from .forms.urging import ProposeUpgradeForm, UrgeForm
from .roles import COMMITTEE, OFFICES, PROPOSERS, REVIEWERS, WRITERS, Role
from .states import AssignmentState as A
from .states import CosignatureState as C
from .states import ProposalState as P

HEAD, SYSTEM = (Role.HEAD,), (Role.SYSTEM,)
DISPATCHERS = (Role.DISPATCH, Role.HEAD)
URGERS = (Role.DISPATCH, *COMMITTEE)
OPERATOR, UNIT_LEADER = (Role.OPERATOR,), (Role.UNIT_LEADER,)
UNIT = (*OPERATOR, *UNIT_LEADER)
HANDLERS = (Role.REVIEWER, *COMMITTEE, Role.DISPATCH, Role.OPERATOR, Role.UNIT_LEADER)
# What passes between proposer and unit, and a rating, is not for everybody who may read a published case.
BETWEEN = (*PROPOSERS, *HANDLERS)
RATERS = (*PROPOSERS, Role.COSIGNER, *HANDLERS)
CONFIRMING = (*PROPOSERS, Role.CONVENER, *REVIEWERS)
SIGNED = (*PROPOSERS, Role.COSIGNER)
NOMINATORS = (*REVIEWERS, Role.CONTACT, Role.CONVENER)
SIGNERS = (*PROPOSERS, Role.COSIGNER, Role.INVITEE, *REVIEWERS)
SUPERVISED = (*HANDLERS, Role.LEADING)
# A 批示 is not for units that it does not ask; those that it does read it with its demands.
INSTRUCTED = (*REVIEWERS, Role.DISPATCH, Role.LEADING)
FOLLOWING = (*SIGNED, *SUPERVISED, Role.LEADER)


def _recorded(states):
    """The state that the ledger's row shows; the ledger import works it out."""

    @targets(*states)
    def state(step: Step) -> str:
        return step.data["state"]

    return state


ledger_state = _recorded(P.IN_LEDGERS)
ledger_share_state = _recorded(A.IN_LEDGERS)
ledger_cosignature_state = _recorded(C.IN_LEDGERS)


Row = Transition
ACT = ProposalAct

# fmt: off
PROPOSAL = register(Process(
    "proposal", "提案", "proposals.Proposal", P, Role, [
        # --- 提 ---
        Row(ACT.CREATE, "起草", (), WRITERS, P.DRAFT),
        Row(ACT.HAND_OVER, "送本人核对", tuple(P.EDITABLE), (Role.SECRETARY,), effect=writing.hand_over,
            notify=("first_proposer",), seen_by=WRITERS),
        Row(ACT.INVITE, "邀请联名", (P.DRAFT, P.COSIGNING), (Role.AUTHOR,), P.COSIGNING, form=InviteForm,
            guard=guards.ready_to_invite, effect=writing.invite, notify=("invitees",), seen_by=SIGNERS),
        Row(ACT.EXTEND_COSIGNING, "延长联名时间", (P.COSIGNING,), (Role.AUTHOR,), form=ExtendForm,
            guard=guards.cosigning_is_open, effect=writing.extend_cosigning, notify=("invitees",), seen_by=SIGNERS),
        Row(ACT.BACK_TO_DRAFT, "返回修改", (P.COSIGNING,), (Role.AUTHOR,), P.DRAFT, guard=guards.nobody_agreed_yet),
        Row(ACT.ASK_CONVENER, "请召集人确认", tuple(P.EDITABLE), (Role.CONTACT,), guard=guards.convener_can_be_asked,
            effect=collective.ask, notify=("conveners",), seen_by=CONFIRMING),
        Row(ACT.CONFIRM_COLLECTIVE, "召集人确认", tuple(P.EDITABLE), (Role.CONVENER,),
            guard=guards.awaits_confirmation, effect=collective.confirm, notify=("first_proposer",)),
        Row(ACT.SUBMIT, "提交", (P.DRAFT, P.COSIGNING, P.RETURNED), PROPOSERS, P.SUBMITTED, form=SubmitForm,
            guard=guards.ready_to_submit, effect=writing.submit, notify=("proposers", "reviewers")),
        Row(ACT.CLOSE_COSIGNING, "联名截止，自动提交", (P.COSIGNING,), SYSTEM, P.SUBMITTED,
            guard=guards.cosigning_time_is_over, effect=writing.submit, notify=("proposers", "reviewers")),
        Row(ACT.WITHDRAW, "撤回", tuple(P.BEFORE_FILING), PROPOSERS, P.WITHDRAWN, form=ReasonForm,
            effect=writing.withdraw, follow_up=changing.lapse, notify=("proposers", "reviewers"), danger=True),
        *(Row(ACT.MOVE_OFFLINE, "转线下办理", sources, who, offline.offline_state, form=OfflineForm,
              guard=guards.not_offline_yet, effect=offline.move_offline, follow_up=offline.wipe_what_was_taken_back,
              notify=("proposers", "committee"), danger=True, wipes=True)
          for sources, who in ((P.PRIVATE, PROPOSERS), ((P.RETURNED,), (*PROPOSERS, *COMMITTEE)),
                               (P.MAY_GO_OFFLINE, COMMITTEE), ((P.WITHDRAWN,), (*COMMITTEE, Role.SYSTEM)))),
        Row(ACT.SUPPORT, "附议", tuple(P.UNDER_REVIEW), (Role.SUPPORTER,), guard=guards.support_is_open,
            effect=supporting.support, notify=("first_proposer",)),
        Row(ACT.WITHDRAW_SUPPORT, "撤回附议", tuple(P.PENDING), (Role.SECONDER,),
            effect=supporting.withdraw_support, notify=("first_proposer",)),
        Row(ACT.ENTER_BY_PROXY, "代录", (), COMMITTEE, P.SUBMITTED, effect=proxy.enter,
            notify=("proposers", "reviewers")),
        Row(ACT.CONFIRM_PROXY, "确认无误", tuple(P.UNDER_REVIEW), PROPOSERS, guard=guards.proxy_can_be_confirmed,
            effect=proxy.confirm, notify=("staff",), seen_by=SIGNERS),
        Row(ACT.DISPUTE_PROXY, "有出入", tuple(P.UNDER_REVIEW), PROPOSERS, form=DisputeForm,
            guard=guards.proxy_can_be_disputed, effect=proxy.dispute, notify=("staff",), seen_by=SIGNERS),
        # --- 立 ---
        Row(ACT.ADMIT_LATE, "准予作为大会提案", tuple(P.UNDER_REVIEW), COMMITTEE, form=ReasonForm,
            guard=guards.came_late, effect=late.admit, notify=("proposers",)),
        Row(ACT.REVOKE_ADMISSION, "撤销准予", tuple(P.UNDER_REVIEW), COMMITTEE, form=ReasonForm,
            guard=guards.was_admitted, effect=late.revoke, notify=("proposers",)),
        Row(ACT.PRE_REVIEW, "初审", (P.SUBMITTED,), REVIEWERS, P.REVIEWED, form=PreReviewForm,
            effect=filing.pre_review, notify=("heads",), seen_by=REVIEWERS),
        Row(ACT.REVIEW_AGAIN, "退回重审", (P.REVIEWED,), HEAD, P.SUBMITTED, form=ReasonForm,
            notify=("reviewers",), seen_by=REVIEWERS),
        Row(ACT.FILE, "立案", (P.REVIEWED,), HEAD, P.FILED, form=FileForm, effect=filing.file, notify=("proposers",)),
        Row(ACT.RETURN, "退回修改", (P.REVIEWED,), HEAD, P.RETURNED, form=ReturnForm,
            effect=filing.return_for_change, follow_up=changing.lapse, notify=("proposers",)),
        Row(ACT.REJECT, "不予立案", (P.REVIEWED,), HEAD, P.NOT_FILED, form=RejectForm, guard=guards.nothing_merged_in,
            effect=filing.reject, follow_up=changing.lapse, notify=("proposers", "suggestion_unit"), danger=True),
        Row(ACT.MERGE, "并案", (P.REVIEWED,), HEAD, P.MERGED, form=MergeForm,
            guard=guards.nothing_merged_in, effect=filing.merge, follow_up=changing.lapse,
            notify=("proposers", "main_proposers")),
        Row(ACT.UNDO_DECISION, "撤销决定", tuple(P.DECIDED), HEAD, P.REVIEWED, form=ReasonForm,
            guard=review_guards.decision_can_be_undone, effect=filing.undo_decision, follow_up=changing.lapse,
            notify=("proposers",), danger=True),
        Row(ACT.TAKE_BACK, "收回审定", (P.RETURNED,), COMMITTEE, P.REVIEWED, form=ReasonForm,
            guard=review_guards.change_is_overdue, effect=after_decision.take_back, notify=("proposers",)),
        Row(ACT.SPLIT, "分案", tuple(P.UNDER_REVIEW), COMMITTEE, form=SplitForm, effect=splitting.split,
            follow_up=changing.lapse, notify=("proposers",)),
        Row(ACT.SPLIT_OFF, "分案产生", (), COMMITTEE, P.SUBMITTED),
        Row(ACT.UNDO_SPLIT, "撤销分案", tuple(P.UNDER_REVIEW), COMMITTEE, form=ReasonForm,
            guard=review_guards.split_can_be_taken_back, effect=splitting.undo_split,
            follow_up=changing.lapse, notify=("proposers",), danger=True),
        Row(ACT.SPLIT_WITHDRAWN, "分案撤销", tuple(P.UNDER_REVIEW), SYSTEM, P.WITHDRAWN, follow_up=changing.lapse),
        Row(ACT.ANSWER_MERGE, "对并案表示意见", (P.MERGED,), PROPOSERS, form=MergeAnswerForm,
            guard=review_guards.merge_is_to_be_answered, effect=after_decision.answer_merge,
            notify=("staff_if_objected", "heads_if_objected")),
        Row(ACT.CONVERT, "转办完成", (P.NOT_FILED,), SYSTEM, guard=review_guards.waits_for_conversion,
            effect=after_decision.convert, notify=("proposers",)),
        Row(ACT.ACKNOWLEDGE_SUGGESTION, "签收并告知采用情况", (P.NOT_FILED,), (Role.SUGGESTION_UNIT,),
            form=AcknowledgeForm, guard=review_guards.suggestion_waits,
            effect=after_decision.acknowledge_suggestion, notify=("proposers", "staff")),
        Row(ACT.NUMBER, "编号", (P.FILED,), COMMITTEE, guard=guards.not_numbered,
            effect=filing.number, notify=("proposers",)),
        # --- 办 ---
        Row(ACT.ASSIGN, "交办", (P.FILED,), (*COMMITTEE, Role.DISPATCH), P.HANDLING, form=AssignForm,
            guard=guards.numbered, effect=handling.assign, notify=("proposers", "units")),
        Row(ACT.ALL_REPLIED, "全部答复", (P.HANDLING,), SYSTEM, P.REPLIED, guard=guards.all_answered,
            effect=handling.all_replied, follow_up=rating.after_all_replied),
        # --- 评 ---
        Row(ACT.REOPEN, "重新办理", (P.REPLIED,), SYSTEM, P.HANDLING),
        Row(ACT.TO_TRIPARTITE, "转三方会商", (P.HANDLING, P.REPLIED), SYSTEM, P.TRIPARTITE,
            notify=("proposers", "staff")),
        Row(ACT.RECORD_MEETING, "登记三方会商", (P.TRIPARTITE,), COMMITTEE, rating.met_state, form=MeetingForm,
            effect=rating.record_meeting, notify=("proposers", "units")),
        Row(ACT.CLOSE, "办结", (P.REPLIED,), SYSTEM, P.CLOSED, effect=rating.close, notify=("proposers",)),
        Row(ACT.RATE_AGAIN, "评价作废，恢复待评价", P.AFTER_RATING, SYSTEM, voiding.state_after_voiding,
            effect=voiding.rate_again),
        Row(ACT.CLOSE_UNRATED, "逾期未评，办结", (P.REPLIED,), SYSTEM, P.CLOSED,
            guard=guards.rating_time_is_over, effect=rating.close_unrated, notify=("proposers", "staff")),
        Row(ACT.PUBLISH, "公开", P.PUBLISHABLE, COMMITTEE, form=PublishForm, guard=guards.may_be_published,
            effect=publishing.publish, notify=("proposers",)),
        Row(ACT.UNPUBLISH, "撤下公开", (P.REPLIED, P.CLOSED, P.HANDLING, P.TRIPARTITE), COMMITTEE, form=ReasonForm,
            guard=guards.is_published, effect=publishing.unpublish, notify=("proposers",)),
        Row(ACT.CORRECT, "更正", tuple(P.FILED_ON), HEAD, form=CorrectForm, effect=correcting.correct,
            notify=("proposers",)),
        # --- 提交以后的修改和撤案，先申请、后决定 ---
        Row(ACT.ASK_AMEND, "申请修改文字", tuple(P.AMENDABLE), PROPOSERS, form=AskAmendForm,
            guard=change_guards.may_ask_amend, effect=changing.ask_amend, notify=("heads", "cosigners"),
            seen_by=(*SIGNED, *REVIEWERS)),
        Row(ACT.ASK_WITHDRAWAL, "申请撤案", tuple(P.WITHDRAWABLE), PROPOSERS, form=AskWithdrawalForm,
            guard=change_guards.may_ask_withdrawal, effect=changing.ask_withdrawal, notify=("heads", "cosigners"),
            seen_by=(*SIGNED, *REVIEWERS)),
        Row(ACT.AMEND, "按申请修改文字", tuple(P.AMENDABLE), SYSTEM, effect=changing.amend,
            follow_up=changing.after_amend, notify=("units",)),
        Row(ACT.WITHDRAW_FILED, "按申请撤案", tuple(P.WITHDRAWABLE), SYSTEM, P.WITHDRAWN,
            effect=changing.withdraw_filed, follow_up=changing.recall_shares),
        Row(ACT.SUCCEED, "单位撤并", tuple(P), SYSTEM, effect=succession.succeed, follow_up=succession.hand_over,
            notify=("proposers", "units_after")),
        Row(ACT.RECORD_FROM_LEDGER, "台账登记", (), SYSTEM, ledger_state),
        # --- 督：与状态并行的记录 ---
        Row(ACT.NOMINATE_KEY, "列为重点提案候选", tuple(P.FILED_ON), COMMITTEE, form=PutUpForm,
            guard=key_guards.may_be_put_up, effect=key.put_up, notify=("heads",), seen_by=OFFICES),
        Row(ACT.CONSULT_KEY, "登记征求意见", tuple(P.FILED_ON), COMMITTEE, form=ConsultForm,
            guard=key_guards.is_candidate, effect=key.consult, seen_by=OFFICES),
        Row(ACT.DECIDE_KEY, "确定为重点提案", tuple(P.FILED_ON), HEAD, form=DecideForm, guard=key_guards.is_candidate,
            effect=key.decide, notify=("proposers", "units", "staff"), seen_by=FOLLOWING),
        Row(ACT.DECLINE_KEY, "不确定为重点提案", tuple(P.FILED_ON), HEAD, form=DeclineForm,
            guard=key_guards.is_candidate, effect=key.decline, notify=("staff",), seen_by=OFFICES),
        Row(ACT.NAME_LEADERS, "明确领办督办领导", tuple(P.FILED_ON), COMMITTEE, form=LeadersForm,
            guard=key_guards.is_decided, effect=key.name_leaders, notify=("leading", "units", "proposers"),
            seen_by=FOLLOWING),
        Row(ACT.REVOKE_KEY, "撤销重点提案", tuple(P.FILED_ON), HEAD, form=ReasonForm, guard=key_guards.is_decided,
            effect=key.revoke, notify=("leading", "proposers", "units"), seen_by=FOLLOWING, danger=True),
        Row(ACT.SUMMARISE_KEY, "填写年终督办总结", tuple(P.FILED_ON), COMMITTEE, form=SummariseForm,
            guard=key_guards.is_decided, effect=key.summarise, seen_by=SUPERVISED),
        Row(ACT.SUPERVISE, "登记督办", tuple(P.FILED_ON), OFFICES, form=SuperviseForm, effect=supervising.supervise,
            notify=("asked_units", "leading", "proposers"), seen_by=FOLLOWING),
        Row(ACT.INSTRUCT, "批示", tuple(P.FILED_ON), (*OFFICES, Role.LEADING), form=InstructForm,
            effect=supervising.instruct, notify=("asked_units", "committee", "told_proposers"), seen_by=INSTRUCTED),
        Row(ACT.VOID_SUPERVISION, "作废督办记录", tuple(P.FILED_ON), OFFICES, form=VoidForm,
            guard=key_guards.has_a_record, effect=supervising.void, notify=("asked_units", "leading"),
            seen_by=INSTRUCTED, danger=True),
        # --- 评优和归档 ---
        Row(ACT.NOMINATE, "推荐为优秀提案", (P.CLOSED,), (*COMMITTEE, Role.CONTACT, Role.CONVENER), form=NominateForm,
            guard=award_guards.may_be_nominated, effect=awarding.nominate, seen_by=NOMINATORS),
        Row(ACT.WITHDRAW_NOMINATION, "撤回推荐", (P.CLOSED,), COMMITTEE, form=ReasonForm,
            guard=award_guards.nomination_can_be_withdrawn, effect=awarding.withdraw, seen_by=NOMINATORS),
        Row(ACT.AWARD, "评为优秀提案", (P.CLOSED,), HEAD, guard=award_guards.was_chosen, effect=awarding.award,
            notify=("proposers",)),
        Row(ACT.REVOKE_AWARD, "撤销优秀提案", (P.CLOSED,), HEAD, form=ReasonForm, guard=award_guards.has_award,
            effect=awarding.revoke, notify=("proposers",), danger=True),
        Row(ACT.ARCHIVE, "归档", (P.CLOSED,), COMMITTEE, guard=award_guards.not_archived, effect=archiving.archive,
            seen_by=(*REVIEWERS, Role.DISPATCH)),
    ],
))

ACT = AssignmentAct

ASSIGNMENT = register(Process(
    "assignment", "交办", "proposals.Assignment", A, Role, [
        Row(ACT.SIGN_FOR, "签收", (A.AWAITING_SIGN,), OPERATOR, A.HANDLING, effect=handling.sign_for),
        Row(ACT.REQUEST_RETURN, "申请退办", tuple(A.BEFORE_REPLY), OPERATOR, A.RETURN_REQUESTED,
            form=RequestReturnForm, guard=guards.return_is_in_time, effect=handling.request_return,
            notify=("dispatch", "heads_if_elsewhere", "proposers")),
        Row(ACT.APPROVE_RETURN, "同意退办并改交", (A.RETURN_REQUESTED,), DISPATCHERS, A.RECALLED,
            form=ApproveReturnForm, effect=handling.reassign, follow_up=extending.lapse,
            notify=("units", "new_unit", "proposers")),
        Row(ACT.REFUSE_RETURN, "不同意退办", (A.RETURN_REQUESTED,), DISPATCHERS, handling.state_before_return,
            form=ReasonForm, effect=handling.refuse_return, notify=("units", "proposers")),
        Row(ACT.REASSIGN, "改交", tuple(A.WITH_THE_UNIT), DISPATCHERS, A.RECALLED, form=ReassignForm,
            guard=guards.may_be_reassigned, effect=handling.reassign, follow_up=extending.lapse,
            notify=("units", "new_unit", "proposers"), danger=True),
        Row(ACT.TAKE_LEAD, "改任主办，会办终止", tuple(A.RECALLABLE), SYSTEM, A.RECALLED),
        Row(ACT.ADD_ASSISTANTS, "增加会办单位", tuple(A.BEFORE_REPLY), (*COMMITTEE, Role.DISPATCH),
            form=AddAssistantsForm, guard=guards.may_have_assistants, effect=handling.add_assistants,
            notify=("new_units", "units", "proposers")),
        Row(ACT.LOG_CONTACT, "登记面商", tuple(A.IN_CONTACT), OPERATOR, form=ContactForm, effect=handling.log_contact,
            seen_by=BETWEEN),
        Row(ACT.GIVE_OPINION, "报会办意见", (A.HANDLING,), OPERATOR, A.AWAITING_SIGN_OFF, form=OpinionForm,
            guard=guards.is_assisting, effect=handling.give_opinion, notify=("unit_leaders",), seen_by=HANDLERS),
        Row(ACT.SEND_DRAFT, "送提案人征求意见", (A.HANDLING,), OPERATOR, guard=guards.draft_may_be_sent,
            effect=handling.send_draft, notify=("first_proposer",), seen_by=BETWEEN),
        Row(ACT.COMMENT_ON_DRAFT, "对答复稿提意见", (A.HANDLING,), PROPOSERS, form=DraftCommentForm,
            guard=guards.draft_awaits_comment, effect=handling.comment_on_draft, notify=("units",), seen_by=BETWEEN),
        Row(ACT.SUBMIT_REPLY, "报审签", (A.HANDLING,), OPERATOR, A.AWAITING_SIGN_OFF,
            guard=guards.reply_is_ready, effect=handling.submit_reply, notify=("unit_leaders",), seen_by=HANDLERS),
        Row(ACT.SIGN_OFF, "审签", (A.AWAITING_SIGN_OFF,), UNIT_LEADER, handling.signed_state,
            form=OptionalNoteForm, guard=unit_guards.not_own_writing, effect=handling.sign_off,
            notify=("after_sign_off",), seen_by=HANDLERS),
        Row(ACT.REFUSE_SIGN_OFF, "审签退回", (A.AWAITING_SIGN_OFF,), UNIT_LEADER, A.HANDLING, form=ReasonForm,
            effect=handling.back_to_writing, notify=("operators",), seen_by=HANDLERS),
        Row(ACT.CHECK, "复核通过", (A.AWAITING_CHECK,), DISPATCHERS, form=CheckForm, guard=guards.not_checked_yet,
            effect=handling.check, notify=("operators",), seen_by=HANDLERS),
        Row(ACT.CHECK_BACK, "复核退回", (A.AWAITING_CHECK,), DISPATCHERS, A.HANDLING, form=ReasonForm,
            effect=handling.back_to_writing, notify=("operators",), seen_by=HANDLERS),
        Row(ACT.SEND, "发出答复", (A.AWAITING_CHECK,), OPERATOR, A.REPLIED, guard=unit_guards.may_be_sent,
            effect=handling.send, follow_up=handling.after_send, notify=("proposers", "merged_proposers", "staff")),
        Row(ACT.RATE, "评价", (A.REPLIED,), (*PROPOSERS, Role.COSIGNER), rating.rated_state, form=RateForm,
            guard=rating_guards.may_rate, effect=rating.rate, follow_up=rating.after_rating,
            notify=("units", "staff"), seen_by=RATERS),
        Row(ACT.RATE_BY_PROXY, "代录评价", (A.REPLIED,), COMMITTEE, rating.rated_state, form=ProxyRateForm,
            guard=guards.somebody_is_left_to_rate, effect=rating.rate_by_proxy, follow_up=rating.after_rating, notify=("units", "proposers"),
            seen_by=RATERS),
        Row(ACT.RATE_PROPOSAL, "评价提案质量", (A.REPLIED,), OPERATOR, form=QualityForm,
            guard=rating_guards.may_rate_proposal, effect=quality.rate_proposal, notify=("proposers", "staff"),
            seen_by=RATERS),
        Row(ACT.VOID_RATING, "作废评价", (A.REPLIED,), HEAD, form=VoidRatingForm, guard=rating_guards.may_void,
            effect=voiding.void, follow_up=voiding.after_void, notify=("proposers", "staff"),
            seen_by=(*SIGNED, *REVIEWERS), danger=True),
        Row(ACT.CORRECT_REPLY, "更正答复登记", (A.REPLIED,), HEAD, form=CorrectReplyForm,
            guard=correction_guards.reply_is_registered, effect=correcting.correct_reply,
            notify=("proposers", "units", "staff"), seen_by=RATERS),
        Row(ACT.VOID_CONTACT, "作废面商记录", tuple(A.IN_CONTACT), HEAD, form=VoidContactForm,
            guard=correction_guards.a_contact_can_be_voided, effect=correcting.void_contact, notify=("units",),
            seen_by=BETWEEN, danger=True),
        Row(ACT.ANOTHER_ROUND, "再次办理", (A.REPLIED,), SYSTEM, A.HANDLING, effect=rating.another_round,
            notify=("units",)),
        Row(ACT.TEXT_CHANGED, "提案已修改，退回核对", tuple(A.BEING_APPROVED), SYSTEM, A.HANDLING,
            effect=handling.back_to_writing, notify=("operators",), seen_by=HANDLERS),
        Row(ACT.MISS_OPINION, "逾期未报会办意见", tuple(A.MISSABLE), SYSTEM, A.OPINION_MISSED, notify=("units", "dispatch"),
            seen_by=HANDLERS),
        Row(ACT.RECALL, "撤回交办", tuple(A.RECALLABLE), SYSTEM, A.RECALLED, follow_up=extending.lapse,
            notify=("units",)),
        Row(ACT.REQUEST_EXTENSION, "申请延期", (A.HANDLING,), OPERATOR, form=RequestExtensionForm,
            guard=extension_guards.may_ask, effect=extending.ask, notify=("dispatch",), seen_by=BETWEEN),
        Row(ACT.EXTEND, "延期", tuple(A.OPEN), SYSTEM, effect=extending.extend, notify=("proposers",), seen_by=BETWEEN),
        Row(ACT.SET_DUE, "重新定期限", tuple(A.OPEN), HEAD, form=SetDueForm, guard=extension_guards.six_months_are_over,
            effect=extending.set_due, follow_up=extending.lapse, notify=("units", "dispatch", "proposers"),
            seen_by=BETWEEN),
        Row(ACT.SUCCEED, "改由新单位承办", tuple(A.BEFORE_SIGNING), SYSTEM, effect=succession.take_over),
        Row(ACT.SUCCEED, "改由新单位承办", (A.AWAITING_CHECK,), SYSTEM, A.HANDLING, effect=succession.take_over_anew),
        Row(ACT.STAND_ALONE, "改为独办", tuple(A.HELD), SYSTEM, effect=succession.stand_alone),
        # --- 承办单位自己的事 ---
        Row(ACT.NOTE, "写内部备注", tuple(A.HELD), UNIT, form=NoteForm, seen_by=UNIT),
        Row(ACT.UPLOAD_SCAN, "上传盖章扫描件", (A.AWAITING_CHECK,), OPERATOR, form=ScanForm, guard=guards.checked,
            effect=letters.keep_scan, seen_by=HANDLERS),
        Row(ACT.WRITE_SUPPLEMENT, "撰写补充答复", (A.REPLIED,), OPERATOR, form=SupplementForm,
            guard=unit_guards.has_a_reply, effect=supplements.write, notify=("unit_leaders",), seen_by=HANDLERS),
        Row(ACT.SIGN_SUPPLEMENT, "审签补充答复", (A.REPLIED,), UNIT_LEADER, guard=unit_guards.supplement_may_be_signed,
            effect=supplements.sign, notify=("proposers", "merged_proposers", "dispatch", "staff")),
        Row(ACT.REFUSE_SUPPLEMENT, "退回补充答复", (A.REPLIED,), UNIT_LEADER, form=ReasonForm,
            guard=unit_guards.supplement_waits, effect=supplements.refuse, notify=("operators",), seen_by=HANDLERS),
        Row(ACT.RECORD_FROM_LEDGER, "台账登记", (), SYSTEM, ledger_share_state),
        # --- 督 ---
        Row(ACT.URGE, "催办", tuple(A.WITH_THE_UNIT), URGERS, form=UrgeForm, guard=urge_guards.not_urged_today,
            effect=urging.urge, notify=("units",), seen_by=BETWEEN),
        Row(ACT.PROPOSE_UPGRADE, "提请转为 A 类", (A.REPLIED,), (Role.OPERATOR, *COMMITTEE), form=ProposeUpgradeForm,
            guard=urge_guards.may_propose_upgrade, effect=upgrading.propose, notify=("first_proposer",), seen_by=BETWEEN),
        Row(ACT.CONSENT_UPGRADE, "同意转为 A 类", (A.REPLIED,), PROPOSERS, form=OptionalNoteForm,
            guard=urge_guards.awaits_consent, effect=upgrading.consent, notify=("heads",), seen_by=BETWEEN),
        Row(ACT.DECLINE_UPGRADE, "不同意转为 A 类", (A.REPLIED,), PROPOSERS, form=ReasonForm,
            guard=urge_guards.awaits_consent, effect=upgrading.decline, notify=("units", "staff"), seen_by=BETWEEN),
        Row(ACT.GRANT_UPGRADE, "核准转为 A 类", (A.REPLIED,), HEAD, form=OptionalNoteForm,
            guard=urge_guards.awaits_decision, effect=upgrading.grant, notify=("units", "first_proposer"), seen_by=BETWEEN),
        Row(ACT.REFUSE_UPGRADE, "不予转类", (A.REPLIED,), HEAD, form=ReasonForm,
            guard=urge_guards.has_open_upgrade, effect=upgrading.refuse, notify=("units", "first_proposer"), seen_by=BETWEEN),
        Row(ACT.ANSWER_DEMAND, "反馈落实情况", tuple(A.IN_HAND), OPERATOR, form=AnswerDemandForm,
            guard=key_guards.is_asked_to_report, effect=supervising.answer, notify=("recorder", "committee"),
            seen_by=SUPERVISED),
    ],
))

ACT = CosignatureAct

COSIGNATURE = register(Process(
    "cosignature", "联名", "proposals.Cosignature", C, Role, [
        Row(ACT.AGREE, "同意联名", (C.INVITED,), (Role.INVITEE,), C.AGREED, form=AnswerInvitationForm,
            guard=guards.may_sign, effect=writing.answer_invitation, notify=("first_proposer",)),
        Row(ACT.DECLINE, "谢绝", (C.INVITED,), (Role.INVITEE,), C.DECLINED, form=AnswerInvitationForm,
            guard=guards.invitation_is_open, effect=writing.answer_invitation, notify=("first_proposer",),
            seen_by=SIGNERS),
        Row(ACT.RECALL, "撤回邀请", (C.INVITED,), (Role.AUTHOR,), C.RECALLED,
            guard=guards.invitation_is_open, notify=("invitee",), seen_by=SIGNERS),
        Row(ACT.INVITE_AGAIN, "再次邀请", (C.RECALLED, C.DECLINED), (Role.AUTHOR,), C.INVITED,
            guard=guards.may_be_asked_again, effect=writing.invite_again, notify=("invitee",), seen_by=SIGNERS),
        Row(ACT.EXPIRE, "邀请失效", (C.INVITED,), SYSTEM, C.EXPIRED, seen_by=SIGNERS),
        Row(ACT.SUPPORT, "附议", (C.INVITED, *C.NOT_SIGNED), SYSTEM, C.AGREED, effect=supporting.sign_again,
            seen_by=REVIEWERS),
        Row(ACT.TAKE_BACK, "撤回附议", (C.AGREED,), SYSTEM, C.TAKEN_BACK, seen_by=REVIEWERS),
        Row(ACT.ENTER_BY_PROXY, "代录", (), SYSTEM, C.AGREED),
        Row(ACT.RECORD_FROM_LEDGER, "台账登记", (), SYSTEM, ledger_cosignature_state),
    ],
))
# fmt: on
