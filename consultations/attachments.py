"""Files of plans, topics, outcomes and recommendations: for whoever sees what they belong to."""

from documents import access
from workflow.querysets import read_case, roles_on

from .models import Instruction, Meeting, Outcome, Plan, PlanStep, Recommendation, Survey, Topic
from .roles import Role

PLAN_STEP, TOPIC, SURVEY = "consultations.planstep", "consultations.topic", "consultations.survey"
MEETING, OUTCOME, ITEM = "consultations.meeting", "consultations.outcome", "consultations.recommendation"
INSTRUCTION = "consultations.instruction"

# Who reads what was prepared for the meeting and what was found; other members read the topic only.
TAKING_PART = {
    Role.OFFICE, Role.LEAD, Role.LEAD_HEAD, Role.HOUSE, Role.LEADER, Role.OVERSEER, Role.OPERATOR, Role.UNIT_LEADER,
    Role.PARTICIPANT, Role.DISPATCH,
}  # fmt: skip
# Who reads what a leader wrote on an outcome.
READS_INSTRUCTIONS = TAKING_PART - {Role.PARTICIPANT, Role.DISPATCH}


def _step_visible(user, pk: int, attachment) -> bool:
    rows = PlanStep.objects.filter(pk=pk, plan__in=Plan.objects.visible_to(user).order_by().values("pk"))
    return rows.exists()


def _topic_visible(user, pk: int | None, attachment) -> bool:
    topic = read_case(Topic, pk, user, rows="all") if pk else None
    return topic is not None and bool(roles_on(topic) & TAKING_PART)


def _survey_visible(user, pk: int, attachment) -> bool:
    return _topic_visible(user, Survey.objects.filter(pk=pk).values_list("topic_id", flat=True).first(), attachment)


def _meeting_visible(user, pk: int, attachment) -> bool:
    return _topic_visible(user, Meeting.objects.filter(pk=pk).values_list("topic_id", flat=True).first(), attachment)


def _outcome_visible(user, pk: int, attachment) -> bool:
    return read_case(Outcome, pk, user, rows="all") is not None


def _item_visible(user, pk: int, attachment) -> bool:
    return read_case(Recommendation, pk, user, rows="all") is not None


def _instruction_visible(user, pk: int, attachment) -> bool:
    """Not once it was entered by mistake."""
    key = Instruction.objects.valid().filter(pk=pk).values_list("outcome_id", flat=True).first()
    outcome = read_case(Outcome, key, user, rows="all") if key else None
    return outcome is not None and bool(roles_on(outcome) & READS_INSTRUCTIONS)


def register_own() -> None:
    for subject, is_visible in (
        (PLAN_STEP, _step_visible), (TOPIC, _topic_visible), (SURVEY, _survey_visible), (MEETING, _meeting_visible),
        (OUTCOME, _outcome_visible), (ITEM, _item_visible), (INSTRUCTION, _instruction_visible),
    ):  # fmt: skip
        access.register(subject, is_visible)
