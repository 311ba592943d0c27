"""THE TABLE of a matter: 征集 → 初选 → 公示 → 调研 → 协商会 → 纪要 → 交办 → 落实 → 反馈 → 评价 → 归档."""

from workflow.forms import OptionalNoteForm, ReasonForm
from workflow.transition import Process, Transition, register

from . import attachments, guards
from .acts import Act
from .effects import following, meeting, passing, screening, succession
from .forms import following as follow
from .forms import meeting as talk
from .forms import passing as going
from .forms import screening as screen
from .roles import KEEPERS, Role
from .states import State as M

# A room's host decides, host and secretary do the rest; the house stands in for both where a room has nobody.
DECIDERS = (Role.HOST, Role.HOUSE)
WORKERS = (*KEEPERS, Role.HOUSE)
INSIDE = (*KEEPERS, Role.FORMER, Role.SUPERIOR, Role.HOUSE, Role.LEADER)
AT_WORK = (*INSIDE, Role.UNIT, Role.PARTICIPANT)
MOVABLE = (M.WAITING, M.SELECTED, M.SURVEYING, M.CONVENING, M.AGREED)

# fmt: off
MATTER = register(Process(
    "matter", "协商议题", "grassroots.Matter", M, Role, [
        Transition(Act.BRING, "提交议题", (), (Role.SYSTEM,), M.WAITING, notify=("keepers",)),
        Transition(Act.SELECT, "初选通过", (M.WAITING,), DECIDERS, M.SELECTED, form=screen.SelectForm,
                   effect=screening.select, notify=("bringer",)),
        Transition(Act.DECLINE, "不予受理", tuple(M.TO_SCREEN), DECIDERS, M.DECLINED, form=screen.DeclineForm,
                   effect=screening.decline, notify=("bringer",), danger=True),
        Transition(Act.RECONSIDER, "撤销不予受理", (M.DECLINED,), DECIDERS, M.WAITING, form=ReasonForm,
                   effect=screening.reconsider, notify=("bringer",)),
        Transition(Act.POST, "公示", (M.SELECTED,), DECIDERS, M.POSTED, form=screen.ReleaseForm,
                   guard=guards.is_worded, effect=screening.post, notify=("bringer",)),
        Transition(Act.NOTE, "登记意见", (M.POSTED, M.SURVEYING, M.CONVENING), WORKERS, form=ReasonForm, seen_by=INSIDE),
        Transition(Act.END_POSTING, "结束公示，开始调研", (M.POSTED,), WORKERS, M.SURVEYING, form=OptionalNoteForm,
                   guard=guards.posting_is_over, effect=screening.end_posting),
        Transition(Act.RECORD_SURVEY, "登记调研", (M.SURVEYING,), WORKERS, M.CONVENING, form=screen.SurveyForm,
                   effect=screening.record_survey),
        Transition(Act.CALL, "定协商会时间", (M.CONVENING,), WORKERS, form=talk.CallForm, effect=meeting.call,
                   notify=("bringer", "keepers")),
        Transition(Act.RECORD_MEETING, "登记协商会", (M.CONVENING, M.MINUTES), WORKERS, M.MINUTES, form=talk.MeetingForm,
                   effect=meeting.record, seen_by=AT_WORK),
        Transition(Act.SIGN_MINUTES, "签发纪要", (M.MINUTES,), DECIDERS, following.signed_to, effect=meeting.sign,
                   notify=("bringer", "participants")),
        Transition(Act.ASSIGN, "交办", (M.AGREED,), DECIDERS, M.HANDLING, form=follow.AssignForm,
                   guard=guards.has_items, effect=following.assign, notify=("units", "bringer")),
        Transition(Act.REPORT, "报告进展", (M.HANDLING,), (Role.UNIT, *WORKERS), following.reported_to,
                   form=follow.ReportForm, effect=following.report, notify=("keepers",)),
        Transition(Act.URGE, "催办", (M.HANDLING,), WORKERS, guard=guards.may_urge, form=OptionalNoteForm,
                   effect=following.urge, notify=("units",), seen_by=AT_WORK),
        Transition(Act.EXTEND, "调整期限", (M.HANDLING,), DECIDERS, form=follow.ExtendForm, effect=following.extend,
                   notify=("units", "bringer")),
        Transition(Act.ANSWER, "反馈", (M.DONE,), WORKERS, M.ANSWERED, form=follow.AnswerForm,
                   effect=following.answer, notify=("to_rate",)),
        Transition(Act.RATE, "评价", (M.ANSWERED,), (Role.BRINGER, Role.SYSTEM), following.rated_to,
                   form=follow.RateForm, effect=following.rate, notify=("keepers",)),
        Transition(Act.RATE_FOR, "代录评价", (M.ANSWERED,), KEEPERS, following.rated_to, form=follow.RateForForm,
                   guard=guards.is_from_citizen, effect=following.rate_for, notify=("keepers",), seen_by=INSIDE),
        Transition(Act.RATE, "评价", (M.CLOSED,), (Role.BRINGER, Role.SYSTEM), following.rated_to,
                   form=follow.RateForm, guard=guards.may_rate_late, effect=following.rate, notify=("keepers",)),
        Transition(Act.RATE_FOR, "代录评价", (M.CLOSED,), KEEPERS, following.rated_to, form=follow.RateForForm,
                   guard=guards.may_rate_late_for, effect=following.rate_for, notify=("keepers",), seen_by=INSIDE),
        Transition(Act.CLOSE_UNRATED, "逾期未评，办结", (M.ANSWERED,), (Role.SYSTEM,), M.CLOSED,
                   guard=guards.is_overdue, effect=following.close, notify=("bringer",)),
        Transition(Act.CONSULT_AGAIN, "再次协商", (M.AGREED, M.DONE), DECIDERS, M.CONVENING, form=ReasonForm,
                   effect=meeting.consult_again, notify=("bringer",)),
        Transition(Act.PASS_UP, "提交上一级", MOVABLE, DECIDERS, M.WAITING, form=ReasonForm, guard=guards.has_upper,
                   effect=passing.pass_up, notify=("keepers", "bringer")),
        Transition(Act.PASS_DOWN, "转下级办理", tuple(M.TO_SCREEN), DECIDERS, M.WAITING, form=going.PassDownForm,
                   guard=guards.has_lower, effect=passing.pass_down, notify=("keepers", "bringer")),
        Transition(Act.MOVE_ON, "转为提案或社情民意", (*MOVABLE, M.DONE), DECIDERS, M.MOVED, form=going.MoveOnForm,
                   effect=passing.move_on, notify=("bringer", "taker")),
        Transition(Act.CONVERT, "起草", (M.MOVED,), (Role.SYSTEM,), effect=passing.convert, notify=("taker",), seen_by=INSIDE),
        Transition(Act.ADD_FILES, "上传照片或附件", tuple(M.OPEN), (Role.UNIT, *WORKERS), form=follow.AddFileForm,
                   effect=attachments.add, seen_by=AT_WORK),
        Transition(Act.RELEASE, "公开办理情况", tuple(M.RELEASABLE), DECIDERS, form=screen.ReleaseForm,
                   guard=guards.is_taken_on, effect=screening.release, seen_by=AT_WORK),
        Transition(Act.UNRELEASE, "撤下公开", tuple(M.WITH_TEXT), DECIDERS, form=ReasonForm, guard=guards.is_released,
                   effect=screening.unrelease, seen_by=AT_WORK, danger=True),
        Transition(Act.GO_OFFLINE, "转线下办理", tuple(M.WITH_TEXT), DECIDERS, M.OFFLINE, form=ReasonForm,
                   effect=passing.go_offline, wipes=True, seen_by=INSIDE, danger=True),
        Transition(Act.ARCHIVE, "归档", tuple(M.ARCHIVABLE), WORKERS, M.ARCHIVED, seen_by=INSIDE),
        Transition(Act.SUCCEED, "机构撤并，由接续的机构办", tuple(M.OPEN), (Role.SYSTEM,), effect=succession.succeed,
                   notify=("heirs", "new_room", "keepers", "bringer")),
    ],
))
# fmt: on
