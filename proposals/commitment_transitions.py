"""THE TABLE of a commitment: it begins with the sent reply and lives until it is done, whatever became of the case."""

from workflow.forms import OptionalNoteForm, ReasonForm
from workflow.transition import Process, Transition, register

from . import urge_guards
from .acts import CommitmentAct as Act
from .commitment_states import CommitmentState as S
from .effects import commitments
from .forms.urging import PostponeForm, ProgressForm, ReportDoneForm, UrgeCommitmentForm
from .roles import PROPOSERS, REVIEWERS, Role

SYSTEM, OPERATOR = (Role.SYSTEM,), (Role.OPERATOR,)
OFFICES = (Role.DISPATCH, Role.STAFF, Role.HEAD)
# What passes about a promise is for those who have to do with the case, not for readers of a published one.
PARTIES = (
    *PROPOSERS, Role.COSIGNER, Role.MERGED_AUTHOR, *REVIEWERS, Role.DISPATCH, Role.OPERATOR, Role.UNIT_LEADER, Role.LEADING,
    Role.LEADER,
)  # fmt: skip

# fmt: off
COMMITMENT = register(Process(
    "commitment", "承诺事项", "proposals.Commitment", S, Role, [
        Transition(Act.BEGIN, "承诺开始落实", (S.DRAFT,), SYSTEM, S.OPEN, effect=commitments.begin,
                   follow_up=commitments.go_on, notify=("promise_owner",), seen_by=PARTIES),
        Transition(Act.REPORT_PROGRESS, "报进展", (S.OPEN,), OPERATOR, form=ProgressForm,
                   effect=commitments.report_progress, seen_by=PARTIES),
        Transition(Act.POSTPONE, "延期", (S.OPEN,), OPERATOR, form=PostponeForm, effect=commitments.postpone,
                   notify=("proposers", "promise_dispatch", "staff"), seen_by=PARTIES),
        Transition(Act.REPORT_DONE, "报办结", (S.OPEN,), OPERATOR, S.REPORTED, form=ReportDoneForm,
                   effect=commitments.report_done, notify=("promise_dispatch", "staff"), seen_by=PARTIES),
        Transition(Act.CONFIRM_DONE, "确认办结", (S.REPORTED,), OFFICES, S.DONE, form=OptionalNoteForm,
                   notify=("promise_units", "proposers"), seen_by=PARTIES),
        Transition(Act.NOT_DONE, "退回继续落实", (S.REPORTED,), OFFICES, S.OPEN, form=ReasonForm,
                   effect=commitments.not_done, notify=("promise_units",), seen_by=PARTIES),
        Transition(Act.URGE, "催办", (S.OPEN,), OFFICES, form=UrgeCommitmentForm,
                   guard=urge_guards.commitment_not_urged_today, effect=commitments.urge,
                   notify=("promise_units",), seen_by=PARTIES),
        Transition(Act.VOID, "作废", tuple(S.LIVE), (Role.HEAD,), S.VOIDED, form=ReasonForm,
                   notify=("promise_units", "proposers"), seen_by=PARTIES, danger=True),
        Transition(Act.SUPERSEDE, "由新的答复代替", tuple(S.LIVE), SYSTEM, S.VOIDED, follow_up=commitments.go_on,
                   seen_by=PARTIES),
    ],
))
# fmt: on
