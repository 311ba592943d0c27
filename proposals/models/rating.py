from django.conf import settings
from django.db import models
from django.db.models import Q

from members.models import Person
from proposals.kinds import Hearing, Pertinence, Quality, Satisfaction

from .reply import Reply
from .voidable import Voidable


class Rating(Voidable):
    """评价: a proposer's or co-signer's rating of one reply. The first proposer's decides.

    Never corrected: a wrong one is voided with a reason and entered again from paper (design §4).
    """

    reply = models.ForeignKey(Reply, verbose_name="答复", on_delete=models.PROTECT, related_name="ratings")
    person = models.ForeignKey(
        Person, verbose_name="评价人", null=True, blank=True, on_delete=models.PROTECT,
        related_name="ratings", help_text="旧台账里集体提案的评价没有写明评价人，留空。",
    )  # fmt: skip
    deciding = models.BooleanField("第一提案人评价", default=False)
    attitude = models.CharField("对办理工作", max_length=12, choices=Satisfaction.choices)
    result = models.CharField("对办理结果", max_length=12, choices=Satisfaction.choices)
    contacted = models.BooleanField("办理前后有联系", null=True, blank=True)
    hearing = models.CharField("听取意见方式", max_length=12, choices=Hearing.choices, blank=True)
    pertinence = models.CharField("答复针对性", max_length=12, choices=Pertinence.choices, blank=True)
    leader_answered = models.BooleanField("分管领导是否答复", null=True, blank=True)
    comment = models.CharField("意见或理由", max_length=1000, blank=True)
    late = models.BooleanField("逾期", default=False)
    by_proxy = models.BooleanField("代录", default=False)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="录入账号", null=True, on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip
    at = models.DateTimeField("时间")

    # 同一设备: see proposals/same_device.py. Never told to the unit.
    device = models.CharField("浏览器标记", max_length=64, blank=True, editable=False)
    device_note = models.CharField("同一设备当天登录的单位账号", max_length=200, blank=True, editable=False)

    class Meta:
        verbose_name = "评价"
        verbose_name_plural = "评价"
        ordering = ["reply", "-deciding", "at"]
        constraints = [
            models.UniqueConstraint(
                fields=["reply", "person"], condition=Q(voided_at__isnull=True), name="rating_once"
            ),
            models.UniqueConstraint(
                fields=["reply"], condition=Q(deciding=True, voided_at__isnull=True), name="rating_one_decides"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.person or '集体提案者'}：{self.get_attitude_display()}／{self.get_result_display()}"

    @property
    def is_dissatisfied(self) -> bool:
        return Satisfaction.DISSATISFIED in (self.attitude, self.result)


class QualityRating(models.Model):
    """A unit's rating of the proposal it answered: once for each reply (domain §5.3 双向评议)."""

    reply = models.OneToOneField(Reply, verbose_name="答复", on_delete=models.PROTECT, related_name="quality")
    topic = models.CharField("选题", max_length=12, choices=Quality.choices)
    substance = models.CharField("一事一案，有情况、有分析、有建议", max_length=12, choices=Quality.choices)
    form = models.CharField("格式规范", max_length=12, choices=Quality.choices)
    benefit = models.CharField("可行性和效益", max_length=12, choices=Quality.choices)
    overall = models.CharField("总体评价", max_length=12, choices=Quality.choices)
    comment = models.CharField("意见", max_length=1000, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="评价账号", on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "提案质量评价"
        verbose_name_plural = "提案质量评价"
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"提案质量：{self.get_overall_display()}"
