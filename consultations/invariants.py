"""What must always hold of the consultations (issue 6); `manage.py check_consultations` lists what does not."""

from collections.abc import Iterator

from .kinds import Form, StepKind
from .models import Instruction, Outcome, PlanStep, Recommendation, Topic
from .states import ItemState, OutcomeState, PlanState, TopicState
from .statistics import ADOPTED, Share, count_items


def problems() -> list[str]:
    """A sentence for each thing that is wrong; empty when all is well."""
    return [sentence for check in CHECKS for sentence in check()]


def issued_topics_stay() -> Iterator[str]:
    """Every topic that stood in the plan when it was issued stands in it now, cancelled or not."""
    for step in PlanStep.objects.filter(kind=StepKind.ISSUED, plan__state=PlanState.ISSUED).select_related("plan"):
        now = set(Topic.objects.listed().filter(plan=step.plan).values_list("pk", flat=True))
        for row in step.rows:
            if row["id"] not in now:
                yield f"{step.plan.number}印发时的议题不见了：{row['title']}"


def forms_match() -> Iterator[str]:
    for topic in Topic.objects.exclude(state=TopicState.DROPPED).select_related("kind").order_by("pk"):
        if not topic.kind.allows(topic.form):
            yield f"{topic.number}的形式与类别不符：{topic.kind}、{Form(topic.form).label}"


def kinds_are_planned() -> Iterator[str]:
    rows = Topic.objects.filter(plan=None, kind__needs_plan=True).exclude(state=TopicState.DROPPED)
    for topic in rows.select_related("kind").order_by("pk"):
        yield f"{topic.number}必须列入计划：{topic.kind}"


def sent_items_are_whole() -> Iterator[str]:
    """Each recommendation of a sent outcome has a unit, a time and, once answered, a state that agrees with the answer."""
    for item in Recommendation.objects.sent().select_related("topic", "unit").order_by("pk"):
        waits = item.state == ItemState.WAITING
        declined = item.state == ItemState.DECLINED
        if item.asked_at is None or item.answer_due_on is None:
            yield f"{item.number}没有交办时间或答复期限：{item.unit}"
        if waits != (item.answer == "") or declined != (item.answer == "declined"):
            yield f"{item.number}的状态与答复不符：{item.get_state_display()}、{item.answer or '没有答复'}"


def shares_equal_their_rows() -> Iterator[str]:
    for year in sorted(set(Recommendation.objects.sent().values_list("topic__year", flat=True))):
        rows = Recommendation.objects.sent().filter(topic__year=year)
        counted = count_items(rows)
        shown = Share(counted["adopted"] + counted["partly"], counted["all"])
        if (shown.part, shown.whole) != (rows.filter(ADOPTED).count(), rows.count()):
            yield f"{year}年的转化率与明细不符：{shown.words}"


def closed_topics_are_done() -> Iterator[str]:
    """Nothing that was asked is open any more, no text waits for a leader, and who took part was told."""
    closed = Topic.objects.filter(state=TopicState.CLOSED).order_by("pk")
    left = Recommendation.objects.sent().filter(state__in=ItemState.OPEN).order_by().values("topic")
    for topic in closed.filter(pk__in=left):
        yield f"{topic.number}已经办结，还有没办完的建议"
    waiting = Outcome.objects.exclude(state__in=OutcomeState.FINISHED).order_by().values("topic")
    for topic in closed.filter(pk__in=waiting):
        yield f"{topic.number}已经办结，还有没报送的成果稿"
    for topic in closed.filter(fed_back_on=None):
        yield f"{topic.number}已经办结，没有向参加人员反馈"


def voided_instructions_say_why() -> Iterator[str]:
    for row in Instruction.objects.exclude(voided_at=None).filter(void_reason="").select_related("outcome__topic"):
        yield f"{row.outcome.number}有一条批示作废了，没有写原因：{row.leader_name}"


CHECKS = (
    issued_topics_stay, forms_match, kinds_are_planned, sent_items_are_whole, shares_equal_their_rows, closed_topics_are_done,
    voided_instructions_say_why,
)  # fmt: skip
