import datetime

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from deadlines import reminder_text, steps
from deadlines.history import tracked_day, tracked_rule
from deadlines.stamp import Stamp, stamp_trigger

__all__ = ["CalendarDay", "DueRule", "HolidayNotice", "Source", "Stamp", "Unit"]


class Source(models.TextChoices):
    LIBRARY = "library", "节假日数据包"
    NOTICE = "notice", "国务院通知（手工录入）"
    COUNTY = "county", "县里安排"


class Unit(models.TextChoices):
    WORKING_DAYS = "working_days", "个工作日"
    DAYS = "days", "日"
    MONTHS = "months", "个月"
    SET = "set", "办理时确定"


class ReminderUnit(models.TextChoices):
    WORKING_DAYS = "working_days", "工作日"
    DAYS = "days", "日历天数（遇休息日，下一个工作日提醒）"


# How late a step may be for what follows from it.
LATE_DAYS = [MinValueValidator(1), MaxValueValidator(250)]


@tracked_day()
class HolidayNotice(models.Model):
    """A year whose State Council notice is known; every other year is provisional."""

    year = models.PositiveSmallIntegerField(
        "年度", unique=True, validators=[MinValueValidator(2001), MaxValueValidator(2099)]
    )
    source = models.CharField(
        "来源",
        max_length=10,
        default=Source.NOTICE,
        choices=[(Source.LIBRARY, "节假日数据包"), (Source.NOTICE, "国务院通知（手工录入）")],
    )
    number = models.CharField("文号", max_length=60, blank=True, help_text="如：国办发明电〔2025〕7号")
    note = models.CharField("备注", max_length=200, blank=True)

    class Meta:
        verbose_name = "年度放假安排"
        verbose_name_plural = "年度放假安排"
        ordering = ["-year"]
        triggers = [stamp_trigger()]

    def __str__(self):
        return f"{self.year} 年放假安排"


@tracked_day()
class CalendarDay(models.Model):
    """A day that is not what its weekday says: a holiday, or a weekend that is worked.

    Days without a row count as their weekday does. Rows of `source` library are kept by
    `update_calendar`; rows entered by staff stand above them and are never overwritten.
    """

    date = models.DateField("日期", unique=True)
    is_workday = models.BooleanField("是否上班", default=False, help_text="调休上班的周末勾选；放假的日子不勾选。")
    name = models.CharField("名称", max_length=60, help_text="如：国庆节、调休上班、全县统一活动放假一天。")
    source = models.CharField("来源", max_length=10, choices=Source.choices, default=Source.COUNTY)
    notice = models.ForeignKey(
        HolidayNotice,
        models.CASCADE,
        verbose_name="所属通知",
        null=True,
        blank=True,
        editable=False,
    )
    note = models.CharField("备注", max_length=200, blank=True)

    class Meta:
        verbose_name = "节假日与调休"
        verbose_name_plural = "节假日与调休"
        ordering = ["-date"]
        triggers = [stamp_trigger()]

    def __str__(self):
        return f"{self.date:%Y-%m-%d} {self.name}（{'上班' if self.is_workday else '放假'}）"


@tracked_rule()
class DueRule(models.Model):
    """How long one step may take, from when to when this version applies, and its lights."""

    step = models.CharField("环节", max_length=30, choices=steps.step_choices)
    kind = models.CharField(
        "适用提案种类",
        max_length=30,
        blank=True,
        choices=steps.kind_choices,
        help_text="不选则适用于各类提案；选了种类的规则优先于通用规则。",
    )
    amount = models.PositiveSmallIntegerField(
        "期限",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(730)],
        help_text="期限由人在办理时确定的环节（如承诺事项）不填，单位选“办理时确定”。",
    )
    unit = models.CharField("单位", max_length=15, choices=Unit.choices)
    counted_from = models.CharField("从何时起算", max_length=60, help_text="如：交办之日。起算当日不计入。")
    yellow_before = models.PositiveSmallIntegerField(
        "到期前几天亮黄灯", null=True, blank=True, help_text="按日历天数；不填则期限过半时亮黄灯。"
    )
    orange_before = models.PositiveSmallIntegerField(
        "到期前几天亮橙灯",
        null=True,
        blank=True,
        help_text="按日历天数；不填则最后一个工作日亮橙灯。",
    )
    reminder_days = models.CharField(
        "到期前几天提醒",
        max_length=60,
        blank=True,
        help_text="用逗号分开，如 5,1,0：到期前 5 天、前 1 天和当天各提醒一次。不填则到期前不提醒。",
    )
    reminder_unit = models.CharField(
        "提醒天数按", max_length=15, choices=ReminderUnit.choices, default=ReminderUnit.WORKING_DAYS, blank=True
    )
    quiet_while_waiting = models.BooleanField(
        "等别人时暂停提醒",
        default=True,
        help_text="正在等提案人意见或等会办意见时，暂停提醒经办人，轮到他办时再提醒。期限照常计算，不因此停止。",
    )
    remind_overdue_every = models.PositiveSmallIntegerField(
        "逾期后每隔几个工作日再提醒", null=True, blank=True, validators=LATE_DAYS, help_text="不填则逾期后不再提醒。"
    )
    escalate_unit_leader_after = models.PositiveSmallIntegerField(
        "逾期几个工作日后告知承办单位领导", null=True, blank=True, validators=LATE_DAYS, help_text="不填则不告知。"
    )
    escalate_dispatch_after = models.PositiveSmallIntegerField(
        "逾期几个工作日后告知交办机构", null=True, blank=True, validators=LATE_DAYS, help_text="不填则不告知。"
    )
    escalate_leading_after = models.PositiveSmallIntegerField(
        "逾期几个工作日后告知领办督办领导",
        null=True,
        blank=True,
        validators=LATE_DAYS,
        help_text="只有重点提案有领办、督办领导。不填则不告知。",
    )
    valid_from = models.DateField("生效日期", help_text="起算日在生效日期以后的事项适用本规则。")
    valid_to = models.DateField("失效日期", null=True, blank=True, help_text="不填则一直有效。")
    basis = models.CharField("依据", max_length=200, blank=True, help_text="哪个文件、哪次会议定的。")

    class Meta:
        verbose_name = "办理期限规则"
        verbose_name_plural = "办理期限规则"
        ordering = ["step", "kind", "-valid_from"]
        triggers = [stamp_trigger()]
        constraints = [
            models.UniqueConstraint(
                fields=["step", "kind", "valid_from"],
                name="due_rule_version",
                violation_error_message="这个环节在同一生效日期已有一条规则，请直接修改那一条。",
            ),
            models.CheckConstraint(
                condition=Q(unit="set", amount__isnull=True) | (~Q(unit="set") & Q(amount__isnull=False)),
                name="due_rule_amount_unless_set",
                violation_error_message="单位是“办理时确定”时期限不填，其他单位必须填写期限。",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="due_rule_ends_after_start",
                violation_error_message="失效日期不能早于生效日期。",
            ),
        ]

    def __str__(self):
        kind = f"（{self.get_kind_display()}）" if self.kind else ""
        return f"{steps.label(self.step)}{kind}：{self.words}"

    @property
    def words(self) -> str:
        """The limit as it is read aloud: 15 个工作日, 30 日, 3 个月; 办理时确定 where people set each date."""
        return f"{self.amount} {Unit(self.unit).label}" if self.amount else Unit(self.unit).label

    @property
    def reminder_offsets(self) -> list[int]:
        """How many days before the due date a reminder goes out, the earliest first; 0 is the day itself."""
        return [int(part) for part in self.reminder_days.split(",") if part]

    def covers(self, day: datetime.date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def clean(self):
        try:
            self.reminder_days = reminder_text.normal(self.reminder_days)
        except ValidationError as error:
            raise ValidationError({"reminder_days": error.messages}) from None
        self.reminder_unit = self.reminder_unit or ReminderUnit.WORKING_DAYS
        self._refuse_wrong_amount()
        self._refuse_odd_lights()
        self._refuse_overlap()

    def _refuse_wrong_amount(self):
        """A step whose dates people set has no number; every other step has one."""
        step = steps.get(self.step)
        if step is None or not self.unit:
            return
        if step.is_set and self.unit != Unit.SET:
            raise ValidationError({"unit": f"“{step.label}”的期限由人确定：单位请选“办理时确定”，期限不填。"})
        if step.is_set and self.amount is not None:
            raise ValidationError({"amount": "单位是“办理时确定”时，期限不填。"})
        if not step.is_set and self.unit == Unit.SET:
            raise ValidationError({"unit": f"“{step.label}”的期限按规则计算：请选工作日、日或月，并填写期限。"})
        if not step.is_set and self.amount is None:
            raise ValidationError({"amount": "请填写期限是多少。"})

    def _refuse_odd_lights(self):
        yellow, orange = self.yellow_before, self.orange_before
        if (yellow is None) != (orange is None):
            raise ValidationError(
                {"orange_before": "黄灯和橙灯的天数要么都填，要么都不填（按期限过半和最后一个工作日亮灯）。"}
            )
        if yellow is not None and orange >= yellow:
            raise ValidationError({"orange_before": "橙灯应晚于黄灯：这里的天数要小于黄灯的天数。"})

    def _refuse_overlap(self):
        if not (self.step and self.valid_from):
            return
        others = DueRule.objects.filter(step=self.step, kind=self.kind).exclude(pk=self.pk)
        others = others.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=self.valid_from))
        if self.valid_to:
            others = others.filter(valid_from__lte=self.valid_to)
        other = others.first()
        if other:
            raise ValidationError({"valid_from": _overlap_sentence(other)})


def _overlap_sentence(other: DueRule) -> str:
    until = f"{other.valid_to:%Y-%m-%d}" if other.valid_to else "现在"
    return (
        f"“{steps.label(other.step)}”已有一条 {other.valid_from:%Y-%m-%d} 至{until}有效的规则，与这一条的有效期重叠。"
        "请先给那条规则填写失效日期，再保存这一条。"
    )
