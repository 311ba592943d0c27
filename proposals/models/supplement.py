from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from members.models import Organization
from proposals.letter_words import number

from .reply import Reply


class SupplementaryReplyQuerySet(models.QuerySet):
    def told(self):
        return self.filter(signed_at__isnull=False)

    def open_of(self, assignment):
        """The one that is being written or waits to be signed, whatever round it belongs to."""
        return self.filter(reply__assignment=assignment, signed_at__isnull=True)


class SupplementaryReply(models.Model):
    """补充答复: a further letter after the reply, when there is progress or something changed (domain §4.3).

    Told once the unit's leader has signed it; it changes neither state nor rating.
    """

    reply = models.ForeignKey(Reply, verbose_name="答复", on_delete=models.CASCADE, related_name="supplements")
    body = models.TextField("补充答复正文", max_length=5000, blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="撰写人", null=True, on_delete=models.PROTECT, related_name="+"
    )
    written_at = models.DateTimeField("撰写时间", default=timezone.now)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="审签人", null=True, blank=True,
        on_delete=models.PROTECT, related_name="+",
    )  # fmt: skip
    signed_at = models.DateTimeField("发出时间", null=True, blank=True)
    letter_word = models.CharField("发文代字", max_length=60, blank=True)
    letter_year = models.PositiveSmallIntegerField("发文年度", null=True, blank=True)
    letter_serial = models.PositiveIntegerField("发文序号", null=True, blank=True)
    issued_by = models.ForeignKey(
        Organization, verbose_name="发文单位", null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text="审签时在办的单位；答复单位已经撤并的，是接续的单位。",
    )  # fmt: skip

    objects = SupplementaryReplyQuerySet.as_manager()

    class Meta:
        verbose_name = "补充答复"
        verbose_name_plural = "补充答复"
        ordering = ["reply", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["reply"], condition=Q(signed_at=None), name="supplement_one_open")
        ]

    def __str__(self) -> str:
        return self.letter_number or "补充答复稿"

    @property
    def letter_number(self) -> str:
        return number(self.letter_word, self.letter_year, self.letter_serial)
