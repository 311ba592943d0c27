"""One row per thing that must keep happening while nobody looks."""

from django.db import models

from xiping_cppcc.api.models import KeptAnswer

__all__ = ["Heartbeat", "KeptAnswer"]


class Heartbeat(models.Model):
    """The last time the worker, or the daily backup, was seen to work."""

    name = models.CharField("名称", max_length=30, primary_key=True)
    beat_at = models.DateTimeField("最近一次")
    note = models.CharField("说明", max_length=200, blank=True)

    class Meta:
        db_table = "heartbeat"
        verbose_name = "运行心跳"
        verbose_name_plural = "运行心跳"

    def __str__(self):
        return self.name
