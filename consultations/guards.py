"""What must hold before an act; each refuses with its own sentence."""

from members.periods import today
from workflow.actors import is_system
from workflow.errors import Refused
from workflow.transition import Step

from . import conversions
from .kinds import Mode, StepKind
from .models import ItemNote
from .roles import Role
from .states import ItemState, OutcomeState, TopicState

# --- 计划 ---


def has_topics(step: Step) -> None:
    if not step.case.topics.listed().exists():
        raise Refused("计划里还没有议题。", "请先从征集的议题里选定，或者直接添加议题。", code="no_topics")


def has_no_topics(step: Step) -> None:
    if step.case.topics.listed().exists():
        raise Refused("计划里已经有议题，不能作废。", "请先把议题逐个标为“不列入”。", code="has_topics")


def has_both_views(step: Step) -> None:
    """Of the newest round: what was said before the plan was sent again does not count."""
    missing = missing_views(step.case)
    if missing:
        names = "、".join(kind.label for kind in missing)
        raise Refused(f"还没有登记：{names}。", "请收到意见后用“登记意见”记下，再提交主席会议。", code="no_views")


def missing_views(plan) -> list[StepKind]:
    kinds = list(plan.steps.order_by("at", "pk").values_list("kind", flat=True))
    starts = max((n for n, kind in enumerate(kinds) if kind == StepKind.CONSULTED), default=0)
    return [kind for kind in (StepKind.PARTY, StepKind.GOVERNMENT) if kind not in kinds[starts:]]


# --- 议题 ---


def not_settled(step: Step) -> None:
    if step.case.is_settled:
        raise Refused("这个议题已经确定。", "改动请用“调整议题”，不办了请用“取消议题”，都要写明理由。", code="settled")


def is_settled(step: Step) -> None:
    if not step.case.is_settled:
        raise Refused("计划还没有确定，议题可以直接修改。", "请用“修改议题”或“不列入计划”。", code="not_settled")


def may_cancel(step: Step) -> None:
    """Nothing may be left on a leader's desk."""
    is_settled(step)
    if _any(step, "has_open_outcomes", step.case.outcomes.exclude(state__in=OutcomeState.FINISHED)):
        raise Refused(
            "这个议题还有没报送的成果稿。", "请先把成果稿作废（已送审的先退回），再取消议题。", code="open_outcomes"
        )


def is_issued(step: Step) -> None:
    if not step.case.is_issued:
        raise Refused("年度协商计划还没有印发。", "计划印发以后，再启动这个议题。", code="not_issued")


def has_date(step: Step) -> None:
    if step.case.meets_on is None:
        raise Refused("还没有确定协商日期。", "请先用“确定协商日期”。", code="no_date")


def is_asking(step: Step) -> None:
    if not step.case.is_collecting:
        raise Refused("现在没有在征集意见。", "需要征集的，请用“征集委员意见”。", code="not_asking")


def has_opinions(step: Step) -> None:
    if not _any(step, "has_opinions", step.case.opinions.submitted()):
        raise Refused("还没有委员提交意见。", "有意见提交以后再归类。", code="no_opinions")


def minutes_are_open(step: Step) -> None:
    if not _any(step, "has_open_minutes", step.case.meetings.filter(minutes_on=None)):
        raise Refused("会议纪要都已经印发。", "不用再登记。", code="minutes_issued")


def has_open_meeting(step: Step) -> None:
    """What is printed in minutes is not changed any more behind them."""
    if not _any(step, "has_open_minutes", step.case, "open_meetings"):
        raise Refused(
            "会议纪要已经印发，会议和发言的登记不再更正。", "纪要有错的，请另写更正说明，用“添加材料”存入。",
            code="minutes_issued",
        )  # fmt: skip


def has_surveys(step: Step) -> None:
    if not _any(step, "has_surveys", step.case, "all_surveys"):
        raise Refused("还没有登记调研视察。", "请先用“登记调研视察”。", code="no_surveys")


def has_invited(step: Step) -> None:
    if not _any(step, "has_participants", step.case.participants):
        raise Refused("还没有邀请委员。", "需要邀请的，请用“邀请委员”。", code="nobody_invited")


def _any(step: Step, known: str, rows, loaded: str = "") -> bool:
    """Whether there are rows; the page of a topic has asked already (TopicQuerySet.for_page). `loaded`: the list of `rows`
    that a form reads anyway."""
    found = getattr(step.case, known, None)
    if found is not None:
        return found
    return bool(getattr(rows, loaded)) if loaded else rows.exists()


def was_reported(step: Step) -> None:
    if step.case.reported_on is None:
        raise Refused("还没有报送成果。", "成果报送以后，再向参加人员反馈。", code="not_reported")


def is_fulfilled(step: Step) -> None:
    """Closed only when nothing is open any more and everybody who took part was told."""
    topic = step.case
    left = getattr(topic, "open_item_count", None)  # the page of a topic has asked already
    if left is None:
        left = topic.items.sent().filter(state__in=ItemState.OPEN).count()
    if left:
        raise Refused(
            f"还有 {left} 条建议没有办完。", "请继续跟踪，全部落实或者明确未采纳以后再办结。", code="open_items"
        )
    if _any(step, "has_open_outcomes", topic.outcomes.exclude(state__in=OutcomeState.FINISHED)):
        raise Refused("还有没报送的成果稿。", "请报送，或者作废这份稿子。", code="open_outcomes")
    if topic.fed_back_on is None:
        raise Refused("还没有向参加人员反馈。", "请先用“向参加人员反馈”。", code="no_feedback")


# --- 意见 ---


def may_submit(step: Step) -> None:
    opinion = step.case
    if not opinion.topic.is_collecting:
        raise Refused("这个议题现在不征集意见。", "您写的内容已经保存，可以作为提案或社情民意另行提出。", code="closed")
    if opinion.topic.mode == Mode.INVITED and not opinion.topic.participants.filter(person=opinion.person_id).exists():
        raise Refused(
            "这个议题改为只请受邀委员发表意见。",
            "您写的内容已经保存，想参加的，请联系承办专委会。",
            code="invited_only",
        )
    if not opinion.text.strip():
        raise Refused("还没有写内容。", "请写好意见再提交。", code="empty")


def may_take_back(step: Step) -> None:
    if not step.case.topic.is_collecting:
        raise Refused("征集已经截止，不能再撤回修改。", "有补充的，请联系承办专委会。", code="closed")


def may_convert(step: Step) -> None:
    if not conversions.offered():
        raise Refused("暂时还不能转办。", "请直接到“写提案”里填写。", code="no_handler")
    if is_system(step.actor) or step.actor.person_id is None:
        raise Refused("只有委员本人可以转为自己的草稿。", "请委员登录后办理。", code="no_person")


# --- 成果 ---


def is_written(step: Step) -> None:
    if not step.case.text.strip():
        raise Refused("成果还没有正文。", "请先用“起草文稿”写好，再送审签。", code="no_text")


def may_be_sent(step: Step) -> None:
    topic = step.case.topic
    if topic.kind.needs_meeting and topic.held_on is None:
        raise Refused(f"“{topic.kind}”要先开协商会，再报送成果。", "请先登记协商会。", code="not_held")


def may_sign(step: Step) -> None:
    """The leader signs; where a topic has none, the head of the committee does."""
    topic = step.case.topic
    is_leader = getattr(step.actor, "person_id", None) == topic.leader_id and topic.leader_id is not None
    if topic.leader_id is not None and not is_leader:
        raise Refused(f"这份成果由牵头领导{topic.leader}审签。", "请等待领导审签。", code="leader_signs")


def has_instructions(step: Step) -> None:
    if not _any(step, "has_instructions", step.case.instructions.valid()):
        raise Refused("还没有登记批示。", "有批示的，请先用“登记批示”。", code="no_instructions")


# --- 建议 ---


def is_sent(step: Step) -> None:
    if step.case.outcome.state != OutcomeState.SENT:
        raise Refused("这份成果还没有报送。", "成果报送以后再办理。", code="not_sent")


def may_ask_again(step: Step) -> None:
    """A closed topic has nothing open; what was declined there was accepted when it was closed."""
    is_sent(step)
    if step.case.topic.state != TopicState.TRACKING:
        raise Refused(
            f"这个议题{step.case.topic.get_state_display()}。",
            "需要再办的，请另行立题或写成提案。",
            code="topic_closed",
        )


def not_urged_today(step: Step) -> None:
    is_sent(step)
    if step.case.notes.filter(kind=ItemNote.Kind.URGED, on=today()).exists():
        raise Refused("今天已经催办过。", "请给承办单位一点时间，明天以后可以再催。", code="urged_today")


def invited_only(topic, roles) -> bool:
    """Whether this reader is left out because only invited members are asked."""
    return topic.mode == Mode.INVITED and Role.PARTICIPANT not in roles
