from django.conf import settings
from django.db import models

from members.models import Person
from proposals.kinds import Pertinence, Satisfaction

from .reply import Reply


class Rating(models.Model):
    """评价: a proposer's or co-signer's rating of one reply. The first proposer's decides."""

    reply = models.ForeignKey(Reply, verbose_name="答复", on_delete=models.PROTECT, related_name="ratings")
    person = models.ForeignKey(
        Person, verbose_name="评价人", null=True, blank=True, on_delete=models.PROTECT,
        related_name="ratings", help_text="旧台账里集体提案的评价没有写明评价人，留空。",
    )  # fmt: skip
    deciding = models.BooleanField("第一提案人评价", default=False)
    attitude = models.CharField("对办理工作", max_length=12, choices=Satisfaction.choices)
    result = models.CharField("对办理结果", max_length=12, choices=Satisfaction.choices)
    contacted = models.BooleanField("办理前后有联系", null=True, blank=True)
    pertinence = models.CharField("答复针对性", max_length=12, choices=Pertinence.choices, blank=True)
    comment = models.CharField("意见或理由", max_length=1000, blank=True)
    late = models.BooleanField("逾期", default=False)
    by_proxy = models.BooleanField("代录", default=False)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="录入账号", null=True, on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "评价"
        verbose_name_plural = "评价"
        ordering = ["reply", "-deciding", "at"]
        constraints = [
            models.UniqueConstraint(fields=["reply", "person"], name="rating_once"),
            models.UniqueConstraint(fields=["reply"], condition=models.Q(deciding=True), name="rating_one_decides"),
        ]

    def __str__(self) -> str:
        return f"{self.person or '集体提案者'}：{self.get_attitude_display()}／{self.get_result_display()}"

    @property
    def is_dissatisfied(self) -> bool:
        return Satisfaction.DISSATISFIED in (self.attitude, self.result)
