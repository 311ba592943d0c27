"""Texts that are stored as they are, complete or not: a member's opinion and the draft of an outcome."""

from django.db import transaction
from django.utils import timezone

from members.posts import posts_of
from workflow.errors import NotAllowed, NotFound, Refused, TooLate
from workflow.querysets import read_case, roles_on

from . import guards
from .models import Opinion, Outcome, Topic
from .roles import Role
from .states import OpinionState, OutcomeState

STALE = "stale_page"


def may_speak(topic: Topic, user) -> bool:
    """Whether this member may write now; `topic` was read with the user's roles."""
    roles = roles_on(topic)
    if not topic.is_collecting or not roles & {Role.MEMBER, Role.PARTICIPANT}:
        return False
    return not guards.invited_only(topic, roles)


def check_may_speak(topic: Topic, user) -> None:
    """Raises Refused with what to do instead."""
    if not roles_on(topic) & {Role.MEMBER, Role.PARTICIPANT}:
        raise NotAllowed("协商意见由委员发表。", "单位的意见请在协商会上通报、解答。")
    if not topic.is_collecting:
        raise Refused("这个议题现在不征集意见。", "有建议的，可以写成提案或社情民意。", code="closed")
    if guards.invited_only(topic, roles_on(topic)):
        raise NotAllowed("这个议题只请受邀委员发表意见。", "想参加的，请联系承办专委会。")


def opinion_of(topic: Topic, user) -> Opinion | None:
    person = posts_of(user).person_id
    return (
        Opinion.objects.for_acting().with_roles_of(user).filter(topic=topic, person=person).first() if person else None
    )


@transaction.atomic
def save_opinion(topic: Topic, user, text: str, seen: int | None = None) -> Opinion:
    """Store what the member wrote; the first save makes the row. Raises Refused, TooLate for a newer text elsewhere."""
    Topic._base_manager.filter(pk=topic.pk).select_for_update().values("pk").first()
    one, now = opinion_of(topic, user), timezone.now()
    if one is None:
        check_may_speak(topic, user)
        one = Opinion(topic=topic, person_id=user.person_id, state=OpinionState.DRAFT, text=text, saved_at=now)
        one.save(force_insert=True)
        _touch(topic)
        return one
    if one.state != OpinionState.DRAFT:
        raise Refused("意见已经提交，不能直接改。", "要改的，请先点“撤回修改”。", code="submitted")
    return _stored(one, seen, text=text)


@transaction.atomic
def save_outcome(outcome: Outcome, user, title: str, text: str, seen: int | None = None) -> Outcome:
    """Store the draft of an outcome. Raises NotFound, NotAllowed, Refused, TooLate for a colleague's newer text."""
    _lock(outcome)
    one = read_case(Outcome, outcome.pk, user)
    if one is None:
        raise NotFound
    check_writable(one)
    return _stored(one, seen, title=title, text=text)


def _lock(outcome: Outcome) -> None:
    """Topic first, then the outcome, as every act does: the save changes both, and nobody waits for each other."""
    rows = Outcome._base_manager.filter(pk=outcome.pk).select_related("topic").order_by()
    rows.select_for_update(of=("topic", "self")).only("pk", "topic__id").first()


def check_writable(outcome: Outcome) -> None:
    if not roles_on(outcome) & {Role.LEAD, Role.OFFICE}:
        raise NotAllowed("成果由承办专委会起草。", "有意见的，请告诉承办专委会。")
    if outcome.state != OutcomeState.DRAFT:
        raise Refused(
            f"这份成果{outcome.get_state_display()}，不能再改。", "要改的，请领导退回修改。", code="not_draft"
        )


def _stored(one, seen: int | None, **texts):
    """Counts the save in the version, so that a page made before it knows it is out of date."""
    if seen is not None and seen != one.version:
        raise TooLate("这份文稿刚刚在别处改过。", "您写的内容还在下面，请对照后再保存。", code=STALE)
    for name, text in texts.items():
        setattr(one, name, text)
    one.saved_at = timezone.now()
    one.version += 1
    one.save(update_fields=[*texts, "saved_at", "version"])
    _touch(one.topic)
    return one


def _touch(topic: Topic) -> None:
    """A saved text is a change of its case for programs that keep a copy (workflow.api.syncing)."""
    Topic.objects.filter(pk=topic.pk).update(changed_at=timezone.now())
