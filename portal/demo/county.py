"""Builds the demonstration county's terms, organizations, people, seats, posts and accounts."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from random import Random

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.utils import timezone

from members import duties
from members.models import Appointment, Member, Organization, Person, Session, Term, User

from . import places, unit_desk
from .names import Names

MEMBERS = 218
STANDING = 36
FIRST_TERM, FIRST_YEAR = 11, 2022


@dataclass
class County:
    """What the stories need to know of the county."""

    random: Random
    sessions: list[Session] = field(default_factory=list)
    organizations: dict[str, Organization] = field(default_factory=dict)
    members: list[Person] = field(default_factory=list)
    collectives: list[tuple[Organization, Person]] = field(default_factory=list)
    conveners: dict[int, Person] = field(default_factory=dict)
    operators: dict[int, Person] = field(default_factory=dict)
    leaders: dict[int, Person] = field(default_factory=dict)
    heads: list[Person] = field(default_factory=list)
    staff: list[Person] = field(default_factory=list)
    reviewers: list[Person] = field(default_factory=list)
    dispatchers: dict[str, Person] = field(default_factory=dict)
    administrators: dict[str, Person] = field(default_factory=dict)
    county_leaders: list[Person] = field(default_factory=list)
    users: dict[int, User] = field(default_factory=dict)
    house: dict[str, Person] = field(default_factory=dict)  # clerks of the office and the committees, by body
    featured: list[Person] = field(default_factory=list)  # the members whose log-ins are printed

    def user(self, person: Person) -> User:
        return self.users[person.pk]

    def dispatcher_for(self, unit: Organization) -> Person:
        return self.dispatchers["party" if unit.system == "party" else "government"]


def build(random: Random, today: date) -> County:
    """Write the county; nothing of it exists yet."""
    county = County(random)
    _sessions(county, today)
    _organizations(county)
    _people(county)
    _accounts(county)
    return county


def _sessions(county: County, today: date) -> None:
    last = today.year if today >= date(today.year, 4, 24) else today.year - 1
    for year in range(last - 3, last + 1):
        number = FIRST_TERM + (year - FIRST_YEAR) // 5
        starts = date(FIRST_YEAR + (number - FIRST_TERM) * 5, 4, 20)
        ends = date(starts.year + 5, 4, 19)
        term, _ = Term.objects.get_or_create(number=number, defaults={"starts": starts, "ends": ends})
        county.sessions.append(
            Session.objects.create(
                term=term,
                ordinal=(year - FIRST_YEAR) % 5 + 1,
                opens=date(year, 4, 21),
                closes=date(year, 4, 23),
                window_opens=_at(date(year, 1, 21), 8),
                window_closes=_at(date(year, 4, 22), 14),
                allows_support=year == last,
            )
        )


def _at(day: date, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))


def _organizations(county: County) -> None:
    starts = county.sessions[0].term.starts
    rows: list[Organization] = []

    def add(kind: str, names, **fields):
        for name in names:
            rows.append(Organization(kind=kind, name=name, starts=starts, order=len(rows), **fields))

    add("committee", ["提案委员会"], code="proposals")
    add("committee", places.COMMITTEES)
    add("office", ["县政协办公室"])
    add("dispatch", ["县委督查室"], system="party")
    add("dispatch", ["县政府督查室"], system="government")
    add("sector", places.SECTORS)
    add("county_group", places.COUNTY_GROUPS)
    add("township_group", [f"{name}联络组" for name in places.TOWNSHIPS])
    add("party", places.PARTIES)
    add("peoples", places.PEOPLES)
    add("unit", places.PARTY_UNITS, system="party")
    add("unit", places.GOVERNMENT_UNITS, system="government")
    add("unit", places.TOWNSHIPS, system="township")
    add("unit", places.OTHER_UNITS, system="other")
    for row in rows:
        row.set_keys()
        row.letter_code = unit_desk.LETTER_CODES.get(row.name, "") if row.kind == "unit" else ""
    Organization.objects.bulk_create(rows)
    county.organizations = {f"{row.kind}:{row.name}": row for row in rows}


def of_kind(county: County, kind: str) -> list[Organization]:
    return [row for row in county.organizations.values() if row.kind == kind]


def _people(county: County) -> None:
    names = Names(county.random)
    units = of_kind(county, "unit")
    posts: list[tuple[Person, Organization, str, str]] = []

    def draw(**fields) -> Person:
        name, gender = names.draw()
        return _person(county, name, gender, names.ethnicity(), **fields)

    county.members = [draw() for _ in range(MEMBERS)]
    committee = county.organizations["committee:提案委员会"]
    county.heads = [draw() for _ in range(2)]
    county.staff = [draw() for _ in range(2)]
    county.reviewers = [draw() for _ in range(3)]
    for people, post, title in (
        (county.heads, "head", "主任"), (county.staff, "staff", "科员"), (county.reviewers, "reviewer", "审查员"),
    ):  # fmt: skip
        posts += [(who, committee, post, title) for who in people]
    for system, name in (("party", "县委督查室"), ("government", "县政府督查室")):
        county.dispatchers[system] = who = draw()
        posts.append((who, county.organizations[f"dispatch:{name}"], "staff", "督查员"))
    for unit in units:
        operator, leader = draw(employer=unit.name), draw(employer=unit.name)
        county.operators[unit.pk], county.leaders[unit.pk] = operator, leader
        posts += [(operator, unit, "operator", "办公室经办人"), (leader, unit, "unit_leader", "分管负责人")]
    county.administrators = {duty: draw() for duty in duties.ALL}
    _save_people(county)
    posts += _conveners(county)
    _seats(county)
    starts = county.sessions[0].term.starts
    Appointment.objects.bulk_create(
        Appointment(person=who, organization=body, post=post, title=title, starts=starts)
        for who, body, post, title in posts
    )


def _person(county: County, name: str, gender: str, ethnicity: str, employer: str = "") -> Person:
    random = county.random
    employer = employer or _employer(county)
    # 199 numbers ending in a fixed block: plainly invented, never a real subscriber's.
    serial = len(_drawn(county))
    person = Person(
        name=name, gender=gender, ethnicity=ethnicity, employer=employer,
        born=f"{random.randint(1960, 1992)}-{random.randint(1, 12):02d}",
        position=random.choice(places.positions_at(employer)),
        party=random.choice(("中共党员", "群众", "群众", "民盟盟员", "民建会员", "无党派人士")),
        phone=f"1990000{serial:04d}",
    )  # fmt: skip
    person.set_keys()
    _drawn(county).append(person)
    return person


def _employer(county: County) -> str:
    """Half of the people work for a unit of the county, half elsewhere."""
    units = [unit.name for unit in of_kind(county, "unit")]
    return county.random.choice(units if county.random.random() < 0.5 else places.WORKPLACES)


def _drawn(county: County) -> list[Person]:
    return county.__dict__.setdefault("_people", [])


def _save_people(county: County) -> None:
    Person.objects.bulk_create(_drawn(county))


def _conveners(county: County):
    """Each body that may submit has a convener, parties and organisations a contact besides; all are members."""
    kinds = ("sector", "county_group", "township_group", "party", "peoples", "committee")
    bodies = [body for kind in kinds for body in of_kind(county, kind) if body.code != "proposals"]
    conveners = {(index * 3 + step) % MEMBERS for index in range(len(bodies)) for step in (1, 2)}
    ordinary = range(STANDING, MEMBERS)
    county.featured = [county.members[n] for n in ordinary if n not in conveners][:2]
    for index, body in enumerate(bodies):
        who = county.members[(index * 3 + 1) % MEMBERS]
        county.collectives.append((body, who))
        if body.kind in ("party", "peoples"):
            yield who, body, "contact", ""
            who = county.members[(index * 3 + 2) % MEMBERS]
        county.conveners[body.pk] = who
        yield who, body, "convener", ""


def _seats(county: County) -> None:
    sectors = of_kind(county, "sector")
    groups = of_kind(county, "county_group") + of_kind(county, "township_group")
    terms = {session.term_id: session.term for session in county.sessions}.values()
    seats = []
    for term in terms:
        for index, who in enumerate(county.members):
            kind = "chair" if index == 0 else "vice_chair" if index < 5 else "secretary" if index == 5 else (
                "standing" if index < 6 + STANDING - 6 else "member"
            )  # fmt: skip
            seats.append(
                Member(
                    person=who, term=term, number=f"{term.number}-{index + 1:03d}",
                    sector=sectors[index % len(sectors)], group=groups[index % len(groups)],
                    seat_kind=kind, starts=term.starts, ends=term.ends,
                    decided_by="县政协常委会会议",
                )
            )  # fmt: skip
    Member.objects.bulk_create(seats)


def _accounts(county: County) -> None:
    """Everybody has an account; none has a usable password until the one-time-password act."""
    unusable = make_password(None)
    rows = [
        User(username=f"xp{n:04d}", person=who, phone=who.phone, password=unusable)
        for n, who in enumerate(_drawn(county), start=1)
    ]
    User.objects.bulk_create(rows)
    county.users = {user.person_id: user for user in rows}
    for duty, who in county.administrators.items():
        county.user(who).groups.add(Group.objects.get(name=duty))
