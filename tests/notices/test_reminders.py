"""到期提醒: each person once, in working hours, one message for all that is due, superiors in their order."""

import datetime
import threading
import time
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.db import connections

from deadlines.models import DueRule
from members.models import Person
from notices import tasks
from notices.models import Message, Reminder
from notices.reminders import preview, scan, words
from tests.factories import people

from .due_items import D, items, row  # noqa: F401

pytestmark = pytest.mark.django_db
SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(day: D, clock: str = "09:00") -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time.fromisoformat(clock), SHANGHAI)


def rule(step: str = "sign", **fields) -> None:
    """Its only reminders are these."""
    nothing = dict.fromkeys(
        ("remind_overdue_every", "escalate_unit_leader_after", "escalate_dispatch_after", "escalate_leading_after")
    )
    assert DueRule.objects.filter(step=step).update(**{**nothing, "reminder_days": "1", **fields}) == 1


@pytest.fixture(autouse=True)
def _office_hours(settings):
    settings.WORKING_HOURS = (datetime.time(8, 30), datetime.time(17, 30))


@pytest.fixture
def both():
    return people.user("周明远"), people.user("李素芬")


def told() -> list[tuple]:
    """(number of the case, offset, recipient) in the order of telling."""
    return list(Reminder.objects.order_by("pk").values_list("case_id", "offset", "recipient"))


def test_ten_runs_tell_each_person_once(items, both):  # noqa: F811
    rule(reminder_days="1")
    items += [row(n, *both, due_on=D(2026, 4, 22)) for n in (1, 2, 3)]
    assert [scan.remind(at(D(2026, 4, 21))) for _ in range(10)] == [2] + [0] * 9
    assert told() == sorted((n, 1, user.pk) for n in (1, 2, 3) for user in both)
    message = Message.objects.get(recipient=both[0])
    assert (message.kind, message.urgent, message.url) == ("reminder", False, "")
    assert message.subject == "【到期提醒】3 件事项"
    assert message.body.splitlines() == [f"签收：第 00{n} 号，还有 1 天到期（期限4月22日）" for n in (1, 2, 3)]
    assert Reminder.objects.filter(message=message).count() == 3


def test_one_item_leads_to_its_case_and_says_which(items, both):  # noqa: F811
    rule(reminder_days="0")
    items.append(row(7, both[0]))
    scan.remind(at(D(2026, 4, 22)))
    message = Message.objects.get()
    assert (message.subject, message.url) == ("【到期提醒】签收：第 007 号，今天到期（期限4月22日）", "/proposals/7/")


def test_ten_lines_and_how_many_more(items, both, client):  # noqa: F811
    items += [row(n, both[0]) for n in range(1, 14)]
    scan.remind(at(D(2026, 4, 22)))
    message = Message.objects.get()
    assert message.subject == "【到期提醒】13 件事项"
    assert len(message.body.splitlines()) == words.LINES + 1
    assert message.body.splitlines()[-1] == "还有 3 件，请打开这条消息查看全部。"
    client.force_login(both[0])
    page = client.get(f"/inbox/{message.pk}/").content.decode()
    assert [f"第 {n:03} 号" in page for n in range(1, 14)] == [True] * 13


def test_a_changed_due_date_is_told_anew(items, both):  # noqa: F811
    rule(reminder_days="1")
    items.append(row(1, both[0]))
    assert [scan.remind(at(D(2026, 4, 21))) for _ in range(2)] == [1, 0]
    items.move(1, D(2026, 4, 24))
    assert [scan.remind(at(day)) for day in (D(2026, 4, 22), D(2026, 4, 23), D(2026, 4, 23))] == [0, 1, 0]
    items.move(1, D(2026, 4, 22))  # back to a date of which everybody was told
    assert scan.remind(at(D(2026, 4, 22))) == 0


def test_after_an_outage_one_message_with_the_newest_of_each(items, both):  # noqa: F811
    """Missed on the way: 5, 1 and 0 days before, and two reminders of lateness."""
    rule(reminder_days="5,1,0", remind_overdue_every=2)
    items += [row(1, both[0], due_on=D(2026, 4, 15)), row(2, both[0], due_on=D(2026, 4, 23)), row(3, both[0])]
    assert [scan.remind(at(D(2026, 4, 22))) for _ in range(3)] == [1, 0, 0]
    assert sorted(told()) == [(1, -4, both[0].pk), (2, 1, both[0].pk), (3, 0, both[0].pk)]
    assert Message.objects.get().subject == "【到期提醒】3 件事项，其中 1 件已逾期"


@pytest.mark.parametrize(
    ("day", "clock", "works"),
    [
        (D(2026, 4, 22), "08:29:59", False),
        (D(2026, 4, 22), "08:30", True),
        (D(2026, 4, 22), "17:30", True),
        (D(2026, 4, 22), "17:30:01", False),
        (D(2026, 4, 22), "00:00", False),
        (D(2026, 5, 1), "10:00", False),  # a Friday, and a holiday
        (D(2026, 5, 9), "10:00", True),  # a Saturday that is worked
        (D(2026, 5, 10), "10:00", False),
    ],
)
def test_only_in_working_hours(items, both, day, clock, works):  # noqa: F811
    rule(reminder_days="0", remind_overdue_every=1)
    items.append(row(1, both[0]))
    assert scan.remind(at(day, clock)) == works


def test_what_falls_on_a_day_off_waits_for_the_working_morning(items, both):  # noqa: F811
    """Three calendar days before 7 May is 4 May, a holiday; 6 May is worked."""
    rule(reminder_days="3", reminder_unit="days")
    items.append(row(1, both[0], due_on=D(2026, 5, 7)))
    days = [D(2026, 4, 30), D(2026, 5, 4), D(2026, 5, 6), D(2026, 5, 7)]
    assert [scan.remind(at(day)) for day in days] == [0, 0, 1, 0]


def test_a_date_on_a_day_off_is_told_of_before_it(items, both):  # noqa: F811
    rule(reminder_days="0")
    items.append(row(1, both[0], due_on=D(2026, 5, 10)))
    assert [scan.remind(at(day)) for day in (D(2026, 5, 8), D(2026, 5, 9), D(2026, 5, 11))] == [0, 1, 0]


def test_superiors_are_told_once_each_in_their_order(items):  # noqa: F811
    who = {name: people.user(name) for name in ("holder", "unit_leader", "dispatch", "leading")}
    rule(
        reminder_days="0",
        remind_overdue_every=3,
        escalate_unit_leader_after=1,
        escalate_dispatch_after=2,
        escalate_leading_after=4,
    )
    above = {name: [user] for name, user in who.items() if name != "holder"}
    items.append(row(1, who["holder"], **above))
    days = [D(2026, 4, d) for d in (22, 23, 24, 27, 28, 29)] + [D(2026, 5, 6)]
    found = []
    for day in days:
        Message.objects.all().update(subject="早先")
        for _ in range(2):
            scan.remind(at(day))
        new = Message.objects.exclude(subject="早先").order_by("pk")
        found.append([(m.recipient.person.name, m.kind, m.urgent) for m in new])
    reminder, above = ("holder", "reminder", False), [(name, "escalation", True) for name in above]
    assert found == [[reminder], [above[0]], [above[1]], [reminder], [above[2]], [], [reminder]]
    message = Message.objects.get(recipient=who["leading"])
    assert message.body == ("下列事项已超过期限还没有办，请您督促。\n签收：第 001 号，已逾期 6 天（期限4月22日）")


def test_who_waits_for_others_is_left_in_peace_and_superiors_are_not(items, both):  # noqa: F811
    rule(reminder_days="1,0", remind_overdue_every=1, escalate_unit_leader_after=1)
    items.append(row(1, both[0], unit_leader=[both[1]], waiting=True))
    assert [scan.remind(at(D(2026, 4, day))) for day in (21, 22, 23)] == [0, 0, 1]
    assert told() == [(1, -1, both[1].pk)]
    rule(reminder_days="1,0", remind_overdue_every=1, quiet_while_waiting=False)
    assert scan.remind(at(D(2026, 4, 24))) == 1


def test_no_rule_no_reminder_and_the_first_day_speaks_for_itself(items, both):  # noqa: F811
    items += [row(1, both[0], step="unknown"), row(2, both[0])]
    items[1] = type(items[1])(**{**_fields(items[1]), "started_on": D(2026, 4, 21)})
    rule(reminder_days="1")
    assert scan.remind(at(D(2026, 4, 21))) == 0
    DueRule.objects.filter(step="sign").delete()
    assert scan.remind(at(D(2026, 4, 22))) == 0


def _fields(one) -> dict:
    return {name: getattr(one, name) for name in type(one).__slots__}


@pytest.mark.django_db(transaction=True)
def test_four_schedulers_at_once_tell_everybody_once(items, both):  # noqa: F811
    rule(reminder_days="1")
    items += [row(n, *both) for n in range(1, 61)]
    start, counts = threading.Barrier(4), []

    def run():
        try:
            start.wait()
            counts.append(scan.remind(at(D(2026, 4, 21))))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(4)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert sorted(counts) == [0, 0, 0, 2]
    assert sorted(told()) == sorted((n, 1, user.pk) for n in range(1, 61) for user in both)
    assert Message.objects.count() == 2


def test_dying_before_the_end_tells_nobody_and_the_next_run_everybody(items, both, monkeypatch):  # noqa: F811
    rule(reminder_days="1")
    items.append(row(1, *both))
    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(scan, "hand_over", _die)
        scan.remind(at(D(2026, 4, 21)))
    assert (Reminder.objects.count(), Message.objects.count()) == (0, 0)
    assert scan.remind(at(D(2026, 4, 21))) == 2


def _die(messages):
    raise KeyboardInterrupt


def test_another_number_of_days_in_the_rule_reports_no_lateness_anew(items):  # noqa: F811
    holder, leader = people.user(), people.user()
    items.append(row(1, holder, unit_leader=[leader]))
    for after in (1, 2):
        rule(reminder_days="", escalate_unit_leader_after=after)
        scan.remind(at(D(2026, 4, 27)))
    assert list(Reminder.objects.values_list("recipient", "offset")) == [(leader.pk, -1)]


def test_mails_go_with_the_messages(items, both, settings):  # noqa: F811
    settings.EMAIL_CONFIGURED = True
    Person.objects.filter(pk=both[0].person_id).update(email="zhou@cppcc.example")
    items.append(row(1, *both))
    scan.remind(at(D(2026, 4, 22)))
    facts = {"act": "签收", "number": "第 001 号", "due": "4月22日"}
    assert Message.objects.first().facts == facts
    assert [(m.recipient_id, m.deliveries.count()) for m in Message.objects.order_by("pk")] == [
        (both[0].pk, 1), (both[1].pk, 0)
    ]  # fmt: skip


def test_task_and_command_do_the_same(items, both, monkeypatch, capsys):  # noqa: F811
    monkeypatch.setattr(scan.timezone, "now", lambda: at(D(2026, 4, 22)))
    items.append(row(1, *both))
    tasks.find_reminders()
    assert Message.objects.count() == 2
    call_command("send_reminders")
    assert capsys.readouterr().out == "已发出提醒 0 条。\n"


def test_a_run_costs_the_same_for_one_and_for_thirty(items, both, django_assert_num_queries):  # noqa: F811
    rule(reminder_days="1")
    scan.books.load()
    for day, size in ((21, 1), (23, 30)):
        items[:] = [row(n, *both, due_on=D(2026, 4, day + 1)) for n in range(size)]
        with django_assert_num_queries(9):
            assert scan.remind(at(D(2026, 4, day))) == 2
        with django_assert_num_queries(2):
            assert scan.remind(at(D(2026, 4, day))) == 0


def test_preview_shows_what_will_be_told_to_whom(items, both, monkeypatch):  # noqa: F811
    """Followed day by day, the scan tells just what the preview foretold."""
    monkeypatch.setattr(preview, "today", lambda: D(2026, 4, 20))
    rule(reminder_days="5,1,0", remind_overdue_every=4, escalate_dispatch_after=2)
    items += [
        row(1, both[0], dispatch=[both[1]]),
        row(2, both[1], due_on=D(2026, 5, 12)),
        row(3, both[0], private=True),
    ]
    shown = preview.lines()
    foretold = {(one.row.case_id, one.stage.offset, one.stage.on) for one in shown}
    happened = set()
    for n in range(preview.DAYS + 1):
        day = D(2026, 4, 20) + datetime.timedelta(days=n)
        before = set(told())
        scan.remind(at(day))
        happened |= {(number, offset, day) for number, offset, _ in set(told()) - before if number != 3}
    missed = {(1, 5, D(2026, 4, 20))}  # its day was before the preview's first, and the run catches up
    assert happened - missed == foretold
    assert {one.row.case_id for one in preview.lines("sign")} == {1, 2}
    assert preview.lines("reply") == []


@pytest.mark.campaign
def test_ten_thousand_due_items(items):  # noqa: F811
    """10,000 due items in at most 60 s, each once, after ten repeated runs."""
    rule(reminder_days="1")
    holders = [people.user() for _ in range(100)]
    items += [row(n, holders[n % 100]) for n in range(10_000)]
    seconds = []
    for _ in range(10):
        began = time.monotonic()
        scan.remind(at(D(2026, 4, 21)))
        seconds.append(time.monotonic() - began)
    print(f"\n10,000 due items: first run {seconds[0]:.2f} s, the nine after it {max(seconds[1:]):.2f} s at most")
    assert (Reminder.objects.count(), Message.objects.count()) == (10_000, 100)
    assert seconds[0] <= 60
