"""THE TABLES of what comes of a topic: a member's opinion, an outcome, a recommendation."""

from workflow.forms import OptionalNoteForm, ReasonForm
from workflow.transition import Process, Transition, register

from . import guards
from .acts import ItemAct, OpinionAct, OutcomeAct
from .effects import item as of_item
from .effects import opinion as of_opinion
from .effects import outcome as of_outcome
from .forms import item as item_forms
from .forms import outcome as outcome_forms
from .roles import Role
from .states import ItemState, OpinionState, OutcomeState
from .transitions import INSIDE, LEADS

O, S, R = OpinionState, OutcomeState, ItemState  # noqa: E741
OPERATOR, OFFICES = (Role.OPERATOR,), (*LEADS, Role.DISPATCH)
# What passes about a recommendation is for those who have to do with it, not for all who read the topic.
PARTIES = (*INSIDE, Role.OPERATOR, Role.UNIT_LEADER, Role.DISPATCH, Role.PARTICIPANT)

# fmt: off
OPINION = register(Process(
    "consult_opinion", "委员意见", "consultations.Opinion", O, Role, [
        Transition(OpinionAct.SUBMIT, "提交意见", (O.DRAFT,), (Role.AUTHOR,), O.SUBMITTED, guard=guards.may_submit,
                   effect=of_opinion.submit, seen_by=(Role.OFFICE, Role.LEAD)),
        Transition(OpinionAct.TAKE_BACK, "撤回修改", (O.SUBMITTED,), (Role.AUTHOR,), O.DRAFT,
                   guard=guards.may_take_back, effect=of_opinion.take_back, seen_by=(Role.OFFICE, Role.LEAD)),
        Transition(OpinionAct.CONVERT, "转为我的提案或社情民意草稿", (O.DRAFT, O.SUBMITTED), (Role.AUTHOR,),
                   form=item_forms.ConvertForm, guard=guards.may_convert, effect=of_opinion.convert,
                   seen_by=(Role.OFFICE, Role.LEAD)),
    ],
))

OUTCOME = register(Process(
    "outcome", "协商成果", "consultations.Outcome", S, Role, [
        Transition(OutcomeAct.ADD_ITEM, "添加建议", (S.DRAFT,), LEADS, form=outcome_forms.ItemForm,
                   effect=of_outcome.add_item, seen_by=INSIDE),
        Transition(OutcomeAct.REMOVE_ITEM, "删去建议", (S.DRAFT,), LEADS, form=outcome_forms.RemoveItemForm,
                   effect=of_outcome.remove_item, seen_by=INSIDE),
        Transition(OutcomeAct.SUBMIT, "送领导审签", (S.DRAFT,), LEADS, S.SUBMITTED, form=OptionalNoteForm,
                   guard=guards.is_written, effect=of_outcome.submit, notify=("signers",), seen_by=INSIDE),
        Transition(OutcomeAct.RETURN, "退回修改", (S.SUBMITTED, S.SIGNED), (Role.LEADER, Role.LEAD_HEAD), S.DRAFT,
                   form=ReasonForm, effect=of_outcome.give_back, notify=("lead",), seen_by=INSIDE),
        Transition(OutcomeAct.SIGN, "审签", (S.SUBMITTED,), (Role.LEADER, Role.LEAD_HEAD), S.SIGNED,
                   form=OptionalNoteForm, guard=guards.may_sign, effect=of_outcome.sign, notify=("lead",),
                   seen_by=INSIDE),
        Transition(OutcomeAct.SEND, "报送并交办建议", (S.SIGNED,), LEADS, S.SENT, form=outcome_forms.SendForm,
                   guard=guards.may_be_sent, effect=of_outcome.send, follow_up=of_outcome.report_on,
                   notify=("asked_units", "dispatch", "leader")),
        Transition(OutcomeAct.INSTRUCT, "登记批示", (S.SENT,), (*LEADS, Role.LEADER, Role.OVERSEER),
                   form=outcome_forms.InstructForm, effect=of_outcome.instruct, notify=("asked_units", "lead", "participants"),
                   seen_by=(*INSIDE, Role.OPERATOR, Role.UNIT_LEADER)),
        Transition(OutcomeAct.VOID, "作废批示登记", (S.SENT,), LEADS, form=outcome_forms.VoidForm,
                   guard=guards.has_instructions, effect=of_outcome.void, notify=("asked_units", "lead", "participants"),
                   seen_by=(*INSIDE, Role.OPERATOR, Role.UNIT_LEADER), danger=True),
        Transition(OutcomeAct.DROP, "作废", (S.DRAFT,), LEADS, S.DROPPED, form=ReasonForm, effect=of_outcome.drop,
                   seen_by=INSIDE, danger=True),
    ],
))

RECOMMENDATION = register(Process(
    "recommendation", "协商建议", "consultations.Recommendation", R, Role, [
        Transition(ItemAct.ANSWER, "答复", (R.WAITING,), OPERATOR, of_item.answered_state, form=item_forms.AnswerForm,
                   guard=guards.is_sent, effect=of_item.answer, notify=("lead", "dispatch"), seen_by=PARTIES),
        Transition(ItemAct.PROGRESS, "报进展", (R.DOING,), OPERATOR, form=item_forms.ProgressForm, effect=of_item.progress,
                   seen_by=PARTIES),
        Transition(ItemAct.POSTPONE, "延期", (R.DOING,), OPERATOR, form=item_forms.PostponeForm, effect=of_item.postpone,
                   notify=("lead", "dispatch"), seen_by=PARTIES),
        Transition(ItemAct.REPORT_DONE, "报落实", (R.DOING,), OPERATOR, R.REPORTED, form=item_forms.ReportDoneForm,
                   effect=of_item.report_done, notify=("lead", "dispatch"), seen_by=PARTIES),
        Transition(ItemAct.CONFIRM, "确认落实", (R.REPORTED,), OFFICES, R.DONE, form=OptionalNoteForm,
                   notify=("unit",), seen_by=PARTIES),
        Transition(ItemAct.NOT_DONE, "退回继续落实", (R.REPORTED,), OFFICES, R.DOING, form=ReasonForm,
                   effect=of_item.not_done, notify=("unit",), seen_by=PARTIES),
        Transition(ItemAct.URGE, "催办", tuple(R.URGED), OFFICES, form=item_forms.UrgeForm, guard=guards.not_urged_today,
                   effect=of_item.urge, notify=("unit",), seen_by=PARTIES),
        Transition(ItemAct.ASK_AGAIN, "再次交办", (R.DECLINED,), LEADS, R.WAITING, form=ReasonForm,
                   guard=guards.may_ask_again, effect=of_item.ask_again, notify=("unit",), seen_by=PARTIES),
        Transition(ItemAct.REASSIGN, "改由其他单位办理", tuple(R.OPEN), LEADS, R.WAITING, form=item_forms.ReassignForm,
                   guard=guards.is_sent, effect=of_item.reassign, notify=("unit", "former_unit"), seen_by=PARTIES),
        Transition(ItemAct.CONVERT, "转为我的提案或社情民意草稿", tuple(R), (Role.PARTICIPANT,), form=item_forms.ConvertForm,
                   guard=guards.may_convert, effect=of_item.convert, seen_by=(Role.OFFICE, Role.LEAD)),
    ],
))
# fmt: on
