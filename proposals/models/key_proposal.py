from django.conf import settings
from django.db import models
from django.db.models import Q

from members.models import Organization, OrganizationKind, Person
from proposals.key_querysets import KeyQuerySet
from proposals.kinds import KeyStatus

from .proposal import Proposal


class KeyProposal(models.Model):
    """重点提案 of one year: put up, consulted on, decided by the 主席会议, led and summed up (domain §4.1).

    A record beside the case, not one of its states; a case that is not finished may be put up again in a later year.
    """

    proposal = models.ForeignKey(Proposal, verbose_name="提案", on_delete=models.CASCADE, related_name="key_entries")
    year = models.PositiveSmallIntegerField("年度")
    status = models.CharField("情况", max_length=12, choices=KeyStatus.choices, default=KeyStatus.CANDIDATE)
    reason = models.CharField("列为候选的理由", max_length=500)
    carried_over = models.BooleanField("往年未办结，续列", default=False)
    put_up_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="提名人", on_delete=models.PROTECT, related_name="+"
    )
    put_up_at = models.DateTimeField("提名时间")

    decided_on = models.DateField("主席会议日期", null=True, blank=True)
    document_number = models.CharField("决定文号", max_length=60, blank=True)
    decision = models.CharField("决定说明", max_length=500, blank=True)
    revoked_at = models.DateTimeField("撤销时间", null=True, blank=True)

    leader = models.ForeignKey(
        Person, verbose_name="领办领导", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    leader_title = models.CharField("领办领导职务", max_length=60, blank=True)
    supervisor = models.ForeignKey(
        Person, verbose_name="督办领导", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    supervisor_title = models.CharField("督办领导职务", max_length=60, blank=True)
    committee = models.ForeignKey(
        Organization, verbose_name="督办专委会", null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        limit_choices_to={"kind": OrganizationKind.COMMITTEE},
    )  # fmt: skip
    plan = models.TextField("督办计划", max_length=1000, blank=True)
    finish_by = models.DateField("计划完成日期", null=True, blank=True)

    summary = models.TextField("年终督办总结", max_length=3000, blank=True)
    summarised_at = models.DateTimeField("总结时间", null=True, blank=True)

    objects = KeyQuerySet.as_manager()

    class Meta:
        verbose_name = "重点提案"
        verbose_name_plural = "重点提案"
        ordering = ["-year", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "year"], condition=Q(status__in=KeyStatus.STANDING), name="key_once_a_year"
            )
        ]
        indexes = [models.Index(fields=["status", "year"], name="key_status_year")]

    def __str__(self) -> str:
        return f"{self.year}年重点提案（{self.get_status_display()}）"

    @property
    def is_decided(self) -> bool:
        return self.status == KeyStatus.DECIDED

    @property
    def leader_name(self) -> str:
        """县长林志远; "" while nobody is named."""
        return f"{self.leader_title}{self.leader}" if self.leader_id else ""

    @property
    def supervisor_name(self) -> str:
        return f"{self.supervisor_title}{self.supervisor}" if self.supervisor_id else ""


class KeyConsultation(models.Model):
    """征求意见: whom the committee asked about a candidate, and what they said."""

    entry = models.ForeignKey(
        KeyProposal, verbose_name="重点提案", on_delete=models.CASCADE, related_name="consultations"
    )
    asked = models.CharField("征求对象", max_length=80)
    on = models.DateField("日期")
    supports = models.BooleanField("赞成列为重点提案")
    opinion = models.CharField("意见", max_length=500, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="登记人", on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "重点提案征求意见"
        verbose_name_plural = "重点提案征求意见"
        ordering = ["entry", "on", "pk"]

    def __str__(self) -> str:
        return f"{self.asked}：{'赞成' if self.supports else '不赞成'}"
