from django.conf import settings
from django.db import models

from proposals.kinds import ContactMethod, ContactStage

from .assignment import Assignment
from .voidable import Voidable


class Contact(Voidable):
    """面商: one contact of a unit with the proposer."""

    assignment = models.ForeignKey(Assignment, verbose_name="交办", on_delete=models.CASCADE, related_name="contacts")
    round = models.PositiveSmallIntegerField("办理轮次", default=1)
    stage = models.CharField("阶段", max_length=8, choices=ContactStage.choices)
    method = models.CharField("方式", max_length=8, choices=ContactMethod.choices)
    on = models.DateField("日期")
    participants = models.CharField("参加人员", max_length=200)
    content = models.TextField("沟通内容和一致意见", max_length=1000)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="登记人", null=True, on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip
    recorded_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "面商记录"
        verbose_name_plural = "面商记录"
        ordering = ["assignment", "on", "pk"]

    def __str__(self) -> str:
        return f"{self.on:%Y-%m-%d} {self.get_method_display()}"
