"""Three announcements: one most have read, one to be signed for, one urgent of yesterday."""

from datetime import timedelta

from announcements.acts import Act
from announcements.audience import audience_of
from announcements.kinds import People, Priority
from announcements.models import Announcement, Recipient
from announcements.states import State
from notices.models import Outbox
from workflow.histories import History
from workflow.models import Event

# title, text, priority, whether to be signed for, to whom, days ago, and how many of ten have read it
ANNOUNCEMENTS = (
    ("关于做好平时提案工作的通知", "各位委员：\n\n全体会议闭会期间，欢迎结合调研和本职工作随时提交平时提案。提交前请先查看相似提案，一事一案，建议要具体可行。\n\n提案委员会联系人：何老师。",
     Priority.NORMAL, False, (People.MEMBERS,), 20, 8),
    ("关于报送提案办理进度的通知", "各承办单位：\n\n请于收到本通知后五个工作日内，核对本单位承办提案的办理进度，确保面商、答复按期完成。收到后请点“签收”。",
     Priority.IMPORTANT, True, (People.OPERATORS, People.UNIT_LEADERS), 6, 6),
    ("关于调整本周协商座谈会时间的紧急通知", "各位委员、各有关单位：\n\n原定本周召开的协商座谈会改为下周同一时间召开，地点不变，请相互转告。",
     Priority.URGENT, False, (People.MEMBERS, People.OPERATORS, People.STAFF, People.LEADERS), 1, 2),
)  # fmt: skip


def fill(county, moment) -> int:
    """The announcements with their recipients and events; returns how many events."""
    issuer, author = county.organizations["committee:提案委员会"], county.user(county.staff[0])
    history, made = History(), []
    for title, body, priority, receipt, people, days, _read in ANNOUNCEMENTS:
        at = moment - timedelta(days=days, hours=-9)
        one = Announcement(
            issuer=issuer, author=author, title=title, body=body, priority=priority, receipt_required=receipt,
            people=list(people), saved_at=at, published_at=at, changed_at=at,
        )  # fmt: skip
        history.note(one, Act.BEGIN, author, at - timedelta(minutes=40), State.DRAFT)
        history.note(one, Act.PUBLISH, author, at, State.PUBLISHED)
        made.append(one)
    Announcement.objects.bulk_create(made)
    for one, (*_rest, read) in zip(made, ANNOUNCEMENTS, strict=True):
        Recipient.objects.bulk_create(_recipients(one, author, read))
    count = history.write()
    published = Event.objects.filter(
        process="announcement", act=Act.PUBLISH, happened_at__gte=moment - timedelta(days=12)
    )
    Outbox.objects.bulk_create(Outbox(event_id=pk) for pk in published.values_list("pk", flat=True))
    return count


def _recipients(one: Announcement, author, read: int) -> list[Recipient]:
    keys = audience_of(one).users.exclude(pk=author.pk).order_by("pk").values_list("pk", flat=True)
    return [_recipient(one, pk, number, read) for number, pk in enumerate(keys)]


def _recipient(one: Announcement, user_id: int, number: int, read: int) -> Recipient:
    """`read` of ten have read it; where it is to be signed for, two of three of them did."""
    row = Recipient(announcement=one, user_id=user_id, added_at=one.published_at)
    if number % 10 < read:
        row.read_at = one.published_at + timedelta(minutes=20 + number)
        row.signed_at = row.read_at if one.receipt_required and number % 3 else None
    return row
