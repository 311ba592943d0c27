"""The first page after logging in: what waits for this person, and the matters they follow."""

from django.db.models import BooleanField, Count, ExpressionWrapper, Max, Q, Subquery, Value
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.views.decorators.http import require_safe

from announcements.home import newest_of
from deadlines import book as books
from deadlines.book import Book
from members.periods import today
from members.posts import Posts, posts_of
from portal import todo
from portal.desks import desks_of
from proposals import key_lists, lists
from proposals.drafting import may_create
from proposals.forms.filters import MINE
from proposals.lateness import waits_for_check
from proposals.models import Assignment, Proposal
from proposals.roles import Role
from proposals.states import AssignmentState, ProposalState
from proposals.windows import countdown, known_session

SHOWN = 10
OWN_SHOWN = 8


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    user, posts = request.user, posts_of(request.user)
    book = books.load()
    items = todo.todo_for(user, book)
    writes = may_create(user)
    context = {
        "countdown": countdown(known_session()) if writes else None,
        "groups": [shown(group, request.GET.get("all", "")) for group in todo.grouped(items)],
        "count": len(items),
        "announcements": newest_of(user),
        "may_create": writes,
        "own": own_proposals(user, book) if follows_own(user, posts) else None,
        "queues": queues(user, posts),
        "unit": unit_figures(user) if works_for_unit(posts) else [],
        "duties": administration(user, posts),
        "desks": desks_of(user),
        "leader": leader_figures(user) if posts.is_leader else [],
    }
    return render(request, "portal/home.html", context)


def shown(group: todo.Group, wanted: str) -> dict:
    """A group as the page shows it: the first ten rows, all when asked for."""
    everything = wanted == group.urgency
    rows = group.items if everything else group.items[:SHOWN]
    return {
        "key": str(group.urgency), "label": group.label, "count": len(group.items),
        "rows": [task(item) for item in rows], "more": len(group.items) - len(rows),
    }  # fmt: skip


def task(item) -> dict:
    """A row for the task list."""
    until = f"{date_format(item.due_on)}前" if item.due_on else ""
    parts = [item.number, f"{item.waiting}在等" if item.waiting else "", until]
    days = (item.due_on - today()).days if item.due_on else None
    return {
        "title": item.title, "href": item.url, "what": item.what, "meta": "　".join(filter(None, parts)),
        "colour": item.colour or "none", "word": item.word, "days": days,
    }  # fmt: skip


def follows_own(user, posts: Posts) -> bool:
    """Members, contacts, and former members: whoever may have submitted something."""
    if posts.is_member or posts.organizations("contact", "convener"):
        return True
    is_former_member = posts.person_id is not None and not posts.held
    return is_former_member and not is_administrator(user, posts)


def is_administrator(user, posts: Posts) -> bool:
    return bool(posts.duties) or user.is_superuser


def works_for_unit(posts: Posts) -> bool:
    return bool(posts.organizations("operator", "unit_leader", kind="unit"))


def own_proposals(user, book: Book) -> list[lists.Line]:
    """我的提案, those still under way first: who has each and until when."""
    clauses = Proposal.role_clauses(user)
    mine = Q(pk__in=[])
    for role in MINE:
        mine |= clauses[role]
    rows = Proposal.objects.for_list().with_cosigner_count().filter(mine)
    over = ExpressionWrapper(Q(state__in=ProposalState.FINISHED), output_field=BooleanField())
    return lists.lines(rows.order_by(over, "-pk")[:OWN_SHOWN], book)


def queues(user, posts: Posts) -> list[dict]:
    """How many proposals stand at each stage and how many are late, each figure a link to its rows."""
    stages = lists.stages_of(posts)
    if not stages:
        return []
    late = Q(pk__in=Assignment.objects.late(today()).order_by().values("proposal_id"))
    counts = {stage.key: Count("pk", filter=stage.rows) for stage in stages}
    rows = Proposal.objects.visible_to(user).exclude(state__in=ProposalState.FINISHED)
    found = rows.aggregate(late=Count("pk", filter=late), demands=Max(late_demands(user)), **counts)
    base = reverse("proposals:list")
    figures = [{"label": s.label, "value": found[s.key], "href": f"{base}?state={s.key}"} for s in stages]
    overdue = {"label": "逾期未答复", "value": found["late"], "href": f"{base}?due=overdue", "tone": "danger"}
    demanded = {
        "label": "督办要求逾期未反馈", "value": found["demands"] or 0, "href": f"{reverse('proposals:demands')}?show=late",
        "tone": "danger",
    }  # fmt: skip
    return [*figures, overdue, demanded]


def late_demands(user) -> Subquery:
    """How many demands of supervision records wait for a report past their date; part of another query."""
    return _count(key_lists.demands_of(user).overdue(today()))


def _count(rows) -> Subquery:
    return Subquery(rows.order_by().values(one=Value(1)).annotate(n=Count("pk")).values("n"))


def unit_figures(user) -> list[dict]:
    """What the user's units have in hand and what of it is late."""
    clauses = Assignment.role_clauses(user)
    rows = Assignment.objects.filter(clauses[Role.OPERATOR] | clauses[Role.UNIT_LEADER])
    found = rows.aggregate(
        open=Count("pk", filter=Q(state__in=AssignmentState.OPEN)),
        late=Count("pk", filter=Q(state__in=AssignmentState.OPEN, due_on__lt=today()) & ~waits_for_check()),
        done=Count("pk", filter=Q(state__in=AssignmentState.DONE)),
    )
    base = f"{reverse('proposals:list')}?scope=unit"
    return [
        {"label": "在办", "value": found["open"], "href": f"{base}&state=handling"},
        {"label": "逾期", "value": found["late"], "href": f"{base}&due=overdue", "tone": "danger"},
        {"label": "已办", "value": found["done"], "href": base},
    ]


def leader_figures(user) -> list[dict]:
    """What a leader leads or supervises, and what of it waits for a unit's report; one query."""
    cases = Proposal.objects.filter(Proposal.role_clauses(user)[Role.LEADING])
    demands = key_lists.demands_of(user)
    found = cases.aggregate(
        led=Count("pk", filter=~Q(state__in=ProposalState.FINISHED)),
        open=Max(_count(demands.open())), late=Max(_count(demands.overdue(today()))),
    )  # fmt: skip
    leading, listed = reverse("proposals:leading"), reverse("proposals:demands")
    return [
        {"label": "领办督办的提案", "value": found["led"], "href": leading},
        {"label": "等待单位反馈", "value": found["open"] or 0, "href": f"{listed}?show=open"},
        {"label": "逾期没有反馈", "value": found["late"] or 0, "href": f"{listed}?show=late", "tone": "danger"},
    ]


def administration(user, posts: Posts) -> list[tuple[str, str]]:
    """Where the three administrators work: the admin, and in it what their rights open."""
    if not is_administrator(user, posts):
        return []
    rows = [("members.view_user", "账号", "admin:members_user_changelist"),
            ("members.view_organization", "机构", "admin:members_organization_changelist"),
            ("members.view_appointment", "任职", "admin:members_appointment_changelist"),
            ("workflow.view_event", "办理记录", "admin:workflow_event_changelist")]  # fmt: skip
    return [
        ("后台管理", reverse("admin:index")),
        *((label, reverse(url)) for right, label, url in rows if user.has_perm(right)),
    ]
