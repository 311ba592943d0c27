"""The time of a demonstration story: it runs in working hours and stops at the present."""

from datetime import datetime, time, timedelta
from random import Random

from django.utils import timezone

from deadlines.book import Book


class Present(Exception):
    """The story has come to now; what would follow has not happened yet."""


class Clock:
    def __init__(self, random: Random, book: Book, at: datetime, now: datetime):
        self.random, self.book, self.at, self.now = random, book, at, now

    def fork(self) -> "Clock":
        """A clock of its own from the same moment, for a unit working in parallel."""
        return Clock(self.random, self.book, self.at, self.now)

    def wait(self, least: int, most: int) -> datetime:
        """Some days later, in working hours; raises Present when that is not over yet."""
        day = timezone.localdate(self.at) + timedelta(days=self.random.randint(least, most))
        return self._go(self.book.calendar.next_workday(day))

    def _go(self, day) -> datetime:
        moment = time(self.random.randint(8, 17), self.random.randint(0, 59))
        at = timezone.make_aware(datetime.combine(day, moment))
        at = max(at, self.at + timedelta(minutes=self.random.randint(5, 90)))
        return self.until(at)

    def until(self, at: datetime) -> datetime:
        if at > self.now:
            raise Present
        self.at = max(self.at, at)
        return self.at
