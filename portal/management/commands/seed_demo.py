"""Fill the demonstration county."""

from datetime import timedelta
from itertools import cycle
from random import Random
from time import perf_counter

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from deadlines import book as books
from members.models import Organization, Person
from members.periods import today
from notices.models import Outbox
from opinions.compared import KIND as OPINIONS
from portal.demo import (
    announcements,
    bulk,
    consultations,
    consulting,
    groups,
    house,
    leading,
    leads,
    logins,
    opinions,
    privacy,
    promises,
    publication,
    reminders,
)
from portal.demo.county import build
from portal.demo.topics import every_case
from portal.demo.year import Year, now
from proposals.compared import KIND
from proposals.models import Category, Proposal, RejectionReason
from search.similar import refresh
from workflow.models import Event

SHOWN_UNIT = "县教育局"
PLENARY, ADJOURNED, DRAFTS = 185, 42, 16


class Command(BaseCommand):
    help = "在空数据库中生成演示县（人物和案件均为虚构）：同一天、同一种子得到同样的数据；已经有演示县的，不再改动。"

    def add_arguments(self, parser):
        parser.add_argument("--seed", type=int, default=1, help="随机种子，同一种子得到同样的数据")
        parser.add_argument("--scale", type=float, default=1.0, help="规模，1 约为 950 件提案")

    def handle(self, seed: int, scale: float, **options):
        if logins.are_there():
            self.stdout.write("演示县已经在数据库中，没有改动。演示账号见 manage.py demo_logins。")
            return
        if Person.objects.exists() or Organization.objects.exists():
            raise CommandError(
                "数据库中已有人员或机构，演示数据只写入空数据库。如确需演示，请把 PORTAL_DATA 指到一个新的文件夹。"
            )
        begun = perf_counter()
        with transaction.atomic():
            events = self._fill(Random(seed), max(scale, 0.02))
        refresh(KIND)
        refresh(OPINIONS)
        self.stdout.write(
            f"演示县已生成：提案 {Proposal.objects.count()} 件，办理记录 {events} 条，"
            f"用时 {perf_counter() - begun:.0f} 秒。"
        )

    def _fill(self, random: Random, scale: float) -> int:
        county = build(random, today())
        leading.people(county)
        opinions.people(county)
        house.people(county)
        logins.give(county)
        privacy.fill(county)
        groups.fill(county)
        endless, tables, moment, everything = _cases(random), _tables(), now(), []
        for session in county.sessions:
            current = session is county.sessions[-1]
            year = Year(county, tables, session, endless, books.load(), moment)
            drafts = round(DRAFTS * scale) if current else 0
            everything.append((session, year.run(round(PLENARY * scale), round(ADJOURNED * scale), drafts)))
        promises.fill(county, [story for _session, stories in everything for story in stories], moment)
        leading.fill(county, everything[-1][1], moment)
        events = bulk.save([story for _session, stories in everything for story in stories])
        _remind(moment - timedelta(days=12))
        for session, stories in everything:
            bulk.close_series(session, stories)
        publication.fill()
        reminders.fill(moment)
        events += opinions.fill(county, moment) + consultations.fill(county, moment) + consulting.fill(county, moment)
        return events + leads.fill(county, moment) + announcements.fill(county, moment)


def _cases(random: Random):
    """Topics and places without end; one in eight is for the unit whose log-in is printed."""
    cases = every_case()
    random.shuffle(cases)
    shown = cycle([case for case in cases if case[0].units[0] == SHOWN_UNIT])
    others = cycle([case for case in cases if case[0].units[0] != SHOWN_UNIT])
    while True:
        yield next(shown if random.random() < 0.12 else others)


def _remind(events_since) -> None:
    """Let the worker deliver the notices of the last days, so that no inbox is empty."""
    recent = Event.objects.filter(happened_at__gte=events_since).values_list("pk", flat=True)
    Outbox.objects.bulk_create(Outbox(event_id=pk) for pk in recent)


def _tables() -> dict:
    """Categories and reasons by name, so that stories ask the database nothing."""
    found: dict = {"overall": {}, "business": {}}
    for row in Category.objects.all():
        found[row.system][row.name] = row
    found["reason"] = {row.code: row for row in RejectionReason.objects.all()}
    return found
