from django.conf import settings
from django.db import models


class Valid(models.Manager):
    """Those that count."""

    def get_queryset(self):
        return super().get_queryset().filter(voided_at__isnull=True)


class Voidable(models.Model):
    """A record that is never changed: a wrong one is voided with a reason. It then counts nowhere and is found through
    `every` only."""

    voided_at = models.DateTimeField("作废时间", null=True, blank=True)
    voided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="作废人", null=True, blank=True, on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip
    void_reason = models.CharField("作废理由", max_length=500, blank=True)

    objects = Valid()
    every = models.Manager()  # noqa: DJ012

    class Meta:
        abstract = True

    @property
    def is_voided(self) -> bool:
        return self.voided_at is not None
