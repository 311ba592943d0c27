"""每月统计: on the first working day of a month, from 08:30 on, chosen people are told how the proposals stood at the end
of the month before. Aggregate figures only, in the message and in the .xlsx that goes with the mail; the rest is on the page.

Who is still to be told is found in the database, so that a run too many or a run missed changes nothing.
"""

from datetime import date, datetime, time, timedelta

from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from deadlines import calendar
from deadlines.working_days import Calendar
from documents.kinds import KINDS
from documents.sheets.writing import listing
from members.periods import today
from members.posts import everybodys_posts, keep_posts
from notices import plain
from reports.assessment.figures import tenth
from reports.figures import period, registry
from reports.figures.asked import Asked
from reports.figures.counting import Value, counted
from reports.figures.sight import reader_of
from reports.models import MonthlyNotice, MonthlyRecipient

AT = time(8, 30)
SUBJECT = ("received", "filed", "replied")
SHOWN = (
    "received",
    "filed",
    "merged",
    "not_filed",
    "withdrawn",
    "pending",
    "handled",
    "replied",
    "reply_rate",
    "resolved_rate",
)
COLUMNS = [("指标", 20), ("本月末", 12), ("上月末", 12), ("增减", 12), ("单位", 8), ("分子", 10), ("分母", 10)]
ONE_DAY = timedelta(days=1)


def due_at(day: date, known: Calendar | None = None) -> datetime:
    """When the figures of the month before that day are sent: its month's first working day, half past eight."""
    first = (known or calendar.load()).next_workday(day.replace(day=1))
    return timezone.make_aware(datetime.combine(first, AT))


def next_due() -> datetime:
    """When the next ones are sent."""
    day, known = today(), calendar.load()
    due = due_at(day, known)
    return due if timezone.now() < due else due_at((day.replace(day=1) + 32 * ONE_DAY).replace(day=1), known)


def send_due(now: datetime | None = None) -> int:
    """Tell whoever is to be told and was not; returns how many. People chosen later get the next month's."""
    now = now or timezone.now()
    day = timezone.localdate(now)
    due = due_at(day)
    if now < due:
        return 0
    end = day.replace(day=1) - ONE_DAY
    told = MonthlyNotice.objects.filter(month=end.replace(day=1)).values("user")
    chosen = MonthlyRecipient.objects.filter(added_at__lt=due, user__is_active=True).exclude(user__in=told)
    users = list(get_user_model().objects.filter(pk__in=chosen.values("user")).select_related("person").order_by("pk"))
    keep_posts(users)
    waiting = [user for user in users if may_get(user)]
    if not waiting:
        return 0
    what = words(end, waiting[0])  # all of them read the whole county, and no figure here tells of ratings
    return sum(_tell(user, end, what) for user in waiting)


def may_get(user) -> bool:
    """Those who read the figures of the whole county today."""
    return reader_of(user).everything


def candidates() -> list:
    """The accounts that may be chosen, each with `is_chosen`; two queries."""
    found = [pk for pk, posts in everybodys_posts().items() if _reads_all(posts)]
    chosen = Exists(MonthlyRecipient.objects.filter(user=OuterRef("pk")))
    users = get_user_model().objects.filter(pk__in=found).select_related("person").annotate(is_chosen=chosen)
    return list(users.order_by("person__pinyin", "pk"))


def _reads_all(posts) -> bool:
    from reports.assessment.sight import sight_by

    return sight_by(posts).everything or posts.is_leader


def choose(users: list[int]) -> None:
    """The accounts of these ids and nobody else, from now on."""
    with transaction.atomic():
        MonthlyRecipient.objects.exclude(user__in=users).delete()
        rows = (MonthlyRecipient(user_id=user) for user in users)
        MonthlyRecipient.objects.bulk_create(rows, ignore_conflicts=True)


def _tell(user, end: date, what: tuple[str, str, str]) -> int:
    """0 when another run was first. The note and the message are written together."""
    try:
        with transaction.atomic():
            MonthlyNotice.objects.create(month=end.replace(day=1), user=user)
            plain.tell(user.pk, *what, facts={"file": "monthly", "until": end.isoformat()})
    except IntegrityError:
        return 0
    return 1


def words(end: date, user) -> tuple[str, str, str]:
    """Subject (it travels by mail), body (inbox only) and address of what is told of the month that ended then."""
    asked, now, before = _compared(end, user)
    when = asked.period
    counts = "、".join(f"{now[key].figure.name}{now[key].part}件" for key in SUBJECT)
    rate = f"，办复率{now['reply_rate'].shown}" if now["reply_rate"].exact is not None else ""
    subject = f"{end.year}年{end.month}月提案统计：{when.name}累计{counts}{rate}"
    lines = [_line(value, before[key]) for key, value in now.items()]
    url = f"{reverse('reports:figures')}?{asked.query()}"
    return subject, f"截至{end.year}年{end.month}月{end.day}日：\n" + "\n".join(lines), url


def _compared(end: date, user) -> tuple[Asked, dict[str, Value], dict[str, Value]]:
    """What is asked of the month that ended then, its figures, and those of the end of the month before."""
    sessions, reader = period.known_sessions(), reader_of(user)
    opened = [one for one in sessions if one.opens <= end]
    when = period.of_session(opened[0], sessions) if opened else period.of_year(end.year)
    asked, earlier = Asked(when, reader, {}, end), Asked(when, reader, {}, end.replace(day=1) - ONE_DAY)
    return asked, _values(asked), _values(earlier)


def file(user, facts: dict) -> tuple[str, bytes, str] | None:
    """The figures as an .xlsx for the mail (notices.enclosures); none for who no longer reads them."""
    if not may_get(user):
        return None
    end = date.fromisoformat(facts["until"])
    asked, now, before = _compared(end, user)
    title = f"{end.year}年{end.month}月提案统计"
    rows = [_cells(value, before[key]) for key, value in now.items()]
    told = f"{title}（{asked.period.name}累计，截至{end.year}年{end.month}月{end.day}日）"
    return f"{title}.xlsx", listing(title, told, COLUMNS, rows), KINDS[".xlsx"].content_type


def _cells(value: Value, before: Value) -> list:
    """Numbers as numbers; a rate in per cent, with what it is made of beside it."""
    now, earlier = _number(value), _number(before)
    change = "—" if "—" in (now, earlier) else round(now - earlier, 1)
    is_rate = value.figure.is_rate
    parts = [value.part, value.whole] if is_rate else ["", ""]
    return [value.figure.name, now, earlier, change, "%" if is_rate else value.figure.unit, *parts]


def _number(value: Value) -> int | float | str:
    if value.exact is None:
        return "—"
    return float(tenth(value.exact * 100)) if value.figure.is_rate else value.part


def _values(asked: Asked) -> dict[str, Value]:
    known = registry.by_key()
    return counted(asked, [known[key] for key in SHOWN])


def _line(value: Value, before: Value) -> str:
    change = value.against(before)
    return f"{value.figure.name} {value.words}" + (f"，比上月末 {change}" if change and change != "持平" else "")
