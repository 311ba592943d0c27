"""How a plan, a suggestion and a topic come to be. The doors give validated data."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from members.posts import posts_of
from workflow.actors import SYSTEM
from workflow.engine import open_by_row, open_case, perform
from workflow.errors import NotAllowed, Refused

from .acts import IdeaAct, PlanAct, TopicAct
from .kinds import Channel, Source
from .models import Idea, Plan, Topic, TopicKind
from .roles import committees_of, offices_of, units_of
from .states import IdeaState, PlanState


def open_plan(user, year: int) -> Plan:
    """A new plan of the year. Raises NotAllowed, or Refused where the year has one."""
    if not offices_of(posts_of(user)):
        raise NotAllowed("年度协商计划由政协办公室起草。", "有议题建议的，请用“提出议题”。")
    plan = Plan(year=year)
    try:
        open_by_row(PlanAct.OPEN, plan, user, {})
    except IntegrityError as error:
        raise Refused(f"{year}年度的协商计划已经有了。", "请打开那一年的计划继续办理。", code="year_taken") from error
    return plan


def may_suggest(user) -> bool:
    posts = posts_of(user)
    return posts.is_member or bool(committees_of(posts) or offices_of(posts) or units_of(posts, "operator"))


def suggest(user, plan: Plan, data: dict) -> Idea:
    """A suggestion in the name of whoever the user is: a member, a committee, a unit; the office enters what others sent.

    Raises NotAllowed, or Refused when the plan takes none any more. A double press gives the same row.
    """
    if not may_suggest(user):
        raise NotAllowed("议题由委员、专委会和部门提出。", "群众有建议的，可以来信、来电，由政协办公室登记。")
    if plan.state != PlanState.DRAFT:
        raise Refused("这一年的计划已经不再征集议题。", "请提给下一年的计划，或者联系政协办公室。", code="no_call")
    if same := _just_suggested(user, plan, data):
        return same
    idea = Idea(
        plan=plan, title=data["title"], because=data["because"], entered_by=user, entered_at=timezone.now(),
        state=IdeaState.WAITING, **_origin(user, data),
    )  # fmt: skip
    open_case(IdeaAct.SUGGEST, "提出议题", idea, user)
    return idea


def _just_suggested(user, plan: Plan, data: dict) -> Idea | None:
    recent = timezone.now() - timedelta(minutes=1)
    same = Idea.objects.filter(entered_by=user, plan=plan, title=data["title"], because=data["because"])
    return same.filter(entered_at__gte=recent).first()


def _origin(user, data: dict) -> dict:
    posts = posts_of(user)
    if "source" in data:  # the office's form
        return {name: data[name] for name in ("source", "channel", "organization", "contributor")}
    if bodies := committees_of(posts):
        return {"source": Source.COMMITTEE, "organization_id": bodies[0], "channel": Channel.PORTAL}
    if posts.is_member:
        return {"source": Source.MEMBER, "person_id": posts.person_id, "channel": Channel.PORTAL}
    return {"source": Source.UNIT, "organization_id": units_of(posts, "operator")[0], "channel": Channel.PORTAL}


@transaction.atomic
def open_topic(user, data: dict, form_key: str = "") -> Topic:
    """A topic with the next number of its year, the suggestions it takes up marked as chosen.

    `form_key` marks the form it came in with: a double press gives the same topic.

    Raises NotAllowed for whoever neither keeps the plan nor leads the topic, Refused where the plan was decided meanwhile.
    """
    list(TopicKind.objects.select_for_update().order_by("pk").values("pk"))  # one number after the other
    plan = data.get("plan")
    if plan is not None:
        _may_be_added(user, plan, data)
    year = plan.year if plan else data["year"]
    names = ("kind", "form", "title", "background", "month", "lead", "attending")
    given = {"year": year, "plan": plan, **{name: data[name] for name in names}}
    if same := _opened_before(form_key, given):
        return same
    is_new = form_key and not Topic.objects.filter(form_key=form_key).exists()
    last = Topic.objects.filter(year=year).aggregate(last=Max("serial"))["last"] or 0
    topic = Topic(serial=last + 1, form_key=form_key if is_new else None, **given)
    open_by_row(TopicAct.OPEN, topic, user, {"reason": data.get("reason") or ""})
    for idea in data.get("ideas") or ():
        perform(IdeaAct.SELECT, idea, SYSTEM, {"topic": topic})
    return topic


def _opened_before(form_key: str, given: dict) -> Topic | None:
    """What came in with this very form; other words are another topic, even from a page one went back to."""
    return Topic.objects.filter(form_key=form_key, **given).first() if form_key else None


def _may_be_added(user, plan: Plan, data: dict) -> None:
    """What 县委常委会 has decided is changed by the office alone, as with 调整 and 取消."""
    state = Plan._base_manager.select_for_update().values_list("state", flat=True).get(pk=plan.pk)
    if state == PlanState.DROPPED:
        raise Refused("这份计划已经作废。", "请另选一年的计划。", code="plan_dropped")
    if state in PlanState.SETTLED and leads_of(user) is not None:
        raise NotAllowed("这一年的计划已经确定，增加议题由政协办公室办理。", "请把议题和理由报给政协办公室。")
    if state in PlanState.SETTLED and not data.get("reason"):
        raise Refused("这一年的计划刚刚确定。", "增加议题请写明理由。", code="needs_reason")


def leads_of(user) -> list[int] | None:
    """The committees for which the user opens topics: None for all, [] for none."""
    posts = posts_of(user)
    return None if offices_of(posts) else committees_of(posts)
