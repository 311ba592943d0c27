"""Why somebody may do what they may do today, and who may see a case: asked of the very clauses that decide."""

from dataclasses import dataclass

from django.apps import apps
from django.contrib.auth.models import AnonymousUser, Permission
from django.db.models import Count, Value

from workflow.querysets import NEVER, ROLE_PREFIX
from workflow.transition import all_processes, process_of

from .delegating import held
from .models import Appointment, Member, User
from .periods import today
from .permissions import TITLES, capacities, granted
from .posts import keep_posts, posts_of

ACTIONS = {"view": "查看", "add": "新增", "change": "修改", "delete": "删除"}
TOGETHER = 40  # users asked about in one statement


@dataclass(frozen=True)
class Ground:
    """A fact that gives rights: a post, a seat or a leave to draft, with its dates and the document that decided it."""

    words: str
    starts: object
    ends: object
    document: str


def grounds_of(user: User) -> list[Ground]:
    """The posts, seats and leaves to draft in force today. Three queries."""
    posts = Appointment.objects.on(today()).filter(person=user.person_id).select_related("organization")
    seats = Member.objects.in_office(today()).filter(person=user.person_id).for_list()
    return [
        *(Ground(f"{p.organization.name}{p.title or p.get_post_display()}（{p.get_post_display()}）", p.starts, p.ends, p.document_number) for p in posts),
        *(Ground(f"{s.term}{s.get_seat_kind_display()}，{s.sector or '未登记界别'}", s.starts, s.ends, s.document_number) for s in seats),
        *(Ground(f"代{d.grantor}起草（起草授权）", d.starts, d.ends, "") for d in held(user.person_id)),
    ]  # fmt: skip


def admin_rights_of(user: User) -> list[tuple[str, list[tuple[str, str]]]]:
    """[(capacity in words, [(what, which actions)])] of the staff admin, as the backend grants them."""
    names = {f"{p.content_type.app_label}.{p.codename}": p for p in Permission.objects.select_related("content_type")}
    return [(TITLES.get(name, name), _by_model(granted(name), names)) for name in sorted(capacities(posts_of(user)))]


def _by_model(rights: frozenset[str], names: dict) -> list[tuple[str, str]]:
    found: dict[str, list[str]] = {}
    for right in sorted(rights, key=lambda name: list(ACTIONS).index(_action(name)) if _action(name) in ACTIONS else 9):
        app, _, codename = right.partition(".")
        action, _, model = codename.partition("_")
        if action in ACTIONS:
            found.setdefault(str(apps.get_model(app, model)._meta.verbose_name), []).append(ACTIONS[action])
        elif right in names:
            found.setdefault(names[right].name, [])
    return [(what, "、".join(actions)) for what, actions in found.items()]


def _action(right: str) -> str:
    return right.partition(".")[2].partition("_")[0]


def case_roles_of(user: User, asker: User) -> list[tuple[str, list[tuple[str, int]]]]:
    """[(process, [(role, on how many cases)])] among the cases that the asker sees. One query a process.

    Left out: roles held on no case, and what everybody is towards a case, like 公众.
    """
    found = []
    for process in all_processes():
        model = process.model
        clauses = _own_clauses(model, user)
        counts = _seen(model, asker).aggregate(**{role: Count("pk", filter=q) for role, q in clauses.items()})
        held_on = [(str(process.roles(role).label), count) for role, count in counts.items() if count]
        if held_on:
            found.append((process.title, held_on))
    return found


def _own_clauses(model, user: User) -> dict:
    everybody = model.role_clauses(AnonymousUser())
    return {role: q for role, q in model.role_clauses(user).items() if everybody.get(role, NEVER) == NEVER}


def _seen(model, asker: User):
    """As a subquery: the cases are counted once, whatever the clauses join."""
    return model.objects.filter(pk__in=model.objects.visible_to(asker).order_by().values("pk")).order_by()


def who_sees(case, users) -> list[tuple[User, list[str]]]:
    """Everybody with a relation to the case, and which. A query for the posts, then one for each 40 users."""
    users = list(users)
    keep_posts(users)
    found: dict[int, list[str]] = {}
    for start in range(0, len(users), TOGETHER):
        found |= _roles_on(case, users[start : start + TOGETHER])
    return [(user, found[user.pk]) for user in users if user.pk in found]


def _roles_on(case, users: list[User]) -> dict[int, list[str]]:
    labels = [
        (ROLE_PREFIX + role, str(process_of(case).roles(role).label)) for role in type(case).role_clauses(users[0])
    ]
    columns = [name for name, _label in labels]
    asked = [
        type(case).objects.filter(pk=case.pk).visible_to(user).with_roles_of(user, every=True).order_by()
        .annotate(who=Value(user.pk)).values_list("who", *columns) for user in users
    ]  # fmt: skip
    rows = asked[0].union(*asked[1:], all=True)
    return {who: [label for (_n, label), held in zip(labels, roles, strict=True) if held] for who, *roles in rows}
