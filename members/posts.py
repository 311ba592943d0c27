"""What a user is today: posts, seat and duties, read at once and kept with the user object.

A post in a body is also one in the bodies that were merged into it (members.succession): what they left open is
seen and done by those who stand in their place.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache, wraps

from django.apps import apps
from django.db.models import Exists, FilteredRelation, OuterRef, Q

from workflow.built_once import Clauses

from .periods import today
from .prepared import Prepared

COMMITTEE = "proposals"
ADMIN_KINDS = {"committee", "office", "dispatch"}
ADMIN_POSTS = {"head", "staff", "reviewer"}
CHAIRS = ("chair", "vice_chair")  # SeatKind: whose holders lead the committee

# Which systems' units a dispatch office answers for; an office without a system answers for all.
DISPATCHED = {
    "party": {"party"},
    "government": {"government", "township", "other"},
}


@dataclass(frozen=True)
class Held:
    """One post held: the post, and of the organization its id, kind, code and system."""

    post: str
    organization_id: int
    kind: str
    code: str | None
    system: str


@dataclass(frozen=True)
class Posts:
    person_id: int | None = None
    held: tuple[Held, ...] = ()
    is_member: bool = False
    duties: tuple[str, ...] = field(default=())
    is_chair: bool = False

    def organizations(self, *posts: str, kind: str | None = None) -> list[int]:
        """Ids of the organizations (of that kind) where one of these posts is held."""
        return [
            h.organization_id for h in self.held
            if h.post in posts and (kind is None or h.kind == kind)
        ]  # fmt: skip

    def in_proposal_committee(self, *posts: str) -> bool:
        return any(h.code == COMMITTEE and h.post in posts for h in self.held)

    @property
    def is_leader(self) -> bool:
        """A leader of the county, or the committee's 主席 or 副主席."""
        return self.is_chair or any(h.kind == "leadership" for h in self.held)

    def dispatch_systems(self) -> set[str]:
        """Systems whose units the user's dispatch offices answer for; "" stands for all."""
        offices = [h for h in self.held if h.kind == "dispatch" and h.post in ADMIN_POSTS]
        return set().union(*(DISPATCHED.get(h.system, {""}) for h in offices))

    @property
    def may_enter_admin(self) -> bool:
        in_house = any(h.kind in ADMIN_KINDS and h.post in ADMIN_POSTS for h in self.held)
        return in_house or bool(self.duties)


def dispatch_systems_for(unit_system: str) -> set[str]:
    """The systems of the dispatch offices that answer for a unit of this system."""
    return {"", *(office for office, covered in DISPATCHED.items() if unit_system in covered)}


def posts_of(user, fresh: bool = False) -> Posts:
    """The user's posts in force today, kept with the user object; `fresh` asks the database again."""
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return Posts()
    if fresh or not hasattr(user, "_posts"):  # request.user is a lazy stand-in: its own __dict__ is empty
        user._posts = _read(user)
    return user._posts


def kept_with_posts(make: Callable) -> Callable:
    """`make(user, model)` once for a user's posts of a day: what follows from nothing else is kept as long as they are.

    A page asks for the same clauses a dozen times, and building them costs more than their queries. From page to page
    they are kept for the people who came last.
    """

    @wraps(make)
    def kept(user, model):
        posts = posts_of(user)
        if getattr(user, "_of_posts", (None,))[0] is not posts:
            user._of_posts = (posts, _kept_on(today())(user.pk, posts))
        made = user._of_posts[1]
        if (key := (make.__name__, model)) not in made:
            one = make(user, model)
            made[key] = Clauses(one) if isinstance(one, dict) else one
        return made[key]

    return kept


@lru_cache(maxsize=1)
def _kept_on(day: date) -> Callable[[int | None, Posts], dict]:
    """What was made for each account and its posts on that day; what was made on another day goes.

    Some 150 kB a statement, up to two megabytes for somebody who does everything: for those who came last.
    """
    return lru_cache(maxsize=40)(lambda user_pk, posts: {})


def _read(user) -> Posts:
    rows = OF_ONE.rows(user=user.pk, day=today())
    return _posts([row[1:] for row in rows]) if rows else Posts()


def keep_posts(users) -> None:
    """Read the posts of many users at once: one query, kept with each as `posts_of` does."""
    users, by_user = list(users), {}
    for pk, *row in _rows(today()).filter(pk__in=[user.pk for user in users]) if users else ():
        by_user.setdefault(pk, []).append(row)
    for user in users:
        user._posts = _posts(by_user[user.pk]) if user.pk in by_user else Posts()


def everybodys_posts() -> dict[int, Posts]:
    """User id → posts of today, of every open account that belongs to a person: one query."""
    by_user: dict[int, list] = {}
    for pk, *row in _rows(today()).filter(is_active=True, person__isnull=False).order_by():
        by_user.setdefault(pk, []).append(row)
    return {pk: _posts(rows) for pk, rows in by_user.items()}


def _rows(day):
    """A row for each pair of a post in force and a duty, either of which may be missing."""
    seats = apps.get_model("members.Member").objects.in_office(day)
    return apps.get_model("members.User")._base_manager.annotate(
        in_force=FilteredRelation("person__appointments", condition=_in_force(day)),
        seated=Exists(seats.filter(person_id=OuterRef("person_id"))),
        chairs=Exists(seats.filter(person_id=OuterRef("person_id"), seat_kind__in=CHAIRS)),
    ).values_list(
        "pk", "person_id", "seated", "chairs", "groups__name", "in_force__post", "in_force__organization_id",
        "in_force__organization__kind", "in_force__organization__code", "in_force__organization__system",
        *(f"in_force__organization__predecessors__{name}" for name in ("id", "kind", "code", "system")),
    )  # fmt: skip


# Every page and every act begins with this read; building its statement took longer than the database.
OF_ONE = Prepared(lambda user, day: _rows(day).filter(pk=user), user=-1, day=date.min)


def _posts(rows: list) -> Posts:
    person_id, is_member, is_chair = rows[0][:3]
    duties = dict.fromkeys(row[3] for row in rows if row[3])
    held = dict.fromkeys(Held(row[4], *body) for row in rows if row[4] for body in (row[5:9], row[9:]) if body[0])
    return Posts(person_id, tuple(held), is_member, tuple(duties), is_chair)


def _in_force(day) -> Q:
    path = "person__appointments"
    still = Q(**{f"{path}__ends__isnull": True}) | Q(**{f"{path}__ends__gte": day})
    return still & Q(**{f"{path}__starts__lte": day})
