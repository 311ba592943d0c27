"""Facts that hold from one day to another: `starts` and an open or given `ends` (both inclusive)."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone


def today() -> date:
    """The day in Asia/Shanghai, on which rights and 应到 depend."""
    return timezone.localdate()


class PeriodQuerySet(models.QuerySet):
    def on(self, day: date):
        """The rows in force on that day."""
        return self.filter(Q(ends__isnull=True) | Q(ends__gte=day), starts__lte=day)

    def on_or_after(self, day: date):
        """The rows that do not end before that day."""
        return self.filter(Q(ends__isnull=True) | Q(ends__gte=day))

    def overlapping(self, first: date, last: date):
        """The rows in force on at least one of these days."""
        return self.filter(Q(ends__isnull=True) | Q(ends__gte=first), starts__lte=last)


class Period(models.Model):
    starts = models.DateField("开始日期")
    ends = models.DateField("结束日期", null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")),
                name="%(class)s_period",
                violation_error_message="结束日期早于开始日期，请核对两个日期。",
            )
        ]

    def in_force(self, day: date) -> bool:
        return self.starts <= day and (self.ends is None or self.ends >= day)

    def clean(self):
        super().clean()
        if self.starts and self.ends and self.ends < self.starts:
            raise ValidationError({"ends": "结束日期早于开始日期，请核对两个日期。"})
