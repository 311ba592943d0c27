"""Who has read an announcement and who has not: for the body that issued it."""

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from announcements.models import Announcement, Recipient
from announcements.roles import Role
from members.models import Appointment
from members.periods import today
from workflow.errors import NotAllowed, NotFound, Refused
from workflow.querysets import roles_on
from workflow.views import refusal_page

from .crumbs import crumbs
from .reading import found

PER_PAGE = 50
SHOWN = {
    "unread": ("未读", Q(read_at=None)), "unsigned": ("未签收", Q(signed_at=None)),
    "read": ("已读", Q(read_at__isnull=False)), "all": ("全部", Q()),
}  # fmt: skip


@require_safe
def readers(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        one, chosen, rows = population(request.user, request.GET, pk)
    except Refused as refused:
        return refusal_page(request, refused)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    counts = Announcement.objects.filter(pk=one.pk).with_counts().values("told", "read_by_now", "signed_by_now").get()
    numbers = {
        "all": counts["told"], "read": counts["read_by_now"], "unread": counts["told"] - counts["read_by_now"],
        "unsigned": counts["told"] - counts["signed_by_now"],
    }  # fmt: skip
    context = {
        "announcement": one, "page": page, "rows": with_bodies(page.object_list), "params": request.GET, "shown": chosen,
        "tabs": [
            {"label": SHOWN[key][0], "href": f"?show={key}", "current": key == chosen, "count": numbers[key]}
            for key in keys_for(one)
        ],
        "crumbs": crumbs((str(one), one.get_absolute_url()), "阅读情况"),
    }  # fmt: skip
    return render(request, "announcements/readers.html", context)


def population(user, asked, pk) -> tuple[Announcement, str, QuerySet]:
    """The announcement, which of its readers are shown, and these; the export asks here too. Raises Refused."""
    given = str(pk)
    if not (given.isascii() and given.isdecimal() and len(given) < 16):
        raise NotFound
    one = issued(user, int(given))
    chosen = shown(asked, one)
    return one, chosen, rows_of(one, chosen)


def issued(user, pk: int) -> Announcement:
    """Raises NotFound, or NotAllowed for who only received it."""
    one = found(user, pk)
    if one is None:
        raise NotFound
    if Role.WRITER not in roles_on(one):
        raise NotAllowed("阅读情况只有发布单位可以查看。", "需要了解的，请联系发布单位。")
    return one


def keys_for(one: Announcement) -> list[str]:
    return [key for key in SHOWN if key != "unsigned" or one.receipt_required]


def shown(given, one: Announcement) -> str:
    asked = given.get("show", "")
    return asked if asked in keys_for(one) else keys_for(one)[0]


def rows_of(one: Announcement, chosen: str):
    rows = Recipient.objects.filter(SHOWN[chosen][1], announcement=one).select_related("user__person")
    return rows.order_by("user__person__pinyin", "pk")


def with_bodies(rows: list[Recipient]) -> list[Recipient]:
    """Each with `name` and `bodies`: where the person works today. One query more, however many rows."""
    people = [row.user.person_id for row in rows if row.user.person_id]
    posts: dict[int, list[str]] = {}
    held = Appointment.objects.on(today()).filter(person__in=people).select_related("organization").order_by("pk")
    for post in held if people else ():
        posts.setdefault(post.person_id, []).append(f"{post.organization}{post.title or post.get_post_display()}")
    for row in rows:
        person = row.user.person
        own = f"{person.employer} {person.position}".strip() if person else ""
        row.name, row.bodies = str(row.user), "、".join(posts.get(row.user.person_id, ())) or own
    return rows
