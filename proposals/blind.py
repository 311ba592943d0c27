"""背靠背: who may read which rating, said once for every door (design §6 评).

Neither side reads the other's rating of a reply until both have rated or the rating time is over. A 不满意 of the
proposer opens at once. The committee and the audit read all, the voided ones included; a dispatch office, which stands
over the units, waits like them.
"""

from django.db.models import Exists, F, OuterRef, Prefetch, Q

from members.duties import AUDIT
from members.models import Post
from members.periods import today
from members.posts import Posts, posts_of
from workflow.models import Event
from workflow.querysets import NEVER

from .acts import AssignmentAct
from .models import Assignment, QualityRating, Rating, Reply
from .replies import DISSATISFIED
from .roles import Role

SIDES = (Role.OPERATOR, Role.UNIT_LEADER, Role.DISPATCH)
UNIT = (Role.OPERATOR, Role.UNIT_LEADER)
SIGNED = (Role.AUTHOR, Role.CONTACT, Role.COSIGNER)
ABOUT_RATINGS = {AssignmentAct.RATE, AssignmentAct.RATE_BY_PROXY}
WITHHELD = ["说明", "内容不显示：互评还没有结束，或评价已经作废。"]


def sees_all(posts: Posts) -> bool:
    """提案委 and the audit."""
    return posts.in_proposal_committee(Post.REVIEWER, Post.STAFF, Post.HEAD) or AUDIT in posts.duties


def open_replies():
    """The replies whose ratings both sides may read now. What only the ledger dates is open: nobody is waited for."""
    decided = Rating.objects.filter(reply=OuterRef("pk"), deciding=True)
    both = Exists(decided) & Exists(QualityRating.objects.filter(reply=OuterRef("pk")))
    over = Q(assignment__rating_due_on__isnull=True) | Q(assignment__rating_due_on__lt=today())
    went_on = Q(round__lt=F("assignment__round"))
    return Reply.objects.filter(over | went_on | Exists(decided.filter(DISSATISFIED)) | both)


def visible_ratings(user):
    """The ratings of replies whose content the user may read; voided ones for the committee and the audit only."""
    posts = posts_of(user)
    if sees_all(posts):
        return Rating.every.all()
    clauses = Assignment.role_clauses(user)
    own = Q(person_id=posts.person_id) if posts.person_id else NEVER
    signed = _of(clauses, Role.COSIGNER) & Q(deciding=True)
    handled = _of(clauses, *SIDES) & Q(reply__in=open_replies().values("pk"))
    return Rating.objects.filter(own | _of(clauses, Role.AUTHOR, Role.CONTACT) | signed | handled)


def visible_quality(user):
    """The units' ratings of proposals whose content the user may read: one's own unit's always, others' once open."""
    if sees_all(posts_of(user)):
        return QualityRating.objects.all()
    clauses = Assignment.role_clauses(user)
    told = _of(clauses, *SIGNED, Role.DISPATCH) & Q(reply__in=open_replies().values("pk"))
    return QualityRating.objects.filter(_of(clauses, *UNIT) | told)


def _of(clauses: dict[str, Q], *roles: str) -> Q:
    """Ratings of the shares on which one of these roles is held."""
    held = [clauses[role] for role in roles if clauses.get(role, NEVER) != NEVER]
    if not held:
        return NEVER
    mine = held[0]
    for clause in held[1:]:
        mine |= clause
    return Q(reply__assignment__in=Assignment._base_manager.filter(mine).order_by().values("pk"))


def with_ratings(shares, user):
    """The shares with their replies' `seen_ratings` and `seen_quality`: nothing that the user may not read is loaded."""
    ratings = visible_ratings(user).select_related("person").order_by("-deciding", "at", "pk")
    return shares.prefetch_related(
        Prefetch("replies__ratings", ratings, to_attr="seen_ratings"),
        Prefetch("replies__quality", visible_quality(user), to_attr="seen_quality"),
    )


def without_hidden(events: list[Event], user) -> list[Event]:
    """The same events; those about a rating that the user may not read lose their words, in memory only."""
    about = [event for event in events if event.act in ABOUT_RATINGS or event.act == AssignmentAct.RATE_PROPOSAL]
    if not about or (user is not None and sees_all(posts_of(user))):
        return events
    seen = _seen(about, user) if user is not None else set()
    for event in about:
        if not _keys(event) & seen:
            event.reason, event.data = "", {"shown": [WITHHELD]}
    return events


def _keys(event: Event) -> set[tuple]:
    """A rating by its id, or by its share and moment: an event entered with its past names no id."""
    what = "quality" if event.act == AssignmentAct.RATE_PROPOSAL else "rating"
    return {(what, event.data.get(what)), (what, event.object_id, event.happened_at)}


def _seen(about: list[Event], user) -> set[tuple]:
    shares, found = {event.object_id for event in about}, set()
    kinds = {next(iter(_keys(event)))[0] for event in about}
    for what, rows in (("rating", visible_ratings(user)), ("quality", visible_quality(user))):
        if what in kinds:
            known = rows.filter(reply__assignment__in=shares).values_list("pk", "reply__assignment_id", "at")
            found |= {key for pk, share, at in known for key in ((what, pk), (what, share, at))}
    return found


def tells_reason(event: Event, audience: str) -> bool:
    """Whether a message about a rating may repeat its words: to the committee always, to a unit once it is open."""
    if event.act not in ABOUT_RATINGS and event.act != AssignmentAct.RATE_PROPOSAL:
        return True
    if audience == "staff":
        return True
    return event.act in ABOUT_RATINGS and audience == "units" and bool(event.data.get("open"))
