from django.conf import settings
from django.db import models
from django.utils import timezone

from .person import Person


class Outcome(models.TextChoices):
    WAITING = "waiting", "待核对"
    ACCEPTED = "accepted", "已采纳"
    REFUSED = "refused", "未采纳"
    REPLACED = "replaced", "已被新申请代替"
    WITHDRAWN = "withdrawn", "本人撤回"


class ProfileChangeQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(outcome=Outcome.WAITING)


class ProfileChange(models.Model):
    """A correction that a person asks for: one field, from what it was to what it shall be. It waits for a check."""

    person = models.ForeignKey(Person, verbose_name="人员", on_delete=models.PROTECT, related_name="profile_changes")
    field = models.CharField("项目", max_length=20)
    old = models.CharField("原内容", max_length=254, blank=True)
    new = models.CharField("申请改为", max_length=254, blank=True)
    requested_at = models.DateTimeField("申请时间", default=timezone.now)
    outcome = models.CharField("结果", max_length=10, choices=Outcome.choices, default=Outcome.WAITING)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="核对人", null=True, blank=True, on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip
    decided_at = models.DateTimeField("核对时间", null=True, blank=True)
    reason = models.CharField("理由", max_length=200, blank=True)

    objects = ProfileChangeQuerySet.as_manager()

    class Meta:
        verbose_name = "资料更正申请"
        verbose_name_plural = "资料更正申请"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "field"], condition=models.Q(outcome="waiting"), name="profile_change_one_waiting"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}：{self.label}"

    @property
    def label(self) -> str:
        return str(Person._meta.get_field(self.field).verbose_name)

    @property
    def is_waiting(self) -> bool:
        return self.outcome == Outcome.WAITING
