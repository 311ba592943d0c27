"""A matter that goes on as a member's proposal or report: the fact, and how it is called there (onward.py)."""

from django.db import models

from grassroots.kinds import Onward
from members.models import Person

from .matter import Matter


class Onwarding(models.Model):
    matter = models.OneToOneField(Matter, verbose_name="议题", on_delete=models.PROTECT, related_name="onward")
    way = models.CharField("转为", max_length=10, choices=Onward.choices)
    person = models.ForeignKey(Person, verbose_name="接办委员", on_delete=models.PROTECT, related_name="+")
    suggestions = models.TextField("建议", max_length=1000, blank=True)
    at = models.DateTimeField("时间")
    called = models.CharField("转办后的名称", max_length=120, blank=True)
    converted_at = models.DateTimeField("起草时间", null=True, blank=True)

    class Meta:
        verbose_name = "转办"
        verbose_name_plural = "转办"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.matter}：{self.get_way_display()}"
