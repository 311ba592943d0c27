"""What became of an issued report, entered whenever it is heard of; a wrong row is voided, never changed."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from opinions.kinds import Level, Mode
from opinions.states import State


class OutcomeQuerySet(models.QuerySet):
    def valid(self):
        return self.filter(voided_at__isnull=True)

    def counting_for(self, report, main):
        """What a report has of these: its own, and what was registered on the issued text that it was united with.

        `report` and `main` (`combined_into`): keys, or `OuterRef`s to them.
        """
        if main is None:
            return self.filter(report=report)
        return self.filter(Q(report=report) | Q(report=main, report__state=State.ISSUED))

    def reaching(self) -> Q:
        """The reports that have one of these, as `counting_for`."""
        keys = self.order_by()
        within = keys.filter(report__state=State.ISSUED)
        return Q(pk__in=keys.values("report")) | Q(combined_into__in=within.values("report"))


class Outcome(models.Model):
    level = models.CharField("级别", max_length=10, choices=Level.choices)
    on = models.DateField("日期")
    document = models.CharField("文件、期号", max_length=80, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="登记人", null=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField("登记时间")
    voided_at = models.DateTimeField("作废时间", null=True, blank=True)
    void_reason = models.CharField("作废原因", max_length=200, blank=True)

    objects = OutcomeQuerySet.as_manager()

    class Meta:
        abstract = True


class Forwarding(Outcome):
    """上报: sent on to a body above."""

    report = models.ForeignKey(
        "opinions.OpinionReport", verbose_name="社情民意", on_delete=models.PROTECT, related_name="forwardings"
    )
    body = models.CharField("报送单位", max_length=80)

    class Meta:
        verbose_name = "社情民意上报"
        verbose_name_plural = "社情民意上报"
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"上报{self.body}"


class Adoption(Outcome):
    """采用: a body printed it, alone or as part of a combined text."""

    report = models.ForeignKey(
        "opinions.OpinionReport", verbose_name="社情民意", on_delete=models.PROTECT, related_name="adoptions"
    )
    mode = models.CharField("采用方式", max_length=10, choices=Mode.choices)
    body = models.CharField("采用单位", max_length=80)
    by_issue = models.BooleanField("编发时自动登记", default=False)

    class Meta:
        verbose_name = "社情民意采用"
        verbose_name_plural = "社情民意采用"
        ordering = ["on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report"], condition=models.Q(by_issue=True), name="opinion_adopted_by_issue_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_level_display()}{self.get_mode_display()}：{self.body}"


class Instruction(Outcome):
    """批示 of a leader."""

    report = models.ForeignKey(
        "opinions.OpinionReport", verbose_name="社情民意", on_delete=models.PROTECT, related_name="instructions"
    )
    leader = models.CharField("批示领导", max_length=60)
    text = models.CharField("批示内容", max_length=1000)

    class Meta:
        verbose_name = "社情民意批示"
        verbose_name_plural = "社情民意批示"
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"{self.leader}批示"
