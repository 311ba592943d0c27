from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from members.chinese_numbers import chinese_number
from workflow.history import tracked


@tracked()
class Term(models.Model):
    """届."""

    number = models.PositiveSmallIntegerField("届", unique=True)
    starts = models.DateField("开始日期")
    ends = models.DateField("届满日期", null=True, blank=True)

    class Meta:
        verbose_name = "届"
        verbose_name_plural = "届"
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")), name="term_period")
        ]

    def __str__(self) -> str:
        return f"第{chinese_number(self.number)}届"

    def clean(self):
        if self.starts and self.ends and self.ends < self.starts:
            raise ValidationError({"ends": "届满日期早于开始日期，请核对。"})
        if self.starts and self._overlapping().exists():
            raise ValidationError({"starts": "与另一届的起止日期重叠，请先填写上一届的届满日期。"})

    def _overlapping(self):
        others = Term.objects.exclude(pk=self.pk)
        others = others.filter(Q(ends__isnull=True) | Q(ends__gte=self.starts))
        return others.filter(starts__lte=self.ends) if self.ends else others


class SessionQuerySet(models.QuerySet):
    def current(self):
        """The latest session that has opened its proposal window, or None."""
        now = timezone.now()
        return self.filter(window_opens__lte=now).order_by("-window_opens").first()

    def supported(self):
        """Those in which the committee lets members 附议 now."""
        until = Q(support_closes__isnull=True) | Q(support_closes__gte=timezone.now())
        return self.filter(until, allows_support=True)

    def by_code(self, code: str):
        """The session "11-4" (term 11, fourth session). Raises DoesNotExist or ValueError."""
        term, ordinal = (int(part) for part in code.split("-"))
        return self.select_related("term").get(term__number=term, ordinal=ordinal)


@tracked()
class Session(models.Model):
    """次: the yearly plenary, with the window in which proposals count as the plenary's."""

    term = models.ForeignKey(Term, verbose_name="届", on_delete=models.PROTECT, related_name="sessions")
    ordinal = models.PositiveSmallIntegerField("次")
    opens = models.DateField("开幕日期")
    closes = models.DateField("闭幕日期")
    window_opens = models.DateTimeField("提案征集开始")
    window_closes = models.DateTimeField("大会提案截止")
    window_reason = models.CharField("最近一次调整征集时间的理由", max_length=200, blank=True)
    allows_support = models.BooleanField(
        "允许附议", default=False, help_text="打开后，提案人同意附议的提案在审定之前，在任委员可以看到并附议。"
    )
    support_closes = models.DateTimeField("附议截止", null=True, blank=True, help_text="不填则到每件提案审定为止。")

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = "会议（次）"
        verbose_name_plural = "会议（次）"
        ordering = ["-term__number", "-ordinal"]
        constraints = [
            models.UniqueConstraint(fields=["term", "ordinal"], name="session_unique"),
            models.CheckConstraint(condition=Q(closes__gte=F("opens")), name="session_period"),
            models.CheckConstraint(condition=Q(window_closes__gt=F("window_opens")), name="session_window"),
        ]

    def __str__(self) -> str:
        return f"{chinese_number(self.term.number)}届{chinese_number(self.ordinal)}次会议"

    @property
    def formal_name(self) -> str:
        """As papers write it: 第十一届委员会第四次会议."""
        return f"第{chinese_number(self.term.number)}届委员会第{chinese_number(self.ordinal)}次会议"

    @property
    def code(self) -> str:
        return f"{self.term.number}-{self.ordinal}"

    def clean(self):
        if self.opens and self.closes and self.closes < self.opens:
            raise ValidationError({"closes": "闭幕日期早于开幕日期，请核对。"})
        if self.window_opens and self.window_closes and self.window_closes <= self.window_opens:
            raise ValidationError({"window_closes": "截止时间须晚于征集开始时间。"})
