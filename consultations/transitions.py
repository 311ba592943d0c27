"""THE TABLES of the plan of a year, of a suggested topic and of a topic. What comes of a topic: outcome_transitions.py."""

from workflow.forms import OptionalNoteForm, ReasonForm
from workflow.transition import Process, Transition, register

from . import guards
from .acts import IdeaAct, PlanAct, TopicAct
from .effects import correcting as of_rows
from .effects import idea as of_idea
from .effects import plan as of_plan
from .effects import topic as of_topic
from .forms import correcting as correcting_forms
from .forms import idea as idea_forms
from .forms import plan as plan_forms
from .forms import topic as face_forms
from .forms import work as work_forms
from .roles import Role
from .states import IdeaState, PlanState, TopicState

OFFICE, LEADS, SYSTEM = (Role.OFFICE,), (Role.LEAD, Role.OFFICE), (Role.SYSTEM,)
P, D, T = PlanState, IdeaState, TopicState
# What passes inside the house while a topic is prepared.
INSIDE = (Role.OFFICE, Role.LEAD, Role.LEAD_HEAD, Role.HOUSE, Role.LEADER, Role.OVERSEER)
BEFORE, UNDER_WAY = tuple(T.BEFORE), tuple(T.UNDER_WAY)

# fmt: off
PLAN = register(Process(
    "consult_plan", "年度协商计划", "consultations.Plan", P, Role, [
        Transition(PlanAct.OPEN, "起草计划", (), OFFICE, P.DRAFT, effect=of_plan.opened),
        Transition(PlanAct.WRITE, "修改计划文字", (P.DRAFT, P.CONSULTING, P.CHAIRMEN, P.STANDING), OFFICE,
                   form=plan_forms.TextForm, effect=of_plan.write),
        Transition(PlanAct.CALL, "征集议题", (P.DRAFT,), OFFICE, form=plan_forms.CallForm, effect=of_plan.call,
                   notify=("called",)),
        Transition(PlanAct.CONSULT, "送县委、县政府征求意见", (P.DRAFT,), OFFICE, P.CONSULTING, form=plan_forms.StepForm,
                   guard=guards.has_topics, effect=of_plan.consult),
        Transition(PlanAct.RECORD_VIEW, "登记意见", (P.CONSULTING,), OFFICE, form=plan_forms.ViewForm,
                   effect=of_plan.record_view),
        Transition(PlanAct.SUBMIT, "提交主席会议", (P.CONSULTING,), OFFICE, P.CHAIRMEN, form=plan_forms.StepForm,
                   guard=guards.has_both_views, effect=of_plan.submit, notify=("chairs",)),
        Transition(PlanAct.PASS_CHAIRMEN, "登记主席会议审议通过", (P.CHAIRMEN,), OFFICE, P.STANDING,
                   form=plan_forms.MeetingStepForm, guard=guards.has_topics, effect=of_plan.pass_chairmen),
        Transition(PlanAct.PASS_STANDING, "登记县委常委会会议确定", (P.STANDING,), OFFICE, P.APPROVED,
                   form=plan_forms.MeetingStepForm, guard=guards.has_topics, effect=of_plan.pass_standing),
        Transition(PlanAct.ISSUE, "联合印发", (P.APPROVED,), OFFICE, P.ISSUED, form=plan_forms.IssueForm,
                   guard=guards.has_topics, effect=of_plan.issue, notify=("plan_readers",)),
        Transition(PlanAct.SEND_BACK, "退回修改", tuple(P.ON_THE_WAY), OFFICE, P.DRAFT, form=ReasonForm,
                   effect=of_plan.send_back, danger=True),
        Transition(PlanAct.DROP, "作废", (P.DRAFT,), OFFICE, P.DROPPED, form=ReasonForm, guard=guards.has_no_topics,
                   danger=True),
    ],
))

IDEA = register(Process(
    "consult_idea", "征集的议题", "consultations.Idea", D, Role, [
        Transition(IdeaAct.SUGGEST, "提出议题", (), SYSTEM, D.WAITING),
        Transition(IdeaAct.SELECT, "并入议题", (D.WAITING, D.RESERVED), (Role.OFFICE, Role.SYSTEM), D.SELECTED,
                   form=idea_forms.SelectForm, effect=of_idea.select, notify=("idea_author",)),
        Transition(IdeaAct.RESERVE, "留作储备", (D.WAITING,), OFFICE, D.RESERVED, form=OptionalNoteForm,
                   notify=("idea_author",)),
        Transition(IdeaAct.DECLINE, "不采用", (D.WAITING, D.RESERVED), OFFICE, D.DECLINED, form=ReasonForm,
                   notify=("idea_author",)),
        Transition(IdeaAct.RECONSIDER, "重新研究", (D.RESERVED, D.DECLINED), OFFICE, D.WAITING),
        Transition(IdeaAct.WITHDRAW, "撤回", (D.WAITING,), (Role.AUTHOR,), D.WITHDRAWN, danger=True),
    ],
))

TOPIC = register(Process(
    "topic", "协商议题", "consultations.Topic", T, Role, [
        Transition(TopicAct.OPEN, "立题", (), LEADS, T.WAITING, effect=of_topic.opened, seen_by=INSIDE),
        Transition(TopicAct.REVISE, "修改议题", (T.WAITING,), LEADS, form=face_forms.ReviseForm, guard=guards.not_settled,
                   effect=of_topic.revise, seen_by=INSIDE),
        Transition(TopicAct.DROP, "不列入计划", (T.WAITING,), LEADS, T.DROPPED, form=ReasonForm, guard=guards.not_settled,
                   effect=of_topic.drop, seen_by=INSIDE, danger=True),
        Transition(TopicAct.ADJUST, "调整议题", BEFORE, OFFICE, form=face_forms.AdjustForm, guard=guards.is_settled,
                   effect=of_topic.adjust, notify=("lead", "leader", "partners", "participants")),
        Transition(TopicAct.CANCEL, "取消议题", BEFORE, OFFICE, T.CANCELLED, form=ReasonForm, guard=guards.may_cancel,
                   notify=("lead", "leader", "partners", "participants"), danger=True),
        Transition(TopicAct.NAME_UNITS, "明确牵头领导和协办单位", (*BEFORE, T.HELD, T.TRACKING), LEADS, form=face_forms.NameUnitsForm,
                   effect=of_topic.name_units),
        Transition(TopicAct.START, "启动，制定工作方案", BEFORE, LEADS, T.PREPARING, form=face_forms.SchemeForm,
                   guard=guards.is_issued, effect=of_topic.start, notify=("leader", "partners"), seen_by=INSIDE),
        Transition(TopicAct.SET_DATE, "确定协商日期", (T.PREPARING,), LEADS, form=work_forms.DateForm,
                   effect=of_topic.set_date, notify=("leader", "partners", "participants")),
        Transition(TopicAct.INVITE, "邀请委员", (T.PREPARING,), LEADS, form=work_forms.InviteForm, effect=of_topic.invite,
                   notify=("participants",), seen_by=INSIDE),
        Transition(TopicAct.SEND_NOTICE, "发出协商通知", (T.PREPARING,), LEADS, form=work_forms.NoticeForm,
                   guard=guards.has_date, effect=of_topic.send_notice, notify=("participants", "partners", "leader")),
        Transition(TopicAct.SEND_MATERIALS, "发出会议材料", (T.PREPARING,), LEADS, form=work_forms.MaterialsForm,
                   guard=guards.has_date, effect=of_topic.send_materials, notify=("participants", "partners", "leader")),
        Transition(TopicAct.ADD_SURVEY, "登记调研视察", UNDER_WAY, LEADS, form=work_forms.SurveyForm,
                   effect=of_topic.add_survey, seen_by=INSIDE),
        Transition(TopicAct.UNINVITE, "撤回邀请", (T.PREPARING,), LEADS, form=correcting_forms.UninviteForm,
                   guard=guards.has_invited, effect=of_rows.uninvite, notify=("uninvited",), seen_by=INSIDE),
        Transition(TopicAct.CORRECT_SURVEY, "更正调研视察", UNDER_WAY, LEADS, form=correcting_forms.CorrectSurveyForm,
                   guard=guards.has_surveys, effect=of_rows.correct_survey, seen_by=INSIDE),
        Transition(TopicAct.ADD_FILE, "添加材料", UNDER_WAY, LEADS, form=work_forms.FileForm, effect=of_topic.add_file,
                   seen_by=INSIDE),
        Transition(TopicAct.ASK_OPINIONS, "征集委员意见", (T.PREPARING,), LEADS, form=work_forms.AskForm,
                   effect=of_topic.ask_opinions, notify=("speakers",)),
        Transition(TopicAct.STOP_OPINIONS, "结束征集", (T.PREPARING,), LEADS, guard=guards.is_asking,
                   effect=of_topic.stop_opinions, seen_by=INSIDE),
        Transition(TopicAct.GROUP, "归类委员意见", (T.PREPARING, T.HELD), LEADS, form=work_forms.GroupForm,
                   guard=guards.has_opinions, effect=of_topic.group, seen_by=INSIDE),
        Transition(TopicAct.HOLD, "登记协商会", (T.PREPARING, T.HELD), LEADS, T.HELD, form=work_forms.HoldForm,
                   effect=of_topic.hold),
        Transition(TopicAct.CORRECT_MEETING, "更正协商会", (T.HELD, T.TRACKING), LEADS,
                   form=correcting_forms.CorrectMeetingForm, guard=guards.has_open_meeting,
                   effect=of_rows.correct_meeting, seen_by=INSIDE),
        Transition(TopicAct.CORRECT_SPEECH, "更正发言和解答", (T.HELD, T.TRACKING), LEADS,
                   form=correcting_forms.CorrectSpeechForm, guard=guards.has_open_meeting,
                   effect=of_rows.correct_speech, seen_by=INSIDE),
        Transition(TopicAct.RECORD_SPEECH, "登记发言和解答", (T.HELD, T.TRACKING), LEADS, form=work_forms.SpeechForm,
                   effect=of_topic.record_speech, seen_by=INSIDE),
        Transition(TopicAct.ISSUE_MINUTES, "印发会议纪要", (T.HELD, T.TRACKING), LEADS, form=work_forms.MinutesForm,
                   guard=guards.minutes_are_open, effect=of_topic.issue_minutes, notify=("participants", "partners")),
        Transition(TopicAct.DRAFT_OUTCOME, "起草成果", UNDER_WAY, LEADS, form=work_forms.DraftOutcomeForm,
                   effect=of_topic.draft_outcome, seen_by=INSIDE),
        Transition(TopicAct.REPORT, "成果报送", UNDER_WAY, SYSTEM, T.TRACKING, effect=of_topic.report),
        Transition(TopicAct.FEED_BACK, "向参加人员反馈", (T.TRACKING,), LEADS, form=work_forms.FeedbackForm,
                   guard=guards.was_reported, effect=of_topic.feed_back, notify=("involved",)),
        Transition(TopicAct.CLOSE, "办结", (T.TRACKING,), LEADS, T.CLOSED, form=OptionalNoteForm,
                   guard=guards.is_fulfilled, effect=of_topic.close, notify=("leader",)),
        Transition(TopicAct.REDATE, "重新计算期限", UNDER_WAY, SYSTEM, effect=of_topic.redate, seen_by=INSIDE),
        Transition(TopicAct.SUCCEED, "机构撤并，由接续的机构办", tuple(T.OPEN), SYSTEM, effect=of_topic.succeed),
    ],
))
# fmt: on
