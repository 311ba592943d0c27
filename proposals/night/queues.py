"""What lies on the desk of the review: queues by stage, cut by group and category. Each figure is one of these."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q, Subquery
from django.urls import reverse

from members.models import Session
from members.periods import today
from members.posts import Posts, posts_of
from proposals import groups
from proposals.groups import Group
from proposals.kinds import MergeAnswer, Recommendation
from proposals.models import Proposal, Review
from proposals.numbering import in_numbering_order
from proposals.querysets import ProposalQuerySet
from proposals.states import ProposalState as P
from workflow.batch import MOST as BATCH_MOST
from workflow.errors import Refused

MOST = 300  # rows of one queue that are shown at once; a county's whole session
ALL, MINE = "all", "mine"
NO_CATEGORY = "0"


def populations() -> dict[str, tuple[str, Q]]:
    """key → (name, rows) among the received ones of a session."""
    examined = Exists(Review.objects.filter(proposal=OuterRef("pk")))
    objected = Q(state=P.MERGED, merged_into__state=P.FILED, merge_answer=MergeAnswer.OBJECT)
    return {
        "submitted": ("待审查", Q(state=P.SUBMITTED)),
        "reviewed": ("待审定", Q(state=P.REVIEWED)),
        "returned": ("退回修改", Q(state=P.RETURNED)),
        "overdue": ("逾期未改", Q(state=P.RETURNED, change_due_on__lt=today())),
        "filed": ("立案", Q(state__in=P.FILED_ON)),
        "merged": ("并案", Q(state=P.MERGED)),
        "objected": ("并案有异议", objected),
        "not_filed": ("不予立案", Q(state=P.NOT_FILED)),
        "withdrawn": ("撤案", Q(state=P.WITHDRAWN)),
        "examined": ("已初审", Q(examined)),
        "received": ("收到", Q(receipt_number__isnull=False)),
    }


def may_review(posts: Posts) -> bool:
    return posts.in_proposal_committee("reviewer", "staff", "head")


def received(user, session) -> ProposalQuerySet:
    return Proposal.objects.visible_to(user).received().of_session(session)


@dataclass
class Desk:
    """What one person has asked to see: a session, a queue, a group, perhaps a category; and the rows of it."""

    user: object
    session: Session
    queue: str
    label: str
    groups: list[Group]
    group: str
    category: str
    found: ProposalQuerySet

    @cached_property
    def rows(self) -> list[Proposal]:
        """Read once, and only by a page that shows them."""
        return list(_for_desk(self.found)[:MOST])

    def after(self, pk: int) -> int | None:
        """The case that comes after this one, else the first of what stays; asks for numbers only, as many as there are."""
        order = list(in_numbering_order(self.found).values_list("pk", flat=True)[:MOST])
        if pk not in order:
            return order[0] if order else None
        return next(iter(order[order.index(pk) + 1 :]), None)

    def link(self, **changes) -> str:
        """The address of this desk with some of it changed; a value of "" is left out."""
        asked = {"session": self.session.pk, "queue": self.queue, "group": self.group, "category": self.category}
        asked = {name: value for name, value in {**asked, **changes}.items() if value not in ("", None)}
        return f"{reverse('proposals:review')}?{urlencode(asked)}"

    @property
    def mine(self) -> list[Group]:
        return [group for group in self.groups if group.is_of(self.user)]

    @property
    def group_name(self) -> str:
        names = {ALL: "全部小组", MINE: "我的小组"} | {group.key: group.name for group in self.groups}
        return names[self.group]

    def place_of(self, pk: int) -> int:
        """Where the case stands in the queue, from 0; -1 when it is not in it."""
        return next((n for n, row in enumerate(self.rows) if row.pk == pk), -1)

    def beside(self, pk: int) -> tuple[Proposal | None, Proposal | None]:
        """The case before and the case after."""
        here, rows = self.place_of(pk), self.rows
        if here < 0:
            return None, rows[0] if rows else None
        return rows[here - 1] if here else None, rows[here + 1] if here + 1 < len(rows) else None


def desk(user, asked) -> Desk:
    """The desk that the query of an address asks for; nonsense in it falls back to what the person usually does.

    Raises Refused while no session has been set up.
    """
    session, known = _session(asked.get("session", "")), populations()
    queue = asked.get("queue", "")
    queue = queue if queue in known else _usual(posts_of(user))
    found = groups.groups_of(session)
    group, category = _group(user, found, asked.get("group", "")), _number(asked.get("category", ""))
    rows = received(user, session).filter(known[queue][1])
    rows = _cut(rows, user, found, group, category)
    return Desk(user, session, queue, known[queue][0], found, group, category, rows)


def _session(key: str) -> Session:
    """Raises Refused while no session has been set up."""
    sessions = Session.objects.select_related("term")
    chosen = sessions.filter(pk=key).first() if _number(key) else None
    found = chosen or sessions.current() or sessions.first()
    if found is None:
        raise Refused("尚未设置届次，还没有要审查的提案。", "请先在后台设置届次和征集时间。", code="no_session")
    return found


def _number(text: str) -> str:
    return text if text.isascii() and text.isdecimal() and len(text) < 10 else ""


def _usual(posts: Posts) -> str:
    return "reviewed" if posts.in_proposal_committee("head") else "submitted"


def _group(user, found: list[Group], asked: str) -> str:
    has_own = any(group.is_of(user) for group in found)
    known = {ALL, *(group.key for group in found), *([MINE] if has_own else [])}
    if asked in known:
        return asked
    is_head = posts_of(user).in_proposal_committee("head")
    return MINE if has_own and not is_head else ALL


def _cut(rows, user, found: list[Group], group: str, category: str):
    if group == MINE:
        rows = rows.filter(groups.rows_of(found, [one for one in found if one.is_of(user)]))
    elif group != ALL:
        rows = rows.filter(groups.rows_of(found, [one for one in found if one.key == group]))
    if category:
        rows = rows.filter(business_category_id=None if category == NO_CATEGORY else category)
    return rows


def _for_desk(rows):
    """In the order in which the session will be numbered; with the latest recommendation and who signed."""
    last = Review.objects.filter(proposal=OuterRef("pk")).order_by("-at", "-pk")
    rows = rows.select_related("first_proposer", "organization", "business_category", "session__term")
    rows = rows.annotate(
        recommended=Subquery(last.values("recommendation")[:1]), outside=Subquery(last.values("outside_group")[:1])
    )
    return in_numbering_order(rows.defer("situation", "search"))


def recommended_only(rows, recommendation: str = Recommendation.FILE):
    """Those whose reviews all recommend this."""
    reviews = Review.objects.filter(proposal=OuterRef("pk"))
    return rows.filter(
        Exists(reviews.filter(recommendation=recommendation)),
        ~Exists(reviews.exclude(recommendation=recommendation)),
    )


def to_file(desk_: Desk) -> list[Proposal]:
    """待审定 of this desk's session, group and category, recommended 立案 by everybody who reviewed them."""
    rows = received(desk_.user, desk_.session).filter(state=P.REVIEWED)
    rows = _cut(rows, desk_.user, desk_.groups, desk_.group, desk_.category)
    return list(_for_desk(recommended_only(rows))[:BATCH_MOST])


def marks(row: Proposal) -> Iterable[tuple[str, str]]:
    """(tone, word): what a reviewer should notice of a row before opening it."""
    if getattr(row, "secrecy_signs", None):
        yield "danger", "有涉密标志字样"
    if row.kind in ("joint", "collective"):
        yield "info", row.get_kind_display()
    if row.split_from_id:
        yield "neutral", "分案"
    if row.merge_answer == MergeAnswer.OBJECT:
        yield "warning", "有异议"
    if row.state == P.RETURNED and row.change_due_on and row.change_due_on < today():
        yield "warning", "逾期未改"
    if row.recommended:
        yield "neutral", Recommendation(row.recommended).label + ("（组外）" if row.outside else "")
