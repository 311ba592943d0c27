"""催办: who may press whom, when, and the letters that go with it."""

from datetime import date

from django.db import transaction
from django.db.models import Count, Max, OuterRef, Q, Subquery
from django.utils import timezone

from members.models import Organization, Post
from members.periods import today
from members.posts import COMMITTEE, posts_of
from workflow.batch import Result
from workflow.engine import perform
from workflow.errors import NotAllowed, Refused, TooLate
from workflow.querysets import NEVER

from .acts import AssignmentAct
from .kinds import UrgeKind
from .models import Assignment, NoticeCode, Urge, UrgeNotice
from .numbering import next_number
from .roles import Role

# Used until the body has a code of its own in the table.
COMMITTEE_CODE = "西政协提督"
DISPATCH_CODES = {"party": "西办督", "government": "西政督"}
OTHER_CODE = "西督"
WATCHERS = (Role.DISPATCH, Role.REVIEWER, Role.STAFF, Role.HEAD)


def watched(user):
    """The shares whose keeping of dates is this user's business: the committee's all, a dispatch office's own."""
    clauses, mine = Assignment.role_clauses(user), NEVER
    for role in WATCHERS:
        mine |= clauses[role]
    return Assignment.objects.filter(mine).with_roles_of(user)


def watches(user) -> bool:
    posts = posts_of(user)
    in_house = posts.in_proposal_committee(Post.REVIEWER, Post.STAFF, Post.HEAD)
    return in_house or bool(posts.dispatch_systems())


def has_notices(user) -> bool:
    """Whether letters may have come to a unit of this user's."""
    return bool(posts_of(user).organizations(Post.OPERATOR, Post.UNIT_LEADER, kind="unit"))


def may_urge(user) -> bool:
    posts = posts_of(user)
    return posts.in_proposal_committee(Post.STAFF, Post.HEAD) or bool(posts.dispatch_systems())


def with_urges(rows):
    """Adds `urges_count` and `last_urged_on`."""
    mine = Urge.objects.filter(assignment=OuterRef("pk")).order_by().values("assignment")
    return rows.annotate(
        urges_count=Subquery(mine.annotate(n=Count("pk")).values("n")),
        last_urged_on=Subquery(mine.annotate(last=Max("on")).values("last")),
    )


def urged_words(share: Assignment) -> str:
    """已催办 2 次，最近 11月20日; empty for a share that nobody pressed. Read through `with_urges`."""
    count, last = getattr(share, "urges_count", None), getattr(share, "last_urged_on", None)
    return f"已催办 {count} 次，最近 {last.month}月{last.day}日" if count else ""


def issuers_of(user):
    """The bodies in whose name the user may issue a letter: 提案委, and their dispatch offices."""
    held = posts_of(user).held
    mine = [
        post.organization_id for post in held
        if post.post in (Post.STAFF, Post.HEAD) and (post.code == COMMITTEE or post.kind == "dispatch")
    ]  # fmt: skip
    return Organization.objects.filter(pk__in=mine).order_by("pk")


def code_of(issuer: Organization) -> str:
    row = NoticeCode.objects.filter(issuer=issuer).first()
    if row is not None:
        return row.code
    return COMMITTEE_CODE if issuer.code == COMMITTEE else DISPATCH_CODES.get(issuer.system, OTHER_CODE)


def notice_series(code: str, year: int) -> str:
    return f"notice:{code}:{year}"


class Nothing(Refused):
    """No case of the unit could take the letter: it is not issued and its number stays free."""


@transaction.atomic
def issue(user, issuer: Organization, unit: Organization, shares, required_on: date, text: str = "") -> tuple:
    """One letter to one unit about these shares, with an urge of its kind on each: (UrgeNotice, results).

    A share that cannot be urged is left out with its reason. Raises NotAllowed for a body that is not the user's,
    and Nothing when no share is left; then no number is used.
    """
    if not issuers_of(user).filter(pk=issuer.pk).exists():
        raise NotAllowed("您不能以这个单位的名义出具督办通知书。", "请选择您所在的提案委或交办机构。")
    now, code = timezone.now(), code_of(issuer)
    year = today().year
    notice = UrgeNotice.objects.create(
        issuer=issuer, unit=unit, code=code, year=year, serial=next_number(notice_series(code, year)), text=text,
        required_on=required_on, issued_by=user, issued_at=now,
    )  # fmt: skip
    results = [_noted(share, user, notice) for share in shares]
    if all(result.why for result in results):
        raise Nothing(_why_nothing(unit, results), "可以改天再发，或改用电话、上门催办。", code="nothing_to_urge")
    return notice, results


def _noted(share: Assignment, user, notice: UrgeNotice) -> Result:
    try:
        if share.unit_id != notice.unit_id:
            raise TooLate("这件已改由别的单位承办。", "请重新选择。")
        perform(AssignmentAct.URGE, share, user, {"kind": UrgeKind.NOTICE, "notice": notice, "reason": notice.text})
    except Refused as refused:
        return Result(share.pk, share, str(refused))
    return Result(share.pk, share)


def _why_nothing(unit: Organization, results: list[Result]) -> str:
    reasons = "".join(dict.fromkeys(result.why for result in results)) or "没有逾期的件。"
    return f"没有给{unit}出具督办通知书：{reasons}"


def readable_notices(user):
    """The letters this user may take: the issuing bodies' watchers see what concerns them, a unit its own."""
    posts, mine = posts_of(user), NEVER
    if posts.in_proposal_committee(Post.REVIEWER, Post.STAFF, Post.HEAD):
        return UrgeNotice.objects.all()
    if systems := posts.dispatch_systems():
        mine |= Q(pk__isnull=False) if "" in systems else Q(unit__system__in=systems)
    units = posts.organizations(Post.OPERATOR, Post.UNIT_LEADER, kind="unit")
    return UrgeNotice.objects.filter(mine | Q(unit_id__in=units))
