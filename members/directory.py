"""通讯录: members, staff and collective contacts of today, for each other. Not for units, not for the public."""

import django_filters
from django.db.models import Prefetch, Q
from django.http import QueryDict

from members import filter_choices
from members.models import Appointment, ConsentKind, Member, Organization, OrganizationKind, Person, User
from members.models.organization import COLLECTIVE_KINDS
from members.periods import today
from members.posts import Posts, posts_of
from members.privacy.consent import newest_given

HOUSE = (OrganizationKind.OFFICE, OrganizationKind.COMMITTEE)
SPOKESPEOPLE = ("contact", "convener")
GUESTS = ("informant",)  # invited to report, not of the house
# Whoever registers people needs their numbers for the work, whether they stand in the directory or not.
WORKS_WITH_PEOPLE = "members.change_person"


def may_use(user: User) -> bool:
    return is_of_the_circle(posts_of(user))


def is_of_the_circle(posts: Posts) -> bool:
    """Whoever stands in it uses it."""
    return posts.is_member or any(
        (held.kind in HOUSE and held.post not in GUESTS)
        or (held.kind in COLLECTIVE_KINDS and held.post in SPOKESPEOPLE)
        for held in posts.held
    )


def people():
    """Everybody in the directory today, by pinyin. `shown`: whether the phone is (None: never asked)."""
    seats, posts = Member.objects.in_office(today()), _posts()
    circle = posts.filter(Q(organization__kind__in=HOUSE) | _spoken_for())
    found = Person.objects.filter(Q(pk__in=seats.values("person")) | Q(pk__in=circle.values("person")))
    return found.annotate(shown=newest_given(ConsentKind.DIRECTORY)).prefetch_related(
        Prefetch("seats", seats.for_list(), "seats_today"),
        Prefetch("appointments", _posts().select_related("organization"), "posts_today"),
    ).order_by("pinyin", "pk")  # fmt: skip


def _posts():
    """What is shown of posts: those within the committee, not those of handling units."""
    within = Appointment.objects.on(today()).filter(organization__kind__in=(*HOUSE, *COLLECTIVE_KINDS))
    return within.exclude(post__in=GUESTS)


def _spoken_for() -> Q:
    return Q(organization__kind__in=COLLECTIVE_KINDS, post__in=SPOKESPEOPLE)


def may_reveal(user: User, person: Person) -> bool:
    """`person` is a row of people()."""
    return bool(person.phone) and (bool(person.shown) or user.has_perm(WORKS_WITH_PEOPLE))


def bodies() -> dict[str, list[tuple[int, str]]]:
    """The choices of the filter by kind of body, in one query."""
    wanted = {
        OrganizationKind.SECTOR: "sector", OrganizationKind.COUNTY_GROUP: "group",
        OrganizationKind.TOWNSHIP_GROUP: "township", OrganizationKind.COMMITTEE: "committee",
    }  # fmt: skip
    found: dict[str, list] = {name: [] for name in wanted.values()}
    for body in Organization.objects.of_kind(*wanted).on(today()):
        found[wanted[body.kind]].append((body.pk, body.name))
    return found


class Narrowing(django_filters.FilterSet):
    """How a list is narrowed; the doors add their own controls for the four kinds of body."""

    q = django_filters.CharFilter(method="by_name", max_length=40, label="姓名、拼音或首字母")

    class Meta:
        model = Person
        fields: list[str] = []

    def by_name(self, rows, name, text: str):
        return rows.matching(text)

    def by_seat(self, rows, name, pk):
        column = "sector" if name == "sector" else "group"
        return rows.filter(pk__in=Member.objects.in_office(today()).filter(**{column: pk}).values("person"))

    def by_post(self, rows, name, pk):
        return rows.filter(pk__in=_posts().filter(organization=pk).values("person"))


class DirectoryFilter(Narrowing):
    """The filter of the page; `choices` is what bodies() gives."""

    sector = django_filters.ChoiceFilter(method="by_seat", label="界别", empty_label="全部界别")
    group = django_filters.ChoiceFilter(method="by_seat", label="县直委员组", empty_label="全部组")
    township = django_filters.ChoiceFilter(method="by_seat", label="乡镇（街道）联络组", empty_label="全部联络组")
    committee = django_filters.ChoiceFilter(method="by_post", label="专门委员会", empty_label="全部专委会")

    def __init__(self, *args, choices: dict, **kwargs):
        super().__init__(*args, **kwargs)
        filter_choices.give(self, choices)


def applied(form, asked: QueryDict) -> list[tuple[str, str]]:
    """The filters in use as removable chips: (words, address without it)."""
    chips = []
    for bound in form.visible_fields():
        value = asked.get(bound.name, "")
        if value and not bound.errors:
            rest = asked.copy()
            rest.pop(bound.name)
            rest.pop("page", None)
            words = {str(key): text for key, text in getattr(bound.field, "choices", ())}.get(value, value)
            chips.append((f"{bound.label}：{words}", f"?{rest.urlencode()}"))
    return chips
